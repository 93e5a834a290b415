from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools import clock
from .meetings import MORNING, MeetingCommon


@tagged('post_install', '-at_install')
class TestMeetingVote(MeetingCommon):
    """A decision of the agenda is voted in the meeting, by those who are there."""

    def _put_on_agenda(self, method=None, body=None, **values):
        decision = self._propose(method or self.absolute, self.chair, body or self.board)
        return self._plan(self.chair, body, agenda_ids=[(0, 0, {'decision_id': decision.id})], **values), decision

    def _open_in(self, meeting, user=None):
        meeting.agenda_ids.with_user(user or self.chair).action_open_vote()

    def test_those_who_are_there_vote_and_present_counts_from_the_attendance(self):
        meeting, decision = self._put_on_agenda(body=self.assembly)
        people = self.memberships
        self._note(meeting, dict.fromkeys(people[:5], 'present') | dict.fromkeys(people[6:], 'absent'))
        self._note(meeting, {people[5]: people[0]})
        self._open_in(meeting)
        self.assertRecordValues(decision, [{'state': 'voting', 'meeting_id': meeting.id, 'date_deadline': False}])
        with self.assertRefused(UserError, "you are not noted as present there"):
            decision.with_user(self.members[7]).cast_vote('yes')
        for user in self.members[:4]:
            decision.with_user(user).cast_vote('yes')
        meeting.agenda_ids.with_user(self.chair).action_close_vote()
        result = decision.version_id.result
        self.assertEqual((result['present'], result['entitled'], result['voted'], result['outcome']), (6, 9, 4, 'adopted'))
        self.assertEqual(meeting.decision_ids, decision)

    def test_who_represents_someone_votes_for_them(self):
        meeting, decision = self._put_on_agenda()
        self._note(meeting, {self.lea: 'present', self.yanis: 'present', self.guest: 'absent'})
        self._note(meeting, {self.sofia: self.lea})
        self._open_in(meeting)
        decision.with_user(self.chair).cast_vote('yes')
        decision.with_user(self.chair).cast_vote('yes', on_behalf_of=self._elector(decision, self.sofia_user).id)
        self._hold(meeting)
        self.assertEqual((decision.state, decision.version_id.result['yes']), ('adopted', 2))

    def test_the_vote_closes_with_the_last_who_is_entitled_or_with_the_meeting(self):
        meeting, decision = self._put_on_agenda()
        self._note_all_present(meeting)
        self._open_in(meeting)
        self._vote(decision, {'yes': 3})
        self.assertEqual(decision.state, 'adopted')
        meeting, decision = self._put_on_agenda(name="Second")
        self._note_all_present(meeting)
        self._open_in(meeting)
        self._vote(decision, {'no': 2})
        self._hold(meeting)
        self.assertEqual(decision.state, 'rejected')

    def test_who_closes_a_vote_is_told_how_many_of_those_present_are_silent(self):
        meeting, decision = self._put_on_agenda(self.consent, self.assembly)
        self._note(meeting, dict.fromkeys(self.memberships[:8], 'present') | dict.fromkeys(self.memberships[8:], 'absent'))
        self._open_in(meeting)
        item = meeting.agenda_ids.with_user(self.chair)
        self._vote(decision, {'consent': 2})
        self.assertEqual(
            item.silence_text, "Fewer than 3 people of 8 have voted. In this method, silence does not count: without an "
            "objection, the proposal is adopted.")
        self._vote(decision, {'consent': 4})
        item.invalidate_recordset(['silence_text'])
        self.assertIn("4 people have not voted yet.", item.silence_text)
        self.assertEqual(item.action_ask_to_close()['target'], 'new')
        other = meeting.agenda_ids.with_user(self.members[7])
        self.assertFalse(other.silence_text, "How many have voted is for who leads the meeting.")
        with self.assertRaises(AccessError):
            other.action_ask_to_close()

    def test_a_deadline_that_passes_during_the_meeting_closes_that_vote_and_not_the_meetings(self):
        outside = self._open(self.simple, self.chair, self.board)
        meeting, inside = self._put_on_agenda(date_start=MORNING + timedelta(days=30))
        late = MORNING + timedelta(days=30)
        meeting = self._on(meeting, 30)
        self._note_all_present(meeting)
        self._open_in(meeting)
        for decision in outside + inside:
            clock.at(decision.sudo(), late)._keep_vote(late)
        self.assertNotEqual(outside.state, 'voting')
        self.assertEqual(inside.state, 'voting')
        self._hold(meeting)
        self.assertNotEqual(inside.state, 'voting')
        self.assertEqual(meeting.decision_ids, inside)

    def test_a_vote_is_not_opened_before_the_day_nor_without_anyone_nor_after_the_meeting(self):
        meeting, _decision = self._put_on_agenda(date_start=MORNING + timedelta(days=1))
        with self.assertRefused(UserError, "has not come yet"):
            self._open_in(meeting)
        meeting.date_start = MORNING
        with self.assertRefused(UserError, "Note first who is there"):
            self._open_in(meeting)
        self._note_all_present(meeting)
        meeting = self._hold(meeting)
        with self.assertRefused(UserError, "was held already"):
            self._open_in(meeting)

    def test_an_item_that_is_no_decision_is_not_voted(self):
        meeting = self._plan(agenda_ids=[(0, 0, {'name': "Last minutes"})])
        self._note_all_present(meeting)
        for action, sentence in (('action_open_vote', "is no decision"), ('action_close_vote', "No vote is open on")):
            with self.assertRefused(UserError, sentence):
                getattr(meeting.agenda_ids.with_user(self.chair), action)()

    def test_only_who_leads_the_meeting_puts_to_the_vote_and_closes(self):
        meeting, decision = self._put_on_agenda()
        self._note_all_present(meeting)
        for user in (self.sofia_user, self.outsider, self.guest.user_id, self.psychologist, self.other_facilitator):
            with self.assertRaises(AccessError):
                self._open_in(meeting, user)
        self._open_in(meeting, self.facilitator)
        with self.assertRaises(AccessError):
            meeting.agenda_ids.with_user(self.sofia_user).action_close_vote()
        self.assertEqual(decision.state, 'voting')

    def test_the_meetings_own_chair_leads_its_votes(self):
        meeting, decision = self._put_on_agenda()
        meeting.chair_id = self.sofia.partner_id
        self._note_all_present(meeting, self.sofia_user)
        self._open_in(meeting, self.sofia_user)
        self.assertEqual(decision.state, 'voting')
        self.assertTrue(meeting.agenda_ids.with_user(self.sofia_user).can_close_vote)
        self.assertFalse(meeting.agenda_ids.with_user(self.outsider).can_close_vote)

    def test_what_was_voted_stays_on_the_agenda_and_keeps_its_meeting(self):
        meeting, decision = self._put_on_agenda()
        self._note_all_present(meeting)
        self._open_in(meeting)
        with self.assertRefused(UserError, "was put to the vote in this meeting: it stays on its agenda"):
            meeting.agenda_ids.unlink()
        with self.assertRefused(UserError, "was put to the vote in this meeting"):
            meeting.agenda_ids.decision_id = False
        with self.assertRefused(UserError, "stays with what was said and decided"):
            meeting.unlink()
        self._vote(decision, {'yes': 3})
        self.assertEqual(decision.state, 'adopted')

    def test_who_came_to_the_body_since_the_invitation_votes_when_they_are_there(self):
        meeting, decision = self._put_on_agenda()
        self._note_all_present(meeting)
        self._seat(self.board, self.memberships[5])
        self._open_in(meeting)
        self.assertEqual(decision.elector_count, 4)
        line = self._line(meeting, self.memberships[5])
        with self.assertRefused(UserError, "not noted as present"):
            decision.with_user(self.members[5]).cast_vote('yes')
        line.with_user(self.secretary).action_note_present()
        decision.with_user(self.members[5]).cast_vote('yes')
