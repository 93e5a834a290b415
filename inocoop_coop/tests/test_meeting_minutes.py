import io
from datetime import datetime

from pdfminer.high_level import extract_text

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..tools import language
from .meetings import MeetingCommon


@tagged('post_install', '-at_install')
class TestMeetingMinutes(MeetingCommon):
    """The minutes write themselves, are completed, and stay as they were approved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.write({'tz': 'Europe/Paris', 'lang': 'en_US'})
        cls.mower = cls._propose(cls.consent, cls.chair, cls.board)
        cls.bank = cls._propose(cls.absolute, cls.chair, cls.board, name="Open an account")
        cls.meeting = cls._plan(cls.chair, agenda_ids=[
            Command.create({'name': "Last minutes", 'duration': 10, 'sequence': 1, 'presenter_id': cls.yanis.partner_id.id}),
            Command.create({'decision_id': cls.mower.id, 'duration': 30, 'sequence': 2}),
            Command.create({'decision_id': cls.bank.id, 'sequence': 3}),
        ])
        cls.meeting.write({'called_on': '2026-01-08', 'called_how': "by a notice on the wall"})
        cls._note(cls.meeting, {cls.lea: 'present', cls.yanis: 'present', cls.guest: 'present'})
        cls._note(cls.meeting, {cls.sofia: cls.lea})

    def _meet(self):
        """The mower meets an objection; the account is opened, and somebody does it."""
        _news, mower, bank = self.meeting.agenda_ids
        mower.action_open_vote()
        self.mower.with_user(self.chair).cast_vote('consent')
        self.mower.with_user(self.secretary).cast_vote('objection', "Nobody can store it")
        mower.action_close_vote()
        bank.action_open_vote()
        self.bank.with_user(self.chair).cast_vote('yes')
        self.bank.with_user(self.chair).cast_vote('yes', on_behalf_of=self._elector(self.bank, self.sofia_user).id)
        bank.note = "<p>The one in Bruay is free of charge.</p>"
        self.env['project.task'].create({
            'name': "Ask the bank", 'project_id': self.autumn.project_id.id, 'decision_id': self.bank.id,
            'user_ids': [Command.set(self.sofia_user.ids)], 'date_deadline': datetime(2026, 1, 30, 12)})
        self.meeting.notes = "<p>Léa brought cake.</p>"
        self._hold(self.meeting)

    def _read(self, meeting=None, user=None):
        meeting = (meeting or self.meeting).with_user(user or self.chair)
        meeting.invalidate_recordset(['minutes_text'])
        return " ".join(html2plaintext(meeting.minutes_text).split())

    def _print(self, meeting, user):
        # Where no PDF is asked for, a test gets HTML.
        # Nothing answers there: what else runs on this machine must not lend the print its style sheets.
        self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
        report = self.env['ir.actions.report'].with_user(user).with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content, kind = report._render_qweb_pdf('inocoop_coop.coop_meeting_report', meeting.ids)
        self.assertEqual(kind, 'pdf')
        return " ".join(extract_text(io.BytesIO(content)).split())

    def test_they_say_what_the_law_asks_of_them(self):
        self._meet()
        text = self._read()
        for words in (
            "Autumn", "Meeting of “Board” on January 15, 2026, from 10:00", "to 11:00", "at The workshop",
            "Called on January 8, 2026, by a notice on the wall.", "Chaired by Léa Martin.", "Minutes by Yanis Dupond.",
            "Léa Martin (chair), Yanis Dupond (secretary)", "Sofia Petit, by Léa Martin", "Member 4",
            "Quorum: 3 of 3 with a vote present or represented.", "Last minutes (Yanis Dupond)",
            "We buy a mower for 300 euros.", "an objection stands, rejected", "Nobody can store it",
            "2 yes of 3 present or represented: more than half, adopted", "The one in Bruay is free of charge.",
            "Ask the bank: Sofia Petit, by January 30, 2026",
            "Léa brought cake.", "Number 1 of the register.", "Number 2 of the register.",
        ):
            self.assertIn(words, text)
        register = self.env['coop.register'].sudo().search([('cohort_id', '=', self.autumn.id)])
        self.assertIn(f"has {register.last_number} entries", text)
        self.assertIn(register.last_hash, text)

    def test_nothing_of_an_open_vote_is_told(self):
        mower = self.meeting.agenda_ids[1]
        mower.action_open_vote()
        self.mower.with_user(self.secretary).cast_vote('objection', "Nobody can store it")
        text = self._read()
        self.assertIn("The vote is not closed yet.", text)
        self.assertNotIn("Nobody can store it", text)

    def test_each_vote_on_each_version_stands_in_them(self):
        item = self.meeting.agenda_ids[1]
        item.action_open_vote()
        self.mower.with_user(self.secretary).cast_vote('objection', "Nobody can store it")
        self.mower.action_amend("<p>We rent a mower.</p>", "Storage")
        item.action_open_vote()
        for user in (self.chair, self.secretary):
            self.mower.with_user(user).cast_vote('consent')
        self._hold(self.meeting)
        text = self._read()
        for words in (
                "version 1", "Amended before the vote was closed", "version 2", "We rent a mower.", "no objection, adopted"):
            self.assertIn(words, text)

    def test_a_decision_of_the_agenda_that_was_not_reached_is_named_so(self):
        self._hold(self.meeting)
        self.assertEqual(self._read().count("Not put to the vote in this meeting."), 2)

    def test_everyone_reads_the_same_minutes(self):
        self._meet()
        text = self._read()
        for user in (self.outsider, self.psychologist, self.facilitator, self.manager):
            self.assertEqual(self._read(user=user), text)

    def test_they_are_kept_as_they_were_approved(self):
        self._meet()
        text = self._read()
        self.meeting.action_approve()
        self.assertEqual(self._read(), text)
        self.env['project.task'].search([('decision_id', '=', self.bank.id)]).name = "Changed"
        self.board.name = "Council"
        self.lea.partner_id.name = "Léa Renamed"
        self._open(self.simple, self.chair, self.board)
        self.assertEqual(self._read(), text)
        self.assertEqual(self._read(user=self.outsider), text)

    def test_a_text_of_the_agenda_is_a_text(self):
        meeting = self._plan(self.chair, name="<script>alert(1)</script>", agenda_ids=[
            Command.create({
                'name': "<img src=x onerror=alert(1)>",
                'note': "<p onclick='alert(1)'>Said<script>alert(1)</script></p>"})])
        minutes = meeting.minutes_text
        for forbidden in ("<script", "<img", "onclick"):
            self.assertNotIn(forbidden, minutes)

    def test_they_are_printed_as_a_draft_and_then_as_approved(self):
        self._meet()
        text = self._print(self.meeting, self.outsider)
        for words in ("Draft: these minutes are not approved yet.", "Minutes: Board", "Chaired by Léa Martin", "The workshop",
                      "Quorum: 3 of 3 with a vote", "Nobody can store it", "more than half, adopted", "Chair: Léa Martin",
                      "Secretary: Yanis Dupond", "Signature:"):
            self.assertIn(words, text)
        self.meeting.action_approve()
        text = self._print(self.meeting, self.outsider)
        self.assertNotIn("Draft", text)
        self.assertIn("Approved on January 15, 2026 by Léa Martin.", text)
        register = self.env['coop.register'].sudo().search([('cohort_id', '=', self.autumn.id)])
        self.assertIn(register.last_hash[:24], text.replace(" ", ""))
        self.assertEqual(self.meeting._get_print_name(), "Minutes - Board - 2026-01-15")

    def test_nobody_of_another_cohort_prints_them(self):
        self._meet()
        with self.assertRaises(AccessError):
            self._print(self.meeting, self.chloe.user_id)

    def test_a_host_whose_language_is_not_installed_gets_the_readers(self):
        self.env['res.lang'].search([('code', '=', 'nl_NL')]).active = False
        self.assertEqual(language.choose(self.meeting.env, 'nl_NL'), 'en_US')
        self.assertEqual(self.meeting._get_document_lang(), 'en_US')
