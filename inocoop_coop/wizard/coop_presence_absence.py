from odoo import fields, models

from ..models.coop_presence import REASONS


class CoopPresenceAbsence(models.TransientModel):
    """Ask why someone did not come."""
    _name = 'coop.presence.absence'
    _description = "Note an Absence"

    presence_id = fields.Many2one('coop.presence', string="Half-Day", required=True, readonly=True)
    reason = fields.Selection(REASONS, required=True, default='unknown')
    is_justified = fields.Boolean("Justified")

    def action_note(self):
        """Note it; the half-day's own action checks who asks."""
        self.ensure_one()
        self.presence_id.action_note_absent(self.reason, self.is_justified)
