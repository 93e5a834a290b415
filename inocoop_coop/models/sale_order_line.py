from odoo import models


class SaleOrderLine(models.Model):
    """A line of a quotation is decided on with it."""
    _name = 'sale.order.line'
    _inherit = ['coop.gated.line.mixin', 'sale.order.line']

    _covered_quantity = 'product_uom_qty'

    def _is_expense(self):
        return self.is_expense
