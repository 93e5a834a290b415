from odoo import api, fields, models


class CalendarEvent(models.Model):
    """A meeting of the cohort, with a customer or with someone who applies."""
    _name = 'calendar.event'
    _inherit = ['calendar.event', 'coop.cohort.mixin']

    _cohort_sources = ('opportunity_id.cohort_id', 'applicant_id.cohort_id')

    cohort_id = fields.Many2one(check_company=False)  # an appointment has no company

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
