from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

from dateutil.relativedelta import relativedelta

from odoo.tests import BaseCase, tagged

from ..demo.agenda import VISIT
from ..demo.days import (
    MON,
    SAT,
    THU,
    TUE,
    WEEKS_SO_FAR,
    Days,
    is_worked,
    moment,
    next_worked,
    start_of_main_cohort,
    start_of_summer_before,
)
from ..demo.decisions import Decisions
from ..demo.life import MANDATES
from ..demo.orders import NEW
from ..demo.proposals import OPEN, PROPOSALS
from ..demo.roster import WORK_HOURS, HalfDay, Roster
from ..demo.scenario import plan_main, plan_summer
from ..demo.sessions import MEETINGS

# A leap year among them, and Easter from March to late April.
THREE_YEARS = [date(2026, 11, 1) + timedelta(days=number) for number in range(3 * 365 + 1)]


@tagged('post_install', '-at_install')
class TestDemonstrationDays(BaseCase):
    """The days of the story, whatever the day on which it is told."""

    def test_nobody_works_on_a_sunday_or_a_public_holiday(self):
        holidays = {
            2027: "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25",
            2028: "01-01 04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 11-11 12-25",
        }
        for year, days in holidays.items():
            off = {date.fromisoformat(f'{year}-{day}') for day in days.split()}
            for number in range(365):
                day = date(year, 1, 1) + timedelta(days=number)
                self.assertEqual(is_worked(day), day not in off and day.weekday() != 6, day)

    def test_who_can_not_work_on_a_day_works_on_the_next_one(self):
        self.assertEqual(next_worked(date(2027, 3, 27)), date(2027, 3, 27))
        self.assertEqual(next_worked(date(2027, 3, 28)), date(2027, 3, 30), "after Easter's Sunday and Monday")

    def test_nine_in_the_morning_is_nine_in_summer_and_in_winter(self):
        self.assertEqual(moment(date(2027, 1, 15), 9), datetime(2027, 1, 15, 8))
        self.assertEqual(moment(date(2027, 7, 15), 9, 30), datetime(2027, 7, 15, 7, 30))

    def test_weeks_are_counted_from_the_first_monday(self):
        days = Days(date(2026, 7, 1))
        self.assertEqual(days.monday, date(2026, 7, 6))
        self.assertEqual(days.on(0, TUE), date(2026, 7, 7))
        self.assertEqual(days.on(-1, THU), date(2026, 7, 2))
        self.assertEqual((days.week_of(date(2026, 7, 12)), days.week_of(date(2026, 7, 13))), (0, 1))
        self.assertEqual(days.workweek(1), [date(2026, 7, 15), date(2026, 7, 16), date(2026, 7, 17)], "the 14th is a holiday")

    def test_the_cohort_began_on_a_monday_and_is_in_its_fourth_month_every_day(self):
        for today in THREE_YEARS:
            start = start_of_main_cohort(today)
            self.assertEqual(start.weekday(), MON, today)
            self.assertLessEqual(start + relativedelta(months=3), today, today)
            self.assertLess(today, start + relativedelta(months=4), today)

    def test_the_summer_before_was_over_when_the_cohort_began_and_not_two_years_ago(self):
        for today in THREE_YEARS:
            start = start_of_main_cohort(today)
            summer = start_of_summer_before(start)
            self.assertEqual((summer.month, summer.day), (7, 1))
            self.assertLess(summer.replace(month=8, day=31), start, today)
            self.assertLess(start, summer + relativedelta(months=15), today)


@tagged('post_install', '-at_install')
class TestDemonstrationRoster(BaseCase):
    """Who works when, whatever the day on which the story is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The plan depends on the first day only.
        starts = {start_of_main_cohort(today): today for today in THREE_YEARS}
        cls.mains = [plan_main(today) for today in starts.values()]
        summers = {start_of_summer_before(start): today for start, today in starts.items()}
        cls.summers = [plan_summer(today) for today in summers.values()]

    def _half_days(self, run):
        """Every half-day that someone of the cohort works: ``(person, half-day)``."""
        for meeting in run.roster.meetings:
            yield from ((person, HalfDay(meeting, False)) for person in run.roster.people)
        for deal, half_days in run.plan.items():
            yield from ((person, half_day) for person in deal.crew for half_day in half_days)
        for week in range(run.weeks):
            for person in run.roster.people:
                yield from ((person, half_day) for half_day in run.roster.fill(person, week))

    def test_the_first_free_half_days_are_taken_once(self):
        roster = Roster(['ana', 'ben'], Days(date(2026, 11, 2)), weeks=2, limit=2)
        first, second = roster.book(['ana'], 2, 0, TUE)
        self.assertEqual((first, second), (HalfDay(date(2026, 11, 3), False), HalfDay(date(2026, 11, 3), True)))
        # Ana's week is full: together they are free in the next one.
        self.assertEqual(roster.book(['ana', 'ben'], 1, 0, TUE), [HalfDay(date(2026, 11, 10), False)])
        self.assertEqual(roster.book(['ben'], 1, 0, THU), [HalfDay(date(2026, 11, 5), False)], "not before the day asked for")
        with self.assertRaisesRegex(ValueError, "have no 9 half-days"):
            roster.book(['ben'], 9, 0, TUE)

    def test_every_deal_finds_its_crew_and_starts_after_the_customer_agreed(self):
        for run in self.mains + self.summers:
            self.assertEqual(set(run.plan), {deal for deal in run.deals if deal.work})
            for deal, half_days in run.plan.items():
                self.assertEqual(len(half_days), deal.halves)
                agreed = next_worked(run.days.on(*deal.asked) + timedelta(days=7))
                self.assertLess(agreed, half_days[0].day, f"{deal.title}, {run.name}")

    def test_nobody_is_in_two_places_at_once_nor_works_on_a_day_off_nor_too_much(self):
        for run in self.mains + self.summers:
            half_days = list(self._half_days(run))
            twice = [place for place, count in Counter(half_days).items() if count > 1]
            self.assertFalse(twice, run.name)
            off = [half_day for _person, half_day in half_days if not is_worked(half_day.day)]
            self.assertFalse(off, run.name)
            weeks = Counter((person, run.days.week_of(half_day.day)) for person, half_day in half_days)
            self.assertLessEqual(max(weeks.values()), run.half_days + 1, run.name)

    def test_nobody_is_called_to_two_meetings_at_once_or_to_one_during_work(self):
        for run in self.mains:
            engagements = defaultdict(list)
            for person, day, hour, duration, name in (*self._get_meetings(run), *self._get_visits(run), *self._get_work(run)):
                engagements[person].append((moment(day, *hour), duration, name))
            for person, theirs in engagements.items():
                for (start, duration, name), (later, _duration, other) in pairwise(sorted(theirs)):
                    self.assertLessEqual(start + timedelta(hours=duration), later, f"{person}: {name} and {other}, {run.name}")

    def _get_meetings(self, run):
        for body, name, weeks, weekday, hour, duration, _leader in MEETINGS:
            for day in (run.days.on(week, weekday) for week in weeks):
                yield from ((person, day, hour, duration, name) for person in self._get_members(run, body, day))

    def _get_visits(self, run):
        hour, duration = VISIT
        for deal in run.deals:
            if deal.fate != NEW:
                yield deal.seller, next_worked(run.days.on(*deal.asked) + timedelta(days=1)), hour, duration, deal.title

    def _get_work(self, run):
        for deal, half_days in run.plan.items():
            for half_day in half_days:
                yield from ((person, half_day.day, half_day.begins, WORK_HOURS, deal.title) for person in deal.crew)

    def _get_members(self, run, body, day):
        if body == 'assembly':
            return run.roster.people
        return [
            person for of_body, person, _role, first, last in MANDATES
            if of_body == body and run.days.on(*first) <= day and (not last or day <= run.days.on(*last))]

    def test_no_week_is_overfull_and_not_all_are_alike(self):
        run = self.mains[0]
        weeks = Counter((person, run.days.week_of(half_day.day)) for person, half_day in self._half_days(run))
        for person in run.roster.people:
            self.assertGreater(len({weeks[person, week] for week in range(run.weeks)}), 1, person)

    def test_saturday_is_for_writing_hours_not_for_working(self):
        for run in self.mains + self.summers:
            days = {half_day.day for half_days in run.plan.values() for half_day in half_days}
            self.assertFalse([day for day in days if day.weekday() >= SAT], run.name)

    # ------------------------------------------------------------
    # Decisions
    # ------------------------------------------------------------

    def _get_decisions(self):
        """What is told of each proposal, on every day: ``(today, {proposal: [(when, what)]})``."""
        for run in self.mains:
            for number in range(7):
                today = run.days.start + timedelta(weeks=WEEKS_SO_FAR, days=number)
                told = defaultdict(list)
                for when, event in Decisions(SimpleNamespace(today=today), run).events():
                    told[event.args[0]].append((when, event.func.__name__))
                yield today, told

    def test_what_happens_to_a_proposal_happens_in_its_order_and_votes_come_before_the_deadline(self):
        for today, told in self._get_decisions():
            self.assertEqual(list(told), PROPOSALS)
            for proposal, events in told.items():
                moments = [when for when, _what in events]
                self.assertEqual(moments, sorted(moments), f"{proposal.name}, {today}")
                for (opened, what), (voted, _then) in pairwise(events):
                    if what == 'open_vote':
                        deadline = opened + timedelta(hours=proposal.hours)
                        self.assertLess(voted + timedelta(hours=1), deadline, f"{proposal.name}, {today}")

    def test_what_is_open_was_told_before_today_and_all_the_rest_before_this_week(self):
        for today, told in self._get_decisions():
            monday = today - timedelta(days=today.weekday())
            for proposal, events in told.items():
                last = max(when for when, what in events if what != 'close_at_deadline').date()
                self.assertLess(last, today if proposal in OPEN else monday, f"{proposal.name}, {today}")
                deadlines = [when for when, what in events if what == 'close_at_deadline']
                for deadline in deadlines if proposal in OPEN else ():
                    self.assertGreater(deadline.date(), today + timedelta(days=2), f"{proposal.name}, {today}")
