from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CoopProjectDocumentMixin(models.AbstractModel):
    """A document of a cohort whose lines get their analytic accounts from a project: a quotation, a purchase.

    The cohort's own project is chosen for it: from there, core fills in the analytic distribution
    of the lines and puts the tasks where the cohort plans.
    """
    _name = 'coop.project.document.mixin'
    _description = "Document of a cohort's project"
    _inherit = 'coop.cohort.mixin'

    _cohort_hints = ('project_id.cohort_id',)
    _cohort_of_its_author = True

    project_id = fields.Many2one(
        'project.project', compute='_compute_project_id', store=True, readonly=False, precompute=True)

    @api.depends('cohort_id')
    def _compute_project_id(self):
        for document in self:
            cohort = document.cohort_id
            if cohort.project_id and document.project_id.cohort_id != cohort:
                document.project_id = cohort.project_id
            else:
                document.project_id = document.project_id

    def _get_cohort_hints(self):
        # Made without a project: its project waits for the cohort, and must not be asked for it.
        waiting = not self._origin and 'project_id' not in self._cache
        return () if waiting else super()._get_cohort_hints()

    @api.onchange('project_id')
    def _onchange_project_id_cohort(self):
        if self.project_id.cohort_id:
            self.cohort_id = self.project_id.cohort_id

    @api.constrains('project_id', 'cohort_id')
    def _check_project_of_cohort(self):
        # sudo: whether two cohorts are the same, for a project that the user may not read.
        for document in self.sudo():
            if document.project_id.cohort_id and document.project_id.cohort_id != document.cohort_id:
                raise ValidationError(self.env._(
                    "The project of %(document)s belongs to “%(project_cohort)s”: choose a project of its own cohort.",
                    document=document.display_name, project_cohort=document.project_id.cohort_id.name))
