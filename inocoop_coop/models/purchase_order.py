from odoo import fields, models


class PurchaseOrder(models.Model):
    """A purchase belongs to the cohort of the member who makes it, or of its project.

    Above what a rule says, a body decides whether it is confirmed; above the cohort's commitment ceiling
    the host agrees, see ``purchase_order_ceiling.py``.
    """
    _name = 'purchase.order'
    _inherit = ['coop.gated.mixin', 'coop.project.document.mixin', 'purchase.order']

    _gate_states = ('purchase',)
    _gate_draft_states = ('draft', 'sent', 'to approve')

    partner_bill_count = fields.Integer(related_sudo=False)  # the supplier's bills that the user may read

    def _is_settled(self):
        return super()._is_settled() or bool(
            self.cohort_id and (self.state in ('to approve', 'purchase') or self.invoice_ids))

    def _get_gate_name(self):
        return self.env._("Purchase %s", self.name)

    def _get_gate_cohorts(self):
        """Its own cohort, and each of those whose money its lines spend."""
        return super()._get_gate_cohorts() | self.order_line._get_distributed_cohorts()

    def _get_covered_words(self):
        return {**super()._get_covered_words(), 'partner': self.env._("supplier")}
