"""Meetings in the calendar: the assembly, the bodies, visits to customers."""
from datetime import timedelta
from functools import partial

from .days import FRI, MON, WED, moment, next_worked
from .orders import NEW
from .run import Chapter

# body, what the calendar says, weeks, weekday, time, hours
MEETINGS = [
    ('assembly', "Assemblée du lundi", range(18), MON, (9, 0), 1.5),
    ('hr', "Comité RH", range(1, 18, 2), MON, (10, 30), 1.5),
    ('marketing', "Comité marketing", range(1, 18, 2), MON, (10, 30), 1.5),
    ('finance', "Comité finances", range(1, 18, 2), MON, (10, 30), 1.5),
    ('board', "Conseil", range(1, 18, 2), WED, (17, 15), 1),
    ('steering', "Comité de pilotage", (0, 8, 17), FRI, (10, 0), 2),
]
SUMMER_MEETINGS = [
    ('assembly', "Assemblée du lundi", range(8), MON, (9, 0), 1.5),
    ('steering', "Comité de pilotage", (0, 7), FRI, (10, 0), 1),
]
WEEKS_AHEAD = 2
VISIT = ((12, 15), 0.75)  # between the morning's work and the afternoon's


class Agenda(Chapter):
    """The facilitator puts each meeting into everyone's calendar two weeks before it."""

    def events(self):
        for body, name, weeks, weekday, hour, duration in (SUMMER_MEETINGS if self.run.writer else MEETINGS):
            for week in weeks:
                day = self.run.days.on(week, weekday)
                # Bodies are first called when they have members.
                called = max(day - timedelta(weeks=WEEKS_AHEAD), self.run.days.on(0, FRI))
                yield min(called, day), partial(self.call, called, body, name, day, hour, duration)
        for deal in self.run.deals:
            if deal.fate != NEW:
                met = self.run.days.on(*deal.asked)
                yield met, partial(self.plan_visit, met, deal)

    def call(self, called, body, name, day, hour, duration):
        """A meeting of a body, with those who sit in it on that day."""
        env = self.story.on(called, 'facilitator')
        mandates = self.run.body(env, body).mandate_ids.filtered(
            lambda mandate: mandate.date_from <= day <= mandate.date_to)
        self._put(env, name, day, hour, duration, mandates.partner_id, self.run.cohort)

    def plan_visit(self, met, deal):
        """The seller goes and sees what is to be done."""
        env = self.story.on(met, deal.seller)
        lead = self.run.leads[deal].with_env(env)
        self._put(env, f"Visite : {deal.title}", next_worked(met + timedelta(days=1)), *VISIT,
                  env.user.partner_id, self.run.cohort, opportunity_id=lead.id)

    def _put(self, env, name, day, hour, duration, partners, cohort, **values):
        start = moment(day, *hour)
        env['calendar.event'].create({
            'name': name,
            'start': start,
            'stop': start + timedelta(hours=duration),
            'partner_ids': partners.ids,
            'user_id': env.uid,
            'cohort_id': cohort.id,
            **values,
        })
