import io
from datetime import date

from pdfminer.high_level import extract_text

from odoo.fields import Command
from odoo.tests import tagged

from .books import BooksCommon

# What the French file says, for a database into which it was not loaded.
FRENCH = {
    'invoice_total_in_words': {
        "This invoice is closed at the sum of": "Arrêtée la présente facture à la somme de",
        "This credit note is closed at the sum of": "Arrêté le présent avoir à la somme de",
    },
}


@tagged('post_install', '-at_install')
class TestInvoiceWords(BooksCommon):
    """A cohort's invoice on paper: the total in words in one language, and what the law has the host say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['res.lang']._activate_lang('fr_FR')
        for name, terms in FRENCH.items():
            cls.env.ref(f'inocoop_coop.{name}').with_context(lang='en_US').update_field_translations('arch_db', {'fr_FR': terms})
        cls.host = cls.env.company
        cls.host.write({'company_registry': '12345678200010', 'coop_legal_mentions': "SCOP SA, RCS Arras 123 456 782"})
        cls.host.partner_id.lang = 'fr_FR'
        cls.customer.write({'lang': 'fr_FR', 'country_id': cls.env.ref('base.fr').id})

    def _print(self, invoice, user=None):
        self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
        reports = self.env['ir.actions.report'].with_user(user or self.accountant).with_context(force_report_rendering=True)
        # Odoo's own style would draw its letters as pictures: see coop_print_style.xml.
        with self.allow_pdf_render():
            content, _kind = reports._render_qweb_pdf('account.account_invoices', invoice.ids)
        return ' '.join(extract_text(io.BytesIO(content)).replace('\xa0', ' ').split())

    def _html(self, invoice):
        html, _kind = self.env['ir.actions.report'].with_user(self.accountant)._render_qweb_html(
            'account.report_invoice', invoice.ids)
        return ' '.join(html.decode().replace('&#39;', "'").split())

    def test_the_total_stands_in_words_on_paper(self):
        text = self._print(self._document('out_invoice', (80, {self.autumn: 100})))
        self.assertIn("Arrêtée la présente facture à la somme de quatre-vingts euros.", text)
        self.assertIn("12345678200010", text)
        self.assertIn("RCS Arras 123 456 782", text)
        self.assertIn("40 €", text)

    def test_small_amounts_and_round_ones_are_said_as_people_say_them(self):
        for price, said in ((0.01, "un centime"), (71, "soixante et onze euros"), (1000000, "un million d'euros")):
            html = self._html(self._document('out_invoice', (price, {self.autumn: 100})))
            self.assertIn(f"<strong>{said}</strong>", html)

    def test_a_credit_note_is_closed_as_one(self):
        html = self._html(self._document('out_refund', (30, {self.autumn: 100})))
        self.assertIn("Arrêté le présent avoir à la somme de", html)
        self.assertNotIn("40 €", html)

    def test_another_currency_is_said_by_its_name(self):
        dollar = self.env.ref('base.USD')
        dollar.active = True
        html = self._html(self._document('out_invoice', (80, {self.autumn: 100}), currency_id=dollar.id))
        self.assertIn("<strong>quatre-vingts dollars</strong>", html)

    def test_a_customers_own_language_is_spoken_where_it_is_installed(self):
        self.customer.lang = 'en_US'
        html = self._html(self._document('out_invoice', (80, {self.autumn: 100})))
        self.assertIn("This invoice is closed at the sum of <strong>eighty euros</strong>", html)

    def test_a_language_that_is_not_installed_is_not_mixed_with_another(self):
        """Odoo itself would refuse to print; without a language, it would print in English."""
        for lang in ('de_DE', None):
            self.env.flush_all()
            self.env.cr.execute("UPDATE res_partner SET lang = %s WHERE id = %s", [lang, self.customer.id])
            self.customer.invalidate_recordset()
            html = self._html(self._document('out_invoice', (80, {self.autumn: 100})))
            self.assertIn("Arrêtée la présente facture à la somme de <strong>quatre-vingts euros</strong>", html)

    def test_a_language_in_which_nobody_counts_has_the_sentence_in_english(self):
        self.env['res.lang']._activate_lang('el_GR')
        self.customer.lang = 'el_GR'
        html = self._html(self._document('out_invoice', (80, {self.autumn: 100})))
        self.assertIn("This invoice is closed at the sum of <strong>eighty euros</strong>", html)

    def test_only_a_business_owes_recovery_costs(self):
        self.customer.is_company = False
        html = self._html(self._document('out_invoice', (80, {self.autumn: 100})))
        self.assertIn("RCS Arras", html)
        self.assertNotIn("40 €", html)

    def test_a_tax_that_does_not_apply_is_said_by_odoos_own_texts(self):
        exempt = self.env['account.tax'].create({
            'name': "Exempt", 'amount': 0, 'type_tax_use': 'sale',
            'invoice_legal_notes': "<p>TVA non applicable, art. 293 B du CGI</p>"})
        invoice = self._move('out_invoice', {self.autumn: 100})
        invoice.invoice_line_ids.tax_ids = exempt
        invoice.action_post()
        self.assertIn("TVA non applicable, art. 293 B du CGI", self._html(invoice))

    def test_an_invoice_of_the_host_itself_stays_as_it_was(self):
        invoice = self.env['account.move'].create({
            'move_type': 'out_invoice', 'partner_id': self.customer.id, 'invoice_date': date(2026, 1, 15),
            'invoice_line_ids': [Command.create({'name': "Advice", 'quantity': 1, 'price_unit': 80, 'tax_ids': False})]})
        invoice.action_post()
        html = self._html(invoice)
        self.assertNotIn("quatre-vingts", html)
        self.assertNotIn("RCS Arras", html)
