from odoo import fields, models


class HrJob(models.Model):
    _name = 'hr.job'
    _inherit = ['hr.job', 'coop.interviewed.mixin']

    # At most one: coop.cohort has a unique constraint.
    cohort_ids = fields.One2many('coop.cohort', 'job_id', string="Cohorts", export_string_translation=False)
