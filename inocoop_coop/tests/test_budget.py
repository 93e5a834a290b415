from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .books import BooksCommon


@tagged('post_install', '-at_install')
class TestBudget(BooksCommon):
    """What a cohort plans stands beside what its books say."""

    def _plan(self, **values):
        return self.env['coop.budget.line'].create({'cohort_id': self.autumn.id, 'kind': 'income', 'amount': 600, **values})

    def _months(self, basis='invoiced', cohort=None):
        rows = self.results._read_group(
            [('cohort_id', '=', (cohort or self.autumn).id), ('basis', '=', basis)], ['date:month'], ['amount:sum', 'budget:sum'])
        return {month.month: (round(amount, 2), round(budget, 2)) for month, amount, budget in rows}

    def test_what_is_for_the_whole_period_is_spread_over_its_months_to_the_cent(self):
        self._plan(amount=100)
        for basis in ('invoiced', 'collected'):
            months = self._months(basis)
            self.assertEqual(set(months), {10, 11, 12, 1, 2, 3})
            self.assertEqual(round(sum(budget for _amount, budget in months.values()), 2), 100)
            self.assertTrue(all(16.66 <= budget <= 16.67 for _amount, budget in months.values()), months)

    def test_what_is_for_a_month_stands_in_it_beside_the_books(self):
        self._plan(month=date(2026, 1, 15), amount=250)
        self._plan(month=date(2026, 1, 1), kind='expense', amount=80, account_id=self.expense.id)
        self._document('out_invoice', (200, {self.autumn: 100}))
        self.assertEqual(self._months(), {1: (200, 170)})
        [(account, budget)] = self.results._read_group(
            [('basis', '=', 'invoiced'), ('kind', '=', 'expense')], ['account_id'], ['budget:sum'])
        self.assertEqual((account, budget), (self.expense, -80))
        self.assertEqual(self._totals(), (20000, 0), "A plan is no result.")

    def test_a_first_month_that_began_before_the_cohort_counts_from_its_first_day(self):
        self.env['coop.budget.line'].create({
            'cohort_id': self.winter.id, 'kind': 'income', 'amount': 10, 'month': date(2026, 1, 1)})
        line = self.results.search([('cohort_id', '=', self.winter.id), ('basis', '=', 'invoiced')])
        self.assertEqual((line.date, line.budget), (date(2026, 1, 5), 10))

    def test_an_account_says_whether_it_is_income_or_expense(self):
        line = self.env['coop.budget.line'].create({
            'cohort_id': self.autumn.id, 'account_id': self.income.id, 'amount': 10})
        self.assertEqual(line.kind, 'income')
        with self.assertRefused(ValidationError, "is no account of expense"):
            line.kind = 'expense'

    def test_what_can_not_be_is_refused(self):
        with self.assertRefused(ValidationError, "does not work in that month"):
            self._plan(month=date(2026, 4, 1))
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), self.env.cr.savepoint():
            self._plan(amount=-1)

    def test_who_keeps_the_books_plans_and_the_others_read(self):
        line = self._plan()
        self.assertEqual(line.with_user(self.yanis.user_id).amount, 600)
        with self.assertRaises(AccessError):
            line.with_user(self.yanis.user_id).amount = 1
        self._give_groups(self.lea.user_id, 'account.group_account_invoice')
        own = self.env['coop.budget.line'].with_user(self.lea.user_id).create({'kind': 'income', 'amount': 50})
        self.assertEqual(own.cohort_id, self.autumn)
        with self.assertRaises(AccessError):
            own.create({'kind': 'income', 'amount': 50, 'cohort_id': self.winter.id})
        with self.assertRaises(AccessError):
            line.with_user(self.chloe.user_id).read(['amount'])
