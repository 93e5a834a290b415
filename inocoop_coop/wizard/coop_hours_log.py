from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import clock


class CoopHoursLog(models.TransientModel):
    """Write one's own hours on an intervention: one tap opens this, another one says how long it took."""
    _name = 'coop.hours.log'
    _description = "Log Hours"

    task_id = fields.Many2one(
        'project.task', string="Intervention", required=True,
        domain="[('cohort_id', '!=', False), ('is_template', '=', False)]")
    date = fields.Date("Day", required=True, default=clock.today)
    kind_id = fields.Many2one(
        'coop.hour.kind', compute='_compute_kind_id', store=True, readonly=False, required=True, precompute=True)
    name = fields.Char("What Was Done")
    hours = fields.Float("Another Duration")

    @api.depends('task_id')
    def _compute_kind_id(self):
        for log in self:
            log.kind_id = log.task_id.coop_kind_id or log.kind_id._get_default()

    def action_log_half_hour(self):
        """Write half an hour."""
        return self._log(0.5)

    def action_log_hour(self):
        """Write one hour."""
        return self._log(1)

    def action_log_half_day(self):
        """Write half of what the host's working day has."""
        # sudo: the working hours of the company, which say how long a day is.
        calendar = self.env.company.sudo().resource_calendar_id
        return self._log(round(calendar.hours_per_day * 30) / 60 or 3.5)

    def action_log(self):
        """Write the duration that was typed.

        :raise UserError: when none was
        """
        self.ensure_one()
        if not self.hours:
            raise UserError(self.env._("How long did it take? Write it, or choose one of the three buttons."))
        return self._log(self.hours)

    def _log(self, hours):
        self.ensure_one()
        # sudo: whether the user has an employee at all; only their own is looked for.
        if not self.env.user.sudo().employee_id:
            raise UserError(self.env._("Hours are written on an employee, and you have none: ask your facilitator."))
        self.env['account.analytic.line'].create({
            'task_id': self.task_id.id,
            'project_id': self.task_id.project_id.id,
            'date': self.date,
            'unit_amount': hours,
            'coop_kind_id': self.kind_id.id,
            'name': self.name or self.task_id.name,
        })
        return {
            'type': 'ir.actions.client',
            'tag': 'display_notification',
            'params': {
                'type': 'success',
                'message': self.env._(
                    "%(hours)s hours written on “%(task)s”.",
                    hours=self.env['account.analytic.line']._format_hours(hours), task=self.task_id.name),
                'next': {'type': 'ir.actions.act_window_close'},
            },
        }
