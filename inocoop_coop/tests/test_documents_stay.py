from contextlib import suppress
from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TODAY, CoopCommon
from .test_confinement import DOORS


@tagged('post_install', '-at_install')
class TestDocumentsStay(CoopCommon):
    """Odoo asks whether a document may be written, and not where the writing takes it: ours asks both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_groups(cls.lea.user_id, *DOORS)
        cls.member = cls.lea.user_id
        lead = cls._lead(cls.autumn)
        order = cls._quotation(lead)
        together = {'start': datetime(2026, 1, 20, 9), 'stop': datetime(2026, 1, 20, 10)}
        cls.documents = {
            'crm.lead': cls._lead(cls.autumn),
            'sale.order': order,
            'purchase.order': cls.env['purchase.order'].create({'partner_id': cls.supplier.id, 'cohort_id': cls.autumn.id}),
            'project.task': cls.env['project.task'].create({'name': "Hedges", 'project_id': cls.autumn.project_id.id}),
            'account.payment': cls.env['account.payment'].create({
                'partner_id': cls.customer.id, 'amount': 10, 'cohort_id': cls.autumn.id}),
            'calendar.event': cls.env['calendar.event'].create({
                'name': "Meeting", 'cohort_id': cls.autumn.id, 'user_id': cls.member.id, **together}),
        }
        cls.hours = cls._hours(cls.documents['project.task'], cls.lea)
        cls.documents['account.analytic.line'] = cls.hours
        team, project = {'team_id': cls.winter.team_id.id}, {'project_id': cls.winter.project_id.id}
        cls.beyond = {'crm.lead': team, 'sale.order': team, 'purchase.order': project, 'project.task': project,
                      'account.analytic.line': project}

    def test_a_member_writes_each_of_them_where_it_is(self):
        for model, document in self.documents.items():
            with self.subTest(model=model):
                self.assertTrue(document.with_user(self.member).has_access('write'))

    def test_a_member_moves_none_to_another_cohort(self):
        for user in (self.member, self.facilitator):
            for model, document in self.documents.items():
                with self.subTest(model=model, user=user.name), self.assertRaises(UserError):
                    document.with_user(user).write({'cohort_id': self.winter.id})
                self.assertEqual(document.cohort_id, self.autumn)

    def test_a_member_takes_none_out_of_all_cohorts(self):
        for model, document in self.documents.items():
            with self.subTest(model=model):
                # Refused, or put back where it belongs by what it comes from.
                with suppress(UserError), self.env.cr.savepoint():
                    document.with_user(self.member).write({'cohort_id': False})
                document.invalidate_recordset(['cohort_id'])
                self.assertEqual(document.cohort_id, self.autumn)

    def test_a_member_moves_none_by_what_it_comes_from(self):
        for model, values in self.beyond.items():
            document = self.documents[model]
            with self.subTest(model=model), self.assertRaises(UserError):
                document.with_user(self.member).write(dict(values))
            self.assertEqual(document.cohort_id, self.autumn)

    def test_a_member_makes_none_of_a_task_of_the_cohort_into_a_private_one(self):
        task = self.documents['project.task']
        with self.assertRaises(UserError):
            task.with_user(self.member).write({'project_id': False})
        self.assertEqual(task.cohort_id, self.autumn)

    def test_a_member_makes_nothing_in_another_cohort(self):
        for model, values in {
            'crm.lead': {'name': "Hedges"}, 'sale.order': {'partner_id': self.customer.id},
            'purchase.order': {'partner_id': self.supplier.id}, 'account.payment': {'amount': 10},
            'calendar.event': {'name': "Meeting", 'start': datetime(2026, 1, 20, 9), 'stop': datetime(2026, 1, 20, 10)},
        }.items():
            with self.subTest(model=model), self.assertRaises(UserError):
                self.env[model].with_user(self.member).create({**values, 'cohort_id': self.winter.id})

    def test_a_facilitator_of_two_cohorts_moves_a_draft_from_one_to_the_other(self):
        self.winter.facilitator_id = self.facilitator
        purchase = self.documents['purchase.order'].with_user(self.facilitator)
        purchase.write({'cohort_id': self.winter.id})
        self.assertEqual(purchase.cohort_id, self.winter)

    def test_no_refusal_names_the_other_cohort(self):
        self.winter.name = "Zanzibar"
        for model, values in self.beyond.items():
            with self.subTest(model=model), self.assertRaises(UserError) as refusal:
                self.documents[model].with_user(self.member).write(dict(values))
            self.assertNotIn("Zanzibar", str(refusal.exception))

    # ------------------------------------------------------------
    # Money
    # ------------------------------------------------------------

    def test_a_member_gives_no_line_to_anothers_account(self):
        bill = self.env['account.move'].with_user(self.member).create({
            'move_type': 'in_invoice', 'partner_id': self.supplier.id, 'invoice_date': TODAY,
            'invoice_line_ids': [Command.create({'name': "Gloves", 'price_unit': 20, 'tax_ids': False})]})
        self.assertEqual(bill.cohort_ids, self.autumn)
        own, other = str(self.autumn.analytic_account_id.id), str(self.winter.analytic_account_id.id)
        for distribution in ({other: 100}, {own: 50, other: 50}, {f'{own},{other}': 100}, False):
            with self.subTest(distribution=distribution), self.assertRaises(AccessError):
                bill.invoice_line_ids.write({'analytic_distribution': distribution})
            self.assertEqual(bill.cohort_ids, self.autumn)
        with self.assertRaises(AccessError):
            bill.write({'invoice_line_ids': [Command.create({
                'name': "Theirs", 'price_unit': 20, 'analytic_distribution': {other: 100}})]})

    def test_a_bill_of_two_cohorts_is_read_in_its_own_part_and_written_by_who_works_in_both(self):
        bill = self._move('in_invoice', {self.autumn: 100}, {self.winter: 100})
        bill.invoice_line_ids[1].name = "Zanzibar"
        self.env.flush_all()
        self.env.invalidate_all()
        as_member = bill.with_user(self.member)
        shown = as_member.web_read({'cohort_ids': {'fields': {'display_name': {}}}, 'invoice_line_ids': {'fields': {'name': {}}}})
        self.assertEqual([line['name'] for line in shown[0]['invoice_line_ids']], ["Line"])
        self.assertEqual([cohort['display_name'] for cohort in shown[0]['cohort_ids']], ["Autumn"])
        for values in ({'ref': "Mine"}, {'invoice_line_ids': [Command.update(bill.invoice_line_ids[0].id, {'price_unit': 1})]}):
            with self.assertRaises(AccessError):
                as_member.write(values)
        self.winter.facilitator_id = self.facilitator
        bill.with_user(self.facilitator).write({'ref': "Ours"})

    def test_a_bill_of_a_closed_and_an_open_cohort_is_not_changed_by_members(self):
        self._admit(self.winter, "Léa Martin", partner_id=self.lea.partner_id.id).action_activate()
        bill = self._move('in_invoice', {self.autumn: 50, self.winter: 50})
        bill.with_user(self.member).write({'ref': "Both are mine"})
        self._close(self.winter)
        with self.assertRaises(AccessError):
            bill.with_user(self.member).write({'ref': "One is closed"})
        with self.assertRaises(AccessError):
            bill.invoice_line_ids.with_user(self.member).write({'price_unit': 1})

    # ------------------------------------------------------------
    # What a member must still be able to do
    # ------------------------------------------------------------

    def test_a_treasurer_posts_an_invoice_and_registers_its_payment(self):
        order = self.documents['sale.order']
        order.action_confirm()
        self._hours(order.order_line.task_id, self.lea)
        invoice = order.with_user(self.member)._create_invoices()
        invoice.action_post()
        payment = self.env['account.payment.register'].with_user(self.member).with_context(
            active_model='account.move', active_ids=invoice.ids).create({})._create_payments()
        self.assertEqual(payment.cohort_id, self.autumn)
        self.assertIn(invoice.payment_state, ('paid', 'in_payment'))
        self.assertEqual(payment.move_id.cohort_ids, self.autumn)

    def test_a_seller_quotes_and_confirms(self):
        lead = self.env['crm.lead'].with_user(self.member).create({'name': "Hedges", 'partner_id': self.customer.id})
        order = self.env['sale.order'].with_user(self.member).create({
            'partner_id': self.customer.id, 'opportunity_id': lead.id,
            'order_line': [Command.create({'product_id': self.gardening.id, 'product_uom_qty': 2})]})
        order.action_confirm()
        self.assertEqual((lead.cohort_id, order.cohort_id), (self.autumn, self.autumn))
        self.assertEqual(order.sudo().order_line.task_id.cohort_id, self.autumn)

    def test_everyone_writes_hours_for_themselves(self):
        task = self.documents['project.task']
        hours = self.env['account.analytic.line'].with_user(self.yanis.user_id).create({
            'name': "Cut", 'task_id': task.id, 'project_id': task.project_id.id, 'unit_amount': 2})
        self.assertEqual((hours.employee_id, hours.cohort_id), (self.yanis.employee_id, self.autumn))
