import io
from datetime import date

from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTFigure, LTImage

from odoo.exceptions import UserError
from odoo.tests import tagged

from .presences import PresenceCommon, draw


def count_images(element):
    """How many pictures a page has, wherever they are nested."""
    return isinstance(element, LTImage) + sum(
        count_images(part) for part in (element if isinstance(element, LTFigure) or hasattr(element, 'pageid') else ()))


@tagged('post_install', '-at_install')
class TestPresenceSheet(PresenceCommon):
    """The monthly sheet that funders ask to see, read from the paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.lang = 'en_US'
        cls._half(cls.yanis).action_sign(draw())
        cls._half(cls.yanis, 'afternoon').action_sign(draw(lines=(((0, 0), (99, 40)), ((0, 40), (99, 0)))))
        cls._half(cls.colin).action_note_absent('appointment', True)
        cls._half(cls.colin, 'afternoon').action_note_absent('unknown')
        cls.period = cls.env['coop.presence.period'].with_user(cls.facilitator).create({
            'cohort_id': cls.autumn.id, 'date_from': date(2026, 1, 1)})

    def _print(self):
        # Nothing answers there: what else runs on this machine must not lend the print its style sheets.
        self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
        reports = self.env['ir.actions.report'].with_user(self.facilitator).with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content, kind = reports._render_qweb_pdf('inocoop_coop.coop_presence_period_report', self.period.ids)
        self.assertEqual(kind, 'pdf')
        return content

    def test_it_has_names_half_days_signatures_absences_and_totals(self):
        self.assertEqual(self.period.action_print()['report_name'], 'inocoop_coop.coop_presence_period_report_document')
        content = self._print()
        text = " ".join(extract_text(io.BytesIO(content)).split())
        for words in (
            "Attendance sheet: Autumn", self.autumn.host_id.name, self.program.name, "From 01/01/2026 to 01/31/2026",
            "Thu 15 Jan", "Fri 16 Jan", "Morning", "Afternoon", "Yanis Dupond", "Léa Martin", "Hugo Blanc", "Colin Roux",
            "Absences", "Appointment", "Not said", "Totals, in half-days", "Fanny",
        ):
            self.assertIn(words, text)
        self.assertNotIn("Sofia", text)
        pages = list(extract_pages(io.BytesIO(content)))
        self.assertEqual(sum(map(count_images, pages)), 2)
        self.assertGreater(pages[0].width, pages[0].height)

    def test_the_figures_are_those_of_the_half_days(self):
        sheet = self.period._prepare_sheet()
        self.assertEqual([total['name'] for total in sheet['totals']], ["Colin Roux", "Hugo Blanc", "Léa Martin", "Yanis Dupond"])
        self.assertEqual(sheet['totals'][0], {
            'name': "Colin Roux", 'expected': 4, 'signed': 0, 'justified': 1, 'unjustified': 1})
        self.assertEqual(sheet['totals'][3]['signed'], 2)
        [week] = sheet['weeks']
        self.assertEqual([len(row['cells']) for row in week['rows']], [4] * 4)
        self.assertEqual([(absence['half'], absence['reason'], absence['is_justified']) for absence in sheet['absences']], [
            ("Morning", "Appointment", True), ("Afternoon", "Not said", False)])

    def test_an_empty_period_is_not_printed(self):
        self.period.write({'date_from': date(2026, 3, 1), 'date_to': date(2026, 3, 31)})
        with self.assertRefused(UserError, "Nobody was expected"):
            self.period.action_print()
