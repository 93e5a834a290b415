from odoo import fields, models


class CoopMeeting(models.Model):
    """Placeholder."""
    _name = 'coop.meeting'
    _description = "Meeting"

    name = fields.Char()
    committee_id = fields.Many2one('coop.committee', index=True)

    def _get_present_partners(self):
        return self.env['res.partner']

    def _get_representations(self):
        return {}
