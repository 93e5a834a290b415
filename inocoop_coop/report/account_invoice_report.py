from odoo import api, fields, models
from odoo.tools import SQL


class AccountInvoiceReport(models.Model):
    _inherit = 'account.invoice.report'

    cohort_id = fields.Many2one('coop.cohort', readonly=True)

    @api.model
    def _select(self):
        return SQL("%s, line.cohort_id AS cohort_id", super()._select())
