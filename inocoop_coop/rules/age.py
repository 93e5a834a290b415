"""Ages as the field counts them: in completed years, at a given day."""

MAJORITY = 18  # years; Code civil, art. 414


def completed_years(birthdate, on):
    """Age in completed years.

    A person born on 29 February completes a year on 1 March of the years that have no
    29 February: the French administration counts from one anniversary day to the next, and
    the day that does not exist has not been reached on 28 February.

    :param datetime.date birthdate: day of birth
    :param datetime.date on: the day at which the age is asked
    :return: whole years; negative for someone not yet born on that day
    """
    return on.year - birthdate.year - ((on.month, on.day) < (birthdate.month, birthdate.day))


def is_minor(birthdate, on):
    """Whether the person has not come of age on that day."""
    return completed_years(birthdate, on) < MAJORITY


def is_age_within(birthdate, on, age_min, age_max):
    """Whether the age in completed years lies in the range, both ends included.

    :param int age_min: youngest age accepted, in completed years
    :param int age_max: oldest age accepted, in completed years (25 accepts until the eve of
        the 26th birthday)
    """
    return age_min <= completed_years(birthdate, on) <= age_max
