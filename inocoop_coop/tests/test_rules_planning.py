from datetime import date, datetime, timedelta
from itertools import product

from odoo.tests import BaseCase, tagged

from ..rules.planning import Busy, count_minutes, find_clashes, half_day, intersect, is_too_long, split_by_day, whole_days

PARIS = 'Europe/Paris'
ORIGIN = datetime(2025, 12, 31, 21)  # so that the hours below run over midnight and the end of a year
HOURS = [ORIGIN + timedelta(hours=number) for number in range(6)]

# Every stretch of whole hours, the empty ones and those that end before they start included.
STRETCHES = list(product(HOURS, HOURS))


def hours_of(stretch):
    """The hours of a stretch, as a set: the slow answer that nobody doubts."""
    start, stop = stretch
    return {hour for hour in HOURS if start <= hour < stop}


def at(day, hour, minute=0, month=1, year=2026):
    return datetime(year, month, day, hour, minute)


@tagged('post_install', '-at_install')
class TestRulesPlanning(BaseCase):
    """When somebody is taken: the first moment is included, the last is not."""

    # ------------------------------------------------------------
    # What overlaps
    # ------------------------------------------------------------

    def test_two_stretches_overlap_when_they_share_an_hour(self):
        for one, other in product(STRETCHES, STRETCHES):
            shared = hours_of(one) & hours_of(other)
            found = intersect(*one, *other)
            self.assertEqual(bool(found), bool(shared), f"{one} and {other}")
            if found:
                self.assertEqual(hours_of(found), shared)

    def test_it_does_not_matter_which_one_comes_first(self):
        for one, other in product(STRETCHES, STRETCHES):
            self.assertEqual(intersect(*one, *other), intersect(*other, *one))

    def test_those_that_touch_do_not_overlap(self):
        self.assertIsNone(intersect(at(1, 9), at(1, 10), at(1, 10), at(1, 11)))
        self.assertIsNone(intersect(at(1, 23), at(2, 0), at(2, 0), at(2, 1)))
        self.assertEqual(intersect(at(1, 9), at(1, 10), at(1, 9, 59), at(1, 11)), (at(1, 9, 59), at(1, 10)))

    def test_what_lasts_no_time_stands_in_nobodys_way(self):
        self.assertIsNone(intersect(at(1, 9), at(1, 12), at(1, 10), at(1, 10)))
        self.assertIsNone(intersect(at(1, 10), at(1, 10), at(1, 10), at(1, 10)))

    # ------------------------------------------------------------
    # Several days
    # ------------------------------------------------------------

    def test_one_day_is_one_stretch(self):
        for start, stop in STRETCHES:
            if start < stop and start.date() == stop.date():
                self.assertEqual(split_by_day(start, stop, 'UTC'), [(start, stop)])

    def test_it_takes_the_same_hours_each_day(self):
        self.assertEqual(split_by_day(at(5, 9), at(7, 17), 'UTC'), [
            (at(5, 9), at(5, 17)), (at(6, 9), at(6, 17)), (at(7, 9), at(7, 17))])

    def test_what_ends_earlier_in_the_day_goes_through_the_night(self):
        self.assertEqual(split_by_day(at(5, 20), at(6, 2), 'UTC'), [(at(5, 20), at(6, 2))])
        self.assertEqual(split_by_day(at(5, 9), at(6, 9), 'UTC'), [(at(5, 9), at(6, 9))], "A day and a night.")

    def test_midnight_is_that_of_the_zone(self):
        # 23:30 to 0:30 in UTC is 0:30 to 1:30 in Paris: one day there, two here.
        self.assertEqual(split_by_day(at(5, 23, 30), at(6, 0, 30), PARIS), [(at(5, 23, 30), at(6, 0, 30))])
        # 22:00 to 24:00 in Paris ends on the next day, at an earlier hour.
        self.assertEqual(split_by_day(at(5, 21), at(5, 23), PARIS), [(at(5, 21), at(5, 23))])
        # Two evenings from 23:15 to 23:45 in UTC are two nights in Paris, from 0:15 to 0:45.
        self.assertEqual(split_by_day(at(5, 23, 15), at(6, 23, 45), PARIS), [
            (at(5, 23, 15), at(5, 23, 45)), (at(6, 23, 15), at(6, 23, 45))])

    def test_the_hour_of_the_day_stays_when_the_clocks_change(self):
        # In Paris they went forward on 29 March 2026: 9:00 is 8:00 UTC before and 7:00 after.
        self.assertEqual(split_by_day(at(28, 8, month=3), at(29, 15, month=3), PARIS), [
            (at(28, 8, month=3), at(28, 16, month=3)), (at(29, 7, month=3), at(29, 15, month=3))])
        # And back on 25 October: the day has 25 hours.
        self.assertEqual(count_minutes([whole_days(date(2026, 10, 25), date(2026, 10, 25), PARIS)]), 25 * 60)
        self.assertEqual(count_minutes([whole_days(date(2026, 3, 29), date(2026, 3, 29), PARIS)]), 23 * 60)

    def test_what_does_not_end_after_it_starts_takes_no_time(self):
        for start, stop in STRETCHES:
            if start >= stop:
                self.assertEqual(split_by_day(start, stop, PARIS), [])

    def test_the_stretches_lie_inside_and_in_order(self):
        for start, length in product(range(0, 24, 5), range(1, 100, 7)):
            begin = at(27, 0, 30, month=3) + timedelta(hours=start)
            end = begin + timedelta(hours=length)
            stretches = split_by_day(begin, end, PARIS)
            self.assertEqual((stretches[0][0], stretches[-1][1]), (begin, end))
            flat = [moment for stretch in stretches for moment in stretch]
            self.assertEqual(flat, sorted(flat))
            self.assertLessEqual(count_minutes(stretches), length * 60)

    def test_whole_days_begin_and_end_at_midnight(self):
        self.assertEqual(whole_days(date(2026, 1, 5), date(2026, 1, 5), 'UTC'), (at(5, 0), at(6, 0)))
        self.assertEqual(whole_days(date(2026, 1, 5), date(2026, 1, 6), PARIS), (at(4, 23), at(6, 23)))

    def test_the_two_half_days_make_the_day_and_do_not_overlap(self):
        for day, zone in product((date(2026, 1, 5), date(2026, 3, 29), date(2026, 10, 25)), ('UTC', PARIS)):
            morning, afternoon = half_day(day, 'morning', zone), half_day(day, 'afternoon', zone)
            self.assertIsNone(intersect(*morning, *afternoon))
            self.assertEqual((morning[0], afternoon[1]), whole_days(day, day, zone))
            self.assertEqual(morning[1], afternoon[0])
        self.assertEqual(half_day(date(2026, 1, 5), 'morning', PARIS)[1], at(5, 12))

    def test_more_than_twelve_hours_at_a_stretch_is_too_long(self):
        self.assertFalse(is_too_long([(at(5, 8), at(5, 20))]))
        self.assertTrue(is_too_long([(at(5, 8), at(5, 20, 1))]))
        self.assertFalse(is_too_long(split_by_day(at(5, 8), at(9, 20), 'UTC')))

    # ------------------------------------------------------------
    # What keeps somebody from being there
    # ------------------------------------------------------------

    def test_a_clash_says_only_what_is_in_the_way(self):
        busy = [Busy(at(5, 8), at(5, 10)), Busy(at(5, 16), at(5, 20), 7)]
        self.assertEqual(find_clashes([(at(5, 9), at(5, 17))], busy), [
            Busy(at(5, 9), at(5, 10)), Busy(at(5, 16), at(5, 17), 7)])

    def test_a_task_does_not_stand_in_its_own_way(self):
        busy = [Busy(at(5, 9), at(5, 17), 7), Busy(at(5, 9), at(5, 17), 8)]
        self.assertEqual(find_clashes([(at(5, 9), at(5, 17))], busy, source=7), [Busy(at(5, 9), at(5, 17), 8)])
        # A new one has no number yet; nor has an appointment, which is in its way.
        self.assertEqual(len(find_clashes([(at(5, 9), at(5, 17))], [Busy(at(5, 9), at(5, 10))], source=0)), 1)

    def test_what_overlaps_for_the_same_reason_is_said_once(self):
        wanted = [(at(5, 9), at(5, 17))]
        self.assertEqual(
            find_clashes(wanted, [Busy(at(5, 10), at(5, 12)), Busy(at(5, 11), at(5, 13)), Busy(at(5, 13), at(5, 14))]),
            [Busy(at(5, 10), at(5, 14))])
        self.assertEqual(len(find_clashes(wanted, [Busy(at(5, 10), at(5, 12), 1), Busy(at(5, 11), at(5, 13), 2)])), 2)

    def test_who_is_free_in_the_evening_is_free(self):
        wanted = split_by_day(at(5, 9), at(7, 17), 'UTC')
        self.assertEqual(find_clashes(wanted, [Busy(at(6, 17), at(6, 22)), Busy(at(7, 6), at(7, 9))]), [])
        self.assertEqual(len(find_clashes(wanted, [Busy(at(6, 0), at(7, 0))])), 1)
