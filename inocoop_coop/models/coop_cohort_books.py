from odoo import api, fields, models

from ..rules import commitment, covered
from ..tools.dialog import open_dialog
from .coop_cohort_documents import INVOICING

RESULT = f'inocoop_coop.group_confined,inocoop_coop.group_facilitator,{INVOICING}'
OPEN = [('state', '=', 'posted'), ('payment_state', 'in', ('not_paid', 'partial', 'blocked'))]


class CoopCohort(models.Model):
    """What the treasurer looks at: what came in, what is to come, what is to be paid, and what is in the cash box.

    The host's bank account is shared by its cohorts: what of it is the cohort's is told in ``coop_cohort_bank.py``. What was
    collected and paid is told here without tax. All of it is what the user may read.
    """
    _inherit = 'coop.cohort'

    result_amount = fields.Monetary("Result", compute='_compute_result_amount', groups=RESULT)
    books_collected = fields.Monetary(
        "Collected", compute='_compute_books_collected', groups=RESULT, help="What customers have paid, without tax.")
    books_paid = fields.Monetary(
        "Paid", compute='_compute_books_collected', groups=RESULT, help="What suppliers were paid, without tax.")
    books_balance = fields.Monetary(
        "Collected Less Paid", compute='_compute_books_collected', groups=RESULT,
        help="What the cohort's business has left so far in the host's bank account and in its own cash box.")
    books_to_receive = fields.Monetary(
        "To Receive", compute='_compute_books_to_receive', groups=INVOICING,
        help="What customers still owe on posted invoices, tax included: the cohort's part of them.")
    books_to_pay = fields.Monetary(
        "To Pay", compute='_compute_books_to_pay', groups=INVOICING,
        help="What is still owed on posted bills, tax included: the cohort's part of them.")

    def _compute_result_amount(self):
        amounts = dict(self.env['coop.result.line']._read_group(
            [('cohort_id', 'in', self.ids), ('basis', '=', 'invoiced')], ['cohort_id'], ['amount:sum']))
        for cohort in self:
            cohort.result_amount = amounts.get(cohort._origin, 0)

    def _compute_books_collected(self):
        amounts = {(cohort, kind): amount for cohort, kind, amount in self.env['coop.result.line']._read_group(
            [('cohort_id', 'in', self.ids), ('basis', '=', 'collected')], ['cohort_id', 'kind'], ['amount:sum'])}
        for cohort in self:
            cohort.books_collected = amounts.get((cohort._origin, 'income'), 0)
            cohort.books_paid = -amounts.get((cohort._origin, 'expense'), 0)
            cohort.books_balance = cohort.books_collected - cohort.books_paid

    def _compute_books_to_receive(self):
        self._compute_open('books_to_receive', self.env['account.move'].get_sale_types(include_receipts=True), 1)

    def _compute_books_to_pay(self):
        self._compute_open('books_to_pay', self.env['account.move'].get_purchase_types(include_receipts=True), -1)

    def _compute_open(self, name, move_types, sign):
        amounts = self._get_open_amounts(move_types)
        for cohort in self:
            cohort[name] = sign * covered.from_units(amounts.get(cohort._origin, 0), cohort.currency_id.decimal_places)

    def _get_open_amounts(self, move_types):
        """What is still open on invoices or bills: ``{cohort: cents}``, owed to the cohort positive.

        Of a document that is shared with another cohort it is the part that the cohort's lines have in it.
        """
        accounts = {cohort.sudo().analytic_account_id.id: cohort for cohort in self._origin}  # sudo: only numbers
        amounts = dict.fromkeys(self._origin, 0)
        for move in self.env['account.move'].search(
                [('cohort_ids', 'in', self._origin.ids), ('move_type', 'in', move_types), *OPEN]):
            places = move.currency_id.decimal_places
            lines = {}
            for line in move.invoice_line_ids:
                for key, percentage in (line.analytic_distribution or {}).items():
                    for number in key.split(','):
                        if cohort := accounts.get(int(number)):
                            lines.setdefault(cohort, []).append((covered.to_units(line.price_total, places), percentage))
            residual = covered.to_units(move.amount_residual_signed, move.company_currency_id.decimal_places)
            for cohort, shares in lines.items():
                amounts[cohort] += commitment.share(residual, shares, covered.to_units(move.amount_total, places))
        return amounts

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    @api.model
    def action_view_treasury(self):
        """Open the treasurer's screen: on the cohort of who asks, or on all that they may read."""
        action = self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_cohort_treasury_action')
        cohorts = self.env['coop.membership']._get_own_cohort() or self.search([], limit=2)
        if len(cohorts) == 1:
            form = [view for view in action['views'] if view[1] == 'form']
            action.update(res_id=cohorts.id, view_mode='form', views=form)
        return action

    def action_view_result(self):
        """Open the result of this cohort, by account and month."""
        return self._open_books('inocoop_coop.coop_result_line_action', search_default_invoiced=1)

    def action_view_collected(self):
        """Open what was collected and paid."""
        return self._open_books('inocoop_coop.coop_result_line_action', search_default_collected=1)

    def action_view_budget(self):
        """Open the budget of this cohort."""
        return self._open_books('inocoop_coop.coop_budget_line_action', default_cohort_id=self.id)

    def action_view_to_receive(self):
        """Open the invoices that customers have not wholly paid."""
        return self._narrow(self.action_view_invoices())

    def action_view_to_pay(self):
        """Open the bills that are not wholly paid."""
        return self._narrow(self.action_view_bills())

    def action_print_result(self):
        """Ask for which period and on which basis the result is printed."""
        self.ensure_one()
        self.check_access('read')
        return open_dialog('coop.result.print', self.env._("Print the result"), cohort_id=self.id)

    def _open_books(self, xmlid, **context):
        self.ensure_one()
        self.check_access('read')
        return {
            **self.env['ir.actions.act_window']._for_xml_id(xmlid),
            'domain': [('cohort_id', '=', self.id)],
            'context': context,
        }

    def _narrow(self, action):
        return {**action, 'domain': [*action['domain'], *OPEN]}
