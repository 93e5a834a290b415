from datetime import date, timedelta
from functools import partial
from itertools import count
from unittest.mock import patch

from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.fields import Command, Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.coop_decision_closing import _close_after_commit
from ..tools import guard
from .concurrency import ConcurrencyCase

NUMBERS = count()


@tagged('post_install', '-at_install', '-standard', 'concurrency')
class TestDecisionConcurrency(ConcurrencyCase):
    """One person, one vote; every vote is counted or refused; a close is whole or has not been."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._remove_all)

    # ------------------------------------------------------------
    # Votes at once
    # ------------------------------------------------------------

    def test_a_hundred_vote_at_the_same_moment_and_nobody_reads_an_error(self):
        decision_id, uids = self._open_vote(100)
        outcomes = self._at_once(
            *[partial(self._cast, decision_id, 'yes' if rank % 3 else 'no') for rank in range(100)], uids=uids, retry=False)
        self.assertEqual(set(outcomes), {None})
        with self._transaction() as env:
            decision = env['coop.decision'].browse(decision_id)
            self.assertEqual(len(decision.ballot_ids), 100)
            self.assertEqual(decision.ballot_ids.elector_id, decision.elector_ids)
            self.assertEqual(decision.state, 'adopted', "The last of them closed it, once their votes were there to be seen.")
            self.assertEqual(decision.version_id.result['voted'], 100)
            self.assertEqual(env['coop.register.entry'].search_count([('decision_id', '=', decision_id)]), 1)

    def test_a_hundred_vote_in_secret_at_the_same_moment(self):
        decision_id, uids = self._open_vote(100, is_secret=True)
        outcomes = self._at_once(*[partial(self._cast, decision_id, 'yes')] * 100, uids=uids, retry=False)
        self.assertEqual(set(outcomes), {None})
        with self._transaction() as env:
            decision = env['coop.decision'].browse(decision_id)
            self.assertEqual(len(decision.ballot_ids), 100)
            self.assertEqual(decision.version_id.result['yes'], 100)

    def test_one_member_from_ten_connections_has_one_ballot(self):
        for is_secret in (False, True):
            with self.subTest(is_secret=is_secret):
                decision_id, uids = self._open_vote(3, is_secret=is_secret)
                outcomes = self._at_once(
                    *[partial(self._cast, decision_id, 'yes' if rank % 2 else 'no') for rank in range(10)], uids=uids[:1] * 10)
                refused = [outcome for outcome in outcomes if outcome]
                self.assertEqual(len(refused), 9 if is_secret else 0, "A secret ballot is cast once; an open vote is changed.")
                for refusal in refused:
                    self.assertIsInstance(refusal, UserError)
                with self._transaction() as env:
                    self.assertEqual(len(env['coop.decision'].browse(decision_id).ballot_ids), 1)

    def test_two_who_lend_their_voice_to_one_person_at_once_stay_within_the_limit(self):
        decision_id, uids = self._open_vote(4)
        with self._transaction() as env:
            holder = self._elector(env, decision_id, uids[0]).id
        outcomes = self._at_once(
            *[lambda env: env['coop.decision'].browse(decision_id).action_give_proxy(holder)] * 3, uids=uids[1:])
        self.assertEqual(len([outcome for outcome in outcomes if outcome is None]), 1, outcomes)
        with self._transaction() as env:
            electors = env['coop.decision'].browse(decision_id).elector_ids
            self.assertEqual(len(electors.filtered('represented_by_id')), 1)

    # ------------------------------------------------------------
    # Votes and a close
    # ------------------------------------------------------------

    def test_a_close_during_the_votes_loses_none_and_lets_none_in_afterwards(self):
        decisions, uids = self._open_votes(50, voters=7)
        # Five decisions at a time, so that those who wait for another try wait together.
        for batch in range(0, 50, 5):
            actions, whos = [], []
            for rank, decision_id in enumerate(decisions[batch:batch + 5]):
                cast = [(partial(self._cast, decision_id, 'yes'), uid) for uid in uids[:6]]
                cast.insert((batch + rank) % 7, (self._close_now(decision_id), SUPERUSER_ID))
                actions += [action for action, _uid in cast]
                whos += [uid for _action, uid in cast]
            outcomes = self._at_once(*actions, uids=whos)
            for rank, decision_id in enumerate(decisions[batch:batch + 5]):
                own = outcomes[7 * rank:7 * rank + 7]
                self.assertIsNone(own.pop((batch + rank) % 7), "The close itself goes through.")
                self._assert_each_vote_is_counted_or_refused(decision_id, own)

    def _assert_each_vote_is_counted_or_refused(self, decision_id, outcomes):
        for outcome in outcomes:
            if outcome is not None:
                self.assertIsInstance(outcome, UserError, outcome)
                self.assertIn("is not open", str(outcome))
        cast = outcomes.count(None)
        with self._transaction() as env:
            decision = env['coop.decision'].browse(decision_id)
            self.assertNotEqual(decision.state, 'voting')
            self.assertEqual(len(decision.ballot_ids), cast, "Who read no error has a ballot, who read one has none.")
            self.assertEqual(decision.version_id.result['voted'], cast, "All of them were counted.")
            self.assertEqual(decision.elector_ids.mapped('voted').count(True), cast)

    def test_a_vote_that_is_changed_during_the_close_is_counted_as_it_stands(self):
        decisions, uids = self._open_votes(10, voters=3)
        for decision_id in decisions:
            with self._transaction(uids[0]) as env:
                self._cast(decision_id, 'yes', env)
        outcomes = self._at_once(
            *[action for decision_id in decisions
              for action in (partial(self._cast, decision_id, 'no'), self._close_now(decision_id))],
            uids=[uids[0], SUPERUSER_ID] * 10)
        for decision_id, changed in zip(decisions, outcomes[::2], strict=True):
            with self._transaction() as env:
                decision = env['coop.decision'].browse(decision_id)
                self.assertEqual(decision.ballot_ids.choice, 'no' if changed is None else 'yes')
                self.assertEqual(decision.version_id.result[decision.ballot_ids.choice], 1)

    def test_a_close_whose_sight_is_older_than_a_vote_starts_again(self):
        for before, choice in ((None, 'yes'), ('yes', 'no')):
            with self.subTest(before=before):
                decision_id, uids = self._open_vote(3)
                if before:
                    with self._transaction(uids[0]) as env:
                        self._cast(decision_id, before, env)
                tries = []

                def close(env, decision_id=decision_id, uid=uids[0], choice=choice, tries=tries):
                    decision = env['coop.decision'].browse(decision_id)
                    decision.read(['state'])  # here this transaction takes its sight of the database
                    tries.append(1)
                    if len(tries) == 1:
                        with self._transaction(uid) as voter:
                            self._cast(decision_id, choice, voter)
                    decision._close_vote('hand')

                self.assertEqual(self._at_once(close), [None])
                self.assertEqual(len(tries), 2)
                with self._transaction() as env:
                    self.assertEqual(env['coop.decision'].browse(decision_id).version_id.result[choice], 1)

    def test_two_closes_at_once_give_one_result_and_one_number(self):
        decision_id, uids = self._open_vote(3)
        for uid in uids[:2]:
            with self._transaction(uid) as env:
                self._cast(decision_id, 'yes', env)
        outcomes = self._at_once(*[lambda env: env['coop.decision'].browse(decision_id).action_close_vote()] * 2)
        self.assertEqual(len([outcome for outcome in outcomes if outcome is None]), 1, outcomes)
        with self._transaction() as env:
            entries = env['coop.register.entry'].search([('decision_id', '=', decision_id)])
            self.assertEqual(entries.mapped('number'), [1])

    def test_two_decisions_that_close_at_once_get_two_numbers(self):
        first, _uids = self._open_vote(3)
        with self._transaction() as env:
            second = self._propose(env, env['coop.decision'].browse(first).committee_id)
            second.action_open_vote()
            second_id = second.id
        outcomes = self._at_once(self._close_now(first), self._close_now(second_id))
        self.assertEqual(outcomes, [None, None])
        with self._transaction() as env:
            entries = env['coop.register.entry'].search([('decision_id', 'in', [first, second_id])])
            self.assertEqual(sorted(entries.mapped('number')), [1, 2])
            self.assertFalse(entries.register_id._verify())

    # ------------------------------------------------------------
    # A killed server
    # ------------------------------------------------------------

    def test_a_server_that_is_killed_during_a_close_leaves_it_open_or_closed_and_never_between(self):
        points = {
            'counted': ('coop.decision', '_count'),
            'ballots written again': ('coop.decision', '_forget_order'),
            'entered in the register': ('coop.register', '_append'),
            'before its consequences': ('coop.decision', '_on_closed'),
            'just before the commit': ('coop.decision', '_notify_closed'),
        }
        for point, (model, method) in points.items():
            with self.subTest(killed=point):
                decision_id, uids = self._open_vote(3, is_secret=True)
                for uid in uids[:2]:
                    with self._transaction(uid) as env:
                        self._cast(decision_id, 'yes', env)
                self._close_and_be_killed(decision_id, model, method)
                with self._transaction() as env:
                    decision = env['coop.decision'].browse(decision_id)
                    self.assertEqual(decision.state, 'voting')
                    self.assertEqual(len(decision.ballot_ids), 2, "All its ballots are there.")
                    self.assertFalse(env['coop.register.entry'].search([('decision_id', '=', decision_id)]))
                # After the restart the last one votes, and the decision closes as if nothing had been.
                with self._transaction(uids[2]) as env:
                    self._cast(decision_id, 'no', env)
                with self._transaction() as env:
                    decision = env['coop.decision'].browse(decision_id)
                    self.assertEqual((decision.state, decision.version_id.result['voted']), ('adopted', 3))
                    entry = env['coop.register.entry'].search([('decision_id', '=', decision_id)])
                    self.assertEqual(entry.number, 1, "No number was lost.")
                    self.assertFalse(entry.register_id._verify())
                self._remove_all()

    def test_a_server_that_is_killed_between_the_last_vote_and_the_close_is_made_up_for_by_the_scheduled_job(self):
        decision_id, uids = self._open_vote(2)
        with patch.object(self.registry['coop.decision'], '_close_when_complete', lambda decision: None):
            for uid in uids:
                with self._transaction(uid) as env:
                    self._cast(decision_id, 'yes', env)
        with self._transaction() as env:
            self.assertEqual(env['coop.decision'].browse(decision_id).state, 'voting')
        with self._transaction() as env:
            env['coop.decision']._cron_votes()
        with self._transaction() as env:
            self.assertEqual(env['coop.decision'].browse(decision_id).state, 'adopted')

    def test_a_close_that_fails_does_not_keep_the_others_waiting(self):
        broken, _uids = self._open_vote(2)
        with self._transaction() as env:
            body = env['coop.decision'].browse(broken).committee_id
            other = self._propose(env, body)
            other.action_open_vote()
            other_id = other.id
            guard.sealed(env['coop.decision'].browse([broken, other_id])).date_deadline = Datetime.now() - timedelta(hours=1)
        close = self.registry['coop.decision']._close_vote

        def fail_once(decision, how):
            if decision.id == broken:
                raise ValueError("something unforeseen")
            return close(decision, how)

        with (patch.object(self.registry['coop.decision'], '_close_vote', fail_once),
              mute_logger('odoo.addons.inocoop_coop.models.coop_decision_closing'), self._transaction() as env):
            env['coop.decision']._cron_votes()
        with self._transaction() as env:
            self.assertEqual(env['coop.decision'].browse(broken).state, 'voting')
            self.assertNotEqual(env['coop.decision'].browse(other_id).state, 'voting')

    def test_a_vote_is_not_undone_by_a_close_that_fails_after_it(self):
        decision_id, uids = self._open_vote(1)
        with (patch.object(self.registry['coop.decision'], '_close_vote', side_effect=ValueError("unforeseen")),
              mute_logger('odoo.addons.inocoop_coop.models.coop_decision_closing'),
              self._transaction(uids[0]) as env):
            self._cast(decision_id, 'yes', env)
        with self._transaction() as env:
            self.assertEqual(len(env['coop.decision'].browse(decision_id).ballot_ids), 1)
        _close_after_commit(self.registry, decision_id)
        with self._transaction() as env:
            self.assertEqual(env['coop.decision'].browse(decision_id).state, 'adopted')

    # ------------------------------------------------------------

    @staticmethod
    def _cast(decision_id, choice, env):
        env['coop.decision'].browse(decision_id).cast_vote(choice)

    @staticmethod
    def _close_now(decision_id):
        return lambda env: env['coop.decision'].browse(decision_id)._close_vote('hand')

    @staticmethod
    def _elector(env, decision_id, uid):
        partner = env['res.users'].browse(uid).partner_id
        return env['coop.decision'].browse(decision_id).elector_ids.filtered(lambda elector: elector.partner_id == partner)

    def _open_vote(self, voters, is_secret=False):
        """A body of so many people in a cohort of its own, whose vote is open.

        :return: the decision's number and the voters' users
        """
        mark = f"Voted at once {next(NUMBERS)}"
        today = date.today()
        with self._transaction() as env:
            program = env['coop.program'].create({'name': mark, 'duration': 6, 'seats': voters})
            cohort = guard.sealed(env['coop.cohort']).create({
                'name': mark, 'program_id': program.id, 'date_start': today, 'facilitator_id': False, 'state': 'running'})
            users = env['res.users'].with_context(no_reset_password=True).create([{
                'name': f"{mark}, {rank}", 'login': f"{mark} {rank}",
                'group_ids': [Command.set(env.ref('inocoop_coop.group_member').ids)],
            } for rank in range(voters)])
            guard.sealed(env['coop.membership']).create([{
                'name': user.name, 'cohort_id': cohort.id, 'partner_id': user.partner_id.id, 'user_id': user.id,
                'state': 'active',
                'birthdate': date(today.year - 20, 1, 1), 'date_start': cohort.date_start, 'date_end': cohort.date_end,
            } for user in users])
            body = env['coop.committee'].create({'name': mark, 'kind': 'assembly', 'cohort_id': cohort.id})
            env['coop.mandate'].create([{
                'committee_id': body.id, 'partner_id': user.partner_id.id} for user in users])
            decision = self._propose(env, body)
            if is_secret:
                decision.method_id = env['coop.voting.method'].create({
                    'name': mark, 'kind': 'majority', 'is_secret': True, 'program_id': program.id})
            decision.action_open_vote()
            self.watched = ('coop.decision', decision.id)
            return decision.id, users.ids

    def _open_votes(self, number, voters):
        """So many votes of one body, every other one secret.

        :return: the decisions' numbers and the voters' users
        """
        first, uids = self._open_vote(voters)
        with self._transaction() as env:
            body = env['coop.decision'].browse(first).committee_id
            secret = env['coop.voting.method'].create({
                'name': "Secret", 'kind': 'majority', 'is_secret': True, 'program_id': body.cohort_id.program_id.id})
            decisions = env['coop.decision'].union(*(self._propose(env, body) for _ in range(number)))
            decisions[::2].method_id = secret
            decisions.action_open_vote()
            return decisions.ids, uids

    @staticmethod
    def _propose(env, body):
        decision = env['coop.decision'].create({
            'name': body.name, 'proposal': "<p>All at once</p>", 'committee_id': body.id,
            'method_id': env.ref('inocoop_coop.voting_method_simple').id})
        decision.action_submit()
        return decision

    def _close_and_be_killed(self, decision_id, model, method):
        self._do_and_be_killed(self._close_now(decision_id), model, method)

    def _remove_all(self):
        """What was committed goes, past the rules that keep it: below the ORM where that refuses for good."""
        with self._transaction() as env:
            cohorts = guard.sealed(env['coop.cohort'].with_context(active_test=False, _force_unlink=True)).search(
                [('name', '=like', "Voted at once%")])
            users = cohorts.membership_ids.user_id
            env.cr.execute("DELETE FROM coop_register_entry WHERE cohort_id = ANY(%s)", [cohorts.ids])
            env.cr.execute("DELETE FROM coop_register WHERE cohort_id = ANY(%s)", [cohorts.ids])
            env.cr.execute("DELETE FROM coop_decision WHERE cohort_id = ANY(%s)", [cohorts.ids])
            env.invalidate_all()
            programs = cohorts.program_id
            cohorts.mandate_ids.unlink()
            cohorts.membership_ids.unlink()
            cohorts.committee_ids.unlink()
            cohorts.unlink()
            env['coop.voting.method'].with_context(active_test=False).search([('program_id', 'in', programs.ids)]).unlink()
            partners = users.partner_id
            users.unlink()
            partners.unlink()
            programs.unlink()
