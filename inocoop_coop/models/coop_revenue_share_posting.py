from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..tools import clock, guard


class CoopRevenueShare(models.Model):
    """The entry of a share, its payment and its reversal."""
    _inherit = 'coop.revenue.share'

    # ------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------

    def action_post(self):
        """Book what was adopted: one balanced entry with a payable line for each member.

        :return: the action that opens the entry
        :raise UserError: when it was not adopted, was posted already, or accounts are missing
        :raise AccessError: for who keeps no books
        """
        self.ensure_one()
        self._check_bookkeeper()
        # Who posts at the same moment waits here, then finds it posted.
        self.env.cr.execute("SELECT state FROM coop_revenue_share WHERE id = %s FOR NO KEY UPDATE", [self.id])
        self._lock_period()
        self.invalidate_recordset(['state', 'move_id'])
        if self.state == 'posted':
            raise UserError(self.env._("“%s” is posted already.", self.name))
        if self.state != 'adopted':
            raise UserError(self.env._("“%s” was not adopted: the group votes on it first.", self.name))
        self._check_can_be_shared()
        self._check_is_up_to_date()
        # sudo: the entry that was decided on, in a journal that the treasurer does not keep otherwise; its amounts, accounts
        # and partners are those of the share.
        everything = self.sudo()
        move = guard.sealed(everything.env['account.move']).create(everything._prepare_move()).with_env(everything.env)
        guard.sealed(everything).move_id = move
        move.action_post()
        lines = guard.sealed(everything.chosen_line_ids)
        for line in lines:
            line.move_line_id = move.line_ids.filtered(lambda item, line=line: item.coop_share_line_id == line)
        guard.sealed(everything).state = 'posted'
        return self._get_records_action()

    def _check_bookkeeper(self):
        """Shares are booked by who keeps books: the treasurer, the accountant, or who is in charge of the programme."""
        self.check_access('write')
        if not self.env.user.has_groups('account.group_account_invoice,inocoop_coop.group_facilitator'):
            raise AccessError(self.env._("The treasurer or the accountant books a share: ask them to do it."))

    def _prepare_move(self):
        """The entry: what is shared is taken from the result, and owed to the host, the reserve, the contributions and the
        members. Every line is a whole number of cents, and both sides are equal by construction."""
        self.ensure_one()
        accounts = self._get_accounts()
        unshared = self.key_id.unshared
        credits = [
            (accounts['host_account_id'], self.env._("Host's share"), self.host_amount, False),
            (accounts['reserve_account_id'], self.env._("Reserve"), self.reserve_amount + unshared, False),
            (accounts['contribution_account_id'], self.env._("Social contributions"), self.contribution_amount, False),
        ]
        credits += [
            (accounts['share_payable_account_id'] or line.membership_id.partner_id.property_account_payable_id,
             self.env._("Share of %s", line.membership_id.name), line.amount, line)
            for line in self.chosen_line_ids]
        credits = [credit for credit in credits if not self.currency_id.is_zero(credit[2])]
        total = sum(self._to_cents(amount) for _account, _label, amount, _line in credits)
        return {
            'move_type': 'entry',
            'journal_id': accounts['share_journal_id'].id,
            'company_id': self.company_id.id,
            'date': self.date or clock.today(self),
            'ref': self.name,
            'coop_share_id': self.id,
            'line_ids': [
                Command.create({
                    'account_id': accounts['share_account_id'].id, 'name': self.name, 'debit': self._to_amount(total),
                    'credit': 0, 'tax_ids': False, 'analytic_distribution': {str(self.cohort_id.analytic_account_id.id): 100}}),
                *(Command.create({
                    'account_id': account.id, 'name': label, 'debit': 0, 'credit': amount, 'tax_ids': False,
                    'partner_id': line.membership_id.partner_id.id if line else False,
                    'coop_share_line_id': line.id if line else False,
                    'analytic_distribution': False,
                }) for account, label, amount, line in credits)],
        }

    def _get_accounts(self):
        """The programme's accounts and journal in the company of the share.

        :raise UserError: which ones are missing, and where they are set
        """
        program = self.cohort_id.program_id.with_company(self.company_id)
        names = {
            'share_journal_id': True, 'share_account_id': True, 'share_payable_account_id': False,
            'host_account_id': self.host_amount, 'reserve_account_id': self.reserve_amount or self.key_id.unshared,
            'contribution_account_id': self.contribution_amount}
        missing = [
            program._fields[name]._description_string(self.env) for name, needed in names.items() if needed and not program[name]]
        if missing:
            raise UserError(self.env._(
                "Say first where shares of “%(program)s” are booked: %(missing)s. A programme manager and the accountant set "
                "them on the page of the programme.", program=program.name, missing=", ".join(missing)))
        lacking = self.chosen_line_ids.membership_id.filtered(
            lambda member: not (program.share_payable_account_id or member.partner_id.property_account_payable_id))
        if lacking:
            raise UserError(self.env._(
                "No account says what is owed to %s: set one on their contact, or on the programme.",
                ", ".join(lacking.mapped('name'))))
        return {name: program[name] for name in names}

    # ------------------------------------------------------------
    # Payment and reversal
    # ------------------------------------------------------------

    def _get_payable_lines(self):
        return self.move_id.line_ids.filtered('coop_share_line_id')

    def action_pay(self):
        """Pay the members with Odoo's own payments: each gets one.

        What the group adopted is paid without another decision: see ``account_payment_share.py``.

        :return: the action that opens Odoo's dialog on what is still owed
        :raise UserError: when nothing is to be paid
        :raise AccessError: for who neither keeps the host's books nor is the cohort's treasurer
        """
        self.ensure_one()
        self._check_bookkeeper()
        if self.state != 'posted':
            raise UserError(self.env._("“%s” is not booked: there is nothing to be paid yet.", self.name))
        # sudo: the lines of the entry that the user booked, or could have.
        lines = self.sudo()._get_payable_lines().filtered(lambda line: not line.reconciled)
        if not lines:
            raise UserError(self.env._("“%s” has nothing to be paid: everyone has their share.", self.name))
        if not (self.env['account.payment'].has_access('create') and lines.sudo(False).has_access('write')):
            raise AccessError(self.env._("The treasurer or the accountant pays the members: ask them to do it."))
        return {
            'type': 'ir.actions.act_window', 'res_model': 'account.payment.register', 'view_mode': 'form', 'target': 'new',
            'name': self.env._("Pay the Members"),
            'context': {'active_model': 'account.move.line', 'active_ids': lines.ids, 'default_group_payment': False},
        }

    def action_reverse(self):
        """Cancel what was booked by an entry of the opposite sign; both stay in the books.

        :return: the action that opens the reversal
        :raise UserError: when it is not posted, or members were paid
        """
        self.ensure_one()
        self._check_bookkeeper()
        if self.state != 'posted':
            raise UserError(self.env._("“%s” is not posted: there is nothing to reverse.", self.name))
        self._check_nobody_paid()
        # sudo: the entry of the share, whose reversal is all that is written.
        move = self.sudo().move_id
        move._reverse_moves([{'date': clock.today(self), 'ref': self.env._("Reversal of %s", self.name)}], cancel=True)
        return self._get_records_action()

    def _check_nobody_paid(self):
        # sudo: who was paid, for who cancels the share.
        paid = self.sudo()._get_payable_lines().filtered(lambda line: line.matched_debit_ids)
        if paid:
            raise UserError(self.env._(
                "These members were paid already: %s. Cancel their payments first.", ", ".join(paid.partner_id.mapped('name'))))

    def _on_reversed(self):
        """The books have the reversal, by our button or by the accountant's own."""
        shares = guard.sealed(self.filtered(lambda share: share.state == 'posted'))
        shares.state = 'reversed'
        for share in shares:
            share.message_post(body=self.env._(
                "The entry was reversed: nothing is shared any more, and the period is free again."))

    # ------------------------------------------------------------
    # Statements
    # ------------------------------------------------------------

    def action_print_statements(self):
        """The statements of all members that the caller may read, as one PDF."""
        self.ensure_one()
        self.check_access('read')
        lines = self.chosen_line_ids._filtered_access('read')
        if not lines:
            raise UserError(self.env._("There is no statement yet: compute the share and choose a key."))
        return self.env.ref('inocoop_coop.coop_revenue_share_statement').report_action(lines)
