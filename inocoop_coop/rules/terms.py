"""Terms: ranges of days with both ends included."""

def covers(outer_from, outer_to, inner_from, inner_to):
    """Whether the inner term lies inside the outer one."""
    return outer_from <= inner_from and inner_to <= outer_to


def overlap(first_from, first_to, second_from, second_to):
    """Whether two terms share at least one day."""
    return first_from <= second_to and second_from <= first_to


def is_current(day, term_from, term_to):
    """Whether the day lies in the term."""
    return term_from <= day <= term_to
