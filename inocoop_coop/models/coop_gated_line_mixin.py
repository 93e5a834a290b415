from odoo import api, models

from ..rules import covered


class CoopGatedLineMixin(models.AbstractModel):
    """A line of a document that a body decides on: what it says was decided as well.

    A line that is added to a confirmed order, changed or taken out is a change of the order: a small
    order can't be confirmed and then be made large.
    """
    _name = 'coop.gated.line.mixin'
    _description = "Line of a document that a body decides on"

    _covered_quantity = 'product_qty'
    # What an order that is confirmed writes on each of its lines, and of which nothing that is covered follows.
    _gate_bystanders = frozenset({'task_id', 'project_id', 'sequence'})

    def _is_covered(self):
        """Whether the line counts. Titles and notes don't; nor do the lines of no quantity that Odoo adds to an order when
        an expense or a down payment is invoiced."""
        self.ensure_one()
        return not self.display_type and not ((self.is_downpayment or self._is_expense()) and not self[self._covered_quantity])

    def _is_expense(self):
        return False

    def _get_covered_content(self):
        """See ``coop.gated.mixin``."""
        self.ensure_one()
        return {
            'product': self.product_id.id,
            'quantity': covered.to_text(self[self._covered_quantity]),
            'unit': self.product_uom_id.id,
            'price': covered.to_text(self.price_unit),
            'discount': covered.to_text(self.discount),
            'taxes': sorted(self.tax_ids.ids),
        }

    @api.model_create_multi
    def create(self, vals_list):
        orders = self.env[self._fields['order_id'].comodel_name]
        if not orders._has_gates():
            return super().create(vals_list)
        numbers = {vals.get('order_id') for vals in vals_list} | {self.env.context.get('default_order_id')}
        orders = orders.browse([number for number in numbers if type(number) is int]).exists()
        with orders._keeping_covered() as before:
            lines = super().create(vals_list)
        # An order that was named in some other way.
        others = (lines.order_id - orders).filtered(lambda order: order._is_inside_gate())
        others._check_gate(before)
        return lines

    def write(self, vals):
        if vals.keys() <= self._gate_bystanders or not self.order_id._has_gates():
            return super().write(vals)
        orders = self.order_id
        target = vals.get('order_id')
        if type(target) is int:
            orders |= orders.browse(target).exists()
        with orders._keeping_covered():
            return super().write(vals)

    def unlink(self):
        if not self.order_id._has_gates():
            return super().unlink()
        with self.order_id._keeping_covered():
            return super().unlink()
