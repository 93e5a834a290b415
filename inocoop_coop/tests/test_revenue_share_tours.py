from datetime import timedelta

from odoo.tests import tagged

from .sharing import SharingBooks
from .tours import TourCommon


@tagged('post_install', '-at_install', 'browser')
class TestRevenueShareTours(SharingBooks, TourCommon):
    """A cohort of four shares what it earned until the end of the last month: of 960 € invoiced and 320 € spent, 480 €.

    ======  =====  ============  ==============  =============
    member  hours  by the hours  in equal parts  half and half
    ======  =====  ============  ==============  =============
    1       30     240           120             180
    2       10     80            120             100
    3       20     160           120             140
    4       0      0             120             60
    ======  =====  ============  ==============  =============

    The host keeps 10 % of the turnover, and 10 % of the result go to the reserve. Member 4 is the treasurer.
    """

    member_count = 4
    days_of_work = 70

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        finance = cls._body(cls.cohort, 'committee')
        finance.template_id.access_group_ids = cls.env.ref('account.group_account_invoice')
        cls._seat(finance, cls.memberships[3], role='treasurer')
        cls.program.write({'host_rate': 10, 'reserve_rate': 10, 'contribution_rate': 0})
        cls._open_share_accounts()
        cls.env['coop.decision.rule'].create({
            'name': "Sharing the result", 'document': 'coop.revenue.share', 'program_id': cls.program.id,
            'template_id': cls._body(cls.cohort, 'assembly').template_id.id,
            'method_id': cls.env.ref('inocoop_coop.voting_method_absolute').id})
        begun = cls.today - timedelta(days=65)  # before the last month's end, whatever the day
        cls._book('out_invoice', 960, begun, cls.cohort)
        cls._book('in_invoice', 320, begun, cls.cohort)
        task = cls.env['project.task'].create({'name': "Hedges", 'project_id': cls.cohort.project_id.id})
        work = cls.env.ref('inocoop_coop.hour_kind_work')
        for member, hours in zip(cls.memberships, (30, 10, 20), strict=False):
            cls._work(task, member, hours, work, since=begun)

    def test_three_keys_are_compared_and_one_is_voted_booked_and_printed(self):
        self._tour('coop_revenue_share_action', 'coop_share_compare_and_propose', 'member4@example.com')
        share = self.env['coop.revenue.share'].search([('cohort_id', '=', self.cohort.id)])
        self.assertRecordValues(share, [{
            'state': 'proposed', 'date_from': self.cohort.date_start, 'date_to': self.today.replace(day=1) - timedelta(days=1),
            'host_amount': 96, 'reserve_amount': 64, 'amount_to_share': 480}])
        amounts = {
            tuple(share.line_ids.filtered(lambda line, key=key: line.key_id == key).sorted('member_name').mapped('amount'))
            for key in share.key_ids}
        self.assertEqual(amounts, {(240, 80, 160, 0), (120, 120, 120, 120), (180, 100, 140, 60)})
        decision = self.env['coop.decision'].search([('res_model', '=', share._name), ('res_id', '=', share.id)])
        self.assertRecordValues(decision, [{'state': 'voting', 'committee_id': self._body(self.cohort, 'assembly').id}])

        # Two vote on their phones, the others in their own way.
        for login in ('member1@example.com', 'member3@example.com'):
            self._tour('/odoo', 'coop_share_vote', login, phone=True)
        for user in self.members[1], self.members[3]:
            decision.with_user(user).cast_vote('yes')
        self.assertEqual((decision.state, share.state), ('adopted', 'adopted'))

        # It is booked by who keeps the books.
        self._tour('coop_revenue_share_action', 'coop_share_is_not_booked_by_everyone', 'member1@example.com')
        self._tour('coop_revenue_share_action', 'coop_share_book', 'member4@example.com')
        self.assertRecordValues(share.move_id, [{'state': 'posted', 'amount_total': 640}])
        self.assertEqual(
            share.move_id.line_ids.filtered('coop_share_line_id').sorted('credit').mapped('credit'), [60, 100, 140, 180])

        # The statements of everyone, and that of one.
        printed = self._read_what_is_printed()
        self._tour('coop_revenue_share_action', 'coop_share_print_all', 'fanny')
        self._tour('coop_revenue_share_line_action_own', 'coop_share_read_own', 'member3@example.com', phone=True)
        everyone, own = printed
        self.assertEqual(everyone.count("Statementofyourshare"), 4)
        for member, amount, words in zip(
                self.memberships, ("180.00", "100.00", "140.00", "60.00"),
                ("one hundred and eighty euros", "one hundred euros", "one hundred and forty euros", "sixty euros"), strict=True):
            for text in (member.name, amount, words):
                self.assertIn("".join(text.split()).lower(), everyone.lower())
        for text in ("Statement of your share", "Member 3", "140.00", "one hundred and forty euros", "20:00"):
            self.assertIn("".join(text.split()).lower(), own.lower())
        self.assertNotIn("Member1", own)
        lines = self.env['coop.revenue.share.line'].with_user(self.members[2]).search([('share_id', '=', share.id)])
        self.assertEqual(lines.membership_id, self.memberships[2], "A member sees their own share only.")
