from odoo import fields, models


class AccountAnalyticAccount(models.Model):
    _inherit = 'account.analytic.account'

    # At most one: coop.cohort has a unique constraint.
    cohort_ids = fields.One2many('coop.cohort', 'analytic_account_id', string="Cohorts", export_string_translation=False)
