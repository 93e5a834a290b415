from datetime import datetime, time

from odoo.fields import Command
from odoo.tests import tagged

from .tours import TourCommon


@tagged('post_install', '-at_install', 'browser')
class TestBusinessTours(TourCommon):
    """From the first knock on a door to what the cohort has earned, each step by who does it.

    ==============  =================================================
    member          does
    ==============  =================================================
    1               knocks on doors and plans, without any mandate
    2 and 3         sit on the sales committee: they quote and vote
    4 and 5         do the work
    6               treasurer, on the finance committee
    ==============  =================================================
    """

    member_count = 6

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sales = cls.env['coop.committee.template'].create({
            'name': "Sales committee", 'kind': 'committee', 'program_id': cls.program.id,
            'access_group_ids': [Command.set(cls.env.ref('sales_team.group_sale_salesman_all_leads').ids)]})
        cls.sales = cls.env['coop.committee'].create({
            'name': "Sales committee", 'kind': 'committee', 'cohort_id': cls.cohort.id, 'template_id': sales.id})
        finance = cls.cohort.committee_ids.filtered(lambda body: body.name == "Finance committee")
        finance.template_id.access_group_ids = cls.env.ref('account.group_account_invoice')
        for member in cls.memberships[1:3]:
            cls._seat(cls.sales, member)
        cls._seat(finance, cls.memberships[5], role='treasurer')
        cls.env['coop.decision.rule'].create({
            'name': "Large quotations", 'document': 'sale.order', 'program_id': cls.program.id, 'amount': 500,
            'template_id': sales.id, 'method_id': cls.env.ref('inocoop_coop.voting_method_simple').id})
        owed = cls.env['account.account'].create({'name': "VAT", 'code': 'X4457', 'account_type': 'liability_current'})
        vat = cls.env['account.tax'].create({
            'name': "VAT 20 %", 'amount': 20, 'type_tax_use': 'sale', 'price_include_override': 'tax_excluded'})
        vat.invoice_repartition_line_ids.filtered(lambda line: line.repartition_type == 'tax').account_id = owed
        cls.overhaul = cls.env['product.template'].create({
            'name': "Garden overhaul", 'type': 'service', 'service_policy': 'delivered_manual', 'list_price': 612.35,
            'service_tracking': 'task_global_project', 'taxes_id': [Command.set(vat.ids)], 'coop_is_insured': True})

    def test_from_a_knock_on_a_door_to_the_result(self):
        # Somebody knocks.
        self._tour('coop_canvass_action', 'coop_business_knock', 'member1@example.com', phone=True)
        lead = self.env['crm.lead'].search([('contact_name', '=', "Mrs Roy")])
        self.assertRecordValues(lead, [{
            'cohort_id': self.cohort.id, 'coop_canvasser_id': self.memberships[0].id, 'won_status': 'pending',
            'coop_service_id': self.overhaul.id, 'street': "12 rue Foch", 'zip': '62700', 'city': "Bruay"}])

        # It is quoted, which the committee decides on.
        self._tour('crm_lead_action', 'coop_business_quote', 'member2@example.com')
        order = lead.order_ids
        self.assertRecordValues(order, [{
            'state': 'draft', 'cohort_id': self.cohort.id, 'amount_untaxed': 612.35, 'partner_id': lead.partner_id.id}])
        decision = self.env['coop.decision'].search([('res_model', '=', 'sale.order'), ('res_id', '=', order.id)])
        self.assertRecordValues(decision, [{'state': 'voting', 'committee_id': self.sales.id}])
        self._tour('/odoo', 'coop_business_vote', 'member3@example.com', phone=True)
        self.assertEqual(decision.state, 'adopted')

        # It is confirmed.
        self._tour('sale_order_action', 'coop_business_confirm', 'member2@example.com')
        self.assertEqual((order.state, lead.won_status), ('sale', 'won'))
        task = order.tasks_ids
        self.assertRecordValues(task, [{'cohort_id': self.cohort.id, 'state': '01_in_progress', 'planned_date_start': False}])
        self.assertFalse(task.user_ids)

        # It is planned, with a team.
        self._tour('project_task_action_own', 'coop_business_plan', 'member1@example.com')
        self.assertRecordValues(task, [{
            'planned_date_start': datetime.combine(self.today, time(9)),
            'planned_date_end': datetime.combine(self.today, time(12, 30)), 'coop_is_flagged': False}])
        self.assertEqual(task.user_ids, self.members[3:5])

        # It is done: two people log half a day, and the customer signs.
        for login in ('member4@example.com', 'member5@example.com'):
            self._tour('project_task_action_own', 'coop_business_log', login, phone=True)
        half_a_day = round(self.env.company.resource_calendar_id.hours_per_day * 30) / 60
        self.assertRecordValues(task.timesheet_ids.sorted('id'), [
            {'employee_id': member.employee_id.id, 'unit_amount': half_a_day, 'coop_state': 'entered'}
            for member in self.memberships[3:5]])
        self._tour('project_task_action_week', 'coop_business_sign', 'member4@example.com', phone=True)
        self.assertRecordValues(task, [{
            'state': '1_done', 'coop_signed_by': "Mrs Roy", 'coop_signed_with_id': self.members[3].id}])
        self.assertEqual(order.invoice_status, 'to invoice')

        # It is invoiced and paid by who was asked to.
        self.assertEqual(task.activity_ids.user_id, self.members[5])
        self._tour('/odoo', 'coop_business_invoice', 'member6@example.com')
        self.assertFalse(task.activity_ids)
        invoice = order.invoice_ids
        self.assertRecordValues(invoice, [{
            'state': 'posted', 'amount_untaxed': 612.35, 'amount_total': 734.82, 'amount_residual': 0,
            'partner_id': lead.partner_id.id}])
        self.assertIn(invoice.payment_state, ('paid', 'in_payment'))

        # And the group has earned it.
        self._tour('coop_result_line_action', 'coop_business_result', 'member1@example.com')
        lines = self.env['coop.result.line'].search([('cohort_id', '=', self.cohort.id)])
        self.assertEqual(lines.move_id, invoice)
        self.assertEqual(sorted(lines.mapped('basis')), ['collected', 'invoiced'])
        self.assertEqual([round(line.amount * 100) for line in lines], [61235, 61235])
