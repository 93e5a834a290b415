from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .sharing import SharingCommon


@tagged('post_install', '-at_install')
class TestRevenueShareDecision(SharingCommon):
    """The body that the rule names decides how a result is shared."""

    def test_the_proposal_says_what_each_gets_by_each_key(self):
        share = self._propose_share()
        decision = share.env['coop.decision'].search([('res_id', '=', share.id), ('res_model', '=', share._name)])
        self.assertEqual((share.state, decision.state, decision.committee_id), ('proposed', 'discussion', self.assembly))
        for said in ("Turnover net of tax", "1,000.00", "100.00", "565.00", "By the hours", "by the validated hours",
                     "Léa Martin", "282.50", "62.78", "In equal parts"):
            self.assertIn(said, decision.with_user(self.members[8]).proposal)

    def test_the_assembly_adopts_it(self):
        share = self._propose_share()
        self._decide_share(share)
        self.assertEqual(share.state, 'adopted')
        self.assertIn("Everything is decided", share.message_ids[0].body + share.message_ids[1].body)

    def test_rejected_it_goes_back_and_another_key_is_proposed(self):
        share = self._propose_share()
        self._decide_share(share, 'no')
        self.assertEqual((share.state, share.gate_state), ('proposed', 'refused'))
        share.action_draft()
        self._key(share, "In equal parts").action_choose()
        share.action_propose()
        self._decide_share(share)
        self.assertEqual(share.state, 'adopted')

    def test_what_is_voted_on_stays_as_it_is(self):
        share = self._propose_share()
        for values in ({'date_to': date(2025, 11, 30)}, {'key_id': share.key_ids[1].id}, {'basis': 'collected'}):
            with self.subTest(values=values), self.assertRefused(UserError, "is no draft any more"):
                share.write(values)
        with self.assertRefused(UserError, "is no draft any more"):
            share.key_ids[1].equal = 30
        with self.assertRefused(UserError, "is no draft any more"):
            share.action_compute()

    def test_it_is_not_taken_back_while_the_vote_is_open(self):
        share = self._propose_share()
        decision = share.env['coop.decision'].search([('res_id', '=', share.id), ('res_model', '=', share._name)])
        decision.action_open_vote()
        with self.assertRefused(UserError, "The vote on .* is open: wait for its result"):
            share.action_draft()

    def test_without_a_rule_nobody_decides_and_it_says_who_adds_one(self):
        self.rule.active = False
        share = self._share()
        share.key_ids[0].action_choose()
        with self.assertRefused(UserError, "No rule says who decides how “Young adults of two towns” shares its results"):
            share.action_propose()

    def test_below_the_amount_of_the_rule_the_treasurer_decides(self):
        self.rule.amount = 5000
        share = self._propose_share()
        self.assertEqual(share.state, 'adopted')

    def test_what_was_decided_is_in_the_register(self):
        share = self._adopted_share()
        decision = share.env['coop.decision'].search([('res_id', '=', share.id), ('res_model', '=', share._name)])
        content = decision.version_id.covered
        self.assertEqual(content['total'], 56500)
        self.assertEqual(sum(line['amount'] for line in content['lines']), 56500)
        self.assertTrue(self.env['coop.register.entry'].search([('version_id', '=', decision.version_id.id)]))

    def test_an_adopted_share_is_not_deleted(self):
        share = self._adopted_share()
        with self.assertRefused(UserError, "was decided: it stays"):
            share.sudo().unlink()
