import doctest
import json
from fractions import Fraction
from functools import cache
from itertools import product

from odoo.tests import BaseCase, tagged

from ..rules import voting
from ..rules.voting import Method, Result, count, quorum_needed, reached_quorum, yes_needed

BASES = ('expressed', 'cast', 'present', 'entitled')

# Each majority that a method in data, or one of a programme, can ask for.
MAJORITIES = {
    'simple': {'threshold': 'simple'},
    'absolute': {'threshold': 'more', 'numerator': 1, 'denominator': 2},
    'half': {'threshold': 'least', 'numerator': 1, 'denominator': 2},
    'two halves of four': {'threshold': 'more', 'numerator': 2, 'denominator': 4},
    'more than two thirds': {'threshold': 'more', 'numerator': 2, 'denominator': 3},
    'two thirds': {'threshold': 'least', 'numerator': 2, 'denominator': 3},
    'three quarters': {'threshold': 'least', 'numerator': 3, 'denominator': 4},
    'unanimity': {'threshold': 'least', 'numerator': 1, 'denominator': 1},
    'somebody': {'threshold': 'more', 'numerator': 0, 'denominator': 1},
    'at least nothing': {'threshold': 'least', 'numerator': 0, 'denominator': 1},
    'more than all': {'threshold': 'more', 'numerator': 1, 'denominator': 1},
}

# The table of domain.md: yes-votes needed, by size of the base.
NEEDED = {
    'absolute': (1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7),
    'two thirds': (1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 8),
    'three quarters': (1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9),
    'unanimity': (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
}


def majority(name, **values):
    return Method('majority', **MAJORITIES[name], **values)


def every_roll(largest, smallest=1):
    """Each way in which so many electors can split: (yes, no, abstain, silent)."""
    for electors in range(smallest, largest + 1):
        for yes, no, abstain in product(range(electors + 1), repeat=3):
            if yes + no + abstain <= electors:
                yield yes, no, abstain, electors - yes - no - abstain


@cache
def wins(name, yes, base):
    """The same rule in other words: shares of the base, as exact fractions."""
    if not base or not yes:
        return False
    share = Fraction(yes, base)
    return {
        'absolute': share > Fraction(1, 2),
        'half': share >= Fraction(1, 2),
        'two halves of four': share > Fraction(1, 2),
        'more than two thirds': share > Fraction(2, 3),
        'two thirds': share >= Fraction(2, 3),
        'three quarters': share >= Fraction(3, 4),
        'unanimity': yes == base,
        'somebody': True,
        'at least nothing': True,  # still asks for one yes
        'more than all': False,
    }[name]


@cache
def fewest(name, base):
    """The smallest number of yes that wins, found by trying each."""
    if name == 'simple':
        return next((yes for yes in range(base + 1) if yes > base - yes), None)
    return next((yes for yes in range(base + 1) if wins(name, yes, base)), None)


@cache
def expected_outcome(name, base, yes, no):
    if name == 'simple':
        return 'adopted' if yes > no else 'tied' if yes == no and yes else 'rejected'
    if wins(name, yes, base):
        return 'adopted'
    if name in ('absolute', 'two halves of four') and base and Fraction(yes, base) == Fraction(no, base) == Fraction(1, 2):
        return 'tied'
    return 'rejected'


@tagged('post_install', '-at_install')
class TestVoting(BaseCase):
    """A vote is counted in whole numbers: what was decided, and why."""

    def assertAddsUp(self, result):
        self.assertEqual(result.yes + result.no + result.abstain + result.objections, result.voted)
        self.assertEqual(result.voted + result.silent, result.entitled)

    # ------------------------------------------------------------
    # The table, and every combination
    # ------------------------------------------------------------

    def test_the_example_of_the_module_is_true(self):
        outcome = doctest.testmod(voting)
        self.assertEqual((outcome.failed, outcome.attempted), (0, 3))

    def test_the_yes_needed_are_those_of_the_table(self):
        for name, row in NEEDED.items():
            for base, needed in enumerate(row, 1):
                self.assertEqual(yes_needed(majority(name), base), needed, f"{name} of {base}")
                method = majority(name, base='entitled')
                for yes in range(base + 1):
                    result = count(method, ['yes'] * yes + ['no'] * (base - yes), entitled=base, present=base)
                    self.assertEqual(result.needed, needed)
                    self.assertEqual(result.outcome == 'adopted', yes >= needed, f"{name}: {yes} of {base}")

    def test_no_number_of_yes_is_needed_of_nobody(self):
        for name in MAJORITIES:
            self.assertIsNone(yes_needed(majority(name), 0), name)

    def test_every_vote_of_one_to_twelve_is_what_exact_fractions_say(self):
        for name, base_name in product(MAJORITIES, BASES):
            method = majority(name, base=base_name)
            for yes, no, abstain, silent in every_roll(12):
                voted, entitled = yes + no + abstain, yes + no + abstain + silent
                ballots = ['yes'] * yes + ['no'] * no + ['abstain'] * abstain
                # Who is there and says nothing makes a difference only to the base "present".
                for present in range(voted, entitled + 1) if base_name == 'present' else (voted,):
                    result = count(method, ballots, entitled=entitled, present=present)
                    base = {'expressed': yes + no, 'cast': voted, 'present': present, 'entitled': entitled}[base_name]
                    expected = (
                        expected_outcome(name, base, yes, no), base, fewest(name, yes + no if name == 'simple' else base),
                        yes, no, abstain, 0, voted, silent)
                    found = (
                        result.outcome, result.base, result.needed,
                        result.yes, result.no, result.abstain, result.objections, result.voted, result.silent)
                    if found != expected:
                        self.fail(f"{name} of {base_name}, {present} present: {expected} expected, {result}")

    def test_every_quorum_comes_first(self):
        for numerator, denominator in ((1, 2), (2, 3), (1, 5), (1, 1)):
            for name in ('simple', 'absolute', 'unanimity'):
                method = majority(name, base='present', quorum_numerator=numerator, quorum_denominator=denominator)
                without = majority(name, base='present')
                for yes, no, abstain, silent in every_roll(8, smallest=0):
                    voted, entitled = yes + no + abstain, yes + no + abstain + silent
                    ballots = ['yes'] * yes + ['no'] * no + ['abstain'] * abstain
                    for present in range(voted, entitled + 1):
                        is_reached = entitled > 0 and Fraction(present, entitled) >= Fraction(numerator, denominator)
                        result = count(method, ballots, entitled=entitled, present=present)
                        free = count(without, ballots, entitled=entitled, present=present)
                        self.assertEqual(reached_quorum(method, entitled, present), is_reached)
                        self.assertEqual(present >= quorum_needed(method, entitled), is_reached)
                        self.assertEqual(result.quorum_needed, quorum_needed(method, entitled))
                        self.assertEqual(
                            (result.outcome, result.reason),
                            (free.outcome, free.reason) if is_reached else ('no_quorum', 'quorum'))

    def test_every_consent_of_one_to_twelve(self):
        for silence in ('nothing', 'consent'):
            method = Method('consent', silence=silence)
            for consents, objections, abstain, silent in every_roll(12, smallest=0):
                voted = consents + objections + abstain
                result = count(
                    method, ['consent'] * consents + ['objection'] * objections + ['abstain'] * abstain,
                    entitled=voted + silent, present=voted)
                self.assertEqual(
                    (result.outcome, result.reason),
                    ('rejected', 'objection') if objections else
                    ('adopted', 'consent') if consents else ('rejected', 'nobody'))
                self.assertEqual((result.yes, result.no, result.objections), (consents, 0, objections))
                self.assertEqual(
                    result.base, consents + objections + (silent if silence == 'consent' and consents > 0 else 0))
                self.assertIsNone(result.needed)
                self.assertAddsUp(result)

    # ------------------------------------------------------------
    # What people ask about
    # ------------------------------------------------------------

    def test_nobody_adopts_nothing(self):
        for name, base in product(MAJORITIES, BASES):
            result = count(majority(name, base=base), [], entitled=0, present=0)
            self.assertEqual((result.outcome, result.reason), ('rejected', 'nobody'))
            result = count(majority(name, base=base), [], entitled=9, present=9)
            self.assertEqual((result.outcome, result.reason), ('rejected', 'nobody'))
            result = count(majority(name, base=base), ['abstain'] * 9, entitled=9, present=9)
            self.assertEqual((result.outcome, result.reason), ('rejected', 'nobody'))

    def test_a_quorum_of_an_empty_roll_is_never_reached(self):
        for method in (majority('simple', quorum_numerator=1, quorum_denominator=2),
                       Method('consent', quorum_numerator=1, quorum_denominator=2),
                       Method('election', quorum_numerator=1, quorum_denominator=2)):
            result = count(method, [], entitled=0, present=0)
            self.assertEqual((result.outcome, result.quorum_needed, result.vacant), ('no_quorum', 1, 0))

    def test_the_quorum_of_half_of_nine_is_five(self):
        method = majority('absolute', quorum_numerator=1, quorum_denominator=2)
        self.assertEqual(count(method, ['yes'] * 4, entitled=9, present=4).outcome, 'no_quorum')
        self.assertEqual(count(method, ['yes'] * 4, entitled=9, present=5).outcome, 'adopted')
        self.assertEqual(quorum_needed(method, 9), 5)
        self.assertEqual(quorum_needed(method, 10), 5)

    def test_abstentions_weigh_as_the_base_says(self):
        ballots = ['yes'] * 4 + ['no'] * 2 + ['abstain'] * 2
        expected = {
            'expressed': ('adopted', 6, 4),
            'cast': ('rejected', 8, 5),
            'present': ('rejected', 9, 5),
            'entitled': ('rejected', 10, 6),
        }
        for base, (outcome, number, needed) in expected.items():
            result = count(majority('absolute', base=base), ballots, entitled=10, present=9)
            self.assertEqual((result.outcome, result.base, result.needed), (outcome, number, needed), base)

    def test_a_simple_majority_only_looks_at_yes_and_no(self):
        for base in BASES:
            method = majority('simple', base=base)
            result = count(method, ['yes', 'yes', 'no'] + ['abstain'] * 5, entitled=12, present=10)
            self.assertEqual((result.outcome, result.needed), ('adopted', 2))
            result = count(method, ['yes', 'no'] + ['abstain'] * 5, entitled=12, present=10)
            self.assertEqual((result.outcome, result.reason), ('tied', 'tie'))

    def test_half_and_half_is_tied_only_where_half_is_asked_and_all_took_a_side(self):
        halves = ['yes'] * 3 + ['no'] * 3
        self.assertEqual(count(majority('absolute'), halves, entitled=6, present=6).outcome, 'tied')
        self.assertEqual(count(majority('two thirds'), halves, entitled=6, present=6).outcome, 'rejected')
        self.assertEqual(count(majority('half'), halves, entitled=6, present=6).outcome, 'adopted')
        # With one more who abstains, more than half of seven was asked, and three are not.
        result = count(majority('absolute', base='cast'), [*halves, 'abstain'], entitled=7, present=7)
        self.assertEqual((result.outcome, result.reason), ('rejected', 'not_reached'))
        # Half of the base says yes, but not half says no: nobody is level with anybody.
        result = count(majority('absolute', base='cast'), ['yes', 'yes', 'no', 'abstain'], entitled=4, present=4)
        self.assertEqual(result.outcome, 'rejected')

    def test_unanimity_of_all_entitled_waits_for_everybody(self):
        method = majority('unanimity', base='entitled')
        self.assertEqual(count(method, ['yes'] * 8, entitled=9, present=9).outcome, 'rejected')
        self.assertEqual(count(method, ['yes'] * 9, entitled=9, present=9).outcome, 'adopted')

    def test_one_objection_stops_a_consent(self):
        result = count(Method('consent'), ['consent'] * 8 + ['objection'], entitled=9, present=9)
        self.assertEqual((result.outcome, result.reason, result.yes, result.objections), ('rejected', 'objection', 8, 1))

    def test_silence_alone_consents_to_nothing(self):
        method = Method('consent', silence='consent')
        self.assertEqual(count(method, [], entitled=9, present=0).outcome, 'rejected')
        self.assertEqual(count(method, ['abstain'], entitled=9, present=1).outcome, 'rejected')
        result = count(method, ['consent'], entitled=9, present=1)
        self.assertEqual((result.outcome, result.yes, result.silent, result.base), ('adopted', 1, 8, 9))
        result = count(Method('consent'), ['consent'], entitled=9, present=1)
        self.assertEqual((result.outcome, result.yes, result.silent, result.base), ('adopted', 1, 8, 1))

    def test_a_result_can_be_kept_as_json(self):
        result = count(majority('absolute'), ['yes', 'no', 'yes'], entitled=4, present=3)
        kept = json.loads(json.dumps(result.as_dict()))
        self.assertEqual(kept, result.as_dict())
        self.assertEqual(Result(**kept), result)
        self.assertEqual(kept, {
            'outcome': 'adopted', 'reason': 'reached', 'yes': 2, 'no': 1, 'abstain': 0, 'objections': 0, 'voted': 3,
            'present': 3, 'entitled': 4, 'silent': 1, 'base': 3, 'needed': 2, 'quorum_needed': 0, 'votes': [], 'elected': [],
            'runoff': [], 'vacant': 0, 'seats': 0,
        })

    def test_a_kept_result_is_not_changed_through_its_copy(self):
        result = count(Method('election'), [(1,)], entitled=1, present=1, candidates=(1,))
        result.as_dict()['elected'].append(2)
        result.as_dict()['votes'][0][1] = 9
        self.assertEqual((result.elected, result.votes), ([1], [[1, 1]]))

    # ------------------------------------------------------------
    # What is refused
    # ------------------------------------------------------------

    def test_an_answer_that_the_method_does_not_know_is_refused(self):
        known = {'majority': {'yes', 'no', 'abstain'}, 'consent': {'consent', 'objection', 'abstain'}}
        answers = ['yes', 'no', 'abstain', 'consent', 'objection', '', 'Yes', (), (1,), [], None, 1, True]
        for kind, answer in product(known, answers):
            if isinstance(answer, str) and answer in known[kind]:
                count(Method(kind), [answer], entitled=1, present=1)
            else:
                with self.assertRaises(ValueError, msg=f"{kind}: {answer!r}"):
                    count(Method(kind), [answer], entitled=1, present=1)

    def test_more_votes_than_people_are_refused(self):
        method = majority('simple')
        for numbers in ({'entitled': 1, 'present': 2}, {'entitled': 1, 'present': 1}, {'entitled': 2, 'present': 1},
                        {'entitled': 2, 'present': 3}, {'entitled': -1, 'present': -1}):
            with self.assertRaises(ValueError, msg=numbers):
                count(method, ['yes', 'yes'], **numbers)
        with self.assertRaises(ValueError):
            count(method, [], entitled=2, present=3)

    def test_numbers_that_are_not_whole_are_refused(self):
        for values in ({'entitled': 2.0}, {'present': 1.0}, {'seats': 0}, {'seats': 1.5}, {'round_number': 0}, {'entitled': '2'}):
            with self.assertRaises(ValueError, msg=values):
                count(majority('simple'), ['yes'], **{'entitled': 2, 'present': 1, **values})

    def test_a_majority_elects_nobody(self):
        for kind in ('majority', 'consent'):
            with self.assertRaises(ValueError):
                count(Method(kind), [], entitled=1, present=1, candidates=(1,))

    def test_a_method_that_can_not_be_counted_is_refused(self):
        for kind, values in (
            ('plebiscite', {}), ('majority', {'threshold': 'most'}), ('majority', {'base': 'population'}),
            ('majority', {'threshold': 'more', 'numerator': 3, 'denominator': 2}),
            ('majority', {'threshold': 'more', 'denominator': 0}), ('majority', {'threshold': 'least', 'numerator': -1}),
            ('majority', {'threshold': 'least', 'numerator': 0.5}), ('majority', {'quorum_numerator': 2}),
            ('consent', {'quorum_numerator': 1, 'quorum_denominator': 0}), ('consent', {'silence': 'maybe'}),
            ('election', {'procedure': 'lot'}), ('election', {'majority_rounds': -1}), ('election', {'base': 'population'}),
            ('election', {'procedure': 'consent', 'silence': 'maybe'}),
        ):
            with self.assertRaises(ValueError, msg=(kind, values)):
                Method(kind, **values)

    def test_only_what_the_kind_asks_for_is_read(self):
        # A form leaves behind what it does not show.
        Method('consent', threshold=False, numerator=0, denominator=0, base=False, procedure=False)
        Method('election', threshold=False, numerator=0, denominator=0, silence=False)
        Method('majority', silence=False, procedure=False, majority_rounds=-1)
