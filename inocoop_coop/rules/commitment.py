"""How much of a cohort's commitment ceiling is used: whole numbers of the currency's smallest unit.

Used up are the orders that were confirmed to suppliers, and what is still to be paid of bills that come
from no order. A bill may be shared between cohorts and partly come from an order: of what is still to
be paid, a cohort bears the part that its lines have in the bill.

>>> share(10000, [(6000, 50)], 12000)  # half of a line of 60.00, of a bill of 120.00 on which 100.00 are due
2500
"""
from fractions import Fraction


def share(residual, lines, total):
    """A cohort's part of what is still to be paid of a bill.

    :param int residual: what is still to be paid, tax included
    :param lines: the cohort's lines: ``[(amount, tax included, percentage of it that is the cohort's)]``
    :param int total: the amount of the whole bill, tax included
    :return: a whole number of the smallest unit, the half rounded up
    """
    if not total:
        return 0
    part = sum((Fraction(amount) * Fraction(str(percentage)) / 100 for amount, percentage in lines), Fraction(0))
    return round_half_up(Fraction(residual) * part / total)


def round_half_up(value):
    """The nearest whole number; from the middle, away from zero."""
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))


def is_above(ceiling, used, order):
    """Whether an order goes above what is left. A ceiling of 0 is none."""
    return bool(ceiling) and used + order > ceiling
