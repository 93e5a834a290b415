from odoo import models


class SaleOrderLine(models.Model):
    """A line of a quotation is decided on with it."""
    _name = 'sale.order.line'
    _inherit = ['coop.gated.line.mixin', 'sale.order.line']

    _covered_quantity = 'product_uom_qty'

    def _is_expense(self):
        return self.is_expense

    def _prepare_task_template_vals(self, template, project):
        # A copy would be nobody's cohort's, as its model is; and who wrote the model does not get the work.
        vals = super()._prepare_task_template_vals(template, project)
        return {**vals, 'cohort_id': project.cohort_id.id, 'user_ids': False}
