from odoo import models


class PurchaseOrderLine(models.Model):
    """A line of a purchase is decided on with it."""
    _name = 'purchase.order.line'
    _inherit = ['coop.gated.line.mixin', 'purchase.order.line']
