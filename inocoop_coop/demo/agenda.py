"""Meetings of the bodies, from the invitation to the minutes, and visits to customers in the calendar."""
from datetime import timedelta
from functools import partial

from .days import FRI, MON, moment, next_worked
from .orders import NEW
from .proposals import get_votes_in
from .run import Chapter
from .sessions import AGENDAS, CLOSING_ASSEMBLY, CLOSING_EXCUSED, CLOSING_PROXIES, NOTES, WEEKS_AHEAD

VISIT = ((12, 15), 0.75)  # between the morning's work and the afternoon's
CALLED_AT = (8, 0)
PLACE = "Local de la coopérative"
# One of so many meetings lacks someone.
EXCUSED_EACH = {'assembly': 3, 'hr': 4, 'marketing': 4, 'finance': 4, 'board': 5}


class Agenda(Chapter):
    """Each meeting is called two weeks before it and held by who leads its body; the next one approves its minutes."""

    def events(self):
        for session in self.run.calendar.values():
            called = moment(self.get_day_of_call(session), *CALLED_AT)
            yield called, partial(self.call, session, called)
            yield session.start, partial(self.gather, session)
            yield session.stop, partial(self.hold, session)
        for deal in self.run.deals:
            if deal.fate != NEW:
                met = self.run.days.on(*deal.asked)
                yield met, partial(self.plan_visit, met, deal)

    def get_day_of_call(self, session):
        """Bodies are first called when they have members."""
        first = self.run.days.on(0, MON if session.body == 'assembly' else FRI)
        return min(max(session.day - timedelta(weeks=WEEKS_AHEAD), first), session.day)

    # ------------------------------------------------------------
    # Meetings
    # ------------------------------------------------------------

    def call(self, session, at):
        """The facilitator plans it, with what is always talked about, and sends the invitations."""
        env = self.story.on(at, 'facilitator')
        before, after = AGENDAS[session.body]
        self.run.meetings[session.body, session.day] = meeting = env['coop.meeting'].create({
            'name': session.name,
            'committee_id': self.run.body(env, session.body).id,
            'date_start': session.start,
            'date_stop': session.stop,
            'location': PLACE,
        })
        env['coop.agenda.item'].create([
            {'meeting_id': meeting.id, 'name': name, 'duration': minutes, 'sequence': sequence}
            for items, sequence in ((before, 10), (after, 90)) for name, minutes in items])
        meeting.action_call()

    def gather(self, session):
        """Who is there is noted, and the minutes of the meeting before are approved."""
        meeting = self.get(session, session.start)
        meeting.action_refresh_attendance()
        self.name_officers(meeting)
        lines = meeting.attendance_ids
        lines.action_note_present()
        represented, excused = self.get_missing(session)
        for person in excused:
            self.get_line(lines, person).action_note_excused()
        for person, holder in represented.items():
            self.get_line(lines, person).action_note_represented(self.get_line(lines, holder).id)
        before = [other for other in self.run.calendar.values() if other.body == session.body and other.start < session.start]
        if before:
            last = self.get(max(before, key=lambda other: other.start), session.start)
            last.with_env(meeting.env).action_approve()

    def hold(self, session):
        """What was said is written beside the first item, and the meeting ends."""
        meeting = self.get(session, session.stop)
        notes = NOTES[session.body]
        meeting.agenda_ids.sorted('sequence')[:1].note = f"<p>{notes[session.rank % len(notes)]}</p>"
        meeting.action_hold()

    def get(self, session, at):
        """The meeting as who leads it has it before them."""
        return self.run.meetings[session.body, session.day].with_env(self.story.on(at, session.leader))

    def name_officers(self, meeting):
        """Those who lead the body on the day; the facilitator stands in for who is not elected."""
        leading = meeting.committee_id._get_leading_mandates(meeting._get_day())
        for name, role in (('chair_id', 'chair'), ('secretary_id', 'secretary')):
            seats = leading.filtered(lambda mandate, role=role: mandate.role == role)
            own = seats.filtered(lambda mandate: mandate.committee_id == meeting.committee_id)
            person = (own or seats)[:1].partner_id or self.story.users['facilitator'].partner_id
            if meeting[name] != person:
                meeting[name] = person.id

    def get_missing(self, session):
        """Who is represented, by whom, and who is excused: as the votes say that are held there, or now and then someone."""
        if self.run.writer and session.body == 'assembly' and (session.week, session.weekday) == CLOSING_ASSEMBLY:
            return CLOSING_PROXIES, CLOSING_EXCUSED
        represented, excused = {}, []
        votes = get_votes_in(session.body, session.week, session.weekday) if not self.run.writer else []
        for _proposal, vote in votes:
            represented |= vote.proxies
            excused += vote.silent
        each = EXCUSED_EACH.get(session.body)
        if not votes and each and session.rank % each == each - 1:
            seated = self.get_seated(session)
            excused.append(seated[session.rank * 5 % len(seated)])
        return represented, excused

    def get_seated(self, session):
        """Keys of those who sit on the body, without who leads the meeting."""
        partners = self.run.meetings[session.body, session.day].sudo().attendance_ids.partner_id
        return [key for key, membership in self.run.memberships.items()
                if membership.partner_id in partners and key != session.leader]

    def get_line(self, lines, person):
        partner = self.run.memberships[person].partner_id
        return lines.filtered(lambda line: line.partner_id == partner)

    # ------------------------------------------------------------
    # Visits
    # ------------------------------------------------------------

    def plan_visit(self, met, deal):
        """The seller goes and sees what is to be done."""
        env = self.story.on(met, deal.seller)
        hour, duration = VISIT
        start = moment(next_worked(met + timedelta(days=1)), *hour)
        env['calendar.event'].create({
            'name': f"Visite : {deal.title}",
            'start': start,
            'stop': start + timedelta(hours=duration),
            'partner_ids': env.user.partner_id.ids,
            'user_id': env.uid,
            'cohort_id': self.run.cohort.id,
            'opportunity_id': self.run.leads[deal].with_env(env).id,
        })
