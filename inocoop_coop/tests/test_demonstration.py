import os
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from ..demo.days import is_worked
from ..demo.orders import PURCHASES, SERVICES, SUMMER_PURCHASES
from ..demo.partners import HOST_NAME
from ..demo.people import MEMBERS, SUMMER_MEMBERS
from ..demo.scenario import MARK, plan_main, plan_summer
from ..tools import clock
from .demonstration_business import BusinessOfTheStory
from .demonstration_decisions import DecisionsOfTheStory

# The day on which the story is told. Another one can be tried: DEMONSTRATION_DAY=2024-02-29 make test …
TODAY = date.fromisoformat(os.environ.get('DEMONSTRATION_DAY', '2026-01-15'))

# What carries a cohort, and how it is known which one it should be.
DOCUMENTS = {
    'crm.lead': 'team_id',
    'sale.order': 'team_id',
    'project.project': 'id',
    'project.task': 'project_id',
    'hr.applicant': 'job_id',
}


class DemonstrationCommon(TransactionCase):

    @classmethod
    def _load(cls, env=None, day=TODAY):
        env = env or cls.env
        admin = env.ref('base.user_admin')
        return env['coop.demonstration.load'].with_user(admin).create({'date': day}).action_load()

    @classmethod
    def _find_cohorts(cls):
        cls.main = cls.env.ref(MARK)
        cls.next = cls.env['coop.cohort'].search([('previous_cohort_id', '=', cls.main.id)])
        cls.summer = cls.env['coop.cohort'].search([]) - cls.main - cls.next


@tagged('post_install', '-at_install', 'demonstration')
class TestDemonstration(BusinessOfTheStory, DecisionsOfTheStory, DemonstrationCommon):
    """The demonstration, as who opens it finds it. It is loaded once; the tests only read."""

    # Odoo runs what a test class inherits only if it says so: here, what is asked of the decisions.
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = clock.at(cls.env['base'].with_context(lang='fr_FR', tz='Europe/Paris'), TODAY).env
        cls.loading = cls.env.cr.now().date()
        before = {model: cls.env[model].search([]) for model in ('account.move', 'mail.message', 'mail.mail')}
        cls._load()
        cls._find_cohorts()
        cls.today = TODAY
        cls.moves, cls.messages, cls.mails = (cls.env[model].search([]) - already for model, already in before.items())
        cls.invoices = cls.moves.filtered(lambda move: move.move_type == 'out_invoice')
        cls.bills = cls.moves.filtered(lambda move: move.move_type == 'in_invoice')
        cls.hours = cls.env['account.analytic.line'].search([
            ('project_id', 'in', (cls.main + cls.summer).project_id.ids), ('employee_id', '!=', False)])

    # ------------------------------------------------------------
    # The cohorts
    # ------------------------------------------------------------

    def test_the_cohort_is_in_its_fourth_month(self):
        self.assertEqual(self.main.state, 'running')
        self.assertLessEqual(self.main.date_start + relativedelta(months=3), TODAY)
        self.assertLess(TODAY, self.main.date_start + relativedelta(months=4))
        self.assertEqual(self.main.date_end, self.main.date_start + relativedelta(months=6, days=-1))

    def test_its_nine_seats_are_taken_by_nine_active_members(self):
        self.assertEqual((self.main.seats, self.main.active_member_count), (9, 9))
        self.assertEqual(set(self.main.membership_ids.mapped('state')), {'active'})
        self.assertEqual(set(self.main.membership_ids.mapped('name')), {person.name for person in MEMBERS})
        self.assertTrue(all(self.main.membership_ids.mapped('employee_id')))
        self.assertEqual(len(self.main.membership_ids.user_id), 9)

    def test_it_has_an_assembly_a_board_three_committees_and_a_steering_body_with_people_in_each(self):
        bodies = self.main.committee_ids
        self.assertEqual(Counter(bodies.mapped('kind')), {'assembly': 1, 'board': 1, 'committee': 3, 'steering': 1})
        for body in bodies:
            seated = body.mandate_ids.filtered('is_current')
            self.assertGreaterEqual(len(seated.partner_id), 3, body.name)
            if body.kind != 'assembly':
                self.assertEqual(seated.mapped('role').count('chair'), 1, body.name)
        members = self.main.membership_ids.partner_id
        assembly = bodies.filtered(lambda body: body.kind == 'assembly')
        steering = bodies.filtered(lambda body: body.kind == 'steering')
        self.assertEqual(assembly.mandate_ids.filtered('is_current').partner_id, members)
        self.assertFalse(steering.mandate_ids.partner_id & members, "Carriers and funders are no members.")
        in_committees = bodies.filtered(lambda body: body.kind == 'committee').mandate_ids.filtered('is_current')
        self.assertEqual(in_committees.partner_id, members, "Everyone sits in a committee.")

    def test_the_summer_cohort_before_it_is_closed(self):
        self.assertEqual(self.summer.state, 'closed')
        self.assertLess(self.summer.date_end, self.main.date_start)
        self.assertEqual(set(self.summer.membership_ids.mapped('state')), {'completed'})
        self.assertEqual(len(self.summer.membership_ids), len(SUMMER_MEMBERS))
        self.assertTrue(all(mandate.date_to <= self.summer.date_end for mandate in self.summer.mandate_ids))

    def test_the_next_cohort_is_recruiting(self):
        self.assertEqual((self.next.state, self.next.previous_cohort_id), ('recruiting', self.main))
        self.assertEqual(self.next.date_start, self.main.date_end + timedelta(days=1))
        self.assertGreater(self.env['hr.applicant'].search_count([('cohort_id', '=', self.next.id)]), 1)

    def test_who_was_in_both_cohorts_is_one_person_born_on_one_day(self):
        first, second = self.env['coop.membership'].search([('name', '=', "Inès Mansouri")])
        self.assertEqual((first.partner_id, first.employee_id), (second.partner_id, second.employee_id))
        self.assertEqual(first.birthdate, second.birthdate)

    def test_more_people_applied_than_there_are_seats_and_each_has_an_answer(self):
        applicants = self.env['hr.applicant'].with_context(active_test=False).search([('cohort_id', '=', self.main.id)])
        hired = applicants.filtered(lambda applicant: applicant.stage_id.hired_stage)
        self.assertEqual(hired.employee_id, self.main.membership_ids.employee_id)
        refused = applicants.filtered('refuse_reason_id')
        waiting = applicants.filtered(lambda applicant: applicant.kanban_state == 'waiting')
        self.assertEqual(len(waiting), 1)
        self.assertEqual(hired + refused + waiting, applicants)
        self.assertGreater(len(applicants), 9)

    # ------------------------------------------------------------
    # Who logs in
    # ------------------------------------------------------------

    def _user(self, login):
        return self.env['res.users'].search([('login', '=', login)])

    def test_each_printed_login_opens_with_its_own_word_and_no_other(self):
        for login in ('manager', 'facilitator', 'psychologist', 'accountant', 'chair', 'treasurer', 'member'):
            credential = {'type': 'password', 'login': login, 'password': login}
            answer = self.env['res.users'].authenticate(credential, {'interactive': False})
            self.assertEqual(answer['uid'], self._user(login).id, login)
            with self.assertRaises(AccessDenied):
                self.env['res.users'].authenticate({**credential, 'password': 'admin'}, {'interactive': False})

    def test_those_in_charge_are_what_their_logins_say(self):
        self.assertTrue(self._user('manager').has_group('inocoop_coop.group_manager'))
        self.assertEqual(self.main.facilitator_id, self._user('facilitator'))
        self.assertTrue(self._user('facilitator').has_group('inocoop_coop.group_facilitator'))
        self.assertFalse(self._user('facilitator').has_group('inocoop_coop.group_manager'))
        self.assertEqual(self.main.psychologist_id, self._user('psychologist'))
        self.assertTrue(self._user('psychologist').has_group('inocoop_coop.group_psychologist'))
        self.assertFalse(self._user('psychologist').has_group('inocoop_coop.group_facilitator'))
        self.assertTrue(self._user('accountant').has_group('account.group_account_user'))
        for login in ('manager', 'facilitator', 'psychologist', 'accountant'):
            self.assertFalse(self._user(login).has_group('base.group_system'), login)
            self.assertFalse(self._user(login).has_group('inocoop_coop.group_confined'), login)

    def test_the_chair_the_treasurer_and_the_member_are_members_and_what_their_logins_say(self):
        seats = {
            'chair': [('board', 'chair')],
            'treasurer': [('board', 'treasurer'), ('committee', 'chair')],
            'member': [('committee', 'chair')],
        }
        for login, expected in seats.items():
            membership = self.main.membership_ids.filtered_domain([('user_id.login', '=', login)])
            self.assertEqual(membership.state, 'active', login)
            self.assertTrue(membership.user_id.has_group('inocoop_coop.group_confined'), login)
            held = {(mandate.committee_id.kind, mandate.role) for mandate in membership.current_mandate_ids}
            self.assertLessEqual(set(expected), held, login)
        finance = self.env.ref('inocoop_coop.program_young_adults_finance')
        treasurer = self._user('treasurer').partner_id
        self.assertIn(finance, self.main.mandate_ids.filtered(
            lambda mandate: mandate.partner_id == treasurer).committee_id.template_id)

    def test_a_member_opens_the_cohort_and_sees_only_that_one(self):
        cohorts = self.env['coop.cohort'].with_user(self._user('member')).search([])
        self.assertEqual(cohorts.ids, self.main.ids)

    # ------------------------------------------------------------
    # What is sold
    # ------------------------------------------------------------

    def test_five_services_are_sold(self):
        sold = self.env['sale.order.line'].search([('order_id.cohort_id', '=', self.main.id)]).product_id
        self.assertEqual(set(sold.mapped('name')), {name for name, *_rest in SERVICES.values()})
        self.assertEqual((len(sold), set(sold.mapped('type'))), (5, {'service'}))

    def test_leads_are_in_every_stage_of_the_pipeline_and_some_are_lost_for_a_reason(self):
        leads = self.env['crm.lead'].with_context(active_test=False).search([('cohort_id', '=', self.main.id)])
        self.assertEqual(set(leads.mapped('won_status')), {'pending', 'won', 'lost'})
        pending = leads.filtered(lambda lead: lead.won_status == 'pending')
        self.assertGreaterEqual(len(pending.stage_id), 3)
        self.assertTrue(all(lead.lost_reason_id for lead in leads if lead.won_status == 'lost'))

    def test_quotations_are_drafts_sent_confirmed_and_cancelled(self):
        orders = self.env['sale.order'].search([('cohort_id', '=', self.main.id)])
        self.assertEqual(set(orders.mapped('state')), {'draft', 'sent', 'sale', 'cancel'})
        self.assertTrue(all(order.opportunity_id for order in orders))

    def test_work_is_behind_now_and_ahead(self):
        tasks = self.env['project.task'].search([('cohort_id', '=', self.main.id), ('sale_line_id', '!=', False)])
        now = datetime(TODAY.year, TODAY.month, TODAY.day, 12)
        self.assertTrue(tasks.filtered(lambda task: task.state == '1_done' and task.planned_date_end < now))
        ahead = tasks.filtered(lambda task: task.planned_date_start > now)
        self.assertTrue(ahead)
        self.assertNotIn('1_done', ahead.mapped('state'))
        self.assertGreaterEqual(len(tasks.stage_id), 2)

    def test_nothing_is_offered_as_an_upsale_and_nothing_invoiced_twice(self):
        orders = self.env['sale.order'].search([('cohort_id', 'in', (self.main + self.summer).ids)])
        self.assertNotIn('upselling', orders.mapped('invoice_status'))
        for line in orders.order_line:
            self.assertLessEqual(line.qty_invoiced, line.qty_delivered, line.name)
            self.assertLessEqual(line.qty_delivered, line.product_uom_qty, line.name)

    # ------------------------------------------------------------
    # Hours
    # ------------------------------------------------------------

    def test_hours_were_worked_in_every_month_by_everyone(self):
        months = defaultdict(set)
        for line in self.hours.filtered(lambda line: line.cohort_id == self.main):
            months[line.employee_id].add((line.date.year, line.date.month))
        expected = {
            (day.year, day.month)
            for day in (self.main.date_start + timedelta(days=number) for number in range((TODAY - self.main.date_start).days))
            if day.day == 15}
        self.assertEqual(set(months), set(self.main.membership_ids.employee_id))
        for employee, worked in months.items():
            self.assertLessEqual(expected, worked, employee.name)

    def test_nobody_works_on_a_sunday_a_public_holiday_or_in_the_future(self):
        for line in self.hours:
            self.assertTrue(is_worked(line.date), line.date)
            self.assertLess(line.date, TODAY)

    def test_nobody_works_before_or_after_their_membership(self):
        terms = {
            (membership.employee_id, membership.cohort_id): (membership.date_start, membership.date_end)
            for membership in (self.main + self.summer).membership_ids}
        for line in self.hours:
            first, last = terms[line.employee_id, line.cohort_id]
            self.assertTrue(first <= line.date <= last, f"{line.employee_id.name}, {line.date}")

    def test_nobody_works_more_than_seven_hours_a_day_or_twenty_five_a_week(self):
        days, weeks = Counter(), Counter()
        for line in self.hours:
            days[line.employee_id, line.date] += line.unit_amount
            weeks[line.employee_id, line.date.isocalendar()[:2]] += line.unit_amount
        self.assertLessEqual(max(days.values()), 7)
        self.assertLessEqual(max(weeks.values()), 25)

    def test_all_but_the_last_hours_are_validated_and_never_by_the_person(self):
        monday = TODAY - timedelta(days=TODAY.weekday() + 7)
        for line in self.hours:
            if line.date < monday:
                self.assertEqual(line.coop_state, 'validated', f"{line.employee_id.name}, {line.date}")
            self.assertTrue(not line.coop_validated_by_id or line.coop_validated_by_id != line.user_id)
        self.assertEqual(len(self.hours.coop_kind_id), 5)
        validators = self.hours.filtered(lambda line: line.cohort_id == self.main).coop_validated_by_id
        self.assertEqual(len(validators), 2)

    def test_a_task_has_no_hours_before_it_is_planned_or_after_its_end(self):
        tasks = self.hours.task_id.filtered('sale_line_id')
        for task in tasks:
            days = task.timesheet_ids.mapped('date')
            self.assertTrue(task.planned_date_start.date() <= min(days) <= max(days) <= task.planned_date_end.date(), task.name)

    def test_the_hours_of_a_finished_service_are_those_sold_by_the_hour(self):
        finished = self.env['project.task'].search([('state', '=', '1_done'), ('cohort_id', '=', self.main.id)])
        by_hour = finished.sale_line_id.filtered(lambda line: line.product_id.service_policy == 'delivered_timesheet')
        self.assertTrue(by_hour)
        for line in by_hour:
            self.assertEqual(line.qty_delivered, line.product_uom_qty, line.name)

    # ------------------------------------------------------------
    # The books
    # ------------------------------------------------------------

    def test_every_invoice_is_posted_and_most_are_paid_some_open_one_overdue(self):
        invoices = self.invoices.filtered(lambda invoice: invoice.cohort_ids == self.main)
        self.assertEqual(set(self.moves.mapped('state')), {'posted'})
        # One paid where no bank statement is awaited is "in payment" in other editions.
        settled = invoices.filtered(lambda invoice: invoice.payment_state in ('paid', 'in_payment'))
        unsettled = invoices - settled
        self.assertGreater(len(settled), 2 * len(unsettled))
        self.assertTrue(unsettled.filtered(lambda invoice: invoice.invoice_date_due >= TODAY))
        self.assertEqual(len(unsettled.filtered(lambda invoice: invoice.invoice_date_due < TODAY)), 1)

    def test_one_invoice_was_credited_in_part(self):
        refund = self.moves.filtered(lambda move: move.move_type == 'out_refund')
        self.assertEqual(len(refund), 1)
        self.assertLess(refund.amount_total, refund.reversed_entry_id.amount_total)
        self.assertEqual(refund.cohort_ids, self.main)

    def test_bills_follow_purchases_and_one_is_shared_by_two_cohorts(self):
        shared = self.bills.filtered(lambda bill: len(bill.cohort_ids) > 1)
        self.assertEqual(shared.cohort_ids, self.main + self.next)
        self.assertEqual(len(shared), 1)
        billed = [to_bill for *_rest, to_bill, _to_payment in PURCHASES + SUMMER_PURCHASES if to_bill is not None]
        self.assertEqual(len(self.bills - shared), len(billed))
        self.assertTrue(all(bill.invoice_line_ids.purchase_order_id for bill in self.bills - shared))

    def test_the_trial_balance_is_zero(self):
        [[balance, debit]] = self.env['account.move.line']._read_group(
            [('parent_state', '=', 'posted'), ('move_id', 'in', self.moves.ids)], [], ['balance:sum', 'debit:sum'])
        self.assertEqual(round(balance, 2), 0)
        self.assertGreater(debit, 10000)

    def test_the_result_of_each_cohort_is_the_same_in_the_books_and_in_its_analytic_account(self):
        column = self.env.ref('inocoop_coop.analytic_plan_cohort')._column_name()
        for cohort in self.main + self.summer:
            account = cohort.analytic_account_id
            items = self.env['account.move.line'].search([
                ('parent_state', '=', 'posted'), ('account_id.internal_group', 'in', ('income', 'expense'))])
            in_the_books = -sum(
                item.balance * percentage / 100
                for item in items for accounts, percentage in (item.analytic_distribution or {}).items()
                if str(account.id) in accounts.split(','))
            lines = self.env['account.analytic.line'].search([(column, '=', account.id), ('move_line_id', '!=', False)])
            self.assertAlmostEqual(in_the_books, sum(lines.mapped('amount')), places=2)
            shared = self.env['coop.revenue.share'].search([('cohort_id', '=', cohort.id)]).move_id.amount_total
            self.assertGreater(in_the_books + shared, 1000, cohort.name)

    def test_services_are_sold_on_the_account_of_services(self):
        self.assertTrue(self.invoices)
        codes = self.invoices.invoice_line_ids.account_id.mapped('code')
        self.assertTrue(all(code.startswith('706') for code in codes), codes)

    def test_every_income_or_expense_of_the_story_belongs_to_a_cohort(self):
        items = self.moves.line_ids.filtered(lambda item: item.account_id.internal_group in ('income', 'expense'))
        self.assertTrue(items)
        self.assertTrue(all(item.analytic_distribution for item in items))

    # ------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------

    def test_every_document_belongs_to_the_cohort_it_was_made_for(self):
        cohorts = self.main + self.summer + self.next
        for model, path in DOCUMENTS.items():
            documents = self.env[model].with_context(active_test=False).search([('cohort_id', 'in', cohorts.ids)])
            self.assertTrue(documents, model)
            origins = {'team_id': 'team_id', 'project_id': 'project_id', 'id': 'project_id', 'job_id': 'job_id'}
            for document in documents:
                origin = document if path == 'id' else document[path]
                self.assertEqual(document.cohort_id[origins[path]], origin, document)

    def test_no_document_of_the_story_is_without_a_cohort(self):
        story = [('create_uid', 'in', self._story_users().ids), ('cohort_id', '=', False)]
        for model in (*DOCUMENTS, 'purchase.order', 'calendar.event', 'account.payment', 'account.analytic.line'):
            self.assertFalse(self.env[model].with_context(active_test=False).search(story), model)
        self.assertFalse(self.moves.filtered(lambda move: move.is_invoice() and not move.cohort_ids))

    def test_a_payment_belongs_to_the_cohort_of_what_it_pays(self):
        payments = self.env['account.payment'].search([('cohort_id', 'in', (self.main + self.summer).ids)])
        self.assertGreater(len(payments), 20)
        for payment in payments:
            paid = payment.reconciled_invoice_ids + payment.reconciled_bill_ids
            # What pays no invoice pays a member of the past cohort.
            self.assertEqual(payment.cohort_id, paid.cohort_ids if paid else self.summer, payment.name)

    def test_work_is_done_by_those_who_could_and_nothing_by_the_administrator(self):
        authors = self.env['sale.order'].search([('cohort_id', '=', self.main.id)]).create_uid
        self.assertLessEqual(authors, self.main.membership_ids.user_id)
        self.assertEqual(self.invoices.filtered(lambda move: move.cohort_ids == self.main).create_uid, self._user('chair'))

    def _story_users(self):
        team = [self._user(login).id for login in ('manager', 'facilitator', 'psychologist', 'accountant')]
        return self.env['res.users'].browse(team) + self.main.membership_ids.user_id

    # ------------------------------------------------------------
    # When it was
    # ------------------------------------------------------------

    def test_documents_are_spread_over_the_months_of_the_story(self):
        for dates in (
            self.invoices.filtered(lambda move: move.cohort_ids == self.main).mapped('invoice_date'),
            self.env['sale.order'].search([('cohort_id', '=', self.main.id)]).mapped('date_order'),
            self.env['crm.lead'].search([('cohort_id', '=', self.main.id)]).mapped('create_date'),
            self.env['project.task'].search([('cohort_id', '=', self.main.id)]).mapped('create_date'),
        ):
            self.assertGreaterEqual(len({(day.year, day.month) for day in dates}), 3)

    def test_numbers_follow_dates(self):
        invoices = self.invoices.sorted('sequence_number')
        for _year, group in invoices.grouped(lambda invoice: invoice.sequence_prefix).items():
            self.assertEqual(group.mapped('invoice_date'), sorted(group.mapped('invoice_date')))

    def test_no_date_is_that_of_the_loading(self):
        if self.loading == TODAY:
            self.skipTest("today is a day of the story")
        found = Counter()
        story = self._get_story()
        for records in story:
            for name, field in records._fields.items():
                if field.type in ('date', 'datetime') and field.store and field.column_type:
                    for value in records.mapped(name):
                        day = value.date() if isinstance(value, datetime) else value
                        if day and abs((day - self.loading).days) <= 1:
                            found[records._name, name] += 1
        self.assertFalse(found)

    def _get_story(self):
        """The records that people of the story look at."""
        cohorts = [('cohort_id', 'in', (self.main + self.summer + self.next).ids)]
        for model in (
            'coop.membership', 'coop.committee', 'coop.mandate', 'coop.partnership', 'crm.lead', 'sale.order', 'project.task',
            'account.analytic.line', 'purchase.order', 'calendar.event', 'account.payment', 'hr.applicant', 'project.project',
            'coop.decision', 'coop.register.entry', 'coop.meeting', 'coop.presence', 'coop.revenue.share',
            'coop.revenue.share.line', 'coop.budget.line',
        ):
            yield self.env[model].with_context(active_test=False).search(cohorts)
        for model in ('coop.decision.version', 'coop.elector', 'coop.ballot', 'coop.nomination'):
            yield self.env[model].search([('decision_id.cohort_id', '=', self.main.id)])
        yield self.main + self.summer + self.next
        yield self.moves.filtered(lambda move: move.is_invoice())
        yield self.moves.line_ids
        yield self.env['sale.order.line'].search([('order_id.cohort_id', '!=', False)])
        yield self.env['purchase.order.line'].search([('order_id.cohort_id', '!=', False)])
        yield self.messages
        yield self.env['mail.activity'].with_context(active_test=False).search([
            ('res_model', 'in', ('crm.lead', 'sale.order', 'coop.decision'))])
        yield self.env['hr.employee'].with_context(active_test=False).search([
            ('id', 'in', (self.main + self.summer).membership_ids.employee_id.ids)])

    def test_nobody_was_written_to(self):
        self.assertTrue(self.messages)
        self.assertFalse(self.mails)
        self.assertNotIn('email', self.messages.notification_ids.mapped('notification_type'))
        self.assertNotIn('user_notification', self.messages.mapped('message_type'))

    # ------------------------------------------------------------
    # Again
    # ------------------------------------------------------------

    def test_loading_it_again_changes_nothing(self):
        before = self._count_rows()
        self.assertGreater(sum(before.values()), 5000)
        self._load()
        self.assertEqual(self._count_rows(), before)

    def _count_rows(self):
        """Rows of every table, and when the last one was changed."""
        self.env.flush_all()
        rows = {}
        for model in self.env.registry.values():
            if model._auto and not model._abstract and not model._transient and model._table:
                [[rows[model._name]]] = self.env.execute_query(SQL("SELECT count(*) FROM %s", SQL.identifier(model._table)))
        return rows


@tagged('post_install', '-at_install', 'demonstration')
class TestDemonstrationRefused(DemonstrationCommon):
    """Where the demonstration does not load, and says why."""

    def test_only_the_administrator_loads_it(self):
        manager = new_test_user(self.env, login='marion', groups='inocoop_coop.group_manager')
        with self.assertRaises(AccessError), mute_logger('odoo.addons.base.models.ir_model'):
            self.env['coop.demonstration.load'].with_user(manager).create({'date': TODAY}).action_load()

    def test_the_action_itself_asks_who_it_is(self):
        wizard = self.env['coop.demonstration.load'].create({'date': TODAY})
        manager = new_test_user(self.env, login='marion', groups='inocoop_coop.group_manager')
        # sudo: as if an addon had let everyone open the dialog.
        with self.assertRaisesRegex(AccessError, "Only the administrator can load the demonstration"):
            wizard.with_user(manager).sudo().with_context(lang='en_US').action_load()

    def test_a_day_that_has_not_come_yet_is_refused(self):
        tomorrow = date.today() + timedelta(days=2)  # in every time zone
        with self.assertRaisesRegex(UserError, "Choose a day of the last two years, today at the latest"):
            self._load(self.env['base'].with_context(lang='en_US').env, tomorrow)

    def test_a_database_that_has_one_of_its_logins_is_refused_and_stays_as_it_was(self):
        new_test_user(self.env, login='psychologist').active = False
        users, partners = self.env['res.users'].search_count([]), self.env['res.partner'].search_count([])
        with self.assertRaises(UserError) as refusal:
            self._load()
        self.assertIn("psychologist", str(refusal.exception))
        self.assertFalse(self.env.ref(MARK, raise_if_not_found=False))
        self.assertEqual(self.env['res.users'].search_count([]), users)
        self.assertEqual(self.env['res.partner'].search_count([]), partners)

    def test_a_company_that_keeps_its_books_without_a_bank_journal_is_told_so(self):
        journals = self.env['account.journal'].search([('type', '=', 'bank'), ('company_id', '=', self.env.company.id)])
        journals.active = False
        with self.assertRaisesRegex(UserError, self.env.company.name):
            self._load()


@tagged('post_install', '-at_install', 'demonstration')
class TestDemonstrationElsewhere(DemonstrationCommon):
    """A database that speaks English only, of a company without books in a country without a chart of ours."""

    def test_it_loads_with_the_generic_chart_and_in_english(self):
        self.env['res.lang']._activate_lang('en_US')
        self.env['res.users'].with_context(active_test=False).search([]).lang = 'en_US'
        self.env['res.partner'].with_context(active_test=False).search([]).lang = 'en_US'
        self.env.ref('base.lang_fr').active = False
        self.env = clock.at(self.env['base'].with_context(lang='en_US'), TODAY).env
        company = self.env['res.company'].create({'name': "YourCompany", 'country_id': self.env.ref('base.vn').id})
        admin = self.env.ref('base.user_admin')
        admin.write({'company_ids': [Command.link(company.id)], 'company_id': company.id})
        self.assertFalse(company.chart_template)

        self._load(self.env(user=admin, context={**self.env.context, 'allowed_company_ids': company.ids}))

        cohort = self.env.ref(MARK)
        self.assertEqual((cohort.company_id, cohort.active_member_count), (company, 9))
        self.assertEqual((company.chart_template, company.name), ('generic_coa', HOST_NAME))
        self.assertEqual(cohort.facilitator_id.lang, 'en_US')
        invoices = self.env['account.move'].search([('company_id', '=', company.id), ('move_type', '=', 'out_invoice')])
        done = [deal for plan in (plan_main, plan_summer) for deal in plan(TODAY).deals if deal.paid is not None]
        self.assertGreaterEqual(len(invoices), len(done))
        self.assertEqual(set(invoices.mapped('state')), {'posted'})
        self.assertEqual(invoices.company_id, company)
