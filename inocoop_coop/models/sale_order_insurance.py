from odoo import api, fields, models


class SaleOrder(models.Model):
    """What the host's insurance says about the services that a cohort quotes."""
    _inherit = 'sale.order'

    coop_is_uninsured = fields.Boolean("Not Insured", compute='_compute_coop_insurance')
    coop_insurance_text = fields.Text("About the Insurance", compute='_compute_coop_insurance')

    @api.depends('cohort_id', 'order_line.product_id')
    def _compute_coop_insurance(self):
        for order in self:
            services = order.order_line.product_id.product_tmpl_id.filtered(lambda product: product.type == 'service')
            if not order.cohort_id:
                services = services.browse()
            order.coop_is_uninsured = not all(service.coop_is_insured for service in services)
            order.coop_insurance_text = services._explain_insurance()
