"""Who worked on what, and how long: each person writes their week on Saturday."""
from collections import defaultdict
from datetime import timedelta
from functools import partial

from .days import MON, SAT
from .roster import DESK_HOURS, MEETING_HOURS, WORK_HOURS
from .run import Chapter

WEEKS_OF_TRAINING = 2
MEETING, TRAINING, PROSPECTING, BOOKKEEPING, PLANNING, PATHS = range(6)
# What a cohort does besides its interventions: task, what is written beside the hours, kind of hours
TASKS = {
    MEETING: ("Assemblée et réunions", "Assemblée du lundi, point des comités", 'committee'),
    TRAINING: ("Formation", "Formation à la vie coopérative et à la sécurité", 'training'),
    PROSPECTING: ("Prospection et communication", "Appels, visites, réseaux sociaux", 'prospecting'),
    BOOKKEEPING: ("Comptabilité et facturation", "Factures, relances, suivi de la caisse", 'committee'),
    PLANNING: ("Planning et vie de l'équipe", "Planning, matériel, suivi des heures", 'committee'),
    PATHS: ("Projets professionnels", "Recherche, enquête métier, candidatures", 'follow_up'),
}
# Who of the HR committee looks through the hours of the others.
VALIDATOR = 'enzo'
# What each person does at the desk, in turn.
DESK = {
    'chair': (PROSPECTING, BOOKKEEPING, PATHS), 'treasurer': (BOOKKEEPING, BOOKKEEPING, PATHS),
    'member': (PLANNING, PLANNING, PATHS), 'theo': (BOOKKEEPING, PATHS, PLANNING), 'ines': (PROSPECTING, PATHS),
    'enzo': (PLANNING, PATHS), 'chloe': (PROSPECTING, PROSPECTING, PATHS), 'lucas': (PROSPECTING, PATHS),
    'sarah': (PLANNING, PATHS, PATHS),
}
DESK_OF_OTHERS = (PROSPECTING, PLANNING)


class Hours(Chapter):
    """Hours follow the roster: the Monday meeting, the interventions, then the desk."""

    def events(self):
        days = self.run.days
        yield days.start, partial(self.make_tasks, days.start)
        for week in range(self.run.weeks):
            saturday = days.monday + timedelta(weeks=week, days=SAT)
            # The present week is written as far as it has come.
            written_on = min(saturday, self.story.today) if saturday - timedelta(days=SAT) <= self.story.today else saturday
            yield written_on, partial(self.write_week, written_on, week)
            # What was written on the Saturday before; at the end, all of it.
            is_last = week == self.run.weeks - 1
            yield written_on, partial(self.validate_until, written_on, days.monday + timedelta(weeks=week + is_last))

    def make_tasks(self, day):
        """The facilitator lays what the cohort does for itself in its project."""
        kinds = [self.story.env.ref(f'inocoop_coop.hour_kind_{kind}') for _name, _text, kind in TASKS.values()]
        # What is confidential is said on the hours: everyone reads the tasks.
        tasks = self.story.on(day, 'facilitator')['project.task'].create([
            {'name': name, 'project_id': self.run.cohort.sudo().project_id.id, 'user_ids': False,
             **({} if kind.is_confidential else {'coop_kind_id': kind.id})}
            for (name, _text, _kind), kind in zip(TASKS.values(), kinds, strict=True)])
        self.tasks = dict(zip(TASKS, tasks, strict=True))
        self.kinds = dict(zip(tasks.ids, kinds, strict=True))

    def write_week(self, written_on, week):
        """Everyone writes their hours; for those without a login the facilitator does."""
        for person, rows in self.get_rows(week).items():
            employee = self.run.memberships[person].sudo().employee_id
            self.story.on(written_on, self.run.writer or person)['account.analytic.line'].create([{
                'date': day,
                'task_id': task.id,
                'coop_kind_id': self.kinds.get(task.id, task.coop_kind_id).id,
                'project_id': task.project_id.id,
                'name': text,
                'unit_amount': hours,
                'employee_id': employee.id,
            } for day, task, text, hours in rows if day < self.story.today])

    def validate_until(self, day, monday):
        """The HR committee looks through what was written before that Monday; the facilitator through what is left."""
        for person in ([] if self.run.writer else [VALIDATOR]) + ['facilitator']:
            env = self.story.on(day, person)
            lines = env['account.analytic.line'].search([
                ('cohort_id', '=', self.run.cohort.id), ('project_id', '!=', False), ('coop_state', '=', 'entered'),
                ('user_id', '!=', env.uid), ('date', '<', monday)])
            if lines:
                lines.action_validate_hours()

    def get_rows(self, week):
        """``{person: [(day, task, text, hours)]}``"""
        rows = defaultdict(list)
        days = self.run.days
        for deal, half_days in self.run.plan.items():
            of_week = [half_day for half_day in half_days if days.week_of(half_day.day) == week]
            for person in deal.crew:
                rows[person] += [(half_day.day, self.run.tasks[deal].sudo(), deal.title, WORK_HOURS)
                                 for half_day in of_week if half_day.day < self.story.today]
        for person in self.run.roster.people:
            rows[person].append((days.on(week, MON), *self._get_task(MEETING), MEETING_HOURS))
            desk = (TRAINING,) if week < WEEKS_OF_TRAINING else DESK.get(person, DESK_OF_OTHERS)
            for turn, half_day in enumerate(self.run.roster.fill(person, week)):
                rows[person].append((half_day.day, *self._get_task(desk[turn % len(desk)]), DESK_HOURS))
        return rows

    def _get_task(self, kind):
        return self.tasks[kind].sudo(), TASKS[kind][1]
