from odoo import models


class SaleOrder(models.Model):
    """A quotation belongs to the cohort of its lead, or of its sales team."""
    _name = 'sale.order'
    _inherit = ['sale.order', 'coop.project.document.mixin']

    _cohort_sources = ('opportunity_id.cohort_id', 'team_id.cohort_ids')
