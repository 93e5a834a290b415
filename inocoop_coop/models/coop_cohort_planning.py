from odoo import api, fields, models

from .coop_cohort_documents import PROJECT


class CoopCohort(models.Model):
    """What nobody does yet, counted where the cohort is looked at."""
    _inherit = 'coop.cohort'

    unassigned_task_count = fields.Integer("Unassigned", compute='_compute_unassigned_task_count', groups=PROJECT)

    def _compute_unassigned_task_count(self):
        self._count_documents('unassigned_task_count')

    @api.model
    def _get_counted_documents(self):
        return {
            **super()._get_counted_documents(),
            'unassigned_task_count': (
                'project.task', [('is_template', '=', False), ('user_ids', '=', False), ('is_closed', '=', False)],
                'cohort_id', '__count'),
        }

    def action_view_unassigned_tasks(self):
        """Open the interventions that nobody does yet."""
        # sudo: the number of the cohort's own project, as the default of what is made there.
        return self._open_documents(
            'unassigned_task_count', 'inocoop_coop.project_task_action', default_project_id=self.sudo().project_id.id,
            default_user_ids=[])
