from datetime import date, datetime, timedelta
from io import BytesIO
from unittest.mock import patch

from pdfminer.high_level import extract_text

from odoo.addons.base.models import ir_actions_report
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CoopCommon

# As it is: a test lets no request of the browser pass while it prints, and these prints ask nothing of the server.
PRINT = ir_actions_report._run_wkhtmltopdf


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

    def test_the_marketing_committee_releases_a_quotation_that_was_refused_before(self):
        committee = self._body(self.cohort, 'committee')
        committee.template_id.write({
            'name': "Marketing committee", 'access_group_ids': [Command.set(
                self.env.ref('sales_team.group_sale_salesman_all_leads').ids)]})
        committee.name = "Marketing committee"
        for user in self.members[:2]:
            self.env['coop.mandate'].with_context(coop_clock=None).create({
                'committee_id': committee.id, 'partner_id': user.partner_id.id, 'date_from': date.today()})
        self.env['coop.access.grant'].with_context(coop_clock=None)._sync_access(self.members)
        self.env['coop.decision.rule'].create({
            'name': "Large quotations", 'document': 'sale.order', 'program_id': self.program.id, 'amount': 500,
            'template_id': committee.template_id.id, 'method_id': self.env.ref('inocoop_coop.voting_method_simple').id})
        order = self._quotation(self._lead(self.cohort), hours=30)
        with mute_logger('odoo.http'):  # the refusal is a warning in the log
            self.start_tour(f'/odoo/sale.order/{order.id}', 'coop_member_proposes_a_quotation', login='member1@example.com')
        self.assertEqual(order.state, 'draft')
        decision = self.env['coop.decision'].search([('res_model', '=', 'sale.order'), ('res_id', '=', order.id)])
        decision.with_context(coop_clock=None).with_user(self.members[1]).cast_vote('yes')
        self.assertEqual(decision.state, 'adopted')
        self.start_tour(
            f'/odoo/sale.order/{order.id}', 'coop_member_confirms_the_released_quotation', login='member1@example.com')
        self.assertEqual(order.state, 'sale')

    def test_a_meeting_ends_with_minutes_and_a_register_on_paper(self):
        self.env.company.partner_id.lang = 'fr_FR' if self.env['res.lang']._get_data(code='fr_FR') else 'en_US'
        assembly = self._body(self.cohort, 'assembly')
        now = datetime.now().replace(microsecond=0)
        meeting = self.env['coop.meeting'].with_context(coop_clock=None).with_user(self.facilitator).create({
            'name': "Assembly of Monday", 'committee_id': assembly.id, 'date_start': now - timedelta(minutes=30),
            'date_stop': now + timedelta(hours=1), 'location': "Youth office",
            'chair_id': self.members[0].partner_id.id, 'secretary_id': self.members[1].partner_id.id,
            'agenda_ids': [Command.create({'name': "Where we meet"})]})
        meeting.attendance_ids.action_note_present()
        decision = self.env['coop.decision'].with_context(coop_clock=None).with_user(self.facilitator).create({
            'name': "Meet on Tuesdays", 'proposal': "<p>Tuesdays.</p>", 'committee_id': assembly.id,
            'method_id': self.env.ref('inocoop_coop.voting_method_simple').id})
        decision.action_submit()
        item = self.env['coop.agenda.item'].with_context(coop_clock=None).with_user(self.facilitator).create({
            'meeting_id': meeting.id, 'decision_id': decision.id})
        item.action_open_vote()
        for user in self.members:
            decision.with_user(user).cast_vote('yes')
        printed = self._read_what_is_printed()
        self.start_tour(f'/odoo/coop.meeting/{meeting.id}', 'coop_chair_holds_a_meeting', login='fanny')
        self.assertEqual(meeting.state, 'approved')
        register = self.env['coop.register'].search([('cohort_id', '=', self.cohort.id)])
        self.start_tour(
            '/odoo/action-inocoop_coop.coop_register_entry_action', 'coop_member_prints_and_checks_the_register',
            login='member1@example.com')
        minutes, pages = printed
        for text in ("Assembly of Monday", "Youth office", "Meet on Tuesdays", register.last_hash):
            self.assertIn("".join(text.split()), minutes)
        for text in ("Meet on Tuesdays", register.last_hash):
            self.assertIn("".join(text.split()), pages)

    def _read_what_is_printed(self):
        """The texts of the PDFs that the browser is given from now on. (A test is given the page without its print.)"""
        printed = []
        # Nothing answers there: pages are printed without the sheets of the web client, and so with text in them.
        self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
        render = type(self.env['ir.actions.report'])._render_qweb_pdf

        def read(report, *args, **kwargs):
            with patch.object(ir_actions_report, '_run_wkhtmltopdf', PRINT):
                content, kind = render(report.with_context(force_report_rendering=True), *args, **kwargs)
            self.assertEqual(kind, 'pdf')
            # Where a line breaks, and how wide a space is, is the printer's matter.
            printed.append("".join(extract_text(BytesIO(content)).split()))
            return content, kind

        self.patch(type(self.env['ir.actions.report']), '_render_qweb_pdf', read)
        return printed

    def test_a_secret_election_fills_the_board(self):
        board = self._body(self.cohort, 'board')
        election = self.env['coop.decision'].with_context(coop_clock=None).with_user(self.members[3]).create({
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
        self.start_tour(f'/odoo/coop.decision/{election.id}', 'coop_member_elects_in_secret', login='member1@example.com')
        self.assertEqual(board.with_context(coop_clock=None).current_mandate_ids.partner_id, self.members[:2].partner_id)
        self.assertFalse(election.sudo().ballot_ids.elector_id)
