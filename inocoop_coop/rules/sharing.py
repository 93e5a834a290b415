"""What a period's result gives to whom: the host, the reserve, the contributions, then each member.

Everything is a whole number of the currency's smallest unit, here called cents, and between two
roundings a fraction is exact. What is shared is shared to the last cent: the cents that a division
leaves go to the largest remainders, the lower number of the member first when they are equal.

    >>> divide_result(100000, 30000, host_rate='10', reserve_rate='5', contribution_rate='20')
    Division(turnover=100000, other=0, expense=30000, result=70000, host=10000, reserve=3500, contributions=11300, to_share=45200)
    >>> members = [Member(1, minutes={'work': 600}), Member(2, minutes={'work': 300})]
    >>> share(45200, members, Key(equal=50)).amounts
    {1: 26367, 2: 18833}
"""
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from .commitment import round_half_up

LEAVERS = ('full', 'time', 'nothing')
ABSENCES = ('ignored', 'unjustified', 'all')


class SharingError(ValueError):
    """Why nothing can be shared, as a code that the reader's language gives words to.

    ============  ==========================================================================
    reason        what it says
    ============  ==========================================================================
    nobody        there is no member to share with
    no_hours      hours decide, at least in part, and no hour counts
    no_presence   the equal part counts days or half-days, and nobody has any
    floor         the floor asks for more than there is: ``needed`` cents
    ============  ==========================================================================
    """

    def __init__(self, reason, needed=0):
        super().__init__(reason)
        self.reason, self.needed = reason, needed


@dataclass(frozen=True)
class Division:
    """A period's result and what is taken from it before the members share. In cents; only ``result`` and ``to_share``
    may be negative."""
    turnover: int
    other: int
    expense: int
    result: int
    host: int
    reserve: int
    contributions: int
    to_share: int


def divide_result(turnover, expense, *, other=0, host_rate, reserve_rate, contribution_rate):  # noqa: PLR0913 (each is a figure of its own)
    """What is taken from a period's result, step by step; each step is rounded to the cent, the half upwards.

    The host's share is taken of the turnover, the reserve of the result, the contributions of what is
    left after both: a loss has neither reserve nor contributions, and the host keeps its share of it all
    the same.

    :param int turnover: what was sold, net of tax, in cents
    :param int expense: what was spent, as a positive number of cents
    :param int other: what came in without being sold, such as a grant, in cents: the host takes nothing of it
    :param str host_rate: percentage, as a decimal text
    :param str reserve_rate: percentage, as a decimal text
    :param str contribution_rate: percentage, as a decimal text
    :raise ValueError: for a percentage below 0 or above 100
    """
    host_rate, reserve_rate, contribution_rate = map(_to_part, (host_rate, reserve_rate, contribution_rate))
    result = turnover + other - expense
    host = round_half_up(host_rate * max(turnover, 0))
    reserve = round_half_up(reserve_rate * max(result, 0))
    left = result - host - reserve
    contributions = round_half_up(contribution_rate * max(left, 0))
    return Division(turnover, other, expense, result, host, reserve, contributions, left - contributions)


def _to_part(rate):
    part = Fraction(str(rate)) / 100
    if not 0 <= part <= 1:
        raise ValueError(f"{rate} is no percentage between 0 and 100")
    return part


@dataclass(frozen=True)
class Key:
    """The rule that a group votes.

    :param int equal: percentage of the amount that is shared in equal parts; the rest follows the hours
    :param weights: what an hour of a kind counts, in per cent: ``{kind: whole number}``; 100 for a kind that is not named
    :param int floor: the least that each member gets, in cents
    :param int cap: the most that a member gets, in cents; 0 for no limit
    :param str leavers: the part of who left before the end. ``full``: like everybody; ``time``: equal parts in proportion
        of their days, and their hours; ``nothing``
    :param str absences: which missed half-days reduce the equal part: ``ignored`` (none), ``unjustified``, ``all``
    :raise ValueError: for what is no such thing
    """
    equal: int = 0
    weights: Mapping = field(default_factory=dict)
    floor: int = 0
    cap: int = 0
    leavers: str = 'time'
    absences: str = 'ignored'

    def __post_init__(self):
        if not 0 <= self.equal <= 100:
            raise ValueError(f"{self.equal} is no percentage between 0 and 100")
        if any(weight < 0 for weight in self.weights.values()):
            raise ValueError("an hour can't count less than nothing")
        if self.floor < 0 or self.cap < 0 or (self.cap and self.floor > self.cap):
            raise ValueError("the floor lies between nothing and the cap")
        if self.leavers not in LEAVERS:
            raise ValueError(f"leavers: {self.leavers!r}")
        if self.absences not in ABSENCES:
            raise ValueError(f"absences: {self.absences!r}")


@dataclass(frozen=True)
class Member:
    """What is known of a member in a period.

    :param number: names the member; of equal remainders the lower number gets the cent
    :param minutes: validated minutes by kind of hours
    :param int days: of the period, how many the member took part
    :param int period: how many days the period has
    :param bool left: whether they left before the end
    :param int expected: half-days on which they were expected
    :param int unjustified: half-days missed without a reason that counts
    :param int justified: half-days missed with one
    """
    number: int
    minutes: Mapping = field(default_factory=dict)
    days: int = 1
    period: int = 1
    left: bool = False
    expected: int = 0
    unjustified: int = 0
    justified: int = 0

    def _is_counted(self, key):
        return not (self.left and key.leavers == 'nothing')

    def _weigh_hours(self, key):
        """Minutes that count, times a hundred. A counter-entry may be validated before what it corrects: never below nothing."""
        return max(0, sum(minutes * key.weights.get(kind, 100) for kind, minutes in self.minutes.items()))

    def _weigh_presence(self, key):
        """How much of an equal part the member has, between 0 and 1."""
        part = Fraction(1)
        if self.left and key.leavers == 'time':
            part = Fraction(max(self.days, 0), max(self.period, 1))
        if self.expected and key.absences != 'ignored':
            missed = self.unjustified + (self.justified if key.absences == 'all' else 0)
            part *= Fraction(max(self.expected - missed, 0), self.expected)
        return part


@dataclass(frozen=True)
class Shares:
    """Who gets what.

    :param amounts: ``{number of the member: cents}``, in the order of the numbers
    :param int unshared: what no member gets, because each has reached the cap
    """
    amounts: Mapping
    unshared: int = 0


def share(amount, members, key):
    """Share an amount between members by a key.

    :param int amount: cents, 0 or more
    :param members: ``Member`` objects with different numbers; their order does not matter
    :param key: a ``Key``
    :return: ``Shares``; the amounts and what is unshared add up to the amount
    :raise SharingError: when the key gives nothing to go by
    """
    if amount < 0:
        raise ValueError("a loss is not shared")
    members = sorted(members, key=lambda member: member.number)
    counted = [member for member in members if member._is_counted(key)]
    if not counted:
        raise SharingError('nobody')
    if key.floor * len(counted) > amount:
        raise SharingError('floor', key.floor * len(counted))
    weights = _weigh(counted, key)
    exact = _fill(amount, weights, key.floor, key.cap or amount)
    unshared = amount - sum(exact.values())
    return Shares({member.number: 0 for member in members} | _round(exact, int(amount - unshared)), int(unshared))


def _weigh(members, key):
    """Each member's part of the whole, which adds up to 1."""
    weights = dict.fromkeys((member.number for member in members), Fraction(0))
    for percentage, reason, weigh in (
            (key.equal, 'no_presence', Member._weigh_presence), (100 - key.equal, 'no_hours', Member._weigh_hours)):
        if not percentage:
            continue
        parts = {member.number: weigh(member, key) for member in members}
        whole = sum(parts.values())
        if not whole:
            raise SharingError(reason)
        for number, part in parts.items():
            weights[number] += Fraction(percentage, 100) * Fraction(part) / whole
    return weights


def _fill(amount, weights, floor, cap):
    """Amounts in proportion of the weights, none below the floor or above the cap, as exact fractions.

    One level is looked for at which the amounts add up: whoever's part of it would be outside the
    bounds stands on the bound. What the level gives grows with it, piece by piece in straight lines,
    so the piece in which the sum is reached is found, and then the level in it.
    """
    def at(level):
        return {number: min(max(level * weight, floor), cap) for number, weight in weights.items()}

    bounds = [Fraction(0), *sorted({Fraction(bound) / weight for weight in weights.values() if weight for bound in (floor, cap)})]
    reached = bisect_left(bounds, amount, key=lambda level: sum(at(level).values()))
    if reached == len(bounds):
        return at(bounds[-1])  # everybody whose part grows has the cap
    low, high = bounds[max(reached - 1, 0)], bounds[reached]
    below, above = sum(at(low).values()), sum(at(high).values())
    return at(high) if above == below else at(low + (high - low) * (amount - below) / (above - below))


def _round(exact, amount):
    """Whole cents that add up: the largest remainders get the cents that are left, the lower number first."""
    rounded = {number: int(part) for number, part in exact.items()}
    left = amount - sum(rounded.values())
    for number in sorted(exact, key=lambda number: (rounded[number] - exact[number], number))[:left]:
        rounded[number] += 1
    return rounded
