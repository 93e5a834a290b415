from datetime import date, datetime, time, timedelta

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import CoopCommon


@tagged('post_install', '-at_install', 'browser')
class TestPlanningTours(CoopCommon, HttpCase):
    """A cohort that began today: in a browser it is today, not the day of the other tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cohort = cls._create_cohort("Now", date.today(), facilitator_id=cls.facilitator.id)
        cls.cohort.action_start()
        members = cls.env['coop.membership']
        for number in range(1, 4):
            members |= cls._admit(cls.cohort, f"Member {number}", email=f'member{number}@example.com')
        members.action_activate()
        cls.members = members.user_id
        noon = datetime.combine(date.today(), time(11))
        cls.hedges, cls.fence = cls.env['project.task'].create([{
            'name': name, 'project_id': cls.cohort.project_id.id, 'partner_id': partner and partner.id,
            'user_ids': [Command.set(users.ids)],
            'planned_date_start': noon, 'planned_date_end': noon + timedelta(hours=2),
        } for name, partner, users in (
            ("Hedges", cls.customer, cls.members[:2]), ("Fence", False, cls.env['res.users']))])

    def test_a_member_plans_on_the_board(self):
        self.start_tour(
            '/odoo/action-inocoop_coop.project_task_action_job', 'coop_member_looks_at_the_board_by_customer',
            login='member2@example.com')
        self.start_tour(
            '/odoo/action-inocoop_coop.project_task_action_member', 'coop_member_plans_on_the_board',
            login='member2@example.com')
        self.assertEqual(self.fence.user_ids, self.members[0])

    def test_the_customer_signs_on_a_phone(self):
        self.browser_size, self.touch_enabled = '390x844', True
        self.start_tour(
            '/odoo/action-inocoop_coop.project_task_action_week', 'coop_customer_signs', login='member1@example.com')
        self.assertEqual((self.hedges.state, self.hedges.coop_signed_by), ('1_done', "Mrs Dumont"))
        self.assertEqual(self.hedges.coop_signed_with_id, self.members[0])
