from odoo import fields, models


class CrmTeam(models.Model):
    _inherit = 'crm.team'

    # At most one: coop.cohort has a unique constraint.
    cohort_ids = fields.One2many('coop.cohort', 'team_id', string="Cohorts", export_string_translation=False)
