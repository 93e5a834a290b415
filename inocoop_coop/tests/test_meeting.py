from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, warmup
from odoo.tools import mute_logger

from ..tools import clock, guard
from .common import TODAY
from .meetings import MORNING, MeetingCommon


@tagged('post_install', '-at_install')
class TestMeeting(MeetingCommon):
    """A body meets: it is planned, called, held and approved, and who came is noted."""

    # ------------------------------------------------------------
    # The whole life
    # ------------------------------------------------------------

    def test_a_member_plans_a_meeting_and_its_officers_lead_it_to_its_minutes(self):
        meeting = self._plan(date_start=MORNING + timedelta(days=7))
        self.assertRecordValues(meeting, [{
            'state': 'planned', 'name': "Board", 'chair_id': self.lea.partner_id.id, 'secretary_id': self.yanis.partner_id.id,
            'date_stop': MORNING + timedelta(days=7, hours=1), 'cohort_id': self.autumn.id}])
        self.assertEqual(
            meeting.attendance_ids.mapped('partner_id'), (self.lea + self.yanis + self.sofia + self.guest).partner_id)
        meeting.action_call()
        self.assertEqual((meeting.called_on, meeting.called_how), (TODAY, "by e-mail and calendar invitation"))
        meeting = self._on(meeting, 7)
        self._note_all_present(meeting)
        self._hold(meeting)
        self.assertEqual(meeting.state, 'held')
        meeting.with_user(self.secretary).action_approve()
        self.assertRecordValues(meeting, [{
            'state': 'approved', 'approved_on': TODAY + timedelta(days=7), 'approved_by_id': self.yanis.partner_id.id}])

    def test_the_form_plans_a_meeting_and_its_agenda(self):
        decision = self._propose(self.simple, self.chair, self.board)
        form = Form(self.env['coop.meeting'].with_user(self.chair))
        self.assertEqual(form.committee_id, self.board, "Léa sits on this body besides the assembly.")
        form.date_start = MORNING
        with form.agenda_ids.new() as item:
            item.name = "Last minutes"
            item.duration = 5
        with form.agenda_ids.new() as item:
            item.decision_id = decision
        meeting = form.save()
        self.assertEqual(meeting.agenda_ids.mapped('name'), ["Last minutes", "Buy a mower"])
        self.assertEqual(len(meeting.attendance_ids), 4)

    def test_the_title_that_was_typed_outlives_the_choice_of_the_body(self):
        form = Form(self.env['coop.meeting'].with_user(self.facilitator))
        form.name = "Extraordinary meeting"
        form.committee_id = self.board
        self.assertEqual(form.name, "Extraordinary meeting")
        other = Form(self.env['coop.meeting'].with_user(self.facilitator))
        other.committee_id = self.board
        self.assertEqual(other.name, "Board")
        other.committee_id = self.assembly
        self.assertEqual(other.name, "Assembly", "Nobody typed the other one.")

    def test_everyone_is_noted_in_one_tap_and_who_is_not_there_in_another(self):
        meeting = self._plan(date_start=MORNING)
        line = meeting.attendance_ids.filtered(lambda line: line.partner_id == self.sofia.partner_id)
        line.with_user(self.chair).action_note_excused()
        meeting.with_user(self.chair).action_note_all_present()
        self.assertEqual(line.status, 'excused', "What was noted stays.")
        self.assertEqual(set((meeting.attendance_ids - line).mapped('status')), {'present'})
        with self.assertRefused(UserError, "It is noted of everyone already"):
            meeting.with_user(self.chair).action_note_all_present()
        with self.assertRaises(AccessError):
            meeting.with_user(self.members[7]).action_note_all_present()

    def test_a_meeting_that_ends_before_it_begins_is_refused_in_our_words(self):
        meeting = self._plan(date_start=MORNING)
        for vals in ({'date_stop': MORNING - timedelta(hours=1)}, {'date_start': MORNING, 'date_stop': MORNING}):
            with self.assertRefused(UserError, "A meeting ends after it begins: check its two times."):
                meeting.write(vals)

    def test_each_item_begins_when_those_before_it_are_over(self):
        meeting = self._plan(agenda_ids=[
            (0, 0, {'name': "Second", 'duration': 20, 'sequence': 2}), (0, 0, {'name': "First", 'duration': 15, 'sequence': 1}),
            (0, 0, {'name': "Third", 'sequence': 3})])
        self.assertEqual(
            {item.name: item.start for item in meeting.agenda_ids},
            {"First": MORNING, "Second": MORNING + timedelta(minutes=15), "Third": MORNING + timedelta(minutes=35)})
        self.assertEqual(meeting.with_context(tz='Europe/Paris').agenda_ids.sorted()[1].start_time, "10:15\u202fAM")

    def test_a_meeting_is_not_held_before_its_day(self):
        meeting = self._plan(date_start=MORNING + timedelta(days=1))
        self._note_all_present(meeting)
        with self.assertRefused(UserError, "has not come yet"):
            meeting.with_user(self.chair).action_hold()

    def test_a_meeting_is_not_held_as_long_as_someone_is_not_noted(self):
        meeting = self._plan()
        self._note(meeting, {self.lea: 'present', self.yanis: 'present', self.guest: 'absent'})
        with self.assertRefused(UserError, "nothing is said yet of Sofia Petit"):
            meeting.with_user(self.chair).action_hold()

    def test_a_meeting_at_which_nobody_was_is_none(self):
        meeting = self._plan()
        for line in meeting.with_user(self.chair).attendance_ids:
            line.action_note_excused()
        with self.assertRefused(UserError, "Nobody was present"):
            meeting.with_user(self.chair).action_hold()

    def test_minutes_are_not_approved_before_the_meeting_nor_without_a_chair(self):
        meeting = self._plan()
        with self.assertRefused(UserError, "was not held yet"):
            meeting.with_user(self.chair).action_approve()
        self._note_all_present(meeting)
        meeting = self._hold(meeting)
        meeting.secretary_id = False
        with self.assertRefused(UserError, "say who chaired the meeting and who wrote them"):
            meeting.action_approve()

    def test_a_meeting_ends_once_and_is_approved_once(self):
        meeting = self._plan()
        self._note_all_present(meeting)
        meeting = self._hold(meeting)
        for action in (meeting.action_hold, meeting.action_call, meeting.action_refresh_attendance):
            with self.assertRefused(UserError, "was held already"):
                action()
        meeting.action_approve()
        with self.assertRefused(UserError, "are approved: nothing in them changes any more"):
            meeting.action_approve()

    def test_the_assembly_is_led_by_the_board(self):
        meeting = self._plan(self.outsider, self.assembly)
        self.assertEqual((meeting.chair_id, meeting.secretary_id), ((self.lea + self.yanis).partner_id[0], self.yanis.partner_id))
        self._note_all_present(meeting)
        self._hold(meeting)

    def test_a_closed_cohort_does_not_meet(self):
        self._close(self.autumn)
        with self.assertRefused(ValidationError, "its bodies don't meet any more"):
            self._plan(self.facilitator)

    def test_a_meeting_ends_after_it_begins(self):
        with mute_logger('odoo.sql_db'), self.assertRaises(IntegrityError):
            self._plan(date_stop=MORNING)

    def test_a_meeting_stays_with_its_body(self):
        with self.assertRefused(UserError, "plan another one for another body"):
            self._plan(self.facilitator).committee_id = self.finance

    def test_a_planned_meeting_is_deleted_and_a_held_one_is_not(self):
        meeting = self._plan()
        event = meeting.event_id.sudo()
        meeting.unlink()
        self.assertFalse(event.exists())
        held = self._plan()
        self._note_all_present(held)
        self._hold(held)
        with self.assertRefused(UserError, "stays with what was said and decided in it"):
            held.with_user(self.facilitator).unlink()

    def test_a_copy_is_planned_anew(self):
        meeting = self._plan()
        self._note_all_present(meeting)
        copied = self._hold(meeting).copy()
        self.assertRecordValues(copied, [{'state': 'planned', 'called_on': False, 'chair_id': self.lea.partner_id.id}])
        self.assertNotEqual(copied.event_id, meeting.event_id)
        self.assertFalse(any(copied.attendance_ids.mapped('status')))

    # ------------------------------------------------------------
    # Attendance
    # ------------------------------------------------------------

    def test_who_has_a_mandate_on_that_day_is_invited(self):
        self._seat(self.board, self.memberships[4], date_from=TODAY + timedelta(days=10))
        early, late = self._plan(), self._plan(date_start=MORNING + timedelta(days=10))
        self.assertEqual(len(late.attendance_ids), len(early.attendance_ids) + 1)

    def test_the_list_follows_the_mandates_as_long_as_the_meeting_is_planned(self):
        meeting = self._plan(date_start=MORNING + timedelta(days=7))
        self.board.mandate_ids.filtered(lambda mandate: mandate.partner_id == self.sofia.partner_id).action_end()
        self._seat(self.board, self.memberships[4])
        self.assertTrue(self._line(meeting, self.sofia))
        meeting.with_user(self.chair).action_refresh_attendance()
        self.assertFalse(self._line(meeting, self.sofia))
        self.assertEqual(self._line(meeting, self.memberships[4]).voice, 'deliberative')
        self.assertEqual(meeting.event_id.partner_ids, meeting.attendance_ids.partner_id)

    def test_a_meeting_that_is_moved_invites_those_who_sit_there_on_the_new_day(self):
        self._seat(self.board, self.memberships[4], date_from=TODAY + timedelta(days=10))
        meeting = self._plan()
        meeting.date_start = MORNING + timedelta(days=10)
        self.assertTrue(self._line(meeting, self.memberships[4]))

    def test_a_guest_is_heard_without_a_vote(self):
        meeting = self._plan().with_user(self.secretary)
        self.env['coop.attendance'].with_user(self.secretary).create({
            'meeting_id': meeting.id, 'partner_id': self.outsider.partner_id.id, 'status': 'present'})
        line = meeting.attendance_ids.filtered(lambda line: line.partner_id == self.outsider.partner_id)
        self.assertRecordValues(line, [{'voice': 'consultative', 'mandate_id': False}])
        self.assertEqual(meeting.entitled_count, 3)
        line.unlink()
        with self.assertRefused(UserError, "sits on “Board” and is invited"):
            self._line(meeting, self.sofia).unlink()

    def test_a_voice_is_not_written_by_hand(self):
        meeting = self._plan().with_user(self.facilitator)
        with self.assertRefused(AccessError, "is not changed by hand"):
            self._line(meeting, self.guest).voice = 'deliberative'
        with self.assertRefused(AccessError, "is not changed by hand"):
            self.env['coop.attendance'].with_user(self.facilitator).create({
                'meeting_id': meeting.id, 'partner_id': self.outsider.partner_id.id, 'voice': 'deliberative'})

    def test_the_quorum_counts_those_present_and_represented_who_have_a_vote(self):
        meeting = self._plan()
        self.assertEqual(meeting.quorum_text, "0 of 3 with a vote present or represented")
        self._note(meeting, {self.lea: 'present', self.guest: 'present', self.sofia: 'excused'})
        self._note(meeting, {self.yanis: self.lea})
        self.assertEqual(meeting.quorum_text, "2 of 3 with a vote present or represented")
        self.assertEqual(meeting._get_representations(), {self.yanis.partner_id: self.lea.partner_id})
        self.assertEqual(meeting._get_present_partners(), (self.lea + self.yanis + self.guest).partner_id)

    def test_a_person_represents_one_other_by_default(self):
        meeting = self._plan()
        self._note(meeting, {self.lea: 'present'})
        self._note(meeting, {self.yanis: self.lea})
        with self.assertRefused(ValidationError, "represents 2, and may represent 1 at most"):
            self._note(meeting, {self.sofia: self.lea})
        meeting.with_user(self.chair).proxy_limit = 2
        self._note(meeting, {self.sofia: self.lea})
        self.assertEqual(meeting.present_count, 3)

    def test_only_who_is_there_and_has_a_vote_represents_someone(self):
        meeting = self._plan()
        self._note(meeting, {self.guest: 'present', self.sofia: 'excused'})
        for holder in (self.guest, self.sofia, self.lea, self.yanis):
            with self.assertRefused(ValidationError, "by someone else of this meeting, who is present and has a vote"):
                self._note(meeting, {self.yanis: holder})
        self._note(meeting, {self.lea: 'present'})
        with self.assertRefused(ValidationError, "has no vote to hand over"):
            self._note(meeting, {self.guest: self.lea})
        other = self._plan(self.outsider, self.assembly)
        self._note(other, {self.outsider.partner_id.coop_membership_ids: 'present'})
        with self.assertRefused(UserError, "Choose someone of this meeting"):
            self._line(meeting, self.yanis).with_user(self.secretary).action_note_represented(other.attendance_ids[-1].id)
        with self.assertRefused(ValidationError, "By whom is Yanis Dupond represented"):
            self._line(meeting, self.yanis).with_user(self.secretary).status = 'represented'

    def test_who_represents_someone_does_not_leave_unsaid_who_does_it_now(self):
        meeting = self._plan()
        self._note(meeting, {self.lea: 'present'})
        self._note(meeting, {self.yanis: self.lea})
        with self.assertRefused(ValidationError, "Léa Martin represents Yanis Dupond: say first who does it now"):
            self._note(meeting, {self.lea: 'excused'})
        self._note(meeting, {self.yanis: 'present'})
        self.assertFalse(self._line(meeting, self.yanis).represented_by_id)
        self._note(meeting, {self.lea: 'excused'})

    def test_the_dialog_asks_who_represents_someone(self):
        meeting = self._plan()
        self._note(meeting, {self.lea: 'present'})
        action = self._line(meeting, self.yanis).with_user(self.secretary).action_note_represented()
        line = self.env[action['res_model']].with_user(self.secretary).browse(action['res_id'])
        form = Form(line, view=action['view_id'])
        form.represented_by_id = self._line(meeting, self.lea)
        form.save()
        self.assertEqual(line.status, 'represented')

    # ------------------------------------------------------------
    # The agenda
    # ------------------------------------------------------------

    def test_a_decision_is_on_the_agenda_of_its_own_body(self):
        decision = self._propose(self.simple)
        with self.assertRefused(ValidationError, "is for “Assembly” to decide"):
            self._plan(agenda_ids=[(0, 0, {'decision_id': decision.id})])

    def test_a_decision_is_on_the_agenda_of_one_meeting_to_come(self):
        decision = self._propose(self.simple, self.chair, self.board)
        first = self._plan(agenda_ids=[(0, 0, {'decision_id': decision.id})])
        self.assertEqual(first.agenda_ids.name, "Buy a mower")
        with mute_logger('odoo.sql_db'), self.assertRaises(IntegrityError) as refusal:
            self._plan(agenda_ids=[(0, 0, {'decision_id': decision.id})])
        self.assertEqual(
            self.env['coop.agenda.item']._sql_error_to_message(refusal.exception),
            "This decision is on the agenda of a meeting to come already: it is voted in one.")
        self._note_all_present(first)
        self._hold(first)
        self._plan(agenda_ids=[(0, 0, {'decision_id': decision.id})])

    def test_what_is_decided_is_not_put_on_an_agenda(self):
        decision = self._propose(self.simple, self.chair, self.board)
        decision.action_withdraw()
        with self.assertRefused(ValidationError, "is not to be decided in this meeting any more"):
            self._plan(agenda_ids=[(0, 0, {'decision_id': decision.id})])

    # ------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------

    @warmup
    def test_the_list_costs_as_much_for_six_meetings_as_for_three(self):
        specification = {
            name: {} for name in ('date_start', 'name', 'location', 'quorum_text', 'state', 'entitled_count')}
        specification['committee_id'] = {'fields': {'display_name': {}}}
        meetings = self.env['coop.meeting']
        for _time in range(6):
            meetings |= self._plan()
        self.env.flush_all()
        for count in (3, 6):
            self.env.invalidate_all()
            with self.assertQueryCount(8):
                self.env['coop.meeting'].with_user(self.outsider).web_search_read(
                    [('id', 'in', meetings[:count].ids)], specification)

    def test_a_body_counts_its_meetings_and_opens_them(self):
        self._plan()
        self._plan()
        board = self.board.with_user(self.outsider)
        self.assertEqual(board.meeting_count, 2)
        self.assertEqual(self.env['coop.meeting'].search_count(board.action_view_meetings()['domain']), 2)
        self.assertEqual(self.finance.meeting_count, 0)


# The calendar writes about what is to come, by the computer's own clock.
@freeze_time('2026-01-15 12:00:00')
@tagged('post_install', '-at_install')
class TestMeetingCalendar(MeetingCommon):
    """A meeting stands in the calendar of those who are invited, and both stay in step."""

    def _sent(self):
        """What was written to anyone: the calendar notifies people, who then get a mail."""
        return (self.env['mail.mail'].sudo().search([]), self.env['mail.message'].sudo().search([
            ('model', '=', 'calendar.event'), ('message_type', '=', 'user_notification')]))

    def test_the_event_is_made_with_the_meeting_and_writes_to_nobody(self):
        before = self._sent()
        meeting = self._plan(date_start=MORNING + timedelta(days=7))
        self.assertRecordValues(meeting.event_id, [{
            'name': "Board", 'start': meeting.date_start, 'stop': meeting.date_stop, 'location': "The workshop",
            'cohort_id': self.autumn.id, 'user_id': self.sofia_user.id, 'privacy': 'public'}])
        self.assertEqual(meeting.event_id.partner_ids, meeting.attendance_ids.partner_id)
        meeting.date_start += timedelta(days=1)
        self.assertEqual(self._sent(), before)

    def test_the_event_moves_with_the_meeting(self):
        meeting = self._plan()
        meeting.write({'date_start': MORNING + timedelta(hours=3), 'location': "Outside", 'name': "Extraordinary board"})
        self.assertRecordValues(meeting.event_id, [{
            'name': "Extraordinary board", 'start': MORNING + timedelta(hours=3), 'stop': MORNING + timedelta(hours=4),
            'location': "Outside"}])

    def test_the_meeting_moves_with_its_event(self):
        meeting = self._plan()
        meeting.event_id.with_user(self.sofia_user).write({
            'start': MORNING + timedelta(hours=3), 'stop': MORNING + timedelta(hours=5), 'location': "Outside"})
        self.assertRecordValues(meeting, [{
            'date_start': MORNING + timedelta(hours=3), 'date_stop': MORNING + timedelta(hours=5), 'location': "Outside"}])

    def test_who_may_not_move_the_meeting_does_not_move_it_in_the_calendar(self):
        meeting = self._plan()
        with self.assertRefused(AccessError, "those who sit there plan it"):
            meeting.event_id.with_user(self.outsider).write({
                'start': MORNING + timedelta(hours=3), 'stop': MORNING + timedelta(hours=5)})
        self._note_all_present(meeting)
        self._hold(meeting).action_approve()
        with self.assertRefused(UserError, "are approved: nothing in them changes"):
            meeting.event_id.with_user(self.chair).write({'location': "Elsewhere"})

    def test_an_event_of_a_meeting_stays_what_it_is(self):
        event = self._plan().event_id
        for user in (self.sofia_user, self.facilitator, self.manager):
            event = event.with_user(user)
            for values in ({'active': False}, {'recurrency': True, 'rrule_type': 'weekly'}, {'cohort_id': False}):
                with self.assertRefused(UserError, "it stays in its cohort, does not repeat, and is deleted on its own page"):
                    event.write(values)
            with self.assertRefused(UserError, "is deleted on its own page"):
                event.unlink()

    def test_the_event_leads_to_the_meeting(self):
        meeting = self._plan()
        self.assertEqual(meeting.event_id.with_user(self.outsider).action_view_coop_meeting()['res_id'], meeting.id)
        Form(meeting.event_id.with_user(self.outsider))
        Form(meeting.event_id.with_user(self.accountant))

    def test_calling_sends_the_invitation_with_the_agenda(self):
        meeting = self._plan(date_start=MORNING + timedelta(days=7), agenda_ids=[
            (0, 0, {'name': "Buy a mower?"}), (0, 0, {'name': "<b>Bold</b>"})])
        _mails, before = self._sent()
        meeting.action_call()
        _mails, after = self._sent()
        messages = after - before
        # Who calls knows it; the delegate without an address is told otherwise.
        self.assertEqual(messages.partner_ids, (self.lea + self.guest).partner_id)
        for message in messages:
            self.assertIn("Buy a mower?", message.body)
            self.assertIn("The workshop", message.body)
        self.assertIn("&lt;b&gt;Bold", meeting.event_id.description)
        meeting.agenda_ids[0].name = "Rent a mower?"
        self.assertIn("Rent a mower?", meeting.event_id.description)

    def test_nobody_is_invited_to_what_has_begun_nor_where_nobody_sits(self):
        with self.assertRefused(UserError, "has begun: nobody is invited to it any more"):
            self._plan().action_call()
        with self.assertRefused(UserError, "there is nobody to invite"):
            self._plan(self.facilitator, self.finance, date_start=MORNING + timedelta(days=1)).action_call()

    def test_a_story_that_is_told_silently_writes_to_nobody(self):
        before = self._sent()
        meeting = clock.at(self.env['coop.meeting'], TODAY, silent=True).with_user(self.sofia_user).create({
            'committee_id': self.board.id, 'date_start': MORNING + timedelta(days=7)})
        meeting.action_call()
        meeting.date_start += timedelta(days=1)
        meeting.unlink()
        self.assertEqual(self._sent(), before)

    def test_those_who_were_called_are_told_when_it_is_cancelled(self):
        meeting = self._plan(date_start=MORNING + timedelta(days=7))
        meeting.action_call()
        before = self.env['mail.mail'].sudo().search([])
        meeting.unlink()
        mail = self.env['mail.mail'].sudo().search([]) - before
        self.assertIn(self.lea.partner_id, mail.recipient_ids)
        self.assertFalse(mail.filtered('model'))

    def test_a_seal_over_the_event_is_only_ours(self):
        event = self._plan().event_id.with_user(self.outsider)
        with self.assertRaises(AccessError):
            event.with_context(coop_action=True).write({'location': "Elsewhere"})
        guard.sealed(event.sudo()).write({'location': "Elsewhere"})
