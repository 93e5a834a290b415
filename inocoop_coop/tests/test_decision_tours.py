from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .tours import TourCommon


@tagged('post_install', '-at_install', 'browser')
class TestDecisionTours(TourCommon):

    def test_a_member_proposes_one_objects_and_the_second_version_passes(self):
        decisions = 'coop_decision_action'
        self._tour(decisions, 'coop_member_proposes_and_amends', 'member4@example.com')
        decision = self.env['coop.decision'].search([('name', '=', "Buy a mower")])
        self.assertEqual((decision.state, decision.version_number), ('voting', 2))
        self.assertEqual(decision.proposer_id, self.members[3].partner_id)
        for user in self.members[2:]:
            decision.with_user(user).cast_vote('consent')
        self._tour('/odoo', 'coop_member_votes_on_the_home_screen', 'member1@example.com', phone=True)
        self._tour(decisions, 'coop_member_objects_in_the_list', 'member2@example.com')
        self.assertEqual(decision.state, 'rejected')
        self._tour(f'/odoo/coop.decision/{decision.id}', 'coop_member_answers_the_objection', 'member4@example.com')
        for user in self.members[1:]:
            decision.with_user(user).cast_vote('consent')
        self._tour(f'/odoo/coop.decision/{decision.id}', 'coop_member_casts_the_last_vote', 'member1@example.com')
        self.assertEqual((decision.state, decision.version_number), ('adopted', 3))
        self.assertEqual(decision.entry_ids.sorted('number').mapped('outcome'), ['rejected', 'adopted'])

    def test_the_marketing_committee_releases_a_quotation_that_was_refused_before(self):
        committee = self._body(self.cohort, 'committee')
        committee.template_id.write({
            'name': "Marketing committee", 'access_group_ids': [Command.set(
                self.env.ref('sales_team.group_sale_salesman_all_leads').ids)]})
        committee.name = "Marketing committee"
        for user in self.members[:2]:
            self.env['coop.mandate'].create({
                'committee_id': committee.id, 'partner_id': user.partner_id.id, 'date_from': self.today})
        self.env['coop.access.grant']._sync_access(self.members)
        self.env['coop.decision.rule'].create({
            'name': "Large quotations", 'document': 'sale.order', 'program_id': self.program.id, 'amount': 500,
            'template_id': committee.template_id.id, 'method_id': self.env.ref('inocoop_coop.voting_method_simple').id})
        order = self._quotation(self._lead(self.cohort), hours=30)
        with mute_logger('odoo.http'):  # the refusal is a warning in the log
            self._tour(f'/odoo/sale.order/{order.id}', 'coop_member_proposes_a_quotation', 'member1@example.com')
        self.assertEqual(order.state, 'draft')
        decision = self.env['coop.decision'].search([('res_model', '=', 'sale.order'), ('res_id', '=', order.id)])
        decision.with_user(self.members[1]).cast_vote('yes')
        self.assertEqual(decision.state, 'adopted')
        self._tour(f'/odoo/sale.order/{order.id}', 'coop_member_confirms_the_released_quotation', 'member1@example.com')
        self.assertEqual(order.state, 'sale')

    def test_a_meeting_ends_with_minutes_and_a_register_on_paper(self):
        self.env.company.partner_id.lang = 'fr_FR' if self.env['res.lang']._get_data(code='fr_FR') else 'en_US'
        assembly = self._body(self.cohort, 'assembly')
        now = datetime.now().replace(microsecond=0)
        meeting = self.env['coop.meeting'].with_user(self.facilitator).create({
            'name': "Assembly of Monday", 'committee_id': assembly.id, 'date_start': now - timedelta(minutes=30),
            'date_stop': now + timedelta(hours=1), 'location': "Youth office",
            'chair_id': self.members[0].partner_id.id, 'secretary_id': self.members[1].partner_id.id,
            'agenda_ids': [Command.create({'name': "Where we meet"})]})
        meeting.attendance_ids.action_note_present()
        decision = self.env['coop.decision'].with_user(self.facilitator).create({
            'name': "Meet on Tuesdays", 'proposal': "<p>Tuesdays.</p>", 'committee_id': assembly.id,
            'method_id': self.env.ref('inocoop_coop.voting_method_simple').id})
        decision.action_submit()
        item = self.env['coop.agenda.item'].with_user(self.facilitator).create({
            'meeting_id': meeting.id, 'decision_id': decision.id})
        item.action_open_vote()
        for user in self.members:
            decision.with_user(user).cast_vote('yes')
        printed = self._read_what_is_printed()
        self._tour(f'/odoo/coop.meeting/{meeting.id}', 'coop_chair_holds_a_meeting', 'fanny')
        self.assertEqual(meeting.state, 'approved')
        register = self.env['coop.register'].search([('cohort_id', '=', self.cohort.id)])
        self._tour('coop_register_entry_action', 'coop_member_prints_and_checks_the_register', 'member1@example.com')
        minutes, pages = printed
        for text in ("Assembly of Monday", "Youth office", "Meet on Tuesdays", register.last_hash):
            self.assertIn("".join(text.split()), minutes)
        for text in ("Meet on Tuesdays", register.last_hash):
            self.assertIn("".join(text.split()), pages)

    def test_a_secret_election_fills_the_board(self):
        board = self._body(self.cohort, 'board')
        election = self.env['coop.decision'].with_user(self.members[3]).create({
            'name': "Who sits on the board?", 'proposal': "<p>Two seats.</p>",
            'committee_id': self._body(self.cohort, 'assembly').id,
            'method_id': self.env.ref('inocoop_coop.voting_method_election_several').id,
            'seat_committee_id': board.id, 'seat_role': 'member', 'seats': 2,
            'candidate_ids': [Command.set(self.members[:3].partner_id.ids)]})
        election.action_submit()
        election.action_open_vote()
        first, second, _third = self.members[:3].partner_id.ids
        for user in self.members[1:]:
            election.with_user(user).cast_vote([first, second])
        self._tour(f'/odoo/coop.decision/{election.id}', 'coop_member_elects_in_secret', 'member1@example.com')
        self.assertEqual(board.current_mandate_ids.partner_id, self.members[:2].partner_id)
        self.assertFalse(election.sudo().ballot_ids.elector_id)
