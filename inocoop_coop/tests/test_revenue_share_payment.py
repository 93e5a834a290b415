from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .sharing import SharingCommon

DAY = date(2026, 1, 14)
UNDECIDED = r"can't be confirmed yet\. Above .*50.*“Finance committee” decides"
IBAN = 'FR7630006000011234567890189'


@tagged('post_install', '-at_install')
class TestRevenueSharePayment(SharingCommon):
    """What the group adopted is paid as it was adopted, without being decided twice; anything else is decided as ever."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['coop.decision.rule'].create({
            'name': "Large payments", 'document': 'account.payment', 'program_id': cls.program.id, 'amount': 50,
            'template_id': cls.finance.template_id.id, 'method_id': cls.simple.id})
        # Sits in the finance committee, keeps the books with the treasurer, and is not the treasurer.
        cls._seat(cls.finance, cls.memberships[5])
        cls.bookkeeper = cls.members[5]
        cls.share = cls._posted_share()
        cls.account = cls.env['res.partner.bank'].create({'acc_number': IBAN, 'partner_id': cls.lea.partner_id.id})
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _dialog(self, user, **values):
        action = self.share.with_user(user).action_pay()
        return self.env[action['res_model']].with_user(user).with_context(**action['context']).create({
            'payment_date': DAY, **values})

    def _payment(self, amount=282.5, membership=None, user=None, **values):
        """A draft payment of the share, made by hand."""
        return self.env['account.payment'].create({
            'payment_type': 'outbound', 'partner_type': 'supplier', 'cohort_id': self.autumn.id, 'amount': amount,
            'partner_id': (membership or self.lea).partner_id.id, 'partner_bank_id': False,
            'invoice_ids': [Command.set(self.share.sudo().move_id.ids)], **values}).with_user(user or self.accountant)

    # ------------------------------------------------------------
    # Who pays
    # ------------------------------------------------------------

    def test_the_accountant_and_the_treasurer_pay_what_was_adopted(self):
        for user in (self.accountant, self.treasurer):
            with self.subTest(user=user.login):
                dialog = self._dialog(user)
                self.assertFalse(dialog.gate_text, "The dialog asks for no decision.")
                payments = dialog._create_payments()
                self.assertEqual(sorted(payments.mapped('amount')), [94.17, 188.33, 282.5])
                self.assertEqual(set(payments.mapped('gate_state')), {'covered'})
                self.assertIn("It pays a member's share as it was adopted", payments[0].gate_text)
                self.assertEqual(payments.cohort_id, self.autumn)
                self.assertEqual(payments.sudo().partner_bank_id, self.account, "The member's, whoever pays")
                self.share.invalidate_recordset()
                self.assertEqual(self.share.payment_state, 'paid')
                line = self.share.sudo().chosen_line_ids.filtered(lambda line: line.membership_id == self.lea)
                line.invalidate_recordset()
                self.assertEqual(line.with_user(self.lea.user_id).date_paid, DAY)
                # For the next one.
                payments.sudo().action_draft()
                payments.sudo().action_cancel()

    def test_the_dialog_opens_for_them(self):
        for user in (self.accountant, self.treasurer):
            context = self.share.with_user(user).action_pay()['context']
            with Form(self.env['account.payment.register'].with_user(user).with_context(**context)) as form:
                self.assertEqual(form.payment_type, 'outbound')

    def test_nobody_else_pays(self):
        with self.assertRefused(AccessError, "The treasurer or the accountant pays the members: ask them"):
            self.share.with_user(self.bookkeeper).action_pay()
        for user in (self.lea.user_id, self.members[8], self.psychologist, self.chloe.user_id, self.other_facilitator):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.share.with_user(user).action_pay()
        lines = self.share.sudo()._get_payable_lines()
        with self.assertRaises(AccessError):
            self.env['account.payment.register'].with_user(self.bookkeeper).with_context(
                active_model='account.move.line', active_ids=lines.ids).create({})._create_payments()

    def test_who_is_treasurer_no_more_pays_no_more(self):
        self.finance.mandate_ids.filtered(lambda mandate: mandate.role == 'treasurer').action_end()
        with self.assertRaises(AccessError):
            self.share.with_user(self.treasurer).action_pay()
        self._give_groups(self.treasurer, 'account.group_account_invoice')
        with self.assertRefused(AccessError, "The treasurer or the accountant pays the members"):
            self.share.with_user(self.treasurer).action_pay()
        self.assertFalse(self.env['account.move'].with_user(self.treasurer).search([('coop_share_id', '=', self.share.id)]))

    def test_the_entry_still_says_what_was_decided(self):
        """The treasurer matches it with payments, and changes nothing in it."""
        move = self.share.sudo().move_id.with_user(self.treasurer)
        line = move.line_ids.filtered(lambda line: line.partner_id == self.lea.partner_id)
        changes = ({'partner_id': self.treasurer.partner_id.id}, {'credit': 500}, {'balance': -500},
                   {'coop_share_line_id': False}, {'account_id': self.accounts['host_account_id'].id})
        for values in changes:
            with self.subTest(values=values), self.assertRefused(UserError, "the group decided on it. Cancel it with a reversal"):
                line.write(values)
        for state in ('draft', 'cancel'):
            with self.assertRefused(UserError, "the group decided on it. Cancel it with a reversal"):
                move.write({'state': state})

    # ------------------------------------------------------------
    # What was not decided
    # ------------------------------------------------------------

    def test_another_amount_or_person_is_decided_as_any_payment(self):
        other = self.env['res.partner.bank'].create({'acc_number': 'FR7612345', 'partner_id': self.yanis.partner_id.id})
        payments = {
            'more': {'amount': 282.51},
            'less': {'amount': 200},
            'another member': {'membership': self.yanis},
            'a member who gets nothing': {'membership': self.memberships[7]},
            'another account': {'partner_bank_id': other.id},
            'nothing of the share': {'invoice_ids': False},
            'a bill beside it': {'invoice_ids': [Command.set(
                (self.share.sudo().move_id + self._book('in_invoice', 1, DAY)).ids)]},
        }
        for what, values in payments.items():
            payment = self._payment(**values)
            with self.subTest(what=what):
                self.assertEqual(payment.gate_state, 'needed')
                with self.assertRefused(UserError, UNDECIDED):
                    payment.action_post()

    def test_what_is_as_adopted_is_paid_by_hand_too(self):
        for values in ({}, {'partner_bank_id': self.account.id}, {'membership': self.yanis, 'amount': 94.17}):
            payment = self._payment(**values)
            if values:
                payment.action_post()
                self.assertEqual(payment.state, 'in_process')
            self.assertEqual(payment.gate_state, 'covered')

    def test_nobody_is_paid_twice(self):
        first, second = self._payment(), self._payment()
        with self.assertRefused(UserError, UNDECIDED):
            (first + second).action_post()
        self.assertEqual((first.state, second.state), ('draft', 'draft'))
        first.action_post()
        with self.assertRefused(UserError, UNDECIDED):
            second.action_post()
        # What was paid by the bank statement alone is paid too.
        yanis = self.share.sudo()._get_payable_lines().filtered(lambda line: line.partner_id == self.yanis.partner_id)
        line = self.env['account.bank.statement.line'].create({
            'journal_id': first.journal_id.id, 'date': DAY, 'payment_ref': "Transfer", 'amount': -94.17})
        item = line._seek_for_lines()[1]
        item.write({'account_id': yanis.account_id.id, 'partner_id': yanis.partner_id.id})
        (item + yanis).reconcile()
        with self.assertRefused(UserError, UNDECIDED):
            self._payment(94.17, self.yanis).action_post()

    def test_the_dialog_asks_when_the_amount_is_another(self):
        lea = self.share.sudo()._get_payable_lines().filtered(lambda line: line.partner_id == self.lea.partner_id)
        dialog = self.env['account.payment.register'].with_user(self.accountant).with_context(
            active_model='account.move.line', active_ids=lea.ids).create({'payment_date': DAY})
        self.assertFalse(dialog.gate_text)
        dialog.amount = 300
        self.assertIn("“Finance committee” decides", dialog.gate_text)
        with self.assertRefused(UserError, UNDECIDED):
            dialog._create_payments()

    def test_a_payment_is_not_changed_after_it_was_confirmed(self):
        payment = self._payment()
        payment.action_post()
        for values in ({'amount': 300}, {'partner_id': self.yanis.partner_id.id}):
            with self.assertRaises(UserError):
                payment.sudo().write(values)
                self.env.flush_all()

    def test_a_share_that_was_reversed_pays_nobody(self):
        payment = self._payment()
        self.share.action_reverse()
        payment.invalidate_recordset()
        with self.assertRefused(UserError, UNDECIDED):
            payment.action_post()

    def test_a_part_that_was_decided_leaves_the_rest_to_be_paid(self):
        part = self._payment(200, user=self.treasurer)
        decision = self.env['coop.decision'].with_user(self.treasurer).browse(part.action_propose_decision()['res_id'])
        decision.action_open_vote()
        for user in decision.sudo().elector_ids.partner_id.user_ids:
            decision.with_user(user).cast_vote('yes')
        part.action_post()
        self.assertEqual(self._payment(82.5).gate_state, 'covered')
        self.assertEqual(self._payment(282.5).gate_state, 'needed')

    # ------------------------------------------------------------
    # Bank details
    # ------------------------------------------------------------

    def test_where_a_member_is_paid_is_known_to_who_needs_it(self):
        for user in (self.lea.user_id, self.facilitator, self.accountant):
            self.assertEqual(self.account.with_user(user).sanitized_acc_number, IBAN, user.login)
        for user in (self.treasurer, self.bookkeeper, self.yanis.user_id, self.psychologist, self.chloe.user_id,
                     self.other_facilitator):
            with self.subTest(user=user.login):
                self.assertFalse(self.env['res.partner.bank'].with_user(user).search([('id', '=', self.account.id)]))
                with self.assertRaises(AccessError):
                    self.account.with_user(user).read(['acc_number'])

    def test_a_payment_does_not_tell_the_number_of_its_account(self):
        payment = self._payment(partner_bank_id=self.account.id)
        payment.action_post()
        self.env.flush_all()
        self.env.invalidate_all()
        seen = payment.with_user(self.treasurer)
        for name in (seen.read(['partner_bank_id'])[0]['partner_bank_id'][1],
                     seen.web_read({'partner_bank_id': {'fields': {'display_name': {}}}})[0]['partner_bank_id']['display_name']):
            self.assertTrue(name.endswith("189"), name)
            self.assertNotIn("3000", name)
        with self.assertRaises(AccessError):
            seen.web_read({'partner_bank_id': {'fields': {'acc_number': {}}}})

    def test_a_proposal_does_not_tell_the_number_either(self):
        payment = self._payment(300, partner_bank_id=self.account.id, user=self.treasurer)
        decision = self.env['coop.decision'].browse(payment.action_propose_decision()['res_id'])
        self.assertIn("account ending in 0189", decision.proposal)
        self.assertNotIn(IBAN, decision.proposal)

    def test_the_discussion_on_a_members_contact_does_not_tell_it(self):
        self.account.acc_number = 'FR1420041010050500013M02606'
        self.account.unlink()
        messages = self.lea.partner_id.message_ids
        told = "".join(messages.mapped('body')) + str(messages.sudo().tracking_value_ids.mapped('old_value_char'))
        self.assertIn("A bank account was changed.", told)
        for number in (IBAN, 'FR1420041010050500013M02606'):
            self.assertNotIn(number, told)
