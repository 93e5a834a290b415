"""What the group decides: proposals, discussions, votes, and what follows from them."""
from datetime import timedelta
from functools import partial

from .days import last_worked, moment, next_worked
from .proposals import BLANK, PROPOSALS, Amends, Names, Plans, Reviews, Says, Votes, Withdraws
from .run import Chapter

PROPOSED_AT, OPENED_AT, VOTED_AT = (9, 0), (10, 0), (14, 0)
BETWEEN_BALLOTS, BETWEEN_ROUNDS = timedelta(minutes=4), timedelta(minutes=15)


class Decisions(Chapter):
    """Each proposal is written by its proposer, discussed, voted by those who sit on the body, and followed up."""

    def events(self):
        for proposal in PROPOSALS:
            yield from self.events_of(proposal)

    def events_of(self, proposal):
        day = self.get_day(proposal.day)
        yield day, partial(self.propose, proposal, day)
        tell = {
            Says: self.say, Amends: self.amend, Names: self.nominate, Plans: self.plan, Reviews: self.review,
            Withdraws: self.withdraw,
        }
        for step in proposal.steps:
            day = self.get_day(step.day)
            if isinstance(step, Votes):
                yield from self.events_of_vote(proposal, step, day)
            else:
                yield day, partial(tell[type(step)], proposal, step, day)

    def events_of_vote(self, proposal, vote, day):
        yield day, partial(self.open_vote, proposal, vote, day)
        voted = next_worked(day + timedelta(days=vote.lasts))
        yield voted, partial(self.vote, proposal, vote, voted)
        if vote.silent:
            deadline = moment(day, *OPENED_AT) + timedelta(hours=proposal.hours, minutes=1)
            yield deadline.date(), partial(self.close_at_deadline, proposal, deadline)

    def get_day(self, day):
        """The day that a table names by its week and weekday, or by how long ago it was."""
        return self.run.days.on(*day) if isinstance(day, tuple) else last_worked(self.story.today - timedelta(days=day))

    # ------------------------------------------------------------
    # Before the vote
    # ------------------------------------------------------------

    def propose(self, proposal, day):
        """The proposer writes it and submits it to the body; who stands for an election says so."""
        env = self.story.on(moment(day, *PROPOSED_AT), proposal.who)
        decision = env['coop.decision'].create({
            'name': proposal.name,
            'committee_id': self.run.body(env, proposal.body).id,
            'method_id': env.ref(f'inocoop_coop.voting_method_{proposal.method}').id,
            'duration': proposal.hours,
            'proposal': proposal.text,
            'review_date': self.run.days.on(*proposal.review) if proposal.review else False,
            **self.prepare_seat(env, proposal),
        })
        self.run.decisions[proposal.name] = decision
        for person in proposal.stands:
            self.get(proposal, day, person).action_stand()
        if not proposal.draft:
            decision.action_submit()
        self.date_messages(decision, moment(day, *PROPOSED_AT))

    def prepare_seat(self, env, proposal):
        """Of an election: what is elected, and from when."""
        if not proposal.seat:
            return {}
        body, role, *first = proposal.seat
        return {
            'seat_committee_id': self.run.body(env, body).id,
            'seat_role': role,
            'seat_from': self.run.days.on(*first[0]) if first else False,
        }

    def say(self, proposal, step, day):
        at = moment(day, 12, 10)
        decision = self.get(proposal, at, step.who)
        decision.message_post(
            body=step.text, message_type='comment', subtype_xmlid='mail.mt_comment', notify_skip_followers=True)
        self.date_messages(decision, at)

    def nominate(self, proposal, step, day):
        """Each says whom they see there; the reasons speak for one, who is proposed."""
        for person, (whom, why) in step.nominations.items():
            self.get(proposal, day, person).action_nominate(self.get_partner(whom).id, why)
        self.get(proposal, day, proposal.who).candidate_ids = self.get_partner(step.candidate)

    def amend(self, proposal, step, day):
        decision = self.get(proposal, moment(day, 16), proposal.who)
        decision.action_amend(step.text, step.reason)
        self.date_messages(decision, moment(day, 16))

    def withdraw(self, proposal, step, day):
        decision = self.get(proposal, moment(day, 16), proposal.who)
        decision.action_withdraw(step.reason)
        self.date_messages(decision, moment(day, 16))

    # ------------------------------------------------------------
    # The vote
    # ------------------------------------------------------------

    def open_vote(self, proposal, vote, day):
        """The roll is frozen; who is away lends their voice, who is concerned takes no part."""
        closed = self.run.decisions[proposal.name].sudo().date_closed
        at = max(moment(day, *OPENED_AT), closed and closed + BETWEEN_ROUNDS or moment(day, 0))
        self.get(proposal, at, proposal.who).action_open_vote()
        for person, holder in vote.proxies.items():
            self.get(proposal, at, person).action_give_proxy(self.get_elector(proposal, holder).id)
        for person in vote.recused:
            self.get(proposal, at, person).action_recuse()
        self.date_messages(self.get(proposal, at), at)

    def vote(self, proposal, vote, day):
        """One after the other, in the order of the roll; with the last ballot the vote closes."""
        opened = self.run.decisions[proposal.name].sudo().version_id.date_opened
        at = max(moment(day, *VOTED_AT), opened + BETWEEN_BALLOTS)
        choices = self.get_choices(vote)
        for person in self.get_roll(proposal):
            choice = choices.get(person, vote.rest)
            if person in (*vote.silent, *vote.recused):
                continue
            voter = vote.proxies.get(person, person)
            self.get(proposal, at, voter).cast_vote(
                self.translate(choice), vote.objects.get(person),
                on_behalf_of=self.get_elector(proposal, person).id if voter != person else None)
            at += BETWEEN_BALLOTS
        self.date_messages(self.get(proposal, at), at - BETWEEN_BALLOTS)

    def close_at_deadline(self, proposal, at):
        """What the scheduled job does when the hour has come."""
        decision = self.get(proposal, at)
        decision._keep_vote(at)
        self.date_messages(decision, at)

    @staticmethod
    def get_choices(vote):
        """``{person: choice}``, of those who are named."""
        named = {person: choice for choice, people in vote.said.items() for person in people}
        return named | dict.fromkeys(vote.objects, 'objection')

    def translate(self, choice):
        """A choice as an action takes it: candidates are numbers of people."""
        people = choice if isinstance(choice, tuple) else (choice,)
        if choice != BLANK and all(person in self.run.memberships for person in people):
            return [self.get_partner(person).id for person in people]
        return choice

    def get_roll(self, proposal):
        """Keys of the people on the roll, in the order in which the story names them."""
        electors = self.run.decisions[proposal.name].sudo().elector_ids.partner_id
        return [key for key, membership in self.run.memberships.items() if membership.partner_id in electors]

    def get_elector(self, proposal, person):
        return self.run.decisions[proposal.name].sudo().elector_ids.filtered(
            lambda elector: elector.partner_id == self.get_partner(person))

    # ------------------------------------------------------------
    # After the vote
    # ------------------------------------------------------------

    def plan(self, proposal, step, day):
        """Someone does what was decided."""
        decision, due = self.get(proposal, day, step.who), moment(self.run.days.on(*step.due), 17)
        decision.env['project.task'].create({
            'name': step.text,
            'project_id': self.run.cohort.sudo().project_id.id,
            'decision_id': decision.id,
            'user_ids': self.story.users[step.who].ids,
            'planned_date_start': moment(day, 17),
            'planned_date_end': due,
            'date_deadline': due,
        })

    def review(self, proposal, step, day):
        decision = self.get(proposal, moment(day, 11), proposal.who)
        decision.action_review(step.outcome, step.note)
        self.date_messages(decision, moment(day, 11))

    # ------------------------------------------------------------
    # Who and when
    # ------------------------------------------------------------

    def get(self, proposal, at, who=None):
        """The decision as someone has it before them at that moment."""
        return self.run.decisions[proposal.name].with_env(self.story.on(at, who))

    def get_partner(self, person):
        return self.run.memberships[person].partner_id

    def date_messages(self, decision, at):
        """What the discussion says was said then, and not in the morning of that day as the rest of the story."""
        decision.env.flush_all()
        decision.sudo().message_ids.filtered(lambda message: message.date > at).date = at
