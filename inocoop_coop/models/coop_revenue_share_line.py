from odoo import api, fields, models

from ..rules import covered, words
from ..tools import language


class CoopRevenueShareLine(models.Model):
    """What one member would get by one key; of the key that was adopted, what they get.

    Read from books and hours by the share's computation, and written by nobody. While the group
    decides, everyone in the cohort sees them; then each member sees their own.
    """
    _name = 'coop.revenue.share.line'
    _description = "Share of a Member"
    _inherit = 'coop.sealed.mixin'
    _order = 'share_id desc, key_sequence, key_id, member_name, id'

    share_id = fields.Many2one('coop.revenue.share', required=True, index=True, ondelete='cascade')
    key_id = fields.Many2one('coop.revenue.share.key', required=True, index=True, ondelete='cascade')
    key_sequence = fields.Integer(related='key_id.sequence', store=True)
    membership_id = fields.Many2one('coop.membership', string="Member", required=True, index=True, ondelete='restrict')
    member_name = fields.Char(related='membership_id.name', store=True)
    cohort_id = fields.Many2one(related='share_id.cohort_id', store=True, index=True)
    company_id = fields.Many2one(related='share_id.company_id', store=True, index=True)
    currency_id = fields.Many2one(related='share_id.currency_id')
    share_state = fields.Selection(related='share_id.state', store=True)
    is_chosen = fields.Boolean(compute='_compute_is_chosen', store=True)
    minutes = fields.Integer("Validated Minutes", help="Of all kinds, in the period.")
    hours = fields.Float("Validated Hours", compute='_compute_hours', store=True, digits=(16, 2))
    counted_hours = fields.Float("Hours That Count", digits=(16, 2), help="With the weights of the key.")
    details = fields.Json(
        "Hours by Kind", groups=fields.NO_ACCESS, help="Confidential ones too: the person's own, see _get_hours_by_kind.")
    amount = fields.Monetary()
    rate = fields.Monetary("Per Hour", compute='_compute_rate', help="The amount by validated hour.")

    # The payment
    move_line_id = fields.Many2one('account.move.line', readonly=True, copy=False, ondelete='set null', index='btree_not_null')
    date_paid = fields.Date("Paid On", compute='_compute_date_paid')

    _member_unique = models.UniqueIndex('(key_id, membership_id)', "A member has one share by a key.")

    @api.depends('share_id.key_id', 'key_id')
    def _compute_is_chosen(self):
        for line in self:
            line.is_chosen = line.share_id.key_id == line.key_id

    @api.depends('minutes')
    def _compute_hours(self):
        for line in self:
            line.hours = line.minutes / 60

    @api.depends('amount', 'minutes')
    def _compute_rate(self):
        for line in self:
            line.rate = line.amount * 60 / line.minutes if line.minutes else 0

    @api.depends('move_line_id.reconciled', 'share_state')
    def _compute_date_paid(self):
        for line in self:
            # sudo: when the member was paid, for who reads the member's share.
            item = line.sudo().move_line_id
            payments = item.matched_debit_ids.debit_move_id
            # What takes a share back pays nobody.
            is_paid = line.share_state == 'posted' and item.reconciled and payments
            line.date_paid = max(payments.mapped('date')) if is_paid else False

    def action_print_statement(self):
        """The statement of the member as PDF.

        :return: the report's action
        """
        self.check_access('read')
        return self.env.ref('inocoop_coop.coop_revenue_share_statement').report_action(self)

    # ------------------------------------------------------------
    # The statement
    # ------------------------------------------------------------

    @api.depends('member_name', 'share_id.name')
    def _compute_display_name(self):
        for line in self:
            line.display_name = self.env._("%(member)s, %(share)s", member=line.member_name or "", share=line.share_id.name or "")

    def _get_print_lang(self):
        """The member's language, or else the reader's."""
        self.ensure_one()
        # The first thing that a print asks; what is read with all rights below would else be left in memory for everyone.
        self.check_access('read')
        # sudo: in which language a statement is written that the reader may read.
        member = self.sudo().membership_id
        return language.choose(self.env, member.user_id.lang, member.partner_id.lang)

    def _get_host_name(self):
        cohort = self.sudo().cohort_id  # sudo: who issues the statement, as its head says
        return cohort.host_id.name or cohort.company_id.name

    def _get_hours_by_kind(self):
        """``[(name of the kind, validated minutes)]``, without those of which there are none.

        For the person and their facilitator: it tells how much somebody was followed. For others, nothing.
        """
        self.ensure_one()
        self.check_access('read')
        if self.env.user not in (self.membership_id.user_id, self.cohort_id.facilitator_id):
            return []
        # sudo: the person's own hours; and the names of kinds, also of one that was archived since.
        kinds = self.env['coop.hour.kind'].sudo()
        return [
            (kinds.browse(kind).exists().name or self.env._("Other hours"), minutes)
            for kind, minutes in self.sudo().details or () if minutes]

    def _get_amount_in_words(self):
        self.ensure_one()
        places = self.currency_id.decimal_places
        units = covered.to_units(self.amount, places)
        return words.amount_in_words(units, places, self.currency_id.name, self.env.lang) or words.amount_in_words(
            units, places, self.currency_id.name, 'en_US')
