from odoo.tests import HttpCase, tagged

from .test_catalogue import CatalogueCommon


@tagged('post_install', '-at_install', 'browser')
class TestProspectingTours(CatalogueCommon, HttpCase):
    """Prospecting on a phone, as a member without a mandate does it."""

    browser_size = '390x844'
    touch_enabled = True

    def _tour(self, action, name):
        self.start_tour(f'/odoo/action-inocoop_coop.{action}', name, login='lea@example.com')

    def test_a_member_knocks_on_a_door(self):
        self._tour('coop_canvass_action', 'coop_member_knocks_on_a_door')
        lead = self.env['crm.lead'].search([('contact_name', '=', "Mrs Roy")])
        self.assertRecordValues(lead, [{
            'name': "Gardening, Mrs Roy", 'zip': '62700', 'city': "Bruay", 'coop_canvasser_id': self.lea.id,
            'cohort_id': self.autumn.id}])

    def test_a_member_says_what_they_know_in_two_taps(self):
        self.lea.employee_id.employee_skill_ids.filtered(lambda own: own.skill_id == self.tools_skill).unlink()
        self._tour('coop_skill_line_action_own', 'coop_member_says_a_skill')
        self.assertEqual(self._line(self.lea, self.tools_skill).level, 50)

    def test_a_member_sees_what_the_group_can_offer(self):
        self.painting.coop_skill_ids = self.heights
        self._tour('coop_offer_action', 'coop_member_sees_the_offer')
