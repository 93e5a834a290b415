from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .books import PERIOD, BooksCommon


@tagged('post_install', '-at_install')
class TestResultLines(BooksCommon):
    """A cohort's result is what the posted entries say, to the cent, and nothing else."""

    # ------------------------------------------------------------
    # Invoiced
    # ------------------------------------------------------------

    def test_it_is_what_the_posted_entries_say(self):
        self._document('out_invoice', (333.33, {self.autumn: 100}), (20.05, {self.autumn: 100}, self.gardening))
        self._document('in_invoice', (99.99, {self.autumn: 100}))
        self._document('out_invoice', (1000, {self.winter: 100}))
        self._move('out_invoice', {self.autumn: 100})  # a draft
        self.assertEqual(self._totals(), (35338, 9999))
        self.assertEqual(self._totals(), self._in_the_books(self.autumn))
        self.assertEqual(self._totals(self.winter), (100000, 0))

    def test_tax_is_in_no_result(self):
        invoice = self._invoice_with_tax()
        self.assertEqual(invoice.amount_total, 120)
        self.assertEqual(self._totals(), (10000, 0))
        self._pay_in_part(invoice)
        self.assertEqual(self._totals(basis='collected'), (10000, 0))

    def test_the_parts_of_a_shared_line_make_up_the_line(self):
        """A cent that does not divide goes to one of them, and none is lost."""
        for price in (0.01, 100.01, 33.35, 0.03):
            with self.subTest(price=price):
                bill = self._document('in_invoice', (price, {self.autumn: 50, self.winter: 50}))
                parts = [self.results.search([
                    ('move_id', '=', bill.id), ('cohort_id', '=', cohort.id), ('basis', '=', 'invoiced')]).amount
                    for cohort in (self.autumn, self.winter)]
                self.assertEqual(round(sum(parts) * 100), -round(price * 100))
                self.assertAlmostEqual(parts[0], parts[1], delta=0.0101)

    def test_a_line_of_three_is_given_out_to_the_cent(self):
        spring = self._create_cohort("Spring", date(2026, 1, 10))
        spring.action_start()
        thirds = {self.autumn: 33.33, self.winter: 33.33, spring: 33.34}
        bill = self._document('in_invoice', (100, thirds), (0.02, thirds))
        amounts = self.results.search([('move_id', '=', bill.id), ('basis', '=', 'invoiced')]).mapped('amount')
        self.assertEqual(len(amounts), 6)
        self.assertEqual(round(sum(amounts) * 100), -10002)

    def test_what_is_for_the_host_is_nobodys(self):
        host = self.env['account.analytic.account'].create({
            'name': "Host", 'plan_id': self.env.ref('inocoop_coop.analytic_plan_cohort').id})
        bill = self.env['account.move'].create({
            'move_type': 'in_invoice', 'partner_id': self.supplier.id, 'invoice_date': '2026-01-15',
            'invoice_line_ids': [Command.create({
                'name': "Line", 'quantity': 1, 'price_unit': 100, 'tax_ids': False, 'account_id': self.expense.id,
                'analytic_distribution': {str(self.autumn.analytic_account_id.id): 30, str(host.id): 70}})]})
        bill.action_post()
        self.assertEqual(self._totals(), (0, 3000))

    def test_an_account_of_another_plan_beside_the_cohorts_changes_nothing(self):
        plan = self.env['account.analytic.plan'].create({'name': "Sites"})
        north, south = self.env['account.analytic.account'].create([
            {'name': name, 'plan_id': plan.id} for name in ("North", "South")])
        own = self.autumn.analytic_account_id.id
        invoice = self._move('out_invoice', {self.autumn: 100})
        invoice.invoice_line_ids.analytic_distribution = {f'{own},{north.id}': 40, f'{own},{south.id}': 60}
        invoice.action_post()
        self.assertEqual(self._totals(), (10000, 0))

    def test_a_credit_note_takes_back_what_it_credits(self):
        invoice = self._document('out_invoice', (100, {self.autumn: 100}))
        self._document('out_refund', (30, {self.autumn: 100}))
        self.assertEqual(self._totals(), (7000, 0))
        invoice._reverse_moves([{'date': date(2026, 2, 1), 'invoice_date': date(2026, 2, 1)}], cancel=True)
        self.assertEqual(self._totals(), (-3000, 0))
        self.assertEqual(self._totals(), self._in_the_books(self.autumn))
        january = (date(2026, 1, 1), date(2026, 1, 31))
        self.assertEqual(self._totals(period=january), (7000, 0), "What was reversed in February stands in January.")

    def test_an_entry_that_is_reversed_leaves_nothing(self):
        entry = self._entry((self.expense, 55.55, {self.autumn: 100}), (self.income, -55.55, {self.winter: 100}))
        self.assertEqual((self._totals(), self._totals(self.winter)), ((0, 5555), (5555, 0)))
        entry._reverse_moves([{'date': entry.date}], cancel=True)
        for basis in ('invoiced', 'collected'):
            self.assertEqual((self._totals(basis=basis), self._totals(self.winter, basis=basis)), ((0, 0), (0, 0)))

    def test_an_entry_that_went_back_to_draft_is_out(self):
        invoice = self._document('out_invoice', (100, {self.autumn: 100}))
        invoice.button_draft()
        self.assertEqual(self._totals(), (0, 0))

    def test_a_period_may_straddle_the_end_of_the_year(self):
        """The entry that closes the year names no cohort."""
        self._document('out_invoice', (100, {self.autumn: 100}), day=date(2025, 12, 31))
        self._document('out_invoice', (10, {self.autumn: 100}), day=date(2026, 1, 1))
        equity = self.env['account.account'].search([('account_type', '=', 'equity')], limit=1)
        self._entry((self.income, 100, None), (equity, -100, None), day=date(2025, 12, 31))
        self.assertEqual(self._totals(), (11000, 0))
        self.assertEqual(self._totals(period=(date(2025, 12, 1), date(2025, 12, 31))), (10000, 0))
        self.assertEqual(self._totals(period=(date(2026, 1, 1), date(2026, 1, 1))), (1000, 0))

    def test_the_cost_of_hours_is_not_in_it(self):
        self.lea.employee_id.hourly_cost = 30
        task = self.env['project.task'].create({'name': "Hedges", 'project_id': self.autumn.project_id.id})
        hours = self._hours(task, self.lea)
        self.assertEqual(hours.amount, -120)
        self.assertEqual(self._totals(), (0, 0))

    # ------------------------------------------------------------
    # Collected
    # ------------------------------------------------------------

    def test_what_is_written_off_with_a_payment_is_the_cohorts(self):
        one = self._document('out_invoice', (100, {self.autumn: 100}))
        both = self._document('out_invoice', (75, {self.autumn: 100}), (25, {self.winter: 100}))
        for invoice in (one, both):
            wizard = self.env['account.payment.register'].with_user(self.accountant).with_context(
                active_model='account.move', active_ids=invoice.ids).create({
                    'amount': 98, 'payment_date': date(2026, 1, 20), 'payment_difference_handling': 'reconcile',
                    'writeoff_account_id': self.expense.id})
            wizard.action_create_payments()
            self.assertEqual(invoice.amount_residual, 0)
        for basis in ('invoiced', 'collected'):
            self.assertEqual(self._totals(basis=basis), (17500, 350))
            self.assertEqual(self._totals(self.winter, basis=basis), (2500, 50))

    def test_what_is_not_paid_is_not_collected(self):
        self._document('out_invoice', (100, {self.autumn: 100}))
        self._document('in_invoice', (40, {self.autumn: 100}))
        self.assertEqual(self._totals(basis='collected'), (0, 0))

    def test_it_counts_on_the_days_of_the_payments_and_adds_up_to_the_cent(self):
        invoice = self._document(
            'out_invoice', (10.01, {self.autumn: 100}), (10.01, {self.autumn: 50, self.winter: 50}), (9.99, {self.winter: 100}))
        for amount, day in ((10, date(2026, 1, 31)), (10, date(2026, 2, 15)), (None, date(2026, 3, 1))):
            self._pay_in_part(invoice, amount, day)
        self.assertEqual(invoice.amount_residual, 0)
        months = [self._totals(basis='collected', period=(date(2026, month, 1), date(2026, month, 28 + 3 * (month != 2))))[0]
                  for month in (1, 2, 3)]
        self.assertEqual(sum(months), 1001 + 500 + 1)
        self.assertTrue(all(490 <= month <= 510 for month in months), months)
        self.assertEqual(self._totals(basis='collected'), self._totals())
        self.assertEqual(self._totals(self.winter, basis='collected'), self._totals(self.winter))
        lines = self.results.search([('move_id', '=', invoice.id), ('basis', '=', 'collected')])
        self.assertEqual(round(sum(lines.mapped('amount')) * 100), 3001)

    def test_an_invoice_that_a_credit_note_settles_brings_nothing(self):
        invoice = self._document('out_invoice', (100, {self.autumn: 100}))
        invoice._reverse_moves([{'date': date(2026, 2, 1), 'invoice_date': date(2026, 2, 1)}], cancel=True)
        self.assertEqual(invoice.payment_state, 'reversed')
        self.assertEqual(self._totals(basis='collected'), (0, 0))
        for month in ((date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28))):
            self.assertEqual(self._totals(basis='collected', period=month), (0, 0))

    def test_a_payment_that_is_taken_back_is_not_collected(self):
        invoice = self._document('out_invoice', (100, {self.autumn: 100}))
        payment = self._pay_in_part(invoice)
        self.assertEqual(self._totals(basis='collected'), (10000, 0))
        payment.action_draft()
        self.assertEqual(self._totals(basis='collected'), (0, 0))

    def test_an_entry_to_which_nothing_is_owed_counts_on_its_own_day(self):
        cash = self.env['account.account'].search([('account_type', '=', 'asset_cash')], limit=1)
        self._entry((self.expense, 12.34, {self.autumn: 100}), (cash, -12.34, None))
        self.assertEqual(self._totals(basis='collected'), (0, 1234))

    def test_an_invoice_of_nothing_is_counted_on_its_own_day(self):
        self._document('out_invoice', (100, {self.autumn: 100}), (-100, {self.winter: 100}))
        self.assertEqual(self._totals(basis='collected'), (10000, 0))
        self.assertEqual(self._totals(self.winter, basis='collected'), (-10000, 0))

    # ------------------------------------------------------------
    # Another currency
    # ------------------------------------------------------------

    def test_an_invoice_in_another_currency_counts_at_the_rate_of_its_entry(self):
        dollar = self.env.ref('base.USD')
        dollar.active = True
        self.env['res.currency.rate'].search([('currency_id', '=', dollar.id)]).unlink()
        self.env['res.currency.rate'].create([
            {'name': day, 'rate': rate, 'currency_id': dollar.id, 'company_id': self.env.company.id}
            for day, rate in ((date(2025, 1, 1), 1.10), (date(2026, 2, 1), 1.25))])
        invoice = self._document('out_invoice', (100, {self.autumn: 100}), currency_id=dollar.id)
        self.assertEqual(self._totals(), (9091, 0))
        self._pay_in_part(invoice, day=date(2026, 2, 10))
        self.assertEqual(invoice.amount_residual, 0)
        # The loss on the rate is the host's: its entry names no cohort.
        self.assertEqual(self._totals(basis='collected'), (9091, 0))
        self.assertEqual(self._totals(), (9091, 0))

    # ------------------------------------------------------------
    # Who reads it, and what it costs
    # ------------------------------------------------------------

    def test_a_member_reads_their_own_cohorts_and_nobody_elses(self):
        self._document('out_invoice', (100, {self.autumn: 100}), (50, {self.winter: 100}))
        for user in (self.lea.user_id, self.facilitator):
            lines = self.results.with_user(user).search([])
            self.assertEqual(lines.cohort_id, self.autumn)
            self.assertEqual(sum(lines.filtered(lambda line: line.basis == 'invoiced').mapped('amount')), 100)
            groups = self.results.with_user(user).formatted_read_group([], ['cohort_id'], ['amount:sum'])
            self.assertEqual([group['cohort_id'][0] for group in groups], self.autumn.ids)
        for user in (self.manager, self.accountant):
            self.assertEqual(self.results.with_user(user).search([]).cohort_id, self.autumn + self.winter)
        with self.assertRaises(AccessError):
            self.results.with_user(self.psychologist).search([])

    def test_bad_periods_are_told(self):
        day = date(2026, 2, 1)
        for period, sentence in (
                ((None, day), "from which day"), ((day, date(2026, 1, 1)), "ends before"), (("soon", day), "not a date")):
            with self.assertRefused(UserError, sentence):
                self._totals(period=period)
        with self.assertRefused(UserError, "invoiced or on what is collected"):
            self._totals(basis='dreamed')

    def test_the_totals_cost_one_query_and_read_no_other_cohort(self):
        self._document('out_invoice', (100, {self.autumn: 100}))
        self._totals()
        for _round in range(2):
            for basis in ('invoiced', 'collected'):
                self.env.flush_all()
                with self.assertQueryCount(1):
                    self._totals(basis=basis)
            for _number in range(5):
                self._document('out_invoice', (100, {self.autumn: 100}))

    def test_what_other_cohorts_did_is_not_read(self):
        """The pages that PostgreSQL reads for a cohort are as many, however many entries the others have."""
        invoice = self._document('out_invoice', (100, {self.autumn: 100}))
        self._pay_in_part(invoice, 40)
        self._document('in_invoice', (50, {self.autumn: 50, self.winter: 50}))
        self._clone(invoice, self.autumn, 20)
        users = (self.env.ref('base.user_root'), self.lea.user_id)
        before = [self._count_pages(user) for user in users]
        accounts = self.env['account.analytic.account'].create([
            {'name': f"Cohort {number}", 'plan_id': self.autumn.analytic_account_id.plan_id.id} for number in range(40)])
        others = self.env['coop.cohort'].create([{
            'name': account.name, 'program_id': self.program.id, 'date_start': date(2026, 1, 1), 'facilitator_id': False,
            'analytic_account_id': account.id} for account in accounts])
        self._clone(invoice, others, 250)
        after = [self._count_pages(user) for user in users]
        for pages_before, pages_after in zip(before, after, strict=True):
            self.assertLess(pages_after, 3 * pages_before)
            # 10,000 entries of others: to read them takes a page each, at the very least.
            self.assertLess(pages_after, 5000)

    def _clone(self, invoice, cohorts, number):
        """So many posted invoices like this one for each of the cohorts, written by SQL: only their number matters."""
        self.env.flush_all()
        mark = f'CLONE{cohorts[0].id}/'

        def insert(table, source, others, where, *values, **changes):
            self.env.cr.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name != 'id'", [table])
            columns = [name for [name] in self.env.cr.fetchall()]
            read = ', '.join(changes.get(name, f'{source}."{name}"') for name in columns)
            written = ', '.join(f'"{name}"' for name in columns)
            self.env.cr.execute(
                f'INSERT INTO {table} ({written}) '  # noqa: S608 (nothing in it comes from outside)
                f'SELECT {read} FROM {table} {source}, {others} WHERE {where}', values)

        insert('account_move', 'm', 'unnest(%s) AS c, generate_series(1, %s) AS n', 'm.id = %s', cohorts.ids, number, invoice.id,
               name=f"'{mark}' || c || '/' || n", ref='c::text')
        insert('account_move_line', 'l', 'account_move m JOIN coop_cohort c ON c.id::text = m.ref',
               'l.move_id = %s AND m.name LIKE %s', invoice.id, f'{mark}%', move_id='m.id', cohort_id='c.id',
               analytic_distribution="CASE WHEN l.analytic_distribution IS NOT NULL "
                                     "THEN jsonb_build_object(c.analytic_account_id, 100) END")
        self.env.cr.execute(
            "INSERT INTO coop_cohort_account_move_rel (move_id, cohort_id) "
            "SELECT id, ref::integer FROM account_move WHERE name LIKE %s", [f'{mark}%'])
        for table in ('account_move', 'account_move_line', 'account_partial_reconcile', 'coop_cohort',
                      'coop_cohort_account_move_rel'):
            self.env.cr.execute(f'ANALYZE {table}')

    def _count_pages(self, user):
        query = self.results.with_user(user)._search([
            ('cohort_id', '=', self.autumn.id), ('date', '>=', PERIOD[0]), ('date', '<=', PERIOD[1])])
        select = query.select('SUM("coop_result_line"."amount")')
        self.env.cr.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {select.code}", select.params)
        plan = self.env.cr.fetchone()[0][0]['Plan']
        return plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
