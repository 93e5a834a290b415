from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..tools import clock
from .common import TODAY
from .decisions import DecisionCommon


@tagged('post_install', '-at_install')
class TestDecisionElection(DecisionCommon):
    """An election fills seats; a tie is said and leads to another round; mandates follow."""

    def test_a_secret_election_of_one_gives_the_mandate_and_ends_the_old_one(self):
        decision = self._elect(self.election_one, self.memberships[2:5], seat_role='chair')
        self.assertEqual(decision.outgoing_mandate_ids, self.lea.mandate_ids.filtered(lambda m: m.committee_id == self.board))
        self._name(decision, [3, 3, 3, 3, 3, 2, 2, 4, None])
        self.assertEqual(decision.state, 'adopted')
        self.assertEqual(decision.elected_ids, self.memberships[3].partner_id)
        self.assertIn("Elected: Member 4.", decision.outcome_text)
        seat = self._seats(self.memberships[3])
        self.assertEqual(seat.role, 'chair')
        before = self._seats(self.lea)
        self.assertEqual(seat.date_from, before.date_to + timedelta(days=1), "One ends when the other starts.")
        self.assertFalse(self._sealed(decision).ballot_ids.elector_id)

    def test_a_chair_since_earlier_leaves_at_once(self):
        seat = self._seats(self.lea)
        seat.date_from = TODAY - timedelta(days=30)
        decision = self._elect(self.election_one, self.memberships[3], seat_role='chair')
        self._name(decision, [3] * 9)
        self.assertEqual((seat.date_to, self._seats(self.memberships[3]).date_from), (TODAY - timedelta(days=1), TODAY))
        self.assertEqual(self.board.chair_id, self.memberships[3].partner_id)

    def test_without_a_majority_the_next_round_is_between_the_first_two(self):
        decision = self._elect(self.election_one, self.memberships[2:5])
        self._name(decision, [2, 2, 2, 2, 3, 3, 3, 4, 4])
        self.assertEqual(decision.state, 'tied')
        self.assertIn("No majority: another round decides between Sofia Petit and Member 4.", decision.outcome_text)
        self.assertFalse(decision.elected_ids)
        decision.action_open_vote()
        self.assertEqual(decision.version_id.round_number, 2)
        self.assertEqual(decision.candidate_ids, self.memberships[2:4].partner_id)
        with self.assertRefused(UserError, "Choose among the candidates"):
            decision.with_user(self.members[0]).cast_vote(self.memberships[4].partner_id.id)
        self._name(decision, [2, 2, 2, 2, 2, 3, 3, 3, 3])
        self.assertEqual(decision.elected_ids, self.memberships[2].partner_id)

    def test_a_tie_for_the_last_seat_is_voted_again_among_the_tied(self):
        decision = self._elect(self.election_several, self.memberships[3:6], seats=2)
        self._name(decision, [[3], [3], [3], [3, 4], [3, 5], [4], [5], [3], [3]])
        self.assertEqual(decision.state, 'tied')
        self.assertEqual(decision.elected_ids, self.memberships[3].partner_id)
        self.assertTrue(self._seats(self.memberships[3]), "Who is clearly elected sits already.")
        decision.action_open_vote()
        self.assertEqual(decision.candidate_ids, self.memberships[4:6].partner_id)
        self.assertEqual(decision.version_id.seats, 1)
        self._name(decision, [[4]] * 5 + [[5]] * 4)
        self.assertEqual(decision.state, 'adopted')
        self.assertEqual(decision.elected_ids, self.memberships[3:5].partner_id)

    def test_fewer_candidates_than_seats_leaves_seats_free_and_says_so(self):
        decision = self._elect(self.election_several, self.memberships[3:5], seats=3)
        self._name(decision, [[3, 4]] * 6 + [[3]] * 3)
        self.assertEqual(decision.state, 'adopted')
        self.assertEqual(decision.elected_ids, self.memberships[3:5].partner_id)
        self.assertIn("Seats that stay free: 1.", decision.outcome_text)

    def test_an_election_of_which_all_ballots_are_blank_elects_nobody(self):
        decision = self._elect(self.election_one, self.memberships[3])
        self._name(decision, [None] * 9)
        self.assertEqual(decision.state, 'rejected')
        self.assertIn("Nobody is elected.", decision.outcome_text)

    def test_a_ballot_names_candidates_once_and_no_more_than_there_are_seats(self):
        decision = self._elect(self.election_one, self.memberships[2:5])
        voter = decision.with_user(self.members[0])
        one, two = self.memberships[2:4].partner_id.ids
        for choice, sentence in (
            ([one, two], "Choose 1 at most"), ([one, one], "each of them once"), (self.lea.partner_id.id, "Choose among"),
            ('yes', "Choose among"), ([], "Choose among"), (True, "Choose among"), (None, "Choose among"),
            ({one: 1}, "Choose among"),
        ):
            with self.assertRefused(UserError, sentence):
                voter.cast_vote(choice)
        voter.cast_vote(one)

    def test_members_stand_themselves_until_the_vote_opens(self):
        decision = self._propose(self.election_one, self.chair, seat_committee_id=self.board.id, seat_role='secretary')
        decision.with_user(self.members[4]).action_stand()
        decision.with_user(self.members[5]).action_stand()
        decision.with_user(self.members[5]).action_stand_down()
        self.assertEqual(decision.candidate_ids, self.members[4].partner_id)
        with self.assertRefused(AccessError, "Only active members"):
            decision.with_user(self.facilitator).action_stand()
        decision.action_open_vote()
        with self.assertRefused(UserError, "list of candidates is closed"):
            decision.with_user(self.members[6]).action_stand()

    def test_which_seat_an_election_fills_is_asked_and_not_guessed(self):
        form = Form(self.env['coop.decision'].with_user(self.members[3]))
        form.name, form.proposal, form.method_id = "Elect a secretary", "<p>Who?</p>", self.election_one
        self.assertFalse(form.seat_committee_id or form.seat_role)
        with self.assertRaises(AssertionError):
            form.save()
        form.seat_committee_id, form.seat_role = self.board, 'secretary'
        decision = form.save()
        self.assertEqual((decision.seat_committee_id, decision.seat_role), (self.board, 'secretary'))
        unsaid = self._propose(self.election_one, self.members[3])
        with self.assertRefused(UserError, "Say first on which body"):
            unsaid.action_open_vote()

    def test_an_election_without_a_list_does_not_open(self):
        decision = self._propose(self.election_one, self.chair, seat_committee_id=self.board.id, seat_role='member')
        with self.assertRefused(UserError, "Nobody stands"):
            decision.action_open_vote()

    def test_an_election_without_candidates_goes_from_reasons_to_consent(self):
        decision = self._propose(self.election_consent, self.chair, seat_committee_id=self.board.id, seat_role='treasurer')
        nominee = self.memberships[6].partner_id
        for user in self.members[:3]:
            decision.with_user(user).action_nominate(nominee.id, "Counts well")
        decision.with_user(self.members[0]).action_nominate(nominee.id, "Counts well and explains it")
        self.assertEqual(len(decision.nomination_ids), 3, "One nomination each; the second replaces the first.")
        with self.assertRefused(UserError, "Say why"):
            decision.with_user(self.members[4]).action_nominate(nominee.id, " ")
        with self.assertRefused(UserError, "active member"):
            decision.with_user(self.members[4]).action_nominate(self.chloe.partner_id.id, "She is good")
        with self.assertRefused(AccessError, "Who votes"):
            decision.with_user(self.facilitator).action_nominate(nominee.id, "Counts well")
        decision.candidate_ids = [Command.set(nominee.ids)]
        decision.action_open_vote()
        self._vote(decision, {'consent': 9})
        self.assertEqual(decision.elected_ids, nominee)
        self.assertEqual(self._seats(self.memberships[6]).role, 'treasurer')
        self.assertIn("no objection, Member 7 is elected", decision.outcome_text)

    def test_someone_elected_who_has_left_meanwhile_does_not_undo_the_vote(self):
        decision = self._elect(self.election_one, self.memberships[8])
        self.memberships[8].action_leave(reason="Found a job", date=date(2026, 1, 15))
        self._name(decision, [8] * 8)
        clock.at(decision, date(2026, 1, 17)).with_user(self.facilitator).action_close_vote()
        self.assertEqual(decision.state, 'adopted')
        self.assertIn("the mandate could not be given", "".join(decision.message_ids.mapped('body')))
        self.assertFalse(self._seats(self.memberships[8]))

    def test_the_elected_get_the_doors_of_their_body(self):
        self.board.template_id.access_group_ids = self.env.ref('sales_team.group_sale_salesman')
        decision = self._elect(self.election_one, self.memberships[7])
        self.assertFalse(self.members[7].has_group('sales_team.group_sale_salesman'))
        self._name(decision, [7] * 9)
        self.assertTrue(self.members[7].has_group('sales_team.group_sale_salesman'))

    # ------------------------------------------------------------

    def _elect(self, method, candidates, **values):
        decision = self._propose(method, self.chair, **{
            'name': "Election to the board", 'proposal': "<p>Who sits on the board?</p>", 'seat_committee_id': self.board.id,
            'seat_role': 'member', 'candidate_ids': [Command.set(candidates.partner_id.ids)], **values})
        decision.action_open_vote()
        return decision

    def _name(self, decision, choices):
        """Each member in turn names members by their rank, or leaves the ballot blank."""
        for user, choice in zip(self.members, choices, strict=False):
            ranks = choice if isinstance(choice, list) else [choice]
            decision.with_user(user).cast_vote(
                'abstain' if choice is None else [self.memberships[rank].partner_id.id for rank in ranks])

    def _seats(self, membership):
        return membership.mandate_ids.filtered(lambda mandate: mandate.committee_id == self.board)
