from ast import literal_eval
from datetime import datetime

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import TODAY, CoopCommon


@tagged('post_install', '-at_install')
class TestDocumentChain(CoopCommon):
    """A document belongs to a cohort by what it comes from; nobody has to write it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Léa sells and keeps the books, as mandates will let her.
        cls._give_groups(
            cls.lea.user_id, 'sales_team.group_sale_salesman', 'purchase.group_purchase_user',
            'account.group_account_invoice', 'hr_recruitment.group_hr_recruitment_user')

    # ------------------------------------------------------------
    # The chain of a sale
    # ------------------------------------------------------------

    def test_a_sale_belongs_to_its_cohort_from_the_lead_to_the_payment(self):
        lead = self._lead(self.autumn)
        self.assertEqual(lead.cohort_id, self.autumn)

        order = self._quotation(lead, hours=4)
        self.assertEqual(order.cohort_id, self.autumn)
        self.assertEqual(order.project_id, self.autumn.project_id)

        order.action_confirm()
        task = order.order_line.task_id
        self.assertEqual(task.project_id, self.autumn.project_id, "The cohort plans all its work in one project.")
        self.assertEqual(task.cohort_id, self.autumn)
        self.assertEqual(order.project_ids, self.autumn.project_id, "No project was made for the order.")

        hours = self._hours(task, self.lea, 4)
        self.assertEqual(hours.cohort_id, self.autumn)
        self.assertEqual(self._account_of(hours), self.autumn.analytic_account_id)

        invoice = order._create_invoices()
        invoice.invoice_date = TODAY
        self.assertEqual(invoice.cohort_ids, self.autumn)
        self.assertEqual(invoice.amount_untaxed, 80)
        invoice.action_post()
        self.assertEqual(invoice.invoice_line_ids.cohort_id, self.autumn)
        income = invoice.invoice_line_ids.analytic_line_ids
        self.assertRecordValues(income, [{'cohort_id': self.autumn.id, 'amount': 80}])
        self.assertEqual(self._account_of(income), self.autumn.analytic_account_id)

        payment = self._pay(invoice)
        self.assertEqual(payment.cohort_id, self.autumn)

    def test_a_sale_needs_no_account_of_its_own(self):
        accounts = self.env['account.analytic.account'].search_count([])
        order = self._quotation(self._lead(self.autumn))
        order.action_confirm()
        self._hours(order.order_line.task_id, self.lea)
        order._create_invoices().action_post()
        self.assertEqual(self.env['account.analytic.account'].search_count([]), accounts)

    def test_a_quotation_has_its_cohort_from_the_sales_team_too(self):
        order = self.env['sale.order'].create({'partner_id': self.customer.id, 'team_id': self.winter.team_id.id})
        self.assertEqual(order.cohort_id, self.winter)
        self.assertEqual(order.project_id, self.winter.project_id)

    def test_a_quotation_made_from_the_lead_has_the_leads_cohort(self):
        lead = self._lead(self.winter)
        action = lead.action_new_quotation()
        form = Form(self.env['sale.order'].with_context(**action['context']))
        form.partner_id = self.customer
        self.assertEqual(form.save().cohort_id, self.winter)

    def test_a_credit_note_belongs_to_the_cohort_of_its_invoice(self):
        invoice = self._move('out_invoice', {self.autumn: 100})
        invoice.action_post()
        credit_note = invoice._reverse_moves()
        self.assertEqual(credit_note.cohort_ids, self.autumn)

    def test_a_down_payment_belongs_to_the_cohort_of_its_order(self):
        order = self._quotation(self._lead(self.autumn))
        order.action_confirm()
        wizard = self.env['sale.advance.payment.inv'].with_context(
            active_model='sale.order', active_ids=order.ids).create({'advance_payment_method': 'percentage', 'amount': 30})
        invoice = wizard._create_invoices(order)
        self.assertEqual(invoice.cohort_ids, self.autumn)

    def test_the_subtask_and_the_hours_on_it_belong_to_the_cohort(self):
        task = self.env['project.task'].create({'name': "Hedges", 'project_id': self.autumn.project_id.id})
        subtask = self.env['project.task'].create({
            'name': "Bring the ladder", 'parent_id': task.id, 'project_id': task.project_id.id})
        self.assertEqual(subtask.cohort_id, self.autumn)
        self.assertEqual(self._hours(subtask, self.lea).cohort_id, self.autumn)

    # ------------------------------------------------------------
    # The chain of a purchase
    # ------------------------------------------------------------

    def test_a_purchase_belongs_to_its_cohort_up_to_the_payment_of_the_bill(self):
        order = self.env['purchase.order'].create({
            'partner_id': self.supplier.id,
            'cohort_id': self.autumn.id,
            'order_line': [Command.create({'product_id': self.tools.id, 'product_qty': 2, 'price_unit': 50})],
        })
        self.assertEqual(order.project_id, self.autumn.project_id)
        order.button_confirm()
        bill = self.env['account.move'].browse(order.action_create_invoice()['res_id'])
        bill.invoice_date = TODAY
        self.assertEqual(bill.cohort_ids, self.autumn)
        bill.action_post()
        self.assertRecordValues(bill.invoice_line_ids.analytic_line_ids, [{'cohort_id': self.autumn.id, 'amount': -100}])
        self.assertEqual(self._pay(bill).cohort_id, self.autumn)

    # ------------------------------------------------------------
    # Several cohorts
    # ------------------------------------------------------------

    def test_a_bill_of_two_cohorts_belongs_to_both_by_its_lines(self):
        bill = self._move('in_invoice', {self.autumn: 100}, {self.winter: 100})
        self.assertEqual(bill.cohort_ids, self.autumn + self.winter)
        self.assertEqual(bill.invoice_line_ids.mapped('cohort_id.name'), ["Autumn", "Winter"])
        bill.action_post()
        for cohort in self.autumn + self.winter:
            self.assertEqual(self._costs(cohort), -100)

    def test_a_line_may_be_shared_half_and_half(self):
        bill = self._move('in_invoice', {self.autumn: 50, self.winter: 50})
        self.assertEqual(bill.cohort_ids, self.autumn + self.winter)
        self.assertFalse(bill.invoice_line_ids.cohort_id, "The line is of neither alone.")
        bill.action_post()
        for cohort in self.autumn + self.winter:
            self.assertEqual(self._costs(cohort), -50)

    def test_a_payment_for_two_cohorts_belongs_to_neither(self):
        bill = self._move('in_invoice', {self.autumn: 50, self.winter: 50})
        bill.action_post()
        self.assertFalse(self._pay(bill).cohort_id)

    def test_an_invoice_without_a_cohorts_account_belongs_to_none(self):
        self.assertFalse(self._move('out_invoice', {}).cohort_ids)

    def test_an_account_beside_the_cohorts_takes_nothing_away(self):
        plan = self.env['account.analytic.plan'].create({'name': "Funders"})
        account = self.env['account.analytic.account'].create({'name': "Region", 'plan_id': plan.id})
        bill = self._move('in_invoice', {self.autumn: 100})
        line = bill.invoice_line_ids
        line.analytic_distribution = {f'{self.autumn.analytic_account_id.id},{account.id}': 100}
        bill.action_post()
        self.assertEqual(bill.cohort_ids, self.autumn)
        self.assertEqual(line.analytic_line_ids.cohort_id, self.autumn)

    def test_a_bill_follows_when_the_accountant_rewrites_the_account(self):
        bill = self._move('in_invoice', {self.autumn: 100})
        bill.invoice_line_ids.analytic_distribution = {str(self.winter.analytic_account_id.id): 100}
        self.assertEqual(bill.cohort_ids, self.winter)
        bill.action_post()
        bill.invoice_line_ids.analytic_distribution = {str(self.autumn.analytic_account_id.id): 100}
        self.assertEqual(bill.cohort_ids, self.autumn)
        self.assertEqual(bill.invoice_line_ids.analytic_line_ids.cohort_id, self.autumn)

    # ------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------

    def test_nothing_of_a_cohort_is_posted_without_its_account(self):
        sentence = "say for which cohort each line is: choose an account of the plan “.*”.*These have none: "
        partly = self._move('in_invoice', {self.autumn: 100}, {})
        with self.assertRefused(ValidationError, f"{sentence}Line"):
            partly.action_post()
        order = self._quotation(self._lead(self.autumn))
        order.action_confirm()
        self._hours(order.order_line.task_id, self.lea)
        sold = order._create_invoices()
        sold.invoice_line_ids.analytic_distribution = False
        bought = self.env['purchase.order'].create({
            'partner_id': self.supplier.id, 'cohort_id': self.autumn.id,
            'order_line': [Command.create({'product_id': self.tools.id, 'product_qty': 2, 'price_unit': 50})]})
        bought.button_confirm()
        bought = self.env['account.move'].browse(bought.action_create_invoice()['res_id'])
        bought.invoice_date = TODAY
        bought.invoice_line_ids.analytic_distribution = False
        for move in sold + bought:
            self.assertFalse(move.cohort_ids)
            with self.assertRefused(ValidationError, sentence):
                move.action_post()
        menus = self.env.ref('inocoop_coop.account_move_invoice_action') + self.env.ref('inocoop_coop.account_move_bill_action')
        contexts = [self.autumn.action_view_invoices()['context'], *(literal_eval(menu.context) for menu in menus)]
        for context in contexts:
            by_hand = self._move('out_invoice', {})
            with self.assertRefused(ValidationError, sentence):
                by_hand.with_context(**context).action_post()
            self.assertEqual(by_hand.state, 'draft', "Nothing is lost.")
        partly.invoice_line_ids[1].analytic_distribution = {str(self.winter.analytic_account_id.id): 100}
        partly.action_post()

    def test_the_other_business_of_the_host_is_posted_as_ever(self):
        for move in self._move('in_invoice', {}) + self._move('out_invoice', {}):
            move.action_post()
            self.assertEqual(move.state, 'posted')

    def test_a_context_from_outside_that_is_no_cohort_breaks_nothing(self):
        for nonsense in ('1', "'; DROP", ['a'], {'a': 1}, None, False, 10 ** 8):
            bill = self.env['account.move'].with_context(coop_cohort_id=nonsense).create({
                'move_type': 'in_invoice', 'partner_id': self.supplier.id, 'invoice_date': TODAY,
                'invoice_line_ids': [Command.create({'name': "Petrol", 'quantity': 1, 'price_unit': 30, 'tax_ids': False})]})
            self.assertFalse(bill.cohort_ids)

    # ------------------------------------------------------------
    # Moving
    # ------------------------------------------------------------

    def test_a_lead_that_changes_its_team_changes_its_cohort_and_its_quotations_follow(self):
        lead = self._lead(self.autumn)
        order = self._quotation(lead)
        lead.team_id = self.winter.team_id
        self.assertEqual(lead.cohort_id, self.winter)
        self._assert_in(order, self.winter)

    def test_a_quotation_that_changes_its_project_takes_its_lines_along(self):
        order = self.env['purchase.order'].create({
            'partner_id': self.supplier.id, 'project_id': self.autumn.project_id.id,
            'order_line': [Command.create({'product_id': self.tools.id, 'product_qty': 1, 'price_unit': 50})]})
        plan = self.env['account.analytic.plan'].create({'name': "Funders"})
        region = self.env['account.analytic.account'].create({'name': "Region", 'plan_id': plan.id})
        key, = order.order_line.analytic_distribution
        order.order_line.analytic_distribution = {f'{key},{region.id}': 60, str(region.id): 40}
        order.write({'cohort_id': self.winter.id, 'project_id': self.winter.project_id.id})
        winter_key, = self.winter.project_id._get_analytic_distribution()
        self.assertEqual(order.order_line.analytic_distribution, {f'{winter_key},{region.id}': 60, str(region.id): 40})

    def test_an_order_that_is_confirmed_stays_in_its_cohort(self):
        lead = self._lead(self.autumn)
        order = self._quotation(lead)
        order.action_confirm()
        for move in (
            lambda: lead.write({'team_id': self.winter.team_id.id}),
            lambda: order.write({'opportunity_id': self._lead(self.winter).id}),
        ):
            with self.assertRefused(ValidationError, r"“S\d+” belongs to “Autumn”, and its .* to “Winter”"):
                move()
                self.env.flush_all()
        for vals in (
            {'cohort_id': self.winter.id}, {'cohort_id': False}, {'project_id': self.winter.project_id.id},
            {'project_id': False}, {'cohort_id': self.winter.id, 'project_id': self.winter.project_id.id},
        ):
            with self.assertRefused(UserError, r"S\d+ stays in “Autumn”: it is confirmed, or the cohort is closed\."):
                order.write(vals)
        self._assert_in(order, self.autumn)
        order.write({'cohort_id': self.autumn.id, 'project_id': self.autumn.project_id.id})  # nothing changes

    def test_a_purchase_that_is_confirmed_stays_in_its_cohort(self):
        order = self.env['purchase.order'].create({
            'partner_id': self.supplier.id, 'cohort_id': self.autumn.id,
            'order_line': [Command.create({'product_id': self.tools.id, 'product_qty': 1, 'price_unit': 50})]})
        order.cohort_id = self.winter
        self._assert_in(order, self.winter)
        order.button_confirm()
        with self.assertRefused(UserError, "stays in “Winter”"):
            order.cohort_id = self.autumn
        self._assert_in(order, self.winter)

    def test_what_a_closed_cohort_sold_stays_its_own(self):
        lead = self._lead(self.autumn)
        order, quotation = self._quotation(lead), self._quotation(lead)
        order.action_confirm()
        self._close(self.autumn)
        with self.assertRefused(ValidationError, "belongs to “Autumn”, and its .* to “Winter”"):
            lead.team_id = self.winter.team_id
            self.env.flush_all()
        with self.assertRefused(UserError, "stays in “Autumn”"):
            quotation.cohort_id = self.winter
        self._assert_in(order + quotation, self.autumn)

    def test_a_prospect_of_a_closed_cohort_may_be_taken_over_by_the_next(self):
        lead = self._lead(self.autumn)
        self._close(self.autumn)
        lead.team_id = self.winter.team_id
        self.assertEqual(lead.cohort_id, self.winter)

    def test_who_follows_a_document_does_not_change_its_cohort(self):
        self._put_in_charge_of_both(self.facilitator)
        for cohort in self.autumn + self.winter:
            lead = self._lead(cohort, user_id=self.manager.id)
            order = self._quotation(lead)
            alone = self.env['sale.order'].create({
                'partner_id': self.customer.id, 'team_id': cohort.team_id.id, 'user_id': self.manager.id})
            for document in (lead, order, alone):
                document.user_id = self.facilitator
                self.assertEqual(document.cohort_id, cohort)
                self.assertEqual(document.team_id, cohort.team_id)

    def test_the_team_follows_the_cohort_that_is_given(self):
        facilitator = self._put_in_charge_of_both(self.facilitator)
        for cohort in self.autumn + self.winter:
            for model, values in (('sale.order', {'partner_id': self.customer.id}), ('crm.lead', {'name': "Hedges"})):
                document = self.env[model].with_user(facilitator).create({**values, 'cohort_id': cohort.id})
                self.assertRecordValues(document, [{'cohort_id': cohort.id, 'team_id': cohort.team_id.id}])
                other = self.autumn + self.winter - cohort
                document.cohort_id = other
                self.assertRecordValues(document, [{'cohort_id': other.id, 'team_id': other.team_id.id}])

    def test_the_house_s_quotation_becomes_the_cohort_s_with_its_team(self):
        house = self.env['crm.team'].create({'name': "House"})
        order = self.env['sale.order'].create({'partner_id': self.customer.id, 'team_id': house.id})
        self.assertFalse(order.cohort_id)
        order.team_id = self.winter.team_id
        self._assert_in(order, self.winter)

    def test_a_cohort_that_contradicts_the_origin_is_refused(self):
        for model, values in (
            ('project.task', {'name': "Hedges", 'project_id': self.autumn.project_id.id}),
            ('crm.lead', {'name': "Hedges", 'team_id': self.autumn.team_id.id}),
            ('sale.order', {'partner_id': self.customer.id, 'opportunity_id': self._lead(self.autumn).id}),
            ('hr.applicant', {'partner_name': "Nora Blanc", 'job_id': self.autumn.job_id.id}),
        ):
            for wrong, named in ((self.winter, "“Winter”"), (self.env['coop.cohort'], "no cohort")):
                with self.subTest(model=model, named=named), self.assertRefused(
                        ValidationError, f"belongs to {named}, and its .* to “Autumn”: they must be of one cohort"):
                    self.env[model].create({**values, 'cohort_id': wrong.id})
        task = self.env['project.task'].create({'name': "Hedges", 'project_id': self.autumn.project_id.id})
        with self.assertRefused(ValidationError, "they must be of one cohort"):
            task.cohort_id = self.winter

    def test_a_task_that_changes_its_project_takes_its_hours_along(self):
        task = self.env['project.task'].create({'name': "Hedges", 'project_id': self.autumn.project_id.id})
        subtask = self.env['project.task'].create({'name': "Bring the ladder", 'parent_id': task.id})
        hours = self._hours(task, self.lea) + self._hours(subtask, self.lea)
        task.project_id = self.winter.project_id
        self.assertEqual((task + subtask).cohort_id, self.winter)
        self.assertEqual(hours.cohort_id, self.winter)
        self.assertEqual(self._account_of(hours), self.winter.analytic_account_id)

    def test_what_belongs_to_no_cohort_any_more_is_said(self):
        task = self.env['project.task'].create({'name': "Hedges", 'project_id': self.autumn.project_id.id})
        task.project_id = self.env['project.project'].create({'name': "Of the house"})
        self.assertFalse(task.cohort_id)

    def test_a_project_of_another_cohort_is_refused(self):
        order = self._quotation(self._lead(self.autumn))
        with self.assertRefused(
                ValidationError, "The project of .* belongs to “Winter”: choose a project of its own cohort."):
            order.project_id = self.winter.project_id
        with self.assertRefused(ValidationError, "belongs to “Winter”"):
            self.env['purchase.order'].create({
                'partner_id': self.supplier.id, 'cohort_id': self.autumn.id, 'project_id': self.winter.project_id.id})

    def test_choosing_a_project_in_the_form_chooses_its_cohort(self):
        with Form(self.env['purchase.order'].with_user(self.manager)) as form:
            form.partner_id = self.supplier
            form.project_id = self.winter.project_id
        self.assertEqual(form.record.cohort_id, self.winter)

    # ------------------------------------------------------------
    # Applications, appointments
    # ------------------------------------------------------------

    def test_an_application_belongs_to_the_cohort_it_is_for(self):
        applicant = self.env['hr.applicant'].create({'partner_name': "Nora Blanc", 'job_id': self.autumn.job_id.id})
        self.assertEqual(applicant.cohort_id, self.autumn)

    def test_a_meeting_about_a_lead_belongs_to_the_leads_cohort(self):
        self.assertEqual(self._event(opportunity_id=self._lead(self.autumn).id).cohort_id, self.autumn)

    def test_an_interview_belongs_to_the_cohort_that_is_applied_for(self):
        applicant = self.env['hr.applicant'].create({'partner_name': "Nora Blanc", 'job_id': self.winter.job_id.id})
        self.assertEqual(self._event(applicant_id=applicant.id).cohort_id, self.winter)

    def test_a_private_to_do_and_a_private_appointment_belong_to_no_cohort(self):
        lea = self.lea.user_id
        todo = self.env['project.task'].with_user(lea).create({'name': "Call my grandmother", 'user_ids': [Command.set(lea.ids)]})
        self.assertFalse(todo.project_id)
        self.assertFalse(todo.cohort_id)
        appointment = self.env['calendar.event'].with_user(lea).create({
            'name': "Doctor", 'start': datetime(2026, 1, 20, 9), 'stop': datetime(2026, 1, 20, 10)})
        self.assertFalse(appointment.cohort_id)

    # ------------------------------------------------------------
    # What a member makes
    # ------------------------------------------------------------

    def test_what_a_member_makes_belongs_to_the_members_cohort(self):
        lea = self.lea.user_id
        lead = self.env['crm.lead'].with_user(lea).create({'name': "Hedges"})
        order = self.env['sale.order'].with_user(lea).create({'partner_id': self.customer.id})
        purchase = self.env['purchase.order'].with_user(lea).create({'partner_id': self.supplier.id})
        for document in (lead, order, purchase):
            self.assertEqual(document.cohort_id, self.autumn, document._name)
        self.assertEqual(order.project_id, self.autumn.project_id)
        self.assertEqual(purchase.project_id, self.autumn.project_id)

    def test_a_member_carries_a_sale_from_the_lead_to_the_invoice(self):
        lea = self.lea.user_id
        lead = self.env['crm.lead'].with_user(lea).create({
            'name': "Hedges", 'type': 'opportunity', 'partner_id': self.customer.id})
        order = self.env['sale.order'].with_user(lea).create({
            'partner_id': self.customer.id,
            'opportunity_id': lead.id,
            'order_line': [Command.create({'product_id': self.gardening.id, 'product_uom_qty': 4})],
        })
        order.action_confirm()
        task = order.order_line.task_id
        self.env['account.analytic.line'].with_user(lea).create({
            'name': "Cut the hedges", 'task_id': task.id, 'project_id': task.project_id.id, 'unit_amount': 4})
        invoice = order._create_invoices()
        invoice.invoice_date = TODAY
        invoice.action_post()
        self.assertEqual(invoice.sudo().cohort_ids, self.autumn)
        self.assertEqual(invoice.sudo().amount_untaxed, 80)

    def test_a_bill_that_a_member_writes_by_hand_is_for_the_members_cohort(self):
        lea = self.lea.user_id
        bill = self.env['account.move'].with_user(lea).create({
            'move_type': 'in_invoice', 'partner_id': self.supplier.id, 'invoice_date': TODAY,
            'invoice_line_ids': [Command.create({'name': "Petrol", 'quantity': 1, 'price_unit': 30, 'tax_ids': False})]})
        self.assertEqual(bill.cohort_ids, self.autumn)
        bill.action_post()
        self.assertEqual(bill.invoice_line_ids.analytic_line_ids.cohort_id, self.autumn)

    def test_a_member_of_two_running_cohorts_says_which(self):
        self._admit(self.winter, "Léa Martin", partner_id=self.lea.partner_id.id).action_activate()
        lead = self.env['crm.lead'].with_user(self.lea.user_id).with_context(default_cohort_id=self.winter.id).create({
            'name': "Hedges"})
        self.assertEqual(lead.cohort_id, self.winter)

    def test_what_a_facilitator_of_one_cohort_makes_belongs_to_it(self):
        purchase = self.env['purchase.order'].with_user(self.facilitator).create({'partner_id': self.supplier.id})
        self.assertEqual(purchase.cohort_id, self.autumn)

    def test_a_facilitator_of_two_cohorts_makes_something_before_they_say_for_which(self):
        self.winter.facilitator_id = self.facilitator
        purchase = self.env['purchase.order'].with_user(self.facilitator).create({'partner_id': self.supplier.id})
        self.assertFalse(purchase.cohort_id)
        purchase.cohort_id = self.winter

    def test_what_a_manager_makes_belongs_to_no_cohort_by_itself(self):
        purchase = self.env['purchase.order'].with_user(self.manager).create({'partner_id': self.supplier.id})
        self.assertFalse(purchase.cohort_id)
        self.assertFalse(self._move('in_invoice', {}).cohort_ids)

    # ------------------------------------------------------------

    def _put_in_charge_of_both(self, user):
        """A facilitator of both cohorts, whose teams core proposes the first of."""
        (self.autumn + self.winter).facilitator_id = user
        for cohort in self.autumn + self.winter:
            cohort.team_id.member_ids = [Command.link(user.id)]
        user.group_ids = [Command.link(self.env.ref('sales_team.group_sale_salesman_all_leads').id)]
        return user

    def _assert_in(self, orders, cohort):
        self.assertEqual(orders.cohort_id, cohort)
        self.assertEqual(orders.project_id, cohort.project_id)
        for line in orders.order_line:
            self.assertEqual(line.analytic_distribution, cohort.project_id._get_analytic_distribution())

    def _account_of(self, analytic_line):
        return analytic_line[self.env.ref('inocoop_coop.analytic_plan_cohort')._column_name()]

    def _costs(self, cohort):
        """The cohort's expenses, read as an accountant reads them: by its analytic account."""
        column = self.env.ref('inocoop_coop.analytic_plan_cohort')._column_name()
        lines = self.env['account.analytic.line'].search([(column, '=', cohort.analytic_account_id.id)])
        self.assertEqual(lines.cohort_id, cohort)
        return sum(lines.mapped('amount'))

    def _event(self, **values):
        return self.env['calendar.event'].create({
            'name': "Appointment", 'start': datetime(2026, 1, 20, 9), 'stop': datetime(2026, 1, 20, 10), **values})
