from dataclasses import replace

from odoo import models


class AccountPayment(models.Model):
    """What the group decided to share is paid without being decided again: to the member, the amount that is owed, once.

    A payment of another amount, to somebody else or on somebody else's account needs its own decision as any other does.
    """
    _inherit = 'account.payment'

    def _get_requirements(self):
        required = super()._get_requirements()
        open_payments = self.browse().union(*(
            payment for payment, requirements in required.items()
            if any(requirement.state != 'covered' for requirement in requirements)))
        for payment, shares in open_payments._find_adopted_shares().items():
            required[payment] = [
                requirement if requirement.state == 'covered' or requirement.cohort != shares.cohort_id else
                replace(requirement, state='covered', decision=shares._get_adopted_decision(), changes=[])
                for requirement in required[payment]]
        return required

    def _find_adopted_shares(self):
        """The posted shares that these payments pay as they were adopted: ``{payment: shares}``."""
        # sudo: the entries of shares and what was paid of them, of which only whether a payment is decided comes out.
        payments = self.sudo()
        entries = {payment: payment.invoice_ids._origin for payment in payments if payment.payment_type == 'outbound'}
        entries = {
            payment: moves for payment, moves in entries.items()
            if moves and all(move.coop_share_id.move_id == move and move.coop_share_id.state == 'posted' for move in moves)}
        if not entries:
            return {}
        confirmed = payments.search([
            ('invoice_ids', 'in', payments.env['account.move'].union(*entries.values()).ids), ('payment_type', '=', 'outbound'),
            ('state', 'in', self._gate_states)])
        found = {}
        for payment, moves in entries.items():
            # Of two that are confirmed together, the second one finds the first.
            others = (confirmed - payment._origin).union(*found).filtered(
                lambda other, payment=payment, moves=moves: other.partner_id == payment.partner_id and (
                    other.invoice_ids._origin & moves))
            if payment._is_as_shared(moves.coop_share_id, others):
                found[payment] = moves.coop_share_id
        return found

    def _is_as_shared(self, shares, others):
        """Whether the payment gives the member what these shares still owe them.

        :param others: payments of the same to the same member, which are confirmed or will be before this one
        """
        self.ensure_one()
        lines = shares.chosen_line_ids.filtered(lambda line: line.membership_id.partner_id == self.partner_id)
        if not lines or len(shares.cohort_id) != 1 or self.currency_id != shares.currency_id or (
                self.partner_bank_id.partner_id not in (self.partner_id, self.env['res.partner'])):
            return False
        # What the bank statement, or a payment that names no share, paid already.
        known = others | self._origin
        partials = lines.move_line_id.matched_debit_ids.filtered(
            lambda partial: not partial.debit_move_id.move_id.origin_payment_id & known)
        owed = sum(lines.mapped('amount')) - sum(others.mapped('amount')) - sum(partials.mapped('amount'))
        return not self.currency_id.compare_amounts(self.amount, owed)

    def _generate_move_vals(self, *args, **kwargs):
        vals = super()._generate_move_vals(*args, **kwargs)
        # A member's account, which the payment finds by itself, is hidden from the treasurer who pays: its entry names none.
        if not self.partner_bank_id.sudo(False).has_access('read'):
            vals['partner_bank_id'] = False
        return vals

    def _check_gate(self, before=None):
        shares = self.sudo().invoice_ids.coop_share_id  # sudo: whether they pay a share
        if shares:
            # Two people who pay the same member at once: the second one sees what the first paid. See _lock_period.
            self.env.cr.execute(
                "UPDATE coop_revenue_share SET write_date = write_date WHERE id IN %s", [tuple(shares.ids)])
        return super()._check_gate(before)

    def _describe_requirement(self, requirement):
        decision = requirement.decision
        if requirement.state != 'covered' or decision.res_model != 'coop.revenue.share':
            return super()._describe_requirement(requirement)
        return [self.env._("It pays a member's share as it was adopted: “%s”.", decision.name)]
