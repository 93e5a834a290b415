from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class AccountJournal(models.Model):
    """The host's journals are shared by its cohorts: their totals are not for who is scoped to some of these.

    Core sums them up in SQL, past the rules. The cards of sales and purchases are brought back to
    what the user may read; a bank account can't be, and shows nothing.
    """
    _inherit = 'account.journal'

    # At most one: coop.cohort has a unique constraint.
    petty_cash_cohort_ids = fields.One2many(
        'coop.cohort', 'petty_cash_journal_id', string="Cash Box Of", export_string_translation=False)

    def _get_petty_cash_cohort(self):
        """The cohort whose cash box this journal is, if it is one's."""
        # sudo: whose box it is, for lines and entries of it; who reads these is asked when they read.
        return self.sudo().petty_cash_cohort_ids.sudo(False) if self.type == 'cash' else self.env['coop.cohort']

    def _name_outstanding_accounts(self):
        """Name on each way to pay the account that Odoo would take for it, so that a payment is booked at once.

        Odoo takes it by itself only where no app lets invoices be "in payment" until the bank statement has them.
        """
        for line in self.inbound_payment_method_line_ids + self.outbound_payment_method_line_ids:
            if not line.payment_account_id:
                payment = self.env['account.payment'].new({'company_id': self.company_id.id})
                try:
                    line.payment_account_id = payment._get_outstanding_account(line.payment_type)
                except UserError:
                    # A host without a chart of accounts is told so by Odoo when it pays.
                    return

    def _is_balance_hidden(self):
        return not self.env.su and self.env.user.is_coop_scoped

    def _compute_current_statement_balance(self):
        if not self._is_balance_hidden():
            return super()._compute_current_statement_balance()
        self.has_statement_lines = False
        self.current_statement_balance = 0
        return None

    def _compute_last_bank_statement(self):
        if not self._is_balance_hidden():
            return super()._compute_last_bank_statement()
        self.last_statement_id = False
        return None

    def _get_direct_bank_payments(self):
        payments = super()._get_direct_bank_payments()
        return dict.fromkeys(payments, (0, 0)) if self._is_balance_hidden() else payments

    def _get_journal_dashboard_outstanding_payments(self):
        payments = super()._get_journal_dashboard_outstanding_payments()
        return dict.fromkeys(payments, (0, 0)) if self._is_balance_hidden() else payments

    def _fill_bank_cash_dashboard_data(self, dashboard_data):
        result = super()._fill_bank_cash_dashboard_data(dashboard_data)
        if self._is_balance_hidden():
            for data in dashboard_data.values():
                data.update({'number_to_reconcile': 0} if 'number_to_reconcile' in data else {})
        return result

    def _get_bank_cash_graph_data(self):
        return self._get_empty_graph_data() if self._is_balance_hidden() else super()._get_bank_cash_graph_data()

    def _get_sale_purchase_graph_data(self):
        return self._get_empty_graph_data() if self._is_balance_hidden() else super()._get_sale_purchase_graph_data()

    def _get_empty_graph_data(self):
        return {journal.id: [{'values': [], 'title': "", 'key': "", 'is_sample_data': True}] for journal in self}

    def _get_draft_sales_purchases_query(self):
        return self._within_reach(super()._get_draft_sales_purchases_query())

    def _get_open_sale_purchase_query(self, journal_type):
        query, selects = super()._get_open_sale_purchase_query(journal_type)
        return self._within_reach(query), selects

    def _within_reach(self, query):
        """The same query on entries, of those that the user may read."""
        if self._is_balance_hidden():
            query.add_where(SQL("account_move.id IN %s", self.env['account.move']._search([]).subselect()))
        return query
