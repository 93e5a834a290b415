import io
from datetime import date

from pdfminer.high_level import extract_text

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .books import BooksCommon


@tagged('post_install', '-at_install')
class TestResultReport(BooksCommon):
    """The result on paper: by account, by service and by month, with its basis said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        invoice = cls._document('out_invoice', (1234.56, {cls.autumn: 100}, cls.gardening), (100, {cls.autumn: 100}))
        cls._document('in_invoice', (34.56, {cls.autumn: 100}), day=date(2025, 12, 31))
        cls._document('out_invoice', (7777, {cls.winter: 100}))
        cls._pay_in_part(invoice, 667.28, day=date(2026, 2, 3))
        cls.env['coop.budget.line'].create({
            'cohort_id': cls.autumn.id, 'account_id': cls.income.id, 'amount': 1500, 'month': date(2026, 1, 1)})

    def _ask(self, user, **values):
        return self.env['coop.result.print'].with_user(user).create({'cohort_id': self.autumn.id, **values})

    def _print(self, user, **values):
        self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
        asked = self._ask(user, **values)
        report = asked.with_context(discard_logo_check=True).action_print()
        self.assertEqual(report['report_name'], 'inocoop_coop.coop_result_report_pages')
        reports = self.env['ir.actions.report'].with_user(user).with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content, _kind = reports._render_qweb_pdf('inocoop_coop.coop_result_report', asked.ids)
        return ' '.join(extract_text(io.BytesIO(content)).replace('\xa0', ' ').split())

    def test_it_says_what_was_earned_and_spent_beside_the_budget(self):
        text = self._print(self.lea.user_id)
        for said in ("Result", "Autumn", self.autumn.host_id.name, "10/01/2025", "03/31/2026", "Basis: Invoiced", "1,334.56",
                     "34.56", "1,300.00", "1,500.00", "Total: Income", "Total: Expense", self.income.name, self.expense.name,
                     "Gardening", "December 2025", "January 2026"):
            self.assertIn(said, text)
        self.assertNotIn("7,777", text)

    def test_a_period_and_a_basis_are_kept_to(self):
        text = self._print(self.accountant, basis='collected', date_from='2026-02-01', date_to='2026-02-28')
        self.assertIn("Basis: Collected", text)
        self.assertIn("667.28", text)
        self.assertNotIn("1,334.56", text)

    def test_it_adds_up_to_the_totals(self):
        asked = self._ask(self.facilitator)
        parts = asked._get_statement()
        self.assertEqual([round(part[2] * 100) for part in parts], [133456, -3456])
        self.assertEqual(self._totals(), (133456, 3456))
        self.assertEqual(
            [(month.month, round(result, 2)) for month, _income, _expense, result, _budget in asked._get_months()],
            [(12, -34.56), (1, 1334.56)])

    def test_who_may_not_read_the_result_prints_none(self):
        for user in (self.chloe.user_id, self.other_facilitator, self.psychologist):
            with self.assertRaises(AccessError):
                self._print(user)
        with self.assertRefused(UserError, "ends before it starts"):
            self._print(self.lea.user_id, date_from='2026-02-01', date_to='2026-01-01')
