from datetime import date, timedelta
from itertools import product

from odoo.tests import BaseCase, tagged

from ..rules.terms import covers, is_current, overlap

ORIGIN = date(2025, 12, 29)  # so that the days below run over the end of a year
LENGTH = 6
DAYS = [ORIGIN + timedelta(days=number) for number in range(LENGTH)]

# Every term on these days.
TERMS = [(first, last) for first, last in product(DAYS, DAYS) if first <= last]


def days_of(term):
    """The days of a term, as a set: the slow answer that nobody doubts."""
    first, last = term
    return {day for day in DAYS if first <= day <= last}


@tagged('post_install', '-at_install')
class TestTerms(BaseCase):
    """Terms have both ends included."""

    def test_a_term_covers_another_when_it_has_all_of_its_days(self):
        for outer, inner in product(TERMS, TERMS):
            self.assertEqual(covers(*outer, *inner), days_of(inner) <= days_of(outer), f"{outer} and {inner}")

    def test_two_terms_overlap_when_they_share_a_day(self):
        for one, other in product(TERMS, TERMS):
            self.assertEqual(overlap(*one, *other), bool(days_of(one) & days_of(other)), f"{one} and {other}")

    def test_a_term_is_current_on_each_of_its_days_and_on_no_other(self):
        for term, day in product(TERMS, DAYS):
            self.assertEqual(is_current(day, *term), day in days_of(term), f"{day} in {term}")

    def test_who_follows_on_the_next_day_does_not_overlap(self):
        self.assertFalse(overlap(DAYS[0], DAYS[1], DAYS[2], DAYS[3]))
        self.assertTrue(overlap(DAYS[0], DAYS[1], DAYS[1], DAYS[3]))
