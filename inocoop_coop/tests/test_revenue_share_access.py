from odoo.exceptions import AccessError
from odoo.tests import tagged

from .sharing import SharingCommon


@tagged('post_install', '-at_install')
class TestRevenueShareAccess(SharingCommon):
    """While it is decided everyone in the cohort sees every share; then each member sees their own."""

    def _seen_by(self, user, share):
        return self._find_lines(user, share).sudo().membership_id

    def _find_lines(self, user, share):
        return self.env['coop.revenue.share.line'].with_user(user).search([
            ('share_id', '=', share.id), ('is_chosen', '=', True)])

    def test_the_proposal_under_vote_is_seen_by_the_whole_cohort(self):
        share = self._propose_share()
        for user in (self.members[8], self.lea.user_id, self.facilitator, self.accountant):
            self.assertEqual(len(self._seen_by(user, share)), 9, user.login)

    def test_then_each_member_sees_only_their_own(self):
        share = self._adopted_share()
        self.assertEqual(self._seen_by(self.lea.user_id, share), self.lea)
        share.action_post()
        self.assertEqual(self._seen_by(self.lea.user_id, share), self.lea)
        self.assertEqual(self._seen_by(self.treasurer, share), self.memberships[4])
        for user in (self.facilitator, self.manager, self.accountant):
            self.assertEqual(len(self._seen_by(user, share)), 9, user.login)

    def test_another_cohort_sees_nothing(self):
        share = self._propose_share()
        for user in (self.chloe.user_id, self.other_facilitator):
            self.assertFalse(self._seen_by(user, share))
            with self.assertRaises(AccessError):
                share.with_user(user).read(['name'])

    def test_the_psychologist_sees_no_money(self):
        with self.assertRaises(AccessError):
            self._propose_share().with_user(self.psychologist).read(['name'])

    def test_the_entry_with_everybodys_share_is_read_by_who_pays_it(self):
        """The treasurer, and not all who keep the books with them."""
        self._seat(self.finance, self.memberships[5])
        share = self._posted_share()
        move = share.sudo().move_id
        for user, rows in ((self.members[5], 0), (self.treasurer, 1), (self.facilitator, 1), (self.accountant, 1)):
            self.assertEqual(self.env['account.move'].with_user(user).search_count([('id', '=', move.id)]), rows, user.login)
            items = self.env['account.move.line'].with_user(user).search([('move_id', '=', move.id)])
            self.assertEqual(bool(items), bool(rows), user.login)

    def test_who_left_still_has_their_statement(self):
        share = self._posted_share()
        self.lea.action_leave()
        self.assertEqual(self._seen_by(self.lea.user_id, share), self.lea)
        line = self._find_lines(self.lea.user_id, share)
        self.assertTrue(line.read(['amount', 'hours', 'rate', 'date_paid', 'display_name']))

    def test_a_member_prints_their_own_statement_and_no_other(self):
        share = self._posted_share()
        lines = share.sudo().chosen_line_ids
        mine = lines.filtered(lambda line: line.membership_id == self.lea)
        reports = self.env['ir.actions.report'].with_user(self.lea.user_id)
        html, _kind = reports._render_qweb_html('inocoop_coop.coop_revenue_share_statement_pages', mine.ids)
        self.assertIn("282.50", html.decode())
        with self.assertRaises(AccessError):
            reports._render_qweb_html('inocoop_coop.coop_revenue_share_statement_pages', (lines - mine).ids)
