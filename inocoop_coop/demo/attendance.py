"""Half-days of attendance: who was expected, who signed, who was away and why."""
from datetime import timedelta
from functools import partial

from .days import FRI, moment
from .pictures import signature
from .roster import HalfDay
from .run import Chapter

EXPECTED_AT = (8, 0)
BETWEEN_SIGNATURES = timedelta(minutes=1)
# Who of the HR committee notes absences; someone else notes those of that person.
NOTERS = ('member', 'enzo')
# In turn: the reason, and whether it is accepted.
REASONS = (('illness', True), ('appointment', True), ('transport', False), ('family', True), ('unknown', False))
AWAY_EACH = 4  # one of so many weeks of a person has half a day away


class Attendance(Chapter):
    """The facilitator says when everyone is expected; each morning and afternoon people sign, on their phone or on a tablet."""

    def __init__(self, story, run, first, weeks):
        """
        :param datetime.date first: the first day on which people are expected
        :param int weeks: until the Friday of that week
        """
        super().__init__(story, run)
        self.first, self.last = first, run.days.monday + timedelta(weeks=weeks, days=FRI)
        self.presences = {}

    def events(self):
        expected_at = moment(self.first, *EXPECTED_AT)
        yield expected_at, partial(self.expect, expected_at)
        for number in range((self.last - self.first).days + 1):
            for half_day in (HalfDay(self.first + timedelta(days=number), afternoon) for afternoon in (False, True)):
                # Today's are there to be signed by whoever looks at the demonstration.
                if half_day.day < self.story.today:
                    yield moment(half_day.day, *half_day.begins), partial(self.sign, half_day)

    def expect(self, at):
        """Everyone, on the working days of the period."""
        env = self.story.on(at, 'facilitator')
        period = env['coop.presence.period'].create({
            'cohort_id': self.run.cohort.id, 'date_from': self.first, 'date_to': self.last})
        people = {membership: key for key, membership in self.run.memberships.items()}
        for presence in env['coop.presence'].search(period.action_expect()['domain']):
            half_day = HalfDay(presence.date, presence.half == 'afternoon')
            self.presences.setdefault(half_day, {})[people[presence.membership_id]] = presence

    def sign(self, half_day):
        """Who is there signs; who is not is noted."""
        at = moment(half_day.day, *half_day.begins)
        for person, presence in self.presences.get(half_day, {}).items():
            away = self.get_absence(person, half_day)
            if away:
                presence.with_env(self.story.on(at, self.get_noter(person))).action_note_absent(*away)
            else:
                presence.with_env(self.story.on(at, self.run.writer or person)).action_sign(signature(person))
            at += BETWEEN_SIGNATURES

    def get_noter(self, person):
        return self.run.writer or NOTERS[person == NOTERS[0]]

    def get_absence(self, person, half_day):
        """The reason, and whether it is accepted; nothing for who is there. Nobody is away who works on that half-day."""
        rank, week = self.run.roster.people.index(person), self.run.days.week_of(half_day.day)
        if (2 * rank + week) % AWAY_EACH or self.run.roster.get_free(person, week)[:1] != [half_day]:
            return None
        return REASONS[(rank + week) % len(REASONS)]
