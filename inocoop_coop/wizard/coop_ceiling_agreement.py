from odoo import fields, models


class CoopCeilingAgreement(models.TransientModel):
    """Ask why the host agrees to a purchase above the cohort's commitment ceiling."""
    _name = 'coop.ceiling.agreement'
    _description = "Agreement of the Host"

    order_id = fields.Many2one('purchase.order', string="Purchase", required=True, readonly=True)
    ceiling_text = fields.Char(related='order_id.ceiling_text')
    reason = fields.Text(required=True)

    def action_agree(self):
        """Agree; the purchase's own action checks who asks."""
        self.ensure_one()
        self.order_id.action_agree_above_ceiling(self.reason)
