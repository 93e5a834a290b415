from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..rules import planning
from .planning import PlanningCommon, at

# What the board reads of each intervention, as the web client asks for it.
BOARD = ['display_name', 'user_ids', 'partner_id', 'coop_place', 'cohort_id', 'coop_warning', 'planned_date_start',
         'planned_date_end', 'state', 'coop_is_flagged']


@tagged('post_install', '-at_install')
class TestPlanningBoard(PlanningCommon):
    """Who goes where, who is free, what nobody does yet, and how much each one has."""

    def _sum(self, user=None, domain=()):
        """Hours planned and worked of each member, as the pivot reads them."""
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env['coop.workload'].with_user(user or self.lea_user)._read_group(
            list(domain), ['membership_id'], ['planned_hours:sum', 'worked_hours:sum'])
        return {membership: (planned, worked) for membership, planned, worked in rows}

    # ------------------------------------------------------------
    # Hours of each member
    # ------------------------------------------------------------

    def test_each_one_of_a_team_counts_the_whole_length(self):
        self._task("Hedges", at(19, 9), at(19, 12), self.lea_user + self.yanis_user)
        task = self._task("Fence", at(20, 9), at(20, 10, 30), self.lea_user)
        self._hours(task, self.lea, 2)
        self.assertEqual(self._sum(), {
            self.lea.with_user(self.lea_user): (4.5, 2), self.yanis.with_user(self.lea_user): (3, 0)})

    def test_who_has_nothing_stands_there_with_zero_in_every_week_of_the_term(self):
        week = [('date', '>=', '2026-01-19'), ('date', '<', '2026-01-26')]
        self.assertEqual(self._sum(domain=week), {
            self.lea.with_user(self.lea_user): (0, 0), self.yanis.with_user(self.lea_user): (0, 0)})

    def test_several_days_count_the_same_hours_on_each_as_the_rule_says(self):
        spans = (
            (at(19, 9), at(21, 17)), (at(22, 20), at(23, 2)), (at(24, 9), at(25, 9)), (at(26, 22, 30), at(28, 23, 45)))
        for start, stop in spans:
            for zone in ('UTC', 'Europe/Paris'):
                self.env.company.partner_id.tz = zone
                task = self._task("Barn", start, stop, self.lea_user)
                expected = planning.count_minutes(planning.split_by_day(start, stop, zone)) / 60
                found = self._sum(domain=[('task_id', '=', task.id)])
                self.assertAlmostEqual(found[self.lea.with_user(self.lea_user)][0], expected)
                task.unlink()
        self.env.company.partner_id.tz = 'UTC'
        task = self._task("Barn", at(19, 9), at(21, 17), self.lea_user)
        days = self.env['coop.workload'].search([('task_id', '=', task.id)], order='date').mapped('date')
        self.assertEqual(days, [date(2026, 1, 19), date(2026, 1, 20), date(2026, 1, 21)])

    def test_each_row_has_a_number_of_its_own(self):
        tasks = self._task("Barn", at(1, 9), at(31, 17), self.lea_user + self.yanis_user) + self._task(
            "Shed", at(1, 9), at(31, 17), self.lea_user)
        self.env.flush_all()
        # As it could be written before such dates were refused.
        self.env.cr.execute("UPDATE project_task SET planned_date_end = '2206-01-31 17:00' WHERE id = %s", [tasks[0].id])
        rows = self.env['coop.workload'].search([])
        self.assertEqual(len(set(rows.ids)), len(rows))
        self.assertLess(len(rows), 1000)

    def test_what_is_cancelled_or_not_planned_counts_nothing(self):
        self._task("Hedges", at(19, 9), at(19, 12), self.lea_user).state = '1_canceled'
        self._task("Fence", users=self.lea_user)
        self.assertEqual(self._sum()[self.lea.with_user(self.lea_user)], (0, 0))

    def test_it_is_of_the_own_cohort(self):
        self._task("Hedges", at(19, 9), at(19, 12), self.chloe_user, cohort=self.winter)
        self.assertNotIn(self.chloe, self._sum())
        self.assertEqual(list(self._sum(self.chloe_user)), [self.chloe.with_user(self.chloe_user)])
        self.assertIn(self.chloe.with_user(self.manager), self._sum(self.manager))
        for user in (self.psychologist, self.accountant):
            with self.assertRaises(AccessError):
                self._sum(user)

    # ------------------------------------------------------------
    # Unassigned
    # ------------------------------------------------------------

    def test_what_nobody_does_yet_is_counted_on_the_cohort(self):
        self._task("Hedges", at(19, 9), at(19, 12))
        self._task("Fence")
        self._task("Barn", users=self.lea_user)
        self._task("Over").state = '1_done'
        autumn = self.autumn.with_user(self.lea_user)
        autumn.invalidate_recordset()
        self.assertEqual(autumn.unassigned_task_count, 2)
        action = autumn.action_view_unassigned_tasks()
        tasks = self.env['project.task'].with_user(self.lea_user).search(action['domain'])
        self.assertEqual(set(tasks.mapped('name')), {"Hedges", "Fence"})

    # ------------------------------------------------------------
    # What it costs
    # ------------------------------------------------------------

    def test_a_board_of_many_costs_as_many_queries_as_one_of_few(self):
        def plan(number):
            for rank in range(number):
                task = self._task(
                    f"Job {rank}", at(19 + rank % 3, 9), at(19 + rank % 3, 12), self.lea_user + self.yanis_user,
                    partner_id=self.customer.id, coop_skill_ids=[Command.set(self.pruning.ids)])
                self._hours(task, self.lea, 1)

        plan(6)
        board, hours = self._count_board(), self._count_hours()
        plan(6)
        self.assertEqual((self._count_board(), self._count_hours()), (board, hours))
        self.assertLessEqual(board, 40)
        self.assertLessEqual(hours, 12)

    def _count(self, read):
        for _warm in range(2):  # what Odoo keeps in memory is there
            self.env.flush_all()
            self.env.invalidate_all()
            read()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        read()
        return self.env.cr.sql_log_count - before

    def _count_board(self):
        tasks = self.env['project.task'].with_user(self.lea_user)
        return self._count(lambda: tasks.search_read([('cohort_id', '!=', False)], BOARD))

    def _count_hours(self):
        rows = self.env['coop.workload'].with_user(self.lea_user)
        return self._count(lambda: rows.formatted_read_group(
            [], ['membership_id'], ['planned_hours:sum', 'worked_hours:sum']))
