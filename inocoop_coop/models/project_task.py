from odoo import models


class ProjectTask(models.Model):
    """An intervention belongs to the cohort of its project; a private to-do to none."""
    _name = 'project.task'
    _inherit = ['project.task', 'coop.cohort.mixin']

    _cohort_sources = ('project_id.cohort_id',)

    def write(self, vals):
        result = super().write(vals)
        if 'project_id' in vals:
            # Core moves a task's hours to its new project and leaves their accounts behind.
            for task in self:
                # sudo: the accounts of colleagues' hours, set to those of the project they are on now.
                hours, project = task.sudo().timesheet_ids, task.sudo().project_id
                accounts = {name: project[name].id for name in hours._get_plan_fnames()}
                if any(accounts.values()):
                    hours.write(accounts)
        return result
