"""The days of the story: plain functions on dates, no database.

A cohort tells its days as a week and a weekday, counted from its first Monday: ``(3, TUE)``.
"""
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.easter import easter

MON, TUE, WED, THU, FRI, SAT = range(6)
WEEKS_SO_FAR = 15  # 105 to 111 days: the fourth month, whatever the length of the three before
PARIS = ZoneInfo('Europe/Paris')
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


def is_worked(day):
    """Whether people work on that day: neither a Sunday nor a French public holiday."""
    movable = (day - easter(day.year)).days in (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
    return day.weekday() <= SAT and (day.month, day.day) not in FIXED_HOLIDAYS and not movable


def next_worked(day):
    """That day or, when nobody works on it, the next one on which people do."""
    while not is_worked(day):
        day += timedelta(days=1)
    return day


def last_worked(day):
    """That day or, when nobody works on it, the last one before it on which people did."""
    while not is_worked(day):
        day -= timedelta(days=1)
    return day


def moment(day, hour, minute=0):
    """A time of the day in Béthune, as Odoo stores it: naive, in UTC."""
    local = datetime.combine(day, time(hour, minute), tzinfo=PARIS)
    return local.astimezone(ZoneInfo('UTC')).replace(tzinfo=None)


def start_of_main_cohort(today):
    """The Monday on which a cohort began that is in its fourth month today."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS_SO_FAR)


def start_of_summer_before(day):
    """The first of July of the last summer that was over on that day."""
    return date(day.year if day > date(day.year, 8, 31) else day.year - 1, 7, 1)


class Days:
    """The days of one cohort.

    :param datetime.date start: its first day; weeks are counted from the first Monday
    """

    def __init__(self, start):
        self.start = start
        self.monday = start + timedelta(days=-start.weekday() % 7)

    def on(self, week, weekday):
        """That day of that week, or the next one on which people work."""
        return next_worked(self.monday + timedelta(weeks=week, days=weekday))

    def workweek(self, week):
        """The days of that week on which people can be planned: Tuesday to Friday, holidays left out."""
        days = (self.monday + timedelta(weeks=week, days=weekday) for weekday in (TUE, WED, THU, FRI))
        return [day for day in days if is_worked(day)]

    def week_of(self, day):
        return (day - self.monday).days // 7
