from odoo.tests import tagged

from .test_catalogue import CatalogueCommon
from .tours import TourCase


@tagged('post_install', '-at_install', 'browser')
class TestProspectingTours(CatalogueCommon, TourCase):
    """Prospecting on a phone, as a member without a mandate does it."""

    def _tour_on_a_phone(self, action, name):
        self._tour(action, name, 'lea@example.com', phone=True)

    def test_a_member_knocks_on_a_door(self):
        self._tour_on_a_phone('coop_canvass_action', 'coop_member_knocks_on_a_door')
        lead = self.env['crm.lead'].search([('contact_name', '=', "Mrs Roy")])
        self.assertRecordValues(lead, [{
            'name': "Gardening, Mrs Roy", 'zip': '62700', 'city': "Bruay", 'coop_canvasser_id': self.lea.id,
            'cohort_id': self.autumn.id}])

    def test_a_member_says_what_they_know_in_two_taps(self):
        self.lea.employee_id.employee_skill_ids.filtered(lambda own: own.skill_id == self.tools_skill).unlink()
        self._tour_on_a_phone('coop_skill_line_action_own', 'coop_member_says_a_skill')
        self.assertEqual(self._line(self.lea, self.tools_skill).level, 50)

    def test_a_member_sees_what_the_group_can_offer(self):
        self.painting.coop_skill_ids = self.heights
        self._tour_on_a_phone('coop_offer_action', 'coop_member_sees_the_offer')
