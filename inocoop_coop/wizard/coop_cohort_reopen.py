from odoo import fields, models


class CoopCohortReopen(models.TransientModel):
    """Ask why a closed cohort is reopened."""
    _name = 'coop.cohort.reopen'
    _description = "Reopen a Cohort"

    cohort_id = fields.Many2one('coop.cohort', required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_reopen(self):
        """Reopen the cohort; the cohort's own action checks who asks."""
        self.ensure_one()
        self.cohort_id.action_reopen(self.reason)
