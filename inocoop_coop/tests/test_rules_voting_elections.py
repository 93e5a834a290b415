from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product

from odoo.tests import BaseCase, tagged

from ..rules.voting import Method, count

BASES = ('expressed', 'cast', 'present', 'entitled')
ROUNDS = Method('election')
APPROVAL = Method('election', procedure='approval')
PROPOSED = Method('election', procedure='consent')


def elect(method, votes, *, seats=1, blank=0, silent=0, **values):
    """Count a round from the number of ballots for each name, or set of names."""
    ballots = [
        names if isinstance(names, tuple) else (names,) for names, number in votes.items() for _vote in range(number)
    ] + [()] * blank
    values.setdefault('candidates', sorted({candidate for ballot in ballots for candidate in ballot}))
    return count(method, ballots, entitled=len(ballots) + silent, present=len(ballots), seats=seats, **values)


def every_ballot(candidates, most):
    """Each ballot that can be cast, the blank one too."""
    return [names for number in range(min(most, len(candidates)) + 1) for names in combinations(candidates, number)]


def expected_election(votes, seats, base):
    """The same count in other words: seat those with the most votes, group by group, as long as the group fits.

    :param dict votes: number for each candidate
    :param base: of the majority; None where the most votes are enough
    """
    if sum(votes.values()) == 0:
        return {'outcome': 'rejected', 'reason': 'nobody', 'elected': [], 'runoff': [], 'vacant': seats}
    elected, waiting = [], set(votes)
    while waiting and len(elected) < seats:
        most = max(votes[candidate] for candidate in waiting)
        if most == 0 or (base and Fraction(most, base) <= Fraction(1, 2)):
            break
        group = sorted(candidate for candidate in waiting if votes[candidate] == most)
        if len(elected) + len(group) > seats:
            return {'outcome': 'tied', 'reason': 'tie', 'elected': elected, 'runoff': group, 'vacant': 0}
        elected += group
        waiting -= set(group)
    if base and waiting and len(elected) < seats:
        runoff, room = [], 2 * (seats - len(elected))
        while waiting and len(runoff) < room:
            most = max(votes[candidate] for candidate in waiting)
            group = sorted(candidate for candidate in waiting if votes[candidate] == most)
            runoff += group
            waiting -= set(group)
        return {'outcome': 'tied', 'reason': 'no_majority', 'elected': elected, 'runoff': runoff, 'vacant': 0}
    return {'outcome': 'adopted', 'reason': 'elected', 'elected': elected, 'runoff': [], 'vacant': seats - len(elected)}


@tagged('post_install', '-at_install')
class TestVotingElections(BaseCase):
    """An election fills seats by the votes, and says so where the votes do not choose."""

    def assertElects(self, result, outcome, reason, **names):
        expected = {'outcome': outcome, 'reason': reason, 'elected': [], 'runoff': [], 'vacant': 0, **names}
        self.assertEqual({name: getattr(result, name) for name in expected}, expected)

    # ------------------------------------------------------------
    # Every combination
    # ------------------------------------------------------------

    def assertEveryElection(self, procedure, candidates, *, seats, electors):
        """Each set of ballots, with one more who is there and says nothing, and one who is not."""
        candidates = tuple(candidates)
        most = seats if procedure == 'rounds' else len(candidates)
        for base_name, round_number in product(BASES, (2, 3) if procedure == 'rounds' else (1,)):
            method = Method('election', procedure=procedure, base=base_name)
            for voted in range(electors + 1):
                for ballots in combinations_with_replacement(every_ballot(candidates, most), voted):
                    expressed = len([names for names in ballots if names])
                    base = {'expressed': expressed, 'cast': voted, 'present': voted + 1, 'entitled': voted + 2}[base_name]
                    result = count(
                        method, ballots, entitled=voted + 2, present=voted + 1, candidates=candidates, seats=seats,
                        round_number=round_number)
                    votes = {candidate: len([names for names in ballots if candidate in names]) for candidate in candidates}
                    by_majority = procedure == 'rounds' and round_number <= method.majority_rounds
                    expected = expected_election(votes, seats, base if by_majority else None)
                    found = {name: getattr(result, name) for name in expected}
                    if found != expected or result.base != base:
                        self.fail(f"{method}, {ballots} for {candidates}, {seats} seats, round {round_number}: "
                                  f"{expected} expected, {result}")
                    self.assertEqual((result.yes, result.abstain, result.voted), (expressed, voted - expressed, voted))

    def test_every_election_of_one_by_up_to_six(self):
        for number in range(5):
            self.assertEveryElection('rounds', range(1, number + 1), seats=1, electors=6)

    def test_every_election_of_several_by_up_to_five(self):
        for number, seats in product(range(4), (2, 3)):
            self.assertEveryElection('rounds', range(1, number + 1), seats=seats, electors=5)
        self.assertEveryElection('rounds', range(1, 5), seats=2, electors=3)

    def test_every_approval_by_up_to_five(self):
        for number, seats in product(range(4), (1, 2, 3)):
            self.assertEveryElection('approval', range(1, number + 1), seats=seats, electors=5)

    def test_every_election_without_candidates(self):
        for consents, objections, abstain, silent, seats in product(range(4), range(3), range(3), range(3), (1, 2)):
            voted = consents + objections + abstain
            result = count(
                PROPOSED, ['consent'] * consents + ['objection'] * objections + ['abstain'] * abstain,
                entitled=voted + silent, present=voted, candidates=[7], seats=seats)
            if objections:
                self.assertElects(result, 'rejected', 'objection', vacant=seats)
            elif consents:
                self.assertElects(result, 'adopted', 'consent', elected=[7], vacant=seats - 1)
            else:
                self.assertElects(result, 'rejected', 'nobody', vacant=seats)
            self.assertEqual((result.votes, result.needed, result.seats), ([[7, consents]], None, seats))

    # ------------------------------------------------------------
    # By rounds
    # ------------------------------------------------------------

    def test_who_has_more_than_half_is_elected(self):
        result = elect(ROUNDS, {1: 5, 2: 3, 3: 1})
        self.assertElects(result, 'adopted', 'elected', elected=[1])
        self.assertEqual((result.base, result.needed, result.votes), (9, 5, [[1, 5], [2, 3], [3, 1]]))

    def test_half_is_not_more_than_half(self):
        self.assertElects(elect(ROUNDS, {1: 4, 2: 3, 3: 1}), 'tied', 'no_majority', runoff=[1, 2])
        self.assertElects(elect(ROUNDS, {1: 4, 2: 4}), 'tied', 'no_majority', runoff=[1, 2])

    def test_who_is_equal_to_the_last_of_a_runoff_is_in_it(self):
        self.assertElects(elect(ROUNDS, {1: 4, 2: 2, 3: 2, 4: 1}), 'tied', 'no_majority', runoff=[1, 2, 3])
        self.assertElects(elect(ROUNDS, {4: 2, 3: 2, 2: 2, 1: 2}), 'tied', 'no_majority', runoff=[1, 2, 3, 4])

    def test_blank_ballots_weigh_as_the_base_says(self):
        for base, outcome, number, needed in (
                ('expressed', 'adopted', 7, 4), ('cast', 'tied', 8, 5), ('present', 'tied', 8, 5), ('entitled', 'tied', 9, 5)):
            result = elect(Method('election', base=base), {1: 4, 2: 3}, blank=1, silent=1)
            self.assertEqual((result.outcome, result.base, result.needed), (outcome, number, needed), base)
            self.assertEqual((result.yes, result.abstain, result.silent), (7, 1, 1))

    def test_after_the_rounds_with_a_majority_the_most_votes_are_enough(self):
        for rounds in range(4):
            method = Method('election', majority_rounds=rounds)
            for number in range(1, 6):
                result = elect(method, {1: 4, 2: 3, 3: 2}, round_number=number)
                if number <= rounds:
                    self.assertElects(result, 'tied', 'no_majority', runoff=[1, 2])
                    self.assertEqual(result.needed, 5)
                else:
                    self.assertElects(result, 'adopted', 'elected', elected=[1])
                    self.assertIsNone(result.needed)

    def test_a_tie_is_never_broken_in_silence(self):
        self.assertElects(elect(ROUNDS, {1: 4, 2: 4, 3: 1}, round_number=3), 'tied', 'tie', runoff=[1, 2])
        self.assertElects(
            elect(ROUNDS, {1: 4, 2: 2, 3: 2, 4: 1}, seats=2, round_number=3), 'tied', 'tie', elected=[1], runoff=[2, 3])
        self.assertElects(elect(ROUNDS, {1: 3, 2: 3, 3: 1}, seats=2, round_number=3), 'adopted', 'elected', elected=[1, 2])

    def test_more_than_the_seats_can_have_a_majority(self):
        # Seven people name two each: three of the candidates are on more than half of the ballots.
        result = elect(ROUNDS, {(1, 2): 3, (1, 3): 3, (2, 3): 1}, seats=2)
        self.assertEqual(result.votes, [[1, 6], [2, 4], [3, 4]])
        self.assertElects(result, 'tied', 'tie', elected=[1], runoff=[2, 3])
        result = elect(ROUNDS, {(1, 2): 3, (1, 3): 2, (2, 3): 2}, seats=2)
        self.assertEqual(result.votes, [[1, 5], [2, 5], [3, 4]])
        self.assertElects(result, 'adopted', 'elected', elected=[1, 2])

    def test_a_board_of_three_is_filled_in_three_rounds(self):
        first = elect(ROUNDS, {(1, 2, 3): 3, (1, 4, 5): 3, (1, 6): 2, (2, 4): 1}, seats=3)
        self.assertEqual(first.votes, [[1, 8], [2, 4], [4, 4], [3, 3], [5, 3], [6, 2]])
        self.assertElects(first, 'tied', 'no_majority', elected=[1], runoff=[2, 4, 3, 5])
        second = elect(
            ROUNDS, {(2, 3): 4, (2, 4): 1, (4, 5): 3, (4,): 1}, seats=2, candidates=first.runoff, round_number=2)
        self.assertEqual(second.votes, [[2, 5], [4, 5], [3, 4], [5, 3]])
        self.assertElects(second, 'adopted', 'elected', elected=[2, 4])

    def test_an_election_ends_however_little_the_votes_choose(self):
        # The same nine people vote the same way in each round: the plurality ends it.
        wishes = [(1,)] * 3 + [(2,)] * 2 + [(3,)] * 2 + [(4,)] * 2
        candidates, rounds = [1, 2, 3, 4], []
        for number in (1, 2, 3):
            ballots = [names if names[0] in candidates else () for names in wishes]
            result = count(ROUNDS, ballots, entitled=9, present=9, candidates=candidates, round_number=number)
            rounds.append(result.outcome)
            candidates = result.runoff
        self.assertEqual(rounds, ['tied', 'tied', 'adopted'])
        self.assertEqual(result.elected, [1])

    # ------------------------------------------------------------
    # Fewer than the seats, or nobody
    # ------------------------------------------------------------

    def test_fewer_candidates_than_seats_leave_seats_vacant(self):
        self.assertElects(elect(ROUNDS, {(1, 2): 5}, seats=3), 'adopted', 'elected', elected=[1, 2], vacant=1)
        self.assertElects(elect(APPROVAL, {(1, 2): 5}, seats=3), 'adopted', 'elected', elected=[1, 2], vacant=1)
        # Nothing is vacant for good as long as a next round may fill it.
        self.assertElects(elect(ROUNDS, {1: 5, 2: 1}, seats=3), 'tied', 'no_majority', elected=[1], runoff=[2])

    def test_a_candidate_whom_nobody_wants_gets_no_seat(self):
        for method, number in ((ROUNDS, 3), (APPROVAL, 1)):
            result = elect(method, {1: 5}, seats=2, candidates=[1, 2], round_number=number)
            self.assertElects(result, 'adopted', 'elected', elected=[1], vacant=1)
            self.assertEqual(result.votes, [[1, 5], [2, 0]])

    def test_nobody_is_elected_by_blank_ballots(self):
        for method, number in product((ROUNDS, APPROVAL), (1, 3)):
            self.assertElects(
                elect(method, {}, blank=5, candidates=[1, 2], round_number=number), 'rejected', 'nobody', vacant=1)
            self.assertElects(elect(method, {}, silent=5, candidates=[1, 2], round_number=number), 'rejected', 'nobody', vacant=1)
            self.assertElects(elect(method, {}, blank=5, seats=2, round_number=number), 'rejected', 'nobody', vacant=2)
            self.assertElects(elect(method, {}), 'rejected', 'nobody', vacant=1)

    def test_consent_on_nobody_elects_nobody(self):
        result = count(PROPOSED, ['consent'] * 3, entitled=3, present=3)
        self.assertElects(result, 'rejected', 'nobody', vacant=1)

    # ------------------------------------------------------------
    # Approval, and what holds for all
    # ------------------------------------------------------------

    def test_the_most_approvals_are_elected_without_a_majority(self):
        result = elect(APPROVAL, {(1, 2, 3): 2, (1, 2): 1, (1, 4): 1, (): 5}, seats=2)
        self.assertElects(result, 'adopted', 'elected', elected=[1, 2])
        self.assertEqual((result.votes, result.yes, result.abstain), ([[1, 4], [2, 3], [3, 2], [4, 1]], 4, 5))
        self.assertIsNone(result.needed)
        self.assertElects(elect(APPROVAL, {(1, 2, 3): 2, (1,): 1}, seats=2), 'tied', 'tie', elected=[1], runoff=[2, 3])

    def test_an_election_without_quorum_elects_nobody(self):
        for procedure in ('rounds', 'approval'):
            method = Method('election', procedure=procedure, quorum_numerator=1, quorum_denominator=2)
            self.assertElects(elect(method, {1: 4}, silent=5), 'no_quorum', 'quorum')
            self.assertElects(elect(method, {1: 2, 2: 2}, silent=5), 'no_quorum', 'quorum')
            self.assertElects(elect(method, {1: 5}, silent=5), 'adopted', 'elected', elected=[1])
        method = Method('election', procedure='consent', quorum_numerator=1, quorum_denominator=2)
        self.assertElects(count(method, ['consent'] * 4, entitled=9, present=4, candidates=[1]), 'no_quorum', 'quorum')

    def test_a_blank_ballot_can_be_written_in_two_ways(self):
        for blank in ((), [], 'abstain'):
            result = count(ROUNDS, [(1,), [1], blank], entitled=3, present=3, candidates=(1, 2))
            self.assertEqual((result.outcome, result.yes, result.abstain), ('adopted', 2, 1))

    def test_a_ballot_that_the_election_does_not_know_is_refused(self):
        for method, ballot in product(
                (ROUNDS, APPROVAL), [(3,), (1, 1), 'yes', 'consent', 'no', '', 1, None, ('yes',), (1, 3), (None,), ([1],)]):
            with self.assertRaises(ValueError, msg=f"{method.procedure}: {ballot!r}"):
                count(method, [ballot], entitled=1, present=1, candidates=(1, 2), seats=2)
        with self.assertRaises(ValueError):
            count(ROUNDS, [(1, 2)], entitled=1, present=1, candidates=(1, 2), seats=1)
        count(APPROVAL, [(1, 2)], entitled=1, present=1, candidates=(1, 2), seats=1)
        for ballot in ('yes', 'no', (1,), ()):
            with self.assertRaises(ValueError):
                count(PROPOSED, [ballot], entitled=1, present=1, candidates=(1,))

    def test_candidates_that_contradict_each_other_are_refused(self):
        for method in (ROUNDS, APPROVAL):
            with self.assertRaises(ValueError):
                count(method, [], entitled=1, present=1, candidates=(1, 1))
        with self.assertRaises(ValueError):
            count(PROPOSED, [], entitled=1, present=1, candidates=(1, 2))
