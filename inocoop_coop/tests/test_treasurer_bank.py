from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .books import BooksCommon
from .sharing import SharingCommon

DAY = date(2026, 1, 28)


@tagged('post_install', '-at_install')
class TestTreasurerBank(BooksCommon):
    """Of the host's bank account, the treasurer's screen tells what is the cohort's, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_groups(cls.lea.user_id, 'account.group_account_invoice')
        # The host has other money there, and the other cohort too.
        cls._pay_in_part(cls._document('out_invoice', (5000, {cls.winter: 100})))
        capital = cls.env['account.account'].search([('account_type', '=', 'equity')], limit=1)
        cls._bank_line(70000, counterpart_account_id=capital.id)

    @classmethod
    def _bank_line(cls, amount, journal=None, **values):
        return cls.env['account.bank.statement.line'].create({
            'journal_id': (journal or cls.bank).id, 'date': DAY, 'payment_ref': "Transfer", 'amount': amount, **values})

    def _match(self, line, document):
        """What the accountant does with a line of the bank statement, and no payment."""
        item = line._seek_for_lines()[1]
        open_item = document.line_ids.filtered(lambda other: other.account_id.reconcile and not other.reconciled)
        item.write({'account_id': open_item.account_id.id, 'partner_id': open_item.partner_id.id})
        (item + open_item).reconcile()

    def _balance(self, cohort=None, user=None):
        cohort = (cohort or self.autumn).with_user(user or self.lea.user_id)
        cohort.invalidate_recordset()
        return cohort.bank_balance

    def test_it_is_what_was_received_less_what_was_paid_to_the_cent(self):
        self.assertEqual(self._balance(), 0)
        self._pay_in_part(self._document('out_invoice', (120, {self.autumn: 100})), 60.01)
        self.assertEqual(self._balance(), 60.01, "A part of an invoice")
        self._pay_in_part(self._document('in_invoice', (30, {self.autumn: 100})))
        self.assertEqual(self._balance(), 30.01, "A bill")
        self._pay_in_part(self._document('out_refund', (5.5, {self.autumn: 100})))
        self.assertEqual(self._balance(), 24.51, "A refund to a customer")
        self._pay_in_part(self._document('in_refund', (2, {self.autumn: 100})))
        self.assertEqual(self._balance(), 26.51, "A refund of a supplier")
        self._document('out_invoice', (999, {self.autumn: 100}))
        self.assertEqual(self._balance(), 26.51, "What is not paid is not there")
        self.assertEqual(self._balance(user=self.accountant), 26.51)
        self.assertEqual(self._balance(self.winter, self.accountant), 5000)

    def test_it_is_with_the_tax(self):
        invoice = self._invoice_with_tax()
        self._pay_in_part(invoice)
        self.assertEqual((self._balance(), self.autumn.books_collected), (120, 100))

    def test_what_the_bank_statement_paid_counts_without_a_payment(self):
        self._match(self._bank_line(33.33), self._document('out_invoice', (33.33, {self.autumn: 100})))
        self._match(self._bank_line(-10), self._document('in_invoice', (12, {self.autumn: 100})))
        self.assertEqual(self._balance(), 23.33)

    def test_a_payment_that_the_bank_statement_has_too_counts_once(self):
        payment = self._pay_in_part(self._document('out_invoice', (80, {self.autumn: 100})))
        line = self._bank_line(80)
        item = line._seek_for_lines()[1]
        item.account_id = payment.outstanding_account_id
        (item + payment.move_id.line_ids.filtered(lambda other: other.account_id == payment.outstanding_account_id)).reconcile()
        self.assertEqual(self._balance(), 80)

    def test_a_document_of_two_cohorts_is_given_out_to_the_cent(self):
        shared = {self.autumn: 25, self.winter: 75}
        self._pay_in_part(self._document('out_invoice', (40.01, shared)))
        self._match(self._bank_line(-0.03), self._document('in_invoice', (0.03, {self.autumn: 50, self.winter: 50})))
        balances = self._balance(), self._balance(self.winter, self.accountant)
        self.assertEqual(round(sum(balances), 2), 5039.98)
        self.assertIn(balances[0], (9.98, 9.99))

    def test_what_is_for_the_host_is_not_the_cohorts(self):
        host = self.env['account.analytic.account'].create({
            'name': "Host", 'plan_id': self.env.ref('inocoop_coop.analytic_plan_cohort').id})
        bill = self._document('in_invoice', (100, {}))
        bill.button_draft()
        bill.invoice_line_ids.analytic_distribution = {
            str(self.autumn.analytic_account_id.id): 30, str(host.id): 70}
        bill.action_post()
        self._match(self._bank_line(-100), bill)
        self.assertEqual(self._balance(), -30)

    def test_what_is_spent_in_the_banks_own_journal_counts(self):
        line = self._bank_line(-2.5, counterpart_account_id=self.expense.id)
        line.move_id.line_ids.filtered(lambda item: item.account_id == self.expense).analytic_distribution = self._shares(
            {self.autumn: 100})
        self.assertEqual(self._balance(), -2.5)

    def test_the_cash_box_stands_beside_it(self):
        self.autumn.with_user(self.accountant).action_open_petty_cash()
        self._pay_in_part(self._document('out_invoice', (100, {self.autumn: 100})))
        spent = {'movement': 'spent', 'amount': 12.34, 'account_id': self.expense.id}
        for values in ({'movement': 'filled', 'amount': 50}, spent, {'movement': 'emptied', 'amount': 10}):
            self.env['coop.petty.cash.entry'].with_user(self.lea.user_id).create({
                'cohort_id': self.autumn.id, 'name': "Cash", 'date': DAY, **values}).action_write()
        self.assertEqual(self._balance(), 60)
        self.assertAlmostEqual(self.autumn.with_user(self.lea.user_id).petty_cash_balance, 27.66)

    def test_what_is_no_payment_does_not_count(self):
        invoice = self._document('out_invoice', (100, {self.autumn: 100}))
        payment = self._pay_in_part(invoice)
        payment.action_draft()
        self.assertEqual(self._balance(), 0, "It went back to draft.")
        payment.action_post()
        payment.move_id._reverse_moves([{'date': DAY}], cancel=True)
        self.assertEqual(self._balance(), 0, "Its entry was reversed.")
        other = self._document('out_invoice', (100, {self.autumn: 100}))
        other._reverse_moves([{'date': DAY, 'invoice_date': DAY}], cancel=True)
        self.assertEqual(self._balance(), 0, "A credit note is no money.")

    def test_a_payment_in_advance_counts(self):
        self.env['account.payment'].create({
            'payment_type': 'inbound', 'partner_type': 'customer', 'partner_id': self.customer.id, 'amount': 15,
            'cohort_id': self.autumn.id, 'journal_id': self.bank.id}).action_post()
        self.assertEqual(self._balance(), 15)

    def test_it_is_for_who_keeps_the_cohorts_books(self):
        with self.assertRaises(AccessError):
            self.autumn.with_user(self.yanis.user_id).read(['bank_balance'])
        with self.assertRaises(AccessError):
            self.winter.with_user(self.lea.user_id).read(['bank_balance'])

    def test_it_is_one_query_for_all_cohorts(self):
        self._pay_in_part(self._document('out_invoice', (40, {self.autumn: 25, self.winter: 75})))
        cohorts = (self.autumn + self.winter).with_user(self.accountant)
        for asked in (self.autumn.with_user(self.accountant), cohorts):
            asked.mapped('bank_balance')  # what it asks of the user's groups and of the currency is known after that
            asked.invalidate_recordset(['bank_balance'])
            with self.assertQueryCount(1):
                asked.mapped('bank_balance')

    def test_it_stands_on_the_screen_and_opens_the_payments(self):
        payment = self._pay_in_part(self._document('out_invoice', (40, {self.autumn: 100})))
        cohort = self.autumn.with_user(self.lea.user_id)
        view = self.env.ref('inocoop_coop.coop_cohort_view_form_treasury')
        self.assertIn('name="bank_balance"', cohort.get_view(view.id, 'form')['arch'])
        domain = cohort.action_view_payments()['domain']
        self.assertEqual(self.env['account.payment'].with_user(self.lea.user_id).search(domain), payment)


@tagged('post_install', '-at_install')
class TestTreasurerBankShare(SharingCommon):
    """A share that is paid leaves the cohort's money in the bank."""

    def test_a_share_counts_when_it_is_paid(self):
        bank = self.env['account.journal'].search([('type', '=', 'bank')], limit=1)
        share = self._posted_share()
        cohort = self.autumn.with_user(self.accountant)
        self.assertEqual(cohort.bank_balance, 0)
        lines = share.sudo()._get_payable_lines()
        lea = lines.filtered(lambda line: line.partner_id == self.lea.partner_id)
        # One by the bank statement alone, the others by payments.
        line = self.env['account.bank.statement.line'].create({
            'journal_id': bank.id, 'date': DAY, 'payment_ref': "Transfer", 'amount': -282.5})
        item = line._seek_for_lines()[1]
        item.write({'account_id': lea.account_id.id, 'partner_id': lea.partner_id.id})
        (item + lea).reconcile()
        cohort.invalidate_recordset()
        self.assertEqual(cohort.bank_balance, -282.5)
        wizard = self.env['account.payment.register'].with_user(self.accountant).with_context(
            **share.with_user(self.accountant).action_pay()['context']).create({'payment_date': DAY})
        wizard._create_payments()
        cohort.invalidate_recordset()
        self.assertEqual(cohort.bank_balance, -565)
        self.assertEqual(share.payment_state, 'paid')
