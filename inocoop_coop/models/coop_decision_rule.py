from odoo import fields, models


class CoopDecisionRule(models.Model):
    """Placeholder."""
    _name = 'coop.decision.rule'
    _description = "Decision Rule"

    name = fields.Char()
