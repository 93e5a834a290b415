"""Who works when: a plan by half-days that no person could contradict. No database.

Everyone meets on Monday morning. The rest of the week, from Tuesday to Friday, is interventions
first, then each person's part in running the cooperative, up to what the week allows.
"""
from collections import Counter
from dataclasses import dataclass
from datetime import date

from .days import MON

MEETING_HOURS = 3.0
WORK_HOURS = 3.5  # an intervention, half a day
DESK_HOURS = 3.0  # running the cooperative, half a day


@dataclass(frozen=True, order=True)
class HalfDay:
    """A morning or an afternoon."""

    day: date
    afternoon: bool

    @property
    def begins(self):
        return (13, 30) if self.afternoon else (8, 30)

    @property
    def ends(self):
        return (17, 0) if self.afternoon else (12, 0)


class Roster:
    """The half-days of a cohort's people.

    :param list people: who works
    :param Days days: the cohort's days
    :param int weeks: how many weeks are planned, from week 0
    :param int limit: half-days a week and a person, besides the meeting of Monday
    """

    def __init__(self, people, days, weeks, limit):
        self.people = list(people)
        self.days = days
        self.weeks = weeks
        self.limit = limit
        self.meetings = [days.on(week, MON) for week in range(weeks)]
        self._taken = {(person, HalfDay(day, False)) for person in people for day in self.meetings}
        self._load = Counter()
        self._filled = {}

    def book(self, crew, count, week, weekday):
        """The first half-days from that day on which the whole crew is free, taken for them.

        :param int count: how many
        :return: the half-days, in order
        """
        first = self.days.on(week, weekday)
        booked = []
        for later_week in range(week, self.weeks):
            for half_day in self._half_days(later_week):
                if half_day.day < first or not all(self._is_free(person, half_day, later_week) for person in crew):
                    continue
                self._take(crew, half_day, later_week)
                booked.append(half_day)
                if len(booked) == count:
                    return booked
        raise ValueError(f"{crew} have no {count} half-days from week {week} on.")

    def fill(self, person, week):
        """What is left of the person's week for running the cooperative, taken for it.

        Nobody's weeks are all the same: each third one is a little lighter, and now and then
        someone is away for some days.
        """
        if (person, week) not in self._filled:
            self._filled[person, week] = self._fill(person, week)
        return self._filled[person, week]

    def get_free(self, person, week):
        """The half-days of the week, from Tuesday to Friday, on which the person has nothing to do."""
        self.fill(person, week)
        return [half_day for half_day in self._half_days(week) if (person, half_day) not in self._taken]

    def _fill(self, person, week):
        rank = self.people.index(person)
        wanted = self.limit - ((rank + week) % 3 == 0) - 2 * ((5 * rank + week) % 11 == 0)
        filled = []
        for half_day in self._half_days(week):
            if self._load[person, week] >= wanted:
                break
            if self._is_free(person, half_day, week):
                self._take([person], half_day, week)
                filled.append(half_day)
        return filled

    def _half_days(self, week):
        return [HalfDay(day, afternoon) for day in self.days.workweek(week) for afternoon in (False, True)]

    def _is_free(self, person, half_day, week):
        return (person, half_day) not in self._taken and self._load[person, week] < self.limit

    def _take(self, crew, half_day, week):
        for person in crew:
            self._taken.add((person, half_day))
            self._load[person, week] += 1
