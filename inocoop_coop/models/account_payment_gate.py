from odoo import fields, models


class AccountPayment(models.Model):
    """Money leaves only after the body that decides on it did.

    Bookkeeping is never stopped. What the bank says has left is entered and flagged, here and on the
    bill: see ``account_partial_reconcile.py``. A refund that an online provider has made is such a fact.
    """
    _inherit = 'account.payment'

    _gate_states = ('in_process', 'paid')
    _gate_date = 'date'
    _gate_total = _gate_untaxed = 'amount'
    _gate_lines = None
    _gate_confirmation = frozenset({'state', 'move_id'})

    is_prepared = fields.Boolean(
        "Prepared for a Decision", readonly=True, copy=False,
        help="It pays its bills once it is confirmed, as if it were registered then.")
    is_paid_undecided = fields.Boolean(
        "Paid Without a Decision", readonly=True, copy=False, help="The bank statement has it, and no decision covers it.")

    # ------------------------------------------------------------
    # What is decided
    # ------------------------------------------------------------

    def _is_gated(self):
        return self.payment_type == 'outbound' and not self._is_refund_made_online()

    def _is_refund_made_online(self):
        """Whether an online provider has paid the money back already: that is a fact, and no commitment."""
        # sudo: the transaction, for who may not read it.
        transaction = self.sudo().payment_transaction_id
        return (transaction.state == 'done' and transaction.payment_id in (self._origin, self.browse())
                and transaction.currency_id == self.currency_id
                and not self.currency_id.compare_amounts(-transaction.amount, self.amount))

    def _get_gate_cohorts(self):
        """Its own cohort, and each of those whose bills it pays."""
        return self.cohort_id | self.invoice_ids._origin.cohort_ids

    def _get_requirements(self):
        # What is in memory of the bills' cohorts may be only what the user reads of them.
        self.invoice_ids._origin.invalidate_recordset(['cohort_ids'])
        return super()._get_requirements()

    def _get_covered_content(self):
        # A decision about one supplier's account is none about another account, nor one about a bill about another bill.
        return {
            **super()._get_covered_content(), 'type': self.payment_type, 'account': self.partner_bank_id.id,
            'bills': sorted(self.invoice_ids._origin.ids)}

    def _get_gate_dependencies(self):
        return [*super()._get_gate_dependencies(), 'payment_type', 'partner_bank_id', 'invoice_ids']

    def _get_covered_words(self):
        return {
            **super()._get_covered_words(), 'partner': self.env._("supplier"), 'total': self.env._("amount"),
            'account': self.env._("bank account"), 'bills': self.env._("bills"), 'type': self.env._("kind of payment")}

    def _get_covered_formats(self):
        formats = super()._get_covered_formats()
        kinds = dict(self._fields['payment_type']._description_selection(self.env))
        # sudo: an account that stands, or stood, on a payment that the user reads.
        accounts = self.env['res.partner.bank'].sudo()
        bills = self.env['account.move'].sudo()  # sudo: bills that the payment pays, or paid
        return {
            **formats,
            'bills': lambda value, _content: "“%s”" % (
                ", ".join(bill.name or "" for bill in bills.browse(value or ()).exists()) or self.env._("nothing")),
            'type': lambda value, _content: f"“{kinds.get(value, value)}”",
            'account': lambda value, _content: "“%s”" % (
                accounts.browse(value or ()).exists()._tell() or self.env._("nothing")),
        }

    def _get_gate_name(self):
        # sudo: the name that stands on the payment
        return self.env._(
            "Payment of %(amount)s to %(partner)s", amount=self.currency_id.format(self.amount),
            partner=self.sudo().partner_id.name or "")

    def _prepare_subject(self):
        return self._get_gate_name()

    def _get_proposal_facts(self):
        bills = self.sudo().invoice_ids  # sudo: how the bills of a payment that the user may write are called
        facts = [
            (self.env._("bills"), ", ".join(f"{bill.name} ({bill.ref})" if bill.ref else bill.name for bill in bills)),
            (self.env._("bank account"), self.sudo().partner_bank_id._tell()),
            (self.env._("memo"), self.memo),
        ]
        return [(what, value) for what, value in facts if value]

    # ------------------------------------------------------------
    # What was prepared
    # ------------------------------------------------------------

    def write(self, vals):
        prepared = self.filtered(lambda payment: payment.is_prepared and not payment._is_inside_gate())
        result = super().write(vals)
        prepared.filtered(lambda payment: payment._is_inside_gate())._pay_prepared_bills()
        return result

    def _pay_prepared_bills(self):
        """Match the payments with the bills they were prepared for, as the payment dialog does at once."""
        for payment in self:
            def open_lines(moves, account=payment.destination_account_id):
                return moves.line_ids.filtered(
                    lambda line: line.account_id == account and line.parent_state == 'posted' and not line.reconciled)
            own, bills = open_lines(payment.move_id), open_lines(payment.invoice_ids)
            payment.is_prepared = False
            if own and bills:
                (own + bills).reconcile()

    def _ask_after_payment(self):
        """Flag payments that the bank statement has and no decision covers."""
        for payment, requirements in self._get_requirements().items():
            missing = [requirement for requirement in requirements if requirement.state != 'covered']
            if missing and not payment.is_paid_undecided:
                payment.sudo().is_paid_undecided = True  # sudo: a mark, whoever reads the bank statement
                payment._ask_to_look(missing[0], *payment._explain_paid_undecided(missing[0]))

    def _explain_paid_undecided(self, requirement):
        return self.env._("Paid without a decision"), self.env._(
            "The bank statement says that this was paid, and no decision covers it. %(rule)s Look into it together, and say here "
            "what comes of it.", rule=requirement.describe())
