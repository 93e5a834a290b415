from odoo import api, models


class AccountPartialReconcile(models.Model):
    """What the bank statement says was paid is entered as it is. Where a body should have decided, it is flagged."""
    _inherit = 'account.partial.reconcile'

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        if self.env['account.payment']._has_gates():
            partials._flag_paid_undecided()
        return partials

    def unlink(self):
        moves = self.credit_move_id.move_id
        result = super().unlink()
        # What was matched by mistake was not paid.
        flagged = moves.exists().sudo()  # sudo: a mark, whoever takes the matching back
        flagged.filtered('is_paid_undecided').is_paid_undecided = False
        flagged.origin_payment_id.filtered('is_paid_undecided').is_paid_undecided = False
        return result

    def _flag_paid_undecided(self):
        """Flag payments and bills that are matched with money that left the bank."""
        for partial in self:
            move = partial.credit_move_id.move_id
            paid_by = partial.debit_move_id.move_id
            if not paid_by.statement_line_id:
                # A payment that was made for nobody in particular, and is matched with a cohort's bill afterwards.
                payment = paid_by.origin_payment_id
                if payment and move.is_purchase_document(include_receipts=True) and (
                        move.sudo().cohort_ids - payment.sudo()._get_gate_cohorts()):  # sudo: whose money it is
                    move._ask_after_payment(partial.amount)
                continue
            if move.origin_payment_id:
                move.origin_payment_id._ask_after_payment()
            elif move.is_purchase_document(include_receipts=True):
                move._ask_after_payment(partial.amount)
