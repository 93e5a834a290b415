"""How a test opens the screens as people do: a person, what they open, on a phone or not."""
from datetime import date, timedelta
from io import BytesIO
from unittest.mock import patch

from pdfminer.high_level import extract_text

from odoo.addons.base.models import ir_actions_report
from odoo.tests import HttpCase

from ..tools import clock
from .common import CoopCommon

# As it is: a test lets no request of the browser pass while it prints, and these prints ask nothing of the server.
PRINT = ir_actions_report._run_wkhtmltopdf


class TourCase(HttpCase):
    """Screens as people use them. In a browser it is today, whatever the day of the other tests."""

    def _tour(self, opens, name, login, phone=False, **options):
        """Let a person take a tour.

        :param str opens: an action of ours by its id, or a path of the web client
        :param str login: who takes it
        :param bool phone: whether on a phone, with a finger
        """
        self.browser_size, self.touch_enabled = ('390x844', True) if phone else ('1366x768', False)
        path = opens if opens.startswith('/') else f'/odoo/action-inocoop_coop.{opens}'
        self.start_tour(path, name, login=login, **options)

    def _read_what_is_printed(self):
        """The texts of the PDFs that the browser is given from now on. (A test is given the page without its print.)

        They are without spaces: where a line breaks, and how wide a space is, is the printer's matter.
        """
        printed = []
        # Nothing answers there: pages are printed without the sheets of the web client, and so with text in them.
        self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
        render = type(self.env['ir.actions.report'])._render_qweb_pdf

        def read(report, *args, **kwargs):
            with patch.object(ir_actions_report, '_run_wkhtmltopdf', PRINT):
                content, kind = render(report.with_context(force_report_rendering=True), *args, **kwargs)
            self.assertEqual(kind, 'pdf')
            printed.append("".join(extract_text(BytesIO(content)).split()))
            return content, kind

        self.patch(type(self.env['ir.actions.report']), '_render_qweb_pdf', read)
        return printed


class TourCommon(CoopCommon, TourCase):
    """A cohort that began today, or some days ago, with members whose logins are ``member1@example.com`` and so on.

    What a test does besides the browser is of today as well.
    """

    member_count = 9
    days_of_work = 0  # how long ago it began

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={key: value for key, value in cls.env.context.items() if key != clock.CONTEXT_KEY})
        cls.today = date.today()
        cls.cohort = cls._create_cohort(
            "Now", cls.today - timedelta(days=cls.days_of_work), facilitator_id=cls.facilitator.id)
        cls.cohort.action_start()
        cls.memberships = cls.env['coop.membership']
        for number in range(1, cls.member_count + 1):
            cls.memberships |= cls._admit(cls.cohort, f"Member {number}", email=f'member{number}@example.com')
        cls.memberships.action_activate()
        cls.members = cls.memberships.user_id
        # The transaction of a test is never committed: what follows a commit happens at once.
        cls.classPatch(
            type(cls.env['coop.decision']), '_close_when_complete', lambda decision: decision._close_if_complete() and None)
