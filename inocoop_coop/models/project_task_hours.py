from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.dialog import open_dialog


class ProjectTask(models.Model):
    """What the hours on an intervention are for, and the shortest way to write them."""
    _inherit = 'project.task'

    coop_kind_id = fields.Many2one(
        'coop.hour.kind', string="Kind of Hours", compute='_compute_coop_kind_id', store=True, readonly=False,
        index='btree_not_null', ondelete='restrict', domain="[('is_confidential', '=', False)]",
        help="What hours written on this intervention are for.")

    @api.depends('cohort_id', 'parent_id')
    def _compute_coop_kind_id(self):
        for task in self:
            kind = task.coop_kind_id or task.parent_id.coop_kind_id
            task.coop_kind_id = kind or (kind._get_default() if task.cohort_id else kind)

    @api.constrains('coop_kind_id', 'cohort_id')
    def _check_kind_is_everyones(self):
        for task in self.filtered('cohort_id'):
            if task.coop_kind_id.is_confidential:
                raise ValidationError(self.env._(
                    "“%(kind)s” is confidential, and everyone reads “%(task)s”: put the appointment in the calendar, "
                    "and choose the kind on the hours themselves.",
                    kind=task.coop_kind_id.name, task=task.name))

    def action_open_log_hours(self):
        """Ask how long it took, with the three usual answers as buttons."""
        self.ensure_one()
        self.check_access('read')
        if not self.cohort_id or not self.allow_timesheets:
            raise UserError(self.env._("Hours are written on the interventions of a cohort."))
        return open_dialog('coop.hours.log', self.env._("Log Hours: %s", self.name), task_id=self.id)
