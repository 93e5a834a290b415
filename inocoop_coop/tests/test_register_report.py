import io

from pdfminer.high_level import extract_text

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .decisions import DecisionCommon


@tagged('post_install', '-at_install')
class TestRegisterReport(DecisionCommon):
    """The register on paper: all of it in the body, readable without Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, choices in (("Buy a mower", {'yes': 9}), ("Sell the mower", {'no': 9})):
            cls._vote(cls._open(cls.simple, name=name), choices)
        cls.register = cls.env['coop.register'].search([('cohort_id', '=', cls.autumn.id)])
        cls.env['coop.register']._append(
            cls.autumn, 'override', {'by': cls.lea.partner_id.id, 'reason': "It rains in"},
            {f'partner:{cls.lea.partner_id.id}': "Léa Martin", 'document': "P00007"}, document=cls.supplier)

    def _print(self, user, **context):
        # Nothing answers there: what else runs on this machine must not lend the print its style sheets.
        self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
        reports = self.env['ir.actions.report'].with_user(user).with_context(force_report_rendering=True, **context)
        with self.allow_pdf_render():
            content, kind = reports._render_qweb_pdf('inocoop_coop.coop_register_report', self.register.ids)
        self.assertEqual(kind, 'pdf')
        return ' '.join(extract_text(io.BytesIO(content)).split())

    def test_it_says_who_issued_it_and_each_entry_with_its_hash(self):
        text = self._print(self.members[5], lang='en_US')
        self.assertIn("Register of decisions", text)
        self.assertIn(self.autumn.host_id.name, text)
        self.assertIn("Autumn", text)
        for said in ("No. 1", "Buy a mower", "9 yes, 0 no, 0 abstaining: more yes than no, adopted.", "Assembly",
                     "No. 2", "Sell the mower", "not more yes than no, rejected.",
                     "No. 3", "P00007", "Léa Martin released", "Reason: It rains in", "How to check it"):
            self.assertIn(said, text)
        # A long hash may be broken over two lines.
        solid = text.replace(' ', '')
        for entry in self.register.entry_ids:
            self.assertIn(entry.hash, solid)
        self.assertEqual(solid.count(self.register.last_hash), 2)
        self.assertLess(text.index("No. 1"), text.index("No. 3"))

    def test_each_reader_prints_it_and_nobody_else(self):
        reports = self.env['ir.actions.report']
        for user in (self.facilitator, self.psychologist, self.manager, self.accountant):
            html, _kind = reports.with_user(user)._render_qweb_html(
                'inocoop_coop.coop_register_report', self.register.ids)
            self.assertIn("Sell the mower", html.decode())
        for user in (self.chloe.user_id, self.other_facilitator):
            with self.assertRaises(AccessError):
                reports.with_user(user)._render_qweb_html('inocoop_coop.coop_register_report', self.register.ids)

    def test_it_speaks_the_readers_language(self):
        self.env['res.lang']._activate_lang('fr_FR')
        view = self.env.ref('inocoop_coop.coop_register_report_document')
        view.with_context(lang='en_US').update_field_translations('arch_db', {
            'fr_FR': {"Register of decisions": "Registre des décisions"}})
        html, _kind = self.env['ir.actions.report'].with_user(self.members[5]).with_context(lang='fr_FR')._render_qweb_html(
            'inocoop_coop.coop_register_report', self.register.ids)
        self.assertIn("Registre des décisions", html.decode())
        html, _kind = self.env['ir.actions.report'].with_user(self.members[5]).with_context(lang='en_US')._render_qweb_html(
            'inocoop_coop.coop_register_report', self.register.ids)
        self.assertIn("Register of decisions", html.decode())
        # Printed by the server, for nobody in particular: in the host's language.
        self.autumn.host_id.lang = 'fr_FR'
        self.assertEqual(self.register.with_context(lang=None)._get_print_lang(), 'fr_FR')
