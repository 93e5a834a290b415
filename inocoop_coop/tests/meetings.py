"""A board that meets, for the tests of meetings."""
from datetime import datetime, timedelta

from ..tools import clock
from .common import TODAY
from .decisions import DecisionCommon

MORNING = datetime(TODAY.year, TODAY.month, TODAY.day, 9)


class MeetingCommon(DecisionCommon):
    """The board meets on the day of the tests, from nine to ten: Léa chairs, Yanis writes, Sofia sits there.

    ``guest`` sits on the board without a vote. ``outsider`` is a member of the cohort and not of the board.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls.memberships[3]
        cls._seat(cls.board, cls.guest, voice='consultative')
        cls.outsider, cls.sofia_user = cls.members[8], cls.sofia.user_id

    @classmethod
    def _plan(cls, user=None, body=None, **values):
        return cls.env['coop.meeting'].with_user(user or cls.sofia_user).create({
            'committee_id': (body or cls.board).id, 'date_start': MORNING, 'location': "The workshop", **values})

    @classmethod
    def _line(cls, meeting, membership):
        return meeting.attendance_ids.filtered(lambda line: line.partner_id == membership.partner_id)

    @classmethod
    def _note(cls, meeting, statuses, user=None):
        """Note the attendance, as the secretary by default: ``{membership: status, or who represents them}``."""
        meeting = meeting.with_user(user or cls.secretary)
        for membership, status in statuses.items():
            line = cls._line(meeting, membership)
            if isinstance(status, str):
                getattr(line, f'action_note_{status}')()
            else:
                line.action_note_represented(cls._line(meeting, status).id)

    @classmethod
    def _note_all_present(cls, meeting, user=None):
        for line in meeting.with_user(user or cls.secretary).attendance_ids:
            line.action_note_present()

    @classmethod
    def _hold(cls, meeting):
        meeting = meeting.with_user(cls.chair)
        meeting.action_hold()
        return meeting

    @classmethod
    def _on(cls, records, days):
        """The same records on another day."""
        return clock.at(records, MORNING + timedelta(days=days))
