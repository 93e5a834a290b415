"""When people are taken, and what overlaps.

Plain functions over moments, without a database. Moments are naive and in UTC, as Odoo stores
them; days and hours of the day are those of a time zone that is given.

An example: who paints on Monday and Tuesday from 9:00 to 17:00 is free on Monday evening, and may
well start elsewhere on Tuesday at 17:00.
"""
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONG_DAY = timedelta(hours=12)
NOON = time(13)  # between the half-days that people sign


@dataclass(frozen=True, order=True)
class Busy:
    """When somebody is taken, and by what.

    :param datetime start: included
    :param datetime stop: not included
    :param int source: the task that takes them; 0 for what nobody is told about
    """

    start: datetime
    stop: datetime
    source: int = 0


def intersect(start, stop, other_start, other_stop):
    """What two stretches of time have in common.

    Those that only touch have nothing in common, and an empty one has nothing in common with any.

    :return: ``(start, stop)``, or ``None``
    """
    first, last = max(start, other_start), min(stop, other_stop)
    return (first, last) if first < last else None


def split_by_day(start, stop, zone):
    """The stretches of which an intervention is made.

    One that ends on a later day at a later hour takes the same hours on each of these days: nobody
    gardens through the night. One that ends at an earlier hour of a later day goes on through the
    night, as an evening's service does.

    :param str zone: name of the time zone whose days and hours count
    :return: list of ``(start, stop)``, in order; empty when it does not end after it starts
    """
    if not start < stop:
        return []
    first, last = _to_zone(start, zone), _to_zone(stop, zone)
    if first.time() >= last.time():
        return [(start, stop)]
    days = [first.date() + timedelta(days=day) for day in range((last.date() - first.date()).days + 1)]
    return [(_to_utc(day, first.time(), zone), _to_utc(day, last.time(), zone)) for day in days]


def whole_days(first, last, zone):
    """From the midnight that begins the first day to the one that ends the last.

    :param date first: and ``last``, both included
    :return: ``(start, stop)``
    """
    return _to_utc(first, time.min, zone), _to_utc(last + timedelta(days=1), time.min, zone)


def half_day(day, half, zone):
    """A morning, which ends at ``NOON``, or the afternoon that follows it and takes the evening along.

    :param str half: ``morning`` or ``afternoon``
    :return: ``(start, stop)``
    """
    start, stop = whole_days(day, day, zone)
    noon = _to_utc(day, NOON, zone)
    return (start, noon) if half == 'morning' else (noon, stop)


def day_of(moment, zone):
    """The day on which this moment is."""
    return _to_zone(moment, zone).date()


def count_minutes(stretches):
    """How long these last together, in whole minutes."""
    return sum(int((stop - start).total_seconds()) // 60 for start, stop in stretches)


def find_clashes(stretches, busy, source=0):
    """What keeps somebody from being there.

    :param stretches: when they are wanted, as of ``split_by_day``
    :param busy: ``Busy`` of this person; what takes several stretches stands there several times
    :param int source: the task that wants them, which does not stand in its own way
    :return: ``Busy`` cut to what is wanted, in order; what overlaps for the same reason is one
    """
    found = []
    for start, stop in stretches:
        for taken in busy:
            common = intersect(start, stop, taken.start, taken.stop)
            if common and not (source and taken.source == source):
                found.append(Busy(*common, taken.source))
    merged = []
    for taken in sorted(found, key=lambda taken: (taken.source, taken.start, taken.stop)):
        if merged and merged[-1].source == taken.source and taken.start <= merged[-1].stop:
            merged[-1] = Busy(merged[-1].start, max(merged[-1].stop, taken.stop), taken.source)
        else:
            merged.append(taken)
    return sorted(merged)


def is_too_long(stretches):
    """Whether somebody would be there for longer at a stretch than anybody works: most often a wrong date."""
    return any(stop - start > LONG_DAY for start, stop in stretches)


def _to_zone(moment, zone):
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))


def _to_utc(day, hour, zone):
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
