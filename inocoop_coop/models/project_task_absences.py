from datetime import timedelta

from odoo import api, models

from ..rules import planning

DAY = timedelta(days=1)


class ProjectTask(models.Model):
    """Who is known to be absent can't go to an intervention."""
    _inherit = 'project.task'

    @api.model
    def _get_busy_intervals(self, users, start, stop):
        busy = super()._get_busy_intervals(users, start, stop)
        # sudo: that somebody is not there on a half-day, for who plans for them. The reason is not even fetched.
        absences = self.env['coop.presence'].sudo().search_fetch(
            [('membership_id.user_id', 'in', users.ids), ('state', '=', 'absent'),
             ('date', '>=', (start - DAY).date()), ('date', '<=', (stop + DAY).date())],
            ['membership_id', 'cohort_id', 'date', 'half'])
        for absence in absences:
            user = absence.membership_id.user_id
            stretch = planning.half_day(absence.date, absence.half, absence.cohort_id._get_zone())
            if planning.intersect(*stretch, start, stop):
                busy.setdefault(user.id, []).append(planning.Busy(*stretch))
        return busy
