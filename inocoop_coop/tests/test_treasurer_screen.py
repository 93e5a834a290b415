from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .books import BooksCommon

FIGURES = ('books_collected', 'books_paid', 'books_balance', 'books_to_receive', 'books_to_pay', 'petty_cash_balance',
           'result_amount')


@tagged('post_install', '-at_install')
class TestTreasurerScreen(BooksCommon):
    """What came in, what is to come, what is to be paid and what is committed, on one screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_groups(cls.lea.user_id, 'account.group_account_invoice')

    def _figures(self, user=None, cohort=None):
        cohort = (cohort or self.autumn).with_user(user or self.lea.user_id)
        cohort.invalidate_recordset()
        return {name: cohort[name] for name in FIGURES}

    def test_it_shows_what_came_in_and_what_is_to_come(self):
        invoice = self._document('out_invoice', (100, {self.autumn: 100}))
        self._document('out_invoice', (40, {self.autumn: 25, self.winter: 75}))
        self._document('out_refund', (5, {self.autumn: 100}))
        bill = self._document('in_invoice', (30, {self.autumn: 100}))
        self._pay_in_part(invoice, 60)
        self._pay_in_part(bill, 10)
        self.assertEqual(self._figures(), {
            'books_collected': 60, 'books_paid': 10, 'books_balance': 50, 'books_to_receive': 45, 'books_to_pay': 20,
            'petty_cash_balance': 0, 'result_amount': 75})
        self.assertEqual(self._figures(), self._figures(self.accountant))
        self.assertEqual(self._figures(self.accountant, self.winter)['books_to_receive'], 30)

    def test_each_figure_opens_what_it_counts(self):
        invoice = self._document('out_invoice', (100, {self.autumn: 100}))
        paid = self._document('out_invoice', (10, {self.autumn: 100}))
        self._pay_in_part(paid)
        bill = self._document('in_invoice', (30, {self.autumn: 100}))
        cohort = self.autumn.with_user(self.lea.user_id)
        for action, rows in ((cohort.action_view_to_receive(), invoice), (cohort.action_view_to_pay(), bill)):
            self.assertEqual(self.env['account.move'].with_user(self.lea.user_id).search(action['domain']), rows)
        result = self.results.with_user(self.lea.user_id).search(cohort.action_view_result()['domain'])
        self.assertEqual(result.move_id, invoice + paid + bill)
        self.assertEqual(cohort.action_view_collected()['context'], {'search_default_collected': 1})
        self.assertEqual(cohort.action_view_budget()['domain'], [('cohort_id', '=', self.autumn.id)])

    def test_it_opens_on_the_own_cohort_and_on_all_for_the_accountant(self):
        self.assertEqual(self.env['coop.cohort'].with_user(self.lea.user_id).action_view_treasury()['res_id'], self.autumn.id)
        self.assertFalse(self.env['coop.cohort'].with_user(self.accountant).action_view_treasury().get('res_id'))

    def test_it_is_not_for_who_keeps_no_books(self):
        cohort = self.autumn.with_user(self.yanis.user_id)
        self.assertEqual(cohort.result_amount, 0)
        for name in ('books_to_receive', 'books_to_pay', 'petty_cash_balance'):
            with self.assertRaises(AccessError):
                cohort.read([name])
        with self.assertRaises(AccessError):
            self.autumn.with_user(self.chloe.user_id).read(['result_amount'])

    def test_it_costs_the_same_for_one_invoice_and_for_many(self):
        counts = []
        for _round in range(2):
            for _number in range(3):
                self._document('out_invoice', (100, {self.autumn: 100}), day=date(2026, 1, 10))
                self._document('in_invoice', (10, {self.autumn: 100}))
            self._count()
            counts.append(self._count())
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 40)

    def _count(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._figures()
        return self.env.cr.sql_log_count - before
