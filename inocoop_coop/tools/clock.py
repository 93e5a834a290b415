"""What "today" and "now" are for the actions of a cooperative.

The demonstration retells four months of a cohort through the same actions a person uses. It
needs these actions to believe that it is some day of the past. The clock travels in the context
as an object, and a request from outside only ever carries texts, numbers, lists and
dictionaries: nobody can set the clock back over RPC to vote after a deadline.
"""
from dataclasses import dataclass
from datetime import datetime

from odoo import fields
from odoo.exceptions import UserError

CONTEXT_KEY = 'coop_clock'


@dataclass(frozen=True)
class Clock:
    """A moment that stands in for the present.

    :param datetime moment: naive, in UTC, as Odoo stores moments
    :param bool silent: whether nobody is written to about what happens then
    """

    moment: datetime
    silent: bool = False


def is_retold(env):
    """Whether what happens is retold, in one transaction, and not lived."""
    return isinstance(env.context.get(CONTEXT_KEY), Clock)


def is_silent(env):
    """Whether nobody is to be written to: who is in a story did not wait for it."""
    return is_retold(env) and env.context[CONTEXT_KEY].silent


def now(env):
    """The present moment, naive and in UTC, as Odoo stores moments."""
    clock = env.context.get(CONTEXT_KEY)
    return clock.moment if isinstance(clock, Clock) else fields.Datetime.now()


def today(records):
    """Today's date in the time zone of who is asking.

    :param records: any recordset; its environment gives the time zone
    """
    return fields.Date.context_today(records, timestamp=now(records.env))


def to_day(records, value):
    """The day that a caller gives to an action.

    :param value: a date, its ISO text, or nothing
    :return: a date, or ``None``
    :raise UserError: when it is none of these: a call from outside may carry anything
    """
    try:
        return fields.Date.to_date(value) or None
    except (TypeError, ValueError, KeyError):
        raise UserError(records.env._("“%s” is not a date: write it like 2026-01-31.", value)) from None


def at(records, day, silent=False):
    """The same records, for which it is noon (UTC) of that day.

    :param day: the day to be, or the very moment (naive, in UTC)
    :param bool silent: whether nobody is written to about what happens then
    """
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, 12)
    return records.with_context(**{CONTEXT_KEY: Clock(moment, silent)})
