from datetime import datetime

from odoo.fields import Command
from odoo.tests import Form, tagged, warmup

from .common import TODAY, CoopCommon

# A counter, and the action that opens what it counts.
COUNTERS = {
    'applicant_count': 'action_view_applicants',
    'membership_count': 'action_view_memberships',
    'committee_count': 'action_view_committees',
    'event_count': 'action_view_events',
    'lead_count': 'action_view_leads',
    'order_count': 'action_view_orders',
    'task_count': 'action_view_tasks',
    'timesheet_hours': 'action_view_timesheets',
    'purchase_count': 'action_view_purchases',
    'invoice_count': 'action_view_invoices',
    'bill_count': 'action_view_bills',
    'payment_count': 'action_view_payments',
}


@tagged('post_install', '-at_install')
class TestCounts(CoopCommon):
    """The smart buttons of a cohort: each costs one query and opens exactly what it counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._work(cls.autumn, 2)
        cls._work(cls.winter, 1)
        # A bill that is shared counts in both cohorts, and what was cancelled in none.
        cls._move('in_invoice', {cls.autumn: 50, cls.winter: 50})
        cls._move('in_invoice', {cls.autumn: 100}).button_cancel()
        cls._move('out_invoice', {cls.autumn: 100}).button_cancel()
        cls._quotation(cls._lead(cls.autumn)).action_cancel()
        cls.env['purchase.order'].create({'partner_id': cls.supplier.id, 'cohort_id': cls.autumn.id}).button_cancel()
        cls.env['account.payment'].create({
            'partner_id': cls.customer.id, 'amount': 10, 'cohort_id': cls.autumn.id}).action_cancel()

    @classmethod
    def _work(cls, cohort, number):
        """So many of each document."""
        for index in range(number):
            lead = cls._lead(cohort)
            order = cls._quotation(lead)
            order.action_confirm()
            cls._hours(order.order_line.task_id, cohort.membership_ids.filtered('employee_id')[0], 4)
            invoice = cls._move('out_invoice', {cohort: 100})
            invoice.action_post()
            cls._pay(invoice)
            cls._move('in_invoice', {cohort: 100})
            cls.env['purchase.order'].create({'partner_id': cls.supplier.id, 'cohort_id': cohort.id})
            cls.env['hr.applicant'].create({'partner_name': f"Applicant {index}", 'job_id': cohort.job_id.id})
            cls.env['calendar.event'].create({
                'name': "Meeting", 'cohort_id': cohort.id,
                'start': datetime(2026, 1, 20, 9), 'stop': datetime(2026, 1, 20, 10)})

    # ------------------------------------------------------------
    # What they count
    # ------------------------------------------------------------

    def test_every_counter_tells_what_the_cohort_has(self):
        self.assertRecordValues(self.autumn + self.winter, [
            {
                'applicant_count': 2, 'membership_count': 3, 'committee_count': 4, 'event_count': 2, 'lead_count': 3,
                'order_count': 2, 'task_count': 2, 'timesheet_hours': 8, 'purchase_count': 2, 'invoice_count': 2,
                'bill_count': 3, 'payment_count': 2,
            },
            {
                'applicant_count': 1, 'membership_count': 1, 'committee_count': 4, 'event_count': 1, 'lead_count': 1,
                'order_count': 1, 'task_count': 1, 'timesheet_hours': 4, 'purchase_count': 1, 'invoice_count': 1,
                'bill_count': 2, 'payment_count': 1,
            },
        ])

    def test_a_cohort_without_documents_counts_nothing(self):
        empty = self._create_cohort("Empty", TODAY)
        self.assertFalse(any(empty[name] for name in COUNTERS))

    def test_every_button_opens_exactly_what_it_counts(self):
        for cohort in self.autumn + self.winter:
            for name, action_name in COUNTERS.items():
                action = getattr(cohort, action_name)()
                found = self.env[action['res_model']].search(action['domain'])
                counted = sum(found.mapped('unit_amount')) if name == 'timesheet_hours' else len(found)
                self.assertEqual(counted, cohort[name], f"{name} of {cohort.name}")

    def test_what_is_made_behind_a_button_belongs_to_the_cohort(self):
        values = {
            'crm.lead': {'name': "Hedges"},
            'sale.order': {'partner_id': self.customer.id},
            'purchase.order': {'partner_id': self.supplier.id},
            'project.task': {'name': "Hedges"},
            'hr.applicant': {'partner_name': "Nora Blanc"},
            'calendar.event': {'name': "Meeting", 'start': datetime(2026, 1, 20, 9), 'stop': datetime(2026, 1, 20, 10)},
            'account.payment': {'amount': 10, 'partner_id': self.customer.id},
            'coop.committee': {'name': "Party committee"},
        }
        for action_name in COUNTERS.values():
            action = getattr(self.winter, action_name)()
            if action['res_model'] in values:
                document = self.env[action['res_model']].with_context(**action['context']).create(values[action['res_model']])
                self.assertEqual(document.cohort_id, self.winter, action['res_model'])

    def test_what_is_made_by_hand_behind_a_button_stays_in_the_cohort_whoever_makes_it(self):
        # Who is in charge of both is in both teams, and core proposes the first.
        (self.autumn + self.winter).facilitator_id = self.facilitator
        for cohort in self.autumn + self.winter:
            cohort.team_id.member_ids = [Command.link(self.facilitator.id)]
        for cohort in self.autumn + self.winter:
            for action_name in ('action_view_orders', 'action_view_purchases', 'action_view_leads'):
                action = getattr(cohort.with_user(self.facilitator), action_name)()
                for context in (action['context'], {**action['context'], 'default_team_id': False}):
                    with Form(self.env[action['res_model']].with_user(self.facilitator).with_context(**context)) as form:
                        form.partner_id = self.customer
                        self.assertEqual(form.cohort_id, cohort, action['res_model'])
                    self.assertEqual(form.record.cohort_id, cohort, action['res_model'])

    def test_nothing_is_made_behind_the_buttons_of_a_closed_cohort(self):
        self.assertTrue(self.autumn.action_view_orders()['context']['create'])
        self._close(self.autumn)
        for action_name in COUNTERS.values():
            self.assertFalse(getattr(self.autumn, action_name)()['context']['create'], action_name)

    def test_a_member_counts_what_a_member_may_read(self):
        self._hours(self.autumn.project_id.task_ids[0], self.yanis, 3)
        cohort = self.autumn.with_user(self.lea.user_id)
        self.assertRecordValues(cohort, [{'membership_count': 3, 'task_count': 2, 'event_count': 2, 'timesheet_hours': 8}])
        self.assertFalse({'lead_count', 'order_count', 'invoice_count', 'payment_count'} & set(cohort.fields_get()))

    # ------------------------------------------------------------
    # What they cost
    # ------------------------------------------------------------

    @warmup
    def test_a_counter_costs_one_query_whatever_the_number_of_cohorts(self):
        for name in COUNTERS:
            self._assert_one_query(self.autumn, name)
            self._assert_one_query(self.autumn + self.winter, name)

    @warmup
    def test_a_counter_costs_one_query_with_twice_the_cohorts_and_documents(self):
        more = self.env['coop.cohort']
        for index in range(2):
            cohort = self._create_cohort(f"More {index}", TODAY)
            cohort.action_start()
            self._admit(cohort, f"More {index}", wants_login=False).action_activate()
            self._work(cohort, 2)
            more += cohort
        for name in COUNTERS:
            self._assert_one_query(self.autumn + self.winter + more, name)

    def _assert_one_query(self, cohorts, name):
        cohorts = cohorts.with_user(self.manager)
        cohorts.mapped('name')
        self.env.flush_all()
        self.env.invalidate_all(flush=False)
        cohorts.mapped('name')  # the cohorts are on the screen, the counters not yet
        with self.subTest(counter=name, cohorts=len(cohorts)), self.assertQueryCount(1):
            cohorts.mapped(name)
