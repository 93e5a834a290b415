from odoo import fields, models


class CoopDecision(models.Model):
    """The meetings on whose agenda a decision stands or stood."""
    _inherit = 'coop.decision'

    agenda_item_ids = fields.One2many('coop.agenda.item', 'decision_id', string="On the Agenda Of", readonly=True)
