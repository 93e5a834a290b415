import json
from datetime import date, timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .gates import GateCommon

SIGNATURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='


@tagged('post_install', '-at_install')
class TestGatePortal(GateCommon, HttpCase):
    """A customer who signs or pays on the portal confirms nothing that nobody decided, and loses no money."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = 'townhall@example.com'
        cls.order = cls._quote()
        cls.order.sudo().write({
            'require_signature': True, 'require_payment': False, 'state': 'sent',
            'validity_date': date.today() + timedelta(days=30)})
        cls.order.sudo()._portal_ensure_token()
        cls.env.flush_all()

    def _accept(self):
        response = self.url_open(
            f'/my/orders/{self.order.id}/accept', headers={'Content-Type': 'application/json'}, data=json.dumps({
                'params': {'access_token': self.order.sudo().access_token, 'name': "Town hall", 'signature': SIGNATURE}}))
        self.order.invalidate_recordset()
        return response.json()

    def _page(self):
        response = self.url_open(f'/my/orders/{self.order.id}?access_token={self.order.sudo().access_token}')
        self.assertEqual(response.status_code, 200)
        return response.text

    def _paid(self, order, amount=None, state='done'):
        provider = self.env.ref('payment.payment_provider_transfer')
        transaction = self.env['payment.transaction'].create({
            'reference': f'{order.name}-{state}', 'amount': amount or order.amount_total, 'currency_id': order.currency_id.id,
            'partner_id': self.customer.id, 'provider_id': provider.id, 'sale_order_ids': [(6, 0, order.ids)],
            'state': state, 'operation': 'online_direct',
            'payment_method_id': self.env['payment.method'].with_context(active_test=False).search([], limit=1).id})
        return transaction

    # ------------------------------------------------------------
    # Signing
    # ------------------------------------------------------------

    def test_a_signature_confirms_nothing_that_was_not_decided(self):
        self.assertFalse(self.order.sudo()._has_to_be_signed())
        answer = self._accept()
        self.assertIn("not in a state requiring customer signature", answer['result']['error'])
        self.assertEqual(self.order.state, 'sent')
        self.assertFalse(self.order.sudo().signature)

    def test_the_customer_reads_why_they_can_not_accept_yet(self):
        page = self._page()
        self.assertIn("We are still deciding on this quotation together", page)
        self.assertNotIn('data-bs-target="#modalaccept"', page)
        self.assertNotIn("Board", page)

    def test_once_it_is_decided_the_customer_signs(self):
        self._adopt(self.order)
        page = self._page()
        self.assertNotIn("We are still deciding", page)
        self.assertIn('data-bs-target="#modalaccept"', page)
        answer = self._accept()
        self.assertNotIn('error', answer.get('result', {}), answer)
        self.assertEqual(self.order.state, 'sale')
        self.assertTrue(self.order.sudo().signature)

    def test_a_small_quotation_is_signed_as_ever(self):
        self.order.order_line.product_uom_qty = 10
        self.env.flush_all()
        self.assertNotIn("We are still deciding", self._page())
        self._accept()
        self.assertEqual(self.order.state, 'sale')

    def test_what_was_changed_after_the_decision_is_not_signed(self):
        self._adopt(self.order)
        self.order.order_line.product_uom_qty = 40
        self.env.flush_all()
        self.assertIn('error', self._accept()['result'])
        self.assertEqual(self.order.state, 'sent')

    # ------------------------------------------------------------
    # Paying
    # ------------------------------------------------------------

    def test_a_payment_confirms_nothing_that_was_not_decided_and_is_not_lost(self):
        order = self.order.sudo()
        order.write({'require_signature': False, 'require_payment': True})
        self.assertFalse(order._has_to_be_paid())
        journal = self.env['account.journal'].search([('type', '=', 'bank'), ('company_id', '=', self.env.company.id)], limit=1)
        provider = self.env.ref('payment.payment_provider_transfer')
        provider.journal_id = journal
        self.env['account.payment.method.line'].create({
            'payment_method_id': self.env.ref('account.account_payment_method_manual_in').id, 'journal_id': journal.id,
            'payment_provider_id': provider.id})
        transaction = self._paid(order)
        with mute_logger('odoo.addons.mail.models.mail_mail'):
            transaction._post_process()
        self.assertEqual(order.state, 'sent')
        self.assertTrue(transaction.is_post_processed)
        self.assertEqual((transaction.payment_id.state, transaction.payment_id.amount), ('in_process', 600))
        said = "\n".join(order.message_ids.mapped('body'))
        self.assertRegex(said, r"paid .*600\.00.* which nobody has decided on: it stays a quotation\. Above .*“Board” decides")
        self.assertEqual((order.activity_ids.user_id, order.activity_ids.summary), (self.seller, "Paid before it was decided"))
        # The money is there, and the body adopts it.
        self._adopt(self.order)
        self.order.action_confirm()
        self.assertEqual(order.state, 'sale')

    def test_an_authorised_payment_waits_as_well(self):
        order = self.order.sudo()
        transaction = self._paid(order, state='pending')
        self.env.flush_all()
        # No provider that is installed can authorise.
        self.env.cr.execute("UPDATE payment_transaction SET state = 'authorized' WHERE id = %s", [transaction.id])
        transaction.invalidate_recordset()
        order.invalidate_recordset()
        with mute_logger('odoo.addons.mail.models.mail_mail'):
            transaction._post_process()
        self.assertEqual(order.state, 'sent')
        self.assertTrue(order.activity_ids)

    def test_a_payment_confirms_what_was_decided(self):
        self._adopt(self.order)
        order = self.order.sudo()
        order.write({'require_signature': False, 'require_payment': True})
        self.assertTrue(order._has_to_be_paid())
        with mute_logger('odoo.addons.mail.models.mail_mail'):
            self._paid(order)._check_amount_and_confirm_order()
        self.assertEqual(order.state, 'sale')
        self.assertFalse(order.activity_ids)
