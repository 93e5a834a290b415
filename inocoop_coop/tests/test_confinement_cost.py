from contextlib import contextmanager
from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from .common import CoopCommon
from .test_confinement import DOORS

# What a member opens all day: the model, and what its list shows.
SCREENS = {
    'crm.lead': ['name', 'partner_id', 'user_id', 'stage_id', 'expected_revenue', 'cohort_id'],
    'project.task': ['name', 'project_id', 'user_ids', 'stage_id', 'date_deadline', 'cohort_id'],
    'account.move': ['name', 'partner_id', 'invoice_date', 'amount_total_signed', 'payment_state', 'cohort_ids'],
    'res.partner': ['name', 'email', 'phone'],
}


@tagged('post_install', '-at_install')
class TestConfinementCost(CoopCommon):
    """A screen costs a member the same, however many cohorts there are beside theirs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_groups(cls.lea.user_id, *DOORS)
        cls._work(cls.autumn)

    @classmethod
    def _work(cls, cohort):
        cls._lead(cohort)
        cls.env['project.task'].create({'name': "Hedges", 'project_id': cohort.project_id.id})
        cls._move('out_invoice', {cohort: 100})

    def test_it_costs_the_same_among_two_cohorts_and_among_two_hundred(self):
        self._work(self.winter)
        before = {model: self._count_queries(model) for model in SCREENS}
        self._add_cohorts(198)
        after = {model: self._count_queries(model) for model in SCREENS}
        self.assertEqual(after, before)
        # One query for the rows, one to count them, and those of what the fields lead to.
        self.assertLessEqual(max(before.values()), 25, before)

    def test_it_costs_the_same_for_one_row_and_for_many(self):
        before = {model: self._count_queries(model) for model in SCREENS}
        for _number in range(5):
            self._work(self.autumn)
        self.assertEqual({model: self._count_queries(model) for model in SCREENS}, before)

    def _add_cohorts(self, number):
        """Cohorts with a member, a lead, a task and an invoice each; made at once, as only their number matters."""
        cohorts = self.env['coop.cohort'].create([{
            'name': f"Cohort {index}", 'program_id': self.program.id, 'date_start': date(2026, 1, 1), 'facilitator_id': False,
        } for index in range(number)])
        plan = self.env.ref('inocoop_coop.analytic_plan_cohort')
        accounts = self.env['account.analytic.account'].create([
            {'name': cohort.name, 'plan_id': plan.id} for cohort in cohorts])
        teams = self.env['crm.team'].create([{'name': cohort.name} for cohort in cohorts])
        projects = self.env['project.project'].create([{
            'name': cohort.name, 'cohort_id': cohort.id, 'privacy_visibility': 'followers'} for cohort in cohorts])
        for cohort, account, team, project in zip(cohorts, accounts, teams, projects, strict=True):
            cohort.write({'analytic_account_id': account.id, 'team_id': team.id, 'project_id': project.id})
        self.env['coop.membership'].create([{
            'name': f"Member {cohort.name}", 'cohort_id': cohort.id, 'birthdate': date(2005, 5, 5),
            'partner_id': self.env['res.partner'].create({'name': f"Member {cohort.name}"}).id} for cohort in cohorts])
        self.env['crm.lead'].create([{
            'name': "Hedges", 'type': 'opportunity', 'team_id': team.id, 'partner_id': self.customer.id} for team in teams])
        self.env['project.task'].create([{'name': "Hedges", 'project_id': project.id} for project in projects])
        self.env['account.move'].create([{
            'move_type': 'out_invoice', 'partner_id': self.customer.id, 'invoice_line_ids': [Command.create({
                'name': "Line", 'price_unit': 100, 'tax_ids': False, 'analytic_distribution': {str(account.id): 100}})],
        } for account in accounts])

    def _count_queries(self, model):
        """Those of opening the list, as the web client does."""
        records = self.env[model].with_user(self.lea.user_id)
        specification = {
            name: {'fields': {'display_name': {}}} if records._fields[name].relational else {} for name in SCREENS[model]}
        self.env.flush_all()
        records.web_search_read([], specification, limit=80)  # what Odoo keeps in memory is there
        self.env.flush_all()
        self.env.invalidate_all()
        with self._counted() as count:
            records.web_search_read([], specification, limit=80)
        return count()

    @contextmanager
    def _counted(self):
        before = self.env.cr.sql_log_count
        yield lambda: self.env.cr.sql_log_count - before
