from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools import guard
from .meetings import MeetingCommon


@tagged('post_install', '-at_install')
class TestMeetingAccess(MeetingCommon):
    """Those who sit on a body plan, its chair and secretary note and approve, the cohort reads, nobody else sees."""

    def _created(self, user, body=None, **values):
        try:
            with self.env.cr.savepoint():
                return bool(self._plan(user, body, **values))
        except AccessError:
            return False

    def test_who_plans_a_meeting_of_the_board(self):
        for user, may in ((self.sofia_user, True), (self.guest.user_id, True), (self.chair, True), (self.facilitator, True),
                          (self.manager, True), (self.outsider, False), (self.chloe.user_id, False), (self.psychologist, False),
                          (self.other_facilitator, False), (self.accountant, False)):
            with self.subTest(user=user.login):
                self.assertEqual(self._created(user), may)
                self.assertTrue(not may or self._created(user, agenda_ids=[(0, 0, {'name': "News"})]))

    def test_who_plans_does_not_make_themselves_its_chair_nor_write_how_it_went(self):
        for values in ({'chair_id': self.sofia.partner_id.id}, {'secretary_id': self.sofia.partner_id.id}, {'proxy_limit': 9},
                       {'called_how': "By shouting"}, {'called_on': '2026-01-01'}, {'notes': "<p>All agreed</p>"},
                       {'attendance_ids': [(0, 0, {'partner_id': self.sofia.partner_id.id, 'status': 'present'})]}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                self._plan(self.sofia_user, **values)
            if 'attendance_ids' not in values:
                with self.assertRefused(AccessError, "Only who chairs"):
                    self._plan(self.sofia_user).write(values)
        meetings = self.env['coop.meeting'].with_user(self.sofia_user).with_context(default_proxy_limit=9)
        with self.assertRaises(AccessError):
            meetings.create({'committee_id': self.board.id})
        self._plan(self.chair, chair_id=self.sofia.partner_id.id)

    def test_who_sits_there_sets_the_agenda_and_the_others_do_not(self):
        meeting = self._plan(self.chair)
        for user in (self.sofia_user, self.guest.user_id, self.facilitator):
            item = self.env['coop.agenda.item'].with_user(user).create({'meeting_id': meeting.id, 'name': "News"})
            item.write({'name': "Other news", 'sequence': 3})
            item.unlink()
        item = self.env['coop.agenda.item'].create({'meeting_id': meeting.id, 'name': "News"})
        for user in (self.outsider, self.chloe.user_id, self.psychologist, self.other_facilitator, self.accountant):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.env['coop.agenda.item'].with_user(user).create({'meeting_id': meeting.id, 'name': "Mine"})
                with self.assertRaises(AccessError):
                    item.with_user(user).write({'name': "Mine"})
                with self.assertRaises(AccessError):
                    item.with_user(user).unlink()

    def test_only_officers_note_the_attendance_and_end_and_approve(self):
        meeting = self._plan()
        line = self._line(meeting, self.sofia)
        for user in (self.sofia_user, self.guest.user_id, self.outsider, self.chloe.user_id, self.psychologist,
                     self.other_facilitator, self.accountant):
            with self.subTest(user=user.login):
                for action in ('action_note_present', 'action_note_excused', 'action_note_absent', 'action_note_represented'):
                    with self.assertRaises(AccessError):
                        getattr(line.with_user(user), action)()
                with self.assertRaises(AccessError):
                    line.with_user(user).status = 'present'
                for action in ('action_hold', 'action_approve'):
                    with self.assertRaises(AccessError):
                        getattr(meeting.with_user(user), action)()
        self._note_all_present(meeting, self.facilitator)
        meeting = self._hold(meeting)
        with self.assertRefused(AccessError, "Only who chairs"):
            meeting.with_user(self.sofia_user).location = "Elsewhere"
        with self.assertRefused(AccessError, "Only who chairs"):
            self.env['coop.agenda.item'].with_user(self.sofia_user).create({'meeting_id': meeting.id, 'name': "Late"})
        meeting.with_user(self.facilitator).action_approve()

    def test_the_cohort_reads_and_no_other_cohort_sees_anything(self):
        meeting = self._plan(agenda_ids=[(0, 0, {'name': "News"})])
        rows = (meeting, meeting.agenda_ids, meeting.attendance_ids)
        for user in (self.outsider, self.psychologist, self.facilitator, self.manager):
            for records in rows:
                self.assertEqual(self.env[records._name].with_user(user).search([('id', 'in', records.ids)]), records)
        self.assertIn("News", meeting.with_user(self.outsider).minutes_text)
        for user in (self.chloe.user_id, self.other_facilitator, self.other_psychologist):
            for records in rows:
                self.assertFalse(self.env[records._name].with_user(user).search([]))
                with self.assertRaises(AccessError):
                    records.with_user(user).read(['display_name'])
            for action in ('action_call', 'action_hold', 'action_approve', 'action_refresh_attendance', 'action_print_minutes'):
                with self.assertRaises(AccessError):
                    getattr(meeting.with_user(user), action)()

    def test_states_and_minutes_are_not_written_by_hand(self):
        meeting = self._plan()
        other = self._plan()
        for user in (self.chair, self.facilitator, self.manager):
            for values in ({'state': 'approved'}, {'minutes': "<p>Forged</p>"}, {'event_id': other.event_id.id},
                           {'approved_on': '2026-01-01'}, {'approved_by_id': self.lea.partner_id.id}):
                with self.assertRefused(AccessError, "is not changed by hand"):
                    meeting.with_user(user).write(values)
                with self.assertRefused(AccessError, "is not changed by hand"):
                    self._plan(user, **values)

    def test_approved_minutes_lock_the_meeting_whatever_the_way(self):
        decision = self._propose(self.simple, self.chair, self.board)
        meeting = self._plan(agenda_ids=[(0, 0, {'name': "News"}), (0, 0, {'decision_id': decision.id})])
        self._note_all_present(meeting)
        self._hold(meeting).action_approve()
        self.env['ir.model.data'].create({
            'module': '__test__', 'name': 'board_meeting', 'model': 'coop.meeting', 'res_id': meeting.id})
        minutes = meeting.minutes
        item, line = meeting.agenda_ids[0], meeting.attendance_ids[0]
        written = [
            (meeting, {'name': "Forged"}), (meeting, {'notes': "<p>Forged</p>"}),
            (meeting, {'date_start': '2026-01-15 08:00:00'}),
            (meeting, {'chair_id': self.sofia.partner_id.id}), (meeting, {'location': "Forged"}),
            (meeting, {'agenda_ids': [(1, item.id, {'note': "<p>Forged</p>"})]}),
            (meeting, {'agenda_ids': [(2, item.id, 0)]}), (meeting, {'agenda_ids': [(0, 0, {'name': "Forged"})]}),
            (meeting, {'attendance_ids': [(1, line.id, {'status': 'absent'})]}),
            (item, {'note': "<p>Forged</p>"}), (item, {'sequence': 99}), (line, {'status': 'absent'}),
        ]
        users = (self.env.user, self.chair, self.secretary, self.facilitator, self.manager, self.sofia_user, self.outsider)
        for user in users:
            attempts = [
                *((records.with_user(user).write, [values]) for records, values in written),
                *((records.with_user(user).with_context(coop_action=True).web_save, [values, {}]) for records, values in written),
                *((records.with_user(user).unlink, []) for records in (meeting, item, line)),
                (self.env['coop.agenda.item'].with_user(user).create, [{'meeting_id': meeting.id, 'name': "Forged"}]),
                (self.env['coop.attendance'].with_user(user).create, [{
                    'meeting_id': meeting.id, 'partner_id': self.outsider.partner_id.id}]),
            ]
            for method, arguments in attempts:
                with self.subTest(user=user.login, method=method), self.assertRefused(UserError, "."):
                    method(*arguments)
            result = meeting.with_user(user).load(['id', 'name'], [['__test__.board_meeting', "Forged"]])
            self.assertFalse(result['ids'])
        with self.assertRefused(UserError, "are approved"):
            meeting.sudo().write({'location': "Forged"})
        self.assertEqual(meeting.minutes, minutes)
        # What is said about them is no part of them.
        meeting.with_user(self.outsider).message_post(body="Well written")
        guard.sealed(meeting.sudo()).write({'location': "Only an action of ours"})

    def test_calls_with_bad_input_are_answered_in_a_sentence(self):
        meeting = self._plan()
        line = self._line(meeting, self.sofia).with_user(self.secretary)
        for holder in ("1", [1], {}, 999999, 0, True, -1):
            with self.subTest(holder=holder), self.assertRefused(UserError, "Choose someone of this meeting who is present"):
                line.action_note_represented(holder)
        with self.assertRaises(AccessError):
            self.env['coop.attendance'].with_user(self.secretary).action_note_present()
