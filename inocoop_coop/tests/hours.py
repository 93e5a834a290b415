from odoo.fields import Command

from .common import TODAY, CoopCommon


class HoursCommon(CoopCommon):
    """The autumn cohort with an HR committee: Léa sits on it with a deliberative voice, Hugo with a consultative one.

    Yanis works on a task; Colin leaves later on. All of them have the doors of the committee open that read hours.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hr = cls.env['coop.committee'].create({
            'name': "HR committee", 'kind': 'committee', 'cohort_id': cls.autumn.id, 'validates_hours': True})
        cls.hugo, cls.colin = cls._admit(cls.autumn, "Hugo Blanc"), cls._admit(cls.autumn, "Colin Roux")
        (cls.hugo + cls.colin).action_activate()
        cls._seat(cls.hr, cls.lea)
        cls._seat(cls.hr, cls.hugo, voice='consultative')
        cls.lea_user, cls.yanis_user, cls.hugo_user = cls.lea.user_id, cls.yanis.user_id, cls.hugo.user_id
        for user in (cls.lea_user, cls.hugo_user):
            cls._give_groups(user, 'hr_timesheet.group_hr_timesheet_approver')
        cls.task = cls.env['project.task'].create({
            'name': "Hedges", 'project_id': cls.autumn.project_id.id, 'user_ids': [Command.set(cls.yanis_user.ids)]})
        cls.work, cls.prospecting, cls.follow_up = (
            cls.env.ref(f'inocoop_coop.hour_kind_{name}') for name in ('work', 'prospecting', 'follow_up'))

    @classmethod
    def _log(cls, membership, hours=4, user=None, **values):
        """Hours of someone on the task, today, written by themselves."""
        return cls.env['account.analytic.line'].with_user(user or membership.user_id).create({
            'name': "Cut the hedges", 'task_id': cls.task.id, 'project_id': cls.task.project_id.id, 'date': TODAY,
            'employee_id': membership.sudo().employee_id.id, 'unit_amount': hours, **values}).with_user(cls.env.user)

    @classmethod
    def _validated(cls, membership, hours=4, **values):
        line = cls._log(membership, hours, **values)
        line.with_user(cls.facilitator).action_validate_hours()
        return line
