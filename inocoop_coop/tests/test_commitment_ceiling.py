from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .gates import GateCommon


@tagged('post_install', '-at_install')
class TestCommitmentCeiling(GateCommon):
    """What a cohort may commit without the host: confirmed purchases, and unpaid bills without one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.purchase_rule + cls.payment_rule).active = False
        cls.autumn.commitment_ceiling = 1000

    def _numbers(self, cohort=None):
        cohort = cohort or self.autumn
        cohort.invalidate_recordset()
        return cohort.commitment_used, cohort.commitment_left

    # ------------------------------------------------------------
    # What is used
    # ------------------------------------------------------------

    def test_confirmed_purchases_use_the_ceiling_and_stay_in_it(self):
        order = self._purchase(4)
        self.assertEqual(self._numbers(), (0, 1000))
        order.button_confirm()
        self.assertEqual(self._numbers(), (200, 800))
        order.sudo().action_create_invoice()
        bill = order.sudo().invoice_ids
        bill.invoice_date = '2026-01-15'
        bill.action_post()
        self.assertEqual(self._numbers(), (200, 800), "Its bill is not counted once more.")
        self._pay(bill)
        self.assertEqual(self._numbers(), (200, 800))
        self.assertEqual(self.autumn.commitment_progress, 20)

    def test_unpaid_bills_without_a_purchase_use_it_until_they_are_paid(self):
        bill = self._bill(300)
        self.assertEqual(self._numbers(), (300, 700))
        self.env['account.payment.register'].with_context(active_model='account.move', active_ids=bill.ids).create({
            'amount': 100})._create_payments()
        self.assertEqual(self._numbers(), (200, 800))
        self._pay(bill)
        self.assertEqual(self._numbers(), (0, 1000))
        draft = self._move('in_invoice', {self.autumn: 100})
        self.assertEqual((draft.state, self._numbers()), ('draft', (0, 1000)))

    def test_a_shared_bill_is_counted_in_parts_tax_included(self):
        tax = self.env['account.tax'].create({'name': "Twenty", 'amount': 20, 'type_tax_use': 'purchase'})
        bill = self._move('in_invoice', {self.autumn: 75, self.winter: 25}, {self.winter: 100})
        bill.invoice_line_ids.tax_ids = tax
        bill.action_post()
        self.assertEqual(bill.amount_total, 240)
        self.assertEqual(self._numbers()[0], 90)
        self.assertEqual(self._numbers(self.winter), (150, 0))
        self.env['account.payment.register'].with_context(active_model='account.move', active_ids=bill.ids).create({
            'amount': 120})._create_payments()
        self.assertEqual((self._numbers()[0], self._numbers(self.winter)[0]), (45, 75))

    def test_all_cohorts_are_counted_in_as_many_queries_as_one(self):
        self._bill(300)
        self._bill(100, self.winter)
        self._purchase(2).button_confirm()
        self._purchase(1, self.winter).sudo().button_confirm()

        def count(cohorts):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cohorts.mapped('commitment_used')
            return self.env.cr.sql_log_count - before

        count(self.autumn)
        self.assertEqual(count(self.autumn + self.winter), count(self.autumn))
        self.assertEqual((self.autumn.commitment_used, self.winter.commitment_used), (400, 150))

    # ------------------------------------------------------------
    # The guard
    # ------------------------------------------------------------

    def test_exactly_the_ceiling_may_be_committed_and_a_cent_more_not(self):
        self._bill(500)
        order = self._purchase(10)
        self.assertEqual(order.ceiling_state, 'within')
        self.assertEqual(
            order.ceiling_text, "Ceiling: 500\xa0€ of 1,000\xa0€ used, 500\xa0€ left; this order takes 500\xa0€.")
        order.order_line.price_unit = 50.01
        order.invalidate_recordset()
        self.assertEqual(order.ceiling_state, 'above')
        with self.assertRefused(UserError, "goes above what “Autumn” may commit.*Ask the programme manager to agree"):
            order.button_confirm()
        order.order_line.price_unit = 50
        order.button_confirm()
        self.assertEqual(self._numbers(), (1000, 0))

    def test_no_path_goes_above_the_ceiling(self):
        order = self._purchase(21)
        values = {'partner_id': self.supplier.id, 'cohort_id': self.autumn.id, 'state': 'purchase', 'order_line': [
            Command.create({'product_id': self.tools.id, 'product_qty': 21, 'price_unit': 50})]}
        for path, attempt in {
            'button': order.button_confirm,
            'approval': lambda: order.button_approve(force=True),
            'write': lambda: order.write({'state': 'purchase'}),
            'create': lambda: order.create(values),
            'superuser': lambda: order.sudo().button_confirm(),
            'facilitator': lambda: order.with_user(self.facilitator).button_confirm(),
            'programme manager': lambda: order.with_user(self.manager).button_confirm(),
        }.items():
            with self.subTest(path=path), self.assertRefused(UserError, "goes above what “Autumn” may commit"):
                attempt()
        self.assertEqual(self._numbers()[0], 0)

    def test_a_confirmed_purchase_grows_to_the_ceiling_and_may_always_shrink(self):
        order = self._purchase(10)
        order.button_confirm()
        order.order_line.product_qty = 20
        with self.assertRefused(UserError, "goes above"):
            order.order_line.product_qty = 21
        self.autumn.commitment_ceiling = 500
        order.order_line.product_qty = 15
        with self.assertRefused(UserError, "goes above"):
            order.order_line.product_qty = 16

    def test_several_purchases_at_once_are_counted_together(self):
        orders = self._purchase(11) + self._purchase(11)
        with self.assertRefused(UserError, "goes above"):
            orders.write({'state': 'purchase'})
        orders[0].button_confirm()
        with self.assertRefused(UserError, "goes above"):
            orders[1].button_confirm()

    def test_without_a_ceiling_nothing_is_asked(self):
        self.autumn.commitment_ceiling = 0
        order = self._purchase(100)
        self.assertEqual((order.ceiling_state, order.ceiling_text), ('none', False))
        order.button_confirm()
        self.assertEqual(self._numbers(), (5000, 0))

    def test_the_ceiling_binds_besides_the_decision(self):
        self.purchase_rule.active = True
        order = self._purchase(21)
        self._adopt(order)
        with self.assertRefused(UserError, "goes above"):
            order.button_confirm()
        order.with_user(self.manager).action_agree_above_ceiling("The customer has paid in advance")
        order.button_confirm()

    # ------------------------------------------------------------
    # The host
    # ------------------------------------------------------------

    def test_the_host_agrees_to_exactly_this_purchase(self):
        order = self._purchase(21)
        dialog = self.env['coop.ceiling.agreement'].with_user(self.manager).with_context(
            **order.with_user(self.manager).action_open_agreement()['context']).create({'reason': "Paid in advance"})
        self.assertIn("this order takes", dialog.ceiling_text)
        dialog.action_agree()
        entry = self.env['coop.register.entry'].search([('kind', '=', 'agreement')])
        content = entry._get_content()
        self.assertEqual(
            (entry.res_id, content['ceiling'], content['used'], content['order'], content['reason'], content['by']),
            (order.id, 100000, 0, 105000, "Paid in advance", self.manager.partner_id.id))
        order.invalidate_recordset()
        self.assertEqual(order.ceiling_state, 'agreed')
        order.order_line.product_qty = 22
        order.invalidate_recordset()
        self.assertEqual(order.ceiling_state, 'above')
        with self.assertRefused(UserError, "goes above"):
            order.button_confirm()
        order.order_line.product_qty = 21
        order.button_confirm()
        self.assertEqual(self._numbers(), (1050, -50))

    def test_only_the_programme_manager_agrees_and_sets_the_ceiling(self):
        order = self._purchase(21)
        for user in (self.treasurer, self.facilitator):
            with self.assertRefused(AccessError, "Only the programme manager agrees for the host"):
                order.with_user(user).action_agree_above_ceiling("Paid in advance")
        with self.assertRaises(AccessError):
            order.with_user(self.members[7]).action_agree_above_ceiling("Paid in advance")
        with self.assertRefused(AccessError, "only the programme manager sets it"):
            self.autumn.with_user(self.facilitator).commitment_ceiling = 5000
        self.assertFalse(self.autumn.with_user(self.facilitator).can_set_ceiling)
        self.autumn.with_user(self.manager).commitment_ceiling = 1200
        order.invalidate_recordset()
        self.assertEqual(order.ceiling_state, 'within')

    def test_an_agreement_needs_a_reason_and_a_purchase_above_the_ceiling(self):
        order = self._purchase(21).with_user(self.manager)
        for reason in ("", "  ", None, 3, ["Today"]):
            with self.subTest(reason=reason), self.assertRefused(UserError, "Say in a sentence why the host agrees"):
                order.action_agree_above_ceiling(reason)
        with self.assertRefused(UserError, "needs no agreement"):
            self._purchase(2).with_user(self.manager).action_agree_above_ceiling("Paid in advance")

    def test_a_member_sees_how_much_is_left_and_not_what_made_it(self):
        self._purchase(4).button_confirm()
        cohort = self.autumn.with_user(self.members[7])
        self.assertEqual(cohort.read(['commitment_ceiling', 'commitment_used', 'commitment_left']), [{
            'id': cohort.id, 'commitment_ceiling': 1000, 'commitment_used': 200, 'commitment_left': 800}])
        with self.assertRaises(AccessError):
            self.winter.with_user(self.members[7]).read(['commitment_used'])
