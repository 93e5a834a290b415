from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .books import BooksCommon
from .companions import need_companion

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))


@tagged('post_install', '-at_install')
class TestAccountantMonth(BooksCommon):
    """The accountant finds nothing new: a month of standard actions, and the cohort's result is right all along."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        need_companion(cls.env, 'l10n_fr_account')
        cls.env.company.vat = 'FR23334175221'
        cls._give_groups(cls.accountant, 'analytic.group_analytic_accounting')
        cls.books = cls.env(user=cls.accountant)
        cls.sale_tax, cls.purchase_tax = (cls.env['account.tax'].search(
            [('type_tax_use', '=', use), ('amount', '=', 20), ('price_include', '=', False),
             ('invoice_repartition_line_ids.account_id', '!=', False)], limit=1) for use in ('sale', 'purchase'))

    def _enter(self, move_type, partner, lines, day, ref=False):
        """An invoice or bill, in the standard form."""
        form = Form(self.books['account.move'].with_context(default_move_type=move_type))
        form.partner_id = partner.with_env(self.books)
        form.invoice_date = day
        if move_type.startswith('in_'):
            form.date, form.ref = day, ref
        for name, account, price, shares, tax in lines:
            with form.invoice_line_ids.new() as line:
                line.name = name
                line.account_id = account.with_env(self.books)
                line.quantity, line.price_unit = 1, price
                line.analytic_distribution = self._shares(shares)
                line.tax_ids.clear()
                line.tax_ids.add(tax.with_env(self.books))
        move = form.save()
        move.action_post()
        return move

    def test_a_month_of_standard_actions_leaves_the_result_right(self):
        # Invoices and bills, with tax; a bill that two cohorts share
        invoice = self._enter('out_invoice', self.customer, [
            ("Hedges", self.income, 850, {self.autumn: 100}, self.sale_tax),
            ("Lawn", self.income, 150.55, {self.autumn: 100}, self.sale_tax)], date(2026, 1, 8))
        bill = self._enter('in_invoice', self.supplier, [
            ("Insurance", self.expense, 99.99, {self.autumn: 50, self.winter: 50}, self.purchase_tax),
            ("Tools", self.expense, 200, {self.autumn: 100}, self.purchase_tax)], date(2026, 1, 10), "F-2026-17")
        self.assertEqual(self._totals(period=JANUARY), (100055, 25000))
        self.assertEqual(self._totals(self.winter, period=JANUARY), (0, 4999))

        # Payments in the standard dialog
        for move, day in ((invoice, date(2026, 1, 20)), (bill, date(2026, 1, 25))):
            dialog = Form(self.books['account.payment.register'].with_context(
                active_model='account.move', active_ids=move.ids))
            dialog.payment_date = day
            dialog.save().action_create_payments()
            self.assertEqual(move.amount_residual, 0)
        self.assertEqual(self._totals(period=JANUARY, basis='collected'), (100055, 25000))

        # A credit note on the invoice, in February
        reversal = self.books['account.move.reversal'].with_context(active_model='account.move', active_ids=invoice.ids).create({
            'journal_id': invoice.journal_id.id, 'date': date(2026, 2, 2)})
        credit = self.books['account.move'].browse(reversal.refund_moves()['res_id'])
        credit.invoice_line_ids.filtered(lambda line: line.name == "Hedges").unlink()
        credit.action_post()
        self.assertEqual(self._totals(period=JANUARY), (100055, 25000))
        self.assertEqual(self._totals(period=FEBRUARY), (-15055, 0))

        # The entries of a closing: a bill that has not come is expected, and taken back the month after
        accrued = self.env['account.account'].search([('account_type', '=', 'liability_current')], limit=1)
        closing = self.books['account.move'].create({
            'journal_id': self.general.id, 'date': JANUARY[1], 'ref': "Bill not received", 'line_ids': [
                Command.create({
                    'account_id': self.expense.id, 'balance': 30, 'analytic_distribution': self._shares({self.autumn: 100})}),
                Command.create({'account_id': accrued.id, 'balance': -30})]})
        closing.action_post()
        self.books['account.move.reversal'].with_context(active_model='account.move', active_ids=closing.ids).create({
            'journal_id': closing.journal_id.id, 'date': FEBRUARY[0]}).refund_moves()
        closing.reversal_move_ids.filtered(lambda move: move.state == 'draft').action_post()
        self.assertEqual(self._totals(period=JANUARY), (100055, 28000))
        self.assertEqual(self._totals(period=FEBRUARY), (-15055, -3000))
        self.assertEqual(self._totals(), (85000, 25000))

        # What the books say by Odoo's own analytic lines, which round each one by itself
        lines = self.env['account.analytic.line'].search([
            ('cohort_id', '=', self.autumn.id), ('move_line_id', '!=', False)])
        self.assertAlmostEqual(sum(lines.mapped('amount')), 600, delta=0.02)

        # The period is locked: Odoo says so, and nothing moves
        self.env.company.fiscalyear_lock_date = JANUARY[1]  # in the settings, as an administrator
        with self.assertRefused(UserError, "(?i)lock"):
            invoice.button_draft()
        with self.assertRefused(UserError, "(?i)lock"):
            invoice.invoice_line_ids[0].analytic_distribution = self._shares({self.autumn: 10, self.winter: 90})
        with self.assertRefused(UserError, "(?i)lock"):
            invoice.line_ids[0].with_context(check_move_validity=False).balance += 10
        self.assertEqual(self._totals(period=JANUARY), (100055, 28000))

        self._check_fec()

    def _check_fec(self):
        """The file for the tax office balances, and has each line of the month once."""
        # Any other than a test file also locks the year, which needs an administrator.
        wizard = self.books['l10n_fr.fec.export.wizard'].create({
            'date_from': date(2026, 1, 1), 'date_to': date(2026, 12, 31), 'test_file': True})
        header, *rows = [row.split('|') for row in wizard.generate_fec()['file_content'].decode().split('\r\n')]
        columns = {name: header.index(name) for name in ('CompteNum', 'Debit', 'Credit', 'EcritureLib')}
        sums = {}
        for row in rows:
            cents = [int(row[columns[side]].strip().replace(',', '')) for side in ('Debit', 'Credit')]
            sums.setdefault(row[columns['CompteNum']][:1], []).append(cents[0] - cents[1])
        self.assertEqual(sum(map(sum, sums.values())), 0)
        # Classes 6 and 7 of the French chart, of both cohorts: what the two results say together.
        result = [self._totals(cohort) for cohort in (self.autumn, self.winter)]
        self.assertEqual(-sum(sums['7']), sum(income for income, _expense in result))
        self.assertEqual(sum(sums['6']), sum(expense for _income, expense in result))
