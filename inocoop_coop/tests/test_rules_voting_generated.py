from itertools import combinations
from unittest.mock import patch

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from odoo.tests import BaseCase, tagged

from ..rules.voting import BASES, OUTCOMES, PROCEDURES, SILENCES, THRESHOLDS, Method, count, reached_quorum

# The same cases each time: a suite that fails says so to everybody.
generated = settings(derandomize=True, deadline=None, database=None, max_examples=250)

LARGEST = 120  # electors: more than a cohort, as many as a network's assembly


@st.composite
def fractions(draw, least=0):
    denominator = draw(st.integers(1, 12))
    return draw(st.integers(min(least, denominator), denominator)), denominator


@st.composite
def methods(draw, kinds=('majority', 'consent', 'election')):
    numerator, denominator = draw(fractions(least=1))
    quorum_numerator, quorum_denominator = draw(fractions())
    return Method(
        draw(st.sampled_from(kinds)), threshold=draw(st.sampled_from(THRESHOLDS)), numerator=numerator, denominator=denominator,
        base=draw(st.sampled_from(BASES)), quorum_numerator=quorum_numerator, quorum_denominator=quorum_denominator,
        silence=draw(st.sampled_from(SILENCES)), procedure=draw(st.sampled_from(PROCEDURES)),
        majority_rounds=draw(st.integers(0, 3)))


@st.composite
def votes(draw, kinds=('majority', 'consent', 'election'), absent=0):
    """A method, its ballots, and the rest of what is counted."""
    method = draw(methods(kinds))
    candidates, seats = [], 1
    if method.is_by_names:
        candidates = draw(st.lists(st.integers(1, 99), max_size=5, unique=True))
        seats = draw(st.integers(1, 4))
        most = min(seats if method.procedure == 'rounds' else len(candidates), len(candidates))
        choices = [names for number in range(most + 1) for names in combinations(candidates, number)]
    elif method.is_by_consent:
        choices = ['consent', 'consent', 'objection', 'abstain'] if draw(st.booleans()) else ['consent', 'abstain']
        candidates = [7] if method.kind == 'election' else []
    else:
        choices = ['yes', 'no', 'abstain']
    # Few kinds of ballots, many of each: close results are what goes wrong.
    ballots = [
        choice for choice in draw(st.lists(st.sampled_from(choices), max_size=6))
        for _vote in range(draw(st.integers(1, LARGEST // 6)))
    ]
    present = len(ballots) + draw(st.integers(0, 12))
    numbers = {
        'entitled': present + absent + draw(st.integers(0, 12)), 'present': present, 'candidates': candidates, 'seats': seats,
        'round_number': draw(st.integers(1, 4)),
    }
    return method, ballots, numbers


@tagged('post_install', '-at_install')
class TestVotingGenerated(BaseCase):
    """What holds for every vote, whatever the method, the ballots and the number of people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # It would read the whole of Odoo's source for numbers that are worth a try: many seconds, cases that change
        # with whatever is installed, and a folder left behind where one stands.
        cls.startClassPatcher(patch.object(providers, '_get_local_constants', return_value=providers.Constants()))

    @generated
    @given(vote=votes(), data=st.data())
    def test_the_order_of_the_ballots_does_not_matter(self, vote, data):
        method, ballots, numbers = vote
        shuffled = data.draw(st.permutations(ballots))
        self.assertEqual(count(method, shuffled, **numbers), count(method, ballots, **numbers))

    @generated
    @given(vote=votes(kinds=('election',)), data=st.data())
    def test_the_order_of_the_candidates_does_not_matter(self, vote, data):
        method, ballots, numbers = vote
        shuffled = {**numbers, 'candidates': data.draw(st.permutations(numbers['candidates']))}
        self.assertEqual(count(method, ballots, **shuffled), count(method, ballots, **numbers))

    @generated
    @given(vote=votes())
    def test_the_ballots_add_up_to_who_voted(self, vote):
        method, ballots, numbers = vote
        result = count(method, ballots, **numbers)
        self.assertEqual(result.voted, len(ballots))
        self.assertEqual(result.yes + result.no + result.abstain + result.objections, result.voted)
        self.assertEqual(result.voted + result.silent, result.entitled)
        self.assertLessEqual(result.base, result.entitled)
        self.assertIn(result.outcome, OUTCOMES)

    @generated
    @given(vote=votes())
    def test_nothing_is_adopted_without_quorum_or_without_a_yes(self, vote):
        method, ballots, numbers = vote
        result = count(method, ballots, **numbers)
        is_reached = reached_quorum(method, numbers['entitled'], numbers['present'])
        self.assertEqual(result.outcome == 'no_quorum', not is_reached)
        self.assertEqual(is_reached, numbers['present'] >= result.quorum_needed)
        if result.outcome == 'adopted':
            self.assertGreaterEqual(result.yes, 1)
            self.assertGreaterEqual(result.base, 1)
        if result.outcome == 'no_quorum':
            self.assertEqual((result.elected, result.runoff, result.vacant), ([], [], 0))

    @generated
    @given(vote=votes(kinds=('majority',)))
    def test_a_majority_is_reached_with_the_yes_that_are_needed_and_not_with_one_less(self, vote):
        method, ballots, numbers = vote
        result = count(method, ballots, **numbers)
        assume(result.outcome != 'no_quorum')
        self.assertEqual(result.outcome == 'adopted', result.needed is not None and result.yes >= result.needed)

    @generated
    @given(vote=votes(kinds=('majority', 'consent'), absent=1))
    def test_one_more_yes_never_turns_adopted_into_rejected(self, vote):
        method, ballots, numbers = vote
        assume(count(method, ballots, **numbers).outcome == 'adopted')
        yes = 'consent' if method.is_by_consent else 'yes'
        # Somebody comes and votes yes; somebody who was there and silent does.
        came = {**numbers, 'present': numbers['present'] + 1}
        self.assertEqual(count(method, [*ballots, yes], **came).outcome, 'adopted')
        if len(ballots) < numbers['present']:
            self.assertEqual(count(method, [*ballots, yes], **numbers).outcome, 'adopted')
        # Somebody who abstained or voted no turns to yes.
        for choice in ('abstain', 'no'):
            if choice in ballots:
                turned = list(ballots)
                turned[turned.index(choice)] = yes
                self.assertEqual(count(method, turned, **numbers).outcome, 'adopted')

    @generated
    @given(vote=votes(kinds=('majority',), absent=1))
    def test_one_more_no_never_turns_rejected_into_adopted(self, vote):
        method, ballots, numbers = vote
        before = count(method, ballots, **numbers).outcome
        assume(before in ('rejected', 'tied') and len(ballots) < numbers['present'])
        self.assertEqual(count(method, [*ballots, 'no'], **numbers).outcome, 'rejected')

    @generated
    @given(vote=votes(kinds=('consent',)), data=st.data())
    def test_nothing_makes_up_for_an_objection(self, vote, data):
        method, ballots, numbers = vote
        assume(ballots)
        ballots[data.draw(st.integers(0, len(ballots) - 1))] = 'objection'
        self.assertIn(count(method, ballots, **numbers).outcome, ('rejected', 'no_quorum'))

    @generated
    @given(vote=votes(kinds=('election',), absent=1))
    def test_one_more_vote_for_an_elected_candidate_keeps_them_elected(self, vote):
        method, ballots, numbers = vote
        result = count(method, ballots, **numbers)
        for candidate in result.elected:
            more = [*ballots, 'consent' if method.is_by_consent else (candidate,)]
            came = {**numbers, 'present': numbers['present'] + 1}
            self.assertIn(candidate, count(method, more, **came).elected)

    @generated
    @given(vote=votes(kinds=('election',)))
    def test_an_election_gives_each_seat_once(self, vote):
        method, ballots, numbers = vote
        result = count(method, ballots, **numbers)
        seats, names = numbers['seats'], result.elected + result.runoff
        self.assertLessEqual(len(result.elected), seats)
        self.assertEqual(len(set(names)), len(names))
        self.assertLessEqual(set(names), set(numbers['candidates']))
        if result.outcome == 'tied':
            # A next round has seats to fill, and somebody to fill them.
            self.assertLess(len(result.elected), seats)
            self.assertTrue(result.runoff)
            self.assertEqual(result.vacant, 0)
        elif result.outcome != 'no_quorum':
            self.assertFalse(result.runoff)
            self.assertEqual(len(result.elected) + result.vacant, seats)
        if result.outcome == 'adopted':
            self.assertTrue(result.elected)
        elif result.outcome != 'tied':
            self.assertFalse(result.elected)

    @generated
    @given(vote=votes(kinds=('election',)))
    def test_nobody_is_elected_with_fewer_votes_than_somebody_who_is_not(self, vote):
        method, ballots, numbers = vote
        result = count(method, ballots, **numbers)
        received = dict(result.votes)
        others = set(received) - set(result.elected)
        for candidate in result.elected:
            self.assertGreaterEqual(received[candidate], 1)
            for other in others:
                self.assertGreater(received[candidate], received[other])
