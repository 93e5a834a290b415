from odoo import api, fields, models


class CoopDecisionNominate(models.TransientModel):
    """Ask whom someone sees on a seat, and why. Nominations are said in the open."""
    _name = 'coop.decision.nominate'
    _description = "Nominate Someone"

    decision_id = fields.Many2one('coop.decision', required=True, readonly=True)
    eligible_ids = fields.Many2many('res.partner', compute='_compute_eligible_ids', export_string_translation=False)
    candidate_id = fields.Many2one('res.partner', string="Whom", required=True, domain="[('id', 'in', eligible_ids)]")
    reason = fields.Text("Why Them", required=True)

    @api.depends('decision_id')
    def _compute_eligible_ids(self):
        for nomination in self:
            members = nomination.decision_id.cohort_id.membership_ids
            nomination.eligible_ids = members.filtered(lambda member: member.state == 'active').partner_id

    def action_nominate(self):
        """Nominate; the decision's own action checks who asks."""
        self.ensure_one()
        self.decision_id.action_nominate(self.candidate_id.id, self.reason)
