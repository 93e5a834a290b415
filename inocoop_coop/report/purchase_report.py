from odoo import fields, models
from odoo.tools import SQL


class PurchaseReport(models.Model):
    _inherit = 'purchase.report'

    cohort_id = fields.Many2one('coop.cohort', readonly=True)

    def _select(self):
        return SQL("%s, po.cohort_id AS cohort_id", super()._select())

    def _group_by(self):
        return SQL("%s, po.cohort_id", super()._group_by())
