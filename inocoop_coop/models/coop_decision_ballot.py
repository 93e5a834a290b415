from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import clock
from .coop_elector import PARTICIPATION_SHOWN_FROM


class CoopDecision(models.Model):
    """What the reader of a decision may still do, and what everybody sees of a vote that is open."""
    _inherit = 'coop.decision'

    my_ballot = fields.Json(compute='_compute_my_ballot', export_string_translation=False)
    awaits_me = fields.Boolean("Awaits My Vote", compute='_compute_my_ballot', search='_search_awaits_me')
    my_elector_id = fields.Many2one('coop.elector', string="My Line of the Roll", compute='_compute_my_ballot')
    my_proxy_name = fields.Char("Votes for Me", compute='_compute_my_ballot')
    i_recused = fields.Boolean("I Recused Myself", compute='_compute_my_ballot')
    is_steward = fields.Boolean(compute='_compute_is_steward', export_string_translation=False)
    is_officer = fields.Boolean(compute='_compute_is_steward', export_string_translation=False)
    elector_count = fields.Integer("Entitled to Vote", compute='_compute_participation', compute_sudo=True)
    can_close = fields.Boolean(compute='_compute_is_steward', export_string_translation=False)
    participation = fields.Char(compute='_compute_participation', compute_sudo=True)
    participation_shown = fields.Boolean(
        compute='_compute_participation', compute_sudo=True, export_string_translation=False)
    objection_text = fields.Text(compute='_compute_objection_text', export_string_translation=False)
    outcome_text = fields.Text("Result", related='version_id.outcome_text')

    @api.depends(
        'state', 'version_id', 'date_deadline', 'elector_ids.recused', 'elector_ids.represented_by_id', 'elector_ids.voted')
    @api.depends_context('uid', 'lang')
    def _compute_my_ballot(self):
        me = self.env.user.partner_id
        # sudo: lines of the roll that are the reader's own, or of those whom they represent.
        voices = self.env['coop.elector'].sudo().search([
            ('version_id', 'in', self.filtered(lambda decision: decision.state == 'voting').version_id.ids),
            '|', ('partner_id', '=', me.id), ('represented_by_id.partner_id', '=', me.id)])
        # sudo: open ballots of these lines; a secret one has no line.
        ballots = {ballot.elector_id: ballot for ballot in self.env['coop.ballot'].sudo().search([
            ('elector_id', 'in', voices.ids)])} if voices else {}
        now = clock.now(self.env)
        for decision in self:
            lines = voices.filtered(lambda voice, version=decision.version_id: voice.version_id == version)
            own = lines.filtered(lambda voice: voice.partner_id == me)
            decision.my_elector_id = own.sudo(False)
            decision.my_proxy_name = own.represented_by_id.partner_id.name
            decision.i_recused = own.recused
            is_open = not decision.date_deadline or decision.date_deadline >= now
            mine = own[:0]
            if own and not own.recused:
                mine = own.filtered(lambda voice: not voice.represented_by_id) | (lines - own)
            decision.my_ballot = decision._prepare_my_ballot(mine, ballots) if mine and is_open else False
            decision.awaits_me = bool(is_open and not all(voice.voted for voice in mine))

    def _prepare_my_ballot(self, voices, ballots):
        """What the widget of the vote needs to know: see ``static/src/ballot``."""
        self.ensure_one()
        me = self.env.user.partner_id
        version = self.version_id.sudo()  # sudo: what is voted on, for someone who votes
        terms = version.terms
        is_listed = terms['kind'] == 'election'
        return {
            'kind': terms['kind'],
            'procedure': terms['procedure'] if is_listed else False,
            'secret': terms['is_secret'],
            'closes': fields.Datetime.to_string(self.date_deadline) if self.date_deadline else False,
            'can_change': not terms['is_secret'],
            'explanation': self.method_id.description or "",
            'seats': version.seats if terms['procedure'] == 'rounds' else 0,
            'candidates': [
                {'id': partner.id, 'name': partner.name}
                for partner in (version.candidate_ids.sorted('name') if is_listed else ())],
            'voices': [{
                'elector': voice.id,
                'name': "" if voice.partner_id == me else voice.partner_id.name,
                'has_voted': bool(voice.voted),
                'choice': ballots[voice].choice if voice in ballots else False,
                'candidates': (ballots[voice].candidates or []) if voice in ballots else [],
            } for voice in voices],
        }

    def _search_awaits_me(self, operator, value):
        if operator != 'in':
            return NotImplemented
        me = self.env.user.partner_id
        # sudo: the reader's own lines of open rolls, and those of whom they represent.
        voices = self.env['coop.elector'].sudo().search([
            ('decision_id.state', '=', 'voting'), ('recused', '=', False), ('voted', '=', False),
            '|', '&', ('partner_id', '=', me.id), ('represented_by_id', '=', False),
            ('represented_by_id.partner_id', '=', me.id)])
        now = clock.now(self.env)
        current = voices.filtered(lambda voice: voice.version_id == voice.decision_id.version_id and not (
            voice.decision_id.date_deadline and voice.decision_id.date_deadline < now))
        awaits = Domain('id', 'in', current.decision_id.ids)
        return Domain.OR([awaits if truth else ~awaits for truth in value])

    @api.depends_context('uid')
    @api.depends('proposer_id', 'committee_id', 'state')
    def _compute_is_steward(self):
        for decision in self:
            decision.is_officer = bool(decision.committee_id) and decision._is_officer()
            decision.is_steward = decision.is_officer or decision.proposer_id == self.env.user.partner_id
            decision.can_close = decision.state == 'voting' and decision.is_officer and not decision._is_own_proposal()

    @api.depends('version_id', 'ballot_ids.choice', 'ballot_ids.reason')
    @api.depends_context('uid', 'lang')
    def _compute_objection_text(self):
        """The objections that stand, as everyone may read them from the moment on when they are made."""
        objections = self.env['coop.ballot'].search([
            ('version_id', 'in', self.version_id.ids), ('choice', '=', 'objection')]).grouped('version_id')
        for decision in self:
            decision.objection_text = "\n".join(
                self.env._("Objection of %(person)s: %(reason)s", person=ballot.elector_id.partner_id.name, reason=ballot.reason)
                for ballot in objections.get(decision.version_id, ())) or False

    @api.depends('version_id', 'elector_ids.voted', 'elector_ids.recused', 'state')
    @api.depends_context('lang')
    def _compute_participation(self):
        """How many have voted, from three on: before, it would say who."""
        entitled, voted = {}, {}
        groups = self.env['coop.elector']._read_group(
            [('version_id', 'in', self.version_id.ids), ('recused', '=', False)], ['version_id', 'voted'], ['__count'])
        for version, has_voted, count in groups:
            entitled[version] = entitled.get(version, 0) + count
            if has_voted:
                voted[version] = count
        for decision in self:
            count, cast = entitled.get(decision.version_id, 0), voted.get(decision.version_id, 0)
            decision.elector_count = count
            decision.participation_shown = bool(decision.version_id.date_closed or cast >= PARTICIPATION_SHOWN_FROM)
            if not count or decision.version_id.outcome in ('amended', 'withdrawn'):
                decision.participation = False
            elif decision.participation_shown:
                decision.participation = self.env._("%(cast)s of %(count)s has voted", cast=cast, count=count) if cast == 1 else (
                    self.env._("%(cast)s of %(count)s have voted", cast=cast, count=count))
            else:
                decision.participation = self.env._("%s may vote", count)
