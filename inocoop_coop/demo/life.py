"""The life of the cohorts: they open, start, are governed, close and are renewed."""
from datetime import timedelta
from functools import partial

from odoo.fields import Command

from .days import FRI, MON, THU, TUE, WED, next_worked
from .partners import ORGANISATIONS
from .people import NEXT_APPLICANTS, phone
from .run import Chapter

WEEKS_OF_RECRUITMENT = 6
SUMMER_CLOSES_AFTER = 15  # days from the end: the time to be paid and to write the report

# body, person, role, first day, last day if the mandate ended before its term.
# The board is elected, in proposals.py, and a mandate there ends on the eve of the next one's.
MANDATES = [
    ('board', 'chair', 'chair', (0, WED), None),
    ('board', 'theo', 'secretary', (0, WED), (7, FRI)),
    ('board', 'chloe', 'secretary', (8, MON), None),
    ('board', 'treasurer', 'treasurer', (0, WED), None),
    ('board', 'ines', 'member', (0, WED), None),
    ('hr', 'member', 'chair', (0, THU), None),
    ('hr', 'enzo', 'secretary', (0, THU), None),
    ('hr', 'sarah', 'member', (0, THU), None),
    ('marketing', 'chloe', 'chair', (0, THU), None),
    ('marketing', 'lucas', 'secretary', (0, THU), None),
    ('marketing', 'ines', 'member', (0, THU), None),
    ('finance', 'treasurer', 'chair', (0, THU), None),
    ('finance', 'theo', 'secretary', (0, THU), None),
    ('finance', 'chair', 'member', (0, THU), None),
]
SUMMER_MANDATES = [
    ('hr', 'camille', 'chair', (0, TUE), None), ('hr', 'yanis', 'member', (0, TUE), None),
    ('hr', 'mathis', 'member', (0, TUE), None),
    ('marketing', 'jade', 'chair', (0, TUE), None), ('marketing', 'noah', 'member', (0, TUE), None),
    ('finance', 'ines', 'chair', (0, TUE), None), ('finance', 'lola', 'member', (0, TUE), None),
    ('finance', 'rayan', 'member', (0, TUE), None),
]


class Life(Chapter):
    """What both cohorts go through: preparation, opening, start, mandates."""

    mandates = ()
    elected_bodies = ()
    commitment_ceiling = 800  # what the host lets the cohort commit to, in euros
    lead_time = timedelta(weeks=WEEKS_OF_RECRUITMENT)

    def events(self):
        run = self.run
        opening = next_worked(run.days.start - self.lead_time)
        yield opening, partial(self.prepare, opening)
        yield opening, partial(self.open_recruitment, opening)
        yield opening, partial(self.seat_steering_body, opening)
        yield run.days.start, partial(self.start, run.days.start)
        for mandate in self.mandates:
            body, person, role, first, last = mandate
            if body in self.elected_bodies:
                continue
            day = run.days.on(*first)
            yield day, partial(self.give_mandate, day, body, person, role)
            if last:
                yield run.days.on(*last), partial(self.end_mandate, run.days.on(*last), body, person)

    def prepare(self, day):
        """The manager prepares the cohort and notes who takes part in it."""
        env = self.story.on(day, 'manager')
        users = self.story.users
        self.run.cohort = env['coop.cohort'].create({
            'name': self.run.name,
            'program_id': env.ref(self.run.template).id,
            'date_start': self.run.days.start,
            'commitment_ceiling': self.commitment_ceiling,
            'facilitator_id': users['facilitator'].id,
            'psychologist_id': users['psychologist'].id,
            'host_id': self.story.partners['host'].id,
            'partnership_ids': [Command.create({
                'partner_id': self.story.partners[key].id,
                'contact_id': self.story.partners[f'{key}_contact'].id,
                'role': role,
                'note': note,
            }) for key, role, note in self.run.partnerships],
        })

    def open_recruitment(self, day):
        self.run.cohort.with_env(self.story.on(day, 'facilitator')).action_open_recruitment()

    def seat_steering_body(self, day):
        """The carriers decide, the funders are heard; they choose the first members."""
        env = self.story.on(day, 'facilitator')
        voices = {key: voice for key, (_name, _contact, voice) in ORGANISATIONS.items()} | {'host': 'deliberative'}
        env['coop.mandate'].create([{
            'committee_id': self.run.body(env, 'steering').id,
            'partner_id': self.story.partners[f'{key}_contact'].id,
            'role': 'chair' if key == 'youth' else 'secretary' if key == 'league' else 'member',
            'voice': voices[key],
        } for key, _role, _note in self.run.partnerships if voices[key]])

    def start(self, day):
        self.run.cohort.with_env(self.story.on(day, 'facilitator')).action_start()

    def give_mandate(self, day, body, person, role):
        """The facilitator notes who was chosen; with the mandate come the doors that it opens."""
        env = self.story.on(day, 'facilitator')
        membership = self.run.memberships[person]
        env['coop.mandate'].create({
            'committee_id': self.run.body(env, body).id,
            'partner_id': membership.partner_id.id,
            'role': role,
            'date_from': day,
        })

    def end_mandate(self, day, body, person):
        env = self.story.on(day, 'facilitator')
        mandate = self.run.body(env, body).mandate_ids.filtered(
            lambda mandate: mandate.membership_id == self.run.memberships[person])
        mandate.action_end()


class MainLife(Life):
    """The cohort of young adults, in its fourth month; the next one is being prepared."""

    mandates = MANDATES
    elected_bodies = ('board',)
    commitment_ceiling = 2500

    def events(self):
        yield from super().events()
        for week in (14,):
            day = self.run.days.on(week, MON)
            yield day, partial(self.renew, day)

    def seat_steering_body(self, day):  # pylint: disable=missing-return
        """The facilitator is heard there too."""
        super().seat_steering_body(day)
        env = self.story.on(day, 'manager')
        env['coop.mandate'].create({
            'committee_id': self.run.body(env, 'steering').id,
            'partner_id': self.story.users['facilitator'].partner_id.id,
            'voice': 'consultative',
        })

    def renew(self, day):
        """The next cohort is prepared from this one, and its recruitment opens."""
        env = self.story.on(day, 'manager')
        action = self.run.cohort.with_env(env).action_renew()
        self.story.next_cohort = env['coop.cohort'].browse(action['res_id'])
        env = self.story.on(day, 'facilitator')
        self.story.next_cohort.with_env(env).action_open_recruitment()
        env['hr.applicant'].create([{
            'partner_name': name,
            'email_from': f'{email}@example.org',
            'partner_phone': phone(200 + rank),
            'job_id': self.story.next_cohort.job_id.id,
        } for rank, (name, email) in enumerate(NEXT_APPLICANTS)])


class SummerLife(Life):
    """The cohort of the summer before, which went to its end and is closed."""

    mandates = SUMMER_MANDATES
    lead_time = timedelta(days=30)

    def events(self):
        yield from super().events()
        start = self.run.days.start
        end = start.replace(month=8, day=31)
        yield end, partial(self.complete, end)
        closing = next_worked(end + timedelta(days=SUMMER_CLOSES_AFTER))
        yield closing, partial(self.close, closing)

    def complete(self, day):
        """All went through to the end."""
        env = self.story.on(day, 'facilitator')
        self.run.cohort.with_env(env).membership_ids.action_complete()

    def close(self, day):
        self.run.cohort.with_env(self.story.on(day, 'facilitator')).action_close()
