from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class AccountMove(models.Model):
    """An invoice or a bill belongs to all the cohorts that its lines are for."""
    _inherit = 'account.move'

    cohort_ids = fields.Many2many(
        'coop.cohort', 'coop_cohort_account_move_rel', 'move_id', 'cohort_id', string="Cohorts",
        compute='_compute_cohort_ids', store=True, recursive=True,
        help="The cohorts whose analytic accounts its lines carry, or whose payment it is.")
    is_paid_undecided = fields.Boolean(
        "Paid Without a Decision", readonly=True, copy=False,
        help="The bank statement has its payment, and no decision covers it.")

    @api.depends('line_ids.analytic_distribution', 'origin_payment_id.cohort_id', 'journal_id')
    def _compute_cohort_ids(self):
        cohorts_by_line = self.line_ids._get_cohorts_by_line()
        for move in self:
            # The entry of a payment has no line on income or expense, and is its cohort's all the same.
            # So has what goes from the bank into its cash box.
            move.cohort_ids = (
                move.line_ids._union_of_cohorts(cohorts_by_line) | move.origin_payment_id.cohort_id
                | move.journal_id._get_petty_cash_cohort())

    # The rules ask for all cohorts of an entry with all rights, and leave the answer in memory, where the
    # user's reading would find it. Who is scoped gets their own.

    def _read_format(self, fnames, load='_classic_read'):
        rows = super()._read_format(fnames, load=load)
        if 'cohort_ids' in fnames and not self.env.su and self.env.user.is_coop_scoped:
            own = set(self._get_readable_cohorts().ids)
            rows = [{**row, 'cohort_ids': [number for number in row['cohort_ids'] if number in own]} for row in rows]
        return rows

    def web_read(self, specification):
        """The fields of these entries, as the web client asks for them: see ``web``."""
        if not specification.get('cohort_ids') or self.env.su or not self.env.user.is_coop_scoped:
            return super().web_read(specification)
        rows = super().web_read({**specification, 'cohort_ids': {}})
        cohorts = {row['id']: row for row in self._get_readable_cohorts().web_read(specification['cohort_ids']['fields'])}
        return [{**row, 'cohort_ids': [cohorts[number] for number in row['cohort_ids']]} for row in rows]

    def _get_readable_cohorts(self):
        # sudo: the cohorts of these entries, of which those that the user may read are kept.
        return self.sudo().cohort_ids.sudo(False)._filtered_access('read')

    def unlink(self):
        # Its lines go first. Without its cohort it would then be nobody's, and could not be deleted by who may.
        with self.env.protecting([self._fields['cohort_ids']], self):
            return super().unlink()

    def _post(self, soft=True):
        # What is a cohort's must not slip out of its result. The host's other business is not asked.
        for move in self.filtered(lambda move: move._asks_for_cohort_accounts()):
            missing = move.line_ids._filter_without_cohort_account()
            if missing:
                raise ValidationError(self.env._(
                    "Before “%(move)s” is posted, say for which cohort each line is: choose an account of the plan "
                    "“%(plan)s” in its analytic distribution. These have none: %(lines)s.",
                    move=move.display_name, plan=self.env['account.analytic.plan']._get_cohort_plan().name,
                    lines=", ".join(line.name or line.product_id.display_name or line.account_id.display_name
                                    for line in missing)))
        return super()._post(soft)

    def write(self, vals):
        # Whatever posts an entry writes this.
        if vals.get('state') == 'posted':
            self.filtered(lambda move: move.state != 'posted' and move.move_type == 'entry')._check_gates_of_payments()
        return super().write(vals)

    def _check_gates_of_payments(self):
        """The entry of a payment is the payment: it is not posted before it is decided, nor with another amount.

        :raise UserError: which body decides, or that the entry says something else than its payment
        """
        # sudo: whether it is decided, whoever posts it.
        payments = self.env['account.payment'].sudo()
        if not self.ids or not payments._has_gates():
            return
        payments = self.sudo().origin_payment_id | payments.search([('move_id', 'in', self.ids)])
        payments.filtered(lambda payment: not payment._is_inside_gate()).sudo(False)._check_gate()
        for payment in payments.filtered(lambda payment: payment._is_gated() and payment.move_id):
            liquidity = payment._seek_for_lines()[0]
            if liquidity and payment.currency_id.compare_amounts(abs(sum(liquidity.mapped('amount_currency'))), payment.amount):
                raise UserError(self.env._(
                    "The entry of “%s” says another amount than the payment: change the payment itself.", payment.display_name))

    def _asks_for_cohort_accounts(self):
        """Whether its income and expenses must name a cohort: in a cohort's invoices and bills, and in its cash book."""
        return bool(self.journal_id._get_petty_cash_cohort()) or (
            self.is_invoice(include_receipts=True) and self._is_of_a_cohort())

    def _is_of_a_cohort(self):
        """Whether it has a cohort, comes from a cohort's order, or is posted on the cohorts' own screens."""
        self.ensure_one()
        # sudo: whether there is a cohort, whoever may read the orders.
        move = self.sudo().with_context(active_test=False)
        context = self.env.context
        return bool(
            context.get('coop_cohort_id') or context.get('coop_is_of_a_cohort') or move.cohort_ids
            or move.line_ids.sale_line_ids.order_id.cohort_id or move.line_ids.purchase_order_id.cohort_id)

    # ------------------------------------------------------------
    # What the bank says was paid
    # ------------------------------------------------------------

    def _ask_after_payment(self, amount):
        """Flag a bill of which the bank statement says that it was paid, when a body should have decided on that.

        :param float amount: what was paid, in the company's currency
        """
        self.ensure_one()
        # A payment that was decided on, and that somebody then made at the bank by hand.
        decided = self.matched_payment_ids.filtered(lambda payment: payment._is_gated() and payment._is_gate_open())
        if self.is_paid_undecided or sum(decided.mapped('amount_company_currency_signed')) <= -amount:
            return
        payment = self.env['account.payment'].new(self._prepare_imagined_payment(amount))
        missing = payment._get_missing()
        if missing:
            self.sudo().is_paid_undecided = True  # sudo: a mark, whoever reads the bank statement
            payment._ask_to_look(missing[0], *payment._explain_paid_undecided(missing[0]), document=self)

    def _prepare_imagined_payment(self, amount):
        """The payment that the cooperative would have decided on."""
        return {
            'payment_type': 'outbound', 'partner_type': 'supplier', 'partner_id': self.partner_id.id, 'amount': amount,
            'currency_id': self.company_currency_id.id, 'company_id': self.company_id.id, 'date': self.date,
            'invoice_ids': self.ids, 'cohort_id': self.cohort_ids.id if len(self.cohort_ids) == 1 else False,
        }
