from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

from ..tools import clock, guard
from ..tools.dialog import open_dialog

STATES = [
    ('draft', "Draft"),
    ('discussion', "Discussion"),
    ('voting', "Voting"),
    ('adopted', "Adopted"),
    ('rejected', "Rejected"),
    ('no_quorum', "No Quorum"),
    ('tied', "To Be Decided Between"),
    ('withdrawn', "Withdrawn"),
]
# What is voted on, besides the proposal's text: it stays as it is from the opening of the vote on.
SUBJECT = frozenset({
    'name', 'committee_id', 'method_id', 'duration', 'candidate_ids', 'seat_committee_id', 'seat_role', 'seats', 'seat_from',
    'outgoing_mandate_ids'})
BEFORE_THE_VOTE = ('draft', 'discussion')
UNDECIDED = ('rejected', 'no_quorum', 'tied')
MAX_DURATION = 24 * 366  # hours


class CoopDecision(models.Model):
    """A proposal to a body, and what became of it.

    ::

        draft ──action_submit──> discussion ──action_open_vote──> voting ──action_close_vote──> adopted
                                    ^  ^                             │                     └──> rejected, no_quorum, tied
                                    │  └───────action_amend──────────┘                                   │
                                    └──────────────action_amend, or another vote with action_open_vote───┘

        action_withdraw leads from draft, discussion and voting to withdrawn.

    The vote is in ``coop_decision_vote.py``, its end in ``coop_decision_closing.py``, what members
    see and press in ``coop_decision_ballot.py``, elections in ``coop_decision_election.py``, mails
    and reminders in ``coop_decision_notice.py``, what follows in ``coop_decision_followup.py``.
    """
    _name = 'coop.decision'
    _description = "Decision"
    _inherit = ['coop.guarded.mixin', 'mail.thread', 'mail.activity.mixin']
    _order = 'id desc'
    _check_company_auto = True
    # Whoever may read a proposal discusses it.
    _mail_post_access = 'read'

    _guarded_fields = frozenset({
        'state', 'version_id', 'proposer_id', 'date_closed', 'date_deadline', 'meeting_id', 'elected_ids', 'rule_id', 'res_model',
        'res_id', 'review_result', 'review_note'})

    name = fields.Char("Subject", required=True, tracking=True)
    active = fields.Boolean(default=True)
    state = fields.Selection(STATES, required=True, default='draft', copy=False, tracking=True, index=True)
    committee_id = fields.Many2one(
        'coop.committee', string="Body", required=True, index=True, ondelete='restrict', tracking=True,
        default=lambda self: self._default_committee_id(),
        help="The body that decides: its members with a deliberative voice vote.")
    cohort_id = fields.Many2one(related='committee_id.cohort_id', store=True, index=True)
    company_id = fields.Many2one(related='cohort_id.company_id', store=True, index=True)
    method_id = fields.Many2one(
        'coop.voting.method', string="Voting Method", required=True, ondelete='restrict', index=True, tracking=True,
        default=lambda self: self.env['coop.voting.method'].search([('program_id', '=', False)], limit=1),
        domain="['|', ('program_id', '=', False), ('program_id.cohort_ids', 'in', cohort_id)]")
    method_kind = fields.Selection(related='method_id.kind', string="Kind of Method")
    method_procedure = fields.Selection(related='method_id.procedure', string="Procedure of the Election")
    method_description = fields.Text(related='method_id.description', string="How It Is Decided")
    is_secret = fields.Boolean(related='method_id.is_secret')
    proposer_id = fields.Many2one(
        'res.partner', required=True, readonly=True, index=True, ondelete='restrict', copy=False,
        default=lambda self: self.env.user.partner_id.id)
    duration = fields.Integer(
        "Duration (hours)", compute='_compute_duration', store=True, readonly=False, precompute=True,
        help="From the opening of the vote to its deadline.")

    # Versions
    version_ids = fields.One2many('coop.decision.version', 'decision_id', string="Versions", readonly=True)
    version_id = fields.Many2one(
        'coop.decision.version', string="Current Version", readonly=True, copy=False, index='btree_not_null',
        ondelete='set null')
    version_number = fields.Integer(related='version_id.number')
    proposal = fields.Html(
        compute='_compute_proposal', inverse='_inverse_proposal', copy=True,
        help="What is to be decided, in words that someone who was not there understands.")

    # The vote
    elector_ids = fields.One2many('coop.elector', string="Roll", related='version_id.elector_ids')
    ballot_ids = fields.One2many('coop.ballot', 'decision_id', string="Ballots", readonly=True)
    date_deadline = fields.Datetime("Vote Closes", readonly=True, copy=False)
    date_awaited = fields.Datetime(compute='_compute_date_awaited', store=True, index=True, export_string_translation=False)
    date_closed = fields.Datetime("Closed On", readonly=True, copy=False)
    meeting_id = fields.Many2one(
        'coop.meeting', readonly=True, copy=False, index='btree_not_null', ondelete='set null',
        help="The meeting in which it is voted.")

    # The document it is about
    rule_id = fields.Many2one('coop.decision.rule', readonly=True, copy=False, index='btree_not_null', ondelete='restrict')
    res_model = fields.Char("Model of the Document", readonly=True, copy=False)
    res_id = fields.Many2oneReference("Document", model_field='res_model', readonly=True, copy=False)

    _document_index = models.Index('(res_model, res_id) WHERE res_id IS NOT NULL')
    _deadline_index = models.Index("(date_deadline) WHERE state = 'voting'")

    # ------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------

    def _default_committee_id(self):
        """The assembly of who proposes: most of what is decided concerns everyone."""
        cohort = self.env['coop.membership']._get_own_cohort()
        return self.env['coop.committee'].search([('cohort_id', '=', cohort.id), ('kind', '=', 'assembly')], limit=1)

    @api.depends('method_id')
    def _compute_duration(self):
        for decision in self:
            if decision.state in BEFORE_THE_VOTE and decision.method_id:
                decision.duration = decision.method_id.duration

    @api.depends('state', 'date_deadline')
    def _compute_date_awaited(self):
        """The deadline of what can be voted on now: it stands first in a list."""
        for decision in self:
            decision.date_awaited = decision.state == 'voting' and decision.date_deadline

    @api.depends('version_id.proposal')
    def _compute_proposal(self):
        for decision in self:
            decision.proposal = decision.version_id.proposal

    def _inverse_proposal(self):
        for decision in self:
            decision._set_proposal(decision.proposal)

    def _set_proposal(self, proposal):
        """Write the text of a draft; what was submitted is amended, so that both can be read."""
        self.ensure_one()
        version = guard.sealed(self.version_id.sudo())  # sudo: the text of a decision that the caller may write
        if not version:
            version = guard.sealed(self.env['coop.decision.version'].sudo()).create({
                'decision_id': self.id, 'number': 1, 'author_id': self.env.user.partner_id.id, 'proposal': proposal})
            guard.sealed(self).version_id = version.id
        elif self.state == 'draft':
            version.proposal = proposal
        elif version.proposal != proposal:
            raise UserError(self.env._(
                "“%s” was submitted: what people read is not changed under their eyes. Amend it, and both wordings stay.",
                self.name))

    # ------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------

    def _is_steward(self):
        """Whether the user looks after this proposal: who proposed it, the chair and secretary, the facilitator."""
        self.ensure_one()
        return self.proposer_id == self.env.user.partner_id or self._is_officer()

    def _is_officer(self):
        """Whether the user leads the body's votes: its chair or secretary, the facilitator, the programme manager.

        An assembly has no chair of its own: the board's chair and secretary lead it.
        """
        self.ensure_one()
        if self.env.user.has_group('inocoop_coop.group_facilitator'):
            return self.has_access('write')
        # sudo: whether the user is one of those who lead.
        leaders = self.committee_id._get_leading_mandates(clock.today(self)).partner_id
        return self.env.user.partner_id in leaders.sudo(False)

    def _check_steward(self):
        self.check_access('write')
        for decision in self:
            if not decision._is_steward():
                raise AccessError(self.env._(
                    "“%(decision)s” was proposed by %(proposer)s: only they, the chair or secretary of “%(body)s” and the "
                    "facilitator can do this. Say what you think of it in the discussion below.",
                    decision=decision.name, proposer=decision.proposer_id.name, body=decision.committee_id.name))

    def _check_may_be_put_away(self):
        for decision in self:
            if decision.state == 'voting':
                raise UserError(self.env._("The vote on “%s” is open: it is archived when it is closed.", decision.name))
            if decision.state != 'draft' and not self.env.su and not decision._is_officer():
                raise AccessError(self.env._(
                    "“%s” was submitted to the group: only those who lead the body archive it.", decision.name))

    @api.constrains('method_id', 'cohort_id')
    def _check_method(self):
        for decision in self:
            method = decision.method_id
            if method.program_id and method.program_id != decision.cohort_id.program_id:
                raise UserError(self.env._("“%s” is a method of another programme: choose one of your own.", method.name))

    @api.constrains('duration', 'method_id')
    def _check_duration(self):
        for decision in self.filtered(lambda decision: decision.state in BEFORE_THE_VOTE):
            if not 1 <= decision.duration <= MAX_DURATION:
                raise UserError(self.env._(
                    "A vote lasts from one hour to one year: say for how many hours “%s” is open.", decision.name))
            # Who asks, not who checks: constraints run with all rights.
            if decision.duration < decision.method_id.duration and not (
                    self.env.user._is_superuser() or decision.sudo(False)._is_officer()):
                raise UserError(self.env._(
                    "“%(method)s” leaves everyone %(hours)s hours to vote: only those who lead “%(body)s” shorten it.",
                    method=decision.method_id.name, hours=decision.method_id.duration, body=decision.committee_id.name))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        decisions = super().create(vals_list)
        for decision in decisions.filtered(lambda decision: not decision.version_id):
            decision._set_proposal(False)
        return decisions

    def write(self, vals):
        if not guard.is_sealed(self):
            if not self.env.su:
                self._check_steward()
            if 'active' in vals:
                self._check_may_be_put_away()
            late = self.filtered(lambda decision: decision.state not in BEFORE_THE_VOTE)
            if late and SUBJECT & vals.keys():
                raise UserError(self.env._(
                    "The vote on “%s” was opened: what it is about stays as it is. Amend it, or withdraw it and propose "
                    "another one.", late[0].name))
        return super().write(vals)

    def _creation_message(self):
        self.ensure_one()
        return self.env._("Proposal written.")

    def copy_data(self, default=None):
        data = super().copy_data(default=default)
        return [dict(vals, name=self.env._("%s (copy)", decision.name)) for decision, vals in zip(self, data, strict=True)]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_discussed(self):
        for decision in self:
            if decision.state != 'draft' or len(decision.version_ids) > 1:
                raise UserError(self.env._(
                    "“%s” was submitted: it can't be deleted, and stays among what was proposed. Withdraw it instead.",
                    decision.name))
            if not self.env.su:
                decision._check_steward()

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open(self):
        """Open the decision's own page from a card that shows little of it."""
        self.ensure_one()
        self.check_access('read')
        return self._get_records_action()

    def action_submit(self):
        """Submit a draft to its body: from now on everyone discusses it, and its text changes by amendment.

        :raise UserError: when it is no draft, or says nothing
        """
        self._check_steward()
        for decision in self:
            if decision.state != 'draft':
                raise UserError(self.env._("“%s” was submitted already.", decision.name))
            decision._check_says_something()
        guard.sealed(self).write({'state': 'discussion'})
        for decision in self:
            decision._notify_submitted()

    def action_amend(self, proposal=None, reason=None):
        """Put another wording in the place of this one, which stays beside it.

        A vote that is running on a consent decision ends there: it is how an objection is answered. What
        was rejected, or decided nothing, may come back amended.

        :param str proposal: the new text, HTML; without it, the dialog that asks for it opens
        :param str reason: why, in a sentence; required once it was voted on
        :raise UserError: when there is nothing to amend any more, a vote runs that is none of consent, the text is the
            same, or those who voted are told nothing
        """
        self.ensure_one()
        self._check_steward()
        if proposal is None:
            return self._open_dialog('coop.decision.amend', self.env._("Amend the proposal"))
        if not isinstance(proposal, str) or not isinstance(reason or "", str):
            raise UserError(self.env._("An amendment is a text: write the new wording of the proposal."))
        self._lock_for_closing()
        if self.state == 'voting' and self.version_id.terms['kind'] != 'consent':
            raise UserError(self.env._(
                "The vote on “%s” is running. Close it first, or withdraw the proposal and make another one.", self.name))
        if self.state not in (*BEFORE_THE_VOTE, 'voting', *UNDECIDED):
            raise UserError(self.env._("“%s” is decided: propose a new decision that changes it.", self.name))
        if self.elected_ids:
            raise UserError(self.env._(
                "Some of the seats of “%s” are filled: vote again between those who are left, or propose another election.",
                self.name))
        if self.state == 'draft':
            self._set_proposal(proposal)
            return True
        self._check_amends(proposal, reason)
        voters = self.env['res.partner']
        if self.state == 'voting':
            # All of the roll: only those who voted would say who did. sudo: whom to write to.
            voters = self.version_id.sudo().elector_ids.partner_id - self.env.user.partner_id
            self._end_vote_without_result('amended')
        self._make_version(proposal=proposal, reason=reason and reason.strip())
        self._check_says_something()
        guard.sealed(self).write({'state': 'discussion', 'date_deadline': False, 'meeting_id': False})
        self.message_post(body=self.env._(
            "Amended: version %(number)s. %(reason)s", number=self.version_number, reason=reason or ""))
        if voters and not clock.is_silent(self.env):
            self.message_post(
                body=self.env._(
                    "The text has changed, and the vote that was open is not counted: who has voted votes again when the vote "
                    "opens on the new text. %s", reason.strip()),
                subject=self.env._("Amended: %s", self.name), partner_ids=voters.ids, subtype_xmlid='mail.mt_note')
        return True

    def _check_amends(self, proposal, reason):
        """An amendment changes something, and says what to those whose vote falls: it is no way around an objection.

        An election may come back with other candidates, and what a document says is brought up to date.
        """
        same = html2plaintext(proposal).split() == html2plaintext(self.version_id.proposal or "").split()
        if same and not self.res_id and self.method_kind != 'election':
            raise UserError(self.env._(
                "The text is the same: change what is in the way, then put the new wording forward."))
        voted = self.env['coop.decision.version'].search_count(
            [('decision_id', '=', self.id), ('date_opened', '!=', False)], limit=1)
        if voted and not (reason or "").strip():
            raise UserError(self.env._("Say in a sentence what the amendment changes: who has voted will read it."))

    def action_withdraw(self, reason=None):
        """Withdraw the proposal. A vote that is running ends without a result, and its ballots go.

        :param str reason: why, in a sentence; not required
        :raise UserError: when it is decided or withdrawn already
        """
        self._check_steward()
        for decision in self:
            decision._lock_for_closing()
            if decision.state not in (*BEFORE_THE_VOTE, 'voting'):
                raise UserError(self.env._("“%s” is closed already: it stays as it was decided.", decision.name))
            if decision.state == 'voting':
                decision._end_vote_without_result('withdrawn')
            guard.sealed(decision).write({'state': 'withdrawn', 'date_deadline': False})
            if reason and isinstance(reason, str):
                decision.message_post(body=self.env._("Withdrawn: %s", reason.strip()))

    def _open_dialog(self, model, title):
        return open_dialog(model, title, decision_id=self.id)

    def _check_says_something(self):
        self.ensure_one()
        if not self.version_id._has_text():
            raise UserError(self.env._(
                "“%s” says nothing yet: write what is to be decided, so that someone who was not there understands it.",
                self.name))

    def _make_version(self, **values):
        """Another version, which is the current one from now on; what is not said stays as it was."""
        self.ensure_one()
        # sudo: only actions make versions, after they have checked who asks.
        versions = guard.sealed(self.env['coop.decision.version'].sudo())
        last = self.version_id.sudo()
        version = versions.create({
            'decision_id': self.id,
            'number': last.number + 1,
            'proposal': last.proposal,
            'candidate_ids': last.candidate_ids.ids,
            'author_id': self.env.user.partner_id.id,
            **values,
        })
        guard.sealed(self).version_id = version.id
        return version
