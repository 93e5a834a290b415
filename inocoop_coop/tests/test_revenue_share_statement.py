import io
from datetime import date

from pdfminer.high_level import extract_text

from odoo.tests import tagged

from .sharing import SharingCommon


@tagged('post_install', '-at_install')
class TestRevenueShareStatement(SharingCommon):
    """A member's statement on paper: hours, rate, amount in figures and in words, and when it was paid."""

    def _print(self, lines, user):
        # Nothing answers there: what else runs on this machine must not lend the print its style sheets.
        self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
        reports = self.env['ir.actions.report'].with_user(user).with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content, kind = reports._render_qweb_pdf('inocoop_coop.coop_revenue_share_statement', lines.ids)
        self.assertEqual(kind, 'pdf')
        return ' '.join(extract_text(io.BytesIO(content)).split())

    def test_it_says_everything_about_the_members_share(self):
        share = self._posted_share()
        sofia = share.sudo().chosen_line_ids.filtered(lambda line: line.membership_id == self.sofia)
        text = self._print(sofia, self.sofia.user_id)
        for said in (self.autumn.host_id.name or self.env.company.name, "Statement of your share", "Sofia Petit", "Autumn",
                     "10/01/2025", "12/31/2025", "1,000.00", "565.00", "by the validated hours", "20:00", "9.42", "188.33",
                     "In words:", "Not paid yet."):
            self.assertIn(said, text)
        self.assertRegex(text.lower(), r"one hundred and eighty-eight .*thirty-three")
        self.assertNotIn("Léa", text)

    def test_it_says_when_it_was_paid(self):
        share = self._posted_share()
        action = share.with_user(self.accountant).action_pay()
        self.env['account.payment.register'].with_user(self.accountant).with_context(**action['context']).create({
            'payment_date': date(2026, 1, 14), 'group_payment': False})._create_payments()
        lea = share.sudo().chosen_line_ids.filtered(lambda line: line.membership_id == self.lea)
        self.assertIn("Paid on 01/14/2026.", self._print(lea, self.lea.user_id))

    def test_it_speaks_a_language_that_is_installed(self):
        share = self._posted_share()
        lea = share.sudo().chosen_line_ids.filtered(lambda line: line.membership_id == self.lea)
        # As it may be found after a language was taken away.
        self.env.cr.execute("UPDATE res_partner SET lang = 'xx_XX' WHERE id = %s", [self.lea.partner_id.id])
        self.env.invalidate_all()
        self.assertEqual(lea.with_user(self.accountant)._get_print_lang(), 'en_US')

    def test_all_statements_print_at_once(self):
        share = self._posted_share()
        text = self._print(share.sudo().chosen_line_ids, self.facilitator)
        self.assertEqual(text.count("Statement of your share"), 9)
