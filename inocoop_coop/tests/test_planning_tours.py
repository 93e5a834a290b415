from datetime import datetime, time, timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .tours import TourCommon


@tagged('post_install', '-at_install', 'browser')
class TestPlanningTours(TourCommon):

    member_count = 3

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        noon = datetime.combine(cls.today, time(11))
        cls.hedges, cls.fence = cls.env['project.task'].create([{
            'name': name, 'project_id': cls.cohort.project_id.id, 'partner_id': partner and partner.id,
            'user_ids': [Command.set(users.ids)],
            'planned_date_start': noon, 'planned_date_end': noon + timedelta(hours=2),
        } for name, partner, users in (
            ("Hedges", cls.customer, cls.members[:2]), ("Fence", False, cls.env['res.users']))])

    def test_a_member_plans_on_the_board(self):
        self._tour('project_task_action_job', 'coop_member_looks_at_the_board_by_customer', 'member2@example.com')
        self._tour('project_task_action_member', 'coop_member_plans_on_the_board', 'member2@example.com')
        self.assertEqual(self.fence.user_ids, self.members[0])

    def test_the_customer_signs_on_a_phone(self):
        self._tour('project_task_action_week', 'coop_customer_signs', 'member1@example.com', phone=True)
        self.assertEqual((self.hedges.state, self.hedges.coop_signed_by), ('1_done', "Mrs Dumont"))
        self.assertEqual(self.hedges.coop_signed_with_id, self.members[0])
