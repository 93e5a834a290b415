from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .sharing import SharingCommon


@tagged('post_install', '-at_install')
class TestRevenueShareGuards(SharingCommon):
    """What the group decided on stays as it was booked, and is cancelled as a whole or not at all."""

    def _reverse(self, move, **values):
        """The accountant's own reversal, as the standard dialog makes it; with a later day it is a draft."""
        wizard = self.env['account.move.reversal'].with_user(self.accountant).with_context(
            active_model='account.move', active_ids=move.ids).create({'journal_id': move.journal_id.id, **values})
        wizard.refund_moves()
        return move.reversal_move_ids

    # ------------------------------------------------------------
    # The entry
    # ------------------------------------------------------------

    def test_the_entry_does_not_leave_the_books(self):
        move = self._posted_share().sudo().move_id.with_user(self.accountant)
        for leave in (
                move.button_draft, lambda: move.write({'state': 'draft'}), lambda: move.write({'state': 'cancel'}),
                move.button_cancel):
            with self.assertRefused(UserError, "the group decided on it. Cancel it with a reversal"):
                leave()
        self.assertEqual(move.state, 'posted')

    def test_nor_does_its_reversal(self):
        share = self._posted_share()
        share.action_reverse()
        reversal = share.sudo().move_id.reversal_move_ids.with_user(self.accountant)
        with self.assertRefused(UserError, "the group decided on it"):
            reversal.button_draft()

    def test_its_lines_stay_as_they_are(self):
        share = self._posted_share()
        lines = share.sudo().move_id.line_ids.with_user(self.accountant)
        host = lines.filtered(lambda line: line.account_id == self.accounts['host_account_id'])
        lea = lines.filtered(lambda line: line.partner_id == self.lea.partner_id)
        for line, values in (
                (host, {'coop_share_line_id': share.sudo().chosen_line_ids[0].id}), (lea, {'coop_share_line_id': False}),
                (lea, {'partner_id': self.yanis.partner_id.id}), (lea, {'credit': 1})):
            with self.subTest(values=values), self.assertRaises((AccessError, UserError)):
                line.write(values)

    def test_a_share_that_is_booked_keeps_its_name_and_day(self):
        share = self._posted_share()
        with self.assertRefused(UserError, "is no draft any more"):
            share.name = "Other name"
        with self.assertRefused(UserError, "its date stays as it is in the books"):
            share.date = date(2020, 1, 1)

    def test_an_entry_is_not_marked_as_a_share_by_hand(self):
        share = self._posted_share()
        bill = self._book('in_invoice', 40, date(2026, 1, 5), post=False)
        moves = self.env['account.move'].with_user(self.accountant)
        with self.assertRefused(AccessError, "by booking the share, and in no other way"):
            bill.with_user(self.accountant).coop_share_id = share.id
        with self.assertRefused(AccessError, "by booking the share, and in no other way"):
            moves.create({'move_type': 'entry', 'coop_share_id': share.id})
        with self.assertRefused(AccessError, "by booking the share, and in no other way"):
            bill.invoice_line_ids.with_user(self.accountant).coop_share_line_id = share.sudo().chosen_line_ids[0].id

    def test_nor_by_what_a_context_proposes(self):
        share = self._posted_share()
        move = self.env['account.move'].with_user(self.accountant).with_context(
            default_coop_share_id=share.id, default_coop_share_line_id=share.sudo().chosen_line_ids[0].id).create({
                'move_type': 'in_invoice', 'partner_id': self.shop.id, 'invoice_date': date(2026, 1, 5)})
        self.assertFalse(move.coop_share_id or move.line_ids.coop_share_line_id)

    # ------------------------------------------------------------
    # The reversal
    # ------------------------------------------------------------

    def test_a_reversal_of_a_part_frees_nothing(self):
        share = self._posted_share()
        reversal = self._reverse(share.sudo().move_id, date=date(2026, 3, 1))
        self.assertEqual((reversal.state, share.state), ('draft', 'posted'))
        reversal.line_ids.with_context(check_move_validity=False).filtered(
            lambda line: line.partner_id == self.lea.partner_id).unlink()
        reversal.line_ids.filtered('credit').credit = sum(reversal.line_ids.mapped('debit'))
        reversal.date = date(2026, 1, 14)
        with self.assertRefused(UserError, "is cancelled as a whole"):
            reversal.action_post()
        self.assertEqual(share.state, 'posted')

    def test_a_reversal_made_by_hand_frees_nothing(self):
        share = self._posted_share()
        accounts = list(self.accounts.values())
        reversal = self.env['account.move'].with_user(self.accountant).create({
            'move_type': 'entry', 'reversed_entry_id': share.sudo().move_id.id, 'coop_share_id': share.id,
            'line_ids': [
                Command.create({'account_id': accounts[0].id, 'debit': 1}),
                Command.create({'account_id': accounts[1].id, 'credit': 1})]})
        with self.assertRefused(UserError, "is cancelled as a whole"):
            reversal.action_post()
        self.assertEqual(share.state, 'posted')

    def test_once_a_member_was_paid_the_accountant_cancels_the_payment_first(self):
        share = self._posted_share()
        action = share.with_user(self.accountant).action_pay()
        self.env['account.payment.register'].with_user(self.accountant).with_context(**action['context']).create({
            'payment_date': date(2026, 1, 14), 'group_payment': False})._create_payments()
        for reverse in (share.with_user(self.accountant).action_reverse, lambda: self._reverse(share.sudo().move_id)):
            with self.assertRefused(UserError, "were paid already: .*Cancel their payments first"):
                reverse()
        self.assertEqual((share.state, share.payment_state), ('posted', 'paid'))

    def test_who_was_to_be_paid_before_a_reversal_was_not_paid_by_it(self):
        share = self._posted_share()
        share.action_reverse()
        self.env.invalidate_all()
        self.assertFalse(any(share.sudo().chosen_line_ids.mapped('date_paid')))
        self.assertFalse(share.payment_state)


@tagged('post_install', '-at_install')
class TestRevenueShareConfidence(SharingCommon):
    """A share counts everyone's hours, and tells nobody what those of another were."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.follow_up = cls.env['coop.hour.kind'].search([('code', '=', 'follow_up')])
        task = cls.env['project.task'].create({'name': "Week", 'project_id': cls.autumn.project_id.id})
        cls._work(task, cls.yanis, 2, cls.follow_up)
        cls.share = cls._share()

    def _line(self, user, membership):
        return self.env['coop.revenue.share.line'].with_user(user).search([
            ('share_id', '=', self.share.id), ('membership_id', '=', membership.id)], limit=1)

    def test_hours_by_kind_are_the_persons_own_and_their_facilitators(self):
        own = dict(self._line(self.yanis.user_id, self.yanis)._get_hours_by_kind())
        self.assertEqual(own, {self.work.name: 600, self.follow_up.name: 120})
        self.assertEqual(dict(self._line(self.facilitator, self.yanis)._get_hours_by_kind()), own)
        for user in (self.lea.user_id, self.treasurer, self.accountant, self.manager):
            with self.subTest(user=user.login):
                line = self._line(user, self.yanis)
                self.assertEqual((line.minutes, line._get_hours_by_kind()), (720, []))
                with self.assertRaises(AccessError):
                    line.read(['details'])
                with self.assertRaises(AccessError):
                    line.search([('details', '!=', False)])

    def test_after_the_decision_a_key_shows_each_their_own_range(self):
        self._propose_share(self.share)
        self.env.invalidate_all()
        key = self.share.key_id
        [row] = key.with_user(self.members[8]).read(['lowest', 'highest'])
        highest = row['highest']
        self.assertGreater(highest, row['lowest'])
        self._decide_share(self.share)
        for user, amount in ((self.members[8], 0), (self.lea.user_id, highest)):
            self.env.invalidate_all()
            [row] = key.with_user(user).read(['lowest', 'highest'])
            self.assertEqual((row['lowest'], row['highest']), (amount, amount))
            for records in (key, self.share):
                with self.assertRaises(AccessError):
                    records.with_user(user).read(['line_ids'])

    def test_a_member_opens_the_page_of_the_share_after_the_decision(self):
        self._propose_share(self.share)
        self._decide_share(self.share)
        self.env.invalidate_all()
        lines = self.share.with_user(self.lea.user_id).web_read({
            'name': {}, 'chosen_line_ids': {'fields': {'amount': {}, 'membership_id': {'fields': {'display_name': {}}}}}})
        self.assertEqual(len(lines[0]['chosen_line_ids']), 1)
