from odoo import models


class AccountPaymentRegister(models.TransientModel):
    _inherit = 'account.payment.register'

    def _create_payment_vals_from_wizard(self, batch_result):
        vals = super()._create_payment_vals_from_wizard(batch_result)
        return {**vals, **self._prepare_cohort_vals(batch_result)}

    def _create_payment_vals_from_batch(self, batch_result):
        vals = super()._create_payment_vals_from_batch(batch_result)
        return {**vals, **self._prepare_cohort_vals(batch_result)}

    def _prepare_cohort_vals(self, batch_result):
        """A payment belongs to the cohort of what it pays; one for several cohorts belongs to none."""
        cohorts = batch_result['lines'].move_id.cohort_ids
        return {'cohort_id': cohorts.id} if len(cohorts) == 1 else {}
