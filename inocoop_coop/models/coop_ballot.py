from odoo import api, fields, models
from odoo.tools import format_list

from ..rules import register

CHOICES = [
    ('yes', "Yes"),
    ('no', "No"),
    ('abstain', "Abstains"),
    ('consent', "Consents"),
    ('objection', "Objects"),
    ('candidate', "Candidates"),
]


class CoopBallot(models.Model):
    """One vote. In a secret vote nothing on it leads to who cast it: no person, no time, no order.

    When a secret vote closes, its ballots and its roll are written again in an order that says
    nothing: see ``coop_decision_closing.py``.
    """
    _name = 'coop.ballot'
    _description = "Ballot"
    _inherit = ['coop.sealed.mixin']
    _order = 'version_id, id'
    _log_access = False

    decision_id = fields.Many2one('coop.decision', required=True, index=True, ondelete='cascade')
    version_id = fields.Many2one('coop.decision.version', required=True, index=True, ondelete='cascade')
    version_number = fields.Integer(related='version_id.number')
    elector_id = fields.Many2one(
        'coop.elector', index='btree_not_null', ondelete='cascade', help="Empty on a secret ballot.")
    cast_by_id = fields.Many2one(
        'coop.elector', index='btree_not_null', ondelete='cascade',
        help="Who voted for the elector they represent.")
    choice = fields.Selection(CHOICES, required=True)
    candidates = fields.Json(export_string_translation=False)
    candidate_names = fields.Char("Votes For", compute='_compute_candidate_names')
    reason = fields.Text()

    _elector_unique = models.UniqueIndex(
        '(decision_id, version_id, elector_id) WHERE elector_id IS NOT NULL', "One person has one vote.")

    @api.depends('candidates')
    def _compute_candidate_names(self):
        # sudo: names of candidates, whom every reader of the decision sees.
        people = self.env['res.partner'].sudo()
        for ballot in self:
            ballot.candidate_names = format_list(self.env, people.browse(ballot.candidates or []).mapped('name'))

    def _get_canonical_texts(self):
        """What each ballot says, as the register's fingerprint takes it: whose it is, when that is known, and the choice."""
        return [register.canonical({
            'elector': ballot.elector_id.partner_id.id,
            'choice': ballot.choice,
            'candidates': ballot.candidates or False,
            'reason_sha256': register.digest_of_text(ballot.reason) if ballot.reason else False,
        }) for ballot in self]
