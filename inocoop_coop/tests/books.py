"""What the tests of the books share: entries of each kind, and what the books themselves say of a cohort."""
from datetime import date

from odoo.fields import Command

from .common import CoopCommon

PERIOD = (date(2025, 10, 1), date(2026, 3, 31))


class BooksCommon(CoopCommon):
    """The two cohorts share a host, its journals and its bank account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.results = cls.env['coop.result.line']
        # What a rule would ask for is tested elsewhere.
        cls.env['coop.decision.rule'].search([]).active = False
        cls.income = cls.env['account.account'].search([('account_type', '=', 'income')], limit=1)
        cls.expense = cls.env['account.account'].search([('account_type', '=', 'expense')], limit=1)
        cls.receivable = cls.env['account.account'].search(
            [('account_type', '=', 'asset_receivable'), ('non_trade', '=', False)], limit=1)
        cls.general = cls.env['account.journal'].search([('type', '=', 'general')], limit=1)
        cls.bank = cls.env['account.journal'].search([('type', '=', 'bank')], limit=1)

    @classmethod
    def _shares(cls, shares):
        return {str(cohort.analytic_account_id.id): percentage for cohort, percentage in shares.items()}

    @classmethod
    def _document(cls, move_type, *lines, day=date(2026, 1, 15), **values):
        """A posted invoice or bill.

        :param lines: ``(price, {cohort: percentage})``, with a product as a third where there is one
        """
        is_sale = move_type.startswith('out_')
        move = cls.env['account.move'].create({
            'move_type': move_type, 'invoice_date': day, 'date': day,
            'partner_id': (cls.customer if is_sale else cls.supplier).id,
            'invoice_line_ids': [Command.create({
                'name': "Line", 'quantity': 1, 'price_unit': price, 'tax_ids': False,
                'product_id': product[0].id if product else False, 'analytic_distribution': cls._shares(shares),
                'account_id': (cls.income if is_sale else cls.expense).id,
            }) for price, shares, *product in lines],
            **values})
        move.action_post()
        return move

    @classmethod
    def _entry(cls, *lines, day=date(2026, 1, 15), journal=None):
        """A posted entry of a journal.

        :param lines: ``(account, debit less credit, {cohort: percentage})``
        """
        move = cls.env['account.move'].create({
            'move_type': 'entry', 'date': day, 'journal_id': (journal or cls.general).id,
            'line_ids': [Command.create({
                'account_id': account.id, 'name': "Line", 'balance': balance,
                'analytic_distribution': cls._shares(shares) if shares else False,
            }) for account, balance, shares in lines]})
        move.action_post()
        return move

    @classmethod
    def _pay_in_part(cls, move, amount=None, day=date(2026, 1, 20), **values):
        values['payment_date'] = day
        if amount:
            values['amount'] = amount
        return cls.env['account.payment.register'].with_context(
            active_model='account.move', active_ids=move.ids).create(values)._create_payments()

    def _totals(self, cohort=None, basis='invoiced', period=PERIOD):
        """Income and expense in cents."""
        totals = self.results._get_totals(cohort or self.autumn, *period, basis)
        return totals['income'], totals['expense']

    def _in_the_books(self, cohort, period=PERIOD):
        """Income and expense in cents, added up from the journal items by Odoo's own reading of them.

        For a cohort that shares no line with another one.
        """
        items = self.env['account.move.line'].search([
            ('parent_state', '=', 'posted'), ('date', '>=', period[0]), ('date', '<=', period[1]),
            ('account_id.internal_group', 'in', ('income', 'expense')), ('cohort_id', '=', cohort.id)])
        sums = dict.fromkeys(('income', 'expense'), 0)
        for item in items:
            sums[item.account_id.internal_group] += round(item.balance * 100)
        return -sums['income'], sums['expense']

    def _invoice_with_tax(self):
        """A posted invoice of 100 € and 20 % of tax, which is owed to the State."""
        tax = self.env['account.tax'].create({'name': "Twenty", 'amount': 20, 'type_tax_use': 'sale'})
        tax.invoice_repartition_line_ids.filtered(lambda line: line.repartition_type == 'tax').account_id = self.env[
            'account.account'].search([('account_type', '=', 'liability_current')], limit=1)
        invoice = self._move('out_invoice', {self.autumn: 100})
        invoice.invoice_line_ids.tax_ids = tax
        invoice.action_post()
        return invoice
