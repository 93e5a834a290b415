from odoo import api, models


class AccountAnalyticPlan(models.Model):
    """The cohorts' accounts are in a plan of their own."""
    _inherit = 'account.analytic.plan'

    @api.model
    def _get_cohort_plan(self):
        """The plan of the cohorts' accounts; none, before it is made.

        It is asked for each line of hours and of an invoice: its number is in memory, and nothing is read.
        """
        # sudo: a setting, of which others use the number and the name.
        return self.sudo().browse(self.env['ir.model.data']._xmlid_to_res_id('inocoop_coop.analytic_plan_cohort') or ())
