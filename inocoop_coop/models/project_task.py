from odoo import models


class ProjectTask(models.Model):
    """An intervention belongs to the cohort of its project; a private to-do to none."""
    _name = 'project.task'
    _inherit = ['project.task', 'coop.cohort.mixin']

    _cohort_sources = ('project_id.cohort_id',)
