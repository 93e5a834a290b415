from odoo import models


class SaleOrder(models.Model):
    """A quotation belongs to the cohort of its lead, or of its sales team; an order stays in it.

    Above what a rule says, a body decides whether it is confirmed, also when the customer signs or pays. Who has
    ordered is won: nobody has to say so of the lead as well.
    """
    _name = 'sale.order'
    _inherit = ['coop.gated.mixin', 'coop.team.document.mixin', 'coop.project.document.mixin', 'sale.order']

    _gate_states = ('sale',)
    _gate_draft_states = ('draft', 'sent')

    _cohort_sources = ('opportunity_id.cohort_id', 'team_id.cohort_ids')

    def _get_team_cohort(self):
        return self.opportunity_id.cohort_id or super()._get_team_cohort()

    def _is_settled(self):
        return super()._is_settled() or bool(self.cohort_id and (self.state == 'sale' or self.invoice_ids))

    def _get_gate_name(self):
        if self.state in self._gate_draft_states:
            return self.env._("Quotation %s", self.name)
        return self.env._("Order %s", self.name)

    # ------------------------------------------------------------
    # The lead
    # ------------------------------------------------------------

    def _action_confirm(self):
        result = super()._action_confirm()
        # sudo: whoever confirms, also the customer who signs; the order's own lead is won, and nothing of it is read.
        orders = self.sudo().filtered(lambda order: order.cohort_id and order.opportunity_id.cohort_id == order.cohort_id)
        leads = orders.opportunity_id.filtered(lambda lead: lead.won_status == 'pending')
        if leads:
            leads.action_set_won()
        return result

    # ------------------------------------------------------------
    # The customer
    # ------------------------------------------------------------

    def _has_to_be_signed(self):
        return super()._has_to_be_signed() and self._is_gate_open()

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and self._is_gate_open()

    def _is_waiting_for_decision(self):
        """Whether the customer could accept the quotation, were it decided on."""
        self.ensure_one()
        return self.state in self._gate_draft_states and not self._is_gate_open()

    def _hold_paid_order(self, transaction):
        """The customer paid what no body has decided on: the money is booked, the quotation waits."""
        self.ensure_one()
        requirement = self._get_missing()[0]
        self._ask_to_look(
            requirement,
            self.env._("Paid before it was decided"),
            self.env._(
                "%(partner)s paid %(amount)s for “%(document)s”, which nobody has decided on: it stays a quotation. %(rule)s "
                "%(next)s Confirm it after that, or pay the money back.",
                partner=transaction.partner_id.name, amount=transaction.currency_id.format(transaction.amount),
                document=self.display_name, next=self._explain_next_step(requirement),
                rule=requirement.describe()))
