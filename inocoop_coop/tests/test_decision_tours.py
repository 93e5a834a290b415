from datetime import date

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import CoopCommon


class DecisionTours(CoopCommon):
    """Nine members of a cohort that began today: in a browser it is today, not the day of the other tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cohort = cls._create_cohort("Now", date.today(), facilitator_id=cls.facilitator.id)
        cls.cohort.action_start()
        members = cls.env['coop.membership']
        for number in range(1, 10):
            members |= cls._admit(cls.cohort, f"Member {number}", email=f'member{number}@example.com')
        members.action_activate()
        cls.members = members.user_id
        # The transaction of a test is never committed: what follows a commit happens at once.
        cls.classPatch(
            type(cls.env['coop.decision']), '_close_when_complete', lambda decision: decision._close_if_complete() and None)

    def _decision(self, name):
        # What the browser did is not of the day of the other tests either.
        return self.env['coop.decision'].with_context(coop_clock=None).search([('name', '=', name)])


@tagged('post_install', '-at_install', 'browser')
class TestDecisionTours(DecisionTours, HttpCase):

    def test_a_member_proposes_one_objects_and_the_second_version_passes(self):
        decisions = '/odoo/action-inocoop_coop.coop_decision_action'
        self.start_tour(decisions, 'coop_member_proposes_and_amends', login='member4@example.com')
        decision = self._decision("Buy a mower")
        self.assertEqual((decision.state, decision.version_number), ('voting', 2))
        self.assertEqual(decision.proposer_id, self.members[3].partner_id)
        for user in self.members[2:]:
            decision.with_user(user).cast_vote('consent')
        self.browser_size, self.touch_enabled = '390x844', True
        self.start_tour('/odoo', 'coop_member_votes_on_the_home_screen', login='member1@example.com')
        self.browser_size, self.touch_enabled = '1366x768', False
        self.start_tour(decisions, 'coop_member_objects_in_the_list', login='member2@example.com')
        self.assertEqual(decision.state, 'rejected')
        self.start_tour(f'/odoo/coop.decision/{decision.id}', 'coop_member_answers_the_objection', login='member4@example.com')
        for user in self.members[1:]:
            decision.with_user(user).cast_vote('consent')
        self.start_tour(f'/odoo/coop.decision/{decision.id}', 'coop_member_casts_the_last_vote', login='member1@example.com')
        self.assertEqual((decision.state, decision.version_number), ('adopted', 3))
        self.assertEqual(decision.entry_ids.sorted('number').mapped('outcome'), ['rejected', 'adopted'])

    def test_a_secret_election_fills_the_board(self):
        board = self._body(self.cohort, 'board')
        election = self.env['coop.decision'].with_context(coop_clock=None).with_user(self.members[3]).create({
            'name': "Who sits on the board?", 'proposal': "<p>Two seats.</p>",
            'committee_id': self._body(self.cohort, 'assembly').id,
            'method_id': self.env.ref('inocoop_coop.voting_method_election_several').id,
            'seat_committee_id': board.id, 'seats': 2,
            'candidate_ids': [Command.set(self.members[:3].partner_id.ids)]})
        election.action_submit()
        election.action_open_vote()
        first, second, _third = self.members[:3].partner_id.ids
        for user in self.members[1:]:
            election.with_user(user).cast_vote([first, second])
        self.start_tour(f'/odoo/coop.decision/{election.id}', 'coop_member_elects_in_secret', login='member1@example.com')
        self.assertEqual(board.with_context(coop_clock=None).current_mandate_ids.partner_id, self.members[:2].partner_id)
        self.assertFalse(election.sudo().ballot_ids.elector_id)
