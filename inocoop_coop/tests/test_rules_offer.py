import doctest
from itertools import permutations, product

from odoo.tests import BaseCase, tagged

from ..rules import offer as rule
from ..rules.offer import Training, match

LEVELS = (0, 20, 50, 100)


@tagged('post_install', '-at_install')
class TestRulesOffer(BaseCase):
    """Who leads a service, who learns beside them, what is missing."""

    def test_the_examples_of_the_docstring_hold(self):
        results = doctest.testmod(rule)
        self.assertGreater(results.attempted, 3)
        self.assertEqual(results.failed, 0)

    def test_who_has_each_skill_at_the_level_leads(self):
        offer = match(['hedges', 'tools'], 50, {
            'ana': {'hedges': 50, 'tools': 50}, 'bob': {'hedges': 100, 'tools': 49}, 'cid': {'hedges': 100}})
        self.assertEqual(offer.leaders, ('ana',))
        self.assertEqual(offer.learners, ('bob', 'cid'))
        self.assertTrue(offer.can_be_offered)
        self.assertEqual(offer.trainings, ())

    def test_who_has_nothing_of_it_does_not_learn_by_watching(self):
        offer = match(['hedges'], 50, {'ana': {'painting': 100}, 'bob': {}, 'cid': {'hedges': 0}})
        self.assertEqual((offer.leaders, offer.learners), ((), ()))
        self.assertEqual(offer.trainings, (Training(('hedges',), ('ana', 'bob', 'cid')),))

    def test_anyone_leads_what_needs_no_skill(self):
        offer = match([], 50, {'ana': {}, 'bob': {'hedges': 10}})
        self.assertEqual((offer.leaders, offer.learners), (('ana', 'bob'), ()))

    def test_a_group_without_people_offers_nothing_and_lacks_everything(self):
        for needs in ([], ['hedges', 'tools']):
            offer = match(needs, 50, {})
            self.assertFalse(offer.can_be_offered)
            self.assertEqual(offer.trainings, (Training(tuple(needs), ()),))

    def test_a_level_of_zero_is_no_skill_even_if_none_is_asked(self):
        for level in (-5, 0, 1):
            self.assertEqual(match(['hedges'], level, {'ana': {'hedges': 0}}).leaders, ())
            self.assertEqual(match(['hedges'], level, {'ana': {'hedges': 1}}).leaders, ('ana',))

    def test_a_skill_that_is_asked_twice_is_asked_once(self):
        self.assertEqual(
            match(['hedges', 'hedges'], 50, {'ana': {}}).trainings, (Training(('hedges',), ('ana',)),))

    def test_of_two_trainings_the_shorter_one_is_told_and_of_most_people_first(self):
        offer = match(['a', 'b', 'c'], 50, {
            'far': {'a': 100}, 'one': {'a': 100, 'b': 100}, 'two': {'b': 60, 'c': 60}, 'three': {'b': 70, 'c': 50}})
        self.assertEqual(offer.trainings, (Training(('a',), ('two', 'three')), Training(('c',), ('one',))))
        self.assertEqual(offer.learners, ('far', 'one', 'two', 'three'))

    def test_the_order_of_what_is_needed_settles_a_tie(self):
        skills = {'one': {'a': 100}, 'two': {'b': 100}}
        self.assertEqual([training.skills for training in match(['a', 'b'], 50, skills).trainings], [('a',), ('b',)])
        self.assertEqual([training.skills for training in match(['b', 'a'], 50, skills).trainings], [('b',), ('a',)])

    def test_every_group_of_three_people_and_two_skills(self):
        # Written out a second time, the other way round: from what each answer must mean.
        people, needs = ('ana', 'bob', 'cid'), ('a', 'b')
        tried = 0
        for levels in product(product(LEVELS, repeat=2), repeat=3):
            skills = {person: dict(zip(needs, held, strict=True)) for person, held in zip(people, levels, strict=True)}
            for asked in (1, 50, 100):
                tried += 1
                offer = match(needs, asked, skills)
                for person, held in skills.items():
                    leads = all(held[skill] >= asked for skill in needs)
                    self.assertEqual(person in offer.leaders, leads)
                    self.assertEqual(person in offer.learners, not leads and any(held.values()))
                self.assertEqual(offer.can_be_offered, not offer.trainings)
                for training in offer.trainings:
                    self.assertTrue(training.people)
                    for person in training.people:
                        # Having learnt it they lead, and leaving out any part of it they would not.
                        for left_out in (None, *training.skills):
                            learnt = {**skills[person], **{
                                skill: 100 for skill in training.skills if skill != left_out}}
                            leads = match(needs, asked, {person: learnt}).can_be_offered
                            self.assertEqual(leads, left_out is None)
                        self.assertLessEqual(
                            len(training.skills),
                            min(sum(held[skill] < asked for skill in needs) for held in skills.values()))
        self.assertEqual(tried, 16 ** 3 * 3)

    def test_the_order_of_people_changes_nothing_but_the_order_of_the_answer(self):
        skills = {'one': {'a': 100}, 'two': {'b': 100}, 'three': {'b': 60}, 'four': {}}
        expected = match(['a', 'b'], 50, skills)
        for order in permutations(skills):
            offer = match(['a', 'b'], 50, {person: skills[person] for person in order})
            self.assertEqual(set(offer.leaders), set(expected.leaders))
            self.assertEqual(set(offer.learners), set(expected.learners))
            self.assertEqual(
                [(training.skills, set(training.people)) for training in offer.trainings],
                [(training.skills, set(training.people)) for training in expected.trainings])

    def test_more_skill_never_closes_a_service(self):
        needs = ('a', 'b')
        for levels in product(product(LEVELS, repeat=2), repeat=2):
            skills = {number: dict(zip(needs, held, strict=True)) for number, held in enumerate(levels)}
            before = match(needs, 50, skills)
            for person, skill in product(skills, needs):
                after = match(needs, 50, {**skills, person: {**skills[person], skill: 100}})
                self.assertLessEqual(set(before.leaders), set(after.leaders))
