"""Terms: ranges of days with both ends included, and perhaps no end yet.

``None`` as an end means that the term runs until someone ends it.
"""
from datetime import date


def covers(outer_from, outer_to, inner_from, inner_to):
    """Whether the inner term lies inside the outer one.

    An inner term without an end lies only in an outer one without an end.
    """
    return outer_from <= inner_from and (inner_to or date.max) <= (outer_to or date.max)


def overlap(first_from, first_to, second_from, second_to):
    """Whether two terms share at least one day."""
    return first_from <= (second_to or date.max) and second_from <= (first_to or date.max)


def is_current(day, term_from, term_to):
    """Whether the day lies in the term."""
    return term_from <= day <= (term_to or date.max)
