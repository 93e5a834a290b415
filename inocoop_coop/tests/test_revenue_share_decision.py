from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools import clock
from .sharing import SharingCommon


@tagged('post_install', '-at_install')
class TestRevenueShareDecision(SharingCommon):
    """The body that the rule names decides how a result is shared."""

    def _decision(self, share, user=None):
        return self.env['coop.decision'].with_user(user or self.members[8]).search([
            ('res_id', '=', share.id), ('res_model', '=', share._name)])

    def test_the_decision_shows_what_each_gets_by_each_key(self):
        share = self._propose_share()
        decision = self._decision(share)
        self.assertEqual((share.state, decision.state, decision.committee_id), ('proposed', 'discussion', self.assembly))
        for said in ("Turnover net of tax", "1,000.00", "100.00", "565.00", "by the validated hours"):
            self.assertIn(said, decision.proposal)
        for said in ("By the hours", "Léa Martin", "282.50", "62.78", "In equal parts"):
            self.assertIn(said, decision.share_table)

    def test_once_it_is_decided_each_finds_their_own_there(self):
        share = self._adopted_share()
        self.env.invalidate_all()
        decision = self._decision(share, self.lea.user_id)
        self.assertIn("282.50", decision.share_table)
        for hidden in ("Sofia", "188.33"):
            self.assertNotIn(hidden, decision.share_table)
        for user in (self.members[8], self.psychologist):
            version = self._decision(share, user).version_id
            said = f"{version.proposal} {version.covered} {version.decision_id.share_table}"
            for hidden in ("Léa", "282", "28250", "188"):
                self.assertNotIn(hidden, said)

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
        self.assertEqual(content['amounts'], share._get_fingerprint())
        self._sealed(share.sudo().chosen_line_ids.filtered(lambda line: line.membership_id == self.lea)).amount = 300
        self.assertNotEqual(content['amounts'], share._get_fingerprint())
        self.assertFalse(share._is_gate_open())
        self.assertTrue(self.env['coop.register.entry'].search([('version_id', '=', decision.version_id.id)]))

    def test_an_adopted_share_is_not_deleted(self):
        share = self._adopted_share()
        with self.assertRefused(UserError, "was put to the vote: it stays"):
            share.sudo().unlink()

    def test_what_is_or_was_put_to_the_vote_is_not_deleted(self):
        share = self._propose_share()
        with self.assertRefused(UserError, "was put to the vote: it stays"):
            share.unlink()
        share.action_draft()
        with self.assertRefused(UserError, "was put to the vote: it stays"):
            share.unlink()
        never = self._share()
        never.unlink()
        self.assertFalse(never.exists())

    def test_a_weight_does_not_slip_into_a_key_under_vote(self):
        other = self._share(key_ids=[Command.create({'name': "Work", 'weight_ids': self._weights(committee=10)})])
        share = self._propose_share()
        with self.assertRefused(UserError, "is no draft any more"):
            other.key_ids.weight_ids.key_id = share.key_id
        self.assertFalse(share.key_id.weight_ids)

    def test_who_left_since_the_figures_were_read_is_read_again(self):
        share = self._share()
        self._key(share, "In equal parts").action_choose()
        clock.at(self.memberships[7], date(2025, 10, 5)).action_leave()
        with self.assertRefused(UserError, "have changed since the figures .* were read: press “Compute Again”"):
            share.action_propose()

    def test_hours_of_another_kind_since_then_as_well(self):
        share = self._share(key_ids=[Command.create({'name': "Work", 'weight_ids': self._weights(committee=50)})])
        share.key_ids.action_choose()
        line = self.env['account.analytic.line'].search([
            ('employee_id', '=', self.sofia.employee_id.id), ('coop_kind_id', '=', self.work.id)])
        line.with_user(self.facilitator).action_correct_hours(0)
        line.coop_counter_entry_ids.with_user(self.facilitator).action_validate_hours()
        self._work(line.task_id, self.sofia, 10, self.committee_kind)
        with self.assertRefused(UserError, "have changed since the figures"):
            share.action_propose()
