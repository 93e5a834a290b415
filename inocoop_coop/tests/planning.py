"""A week to be planned: Monday 19 January 2026 in the autumn cohort."""
from datetime import datetime

from odoo.fields import Command

from .common import CoopCommon


def at(day, hour, minute=0):
    """A moment of January 2026, in UTC, which is the zone of everybody in these tests."""
    return datetime(2026, 1, day, hour, minute)


class PlanningCommon(CoopCommon):
    """Léa and Yanis plan in the autumn cohort, Chloé in the winter one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = 'UTC'
        trades = cls.env['hr.skill.type'].create({
            'name': "Trades of the garden", 'skill_ids': [Command.create({'name': name}) for name in ("Pruning", "Ladders")],
            'skill_level_ids': [Command.create({'name': "Good", 'level_progress': 50, 'default_level': True})]})
        cls.pruning, cls.ladders = trades.skill_ids
        cls.lea_user, cls.yanis_user, cls.chloe_user = cls.lea.user_id, cls.yanis.user_id, cls.chloe.user_id
        (cls.lea_user + cls.yanis_user + cls.chloe_user).tz = 'UTC'

    @classmethod
    def _task(cls, name="Hedges", start=None, stop=None, users=None, cohort=None, **values):
        if start:
            values['planned_date_start'] = start
        if stop:
            values['planned_date_end'] = stop
        return cls.env['project.task'].create({
            'name': name, 'project_id': (cohort or cls.autumn).project_id.id,
            'user_ids': [Command.set(users.ids if users else [])], **values})

    @classmethod
    def _appointment(cls, membership, start, stop, name="Appointment", **values):
        partner = membership.user_id.partner_id
        return cls.env['calendar.event'].create({
            'name': name, 'start': start, 'stop': stop, 'user_id': False, 'partner_ids': [Command.set(partner.ids)], **values})

    @classmethod
    def _teach(cls, membership, skill, **values):
        return cls.env['hr.employee.skill'].create({
            'employee_id': membership.employee_id.id, 'skill_type_id': skill.skill_type_id.id, 'skill_id': skill.id,
            'skill_level_id': skill.skill_type_id.skill_level_ids[0].id, **values})

    def _warnings(self, task, user=None):
        """What a user reads about the plan, as it is in the database by now."""
        self.env.flush_all()
        self.env.invalidate_all()
        return (task.with_user(user or self.lea_user).coop_warning or "").splitlines()
