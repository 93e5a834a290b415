from odoo import fields, models


class CoopNomination(models.Model):
    """Whom someone sees on a seat, and why, before one person is proposed: an election without candidates."""
    _name = 'coop.nomination'
    _description = "Nomination"
    _inherit = ['coop.sealed.mixin']
    _order = 'decision_id desc, id'

    decision_id = fields.Many2one('coop.decision', required=True, index=True, ondelete='cascade')
    nominator_id = fields.Many2one('res.partner', string="Nominated By", required=True, index=True, ondelete='restrict')
    candidate_id = fields.Many2one('res.partner', string="Nominated", required=True, index=True, ondelete='restrict')
    reason = fields.Text(required=True)

    _one_each = models.UniqueIndex('(decision_id, nominator_id)', "Everyone nominates one person.")
