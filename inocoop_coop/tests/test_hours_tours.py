from datetime import date

from odoo.tests import tagged

from .hours import HoursCommon
from .tours import TourCase


@tagged('post_install', '-at_install', 'browser')
class TestHoursTours(HoursCommon, TourCase):
    """Hours and attendance as people write them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cohort = cls._create_cohort("Now", date.today(), facilitator_id=cls.facilitator.id)
        cls.cohort.action_start()
        cls.nina, cls.omar = (
            cls._admit(cls.cohort, name, email=f'{name.lower()}@example.com') for name in ("Nina", "Yanis Now"))
        cls.omar.login = 'omar'
        (cls.nina + cls.omar).action_activate()
        cls.today_task = cls.env['project.task'].create({
            'name': "Hedges", 'project_id': cls.cohort.project_id.id, 'user_ids': cls.omar.user_id.ids})

    def test_a_member_logs_hours_and_signs_on_a_phone_and_the_hr_committee_validates(self):
        self._tour('project_task_action_own', 'coop_member_logs_hours_in_two_taps', 'omar', phone=True)
        line = self.env['account.analytic.line'].search([('task_id', '=', self.today_task.id)])
        self.assertRecordValues(line, [{
            'unit_amount': 1, 'date': date.today(), 'employee_id': self.omar.employee_id.id, 'coop_state': 'entered'}])

        self.start_tour(
            '/odoo/action-inocoop_coop.account_analytic_line_action_own', 'coop_member_logs_hours_from_the_week', login='omar')
        more = self.env['account.analytic.line'].search([('task_id', '=', self.today_task.id)]) - line
        self.assertEqual((sum(more.mapped('unit_amount')), more.employee_id), (1.5, self.omar.employee_id))
        more.unlink()

        presence = self.env['coop.presence'].create({'membership_id': self.omar.id, 'date': date.today(), 'half': 'morning'})
        self._tour('coop_presence_action_today', 'coop_member_signs_the_morning', 'omar', phone=True)
        self.assertEqual((presence.state, presence.signed_with_id), ('signed', self.omar.user_id))

        body = self.env['coop.committee'].create({
            'name': "HR committee", 'kind': 'committee', 'cohort_id': self.cohort.id, 'validates_hours': True})
        self._seat(body, self.nina, date_from=date.today(), date_to=self.cohort.date_end)
        self._give_groups(self.nina.user_id, 'hr_timesheet.group_hr_timesheet_approver')
        self._tour('account_analytic_line_action_validate', 'coop_hr_committee_validates_hours', 'nina@example.com')
        self.assertEqual((line.coop_state, line.coop_validated_by_id), ('validated', self.nina.user_id))
