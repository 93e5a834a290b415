from odoo import fields, models


class CalendarEvent(models.Model):
    """A meeting of the cohort, with a customer or with someone who applies."""
    _name = 'calendar.event'
    _inherit = ['calendar.event', 'coop.cohort.mixin']

    _cohort_sources = ('opportunity_id.cohort_id', 'applicant_id.cohort_id')

    cohort_id = fields.Many2one(check_company=False)  # an appointment has no company
