from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import clock
from .decisions import DecisionCommon


@tagged('post_install', '-at_install')
class TestDecisionVoting(DecisionCommon):
    """Who may vote, for whom, until when, and what is said of it meanwhile."""

    def test_an_open_vote_may_be_changed_until_it_closes(self):
        decision = self._open(self.simple)
        voter = decision.with_user(self.members[0])
        voter.cast_vote('yes')
        voter.cast_vote('no')
        ballots = self._sealed(decision).ballot_ids
        self.assertEqual(ballots.mapped('choice'), ['no'], "One person, one vote.")
        self.assertEqual(voter.my_ballot['voices'][0]['choice'], 'no')
        decision.with_user(self.chair).action_close_vote()
        with self.assertRefused(UserError, "is not open"):
            voter.cast_vote('yes')

    def test_a_choice_that_is_none_of_this_vote_is_refused(self):
        decision = self._open(self.simple)
        voter = decision.with_user(self.members[0])
        for choice in ('consent', 'maybe', '', None, 5, ['yes'], {'yes': 1}, True):
            with self.assertRefused(UserError, "no answer to"):
                voter.cast_vote(choice)
        self.assertFalse(self._sealed(decision).ballot_ids)

    def test_an_objection_needs_a_reason(self):
        decision = self._open(self.consent)
        for reason in (None, "", "   ", 5):
            with self.assertRefused(UserError, "needs a reason"):
                decision.with_user(self.members[0]).cast_vote('objection', reason)

    def test_who_sat_there_when_the_vote_opened_votes_and_nobody_else(self):
        decision = self._open(self.simple, self.chair, self.board)
        with self.assertRefused(AccessError, "You have no vote"):
            decision.with_user(self.members[5]).cast_vote('yes')
        with self.assertRefused(AccessError, "You have no vote"):
            decision.with_user(self.facilitator).cast_vote('yes')
        with self.assertRaises(AccessError):
            decision.with_user(self.chloe.user_id).cast_vote('yes')
        # Later changes of the body change nothing.
        self._seat(self.board, self.memberships[5])
        self.yanis.mandate_ids.filtered(lambda mandate: mandate.committee_id == self.board).action_end()
        with self.assertRefused(AccessError, "You have no vote"):
            decision.with_user(self.members[5]).cast_vote('yes')
        decision.with_user(self.secretary).cast_vote('yes')
        self.assertEqual(len(decision.elector_ids), 3)

    def test_nobody_votes_after_the_deadline_though_nothing_has_closed_it_yet(self):
        decision = self._open(self.simple)
        later = clock.at(decision, decision.date_deadline + timedelta(seconds=1))
        with self.assertRefused(UserError, "ended at its deadline"):
            later.with_user(self.members[0]).cast_vote('yes')
        self.assertFalse(later.with_user(self.members[0]).my_ballot)

    def test_the_deadline_closes_the_vote(self):
        decision = self._open(self.simple)
        self._vote(decision, {'yes': 4, 'no': 1})
        at = decision.date_deadline + timedelta(minutes=1)
        clock.at(decision.sudo(), at)._keep_vote(at)
        self.assertEqual(decision.state, 'adopted')
        self.assertEqual(decision.date_closed, at)

    def test_silence_at_the_deadline_counts_as_the_method_says(self):
        for silence, state in (('consent', 'adopted'), ('nothing', 'no_quorum')):
            with self.subTest(silence=silence):
                self.consent.silence = silence
                self.consent.quorum_numerator = 0 if silence == 'consent' else 1
                decision = self._open(self.consent)
                self._vote(decision, {'consent': 3})
                at = decision.date_deadline + timedelta(minutes=1)
                clock.at(decision.sudo(), at)._keep_vote(at)
                self.assertEqual(decision.state, state)

    def test_nobody_reads_how_others_vote_before_the_close(self):
        decision = self._open(self.simple)
        self._vote(decision, {'yes': 2, 'no': 2})
        for reader in (self.members[0], self.chair, self.facilitator, self.manager, self.env.ref('base.user_admin')):
            ballots = self.env['coop.ballot'].with_user(reader).search([('decision_id', '=', decision.id)])
            self.assertFalse(ballots.filtered(lambda ballot, me=reader.partner_id: ballot.elector_id.partner_id != me))
            groups = self.env['coop.ballot'].with_user(reader)._read_group(
                [('decision_id', '=', decision.id)], ['choice'], ['__count'])
            self.assertLessEqual(sum(count for _choice, count in groups), 1)
            self.assertFalse(decision.with_user(reader).outcome_text)
        decision.with_user(self.chair).action_close_vote()
        self.assertEqual(len(decision.with_user(self.members[8]).ballot_ids), 4, "An open vote can be read afterwards.")

    def test_an_objection_is_said_to_everyone_at_once(self):
        decision = self._open(self.consent)
        self._vote(decision, {'consent': 1, 'objection': 1})
        read = self.env['coop.ballot'].with_user(self.members[7]).search([('decision_id', '=', decision.id)])
        self.assertEqual(read.mapped('reason'), ["It would do harm"])
        self.assertEqual(
            decision.with_user(self.members[7]).objection_text, f"Objection of {self.members[1].name}: It would do harm")

    def test_participation_is_shown_from_three_votes_on(self):
        decision = self._open(self.simple)
        reader = decision.with_user(self.members[8])
        self._vote(decision, {'yes': 2})
        self.assertEqual(reader.participation, "9 may vote")
        self.assertFalse(reader.participation_shown, "An empty box must not look like a no: the column is not there.")
        self.assertFalse(any(reader.elector_ids.mapped('has_voted')))
        own = decision.with_user(self.members[0])
        self.assertEqual(own.elector_ids.filtered('has_voted').partner_id, self.members[0].partner_id)
        self._vote(decision, {'yes': 3})
        decision.invalidate_recordset()
        reader.elector_ids.invalidate_recordset()
        self.assertEqual(reader.participation, "3 of 9 have voted")
        self.assertTrue(reader.participation_shown)
        self.assertEqual(len(reader.elector_ids.filtered('has_voted')), 3)

    def test_who_has_voted_can_not_be_asked_of_the_column_itself(self):
        decision = self._open(self.simple)
        self._vote(decision, {'yes': 1})
        electors = self.env['coop.elector'].with_user(self.members[8])
        for ask in (lambda: electors.search([('voted', '=', True)]), lambda: electors.search([]).read(['voted']),
                    lambda: electors._read_group([], ['voted'], ['__count']), lambda: electors.search([], order='voted'),
                    lambda: electors.search([('has_voted', '=', True)])):
            # Whatever it is refused with: as a field without access, or as one that can't be searched.
            with self.assertRaises(Exception), mute_logger('odoo.domains'):  # noqa: B017
                ask()

    def test_a_vote_that_was_cast_stays_within_reach_until_it_closes(self):
        decision, secret = self._open(self.simple), self._open(self.simple.copy({'name': "Secret", 'is_secret': True}))
        cohort = self.autumn.with_user(self.members[0])
        self.assertEqual((cohort.awaiting_decision_ids, cohort.voted_decision_ids), (secret + decision, decision.browse()))
        for each in (decision, secret):
            each.with_user(self.members[0]).cast_vote('yes')
        cohort.invalidate_recordset()
        self.assertFalse(cohort.awaiting_decision_ids)
        self.assertEqual(cohort.voted_decision_ids, decision, "A secret vote can't be changed.")
        self.assertFalse(self.autumn.with_user(self.members[1]).voted_decision_ids)

    def test_what_awaits_someone_is_found(self):
        first = self._open(self.simple)
        second = self._open(self.simple, self.chair, self.board)
        decisions = self.env['coop.decision']
        self.assertEqual(decisions.with_user(self.members[0]).search([('awaits_me', '=', True)]), second | first)
        self.assertEqual(decisions.with_user(self.members[5]).search([('awaits_me', '=', True)]), first)
        first.with_user(self.members[5]).cast_vote('yes')
        self.assertFalse(decisions.with_user(self.members[5]).search([('awaits_me', '=', True)]))
        self.assertFalse(first.with_user(self.members[5]).awaits_me)
        self.assertTrue(second.with_user(self.members[0]).awaits_me)

    # ------------------------------------------------------------
    # Proxies and recusals
    # ------------------------------------------------------------

    def test_someone_who_has_a_proxy_votes_twice_and_it_is_recorded(self):
        decision = self._open(self.simple)
        holder, away = self.members[0], self.members[1]
        decision.with_user(away).action_give_proxy(self._elector(decision, holder).id)
        with self.assertRefused(UserError, "votes for you"):
            decision.with_user(away).cast_vote('yes')
        self.assertEqual([voice['name'] for voice in decision.with_user(holder).my_ballot['voices']], ["", away.name])
        decision.with_user(holder).cast_vote('yes')
        decision.with_user(holder).cast_vote('no', on_behalf_of=self._elector(decision, away).id)
        ballots = {ballot.elector_id.partner_id: ballot for ballot in self._sealed(decision).ballot_ids}
        self.assertEqual(ballots[away.partner_id].choice, 'no')
        self.assertEqual(ballots[away.partner_id].cast_by_id.partner_id, holder.partner_id)
        self.assertFalse(ballots[holder.partner_id].cast_by_id)

    def test_one_extra_vote_at_most(self):
        decision = self._open(self.simple)
        holder = self._elector(decision, self.members[0])
        decision.with_user(self.members[1]).action_give_proxy(holder.id)
        with self.assertRefused(UserError, "may for 1 at most"):
            decision.with_user(self.members[2]).action_give_proxy(holder.id)

    def test_a_proxy_is_not_passed_on_nor_given_to_oneself_or_to_who_is_not_on_the_roll(self):
        decision = self._open(self.simple)
        first, second, third = (self._elector(decision, user) for user in self.members[:3])
        decision.with_user(self.members[0]).action_give_proxy(second.id)
        with self.assertRefused(UserError, "is not passed on"):
            decision.with_user(self.members[1]).action_give_proxy(third.id)
        with self.assertRefused(UserError, "does not vote themselves"):
            decision.with_user(self.members[2]).action_give_proxy(first.id)
        for holder in (third.id, 0, None, 10**9, "1"):
            with self.assertRefused(UserError, "choose them on its roll"):
                decision.with_user(self.members[2]).action_give_proxy(holder)

    def test_nobody_votes_for_who_did_not_ask_them(self):
        decision = self._open(self.simple)
        with self.assertRefused(AccessError, "don't represent"):
            decision.with_user(self.members[0]).cast_vote('yes', on_behalf_of=self._elector(decision, self.members[1]).id)

    def test_a_proxy_given_to_someone_who_leaves_is_taken_back(self):
        decision = self._open(self.simple)
        decision.with_user(self.members[1]).action_give_proxy(self._elector(decision, self.members[4]).id)
        self.memberships[4].action_leave(reason="Found a job")
        decision.with_user(self.members[1]).action_take_back_proxy()
        decision.with_user(self.members[1]).cast_vote('yes')
        decision.with_user(self.members[2]).action_give_proxy(self._elector(decision, self.members[1]).id)
        self.assertEqual(len(decision.elector_ids), 9, "The roll stays as it was.")

    def test_a_proxy_is_not_taken_back_once_it_was_used(self):
        decision = self._open(self.simple)
        decision.with_user(self.members[1]).action_give_proxy(self._elector(decision, self.members[0]).id)
        decision.with_user(self.members[0]).cast_vote('yes', on_behalf_of=self._elector(decision, self.members[1]).id)
        with self.assertRefused(UserError, "has voted for you already"):
            decision.with_user(self.members[1]).action_take_back_proxy()

    def test_who_takes_no_part_counts_neither_among_the_entitled_nor_the_present(self):
        decision = self._open(self.unanimity)
        self._vote(decision, {'yes': 8})
        decision.with_user(self.members[8]).action_recuse()
        self.assertEqual(decision.state, 'adopted', "All the others have voted.")
        self.assertIn("8 yes of 8 entitled", decision.outcome_text)

    def test_who_takes_no_part_votes_neither_for_themselves_nor_for_others(self):
        decision = self._open(self.simple)
        decision.with_user(self.members[1]).action_give_proxy(self._elector(decision, self.members[0]).id)
        recused = decision.with_user(self.members[0])
        recused.cast_vote('yes')
        recused.action_recuse()
        self.assertFalse(self._sealed(decision).ballot_ids, "Their open ballot goes.")
        with self.assertRefused(UserError, "take no part"):
            recused.cast_vote('yes')
        self.assertFalse(recused.my_ballot)
        decision.with_user(self.members[1]).cast_vote('no')

    def test_a_vote_of_which_everyone_withdrew_adopts_nothing(self):
        decision = self._open(self.simple, self.chair, self.board)
        for user in (self.members[0], self.members[1], self.members[2]):
            decision.with_user(user).action_recuse()
        self.assertEqual(decision.state, 'voting')
        decision.with_user(self.facilitator).action_close_vote()
        self.assertEqual(decision.state, 'no_quorum')

    # ------------------------------------------------------------
    # Cost
    # ------------------------------------------------------------

    def test_a_list_of_decisions_costs_the_same_queries_when_it_is_twice_as_long(self):
        def read(decisions):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            decisions.with_user(self.members[0]).read(
                ['name', 'my_ballot', 'awaits_me', 'participation', 'elector_count', 'outcome_text', 'is_steward', 'task_count'])
            return self.env.cr.sql_log_count - before
        decisions = self.env['coop.decision'].union(*(self._open(self.simple) for _ in range(8)))
        read(decisions[:4])
        self.assertEqual(read(decisions[:4]), read(decisions))
