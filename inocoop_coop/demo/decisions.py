"""What the group decides: proposals, discussions, votes, and what follows from them."""
from datetime import timedelta
from functools import partial

from .days import last_worked, moment
from .proposals import BLANK, PROPOSALS, Amends, Binds, Names, Plans, Reviews, Says, Votes, Withdraws
from .run import Chapter

# The time of day at which each thing happens.
PROPOSED_AT, NAMED_AT, OPENED_AT, BOUND_AT, VOTED_AT = (9, 0), (9, 50), (10, 0), (12, 0), (14, 0)
REVIEWED_AT, WRITTEN_AT, PLANNED_AT = (11, 0), (16, 0), (17, 15)
PUT_AT = (18, 0)
BETWEEN_BALLOTS, IN_A_MEETING, TO_VOTE = timedelta(minutes=4), timedelta(seconds=20), timedelta(minutes=8)

DURATION_OF_RULES = 5 * 24  # hours; a committee mostly needs one day


class Decisions(Chapter):
    """Each proposal is written by its proposer, discussed, voted by those who sit on the body, and followed up."""

    def events(self):
        self.free_from = {}  # by meeting: when the vote before is over
        for proposal in PROPOSALS:
            yield from self.events_of(proposal)

    def events_of(self, proposal):
        last = moment(self.get_day(proposal.day), *PROPOSED_AT)
        yield last, partial(self.propose, proposal, last)
        for step in proposal.steps:
            for at, event in self.events_of_step(proposal, step, self.get_day(step.day), last):
                yield at, event
                last = at

    def events_of_step(self, proposal, step, day, last):
        """What a step brings about.

        :param datetime.datetime last: when the step before it happened
        """
        if isinstance(step, Votes):
            yield from (self.events_in_meeting if step.meets else self.events_of_vote)(proposal, step, day, last)
            return
        hour, tell = {
            Amends: (WRITTEN_AT, self.amend),
            Binds: (BOUND_AT, self.bind),
            Names: (NAMED_AT, self.nominate),
            Plans: (PLANNED_AT, self.plan),
            Reviews: (REVIEWED_AT, self.review),
            Says: (getattr(step, 'at', None), self.say),
            Withdraws: (WRITTEN_AT, self.withdraw),
        }[type(step)]
        at = moment(day, *hour)
        yield at, partial(tell, proposal, step, at)

    def events_of_vote(self, proposal, vote, day, _last):
        opened = moment(day, *OPENED_AT)
        yield opened, partial(self.open_vote, proposal, vote, opened)
        voted = moment(day + timedelta(days=vote.lasts), *VOTED_AT)
        yield voted, partial(self.vote, proposal, vote, voted)
        if vote.silent:
            deadline = opened + timedelta(hours=proposal.hours, minutes=1)
            yield deadline, partial(self.close_at_deadline, proposal, deadline)

    def events_in_meeting(self, proposal, vote, day, last):
        session = self.run.calendar[proposal.body, day]
        if last < session.start:
            # On the eve, or as soon as it is submitted. In its second round it is on the agenda already.
            put = max(moment(last_worked(day - timedelta(days=1)), *PUT_AT), last + timedelta(minutes=1))
            yield put, partial(self.put_on_agenda, proposal, put, session)
        voted = self.free_from.get(session, session.votes_from)
        self.free_from[session] = voted + TO_VOTE
        yield voted, partial(self.vote_in_meeting, proposal, vote, voted, session)

    def get_day(self, day):
        """The day that a table names by its week and weekday, or by how long ago it was."""
        return self.run.days.on(*day) if isinstance(day, tuple) else last_worked(self.story.today - timedelta(days=day))

    # ------------------------------------------------------------
    # Before the vote
    # ------------------------------------------------------------

    def propose(self, proposal, at):
        """The proposer writes it and submits it to the body; who stands for an election says so."""
        env = self.story.on(at, proposal.who)
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
            self.get(proposal, at, person).action_stand()
        if not proposal.draft:
            decision.action_submit()
        self.date_messages(decision, at)

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

    def say(self, proposal, step, at):
        decision = self.get(proposal, at, step.who)
        decision.message_post(
            body=step.text, message_type='comment', subtype_xmlid='mail.mt_comment', notify_skip_followers=True)
        self.date_messages(decision, at)

    def nominate(self, proposal, step, at):
        """Each says whom they see there; the reasons speak for one, who is proposed."""
        for person, (whom, why) in step.nominations.items():
            self.get(proposal, at, person).action_nominate(self.get_partner(whom).id, why)
        self.get(proposal, at, proposal.who).candidate_ids = self.get_partner(step.candidate)

    def amend(self, proposal, step, at):
        decision = self.get(proposal, at, proposal.who)
        decision.action_amend(step.text, step.reason)
        self.date_messages(decision, at)

    def withdraw(self, proposal, step, at):
        decision = self.get(proposal, at, proposal.who)
        decision.action_withdraw(step.reason)
        self.date_messages(decision, at)

    # ------------------------------------------------------------
    # The vote
    # ------------------------------------------------------------

    def open_vote(self, proposal, vote, at):
        """The roll is frozen; who is away lends their voice, who is concerned takes no part."""
        self.get(proposal, at, proposal.who).action_open_vote()
        for person, holder in vote.proxies.items():
            self.get(proposal, at, person).action_give_proxy(self.get_elector(proposal, holder).id)
        self.recuse(proposal, vote, at)
        self.date_messages(self.get(proposal, at), at)

    def recuse(self, proposal, vote, at):
        for person in vote.recused:
            self.get(proposal, at, person).action_recuse()

    def vote(self, proposal, vote, at, between=BETWEEN_BALLOTS):
        """One after the other, in the order in which the story names them; with the last ballot the vote closes."""
        choices = self.get_choices(vote)
        for person in self.get_roll(proposal):
            if person in (*vote.silent, *vote.recused):
                continue
            voter = vote.proxies.get(person, person)
            self.get(proposal, at, voter).cast_vote(
                self.translate(choices.get(person, vote.rest)), vote.objects.get(person),
                on_behalf_of=self.get_elector(proposal, person).id if voter != person else None)
            at += between
        self.date_messages(self.get(proposal, at), at - between)
        return at

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
    # In a meeting
    # ------------------------------------------------------------

    def put_on_agenda(self, proposal, at, session):
        """The proposer brings it to the next meeting of the body."""
        meeting = self.run.meetings[session.body, session.day]
        decision = self.get(proposal, at, proposal.who)
        decision.env['coop.agenda.item'].create({
            'meeting_id': meeting.id,
            'decision_id': decision.id,
            'sequence': 50,
            'duration': 10,
            'presenter_id': decision.proposer_id.id,
        })

    def vote_in_meeting(self, proposal, vote, at, session):
        """Who leads the meeting puts it to the vote, and closes it when somebody is missing."""
        meeting = self.run.meetings[session.body, session.day]
        items = meeting.with_env(self.story.on(at, session.leader)).agenda_ids
        item = items.filtered(lambda item: item.decision_id == self.run.decisions[proposal.name])
        item.action_open_vote()
        self.recuse(proposal, vote, at)
        at = self.vote(proposal, vote, at + IN_A_MEETING, IN_A_MEETING)
        if vote.silent:
            item.with_env(self.story.on(at, session.leader)).action_close_vote()
            self.date_messages(self.get(proposal, at), at)

    # ------------------------------------------------------------
    # After the vote
    # ------------------------------------------------------------

    def plan(self, proposal, step, at):
        """Someone does what was decided."""
        decision, due = self.get(proposal, at, step.who), moment(self.run.days.on(*step.due), 18)
        decision.env['project.task'].create({
            'name': step.text,
            'project_id': self.run.cohort.sudo().project_id.id,
            'decision_id': decision.id,
            'user_ids': self.story.users[step.who].ids,
            'date_deadline': due,
        })

    def bind(self, _proposal, step, at):
        """The programme manager makes the rules of the programme active that the group voted for."""
        env = self.story.on(at, 'manager')
        for name in step.rules:
            env.ref(f'{self.run.template.replace("program_", "decision_rule_")}_{name}').write({
                'active': True, 'duration': DURATION_OF_RULES,
                # A broken tool does not wait three days: the facilitator may buy one, and says why in the register.
                'override_allowed': name == 'purchase'})

    def review(self, proposal, step, at):
        decision = self.get(proposal, at, proposal.who)
        decision.action_review(step.outcome, step.note)
        self.date_messages(decision, at)

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
