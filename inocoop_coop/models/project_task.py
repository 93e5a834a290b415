from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProjectTask(models.Model):
    """An intervention belongs to the cohort of its project; a private to-do to none."""
    _name = 'project.task'
    _inherit = ['project.task', 'coop.cohort.mixin']

    _cohort_sources = ('project_id.cohort_id',)

    decision_id = fields.Many2one(
        'coop.decision', index='btree_not_null', ondelete='set null', domain="[('cohort_id', '=', cohort_id)]",
        help="What the group decided, and this task carries out.")

    @api.constrains('decision_id', 'cohort_id')
    def _check_decision_of_cohort(self):
        for task in self:
            if task.decision_id and task.decision_id.cohort_id != task.cohort_id:
                raise ValidationError(self.env._(
                    "“%s” carries out a decision of another cohort: choose one of its own.", task.name))
