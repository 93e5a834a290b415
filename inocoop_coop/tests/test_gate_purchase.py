from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .gates import GateCommon

BODY = r"can't be confirmed yet\. Above .*150.*“Finance committee” decides by simple majority"


@tagged('post_install', '-at_install')
class TestGatePurchase(GateCommon):
    """A purchase above what a rule says is confirmed only after its body adopted it, by whatever path."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._purchase()

    def _values(self, **values):
        return {
            'partner_id': self.supplier.id, 'cohort_id': self.autumn.id,
            'order_line': [Command.create({'product_id': self.tools.id, 'product_qty': 4, 'price_unit': 50})], **values}

    def test_a_small_purchase_is_confirmed_at_once(self):
        order = self._purchase(3)
        self.assertEqual((order.amount_total, order.gate_state), (150, 'none'))
        order.button_confirm()
        self.assertEqual(order.state, 'purchase')

    def test_no_path_confirms_what_was_not_decided(self):
        order = self.order
        paths = {
            'button': order.button_confirm,
            'approval': lambda: order.button_approve(force=True),
            'write': lambda: order.write({'state': 'purchase'}),
            'write with its lines': lambda: order.write({
                'state': 'purchase', 'order_line': [Command.update(order.order_line.id, {'product_qty': 9})]}),
            'create': lambda: order.create(self._values(state='purchase')),
            'superuser': lambda: order.sudo().button_confirm(),
            'superuser create': lambda: order.sudo().create(self._values(state='purchase')),
            'programme manager': lambda: order.with_user(self.manager).button_confirm(),
        }
        for path, attempt in paths.items():
            with self.subTest(path=path), self.assertRefused(UserError, BODY):
                attempt()
        self.assertEqual(order.state, 'draft')

    def test_an_import_confirms_nothing_that_was_not_decided(self):
        result = self.env['purchase.order'].load(['.id', 'state'], [[str(self.order.id), 'Purchase Order']])
        self.assertFalse(result['ids'])
        self.assertIn("“Finance committee” decides", result['messages'][0]['message'])

    def test_an_order_that_a_manager_of_purchases_approves_waits_for_the_decision_too(self):
        self.env.company.write({'po_double_validation': 'two_step', 'po_double_validation_amount': 100})
        self.order.button_confirm()
        self.assertEqual(self.order.state, 'to approve')
        buyer = self._create_user('bruno', 'purchase.group_purchase_manager')
        with self.assertRefused(UserError, BODY):
            self.order.with_user(buyer).button_approve()
        self._adopt(self.order)
        self.order.with_user(buyer).button_approve()
        self.assertEqual(self.order.state, 'purchase')

    def test_the_treasurer_proposes_and_confirms_what_the_committee_adopts(self):
        decision = self._propose_document(self.order)
        self.assertEqual(decision.committee_id, self.finance)
        for text in ("Hardware shop", "Garden tools", "4", "200.00"):
            self.assertIn(text, decision.proposal)
        self._decide(decision)
        self.order.button_confirm()
        self.assertEqual(self.order.state, 'purchase')

    def test_changing_what_was_decided_makes_the_cover_void_and_says_what_changed(self):
        hoses = self.env['product.product'].create({'name': "Hoses", 'type': 'consu', 'supplier_taxes_id': False})
        other = self.env['res.partner'].create({'name': "Market", 'is_company': True})
        dollars = self.env.ref('base.USD')
        dollars.active = True
        self.env['res.currency.rate'].create({'currency_id': dollars.id, 'rate': 1, 'name': '2020-01-01'})
        changes = {
            'partner': (lambda order: order.write({'partner_id': other.id}),
                        "the supplier was “Hardware shop” and is “Market”"),
            'currency': (lambda order: order.write({'currency_id': dollars.id}), "the currency was EUR and is USD"),
            'quantity': (lambda order: order.order_line.write({'product_qty': 8, 'price_unit': 50}),
                         "the quantity of “Garden tools” was 4 and is 8"),
            'price': (lambda order: order.order_line.write({'price_unit': 60}),
                      "the unit price of “Garden tools” was 50 and is 60"),
            'total': (lambda order: order.order_line.write({'price_unit': 60}), "the total was"),
            'product': (lambda order: order.order_line.write({'product_id': hoses.id, 'price_unit': 50}),
                        "“Hoses” was added"),
        }
        for what, (change, sentence) in changes.items():
            with self.subTest(what=what):
                order = self._purchase()
                self._adopt(order)
                change(order.sudo())
                order.invalidate_recordset()
                self.assertEqual(order.gate_state, 'void')
                self.assertIn(sentence, order.gate_text)
                with self.assertRefused(UserError, "It was changed since they decided"):
                    order.button_confirm()

    def test_a_purchase_without_a_cohort_that_spends_a_cohorts_money_is_decided_on(self):
        order = self.env['purchase.order'].create({
            'partner_id': self.supplier.id, 'order_line': [Command.create({
                'product_id': self.tools.id, 'product_qty': 4, 'price_unit': 50,
                'analytic_distribution': {str(self.autumn.analytic_account_id.id): 100}})]})
        self.assertFalse(order.cohort_id)
        with self.assertRefused(UserError, "“Finance committee” decides"):
            order.with_user(self.accountant).sudo().button_confirm()

    def test_a_confirmed_purchase_is_not_made_larger(self):
        small = self._purchase(2)
        small.button_confirm()
        for attempt in (
            lambda: small.order_line.write({'product_qty': 4}),
            lambda: small.order_line.write({'price_unit': 100}),
            lambda: small.write({'order_line': [Command.create({
                'product_id': self.tools.id, 'product_qty': 4, 'price_unit': 50})]}),
            lambda: small.sudo().order_line.write({'product_qty': 4}),
        ):
            with self.assertRefused(UserError, "“Finance committee” decides"):
                attempt()
        small.order_line.product_qty = 3
        self.assertEqual(small.amount_total, 150)

    def test_a_bill_of_a_purchase_is_entered_and_posted_whatever_was_decided(self):
        small = self._purchase(3)
        small.button_confirm()
        small.sudo().action_create_invoice()
        bill = small.sudo().invoice_ids
        bill.invoice_date = '2026-01-15'
        bill.invoice_line_ids.price_unit = 400
        bill.with_user(self.treasurer).action_post()
        self.assertEqual(bill.state, 'posted')

    def test_a_down_payment_on_a_decided_purchase_changes_nothing_of_it(self):
        self._adopt(self.order)
        self.order.button_confirm()
        order = self.order.sudo()
        order._create_downpayments([{
            'name': "Down payment", 'product_qty': 0, 'price_unit': 20, 'is_downpayment': True, 'order_id': order.id}])
        self.assertTrue(order.order_line.filtered('is_downpayment'))
