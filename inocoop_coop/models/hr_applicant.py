from odoo import models


class HrApplicant(models.Model):
    """An application is for the cohort whose job position it is for."""
    _name = 'hr.applicant'
    _inherit = ['hr.applicant', 'coop.cohort.mixin']

    _cohort_sources = ('job_id.cohort_ids',)
