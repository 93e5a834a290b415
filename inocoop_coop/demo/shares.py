"""Sharing what was earned: the cohort of the summer has done it, the main one looks at the keys."""
from datetime import timedelta
from functools import partial

from odoo.fields import Command

from .days import WED, last_worked, moment, next_worked
from .gates import GatedChapter
from .sessions import CLOSING_ASSEMBLY, CLOSING_PROXIES
from .treasury import note_bank_accounts

SHARED_AT, PUT_AT, TO_PAY = (11, 0), (16, 0), timedelta(days=5)
BETWEEN_BALLOTS = timedelta(seconds=20)
HALF = 50  # per cent in equal parts: the key that the summer's group voted for

# What a fourth key says, besides the three that everyone looks at first: a meeting counts half, and nobody goes home with little
FOURTH_KEY = {
    'name': "Un tiers à parts égales, les réunions comptent moitié", 'sequence': 4, 'equal': 33, 'floor': 1000,
    'absences': 'unjustified'}


class SummerShare(GatedChapter):
    """The facilitator counts, the closing assembly votes, and everyone is paid before the cohort closes."""

    def events(self):
        on, end = self.run.days.on, self.run.days.start.replace(month=8, day=31)
        week, weekday = CLOSING_ASSEMBLY
        session = self.run.calendar['assembly', on(week, weekday)]
        proposed = moment(on(week, WED - 1), *PUT_AT)
        yield proposed, partial(self.propose, proposed, session)
        yield session.votes_from, partial(self.vote, session.votes_from, session)
        posted = next_worked(end + timedelta(days=1))
        yield posted, partial(self.post, posted)
        paid = next_worked(posted + TO_PAY)
        yield paid, partial(self.pay, paid)

    def propose(self, at, session):
        """The hours of all are looked through, and what each would get is put on the agenda."""
        env = self.story.on(at, 'facilitator')
        # July alone: what is booked in August is not over yet when they vote.
        until = self.run.days.start.replace(day=31)
        entered = env['account.analytic.line'].search([
            ('cohort_id', '=', self.run.cohort.id), ('project_id', '!=', False), ('coop_state', '=', 'entered'),
            ('date', '<=', until)])
        if entered:
            entered.action_validate_hours()
        self.share = share = env['coop.revenue.share'].create({
            'cohort_id': self.run.cohort.id, 'date_from': self.run.days.start, 'date_to': until})
        share.action_compute()
        share.key_ids.filtered(lambda key: key.equal == HALF).action_choose()
        share.action_propose()
        self.decision = env['coop.decision'].search([('res_model', '=', share._name), ('res_id', '=', share.id)])
        env['coop.agenda.item'].create({
            'meeting_id': self.run.meetings[session.body, session.day].id, 'decision_id': self.decision.id, 'sequence': 50,
            'duration': 20, 'presenter_id': env.user.partner_id.id})

    def vote(self, at, session):
        """Who has no login is represented by someone who has one."""
        meeting = self.run.meetings[session.body, session.day]
        items = meeting.with_env(self.story.on(at, session.leader)).agenda_ids
        items.filtered(lambda item: item.decision_id == self.decision).action_open_vote()
        electors = {elector.partner_id: elector.id for elector in self.decision.sudo().elector_ids}
        for absent, holder in CLOSING_PROXIES.items():
            for person in (holder, absent):
                at += BETWEEN_BALLOTS
                self.decision.with_env(self.story.on(at, holder)).cast_vote('yes', on_behalf_of=(
                    electors[self.run.memberships[person].partner_id] if person != holder else None))

    def post(self, day):
        share = self.share.with_env(self.story.on(day, 'facilitator'))
        share.date = day
        share.action_post()

    def pay(self, day):
        """The accountant pays everyone by bank transfer."""
        env = self.story.on(day, 'accountant')
        note_bank_accounts(env, self.run.memberships.values())
        action = self.share.with_env(env).action_pay()
        env['account.payment.register'].with_context(**action['context']).create({'payment_date': day}).action_create_payments()


class MainShare(GatedChapter):
    """The treasurer puts four keys side by side; the group talks about them before it votes."""

    def events(self):
        days = self.run.days
        at = moment(last_worked(self.story.today - timedelta(days=1)), *SHARED_AT)
        # Whole months: to the end of the last one.
        yield at, partial(self.compare, at, days.on(days.week_of(self.story.today), 0).replace(day=1) - timedelta(days=1))

    def compare(self, at, until):
        """Over what is validated and booked; the one that the treasurer proposes is the middle one."""
        env = self.story.on(at, 'treasurer')
        meetings = env.ref('inocoop_coop.hour_kind_committee')
        share = env['coop.revenue.share'].create({
            'cohort_id': self.run.cohort.id, 'date_from': self.run.days.start, 'date_to': until})
        share.key_ids = [Command.create({
            **FOURTH_KEY, 'weight_ids': [Command.create({'kind_id': meetings.id, 'percentage': 50})]})]
        share.action_compute()
        share.key_ids.filtered(lambda key: key.equal == HALF).action_choose()
        share.action_propose()
