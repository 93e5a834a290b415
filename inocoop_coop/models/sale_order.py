from odoo import models


class SaleOrder(models.Model):
    """A quotation belongs to the cohort of its lead, or of its sales team; an order stays in it."""
    _name = 'sale.order'
    _inherit = ['coop.team.document.mixin', 'coop.project.document.mixin', 'sale.order']

    _cohort_sources = ('opportunity_id.cohort_id', 'team_id.cohort_ids')

    def _get_team_cohort(self):
        return self.opportunity_id.cohort_id or super()._get_team_cohort()

    def _is_settled(self):
        return super()._is_settled() or bool(self.cohort_id and (self.state == 'sale' or self.invoice_ids))
