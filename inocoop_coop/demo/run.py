"""One cohort as the chapters of the story know it."""
from dataclasses import dataclass, field

from .days import Days
from .roster import Roster
from .sessions import plan_sessions


@dataclass(eq=False)
class Run:
    """What is told of one cohort, and the records that the telling makes.

    :param str template: the programme's XML id, with which those of its bodies begin
    :param dict clerks: who confirms, plans, invoices and buys: ``{task: key of a user}``
    :param list sessions: when its bodies meet
    :param str writer: who writes everyone's hours; empty when each person writes theirs
    :param int weeks: how many weeks are planned
    :param int half_days: half-days a week and a person, besides the meeting of Monday
    """

    name: str
    template: str
    days: Days
    people: list
    deals: list
    purchases: list
    partnerships: list
    clerks: dict
    sessions: list
    weeks: int
    half_days: int
    writer: str = ''

    cohort: object = None
    memberships: dict = field(default_factory=dict)  # by key of a person
    leads: dict = field(default_factory=dict)  # by deal, and so are those below
    orders: dict = field(default_factory=dict)
    tasks: dict = field(default_factory=dict)
    invoices: dict = field(default_factory=dict)
    decisions: dict = field(default_factory=dict)  # by what they are about
    meetings: dict = field(default_factory=dict)  # by body and day

    def __post_init__(self):
        self.roster = Roster([person.key for person in self.people], self.days, self.weeks, self.half_days)
        # Who is asked first is planned first.
        worked = sorted((deal for deal in self.deals if deal.work), key=lambda deal: deal.work)
        self.calendar = plan_sessions(self.days, self.sessions)
        self.plan = {deal: self.roster.book(deal.crew, deal.halves, *deal.work) for deal in worked}

    def body(self, env, name):
        """The body of this cohort that comes from that template."""
        template = env.ref(f'{self.template}_{name}')
        return env['coop.committee'].search([('cohort_id', '=', self.cohort.id), ('template_id', '=', template.id)])


class Chapter:
    """A part of the story of one cohort.

    Its events are told in the order of their days, among those of all the chapters; what would
    happen after today is not told.
    """

    def __init__(self, story, run):
        self.story = story
        self.run = run

    def events(self):
        """What happens, and when.

        :return: an iterable of ``(day, function without parameters)``, or with a moment (naive, in UTC) in the place of the
            day: what has a moment happens after what only has that day
        """
        raise NotImplementedError
