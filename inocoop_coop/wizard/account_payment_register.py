from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class AccountPaymentRegister(models.TransientModel):
    """Paying invoices and bills: what a body decides on is prepared and proposed, and paid after that."""
    _inherit = 'account.payment.register'

    gate_text = fields.Html("What Has to Be Decided", compute='_compute_gate_text', export_string_translation=False)

    @api.depends('amount', 'currency_id', 'payment_date', 'payment_type', 'partner_bank_id', 'group_payment', 'line_ids')
    @api.depends_context('lang')
    def _compute_gate_text(self):
        for wizard in self:
            wizard.gate_text = Markup().join(
                Markup("<p class='mb-1'>%s</p>") % sentence for sentence in wizard._get_gate_sentences()) or False

    def _get_gate_sentences(self):
        """The rules that these payments would come under and that nothing covers, each once."""
        payments = self.env['account.payment']
        if not payments._has_gates() or not self.line_ids:
            return []
        sentences = {}
        for values in self._imagine_payments():
            payment = payments.new(values)
            for requirement in payment._get_missing():
                sentences[requirement.describe()] = True
        return list(sentences)

    def _imagine_payments(self):
        """The payments that would be made now, before they are."""
        self.ensure_one()
        batches = [batch for batch in self.batches if batch['lines']]
        common = {
            'payment_type': self.payment_type, 'company_id': self.company_id.id, 'date': self.payment_date}
        if self.can_edit_wizard and (len(batches[0]['lines']) == 1 or self.group_payment):
            return [{
                **common, 'partner_id': self.partner_id.id, 'amount': self.amount, 'currency_id': self.currency_id.id,
                **self._prepare_cohort_vals(batches[0])}]
        imagined = []
        for batch in batches:
            moves = [batch['lines']] if self.group_payment else [
                batch['lines'].filtered(lambda line, move=move: line.move_id == move) for move in batch['lines'].move_id]
            imagined += [{
                **common, 'payment_type': batch['payment_values']['payment_type'], 'partner_id': lines.partner_id[:1].id,
                'amount': abs(sum(lines.mapped('amount_residual_currency'))), 'currency_id': lines.currency_id[:1].id,
                **self._prepare_cohort_vals({'lines': lines})} for lines in moves]
        return imagined

    # ------------------------------------------------------------
    # Payments
    # ------------------------------------------------------------

    def _create_payment_vals_from_wizard(self, batch_result):
        vals = super()._create_payment_vals_from_wizard(batch_result)
        self._place_write_off(vals, batch_result)
        return {**self._without_hidden_account(vals), **self._prepare_cohort_vals(batch_result)}

    def _create_payment_vals_from_batch(self, batch_result):
        vals = super()._create_payment_vals_from_batch(batch_result)
        self._place_write_off(vals, batch_result)
        return {**self._without_hidden_account(vals), **self._prepare_cohort_vals(batch_result)}

    def _without_hidden_account(self, vals):
        """A member's bank account is not for the treasurer to see: the payment finds it by itself."""
        account = self.env['res.partner.bank'].browse(vals.get('partner_bank_id') or ())
        return vals if account._filtered_access('read') == account else {
            name: value for name, value in vals.items() if name != 'partner_bank_id'}

    def _place_write_off(self, vals, batch_result):
        """What is written off, or granted for paying early, is for the cohorts of what is paid."""
        # sudo: the distribution of the bills, whoever pays them, and the kind of an account.
        lines = batch_result['lines'].move_id.sudo().line_ids.filtered(lambda line: line.display_type == 'product')
        accounts = self.env['account.account'].sudo()
        distribution = self._add_up_distributions(lines)
        for line in vals.get('write_off_line_vals') or ():
            account = accounts.browse(line.get('account_id'))
            if not line.get('analytic_distribution') and account.internal_group in ('income', 'expense'):
                line['analytic_distribution'] = distribution

    def _add_up_distributions(self, lines):
        """How these lines are distributed together: each counts by its amount, and 100 % stay 100 %."""
        weights, total = {}, sum(abs(line.balance) for line in lines)
        for line in lines:
            for key, percentage in (line.analytic_distribution or {}).items():
                weights[key] = weights.get(key, 0) + abs(line.balance) * percentage
        return {key: weight / total for key, weight in weights.items()} if total else False

    def _prepare_cohort_vals(self, batch_result):
        """A payment belongs to the cohort of what it pays; one for several cohorts belongs to none, and is bound by the
        rules of each."""
        # sudo: of which cohorts the bills are, whoever pays: each is asked.
        moves = batch_result['lines'].move_id.sudo()
        moves.invalidate_recordset(['cohort_ids'])
        vals = {'invoice_ids': [Command.set(moves.ids)]}
        return {**vals, 'cohort_id': moves.cohort_ids.id} if len(moves.cohort_ids) == 1 else vals

    # ------------------------------------------------------------
    # Preparing
    # ------------------------------------------------------------

    def action_prepare_and_propose(self):
        """Make the payments as drafts, and put those to their body that it decides on. The others are made at once.

        Once it is decided and confirmed, a prepared payment pays its bills as if it were made here then.

        :return: the action that opens the decision, or the payments
        :raise UserError: when nothing has to be decided, or a difference is to be written off
        """
        self.ensure_one()
        if not self._get_gate_sentences():
            raise UserError(self.env._("No body has to decide on this: create the payment."))
        payments = self.with_context(coop_prepare=True)._create_payments()
        prepared = payments.filtered('is_prepared')
        actions = [payment.action_propose_decision() for payment in prepared]
        return actions[0] if len(actions) == 1 else payments._get_records_action()

    def _init_payments(self, to_process, edit_mode=False):
        if not self.env.context.get('coop_prepare'):
            return super()._init_payments(to_process, edit_mode)
        for process in to_process:
            values = process['create_vals']
            if values.pop('write_off_line_vals', None) or values.pop('force_balance', None) or process.get('rate'):
                raise UserError(self.env._(
                    "A payment that is decided on first can't write off a difference: choose to keep it open, or pay all of it."))
        payments = super()._init_payments(to_process, edit_mode)
        payments.filtered(lambda payment: not payment._is_gate_open()).is_prepared = True
        return payments

    def _post_payments(self, to_process, edit_mode=False):
        return super()._post_payments(self._without_prepared(to_process), edit_mode)

    def _reconcile_payments(self, to_process, edit_mode=False):
        return super()._reconcile_payments(self._without_prepared(to_process), edit_mode)

    def _without_prepared(self, to_process):
        return [process for process in to_process if not process['payment'].is_prepared]
