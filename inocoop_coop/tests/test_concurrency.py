from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools import guard
from .concurrency import ConcurrencyCase


@tagged('post_install', '-at_install', '-standard', 'concurrency')
class TestConcurrency(ConcurrencyCase):
    """Two people press at the same moment: real transactions, committed, each with a connection of its own."""

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
            program = env['coop.program'].create({
                'name': "Pressed at once", 'duration': 6, 'seats': 9,
                'committee_template_ids': [(0, 0, {'name': "Assembly", 'kind': 'assembly'}), (0, 0, {'name': "Board"})]})
            cohort = env['coop.cohort'].create({
                'name': "Pressed at once", 'program_id': program.id, 'date_start': date.today(), 'facilitator_id': False})
            self.program_id, self.cohort_id = program.id, cohort.id
        self.watched = ('coop.cohort', self.cohort_id)
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

    def test_two_purchases_at_once_do_not_both_commit_what_is_left(self):
        with self._transaction() as env:
            cohort = env['coop.cohort'].browse(self.cohort_id)
            cohort.action_start()
            cohort.commitment_ceiling = 100
            # They have nothing in common that would keep one waiting for the other.
            suppliers = env['res.partner'].create([{'name': f"Pressed at once {rank}"} for rank in range(2)])
            products = env['product.product'].create([
                {'name': f"Pressed at once {rank}", 'type': 'consu', 'supplier_taxes_id': False} for rank in range(2)])
            numbers = env['purchase.order'].create([{
                'partner_id': supplier.id, 'cohort_id': cohort.id,
                'order_line': [(0, 0, {'product_id': product.id, 'product_qty': 1, 'price_unit': 60})],
            } for supplier, product in zip(suppliers, products, strict=True)]).ids
        outcomes = self._at_once(*(
            lambda env, number=number: env['purchase.order'].browse(number).button_confirm() for number in numbers))
        with self._transaction() as env:
            orders = env['purchase.order'].browse(numbers)
            states, used = orders.mapped('state'), env['coop.cohort'].browse(self.cohort_id).commitment_used
            suppliers, products = orders.partner_id, orders.order_line.product_id
            orders.button_cancel()
            orders.unlink()
            products.product_tmpl_id.unlink()
            suppliers.unlink()
        self.assertEqual((sorted(states), used), (['draft', 'purchase'], 60))
        refusals = [outcome for outcome in outcomes if outcome]
        self.assertEqual(len(refusals), 1, outcomes)
        self.assertIsInstance(refusals[0], UserError, "Who comes second reads a sentence.")
        self.assertIn("goes above what “Pressed at once” may commit", str(refusals[0]))

    # ------------------------------------------------------------

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
            env['crm.stage'].search([('team_ids', 'in', made[1].ids)]).unlink()
            for records in made:
                records.unlink()
            account.exists().unlink()
            stages.exists().unlink()
            env['coop.program'].browse(self.program_id).unlink()
