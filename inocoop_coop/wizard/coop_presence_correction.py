from odoo import fields, models


class CoopPresenceCorrection(models.TransientModel):
    """Ask why a signature or an absence is taken back."""
    _name = 'coop.presence.correction'
    _description = "Correct the Attendance"

    presence_id = fields.Many2one('coop.presence', string="Half-Day", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_correct(self):
        """Correct; the half-day's own action checks who asks."""
        self.ensure_one()
        self.presence_id.action_correct(self.reason)
