from odoo import models


class PaymentTransaction(models.Model):
    """A customer's online payment confirms their quotation, unless a body has to decide on it first."""
    _inherit = 'payment.transaction'

    def _check_amount_and_confirm_order(self):
        held = self.filtered(lambda transaction: len(transaction.sale_order_ids) == 1
                             and transaction.sale_order_ids._is_waiting_for_decision())
        for transaction in held:
            transaction.sale_order_ids._hold_paid_order(transaction)
        return super(PaymentTransaction, self - held)._check_amount_and_confirm_order()
