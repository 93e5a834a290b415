from odoo import api, fields, models
from odoo.tools import html2plaintext


class CoopDecisionVersion(models.Model):
    """A wording of a proposal, and the vote that was held on it.

    An amendment makes a new version; the ones before stay beside it, with what was voted on them.
    """
    _name = 'coop.decision.version'
    _description = "Version of a Decision"
    _inherit = ['coop.sealed.mixin']
    _order = 'decision_id desc, number desc'

    decision_id = fields.Many2one('coop.decision', required=True, index=True, ondelete='cascade')
    number = fields.Integer(required=True, default=1)
    round_number = fields.Integer("Round", required=True, default=1)
    proposal = fields.Html()
    author_id = fields.Many2one('res.partner', string="Written By", index='btree_not_null', ondelete='restrict')
    reason = fields.Text("Why It Was Amended")
    candidate_ids = fields.Many2many(
        'res.partner', 'coop_decision_version_candidate_rel', 'version_id', 'partner_id', string="Candidates",
        ondelete='restrict', context={'active_test': False})

    seats = fields.Integer("Seats to Fill", default=1)

    # The vote
    date_opened = fields.Datetime("Opened")
    deadline = fields.Datetime()
    date_closed = fields.Datetime("Closed On")
    reminded = fields.Boolean()
    meeting_id = fields.Many2one('coop.meeting', index='btree_not_null', ondelete='restrict')
    terms = fields.Json(export_string_translation=False)
    result = fields.Json("Count", export_string_translation=False)
    outcome = fields.Selection([
        ('adopted', "Adopted"), ('rejected', "Rejected"), ('no_quorum', "No Quorum"), ('tied', "To Be Decided Between"),
        ('amended', "Amended"), ('withdrawn', "Withdrawn")])
    elected_ids = fields.Many2many(
        'res.partner', 'coop_decision_version_elected_rel', 'version_id', 'partner_id', ondelete='restrict',
        context={'active_test': False})
    covered = fields.Json(export_string_translation=False, help="What of the document was decided.")
    elector_ids = fields.One2many('coop.elector', 'version_id', string="Roll")
    ballot_ids = fields.One2many('coop.ballot', 'version_id', string="Ballots")
    outcome_text = fields.Text("Result", compute='_compute_outcome_text')

    _number_unique = models.UniqueIndex('(decision_id, number)', "This decision already has this version.")

    @api.depends('result', 'outcome', 'terms')
    @api.depends_context('lang')
    def _compute_outcome_text(self):
        for version in self:
            version.outcome_text = version._describe_outcome()

    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(decision)s, version %(number)s", decision=version.decision_id.name or "", number=version.number)

    def _get_rule(self):
        """The method of the vote, as its terms were when it opened: see ``rules/voting.py``."""
        self.ensure_one()
        return self.env['coop.voting.method']._to_rule(self.terms)

    def _has_text(self):
        """Whether there is something to read, and not only empty paragraphs."""
        self.ensure_one()
        return bool(html2plaintext(self.proposal or "").strip())
