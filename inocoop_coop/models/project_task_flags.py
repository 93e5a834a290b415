from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date, format_datetime

from ..rules import offer, planning, terms
from ..tools import clock

DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)  # what ends at midnight ends on the day before


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
        help="Somebody is booked twice, is not available, or lacks a skill that is needed; or nobody of the team can lead.")

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
        # Only those about which there may be something to say: see `_get_warnings`.
        tasks = self.search([
            ('cohort_id', '!=', False), ('is_closed', '=', False), ('is_template', '=', False), ('user_ids', '!=', False),
            '|', ('planned_date_end', '>=', clock.now(self.env) - DAY),
            '&', ('planned_date_end', '=', False), ('coop_skill_ids', '!=', False)])
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
        ahead = planned = self.browse()
        for task in self.filtered(lambda task: task.cohort_id and not task.is_closed and not task.is_template):
            reason = task._explain_dates()
            if reason:
                warnings[task].append(reason[:1].upper() + reason[1:])
            # What is over is no use to anybody any more.
            elif not task.planned_date_end or task.planned_date_end >= clock.now(self.env) - DAY:
                ahead |= task
                if task.planned_date_start:
                    planned |= task
        known = ahead._get_known_members()
        teams = {task: self.env['res.users'].union(*members) for task, members in known.items()}
        for found in (planned._get_strangers(known), planned._get_clashes(teams), self._get_lacking_skills(teams)):
            for task, sentences in found.items():
                warnings[task] += sentences
        return warnings

    def _get_known_members(self):
        """Of each task, the people about whom its reader is told something: the members of its cohort.

        Nobody learns anything of people who are not in a cohort that they read, by putting them into a
        team or by naming another cohort on a form.

        :return: ``{task: {res.users: their memberships, archived ones too}}``
        """
        teams = {task: task.user_ids._origin for task in self}
        cohorts = self.cohort_id._origin._filtered_access('read')
        people = self.env['res.users'].union(*teams.values())
        found = {}
        if cohorts and people:
            # sudo: who takes part in a cohort that the reader reads, and when; only whom they named is looked for.
            for member in self.env['coop.membership'].sudo().with_context(active_test=False).search_fetch(
                    [('cohort_id', 'in', cohorts.ids), ('user_id', 'in', people.ids)],
                    ['cohort_id', 'user_id', 'date_start', 'date_end', 'active']):
                key = (member.cohort_id.id, member.user_id.id)
                found[key] = found.get(key, member.browse()) | member
        return {
            task: {user: found[task.cohort_id._origin.id, user.id]
                   for user in team if (task.cohort_id._origin.id, user.id) in found}
            for task, team in teams.items()}

    def _get_strangers(self, known):
        """Who does not take part in the cohort on these days.

        :param known: as of ``_get_known_members``
        :return: ``{task: [sentence]}``
        """
        sentences = defaultdict(list)
        for task in self:
            zone = task._get_zone()
            first = planning.day_of(task.planned_date_start, zone)
            last = planning.day_of(task.planned_date_end - MOMENT, zone)
            for user, members in known[task].items():
                told = self._tell_term(user, members.filtered('active'), first, last)
                if told:
                    sentences[task].append(told)
        return sentences

    def _tell_term(self, user, members, first, last):
        person = user.sudo().name  # sudo: the name of somebody of the team, which the task shows
        if not members:
            return self.env._("%(person)s does not take part any more.", person=person)
        if any(terms.covers(member.date_start, member.date_end, first, last) for member in members):
            return ""
        start, end = min(members.mapped('date_start')), max(members.mapped('date_end'))
        if first < start:
            return self.env._(
                "%(person)s takes part from %(day)s on.", person=person, day=format_date(self.env, start, date_format='d MMM'))
        return self.env._(
            "%(person)s takes part until %(day)s.", person=person, day=format_date(self.env, end, date_format='d MMM'))

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
        """Teams on which nobody can lead, and who of them knows nothing of what is needed.

        Who knows something of it learns beside who leads: see ``rules/offer.py``.

        :param teams: ``{task: users}``
        :return: ``{task: [sentence]}``
        """
        needy = {task: team for task, team in teams.items() if team and task.coop_skill_ids}
        if not needy:
            return {}
        people = self.env['res.users'].union(*needy.values())
        skills = self.env['hr.skill'].union(*(task.coop_skill_ids._origin for task in needy))
        # sudo: which of the skills asked for the members of the reader's own cohort have, and how well: inside a cohort
        # they know this of each other.
        held = self.env['hr.employee.skill'].sudo().search_fetch(
            [('employee_id.user_id', 'in', people.ids), ('skill_id', 'in', skills.ids)],
            ['employee_id', 'skill_id', 'skill_level_id', 'valid_to'])
        held_by = held.grouped(lambda line: line.employee_id.user_id.id)
        sentences = defaultdict(list)
        for task, team in needy.items():
            day, needs = task._get_last_day(), task.coop_skill_ids._origin
            levels = {user.id: {} for user in team}
            for user_id, known in levels.items():
                # A certificate counts as long as it has not run out by then.
                for line in held_by.get(user_id, ()):
                    if not line.valid_to or line.valid_to >= day:
                        known[line.skill_id.id] = max(known.get(line.skill_id.id, 0), line.level_progress)
            found = offer.match(needs.ids, task._get_lead_level(), levels)
            if found.trainings:
                sentences[task].append(self.env._(
                    "Nobody on the team can lead this. What is missing, or not good enough: %s.",
                    ", ".join(needs.browse(found.trainings[0].skills).mapped('name'))))
            for user in team:
                if user.id not in found.leaders + found.learners:
                    sentences[task].append(self.env._(
                        "%(person)s does not have the needed skill: %(skills)s.",
                        person=user.sudo().name, skills=", ".join(needs.mapped('name'))))  # sudo: as above
        return sentences

    def _get_last_day(self):
        """The day on which it ends where the cohort is; today as long as it is not planned."""
        if self.planned_date_end:
            return planning.day_of(self.planned_date_end - MOMENT, self._get_zone())
        return self.sudo().cohort_id._get_today()  # sudo: no more than a date

    def _get_lead_level(self):
        """How well one has to know what is needed to lead it, in percent: what the service that was sold asks."""
        services = self.env['product.template']
        # sudo: a level of the service that was sold, for those who do it.
        return self.sudo().sale_line_id.product_id.coop_lead_level or services._fields['coop_lead_level'].default(services)

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
