from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .sharing import SharingCommon


@tagged('post_install', '-at_install')
class TestRevenueSharePosting(SharingCommon):
    """One balanced entry says what is owed to the host, the reserve and each member."""

    def test_the_entry_is_balanced_and_owes_each_member_their_share(self):
        share = self._posted_share()
        lines = share.sudo().move_id.line_ids
        self.assertEqual((share.state, share.sudo().move_id.state), ('posted', 'posted'))
        self.assertAlmostEqual(sum(lines.mapped('balance')), 0)
        owed = lines.filtered(lambda line: line.account_id == self.accounts['share_payable_account_id'])
        self.assertEqual(
            {line.partner_id: line.credit for line in owed},
            {self.lea.partner_id: 282.5, self.yanis.partner_id: 94.17, self.sofia.partner_id: 188.33})
        by_account = {line.account_id: line.balance for line in lines - owed}
        self.assertEqual(by_account, {
            self.accounts['share_account_id']: 700, self.accounts['host_account_id']: -100,
            self.accounts['reserve_account_id']: -35})

    def test_the_result_of_the_cohort_stays_what_it_was(self):
        result = self.env['coop.result.line']
        period = (self.autumn, date(2025, 10, 1), date(2026, 3, 31), 'invoiced')
        before = result._get_totals(*period)
        share = self._posted_share()
        self.env.flush_all()
        self.assertEqual(result._get_totals(*period), before)
        share.action_reverse()
        self.env.flush_all()
        self.assertEqual(result._get_totals(*period), before)

    def test_it_is_posted_once(self):
        share = self._posted_share()
        with self.assertRefused(UserError, "is posted already"):
            share.action_post()
        self.assertEqual(self.env['account.move'].search_count([('coop_share_id', '=', share.id)]), 1)

    def test_nothing_is_booked_that_the_group_did_not_adopt(self):
        share = self._share()
        with self.assertRefused(UserError, "was not adopted: the group votes on it first"):
            share.action_post()
        self._key(share, "By the hours").action_choose()
        share.action_propose()
        with self.assertRefused(UserError, "was not adopted"):
            share.action_post()

    def test_the_guard_stands_behind_the_button(self):
        share = self._propose_share()
        with self.assertRefused(UserError, "can't be confirmed yet"):
            self._sealed(share).write({'state': 'posted'})

    def test_a_new_draft_in_the_period_stops_the_posting(self):
        share = self._adopted_share()
        self._book('in_invoice', 50, date(2025, 12, 1), post=False)
        with self.assertRefused(UserError, "Drafts of the period that are to be posted or deleted first"):
            share.action_post()

    def test_what_is_booked_is_what_the_books_say_that_day(self):
        share = self._adopted_share()
        self._book('in_invoice', 500, date(2025, 12, 1))
        with self.assertRefused(UserError, "have changed since the group decided on .*: set it back to draft"):
            share.action_post()
        self.assertEqual(share.state, 'adopted')

    def test_missing_accounts_are_named(self):
        share = self._adopted_share()
        self.program.write({'share_journal_id': False, 'reserve_account_id': False})
        with self.assertRefused(UserError, "where shares of .* are booked: Journal of Shares, Reserve of the Cooperative"):
            share.action_post()
        self.assertEqual(share.state, 'adopted')

    def test_a_member_without_an_account_has_the_programmes(self):
        share = self._adopted_share()
        self.lea.partner_id.property_account_payable_id = False
        share.action_post()
        self.assertEqual(len(share.sudo().move_id.line_ids.filtered('coop_share_line_id')), 3)

    def test_a_member_whom_nothing_can_be_owed_to_is_named(self):
        share = self._adopted_share()
        self.program.share_payable_account_id = False
        self.env['ir.default'].search([('field_id.name', '=', 'property_account_payable_id')]).unlink()
        self.lea.partner_id.property_account_payable_id = False
        with self.assertRefused(UserError, "No account says what is owed to .*Léa Martin"):
            share.action_post()

    def test_in_a_locked_period_it_is_booked_on_an_open_day(self):
        share = self._adopted_share(date=date(2025, 12, 31))
        self.env.company.hard_lock_date = date(2025, 12, 31)
        share.action_post()
        self.assertEqual(share.state, 'posted')
        self.assertGreater(share.sudo().move_id.date, date(2025, 12, 31))

    def test_what_a_limit_leaves_over_is_booked_in_the_reserve(self):
        share = self._share()
        self._key(share, "By the hours").cap = 100
        share.action_compute()
        self._propose_share(share)
        self._decide_share(share)
        share.action_post()
        reserve = share.sudo().move_id.line_ids.filtered(lambda line: line.account_id == self.accounts['reserve_account_id'])
        self.assertEqual(reserve.credit, 35 + 265)

    def test_who_keeps_no_books_books_no_share(self):
        share = self._adopted_share()
        with self.assertRaises(AccessError):
            share.with_user(self.members[7]).action_post()

    # ------------------------------------------------------------
    # Reversal
    # ------------------------------------------------------------

    def test_it_is_cancelled_by_a_reversal_and_the_period_is_free_again(self):
        share = self._posted_share()
        share.action_reverse()
        moves = self.env['account.move'].search([('coop_share_id', '=', share.id)])
        self.assertEqual((share.state, len(moves), set(moves.mapped('state'))), ('reversed', 2, {'posted'}))
        self.assertAlmostEqual(sum(moves.line_ids.filtered('partner_id').mapped('balance')), 0)
        self.assertEqual(self._propose_share().state, 'proposed')

    def test_the_accountants_own_reversal_counts_as_well(self):
        share = self._posted_share()
        move = share.sudo().move_id
        wizard = self.env['account.move.reversal'].with_user(self.accountant).with_context(
            active_model='account.move', active_ids=move.ids).create({'journal_id': move.journal_id.id})
        wizard.refund_moves()
        self.assertEqual(move.reversal_move_ids.state, 'posted')
        self.assertEqual(share.state, 'reversed')

    # ------------------------------------------------------------
    # Payment
    # ------------------------------------------------------------

    def test_members_are_paid_with_standard_payments(self):
        share = self._posted_share()
        self.assertEqual(share.payment_state, 'unpaid')
        action = share.with_user(self.accountant).action_pay()
        wizard = self.env['account.payment.register'].with_user(self.accountant).with_context(**action['context']).create({
            'payment_date': date(2026, 1, 14), 'group_payment': False})
        payments = wizard._create_payments()
        self.assertEqual(sorted(payments.mapped('amount')), [94.17, 188.33, 282.5])
        self.assertEqual(payments.partner_id, (self.lea + self.yanis + self.sofia).partner_id)
        share.invalidate_recordset()
        lea = share.sudo().chosen_line_ids.filtered(lambda line: line.membership_id == self.lea)
        self.assertEqual((share.payment_state, lea.date_paid), ('paid', date(2026, 1, 14)))
        with self.assertRefused(UserError, "has nothing to be paid"):
            share.with_user(self.accountant).action_pay()
        with self.assertRefused(UserError, "were paid already: .*Léa Martin.*Cancel their payments first"):
            share.with_user(self.accountant).action_reverse()

    def test_the_form_opens_for_who_makes_it(self):
        with Form(self.env['coop.revenue.share'].with_user(self.treasurer)) as form:
            self.assertEqual(form.cohort_id, self.autumn)
            self.assertEqual(form.date_from, date(2025, 10, 1))
