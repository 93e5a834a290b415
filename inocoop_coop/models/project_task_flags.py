from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_datetime

from ..rules import planning
from ..tools import clock

DAY = timedelta(days=1)


class ProjectTask(models.Model):
    """What is wrong with a plan, said before it is saved and as long as it holds.

    It flags and forbids nothing: the group may know better. Nothing of it is stored: two people who
    plan the same person at once both save, and from then on each of the two reads the clash.
    """
    _inherit = 'project.task'

    coop_warning = fields.Text(
        "To Look At", compute='_compute_coop_warning', help="What is wrong with the plan. It can be saved all the same.")
    coop_is_flagged = fields.Boolean(
        "Flagged", compute='_compute_coop_warning', search='_search_coop_is_flagged',
        help="Somebody is booked twice, is not available, or lacks a skill that is needed.")

    @api.depends('planned_date_start', 'planned_date_end', 'user_ids', 'coop_skill_ids', 'cohort_id', 'state', 'is_template')
    @api.depends_context('uid', 'lang', 'tz')
    def _compute_coop_warning(self):
        warnings = self._get_warnings()
        for task in self:
            task.coop_warning = "\n".join(warnings[task]) or False
            task.coop_is_flagged = bool(warnings[task])

    @api.model
    def _search_coop_is_flagged(self, operator, value):
        if operator != 'in':
            return NotImplemented
        # Those of the past are no use to anybody any more.
        tasks = self.search([
            ('cohort_id', '!=', False), ('is_closed', '=', False), ('is_template', '=', False),
            ('planned_date_end', '>=', clock.now(self.env) - DAY)])
        flagged = Domain('id', 'in', [task.id for task, warnings in tasks._get_warnings().items() if warnings])
        return flagged if True in value else ~flagged

    # ------------------------------------------------------------
    # What is wrong
    # ------------------------------------------------------------

    def _get_warnings(self):
        """What is wrong with these plans, in as many queries for many as for one.

        :return: ``{task: [sentence]}``, with a key for each task
        """
        warnings = {task: [] for task in self}
        open_tasks = self.filtered(lambda task: task.cohort_id and not task.is_closed and not task.is_template)
        teams = open_tasks._get_known_teams()
        planned = self.browse()
        for task in open_tasks:
            reason = task._explain_dates()
            if reason:
                warnings[task].append(reason[:1].upper() + reason[1:])
            elif task.planned_date_start:
                planned |= task
        for found in (planned._get_clashes(teams), self._get_lacking_skills(teams)):
            for task, sentences in found.items():
                warnings[task] += sentences
        return warnings

    def _get_known_teams(self):
        """Of each task, the people about whom its reader is told something: the members of its cohort.

        Nobody learns anything of people who are not in a cohort that they read, by putting them into a
        team or by naming another cohort on a form.

        :return: ``{task: res.users}``
        """
        teams = {task: task.user_ids._origin for task in self}
        cohorts = self.cohort_id._origin._filtered_access('read')
        people = self.env['res.users'].union(*teams.values())
        if not cohorts or not people:
            return dict.fromkeys(self, self.env['res.users'])
        # sudo: who takes part in a cohort that the reader reads; only whom they named themselves is looked for.
        members = set(self.env['coop.membership'].sudo()._read_group(
            [('cohort_id', 'in', cohorts.ids), ('user_id', 'in', people.ids)], ['cohort_id', 'user_id']))
        members = {(cohort.id, user.id) for cohort, user in members}
        return {
            task: team.filtered(lambda user, task=task: (task.cohort_id._origin.id, user.id) in members)
            for task, team in teams.items()}

    def _get_clashes(self, teams):
        """Who is wanted when they are taken already.

        :param teams: ``{task: users}``
        :return: ``{task: [sentence]}``
        """
        people = self.env['res.users'].union(*(teams[task] for task in self))
        if not people:
            return {}
        stretches = {
            task: planning.split_by_day(task.planned_date_start, task.planned_date_end, task._get_zone()) for task in self}
        busy = self._get_busy_intervals(
            people, min(self.mapped('planned_date_start')), max(self.mapped('planned_date_end')))
        found = {
            task: [(user, clash) for user in teams[task] for clash in planning.find_clashes(
                stretches[task], busy.get(user.id, ()), source=task._origin.id)]
            for task in self}
        # The name of another task is for who reads it; to the others its people are busy, and no more.
        others = self.browse({clash.source for clashes in found.values() for _user, clash in clashes if clash.source})
        readable = {other.id: other for other in others._filtered_access('read')}
        sentences = {}
        for task, clashes in found.items():
            sentences[task] = list(dict.fromkeys(
                task._tell_clash(user, clash, readable.get(clash.source))
                for user, clash in clashes))
            if planning.is_too_long(stretches[task]):
                sentences[task].append(self.env._("It lasts more than 12 hours at a stretch: are its dates right?"))
        return sentences

    def _tell_clash(self, user, clash, other):
        said = {
            'person': user.sudo().name,  # sudo: the name of somebody of the team, which the task shows
            'start': self._format_moment(clash.start),
            'stop': self._format_moment(clash.stop),
        }
        if other:
            return self.env._("%(person)s is also on “%(task)s” from %(start)s to %(stop)s.", task=other.name, **said)
        return self.env._("%(person)s is busy from %(start)s to %(stop)s.", **said)

    def _format_moment(self, moment):
        return format_datetime(self.env, moment, tz=self.env.context.get('tz') or self._get_zone(), dt_format="d MMM HH:mm")

    @api.model
    def _get_lacking_skills(self, teams):
        """Who lacks a skill that their task needs.

        :param teams: ``{task: users}``
        :return: ``{task: [sentence]}``
        """
        needy = {task: team for task, team in teams.items() if team and task.coop_skill_ids}
        if not needy:
            return {}
        people = self.env['res.users'].union(*needy.values())
        skills = self.env['hr.skill'].union(*(task.coop_skill_ids._origin for task in needy))
        # sudo: which of the skills asked for the members of the reader's own cohort have: inside a cohort they know
        # this of each other. A certificate that ran out counts no more.
        held = self.env['hr.employee.skill'].sudo()._read_group(
            [('employee_id.user_id', 'in', people.ids), ('skill_id', 'in', skills.ids),
             '|', ('valid_to', '=', False), ('valid_to', '>=', clock.today(self))],
            ['employee_id', 'skill_id'])
        known = {(employee.user_id.id, skill.id) for employee, skill in held}
        sentences = defaultdict(list)
        for task, team in needy.items():
            for user in team:
                lacking = task.coop_skill_ids._origin.filtered(lambda skill, user=user: (user.id, skill.id) not in known)
                if lacking:
                    sentences[task].append(self.env._(
                        "%(person)s does not have the needed skill: %(skills)s.",
                        person=user.sudo().name, skills=", ".join(lacking.mapped('name'))))  # sudo: as above
        return sentences

    # ------------------------------------------------------------
    # Who is taken when
    # ------------------------------------------------------------

    @api.model
    def _get_busy_intervals(self, users, start, stop):
        """When these people are taken, and nothing of what by.

        Interventions and other tasks with dates, appointments that are not declined and show as busy,
        and the absences of the resource calendar. What else takes people is added by extending this
        method, as ``project_task_absences.py`` does for half-days of absence.

        :param users: whom it is about
        :param datetime start: from this moment
        :param datetime stop: to this one; what only touches is left out
        :return: ``{number of the user: [Busy]}``, in constant queries
        """
        busy = defaultdict(list)
        # sudo: of what these people do elsewhere, only start, end and the task's number come out; the number is
        # compared, and its name is read with the reader's own rights. Of an appointment, private or not, no more than
        # two moments are fetched: neither what it is about nor with whom can be told from them.
        tasks = self.sudo().search_fetch(
            [('user_ids', 'in', users.ids), ('planned_date_start', '<', stop), ('planned_date_end', '>', start),
             ('state', '!=', '1_canceled'), ('is_template', '=', False)],
            ['user_ids', 'planned_date_start', 'planned_date_end', 'cohort_id'])
        wanted = set(users.ids)
        for task in tasks:
            for begin, end in planning.split_by_day(task.planned_date_start, task.planned_date_end, task._get_zone()):
                for user_id in wanted.intersection(task.user_ids.ids):
                    busy[user_id].append(planning.Busy(begin, end, task.id))
        zones = {user.id: user.tz or 'UTC' for user in users.sudo()}  # sudo: no more than a time zone
        for user_id, *moments, first, last in self._fetch_taken(users, start, stop):
            begin, end = planning.whole_days(first, last, zones[user_id]) if first else moments
            if planning.intersect(begin, end, start, stop):
                busy[user_id].append(planning.Busy(begin, end))
        return dict(busy)

    @api.model
    def _fetch_taken(self, users, start, stop):
        """Appointments and absences: moments, and days for what takes whole days."""
        for model in ('calendar.event', 'calendar.attendee', 'resource.calendar.leaves', 'resource.resource', 'res.users'):
            self.env[model].flush_model()
        # A whole day is stored as some hours of it, and begins earlier in some time zones.
        return self.env.execute_query(SQL(
            """
            SELECT people.id, event.start, event.stop,
                   CASE WHEN event.allday THEN event.start_date END, CASE WHEN event.allday THEN event.stop_date END
              FROM calendar_event event
              JOIN calendar_attendee attendee ON attendee.event_id = event.id AND attendee.state != 'declined'
              JOIN res_users people ON people.partner_id = attendee.partner_id
             WHERE event.active AND event.show_as = 'busy' AND people.id IN %(users)s
               AND event.start < %(late)s AND event.stop > %(early)s
             UNION ALL
            SELECT resource.user_id, absence.date_from, absence.date_to, NULL, NULL
              FROM resource_calendar_leaves absence
              JOIN resource_resource resource ON resource.id = absence.resource_id
             WHERE resource.user_id IN %(users)s AND absence.date_from < %(stop)s AND absence.date_to > %(start)s
            """,
            users=tuple(users.ids), start=start, stop=stop, early=start - 2 * DAY, late=stop + 2 * DAY))
