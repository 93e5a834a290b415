from odoo import api, fields, models


class CoopDecisionProxy(models.TransientModel):
    """Ask who votes in one's place."""
    _name = 'coop.decision.proxy'
    _description = "Give a Proxy"

    decision_id = fields.Many2one('coop.decision', required=True, readonly=True)
    eligible_ids = fields.Many2many('coop.elector', compute='_compute_eligible_ids', export_string_translation=False)
    holder_id = fields.Many2one('coop.elector', string="Who Votes for You", required=True, domain="[('id', 'in', eligible_ids)]")

    @api.depends('decision_id')
    def _compute_eligible_ids(self):
        for proxy in self:
            proxy.eligible_ids = proxy.decision_id.elector_ids.filtered(
                lambda elector: not elector.recused and elector.partner_id != self.env.user.partner_id
                and not elector.represented_by_id)

    def action_give_proxy(self):
        """Give the proxy; the decision's own action checks who asks."""
        self.ensure_one()
        self.decision_id.action_give_proxy(self.holder_id.id)
