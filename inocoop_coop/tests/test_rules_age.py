from datetime import date, timedelta
from itertools import product

from odoo.tests import BaseCase, tagged

from ..rules.age import completed_years, is_age_within, is_minor


def anniversary(birthdate, years):
    """The day on which the person completes that many years: 1 March where there is no 29 February."""
    try:
        return birthdate.replace(year=birthdate.year + years)
    except ValueError:
        return date(birthdate.year + years, 3, 1)


@tagged('post_install', '-at_install')
class TestAge(BaseCase):
    """Ages are counted in completed years, at a day."""

    def test_a_year_is_completed_on_the_birthday_and_not_on_its_eve(self):
        # Every day of a common and of a leap year, and every birthday of a young person's life.
        births = [date(2003, 1, 1) + timedelta(days=day) for day in range(365 + 366)]
        for birthdate, years in product(births, range(1, 31)):
            birthday = anniversary(birthdate, years)
            self.assertEqual(completed_years(birthdate, birthday - timedelta(days=1)), years - 1)
            self.assertEqual(completed_years(birthdate, birthday), years)
            self.assertEqual(completed_years(birthdate, birthday + timedelta(days=1)), years)

    def test_an_age_only_changes_on_a_birthday(self):
        for birthdate in (date(2004, 1, 1), date(2004, 2, 28), date(2004, 2, 29), date(2004, 3, 1), date(2004, 12, 31)):
            birthdays = {anniversary(birthdate, years) for years in range(25)}
            for day in (birthdate + timedelta(days=number) for number in range(1, 24 * 365)):
                step = completed_years(birthdate, day) - completed_years(birthdate, day - timedelta(days=1))
                self.assertEqual(step, int(day in birthdays), f"born {birthdate}, on {day}")

    def test_who_is_born_on_29_february_completes_a_year_on_1_march(self):
        born = date(2004, 2, 29)
        self.assertEqual(completed_years(born, date(2022, 2, 28)), 17)
        self.assertEqual(completed_years(born, date(2022, 3, 1)), 18)
        self.assertEqual(completed_years(born, date(2024, 2, 28)), 19)
        self.assertEqual(completed_years(born, date(2024, 2, 29)), 20)

    def test_who_is_born_on_28_february_of_a_leap_year_does_not_wait(self):
        self.assertEqual(completed_years(date(2004, 2, 28), date(2022, 2, 28)), 18)

    def test_nobody_has_an_age_before_birth(self):
        self.assertEqual(completed_years(date(2026, 1, 15), date(2026, 1, 15)), 0)
        self.assertLess(completed_years(date(2026, 1, 16), date(2026, 1, 15)), 0)

    def test_majority_comes_with_the_eighteenth_birthday(self):
        born = date(2008, 1, 15)
        self.assertTrue(is_minor(born, date(2026, 1, 14)))
        self.assertFalse(is_minor(born, date(2026, 1, 15)))

    def test_both_ends_of_a_range_of_ages_are_included(self):
        start = date(2026, 1, 15)
        expected = {
            date(2008, 1, 16): False,  # 17, and 18 tomorrow
            date(2008, 1, 15): True,   # 18 today
            date(2000, 1, 16): True,   # 25, and 26 tomorrow
            date(2000, 1, 15): False,  # 26 today
        }
        for born, accepted in expected.items():
            self.assertEqual(is_age_within(born, start, 18, 25), accepted, f"born {born}")

    def test_every_age_is_in_a_range_as_the_two_comparisons_say(self):
        start = date(2026, 1, 15)
        for years, age_min, age_max in product(range(30), range(14, 28), range(14, 28)):
            self.assertEqual(
                is_age_within(anniversary(start, -years), start, age_min, age_max), age_min <= years <= age_max)
