from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CoopCommon
from .tours import TourCase


@tagged('post_install', '-at_install', 'browser')
class TestTours(CoopCommon, TourCase):
    """The screens, as people use them."""

    def test_a_manager_takes_a_cohort_from_nothing_to_work(self):
        self._tour('/odoo', 'coop_cohort_from_nothing_to_work', 'marion', timeout=120)
        cohort = self.env['coop.cohort'].search([('name', '=', "Spring cohort")])
        self.assertEqual(cohort.state, 'running')
        nora = cohort.membership_ids
        self.assertEqual((nora.name, nora.state, nora.user_id.login), ("Nora Lefebvre", 'active', 'nora.lefebvre'))
        self.assertTrue(cohort.analytic_account_id and cohort.team_id and cohort.project_id and cohort.job_id)

    def test_who_is_too_young_gets_a_sentence_and_nothing_typed_is_lost(self):
        cohort = self._create_cohort("Next", date.today() + relativedelta(months=1), facilitator_id=self.facilitator.id)
        with mute_logger('odoo.http'):  # the refusal is a warning in the log
            self._tour('coop_membership_action/new', 'coop_membership_too_young', 'fanny')
        self.assertEqual(cohort.membership_ids.name, "Tom Blanc")


@tagged('post_install', '-at_install', 'browser')
class TestToursOnAPhone(CoopCommon, TourCase):
    def test_a_member_lands_in_their_cohort_after_the_login(self):
        self._tour('/odoo', 'coop_member_lands_in_their_cohort', 'lea@example.com', phone=True)

    def test_a_member_reads_who_sits_where_and_what_the_cohort_meets_for(self):
        today = date.today()
        self.env['calendar.event'].create({
            'name': "Visit of the garden", 'start': f'{today} 10:00:00', 'stop': f'{today} 11:00:00',
            'cohort_id': self.autumn.id, 'partner_ids': self.yanis.partner_id.ids})
        # A term that lasts until today: those of the other tests are of January 2026.
        now = self._create_cohort("Now", today)
        now.action_start()
        self.env['coop.membership'].create({
            'cohort_id': now.id, 'partner_id': self.lea.partner_id.id, 'birthdate': date(2005, 5, 5)}).action_activate()
        self._tour('coop_mandate_action', 'coop_member_reads_mandates', 'lea@example.com', phone=True)
        self._tour('calendar_event_action', 'coop_member_reads_calendar', 'lea@example.com', phone=True)

    def test_a_member_finds_their_cohort_and_only_theirs(self):
        self._tour('coop_cohort_action', 'coop_member_on_a_phone', 'lea@example.com', phone=True)
