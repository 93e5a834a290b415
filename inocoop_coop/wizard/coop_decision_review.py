from odoo import fields, models

from ..models.coop_decision_followup import REVIEWS


class CoopDecisionReview(models.TransientModel):
    """Ask what became of a decision."""
    _name = 'coop.decision.review'
    _description = "Review a Decision"

    decision_id = fields.Many2one('coop.decision', required=True, readonly=True)
    outcome = fields.Selection(REVIEWS, string="How Did It Go?", required=True)
    note = fields.Text("What We Learned")

    def action_review(self):
        """Record the review; the decision's own action checks who asks."""
        self.ensure_one()
        self.decision_id.action_review(self.outcome, self.note)
