from odoo import fields, models


class SaleReport(models.Model):
    _inherit = 'sale.report'

    cohort_id = fields.Many2one('coop.cohort', readonly=True)

    def _select_additional_fields(self):
        return {**super()._select_additional_fields(), 'cohort_id': 's.cohort_id'}

    def _group_by_sale(self):
        return f"{super()._group_by_sale()}, s.cohort_id"
