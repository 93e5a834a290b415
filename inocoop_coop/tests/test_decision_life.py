from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .decisions import DecisionCommon


@tagged('post_install', '-at_install')
class TestDecisionLife(DecisionCommon):
    """A proposal is written, discussed, amended, voted and closed."""

    def test_a_member_proposes_amends_and_the_group_adopts(self):
        proposer = self.members[3]
        decision = self._propose(self.simple, proposer)
        self.assertEqual(decision.state, 'discussion')
        self.assertEqual(decision.proposer_id, proposer.partner_id)
        decision.action_amend("<p>We buy a mower for 250 euros.</p>", "Cheaper")
        self.assertEqual(decision.version_number, 2)
        self.assertEqual(decision.state, 'discussion')
        self.assertIn("300", decision.version_ids.sorted('number')[0].proposal)
        self.assertIn("250", decision.proposal)
        decision.action_open_vote()
        self.assertEqual(len(decision.elector_ids), 9)
        self._vote(decision, {'yes': 5, 'no': 3, 'abstain': 1})
        self.assertEqual(decision.state, 'adopted', "The last vote closes it.")
        self.assertEqual(decision.outcome_text, "5 yes, 3 no, 1 abstaining: more yes than no, adopted.")

    def test_the_result_says_its_arithmetic_in_words(self):
        decision = self._open(self.absolute)
        self._vote(decision, {'yes': 5, 'no': 2})
        decision.with_user(self.chair).action_close_vote()
        self.assertEqual(
            decision.outcome_text,
            "5 yes of 7 present or represented: more than half, adopted (5 yes, 2 no, 0 abstaining; 4 needed).")

    def test_a_text_that_was_submitted_changes_only_by_amendment(self):
        decision = self._propose(self.simple)
        with self.assertRefused(UserError, "Amend it"):
            decision.proposal = "<p>We buy two.</p>"

    def test_a_draft_without_a_text_is_not_submitted(self):
        decision = self.env['coop.decision'].with_user(self.members[3]).create({
            'name': "Nothing", 'committee_id': self.assembly.id, 'method_id': self.simple.id, 'proposal': "<p><br></p>"})
        with self.assertRefused(UserError, "says nothing yet"):
            decision.action_submit()

    def test_an_objection_stops_a_consent_and_the_second_version_passes(self):
        decision = self._open(self.consent)
        self._vote(decision, {'consent': 8, 'objection': 1})
        self.assertEqual(decision.state, 'rejected')
        self.assertIn("an objection stands", decision.outcome_text)
        decision.action_amend("<p>We rent a mower.</p>", "Nobody could store it")
        decision.action_open_vote()
        self._vote(decision, {'consent': 9})
        self.assertEqual(decision.state, 'adopted')
        first, second = decision.version_ids.sorted('number')
        self.assertEqual((first.outcome, second.outcome), ('rejected', 'adopted'))
        self.assertEqual(len(first.ballot_ids), 9, "The first vote stays beside the second one.")

    def test_an_objection_can_be_answered_while_the_vote_runs(self):
        decision = self._open(self.consent)
        self._vote(decision, {'consent': 2, 'objection': 1})
        decision.action_amend("<p>We rent a mower.</p>", "Nobody could store it")
        self.assertEqual(decision.state, 'discussion')
        kept = decision.version_ids.sorted('number')[0].ballot_ids
        self.assertEqual(kept.mapped('choice'), ['objection'], "What was answered can still be read; the rest was not counted.")

    def test_amending_nothing_does_not_wipe_out_an_objection(self):
        decision = self._open(self.consent)
        self._vote(decision, {'consent': 2, 'objection': 1})
        for same in (decision.proposal, f"<div>  {decision.proposal}</div>"):
            with self.assertRefused(UserError, "The text is the same"):
                decision.action_amend(same, "As it was")
        for reason in (None, "", "  "):
            with self.assertRefused(UserError, "Say in a sentence what the amendment changes"):
                decision.action_amend("<p>We rent a mower.</p>", reason)
        self.assertEqual((decision.state, decision.version_number, len(decision.sudo().ballot_ids)), ('voting', 1, 3))

    def test_in_discussion_an_amendment_changes_the_text_and_may_do_without_a_reason(self):
        decision = self._propose(self.simple)
        with self.assertRefused(UserError, "The text is the same"):
            decision.action_amend(decision.proposal)
        decision.action_amend("<p>We rent a mower.</p>")
        self.assertEqual(decision.version_number, 2)

    def test_closing_is_offered_to_whom_it_is_allowed(self):
        mine, another = self._open(self.simple, self.chair), self._open(self.absolute, self.members[3])
        self.assertTrue(mine.with_user(self.chair).is_officer)
        for user, decision, expected in (
                (self.chair, mine, False), (self.secretary, mine, True), (self.chair, another, True),
                (self.members[3], another, False), (self.facilitator, mine, True)):
            with self.subTest(user=user.login, decision=decision.method_id.name):
                self.assertEqual(decision.with_user(user).can_close, expected)
        self._vote(another, {'yes': 6})
        self.assertEqual(
            another.with_user(self.chair).silence_text,
            "3 people have not voted yet. In this method, silence does not count: the others decide.")
        self.assertFalse(another.with_user(self.members[3]).silence_text)
        another.with_user(self.chair).action_close_vote()
        self.assertFalse(another.with_user(self.chair).can_close)

    def test_what_can_be_voted_on_stands_first_and_a_card_opens_the_page(self):
        quick = self._open(self.simple, duration=72)
        slow = self._open(self.simple, duration=100)
        later = self._propose(self.simple)
        found = self.env['coop.decision'].with_user(self.members[5]).search(
            [('id', 'in', (quick + slow + later).ids)], order='date_awaited, id desc')
        self.assertEqual(found, quick + slow + later)
        self.assertEqual(found[0].action_open()['res_id'], quick.id)
        self._vote(quick, {'yes': 9})
        self.assertFalse(quick.date_awaited)

    def test_a_vote_by_majority_is_not_amended_under_the_voters(self):
        decision = self._open(self.simple)
        with self.assertRefused(UserError, "Close it first"):
            decision.action_amend("<p>Another thing</p>")

    def test_what_is_adopted_is_not_amended(self):
        decision = self._open(self.simple)
        self._vote(decision, {'yes': 9})
        with self.assertRefused(UserError, "is decided"):
            decision.action_amend("<p>Another thing</p>")

    def test_another_member_does_not_touch_what_someone_proposes(self):
        decision = self._propose(self.simple, self.members[3])
        other = decision.with_user(self.members[4])
        for action in (other.action_open_vote, other.action_withdraw, lambda: other.action_amend("<p>No</p>")):
            with self.assertRefused(AccessError, "was proposed by Member 4"):
                action()
        with self.assertRefused(AccessError, "was proposed by Member 4"):
            other.name = "Mine"
        other.message_post(body="I would rather rent one")
        self.assertIn("rather rent", decision.message_ids[0].body)

    def test_the_chair_of_the_board_leads_the_votes_of_the_assembly(self):
        decision = self._propose(self.simple, self.members[3])
        decision.with_user(self.chair).action_open_vote()
        self._vote(decision, {'yes': 5})
        with self.assertRefused(AccessError, "Who proposes does not choose the moment"):
            decision.action_close_vote()
        with self.assertRefused(AccessError, "closes with the last ballot"):
            decision.with_user(self.members[4]).action_close_vote()
        decision.with_user(self.secretary).action_close_vote()
        self.assertEqual(decision.state, 'adopted')

    def test_a_vote_is_on_what_it_was_opened_on(self):
        decision = self._open(self.simple)
        for values in ({'name': "Something else"}, {'method_id': self.consent.id}, {'committee_id': self.board.id}):
            with self.assertRefused(UserError, "stays as it is"):
                decision.write(values)

    def test_changing_a_method_changes_no_vote_that_is_open(self):
        decision = self._open(self.simple)
        self.simple.write({'threshold': 'least', 'numerator': 1, 'denominator': 1, 'base': 'entitled'})
        self._vote(decision, {'yes': 5, 'no': 4})
        self.assertEqual(decision.state, 'adopted')

    def test_what_was_withdrawn_is_over(self):
        decision = self._open(self.simple)
        self._vote(decision, {'yes': 3})
        decision.action_withdraw("The shop closed")
        self.assertEqual(decision.state, 'withdrawn')
        self.assertFalse(self._sealed(decision).ballot_ids, "Nothing of it is counted.")
        with self.assertRefused(UserError, "not open"):
            decision.with_user(self.members[0]).cast_vote('yes')
        with self.assertRefused(UserError, "is closed"):
            decision.action_open_vote()

    def test_a_draft_can_be_deleted_and_what_was_submitted_can_not(self):
        draft = self.env['coop.decision'].with_user(self.members[3]).create({
            'name': "Draft", 'committee_id': self.assembly.id, 'method_id': self.simple.id})
        with self.assertRefused(AccessError, "was proposed by"):
            draft.with_user(self.members[4]).unlink()
        draft.unlink()
        with self.assertRefused(UserError, "was submitted"):
            self._propose(self.simple).unlink()

    def test_nothing_is_decided_in_a_closed_cohort(self):
        decision = self._propose(self.simple)
        self._close(self.autumn)
        with self.assertRefused(UserError, "nothing is decided"):
            decision.with_user(self.facilitator).action_open_vote()

    def test_a_tie_and_a_vote_without_quorum_are_said_and_voted_again(self):
        decision = self._open(self.simple)
        self._vote(decision, {'yes': 4, 'no': 4, 'abstain': 1})
        self.assertEqual(decision.state, 'tied')
        self.assertEqual(decision.outcome_text, "4 yes, 4 no, 1 abstaining: as many yes as no, undecided, to be voted again.")
        decision.action_open_vote()
        self.assertEqual(decision.version_number, 2)
        self._vote(decision, {'yes': 5, 'no': 4})
        self.assertEqual(decision.state, 'adopted')

        decision = self._open(self.absolute)
        self._vote(decision, {'yes': 4})
        decision.with_user(self.chair).action_close_vote()
        self.assertEqual(decision.state, 'no_quorum')
        self.assertEqual(
            decision.outcome_text, "4 of 9 present or represented, 5 needed: no quorum, nothing is decided.")
        decision.action_open_vote()
        self.assertEqual(decision.state, 'voting')

    def test_a_body_in_which_nobody_sits_opens_no_vote(self):
        decision = self._propose(self.simple, self.facilitator, self.finance)
        with self.assertRefused(UserError, "Nobody sits on “Finance committee” with a deliberative voice"):
            decision.action_open_vote()

    def test_consultative_voices_are_heard_and_do_not_vote(self):
        self._seat(self.finance, self.lea, role='chair')
        self._seat(self.finance, self.yanis, voice='consultative')
        decision = self._open(self.simple, self.chair, self.finance)
        self.assertEqual(decision.elector_ids.partner_id, self.lea.partner_id)
        with self.assertRefused(AccessError, "You have no vote"):
            decision.with_user(self.secretary).cast_vote('yes')
