from odoo import models


class PurchaseOrder(models.Model):
    """A purchase belongs to the cohort of the member who makes it, or of its project."""
    _name = 'purchase.order'
    _inherit = ['purchase.order', 'coop.project.document.mixin']
