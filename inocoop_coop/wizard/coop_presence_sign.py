from odoo import fields, models
from odoo.exceptions import UserError


class CoopPresenceSign(models.TransientModel):
    """Where someone signs for half a day, with a finger."""
    _name = 'coop.presence.sign'
    _description = "Sign One's Attendance"

    presence_id = fields.Many2one('coop.presence', string="Half-Day", required=True, readonly=True)
    signature = fields.Binary(attachment=False)

    def action_sign(self):
        """Sign; the half-day's own action checks who asks."""
        self.ensure_one()
        if not self.signature:
            raise UserError(self.env._("Sign first: tap on the frame."))
        self.presence_id.action_sign(self.signature)
        # It is kept once, with the half-day.
        self.unlink()
        return {'type': 'ir.actions.act_window_close'}
