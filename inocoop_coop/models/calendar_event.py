from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import guard
from .coop_cohort_documents import PEOPLE

MOVED_WITH = {'name', 'location', 'start', 'stop', 'duration', 'allday', 'start_date', 'stop_date'}


class CalendarEvent(models.Model):
    """A meeting of the cohort, with a customer or with someone who applies."""
    _name = 'calendar.event'
    _inherit = ['calendar.event', 'coop.cohort.mixin']

    _cohort_sources = ('opportunity_id.cohort_id', 'applicant_id.cohort_id')

    cohort_id = fields.Many2one(check_company=False)  # an appointment has no company
    coop_meeting_ids = fields.One2many('coop.meeting', 'event_id', string="Meeting of a Body", groups=PEOPLE)

    @api.model
    def _get_public_fields(self):
        # Whose appointment is private shows as busy in its cohort's calendar, and counts there.
        return super()._get_public_fields() | {'cohort_id', '__count'}

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # Core reads whether an event is private before it asks whether it may be read at all.
        events = self
        if not self.env.su and self.env.user.is_coop_scoped:
            events = self.exists()._filtered_access('read')
        return super(CalendarEvent, events)._mail_get_operation_for_mail_message_operation(message_operation)

    # ------------------------------------------------------------
    # Meetings of bodies
    # ------------------------------------------------------------

    def write(self, vals):
        moved = MOVED_WITH & vals.keys()
        kept = {'cohort_id', 'active', 'recurrency'} & vals.keys()
        if guard.is_sealed(self) or not (moved or kept):
            return super().write(vals)
        meetings = self._get_coop_meetings()
        for meeting in meetings if kept else ():
            leaves = vals.get('cohort_id', meeting.cohort_id.id) != meeting.cohort_id.id
            if leaves or vals.get('recurrency') or not vals.get('active', True):
                meeting._refuse_in_calendar()
        result = super().write(vals)
        if moved and meetings:
            meetings.sudo(self.env.su)._write_from_calendar()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_meetings(self):
        if not guard.is_sealed(self):
            for meeting in self._get_coop_meetings():
                meeting._refuse_in_calendar()

    def _get_coop_meetings(self):
        # sudo: whether it is a meeting of a body, whoever writes the event; what they may do to it is asked then.
        return self.env['coop.meeting'].sudo().search([('event_id', 'in', self.ids)])

    def action_view_coop_meeting(self):
        """Open the meeting whose event this is."""
        self.ensure_one()
        self.check_access('read')
        meeting = self.coop_meeting_ids[:1]
        if not meeting:
            raise UserError(self.env._("“%s” is no meeting of a body.", self.display_name))
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'coop.meeting',
            'res_id': meeting.id,
            'view_mode': 'form',
        }
