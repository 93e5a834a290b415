import logging
import random
from functools import partial

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying

from ..rules import register as register_rules
from ..rules import voting
from ..tools import clock, guard
from ..tools.coalesce import coalesced
from .coop_elector import PARTICIPATION_SHOWN_FROM

_logger = logging.getLogger(__name__)


class CoopDecision(models.Model):
    """The end of a vote: counted once, under a lock that no voter passes, entered in the register."""
    _inherit = 'coop.decision'

    silence_text = fields.Text(compute='_compute_silence_text', export_string_translation=False)
    entry_ids = fields.One2many('coop.register.entry', 'decision_id', string="In the Register", readonly=True)

    @api.depends('state', 'elector_ids.voted', 'elector_ids.recused', 'meeting_id')
    @api.depends_context('uid', 'lang')
    def _compute_silence_text(self):
        for decision in self:
            decision.silence_text = decision.can_close and decision._describe_silence_before_closing()

    # ------------------------------------------------------------
    # When
    # ------------------------------------------------------------

    def action_close_vote(self):
        """Close the vote before its deadline and count it.

        :raise UserError: when no vote is open
        :raise AccessError: when the caller does not lead the body's votes: who proposes does not choose the moment
        """
        self.check_access('write')
        for decision in self:
            if decision.state == 'voting' and decision._is_own_proposal():
                raise AccessError(self.env._(
                    "Who proposes does not choose the moment: someone else of those who lead “%s”, or the facilitator, closes "
                    "this vote before its deadline.", decision.committee_id.name))
            if not decision._is_officer():
                raise AccessError(self.env._(
                    "The vote on “%(decision)s” closes with the last ballot or at its deadline. Only the chair or secretary of "
                    "“%(body)s” and the facilitator close it earlier.", decision=decision.name, body=decision.committee_id.name))
            if not decision._close_vote('hand'):
                raise UserError(self.env._("The vote on “%s” is not open.", decision.name))

    def action_ask_to_close(self):
        """Say how many have not voted yet before the vote is closed by hand.

        :raise AccessError: when the caller does not lead the body's votes
        """
        self.ensure_one()
        self.check_access('write')
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Close the vote"),
            'res_model': self._name,
            'res_id': self.id,
            'view_mode': 'form',
            'views': [(self.env.ref('inocoop_coop.coop_decision_view_form_close').id, 'form')],
            'target': 'new',
        }

    def _is_own_proposal(self):
        """Whether the user proposed it, and so does not choose the moment of its end. A facilitator does."""
        self.ensure_one()
        mine = self.proposer_id == self.env.user.partner_id
        return mine and not self.env.user.has_group('inocoop_coop.group_facilitator')

    def _describe_silence(self):
        """How many could still vote, for who is about to close.

        Under three votes it gives no number, which would say who: see ``_compute_participation``.
        """
        self.ensure_one()
        if self.state != 'voting':
            return False
        version = self.version_id.sudo()  # sudo: a number, for who leads the vote
        electors = version.elector_ids.filtered(lambda elector: not elector.recused)
        if version.meeting_id:
            electors = self._get_present_electors(version)
        silent = len(electors.filtered(lambda elector: not elector.voted))
        if not silent:
            return False
        if len(electors) - silent < PARTICIPATION_SHOWN_FROM:
            return self.env._(
                "Fewer than %(few)s people of %(count)s have voted.", few=PARTICIPATION_SHOWN_FROM, count=len(electors))
        if silent == 1:
            return self.env._("One person has not voted yet.")
        return self.env._("%s people have not voted yet.", silent)

    def _describe_silence_before_closing(self):
        """The same, and what it means in this method."""
        silence = self._describe_silence()
        return f"{silence} {self._describe_what_silence_means()}" if silence else False

    def _describe_what_silence_means(self):
        self.ensure_one()
        version = self.version_id.sudo()  # sudo: the method of a vote that the user leads
        method = version._get_rule()
        if method.is_by_consent:
            return self.env._("In this method, silence is taken for consent.") if method.silence == 'consent' else self.env._(
                "In this method, silence does not count: without an objection, the proposal is adopted.")
        # Outside a meeting, who does not vote is not present either.
        if method.base == 'entitled' or (method.base == 'present' and version.meeting_id):
            return self.env._("In this method, silence weighs as much as a no.")
        return self.env._("In this method, silence does not count: the others decide.")

    def _close_when_complete(self):
        """Close the vote if this was the last one.

        In this transaction nobody sees what others are voting at the same moment: what is committed
        tells. So it is decided after the commit, in a transaction of its own; should the server stop in
        between, the scheduled job decides it. A story that is retold under a clock of its own is
        played by one person, who sees all of it.
        """
        if clock.is_retold(self.env):
            self._close_if_complete()
            return
        self.env.cr.postcommit.add(partial(_close_after_commit, self.env.registry, self.id))

    def _close_if_complete(self):
        self.ensure_one()
        # sudo: who has voted, which nobody reads of others.
        electors = self.version_id.sudo().elector_ids.filtered(lambda elector: not elector.recused)
        if self.state == 'voting' and electors and all(electors.mapped('voted')):
            return self._close_vote('last')
        return False

    @api.model
    def _cron_votes(self):
        """Close what is past its deadline or complete, and remind those who have not voted."""
        now = clock.now(self.env)
        self.env['ir.cron']._commit_progress(remaining=0)
        for decision in self.with_context(active_test=False).search([('state', '=', 'voting')]):
            try:
                retrying(partial(decision._keep_vote, now), self.env)
            except Exception:  # one decision must not keep the others waiting
                self.env.cr.rollback()
                _logger.exception("The vote on decision %s could not be closed: the next run tries again.", decision.id)

    def _keep_vote(self, now):
        """What time does to an open vote."""
        if self.date_deadline and self.date_deadline < now:
            self._close_vote('deadline')
        elif not self._close_if_complete():
            self._remind(now)

    # ------------------------------------------------------------
    # How
    # ------------------------------------------------------------

    def _lock_for_closing(self):
        """Wait for those who are voting, and let nobody vote until the commit.

        What they voted meanwhile is not in the snapshot of this transaction. Each of them has written
        their line of the roll or their ballot: to lock these fails then, and the server tries the
        whole request again with all of it in sight.
        """
        self.ensure_one()
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT id FROM coop_decision WHERE id = %s FOR NO KEY UPDATE", [self.id])
        cr.execute("SELECT id FROM coop_elector WHERE decision_id = %s FOR UPDATE", [self.id])
        cr.execute("SELECT id FROM coop_ballot WHERE decision_id = %s FOR UPDATE", [self.id])
        self.invalidate_recordset(flush=False)

    def _close_vote(self, how):
        """Close, count, enter in the register, and let the decision act: all of it, or nothing.

        :param str how: ``last`` ballot, ``deadline``, ``hand`` or ``meeting``
        :return: whether there was a vote to close
        """
        self.ensure_one()
        self._lock_for_closing()
        if self.state != 'voting':
            return False
        # sudo: the count is of what nobody reads; who calls this has checked, or it is the hour.
        decision = guard.sealed(self.sudo())._in_the_words_of_the_cohort()
        version = decision.version_id
        now = clock.now(self.env)
        result = decision._count(version)
        version.write({
            'date_closed': now,
            'result': result,
            'outcome': result['outcome'],
            'elected_ids': [fields.Command.set(result['elected'])],
        })
        # Who was elected in an earlier round stays so, whatever becomes of the seats that were left.
        state = 'adopted' if result['outcome'] == 'rejected' and decision.elected_ids else result['outcome']
        decision.write({'state': state, 'date_closed': now})
        if version.terms['is_secret']:
            decision._forget_order(version)
        entry = decision.env['coop.register']._append(
            decision.cohort_id, 'vote', decision._prepare_entry(version, how), decision._prepare_entry_names(version),
            decision=decision, version=version)
        decision._on_closed()
        if result['outcome'] == 'adopted':
            decision._on_adopted()
        decision._notify_closed(entry)
        return True

    def _in_the_words_of_the_cohort(self):
        """What is written about a decision for everyone is in the host's language and of the cohort's day."""
        cohort = self.cohort_id.sudo()  # sudo: no more than a language
        return self.with_context(lang=cohort.company_id.partner_id.lang or self.env.lang, tz=cohort._get_zone())

    def _count(self, version):
        """The result of the version's vote: see ``rules/voting.py``."""
        method = version._get_rule()
        electors = version.elector_ids.filtered(lambda elector: not elector.recused)
        ballots = [
            tuple(ballot.candidates) if ballot.choice == 'candidate' else ballot.choice for ballot in version.ballot_ids]
        result = voting.count(
            method, ballots, entitled=len(electors), present=len(self._get_present_electors(version)),
            candidates=version.candidate_ids.ids if method.kind == 'election' else (), seats=version.seats,
            round_number=version.round_number)
        return result.as_dict()

    def _get_present_electors(self, version):
        """Who is present or represented: in a meeting its attendance, outside one who voted or whose holder did."""
        electors = version.elector_ids.filtered(lambda elector: not elector.recused)
        if version.meeting_id:
            present = version.meeting_id._get_present_partners()
            return electors.filtered(
                lambda elector: elector.voted or elector.partner_id in present or elector.represented_by_id.partner_id in present)
        return electors.filtered(lambda elector: elector.voted or elector.represented_by_id.voted)

    def _end_vote_without_result(self, outcome):
        """End a vote that is not counted: objections stay with the version that is amended, all other ballots go."""
        version = guard.sealed(self.version_id.sudo())  # sudo: called by actions that have checked
        version.write({'date_closed': clock.now(self.env), 'outcome': outcome})
        ballots = guard.sealed(self.env['coop.ballot'].sudo()).search([('version_id', '=', version.id)])
        if outcome == 'amended':
            ballots = ballots.filtered(lambda ballot: ballot.choice != 'objection')
        ballots.unlink()
        version.elector_ids.write({'voted': False})

    def _forget_order(self, version):
        """Write the ballots and the roll of a secret vote again, in an order that says nothing.

        Until now a superuser of the database could have told by the transaction that wrote a row
        (``xmin``) and by where it lies (``ctid``) which ballot came with which elector. From now on all
        rows are of one transaction, ballots in a random order and the roll in that of its numbers.
        """
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("DELETE FROM coop_ballot WHERE version_id = %s RETURNING choice, candidates", [version.id])
        ballots = cr.fetchall()
        random.SystemRandom().shuffle(ballots)
        for choice, candidates in ballots:
            self._drop_secret_ballot(version, choice, candidates)
        for elector_id in sorted(version.elector_ids.ids):
            cr.execute("UPDATE coop_elector SET voted = voted WHERE id = %s", [elector_id])

    # ------------------------------------------------------------
    # The register
    # ------------------------------------------------------------

    def _prepare_entry(self, version, how):
        """What the register keeps of a vote: numbers, codes and dates, no names."""
        return {
            'decision': self.id,
            'version': version.number,
            'body': self.committee_id.id,
            'terms': version.terms,
            'opened': fields.Datetime.to_string(version.date_opened),
            'closed': fields.Datetime.to_string(version.date_closed),
            'how': how,
            'round': version.round_number,
            'roll': [{
                'elector': elector.partner_id.id,
                'recused': elector.recused,
                'represented_by': elector.represented_by_id.partner_id.id,
                'voted': elector.voted,
            } for elector in version.elector_ids.sorted(lambda elector: elector.partner_id.id)],
            'candidates': sorted(version.candidate_ids.ids),
            'result': version.result,
            'outcome': version.outcome,
            'covered': version.covered or False,
            'rule': self.rule_id.id,
            'document': [self.res_model, self.res_id] if self.res_id else False,
            'subject_sha256': register_rules.digest_of_text(self.name),
            'proposal_sha256': register_rules.digest_of_text(version.proposal or ""),
            'ballots_sha256': register_rules.digest_of_ballots(version.ballot_ids._get_canonical_texts()),
        }

    def _prepare_entry_names(self, version):
        partners = version.elector_ids.partner_id | version.candidate_ids | self.proposer_id
        people = {f'partner:{partner.id}': partner.name for partner in partners}
        return {'subject': self.name, 'body': self.committee_id.name, **people}

    # ------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------

    def _on_closed(self):
        """What a closing brings about, whatever its result; with all rights, in the closing's transaction."""

    def _on_adopted(self):
        """What an adopted decision brings about; with all rights, in the closing's transaction."""


def _close_after_commit(registry, decision_id):
    """Close the vote of this decision if all have voted, now that what they voted is committed."""
    def close():
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            retrying(env['coop.decision'].browse(decision_id)._close_if_complete, env)

    try:
        coalesced((registry.db_name, decision_id), close)
    except Exception:  # the vote is cast: who cast it must not read an error
        _logger.exception("Decision %s could not be closed after its last vote: the scheduled job does it.", decision_id)
