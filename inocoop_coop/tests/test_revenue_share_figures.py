from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import clock
from .sharing import SharingCommon


@tagged('post_install', '-at_install')
class TestRevenueShareFigures(SharingCommon):
    """What a period earned comes from the books, what counts from the validated hours."""

    def test_the_steps_from_the_turnover_to_what_is_shared(self):
        share = self._share()
        self.assertEqual(
            (share.income, share.expense, share.result, share.host_amount, share.reserve_amount, share.contribution_amount),
            (1000, 300, 700, 100, 35, 0))
        self.assertEqual(share.amount_to_share, 565)

    def test_contributions_are_taken_of_what_is_left(self):
        self.program.contribution_rate = 20
        share = self._share()
        self.assertEqual((share.contribution_amount, share.amount_to_share), (113, 452))

    def test_only_posted_entries_of_the_cohort_and_the_period_count(self):
        self._book('out_invoice', 5000, date(2025, 11, 10), cohort=self.winter)
        self._book('out_invoice', 700, date(2025, 9, 30))
        self._book('out_invoice', 800, date(2026, 1, 1))
        self.assertEqual(self._share().income, 1000)

    def test_a_period_may_straddle_the_year_end(self):
        self._book('out_invoice', 800, date(2026, 1, 5))
        self.assertEqual(self._share(date_to=date(2026, 1, 31)).income, 1800)

    def test_what_is_collected_counts_when_it_is_paid(self):
        self.program.share_basis = 'collected'
        self.assertEqual(self._share().income, 0)
        invoice = self._book('out_invoice', 400, date(2025, 12, 1))
        self.env['account.payment.register'].with_context(active_model='account.move', active_ids=invoice.ids).create({
            'payment_date': date(2025, 12, 10), 'amount': 100})._create_payments()
        self.assertEqual(self._share().income, 100)

    def test_a_grant_is_shared_and_the_host_takes_nothing_of_it(self):
        grant = self._book('out_invoice', 2000, date(2025, 11, 12), post=False)
        grant.invoice_line_ids.account_id = self.env['account.account'].create({
            'name': "Grants", 'code': 'X7400', 'account_type': 'income_other'})
        grant.action_post()
        share = self._share()
        self.assertEqual((share.income, share.other_income, share.result, share.host_amount), (1000, 2000, 2700, 100))

    def test_what_is_booked_later_in_days_that_were_shared_is_in_the_next_share(self):
        first = self._posted_share()
        self._book('in_invoice', 60, date(2025, 12, 20))
        self._book('out_invoice', 500, date(2026, 1, 5))
        task = self.env['project.task'].create({'name': "Late", 'project_id': self.autumn.project_id.id})
        self._work(task, self.memberships[3], 5, self.work)
        second = self._share(date_from=date(2026, 1, 1), date_to=date(2026, 1, 31))
        self.assertEqual((second.income, second.expense, second.late_income, second.late_expense), (500, 60, 0, 60))
        hours = {line.membership_id: line.hours for line in second.sudo().line_ids if line.hours}
        self.assertEqual(hours, {self.memberships[3]: 5})
        # Once they are shared they are not late any more, and what is taken back is.
        self._key(second, "In equal parts").action_choose()
        second.action_propose()
        self._decide_share(second)
        second.action_post()
        self.assertEqual(first.state, 'posted')
        self._book('in_refund', 10, date(2025, 12, 21))
        third = self._share(date_from=date(2026, 2, 1), date_to=date(2026, 2, 28))
        self.assertEqual((third.income, third.expense, third.late_expense), (0, -10, -10))
        self.assertFalse(any(third.sudo().line_ids.mapped('minutes')))

    def test_shares_of_a_cohort_count_on_one_basis(self):
        self._posted_share()
        self.program.share_basis = 'collected'
        second = self._share(date_from=date(2026, 1, 1), date_to=date(2026, 1, 31))
        second.key_ids[1].action_choose()
        self.assertIn("was not shared on the same basis", second.warning)

    def test_three_keys_stand_side_by_side(self):
        share = self._share()
        self.assertEqual(self._amounts(share, self._key(share, "By the hours")), {'Léa': 282.5, 'Yanis': 94.17, 'Sofia': 188.33})
        equal = self._amounts(share, self._key(share, "In equal parts"))
        lines = share.sudo().line_ids
        self.assertEqual((len(lines), round(sum(lines.mapped('amount')), 2)), (27, 3 * 565))
        self.assertEqual((equal['Léa'], equal['Sofia']), (62.78, 62.78))
        half = self._key(share, "Half in equal parts, half by the hours")
        self.assertEqual((half.lowest, half.highest), (31.39, 172.64))

    def test_kinds_of_hours_weigh_as_the_key_says(self):
        share = self._share(key_ids=[Command.create({'name': "Work", 'weight_ids': self._weights(committee=50)})])
        # 30, 10 and 15 hours count.
        self.assertEqual(self._amounts(share, share.key_ids), {'Léa': 308.18, 'Yanis': 102.73, 'Sofia': 154.09})
        sofia = share.sudo().line_ids.filtered(lambda line: line.membership_id == self.sofia)
        self.assertEqual((sofia.hours, sofia.counted_hours), (20, 15))

    def test_hours_that_nobody_validated_do_not_count(self):
        task = self.env['project.task'].create({'name': "Fence", 'project_id': self.autumn.project_id.id})
        self._work(task, self.memberships[5], 50, self.work, validate=False)
        share = self._share()
        self.assertNotIn('Member', self._amounts(share, self._key(share, "By the hours")))

    def test_who_left_keeps_their_hours_and_has_the_equal_part_of_their_days(self):
        clock.at(self.yanis, date(2025, 11, 15)).action_leave()
        share = self._share()
        self.assertEqual(self._amounts(share, self._key(share, "By the hours"))['Yanis'], 94.17)
        # 46 of 92 days: half a part of eight and a half
        self.assertEqual(self._amounts(share, self._key(share, "In equal parts"))['Yanis'], 33.24)

    def test_who_was_only_admitted_gets_nothing(self):
        self._admit(self.autumn, "Nora Only-Admitted")
        self.assertNotIn('Nora', self._amounts(self._share(), self._share().key_ids[1]))

    def test_a_floor_that_is_too_high_says_so_beside_its_key(self):
        share = self._share(key_ids=[Command.create({'name': "Floor", 'floor': 100})])
        self.assertRegex(share.key_ids.problem, r"adds up to .*900.00.*more than there is to share: lower it\.")
        with self.assertRefused(UserError, r"“Floor” can't be proposed: What each is to get at least adds up"):
            share.key_ids.action_choose()

    def test_what_a_limit_leaves_over_goes_to_the_reserve(self):
        share = self._share(key_ids=[Command.create({'name': "Cap", 'cap': 100})])
        self.assertEqual((share.key_ids.highest, share.key_ids.unshared), (100, 265))

    def test_figures_of_another_period_or_key_are_forgotten(self):
        share = self._share()
        share.date_to = date(2025, 11, 30)
        self.assertFalse(share.date_computed or share.sudo().line_ids or share.amount_to_share)
        self.assertIn("Compute", share.warning)
        share.action_compute()
        share.key_ids[0].equal = 10
        self.assertFalse(share.date_computed or share.sudo().line_ids)

    def test_the_next_period_follows_the_last_share(self):
        self._propose_share()
        share = self.env['coop.revenue.share'].with_user(self.treasurer).create({'cohort_id': self.autumn.id})
        self.assertEqual((share.date_from, share.date_to), (date(2026, 1, 1), date(2026, 1, 31)))
        self.assertIn("Autumn", share.name)


@tagged('post_install', '-at_install')
class TestRevenueShareRefused(SharingCommon):
    """What can't be shared says why, and loses nothing."""

    def test_draft_entries_of_the_period_are_listed(self):
        draft = self._book('in_invoice', 80, date(2025, 12, 5), post=False)
        share = self._share()
        share.key_ids[0].action_choose()
        self.assertIn("12/05/2025, Hardware shop, 80.00", share.warning)
        self.assertEqual(share.action_view_drafts()['domain'], [('id', 'in', draft.ids)])
        with self.assertRefused(UserError, "Drafts of the period that are to be posted or deleted first"):
            share.action_propose()
        draft.unlink()
        share.invalidate_recordset()
        share.action_propose()
        self.assertEqual(share.state, 'proposed')

    def test_a_draft_of_another_cohort_or_period_keeps_nobody_waiting(self):
        self._book('in_invoice', 80, date(2025, 12, 5), cohort=self.winter, post=False)
        self._book('in_invoice', 80, date(2026, 1, 5), post=False)
        self.assertFalse(self._share().draft_move_count)

    def test_a_bill_without_a_date_may_be_of_the_period(self):
        bill = self._book('in_invoice', 80, date(2025, 12, 5), post=False)
        bill.write({'invoice_date': False, 'date': date(2026, 1, 31)})
        self.assertEqual(self._share().draft_move_count, 1)

    def test_of_a_draft_that_the_reader_may_not_open_only_its_day_is_told(self):
        bill = self._book('in_invoice', 80, date(2025, 12, 5), post=False)
        share = self._share()
        share.key_ids[0].action_choose()
        self.env['ir.rule'].create({
            'name': "Not this one", 'model_id': self.env['ir.model']._get_id('account.move'),
            'domain_force': [('id', '!=', bill.id)]})
        self.env.invalidate_all()
        self.assertIn("an entry of 12/05/2025", share.warning)

    def test_when_collected_counts_draft_payments_are_asked_for_and_no_invoices(self):
        self.program.share_basis = 'collected'
        invoice = self._book('out_invoice', 400, date(2025, 12, 1))
        self._book('out_invoice', 5, date(2025, 12, 2), post=False)
        payment = self.env['account.payment.register'].with_context(active_model='account.move', active_ids=invoice.ids).create({
            'payment_date': date(2025, 12, 20)})._create_payments()
        share = self._share()
        self.assertFalse(share.draft_move_count)
        payment.action_draft()
        share.invalidate_recordset()
        share.key_ids[0].action_choose()
        self.assertEqual(share.action_view_drafts()['res_model'], 'account.payment')
        self.assertIn("12/20/2025", share.warning)

    def test_a_share_covers_whole_months(self):
        for values in ({'date_from': date(2025, 11, 19), 'date_to': date(2025, 11, 19)}, {'date_to': date(2025, 12, 30)},
                       {'date_from': date(2025, 10, 2)}):
            with self.subTest(values=values), self.assertRefused(ValidationError, "covers whole months"):
                self._share(**values)
        self._share(date_from=self.autumn.date_start, date_to=self.autumn.date_end)

    def test_a_loss_is_explained(self):
        self._book('in_invoice', 900, date(2025, 12, 5))
        share = self._share()
        share.key_ids[0].action_choose()
        self.assertEqual(share.result, -200)
        self.assertFalse(any(share.sudo().line_ids.mapped('amount')))
        with self.assertRefused(UserError, r"nothing to share: .*1,000.00.* came in and .*1,200.00.* went out, which leaves"):
            share.action_propose()

    def test_a_result_that_the_host_takes_whole_is_explained(self):
        self._book('in_invoice', 650, date(2025, 12, 5))
        share = self._share()
        share.key_ids[0].action_choose()
        with self.assertRefused(UserError, r"of the result of .*50.00.* nothing is left after the host's share of .*100.00"):
            share.action_propose()

    def test_days_that_are_shared_already(self):
        self._propose_share()
        second = self._share(date_from=date(2025, 12, 1), date_to=date(2026, 1, 31))
        with self.assertRefused(UserError, r"covers some of these days already: choose a period that begins after 12/31/2025"):
            second.action_propose()

    def test_two_drafts_may_overlap_while_the_group_thinks(self):
        self._share()
        self.assertEqual(self._share().state, 'draft')

    def test_books_that_changed_since_they_were_read(self):
        share = self._share()
        share.key_ids[0].action_choose()
        self._book('out_invoice', 10, date(2025, 12, 5))
        with self.assertRefused(UserError, "have changed since the figures .* were read: press “Compute Again”"):
            share.action_propose()

    def test_a_period_that_ends_before_it_begins(self):
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), self.env.cr.savepoint():
            self._share(date_from=date(2025, 12, 31), date_to=date(2025, 10, 1))

    def test_a_key_of_another_share_is_refused(self):
        share, other = self._share(), self._share()
        with self.assertRefused(ValidationError, "is a key of another share"):
            share.key_id = other.key_ids[0]

    def test_figures_and_shares_are_not_written_by_hand(self):
        share = self._share()
        for name, value in (('amount_to_share', 9999), ('state', 'adopted'), ('host_rate', 0), ('move_id', False)):
            with self.subTest(name=name), self.assertRaises(AccessError):
                share.write({name: value})
        for user in (self.treasurer, self.facilitator, self.env.ref('base.user_admin')):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                share.sudo().line_ids.with_user(user).sudo(False)[0].amount = 9999
        with self.assertRaises(AccessError):
            self.env['coop.revenue.share'].with_user(self.treasurer).create({
                'cohort_id': self.autumn.id, 'state': 'adopted'})

    def test_a_member_without_the_books_does_not_make_one(self):
        with self.assertRaises(AccessError):
            self._share(user=self.members[7])
        with self.assertRaises(AccessError):
            self._share().with_user(self.members[7]).action_compute()
