from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.dialog import open_dialog


class ProjectTask(models.Model):
    """What the hours on an intervention are for, and the shortest way to write them."""
    _inherit = 'project.task'

    coop_kind_id = fields.Many2one(
        'coop.hour.kind', string="Kind of Hours", compute='_compute_coop_kind_id', store=True, readonly=False,
        index='btree_not_null', ondelete='restrict', help="What hours written on this intervention are for.")

    @api.depends('cohort_id', 'parent_id')
    def _compute_coop_kind_id(self):
        for task in self:
            kind = task.coop_kind_id or task.parent_id.coop_kind_id
            task.coop_kind_id = kind or (kind._get_default() if task.cohort_id else kind)

    def action_open_log_hours(self):
        """Ask how long it took, with the three usual answers as buttons."""
        self.ensure_one()
        self.check_access('read')
        if not self.cohort_id or not self.allow_timesheets:
            raise UserError(self.env._("Hours are written on the interventions of a cohort."))
        return open_dialog('coop.hours.log', self.env._("Log Hours: %s", self.name), task_id=self.id)
