from odoo import api, fields, models


class CoopDecisionAmend(models.TransientModel):
    """Ask for the new wording of a proposal, and why."""
    _name = 'coop.decision.amend'
    _description = "Amend a Proposal"

    decision_id = fields.Many2one('coop.decision', required=True, readonly=True)
    proposal = fields.Html("New Wording", compute='_compute_proposal', store=True, readonly=False)
    objections = fields.Text(compute='_compute_objections')
    reason = fields.Text("Why It Is Amended")
    was_voted = fields.Boolean(compute='_compute_was_voted', export_string_translation=False)

    @api.depends('decision_id')
    def _compute_proposal(self):
        for amendment in self:
            amendment.proposal = amendment.decision_id.proposal

    @api.depends('decision_id')
    def _compute_objections(self):
        for amendment in self:
            ballots = amendment.decision_id.version_id.ballot_ids.filtered(lambda ballot: ballot.choice == 'objection')
            amendment.objections = "\n".join(
                f"{ballot.elector_id.partner_id.name}: {ballot.reason}" for ballot in ballots) or False

    @api.depends('decision_id')
    def _compute_was_voted(self):
        for amendment in self:
            amendment.was_voted = any(amendment.decision_id.version_ids.mapped('date_opened'))

    def action_amend(self):
        """Amend the proposal; the decision's own action checks who asks."""
        self.ensure_one()
        self.decision_id.action_amend(self.proposal or "", self.reason)
