from datetime import date, datetime, time, timedelta

from odoo.tests import tagged

from ..tools import guard
from .concurrency import ConcurrencyCase
from .test_concurrency import TestConcurrency


@tagged('post_install', '-at_install', '-standard', 'concurrency')
class TestPlanningConcurrency(ConcurrencyCase):
    """Two people plan the same person at the same moment: nobody is kept waiting, and both read the clash."""

    _remove_all = TestConcurrency._remove_all

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
            program = env['coop.program'].create({'name': "Planned at once", 'duration': 6, 'seats': 9})
            cohort = env['coop.cohort'].create({
                'name': "Planned at once", 'program_id': program.id, 'date_start': date.today(), 'facilitator_id': False})
            cohort.action_start()
            members = env['coop.membership'].create([{
                'name': f"Planned at once {number}", 'cohort_id': cohort.id, 'birthdate': date(date.today().year - 20, 1, 1),
                'email': f'planned{number}@example.com'} for number in range(3)])
            members.action_activate()
            self.program_id, self.cohort_id, self.project_id = program.id, cohort.id, cohort.project_id.id
            self.user_ids = members.user_id.ids
        self.watched = ('project.project', self.project_id)
        self.addCleanup(self._remove_all)
        self.addCleanup(self._remove_tasks)
        self.start = datetime.combine(date.today() + timedelta(days=7), time(9))

    def _remove_tasks(self):
        with self._transaction() as env:
            env['project.task'].with_context(active_test=False).search([('project_id', '=', self.project_id)]).unlink()
            members = env['coop.membership'].search([('cohort_id', '=', self.cohort_id)])
            employees = members.employee_id
            guard.sealed(members).write({'user_id': False, 'employee_id': False})
            employees.unlink()
            env['res.users'].browse(self.user_ids).unlink()

    def _book(self, name, env):
        task = env['project.task'].create({
            'name': name, 'project_id': self.project_id, 'user_ids': [(6, 0, self.user_ids[:1])],
            'planned_date_start': self.start, 'planned_date_end': self.start + timedelta(hours=3)})
        # Whoever plans sees nothing wrong: the other one has not saved yet.
        assert not task.coop_warning, task.coop_warning

    def test_both_are_saved_and_both_are_flagged_afterwards(self):
        outcomes = self._at_once(
            lambda env: self._book("One", env), lambda env: self._book("Other", env), uids=self.user_ids[1:])
        self.assertEqual(outcomes, [None, None])
        with self._transaction(self.user_ids[2]) as env:
            tasks = env['project.task'].search([('project_id', '=', self.project_id)])
            self.assertEqual(sorted(tasks.mapped('name')), ["One", "Other"])
            for task, other in ((tasks[0], tasks[1]), (tasks[1], tasks[0])):
                self.assertIn(f"is also on “{other.name}”", task.coop_warning)
            self.assertEqual(tasks.search_count([('project_id', '=', self.project_id), ('coop_is_flagged', '=', True)]), 2)

    def test_one_intervention_moved_by_two_at_once_has_the_dates_of_one_of_them_and_is_flagged(self):
        with self._transaction(self.user_ids[1]) as env:
            self._book("Before", env)
            env['project.task'].create({
                'name': "Moved", 'project_id': self.project_id, 'user_ids': [(6, 0, self.user_ids[:1])],
                'planned_date_start': self.start + timedelta(days=1),
                'planned_date_end': self.start + timedelta(days=1, hours=1)})
            moved = env['project.task'].search([('project_id', '=', self.project_id), ('name', '=', "Moved")]).id
        dates = [self.start + timedelta(minutes=minutes) for minutes in (30, 60)]
        outcomes = self._at_once(*(lambda env, start=start: env['project.task'].browse(moved).write({
            'planned_date_start': start, 'planned_date_end': start + timedelta(hours=1)}) for start in dates),
            uids=self.user_ids[1:])
        self.assertEqual(outcomes, [None, None])
        with self._transaction(self.user_ids[2]) as env:
            task = env['project.task'].browse(moved)
            self.assertIn(task.planned_date_start, dates)
            self.assertEqual(task.planned_date_end - task.planned_date_start, timedelta(hours=1))
            self.assertIn("is also on “Before”", task.coop_warning)
