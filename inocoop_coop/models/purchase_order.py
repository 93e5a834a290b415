from odoo import fields, models


class PurchaseOrder(models.Model):
    """A purchase belongs to the cohort of the member who makes it, or of its project."""
    _name = 'purchase.order'
    _inherit = ['coop.project.document.mixin', 'purchase.order']

    partner_bill_count = fields.Integer(related_sudo=False)  # the supplier's bills that the user may read

    def _is_settled(self):
        return super()._is_settled() or bool(
            self.cohort_id and (self.state in ('to approve', 'purchase') or self.invoice_ids))
