"""The demonstration: the first cohort, told through the actions a person uses.

An event has a day and happens through the button its person would press, with the rights of that
person and the clock of that day. Events are played in the order of their days, until today. So
nothing is in the demonstration that could not have happened.
"""
import logging
from datetime import datetime, time, timedelta

from babel.dates import format_date

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import SQL, groupby

from ..tools import clock
from .agenda import Agenda
from .attendance import Attendance
from .books import Books
from .business import Business
from .days import Days, moment, start_of_main_cohort, start_of_summer_before
from .decisions import Decisions
from .foundations import Foundations
from .hours import Hours
from .life import MainLife, SummerLife
from .orders import DEALS, PURCHASES, SUMMER_DEALS, SUMMER_PURCHASES
from .partners import PARTNERSHIPS, SUMMER_PARTNERSHIPS
from .people import MEMBERS, SUMMER_MEMBERS
from .recruitment import MainRecruitment, SummerRecruitment
from .run import Run
from .sessions import MEETINGS, SUMMER_MEETINGS
from .shares import MainShare, SummerShare
from .skills import Skills
from .treasury import Treasury

_logger = logging.getLogger(__name__)

MARK = 'inocoop_coop.demonstration_cohort'
# Nobody is written to: no mail, no invitation, and no journal that would be dated today.
QUIET = {
    'mail_auto_subscribe_no_notify': True,
    'mail_create_nolog': True,
    'mail_notrack': True,
    'no_mail_to_attendees': True,
    'dont_notify': True,
    'mail_activity_quick_update': True,
    'no_reset_password': True,
    'tz': 'Europe/Paris',
}
# Dates that Odoo takes from the computer's clock.
DATED_BY_ODOO = {
    'hr.applicant': ('date_last_stage_update',),
    'mail.activity': ('date_done',),
    'mail.message': ('date',),
    'project.task': ('date_assign', 'date_end', 'date_last_stage_update'),
}
# They fill within one transaction, and the database plans its queries as if they were still empty: some take a minute
# then. It is told how many rows there are, from time to time; this also keeps it from counting only what is committed.
GROWING_TABLES = ('account_move', 'account_move_line', 'account_payment', 'account_partial_reconcile', 'coop_presence')
COUNTED_EACH = timedelta(weeks=3)
ATTENDED_FROM = 12  # the week from which the main cohort signs its attendance
MAIN_CLERKS = {'confirm': 'chair', 'plan': 'member', 'invoice': 'treasurer', 'buy': 'treasurer'}
SUMMER_CLERKS = dict.fromkeys(MAIN_CLERKS, 'facilitator')


def plan_main(today):
    """The cohort that is in its fourth month on that day, before anything of it is in a database."""
    start = start_of_main_cohort(today)
    return Run(
        name=name_cohort("Jeunes majeurs", start), template='inocoop_coop.program_young_adults', days=Days(start),
        people=MEMBERS, deals=DEALS, purchases=PURCHASES, partnerships=PARTNERSHIPS, clerks=MAIN_CLERKS,
        sessions=MEETINGS, weeks=20, half_days=6)


def plan_summer(today):
    """The cohort of the summer before that one."""
    start = start_of_summer_before(start_of_main_cohort(today))
    return Run(
        name=name_cohort("Jeunesse de services", start), template='inocoop_coop.program_youth_services', days=Days(start),
        people=SUMMER_MEMBERS, deals=SUMMER_DEALS, purchases=SUMMER_PURCHASES, partnerships=SUMMER_PARTNERSHIPS,
        clerks=SUMMER_CLERKS, sessions=SUMMER_MEETINGS, weeks=8, half_days=4, writer='facilitator')


def name_cohort(program, start):
    return f"{program}, {format_date(start, 'MMMM y', locale='fr')}"


class Scenario:
    """The story of two cohorts, played once in a database.

    :param env: the environment of the administrator
    :param datetime.date today: the day on which the main cohort is in its fourth month
    """

    def __init__(self, env, today):
        french = env['res.lang'].search_count([('code', '=', 'fr_FR')], limit=1)
        # sudo: the administrator of a database makes users and settings without being in every
        # app's group. What people do is done with their own rights: see `on`.
        self.env = env(su=True, context={
            **env.context, **QUIET, 'lang': 'fr_FR' if french else env.lang, 'allowed_company_ids': env.company.ids})
        self.today = today
        self.users, self.partners, self.products = {}, {}, {}
        self.main, self.summer = plan_main(today), plan_summer(today)

    def play(self):
        """Tell the story; a database in which it was told stays as it is.

        :return: the main cohort
        :raise UserError: when the database is not fit for it: it says why and what to do
        """
        cohort = self.env.ref(MARK, raise_if_not_found=False)
        if cohort:
            return cohort
        if self.env['coop.cohort'].with_context(active_test=False).search_count([], limit=1):
            raise UserError(self.env._(
                "There are cohorts in this database. The demonstration makes users with known passwords: load it into a "
                "database of its own."))
        chapters = [
            Foundations(self, self.main),
            SummerLife(self, self.summer), SummerRecruitment(self, self.summer),
            MainLife(self, self.main), MainRecruitment(self, self.main), Decisions(self, self.main), Skills(self, self.main),
            *(chapter(self, run) for run in (self.summer, self.main) for chapter in (Business, Hours, Books, Agenda)),
            Attendance(self, self.summer, self.summer.days.start, weeks=7),
            Attendance(self, self.main, self.main.days.monday + timedelta(weeks=ATTENDED_FROM), weeks=ATTENDED_FROM + 5),
            Treasury(self, self.main), SummerShare(self, self.summer), MainShare(self, self.main),
        ]
        events = sorted(
            ((self._get_moment(when), event) for chapter in chapters for when, event in chapter.events()),
            key=lambda event: event[0])
        counted = events[0][0].date()
        for day, group in groupby(events, key=lambda event: event[0].date()):
            if day <= self.today:
                if day >= counted + COUNTED_EACH:
                    counted = day
                    self._count_rows()
                self._tell(day, [event for _when, event in group])
        self._mark(self.main.cohort)
        _logger.info("The demonstration is told, as of %s: %s events.", self.today, len(events))
        return self.main.cohort

    @staticmethod
    def _get_moment(when):
        """What is told of a day and not of an hour of it comes first."""
        return when if isinstance(when, datetime) else datetime.combine(when, time())

    def _tell(self, day, events):
        """Let a day's events happen; what Odoo dates by itself gets the day of the story too."""
        stamp, began = moment(day, 8), fields.Datetime.now()
        cr = self.env.cr
        loading = cr.now()
        cr._now = stamp  # where "created on" and "changed on" come from
        try:
            for event in events:
                event()
                # As at the end of a request: what one person saves does not mix with what the next one does.
                self.env.flush_all()
            for model, names in DATED_BY_ODOO.items():
                for name in names:
                    until, then = fields.Datetime.now(), stamp
                    since = began
                    if self.env[model]._fields[name].type == 'date':
                        since, until, then = since.date(), until.date(), day
                    self.env[model].with_context(active_test=False).search(
                        [(name, '>=', since), (name, '<=', until)])[name] = then
            self.env.flush_all()
        finally:
            cr._now = loading

    def _count_rows(self):
        self.env.flush_all()
        self.env.cr.execute(SQL("ANALYZE %s", SQL(", ").join(map(SQL.identifier, GROWING_TABLES))))

    def on(self, day, who=None):
        """The environment of someone, on a day of the story; nobody is written to about what they do.

        :param day: a day, or the very moment (naive, in UTC)
        :param str who: the key of a user; without one, the administrator who sets things up
        """
        cohorts = clock.at(self.env['coop.cohort'], day, silent=True)
        return (cohorts.with_user(self.users[who]) if who else cohorts).env

    def day_before_all(self):
        """When everything was set up: before the first cohort opens."""
        return self.summer.days.start - timedelta(days=45)

    def make_user(self, login, name, groups):
        """A user whose password is the login."""
        if self.env['res.users'].with_context(active_test=False).search_count([('login', '=', login)], limit=1):
            raise UserError(self.env._(
                "This database already has a user “%s”. The demonstration makes users with known passwords: load it "
                "into a database of its own.", login))
        self.users[login] = self.env['res.users'].create({
            'name': name,
            'login': login,
            'password': login,
            'email': f'{login}@example.org',
            'company_id': self.env.company.id,
            'company_ids': self.env.company.ids,
            'group_ids': [self.env.ref(group).id for group in groups],
            'lang': self.env.lang,
            'tz': 'Europe/Paris',
        })

    def set_password(self, user, password):
        """Set it as Odoo does, without the security alert that would be mailed to an invented address at once."""
        users = self.env['res.users']
        users._set_encrypted_password(user.id, users._crypt_context().hash(password))

    def _mark(self, cohort):
        module, name = MARK.split('.')
        self.env['ir.model.data'].create({
            'module': module, 'name': name, 'model': cohort._name, 'res_id': cohort.id, 'noupdate': True})
