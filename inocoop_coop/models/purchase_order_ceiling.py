from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_amount

from ..rules import commitment, covered
from ..tools.dialog import open_dialog


class PurchaseOrder(models.Model):
    """Above the cohort's commitment ceiling, no purchase is confirmed without the host's agreement."""
    _inherit = 'purchase.order'

    ceiling_text = fields.Char("Commitment Ceiling", compute='_compute_ceiling')
    ceiling_state = fields.Selection(
        [('none', "No ceiling"), ('within', "Within the ceiling"), ('above', "Above the ceiling"), ('agreed', "The host agreed")],
        compute='_compute_ceiling')

    @api.depends('cohort_id.commitment_ceiling', 'amount_total_cc', 'state', 'partner_id', 'order_line.product_id',
                 'order_line.product_qty', 'order_line.price_unit', 'order_line.discount')
    @api.depends_context('lang')
    def _compute_ceiling(self):
        orders = self.sudo()  # sudo: the sum of what a cohort has committed, for who may read one of its purchases
        cohorts = orders.cohort_id.filtered('commitment_ceiling')
        used = cohorts._get_commitments() if cohorts else {}
        agreed = orders._find_agreements() if cohorts else []
        for order in orders:
            cohort = order.cohort_id
            if cohort not in cohorts:
                order.ceiling_text, order.ceiling_state = False, 'none'
                continue
            own = order._get_committed_units()
            others = used[cohort.id] - (own if order.state == 'purchase' else 0)
            if not commitment.is_above(order._get_ceiling_units(), others, own):
                order.ceiling_state = 'within'
            else:
                order.ceiling_state = 'agreed' if order._is_agreed(agreed) else 'above'
            order.ceiling_text = order._describe_ceiling(others, own)

    def _describe_ceiling(self, others, own):
        cohort = self.cohort_id
        currency = cohort.currency_id
        ceiling = self._get_ceiling_units()

        def amount(units):
            value = covered.from_units(units, currency.decimal_places)
            return format_amount(self.env, value, currency, trailing_zeroes=not value.is_integer())

        return self.env._(
            "Ceiling: %(used)s of %(ceiling)s used, %(left)s left; this order takes %(own)s.", used=amount(others),
            ceiling=amount(ceiling), left=amount(max(ceiling - others, 0)), own=amount(own))

    def _get_ceiling_units(self):
        return covered.to_units(self.cohort_id.commitment_ceiling, self.cohort_id.currency_id.decimal_places)

    def _get_committed_units(self):
        return covered.to_units(self.amount_total_cc, self.company_id.currency_id.decimal_places)

    def _find_agreements(self):
        """What the register says that the host agreed to: ``[(number of the order, cohort, content)]``."""
        return [(entry.res_id, entry.cohort_id.id, content.get('covered'))
                for entry, content in self._find_entries(self, 'agreement')]

    def _is_agreed(self, agreements):
        self.ensure_one()
        return (self._origin.id, self.cohort_id.id, self._get_covered_content()) in agreements

    # ------------------------------------------------------------
    # The guard
    # ------------------------------------------------------------

    def _has_gates(self):
        # sudo: whether a ceiling is set anywhere, for who may not read the cohort.
        ceilings = self.env['coop.cohort'].sudo().with_context(active_test=False)
        return super()._has_gates() or bool(ceilings.search_count([('commitment_ceiling', '>', 0)], limit=1))

    def _check_gate(self, before=None):
        super()._check_gate(before)
        # sudo: a ceiling binds whoever confirms; what is said of it is for who reads the purchase.
        orders = self.sudo().filtered('cohort_id.commitment_ceiling')
        if not orders:
            return
        orders.cohort_id._take_commitment_turn()
        for cohort in orders.cohort_id:
            own_orders = orders.filtered(lambda order, cohort=cohort: order.cohort_id == cohort)
            used = cohort._get_commitments(without=own_orders)[cohort.id]
            agreements = own_orders._find_agreements()
            for order in own_orders:
                own = order._get_committed_units()
                if (commitment.is_above(order._get_ceiling_units(), used, own) and not order._is_agreed(agreements)
                        and not order._takes_no_more((before or {}).get(order))):
                    raise UserError(self.env._(
                        "“%(order)s” can't be confirmed: it goes above what “%(cohort)s” may commit. %(ceiling)s Ask the "
                        "programme manager to agree for the host, on the page of the purchase, or order less.",
                        order=order.display_name, cohort=cohort.name, ceiling=order._describe_ceiling(used, own)))
                used += own

    def _takes_no_more(self, before):
        """Whether a confirmed order commits its cohort to no more than before: it may always be made smaller."""
        now = self._get_covered_content()
        return bool(before and before['cohorts'] == now['cohorts'] and before['currency'] == now['currency']
                    and now['total'] <= before['total'])

    # ------------------------------------------------------------
    # The host's agreement
    # ------------------------------------------------------------

    def action_open_agreement(self):
        """Ask why the host agrees."""
        self.ensure_one()
        return open_dialog('coop.ceiling.agreement', self.env._("Agree for the host"), order_id=self.id)

    def action_agree_above_ceiling(self, reason):
        """Agree, for the host, that this purchase as it is now goes above the ceiling: it is entered in the register.

        :param str reason: why, in a sentence
        :raise UserError: when the purchase is within the ceiling, or there is no reason
        :raise AccessError: when the caller is not a programme manager: the facilitator does not speak for the host
        """
        self.ensure_one()
        self.check_access('write')
        user = self.env.user
        if not user.has_group('inocoop_coop.group_manager'):
            raise AccessError(self.env._("Only the programme manager agrees for the host: ask yours."))
        if self.ceiling_state != 'above' or self._is_inside_gate():
            raise UserError(self.env._("“%s” needs no agreement of the host.", self.display_name))
        reason = reason.strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Say in a sentence why the host agrees: it is entered in the register."))
        order = self.sudo()  # sudo: what the register keeps of it, after the checks above
        cohort, name = order.cohort_id, self._get_gate_name()
        self.env['coop.register'].sudo()._append(cohort, 'agreement', {
            'covered': order._get_covered_content(),
            'ceiling': order._get_ceiling_units(),
            'used': cohort._get_commitments()[cohort.id],
            'order': order._get_committed_units(),
            'by': user.partner_id.id,
            'reason': reason,
        }, names={'subject': name, 'document': name, f'partner:{user.partner_id.id}': user.name}, document=order)
        order.message_post(author_id=user.partner_id.id, body=self.env._(
            "%(person)s agreed for the host, although it goes above the ceiling: %(reason)s", person=user.name, reason=reason))
        self.invalidate_recordset(['ceiling_state', 'ceiling_text'])
