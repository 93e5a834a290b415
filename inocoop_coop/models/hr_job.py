from odoo import fields, models


class HrJob(models.Model):
    _inherit = 'hr.job'

    # At most one: coop.cohort has a unique constraint.
    cohort_ids = fields.One2many('coop.cohort', 'job_id', string="Cohorts", export_string_translation=False)
