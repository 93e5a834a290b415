import threading
from datetime import date
from unittest.mock import patch

from odoo import api
from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..tools import guard

TIMEOUT = 60  # seconds


@tagged('post_install', '-at_install', '-standard', 'concurrency')
class TestConcurrency(BaseCase):
    """Two people press at the same moment: real transactions, committed, each with a connection of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
            program = env['coop.program'].create({
                'name': "Pressed at once", 'duration': 6, 'seats': 9,
                'committee_template_ids': [(0, 0, {'name': "Assembly", 'kind': 'assembly'}), (0, 0, {'name': "Board"})]})
            cohort = env['coop.cohort'].create({
                'name': "Pressed at once", 'program_id': program.id, 'date_start': date.today(), 'facilitator_id': False})
            self.program_id, self.cohort_id = program.id, cohort.id
        self.addCleanup(self._remove_all)

    def test_the_ninth_and_the_tenth_at_once_do_not_both_get_the_last_seat(self):
        with self._transaction() as env:
            cohort = env['coop.cohort'].browse(self.cohort_id)
            cohort.action_start()
            files = env['coop.membership'].create([{
                'name': f"Pressed at once {number}", 'cohort_id': cohort.id, 'birthdate': date(date.today().year - 20, 1, 1),
                'wants_login': False} for number in range(10)])
            files[:8].action_activate()
            last = files[8:].ids
        outcomes = self._at_once(*(
            lambda env, file_id=file_id: env['coop.membership'].browse(file_id).action_activate() for file_id in last))
        refusals = [outcome for outcome in outcomes if outcome]
        self.assertEqual(len(refusals), 1, outcomes)
        self.assertIsInstance(refusals[0], UserError, "Who comes second reads a sentence.")
        with self._transaction() as env:
            cohort = env['coop.cohort'].browse(self.cohort_id)
            self.assertEqual(cohort.active_member_count, 9)
            self.assertEqual(len(cohort.membership_ids.filtered(lambda member: member.state == 'active')), 9)
            self.assertEqual(len(cohort.committee_ids[0].mandate_ids), 9)

    def test_opening_twice_at_once_makes_nothing_twice(self):
        outcomes = self._at_once(*[lambda env: env['coop.cohort'].browse(self.cohort_id).action_open_recruitment()] * 2)
        self.assertEqual(outcomes, [None, None])
        with self._transaction() as env:
            cohort = env['coop.cohort'].browse(self.cohort_id)
            self.assertEqual(len(cohort.committee_ids), 2)
            named = [('name', '=', cohort.name)]
            for model in ('crm.team', 'project.project'):
                self.assertEqual(env[model].search_count(named), 1, model)
            plan = env.ref('inocoop_coop.analytic_plan_cohort')
            self.assertEqual(env['account.analytic.account'].search_count([*named, ('plan_id', '=', plan.id)]), 1)
            self.assertEqual(env['hr.job'].search_count([('name', 'ilike', cohort.name)]), 1)

    # ------------------------------------------------------------

    def _transaction(self):
        return _Transaction(self.registry)

    def _at_once(self, *actions):
        """Do these at once, each as a request of its own that is tried again as the server does.

        :return: for each, ``None`` or the exception it ended with
        """
        both_have_read = threading.Barrier(len(actions), timeout=TIMEOUT)
        outcomes = [TimeoutError()] * len(actions)

        def request(rank, action):
            first = iter((True,))

            def attempt():
                # The snapshot of this transaction is taken here; a second try takes a new one.
                env['coop.cohort'].browse(self.cohort_id).read(['state'])
                if next(first, False):
                    both_have_read.wait()
                action(env)

            try:
                with self.registry.cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, {'lang': 'en_US'})
                    retrying(attempt, env)
                outcomes[rank] = None
            except Exception as error:  # whatever it is, the test says it
                outcomes[rank] = error

        threads = [threading.Thread(target=request, args=pair) for pair in enumerate(actions)]
        # The runner of the tests holds the registry's lock, for which these would wait.
        # Conflicts that are tried again are logged; muted here, as each thread would unmute the other.
        with patch.object(Registry, '_lock', threading.RLock()), mute_logger('odoo.service.model', 'odoo.sql_db'):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(TIMEOUT)
        return outcomes

    def _remove_all(self):
        """What was committed goes, past the rules that keep it."""
        with self._transaction() as env:
            cohort = guard.sealed(env['coop.cohort'].with_context(active_test=False, _force_unlink=True).browse(self.cohort_id))
            people = cohort.membership_ids.partner_id
            employees = cohort.membership_ids.employee_id
            made = [cohort[name] for name in ('project_id', 'team_id', 'job_id', 'analytic_account_id')]
            stages = cohort.project_id.type_ids
            account = cohort.project_id.account_id
            cohort.mandate_ids.unlink()
            cohort.membership_ids.unlink()
            cohort.committee_ids.unlink()
            cohort.project_id.cohort_id = False
            cohort.unlink()
            employees.unlink()
            people.unlink()
            for records in made:
                records.unlink()
            account.exists().unlink()
            stages.exists().unlink()
            env['coop.program'].browse(self.program_id).unlink()


class _Transaction:
    """A transaction that is committed at its end: ``with _Transaction(registry) as env``."""

    def __init__(self, registry):
        self.registry = registry

    def __enter__(self):
        self.cursor = self.registry.cursor()
        return api.Environment(self.cursor, SUPERUSER_ID, {'lang': 'en_US'})

    def __exit__(self, exc_type, _exception, _traceback):
        with self.cursor:  # commits, or rolls back
            if exc_type:
                self.cursor.rollback()
