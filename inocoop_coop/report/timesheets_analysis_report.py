from odoo import api, fields, models


class TimesheetsAnalysisReport(models.Model):
    _inherit = 'timesheets.analysis.report'

    cohort_id = fields.Many2one('coop.cohort', readonly=True)
    coop_kind_id = fields.Many2one('coop.hour.kind', string="Kind", readonly=True)
    coop_state = fields.Selection([('entered', "Entered"), ('validated', "Validated")], string="Validation", readonly=True)

    @api.model
    def _select(self):
        return f"{super()._select()}, A.cohort_id AS cohort_id, A.coop_kind_id AS coop_kind_id, A.coop_state AS coop_state"
