from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import clock, guard

# The meeting's field, and the same in the calendar.
IN_STEP = {'name': 'name', 'date_start': 'start', 'date_stop': 'stop', 'location': 'location'}


class CoopMeeting(models.Model):
    """The meeting in the calendar of those who are invited: made with it, moved with it, gone with it.

    Whoever moves it in the calendar moves the meeting, if they may; see ``calendar_event.py``. Nobody is
    written to before the meeting is called; from then on the calendar tells who is invited about changes.
    """
    _inherit = 'coop.meeting'

    def action_call(self):
        """Send the invitations, with the agenda, and note on which day it was called, and how.

        It may be called again, when its agenda has changed.

        :raise UserError: when nobody sits on the body on that day, or the meeting has begun
        :raise AccessError: when the caller does not sit on the body
        """
        self._check_planner()
        self._check_is_planned()
        for meeting in self:
            if not meeting.attendance_ids:
                raise UserError(self.env._(
                    "Nobody sits on “%s” on that day: there is nobody to invite.", meeting.committee_id.name))
            if meeting.date_start < clock.now(self.env):
                raise UserError(self.env._(
                    "“%s” has begun: nobody is invited to it any more. Move it to another time, or write down how it was called.",
                    meeting.display_name))
            guard.sealed(meeting).write({
                'called_on': clock.today(self),
                'called_how': meeting._with_document_lang().env._("by e-mail and calendar invitation"),
            })
            meeting._write_agenda_to_calendar()
            meeting._get_event().attendee_ids._send_invitation_emails()

    # ------------------------------------------------------------
    # In step with the calendar
    # ------------------------------------------------------------

    def _get_event(self):
        """The meeting's event, sealed; the calendar writes to nobody before the meeting is called."""
        # sudo: whoever may write the meeting moves it in the calendar, too.
        event = guard.sealed(self.sudo().event_id)
        if clock.is_silent(self.env) or not self.called_on:
            event = event.with_context(no_mail_to_attendees=True, dont_notify=True)
        return event

    def _make_events(self):
        for meeting in self:
            # sudo: an event of the meeting that was just made, after who makes it was checked.
            event = meeting._get_event().create({
                **{event_field: meeting[name] for name, event_field in IN_STEP.items()},
                'cohort_id': meeting.cohort_id.id,
                'event_tz': meeting._get_tz(),
                # A body's meetings are no secret in its cohort, whatever the organiser's own calendar is.
                'privacy': 'public',
                'user_id': self.env.uid,
                'partner_ids': [fields.Command.set(meeting.attendance_ids.partner_id.ids)],
            })
            guard.sealed(meeting).event_id = event.id

    def _write_to_calendar(self, vals):
        if not IN_STEP.keys() & vals.keys():
            return
        for meeting in self:
            event = meeting._get_event()
            values = {
                event_field: meeting[name] for name, event_field in IN_STEP.items() if event[event_field] != meeting[name]}
            if event and values:
                event.write(values)

    def _write_from_calendar(self):
        """Follow the event, if the user may move the meeting."""
        for meeting in self:
            # sudo: the event that the user has just written.
            event = meeting.sudo().event_id
            values = {
                name: event[event_field] for name, event_field in IN_STEP.items() if event[event_field] != meeting[name]}
            if values:
                meeting.write(values)

    def _invite(self):
        """Let the calendar know who is invited."""
        for meeting in self:
            event = meeting._get_event()
            partners = meeting.attendance_ids.partner_id
            if event and event.partner_ids != partners:
                event.write({'partner_ids': [fields.Command.set(partners.ids)]})

    def _write_agenda_to_calendar(self):
        """What is said of a meeting that was called is what is on its agenda now."""
        for meeting in self.filtered('called_on'):
            meeting._get_event().description = Markup("<ol>%s</ol>") % Markup().join(
                Markup("<li>%s</li>") % item.name for item in meeting.agenda_ids.sorted())

    @api.model
    def _cancel_events(self, events, called):
        """Take the events of deleted meetings out of the calendar, and tell those who were called.

        :param called: those of the events to which people were invited
        """
        # sudo: who deletes the meeting was checked.
        template = self.env.ref('calendar.calendar_template_delete_event').sudo()
        for event in events.sudo():
            if event in called.sudo() and event.start > clock.now(self.env) and not clock.is_silent(self.env):
                template.send_mail(event.id, email_values={
                    'recipient_ids': [fields.Command.set(event.partner_ids.filtered('email').ids)],
                    'model': False, 'res_id': False})
        guard.sealed(events.sudo()).unlink()

    def _refuse_in_calendar(self):
        self.ensure_one()
        raise UserError(self.env._(
            "This is the meeting “%s”: it stays in its cohort, does not repeat, and is deleted on its own page. Here you may "
            "move it.", self.display_name))
