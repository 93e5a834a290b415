from odoo import api, fields, models


class TimesheetsAnalysisReport(models.Model):
    _inherit = 'timesheets.analysis.report'

    cohort_id = fields.Many2one('coop.cohort', readonly=True)

    @api.model
    def _select(self):
        return f"{super()._select()}, A.cohort_id AS cohort_id"
