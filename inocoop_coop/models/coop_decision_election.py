from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import format_date, format_list

from ..tools import clock, guard
from .coop_decision import BEFORE_THE_VOTE


class CoopDecision(models.Model):
    """An election: who stands, in which round it is, and the mandates that it gives."""
    _inherit = 'coop.decision'

    seat_committee_id = fields.Many2one(
        'coop.committee', string="Elects To", index='btree_not_null', ondelete='restrict', copy=True,
        compute='_compute_seat', store=True, readonly=False, precompute=True, domain="[('cohort_id', '=', cohort_id)]",
        help="The body on which the elected will sit.")
    seat_role = fields.Selection(
        [('chair', "Chair"), ('secretary', "Secretary"), ('treasurer', "Treasurer"), ('member', "Member")], string="As",
        compute='_compute_seat', store=True, readonly=False, precompute=True)
    seats = fields.Integer(default=1)
    seat_from = fields.Date(
        "Mandate From", help="First day of the new mandate. Empty: the day on which the election closes.")
    candidate_ids = fields.Many2many(
        'res.partner', string="Candidates", compute='_compute_candidate_ids', inverse='_inverse_candidate_ids',
        domain="[('coop_membership_ids', 'any', [('cohort_id', '=', cohort_id), ('state', '=', 'active')])]")
    elected_ids = fields.Many2many(
        'res.partner', 'coop_decision_elected_rel', 'decision_id', 'partner_id', readonly=True, copy=False)
    outgoing_mandate_ids = fields.Many2many(
        'coop.mandate', 'coop_decision_outgoing_rel', 'decision_id', 'mandate_id', string="Mandates That End",
        compute='_compute_outgoing_mandate_ids', store=True, readonly=False,
        domain="[('committee_id', '=', seat_committee_id), ('is_current', '=', True)]",
        help="They end when the new mandates start.")
    nomination_ids = fields.One2many('coop.nomination', 'decision_id', string="Nominations", readonly=True)
    stands = fields.Boolean("I Am a Candidate", compute='_compute_stands')

    _check_seats = models.Constraint('CHECK(seats > 0)', "An election fills at least one seat.")

    @api.depends('method_id.kind')
    def _compute_seat(self):
        """Which seat it is, is asked: a guess would quietly fill one that nobody meant."""
        for decision in self:
            is_election = decision.method_id.kind == 'election'
            decision.seat_committee_id = is_election and decision.seat_committee_id
            decision.seat_role = is_election and decision.seat_role

    @api.depends('version_id.candidate_ids')
    def _compute_candidate_ids(self):
        for decision in self:
            decision.candidate_ids = decision.version_id.candidate_ids

    def _inverse_candidate_ids(self):
        for decision in self:
            if not decision.version_id:
                decision._set_proposal(False)
            decision._check_candidates_take_part()
            # sudo: a version that is not voted yet, of a decision that the caller may write.
            version = guard.sealed(decision.version_id.sudo())
            before = version.candidate_ids
            version.candidate_ids = decision.candidate_ids
            if decision.state == 'discussion' and before != version.candidate_ids:
                # Who stood is not taken off the list in silence.
                decision.message_post(body=self.env._(
                    "Candidates: %s.", format_list(self.env, version.candidate_ids.mapped('name')) or self.env._("nobody")))

    @api.depends('seat_committee_id', 'seat_role')
    def _compute_outgoing_mandate_ids(self):
        """A chair follows a chair; a seat among others is only vacated when someone says so."""
        for decision in self:
            if decision.state not in BEFORE_THE_VOTE:
                continue
            alone = decision.seat_role in ('chair', 'secretary', 'treasurer')
            decision.outgoing_mandate_ids = decision.seat_committee_id.current_mandate_ids.filtered(
                lambda mandate, role=decision.seat_role: mandate.role == role) if alone else False

    @api.depends('candidate_ids')
    @api.depends_context('uid')
    def _compute_stands(self):
        for decision in self:
            decision.stands = self.env.user.partner_id in decision.candidate_ids

    @api.constrains('seat_committee_id', 'committee_id', 'outgoing_mandate_ids')
    def _check_seat(self):
        for decision in self.filtered('seat_committee_id'):
            seat, body = decision.seat_committee_id, decision.committee_id
            if seat.cohort_id != decision.cohort_id:
                raise UserError(self.env._("“%s” elects to a body of another cohort: choose one of its own.", decision.name))
            # A body elects among itself, the assembly to every body, the board to the committees.
            if not (seat == body or body.kind == 'assembly' or (body.kind == 'board' and seat.kind == 'committee')):
                raise UserError(self.env._(
                    "“%(body)s” does not elect who sits on “%(seat)s”: let the assembly do it.", body=body.name, seat=seat.name))
            if decision.outgoing_mandate_ids.committee_id - seat:
                raise UserError(self.env._(
                    "An election to “%s” only ends mandates there: take the others off the list.", seat.name))

    def _check_candidates_take_part(self):
        """Whoever stands is an active member of the cohort; nobody else is named here, not even in a refusal."""
        for decision in self:
            # sudo: whether someone takes part in a cohort of the caller's.
            active = decision.sudo().cohort_id.membership_ids.filtered(lambda member: member.state == 'active').partner_id
            if decision.sudo().candidate_ids - active:
                raise UserError(self.env._(
                    "Only active members of “%s” stand for election: take the others off the list.", decision.cohort_id.name))

    # ------------------------------------------------------------
    # Standing, nominating
    # ------------------------------------------------------------

    def action_stand(self):
        """Stand for election oneself.

        :raise UserError: when it is no election, or its vote is opened
        """
        self._set_own_candidacy(True)

    def action_stand_down(self):
        """Stand no more.

        :raise UserError: when the vote is opened
        """
        self._set_own_candidacy(False)

    def _set_own_candidacy(self, stands):
        self.check_access('read')
        partner = self.env.user.partner_id
        for decision in self:
            decision._check_candidacies_are_open()
            # sudo: the caller's own file in this cohort.
            if not decision.cohort_id.sudo().membership_ids.filtered(
                    lambda member: member.state == 'active' and member.partner_id == partner):
                raise AccessError(self.env._("Only active members of “%s” stand for election.", decision.cohort_id.name))
            # The list may not be closed while someone comes in.
            decision._hold()
            decision._check_candidacies_are_open()
            # sudo: everyone may add themselves, and nobody else, to a list that is open.
            version = guard.sealed(decision.version_id.sudo())
            version.candidate_ids = [Command.link(partner.id) if stands else Command.unlink(partner.id)]

    def _check_candidacies_are_open(self):
        self.ensure_one()
        if self.method_kind != 'election':
            raise UserError(self.env._("“%s” is no election.", self.name))
        if self.state not in BEFORE_THE_VOTE:
            raise UserError(self.env._("The vote on “%s” was opened: its list of candidates is closed.", self.name))

    def action_nominate(self, candidate, reason):
        """Say whom one sees on that seat, and why: the first round of an election without candidates.

        Said again, it replaces what one said before.

        :param int candidate: number of the person (``res.partner``)
        :param str reason: what makes them fit
        :raise UserError: when a reason is missing, or the person is no active member
        """
        self.ensure_one()
        self.check_access('read')
        self._check_candidacies_are_open()
        if self.method_procedure != 'consent':
            raise UserError(self.env._("In “%s” people stand themselves: nobody is nominated.", self.name))
        self._hold()
        self._check_candidacies_are_open()
        # sudo: who sits on the body, for one of those who do.
        seats = self.committee_id.sudo().current_mandate_ids.filtered(lambda mandate: mandate.voice == 'deliberative')
        if self.env.user.partner_id not in seats.partner_id:
            raise AccessError(self.env._("Who votes on “%s” nominates: you don't sit on it with a deliberative voice.",
                                         self.committee_id.name))
        person = self.sudo().cohort_id.membership_ids.filtered(lambda member: member.state == 'active').partner_id.filtered(
            lambda partner: partner.id == candidate)
        if not person:
            raise UserError(self.env._("Choose an active member of “%s”.", self.cohort_id.name))
        reason = reason.strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Say why: the reasons are what the group chooses by."))
        # sudo: the caller's own nomination, which was checked above.
        nominations = guard.sealed(self.env['coop.nomination'].sudo())
        own = nominations.search([('decision_id', '=', self.id), ('nominator_id', '=', self.env.user.partner_id.id)])
        if own:
            own.write({'candidate_id': person.id, 'reason': reason})
        else:
            nominations.create({
                'decision_id': self.id, 'nominator_id': self.env.user.partner_id.id, 'candidate_id': person.id, 'reason': reason})
        return True

    def action_open_nomination(self):
        """Ask whom one nominates, and why."""
        self.ensure_one()
        return self._open_dialog('coop.decision.nominate', self.env._("Whom do you see on this seat?"))

    # ------------------------------------------------------------
    # Rounds
    # ------------------------------------------------------------

    def _check_ready_for_vote(self):
        super()._check_ready_for_vote()
        if self.method_kind != 'election':
            return
        if not self.seat_committee_id or not self.seat_role:
            raise UserError(self.env._("Say first on which body the elected of “%s” will sit, and as what.", self.name))
        self._check_candidates_take_part()
        if not self.candidate_ids:
            raise UserError(self.env._(
                "Nobody stands in “%s” yet: open the list, or ask who would do it. Then open the vote.", self.name))
        if self.method_procedure == 'consent' and len(self.candidate_ids) > 1:
            raise UserError(self.env._(
                "An election without candidates proposes one person, whom the nominations speak for: keep one candidate in “%s”.",
                self.name))
        if self.state in BEFORE_THE_VOTE:
            # sudo: see _inverse_candidate_ids.
            guard.sealed(self.version_id.sudo()).seats = self.seats

    def _make_next_round(self):
        """The next round is between those who are left, for the seats that are left."""
        last = self.version_id
        if self.method_kind != 'election' or self.state != 'tied':
            self._make_version(seats=last.seats, round_number=last.round_number)
            return
        self._make_version(
            candidate_ids=last.result['runoff'], seats=last.seats - len(last.result['elected']),
            round_number=last.round_number + 1)

    # ------------------------------------------------------------
    # Mandates
    # ------------------------------------------------------------

    def _on_closed(self):
        super()._on_closed()
        elected = self.version_id.elected_ids
        if not elected:
            return
        self.elected_ids = [Command.link(partner.id) for partner in elected]
        first_day = max(self.seat_from or clock.today(self), clock.today(self))
        for partner in elected.sorted('id'):
            self._seat_elected(partner, first_day)

    def _seat_elected(self, partner, first_day):
        """Give the mandate; the one whose seat it was keeps it until the day before.

        What stands in the way (someone who has left meanwhile) must not undo the vote: it is told.
        """
        body = self.seat_committee_id
        before = (self.outgoing_mandate_ids | body.current_mandate_ids.filtered(
            lambda mandate: mandate.partner_id == partner or mandate.role == self.seat_role == 'chair')).filtered(
                lambda mandate: mandate.date_to >= first_day)
        if any(mandate.date_from == first_day for mandate in before):
            # They began today: their day is theirs, and the new one begins tomorrow.
            first_day += timedelta(days=1)
        try:
            with self.env.cr.savepoint():
                self._check_takes_part(partner, first_day)
                for mandate in before.filtered(lambda mandate: mandate.partner_id != partner):
                    self.message_post(body=self.env._(
                        "%(person)s sits on “%(body)s” until %(day)s: then %(elected)s follows.", person=mandate.partner_id.name,
                        body=body.name, day=format_date(self.env, first_day - timedelta(days=1)), elected=partner.name))
                before._end_by(first_day - timedelta(days=1))
                self.env['coop.mandate'].create({
                    'committee_id': body.id, 'partner_id': partner.id, 'role': self.seat_role, 'date_from': first_day})
        except UserError as error:
            self.message_post(body=self.env._(
                "%(person)s is elected, and the mandate could not be given: %(reason)s", person=partner.name, reason=str(error)))

    def _check_takes_part(self, partner, day):
        membership = self.cohort_id.membership_ids.filtered(lambda member: member.partner_id == partner)
        if membership and not (membership.date_start <= day <= membership.date_end):
            raise UserError(self.env._(
                "%(person)s takes part from %(start)s to %(end)s.", person=partner.name,
                start=format_date(self.env, membership.date_start), end=format_date(self.env, membership.date_end)))
