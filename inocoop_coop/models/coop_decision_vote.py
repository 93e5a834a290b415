from datetime import timedelta

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_list

from ..rules import voting
from ..rules.register import canonical
from ..tools import clock, guard
from .coop_decision import BEFORE_THE_VOTE


class CoopDecision(models.Model):
    """The vote: it opens on a frozen roll, people vote, lend their voice or take no part.

    Voters never write the decision's row. Each holds it (``FOR SHARE``) from the look at its state
    to the commit; who closes waits for them (``FOR NO KEY UPDATE``), and who comes after waits for
    the close, and finds the vote closed. So a hundred vote at once, and a vote is counted or refused.
    """
    _inherit = 'coop.decision'

    # ------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------

    def action_open_vote(self):
        """Open the vote to those who sit on the body with a deliberative voice now.

        A proposal that found no quorum or a tie is voted again, in a new version of the same text;
        an election goes into its next round.

        :raise UserError: when it can't be voted on now: it says what is missing
        """
        self._check_steward()
        for decision in self:
            decision._open_vote()

    def _open_vote(self, meeting=None):
        """Freeze the roll and open the vote. Who calls it has checked who asks.

        :param meeting: the ``coop.meeting`` in which it is voted: who is there is present, and there is
            no deadline; the vote closes with the last ballot, by hand, or with the meeting
        """
        self.ensure_one()
        self._lock_for_closing()
        if self.state == 'voting':
            raise UserError(self.env._("The vote on “%s” is open already.", self.name))
        if self.state == 'draft':
            raise UserError(self.env._("“%s” is a draft that nobody has read: submit it first.", self.name))
        if self.state not in (*BEFORE_THE_VOTE, 'no_quorum', 'tied'):
            raise UserError(self.env._("“%s” is closed: amend it first, if it is to be voted again.", self.name))
        self._check_says_something()
        self._check_cohort_works()
        again = self.state not in BEFORE_THE_VOTE
        self._check_ready_for_vote()
        if again:
            self._make_next_round()
        now = clock.now(self.env)
        deadline = False if meeting else now + timedelta(hours=self.duration)
        # sudo: what an action writes of its vote, after it checked who asks.
        version = guard.sealed(self.version_id.sudo())
        if self.method_kind != 'election':
            version.candidate_ids = False  # it was to be an election once
        version.write({
            'date_opened': now,
            'deadline': deadline,
            'meeting_id': meeting.id if meeting else False,
            'terms': self.method_id._prepare_terms(),
            'covered': self._get_covered_content(),
        })
        self._freeze_roll(version, meeting)
        guard.sealed(self).write({
            'state': 'voting', 'date_deadline': deadline, 'date_closed': False, 'meeting_id': meeting.id if meeting else False})
        if deadline:
            self._trigger_at(deadline)
        self._notify_opened()

    def _check_ready_for_vote(self):
        """What an opening asks for; elections ask for more."""

    def _check_cohort_works(self):
        if self.cohort_id.sudo().state == 'closed':  # sudo: what a decision of it may well say
            raise UserError(self.env._("“%s” is closed: nothing is decided in it any more.", self.cohort_id.name))

    def _make_next_round(self):
        self._make_version()

    def _get_covered_content(self):
        """What of the document the vote is about; nothing, when it is about none. Documents say it: see coop.gated.mixin."""
        return False

    def _freeze_roll(self, version, meeting=None):
        # sudo: whoever opens the vote may read who sits on the body.
        mandates = self.committee_id.sudo().current_mandate_ids.filtered(lambda mandate: mandate.voice == 'deliberative')
        if not mandates:
            raise UserError(self.env._(
                "Nobody sits on “%s” with a deliberative voice: give someone a mandate there before you open the vote.",
                self.committee_id.name))
        electors = guard.sealed(self.env['coop.elector'].sudo()).create([{
            'decision_id': self.id, 'version_id': version.id, 'partner_id': mandate.partner_id.id, 'mandate_id': mandate.id,
        } for mandate in mandates.sorted(lambda mandate: mandate.partner_id.id)])
        absent = electors.partner_id.filtered(lambda partner: not partner.user_ids.filtered('active'))
        if absent:
            self.message_post(body=self.env._(
                "Without a login, %s can only vote through someone who represents them in a meeting.",
                format_list(self.env, absent.mapped('name'))))
        if meeting:
            by_partner = {elector.partner_id: elector for elector in electors}
            for represented, holder in meeting._get_representations().items():
                if represented in by_partner and holder in by_partner:
                    by_partner[represented]._be_represented_by(by_partner[holder])

    # ------------------------------------------------------------
    # Voting
    # ------------------------------------------------------------

    def cast_vote(self, choice, reason=None, on_behalf_of=None):
        """Vote, for oneself or for someone whom one represents.

        An open vote may be changed until the vote closes; a secret one not. See design, "Decisions", 5 to 7.

        :param choice: ``yes``, ``no``, ``abstain``, ``consent`` or ``objection``; in an election the number
            of a candidate (a ``res.partner``) or a list of them
        :param str reason: of an objection, which needs one
        :param int on_behalf_of: number of the elector (``coop.elector``) whom the caller represents
        :raise UserError: when the vote is closed, or the choice is none of this vote
        :raise AccessError: when the caller has no vote here
        """
        self.ensure_one()
        self.check_access('read')
        version = self._hold_open_vote()
        acting, elector = self._get_voice(version, on_behalf_of)
        values = self._prepare_ballot(version, choice, reason)
        is_secret = version.terms['is_secret']
        if elector.voted and is_secret:
            raise UserError(self.env._(
                "You have voted already, and a secret ballot can't be changed: nobody knows which one it is."))
        if not elector.voted:
            # First of all: whoever votes twice at once meets on this row, and the server lets the second one start again.
            elector.voted = True
            elector.flush_recordset()
        if is_secret:
            self.env.flush_all()
            self._drop_secret_ballot(version, values['choice'], values['candidates'])
        else:
            self._write_open_ballot(version, elector, {**values, 'cast_by_id': acting.id if acting != elector else False})
        if values['choice'] == 'objection':
            self._say_objection(elector, values['reason'])
        self.env.flush_all()
        self._close_when_complete()
        return True

    def _write_open_ballot(self, version, elector, values):
        # sudo: the ballot of the elector whose voice the caller has.
        ballots = guard.sealed(self.env['coop.ballot'].sudo())
        mine = ballots.search([('version_id', '=', version.id), ('elector_id', '=', elector.id)])
        if mine:
            mine.write(values)
        else:
            ballots.create({'decision_id': self.id, 'version_id': version.id, 'elector_id': elector.id, **values})

    def _drop_secret_ballot(self, version, choice, candidates):
        """Write a ballot of nobody in particular, so that even a query that fails is not logged with what it says."""
        self.env.cr.execute(SQL(
            "INSERT INTO coop_ballot (decision_id, version_id, choice, candidates) VALUES (%s, %s, %s, %s::jsonb)",
            self.id, version.id, choice, canonical(candidates) if candidates else None), log_exceptions=False)
        self.env['coop.ballot'].invalidate_model(flush=False)
        version.invalidate_recordset(['ballot_ids'], flush=False)

    def _say_objection(self, elector, reason):
        """An objection is said to everyone at once, so that the proposal can be amended."""
        # sudo: who objects is the author, whoever casts their vote; who votes reads of it.
        others = self.version_id.sudo().elector_ids.partner_id - elector.partner_id
        self.sudo().message_post(
            body=self.env._("Objection: %s", reason), subject=self.env._("Objection: %s", self.name),
            partner_ids=[] if clock.is_silent(self.env) else others.ids, author_id=elector.partner_id.id, message_type='comment',
            subtype_xmlid='mail.mt_comment', notify_skip_followers=clock.is_silent(self.env))

    def _hold(self):
        """Hold the decision's row until the commit: while it is held, no vote opens or closes."""
        self.env.flush_all()
        self.env.cr.execute("SELECT id FROM coop_decision WHERE id = %s FOR SHARE", [self.id])
        self.invalidate_recordset(['state', 'version_id', 'date_deadline'], flush=False)

    def _hold_open_vote(self):
        """Hold the decision's row until the commit: while it is held, nobody closes the vote.

        :return: the version that is voted on, sealed and with all rights
        :raise UserError: when the vote is not open
        """
        self._hold()
        if self.state != 'voting':
            raise UserError(self.env._("The vote on “%s” is not open.", self.name))
        if self.date_deadline and clock.now(self.env) > self.date_deadline:
            raise UserError(self.env._(
                "The vote on “%s” ended at its deadline: it is being counted, and the result appears here.", self.name))
        # sudo: the vote is the caller's own, which is checked next; nobody writes these rows by hand.
        return guard.sealed(self.version_id.sudo())

    def _get_voice(self, version, on_behalf_of=None):
        """Who acts and whose vote it is.

        :return: the elector who acts and the one whose vote it is, mostly the same
        """
        own = self._get_own_line(version)
        if not own:
            raise AccessError(self.env._(
                "You have no vote on “%(decision)s”: when it opened, you did not sit on “%(body)s” with a deliberative voice.",
                decision=self.name, body=self.committee_id.name))
        if own.recused:
            raise UserError(self.env._(
                "You said that you take no part in “%s”: you can't vote on it, nor for others.", self.name))
        self._check_is_there(version, own)
        if not on_behalf_of or on_behalf_of == own.id:
            if own.represented_by_id:
                raise UserError(self.env._(
                    "%s votes for you. Take your proxy back first, if you want to vote yourself.",
                    own.represented_by_id.partner_id.name))
            return own, own
        represented = version.elector_ids.filtered(
            lambda elector: elector.id == on_behalf_of and elector.represented_by_id == own)
        if not represented:
            raise AccessError(self.env._("You don't represent this person in “%s”: only who gave you their proxy.", self.name))
        return own, represented

    def _get_own_line(self, version):
        """The user's line of the roll."""
        return version.elector_ids.filtered(lambda elector: elector.partner_id == self.env.user.partner_id)

    def _check_is_there(self, version, elector):
        """In a meeting, those vote who are there."""
        # sudo: who is present, for someone who votes there.
        if version.meeting_id and elector.partner_id not in version.meeting_id.sudo()._get_present_partners():
            raise UserError(self.env._(
                "This is voted in the meeting “%s”, and you are not noted as present there: tell who keeps the attendance.",
                version.meeting_id.sudo().name))

    def _prepare_ballot(self, version, choice, reason):
        """What the ballot says.

        :raise UserError: when the choice is none of this vote
        """
        method = version._get_rule()
        reason = reason.strip() if isinstance(reason, str) else ""
        if not method.is_by_names:
            if not isinstance(choice, str) or choice not in voting.ANSWERS['consent' if method.is_by_consent else 'majority']:
                raise UserError(self.env._("This is no answer to “%s”: use the buttons of the vote.", self.name))
            if choice == 'objection' and not reason:
                raise UserError(self.env._(
                    "An objection needs a reason: say what in the proposal would do harm, so that the group can amend it."))
            return {'choice': choice, 'candidates': False, 'reason': reason if choice == 'objection' else False}
        if choice == 'abstain':
            return {'choice': 'abstain', 'candidates': False, 'reason': False}
        chosen = choice if isinstance(choice, (list, tuple)) else [choice]
        limit = len(version.candidate_ids) if method.procedure == 'approval' else version.seats
        if (not chosen or any(type(number) is not int for number in chosen) or len(set(chosen)) != len(chosen)
                or not set(chosen) <= set(version.candidate_ids.ids)):
            raise UserError(self.env._(
                "Choose among the candidates of “%s”, each of them once, or leave your ballot blank.", self.name))
        if len(chosen) > limit:
            raise UserError(self.env._(
                "Choose %(limit)s at most: there are no more seats to fill in “%(decision)s”.", limit=limit, decision=self.name))
        return {'choice': 'candidate', 'candidates': sorted(chosen), 'reason': False}

    # ------------------------------------------------------------
    # Proxies, recusals
    # ------------------------------------------------------------

    def action_give_proxy(self, holder):
        """Let another elector vote for oneself.

        :param int holder: number of the other elector (``coop.elector``)
        :raise UserError: when the holder carries as many proxies as the method allows, or the caller voted
        """
        self.ensure_one()
        self.check_access('read')
        version = self._hold_open_vote()
        self._check_proxies_are_lent_here(version)
        own, _own = self._get_voice(version)
        other = version.elector_ids.filtered(lambda elector: elector.id == holder) - own
        if not other:
            raise UserError(self.env._("A proxy goes to someone else who votes on “%s”: choose them on its roll.", self.name))
        if own.voted:
            raise UserError(self.env._("You have voted on “%s” already: there is nothing to hand over.", self.name))
        if own.proxy_count:
            raise UserError(self.env._("You vote for someone else: a proxy is not passed on. Ask them to take it back first."))
        own._be_represented_by(other)
        other._notify_proxy(own)

    def _check_proxies_are_lent_here(self, version):
        """In a meeting its attendance says who represents whom."""
        if version.meeting_id:
            raise UserError(self.env._(
                "“%s” is voted in a meeting: who keeps its attendance notes who represents whom.", self.name))

    def action_open_proxy(self):
        """Ask who votes in one's place."""
        self.ensure_one()
        return self._open_dialog('coop.decision.proxy', self.env._("Who votes for you?"))

    def action_take_back_proxy(self):
        """Vote oneself after all, as long as the other one has not done it.

        :raise UserError: when nobody holds a proxy of the caller, or has voted with it
        """
        self.ensure_one()
        self.check_access('read')
        version = self._hold_open_vote()
        self._check_proxies_are_lent_here(version)
        own = self._get_own_line(version)
        if not own.represented_by_id:
            raise UserError(self.env._("Nobody votes for you in “%s”.", self.name))
        if own.voted:
            raise UserError(self.env._("%s has voted for you already.", own.represented_by_id.partner_id.name))
        own._be_represented_by(self.env['coop.elector'])

    def action_recuse(self):
        """Take no part, because one is concerned: counted neither among the entitled nor the present.

        Who lent their voice to the caller votes for themselves again.

        :raise UserError: when the caller has voted in secret, or takes no part already
        """
        for decision in self:
            decision.check_access('read')
            version = decision._hold_open_vote()
            own = decision._get_own_line(version)
            if not own:
                raise AccessError(self.env._("You have no vote on “%s” anyway.", decision.name))
            if own.recused:
                raise UserError(self.env._("You take no part in “%s” already.", decision.name))
            if own.voted and (version.terms['is_secret'] or own.represented_by_id):
                raise UserError(self.env._("Your vote on “%s” is cast: it can't be taken back.", decision.name))
            lent = version.elector_ids.filtered(lambda elector, own=own: elector.represented_by_id == own)
            if any(lent.mapped('voted')):
                raise UserError(self.env._("You have voted for someone else on “%s”: you take part in it.", decision.name))
            ballots = guard.sealed(decision.env['coop.ballot'].sudo())
            ballots.search([('version_id', '=', version.id), ('elector_id', '=', own.id)]).unlink()
            for elector in (*lent, own):
                elector._be_represented_by(self.env['coop.elector'])
            own.write({'recused': True, 'voted': False})
            decision.message_post(body=self.env._("%s takes no part in this decision.", own.partner_id.name))
            decision._close_when_complete()
