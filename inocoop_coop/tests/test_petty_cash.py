from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .books import BooksCommon


@tagged('post_install', '-at_install')
class TestPettyCash(BooksCommon):
    """A cash box for each cohort, written by its treasurer, in an ordinary journal of the host."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_groups(cls.lea.user_id, 'account.group_account_invoice')
        cls.autumn.with_user(cls.manager).action_open_petty_cash()
        cls.box = cls.autumn.petty_cash_journal_id

    def _write(self, user=None, **values):
        entry = self.env['coop.petty.cash.entry'].with_user(user or self.lea.user_id).create({
            'cohort_id': self.autumn.id, 'name': "Stamps", 'amount': 12.34, 'date': date(2026, 1, 15), **values})
        entry.action_write()
        return self.env['account.bank.statement.line'].search([('journal_id', '=', self.box.id)], order='id desc', limit=1)

    def _balance(self):
        self.autumn.invalidate_recordset()
        return self.autumn.with_user(self.lea.user_id).petty_cash_balance

    def test_it_is_opened_once_by_who_answers_for_the_cash(self):
        self.assertEqual((self.box.type, self.box.company_id), ('cash', self.autumn.company_id))
        self.assertTrue(self.box.default_account_id)
        self.autumn.with_user(self.accountant).action_open_petty_cash()
        self.assertEqual(self.autumn.petty_cash_journal_id, self.box)
        for user in (self.lea.user_id, self.facilitator):
            with self.assertRefused(AccessError, "ask your programme manager or the accountant"):
                self.autumn.with_user(user).action_open_petty_cash()

    def test_no_other_journal_is_passed_off_as_a_cash_box(self):
        for user in (self.facilitator, self.manager):
            with self.assertRefused(AccessError, "is not changed by hand"):
                self.autumn.with_user(user).petty_cash_journal_id = self.bank

    def test_what_is_spent_is_posted_for_the_cohort_and_counts_at_once(self):
        line = self._write(movement='filled', name="From the bank", amount=50)
        self.assertEqual((line.amount, line.move_id.state, line.move_id.cohort_ids), (50, 'posted', self.autumn))
        self.assertEqual((self._balance(), self._totals()), (50, (0, 0)))
        line = self._write(account_id=self.expense.id)
        self.assertEqual((line.move_id.state, line.move_id.cohort_ids, line.move_id.line_ids.cohort_id),
                         ('posted', self.autumn, self.autumn))
        self.assertEqual(line.move_id.line_ids.account_id, self.box.default_account_id + self.expense)
        self._write(movement='received', name="Cakes sold", amount=20, account_id=self.income.id)
        self.assertAlmostEqual(self._balance(), 57.66)
        for basis in ('invoiced', 'collected'):
            self.assertEqual(self._totals(basis=basis), (2000, 1234))

    def test_what_an_accountant_writes_there_is_the_cohorts_by_itself(self):
        line = self.env['account.bank.statement.line'].with_user(self.accountant).create({
            'journal_id': self.box.id, 'date': date(2026, 1, 15), 'payment_ref': "Soap", 'amount': -3,
            'counterpart_account_id': self.expense.id})
        self.assertEqual(line.move_id.line_ids.filtered('analytic_distribution').cohort_id, self.autumn)
        self.assertEqual(self._totals(), (0, 300))

    def test_no_expense_leaves_the_box_without_its_cohort(self):
        move = self.env['account.move'].create({
            'journal_id': self.box.id, 'date': date(2026, 1, 15), 'line_ids': [
                Command.create({'account_id': self.expense.id, 'balance': 3, 'name': "Soap"}),
                Command.create({'account_id': self.box.default_account_id.id, 'balance': -3, 'name': "Soap"})]})
        expense = move.line_ids.filtered(lambda line: line.account_id == self.expense)
        self.assertEqual(expense.cohort_id, self.autumn, "By itself it has it.")
        expense.analytic_distribution = False
        with self.assertRefused(ValidationError, "say for which cohort each line is"):
            move.action_post()

    def test_what_can_not_be_is_refused(self):
        with self.assertRefused(UserError, "above 0"):
            self._write(amount=-5, account_id=self.expense.id)
        with self.assertRefused(UserError, "Choose an account"):
            self._write()
        with self.assertRefused(UserError, "Choose an account"):
            self._write(account_id=self.receivable.id)
        with self.assertRefused(UserError, "has no cash box yet"):
            self._write(self.manager, cohort_id=self.winter.id)

    def test_nobody_takes_out_what_is_not_in_the_box(self):
        out = {'account_id': self.expense.id, 'amount': 12}
        with self.assertRefused(UserError, "There would be .*12.00.* in the cash box on 01/15/2026"):
            self._write(**out)
        self._write(movement='filled', amount=20, date=date(2026, 1, 10))
        with self.assertRefused(UserError, "There would be .*12.00.* in the cash box on 01/09/2026"):
            self._write(**out, date=date(2026, 1, 9))
        self._write(**out, date=date(2026, 1, 14))
        # Nor what was spent later on.
        for values in ({**out, 'date': date(2026, 1, 11)}, {'movement': 'emptied', 'amount': 8.01}):
            with self.assertRefused(UserError, "There would be"):
                self._write(**values)
        self._write(movement='emptied', amount=8)
        self.assertEqual(self._balance(), 0)

    def test_only_who_keeps_the_cohorts_books_writes_and_sees_it(self):
        with self.assertRaises(AccessError):
            self._write(self.yanis.user_id, account_id=self.expense.id)
        self.winter.action_open_petty_cash()
        with self.assertRaises(AccessError):
            self._write(cohort_id=self.winter.id, account_id=self.expense.id)
        journals = self.env['account.journal'].with_user(self.lea.user_id)
        self.assertIn(self.box, journals.search([]))
        self.assertNotIn(self.winter.petty_cash_journal_id, journals.search([]))
        self._write(movement='filled', amount=20)
        self._write(account_id=self.expense.id)
        action = self.autumn.with_user(self.lea.user_id).action_view_petty_cash()
        lines = self.env['account.bank.statement.line'].with_user(self.lea.user_id).search(action['domain'])
        self.assertEqual(set(lines.mapped('amount')), {20, -12.34})
        self._give_groups(self.chloe.user_id, 'account.group_account_invoice')
        self.assertFalse(self.env['account.bank.statement.line'].with_user(self.chloe.user_id).search(action['domain']))

    def test_a_period_that_is_locked_stays_as_it_was(self):
        self._write(movement='filled', amount=50, date=date(2025, 12, 1))
        self._write(account_id=self.expense.id, date=date(2025, 12, 20))
        before = self._totals()
        self.env.company.fiscalyear_lock_date = date(2025, 12, 31)
        line = self._write(account_id=self.expense.id, date=date(2025, 12, 20))
        self.assertGreater(line.move_id.date, date(2025, 12, 31))
        period = (date(2025, 10, 1), date(2025, 12, 31))
        self.assertEqual(self._totals(period=period), before)
