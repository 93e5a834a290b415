from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..tools import clock, guard

STATES = [
    ('draft', "Draft"),
    ('proposed', "Proposed"),
    ('adopted', "Adopted"),
    ('posted', "Posted"),
    ('reversed', "Reversed"),
]
BINDING = ('proposed', 'adopted', 'posted')  # the states in which its period is taken


class CoopRevenueShare(models.Model):
    """What a period earned, and who gets what: from the books, by a key that the group votes.

    ::

        draft ──action_propose──> proposed ──(the vote)──> adopted ──action_post──> posted ──action_reverse──> reversed
          ^───────action_draft───────┴────────────────────────┘

    The figures are read from books and hours by ``action_compute`` and frozen when it is proposed: see
    ``coop_revenue_share_figures.py``. Who decides a rule says, as for a purchase: see
    ``coop_revenue_share_decision.py``. The entry is made in ``coop_revenue_share_posting.py``.
    """
    _name = 'coop.revenue.share'
    _description = "Revenue Share"
    _inherit = ['coop.guarded.mixin', 'coop.gated.mixin', 'mail.thread', 'mail.activity.mixin']
    _order = 'date_to desc, id desc'
    _check_company_auto = True

    _figures = (
        'income', 'other_income', 'expense', 'late_income', 'late_expense', 'result', 'host_amount', 'reserve_amount',
        'contribution_amount', 'amount_to_share', 'date_computed')
    _guarded_fields = frozenset({'state', 'move_id', *_figures})

    name = fields.Char(compute='_compute_name', store=True, readonly=False, precompute=True, required=True)
    cohort_id = fields.Many2one(
        'coop.cohort', required=True, index=True, ondelete='restrict', tracking=True,
        default=lambda self: self.env['coop.membership']._get_own_cohort())
    company_id = fields.Many2one(related='cohort_id.company_id', store=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    state = fields.Selection(STATES, required=True, default='draft', copy=False, tracking=True, index=True)

    # The period and the rates
    date_from = fields.Date(
        "From", required=True, tracking=True, compute='_compute_period', store=True, readonly=False, precompute=True)
    date_to = fields.Date(
        "To", required=True, tracking=True, compute='_compute_period', store=True, readonly=False, precompute=True)
    basis = fields.Selection(
        [('invoiced', "Invoiced"), ('collected', "Collected")], required=True, tracking=True,
        compute='_compute_from_program', store=True, readonly=False, precompute=True,
        help="Invoices and bills count on their date, or when and as far as they are paid.")
    host_rate = fields.Float(
        "Host's Share (%)", tracking=True, compute='_compute_from_program', store=True, precompute=True)
    reserve_rate = fields.Float(
        "Reserve (%)", tracking=True, compute='_compute_from_program', store=True, precompute=True)
    contribution_rate = fields.Float(
        "Social Contributions (%)", tracking=True, compute='_compute_from_program', store=True, precompute=True)

    # The figures, in the company's currency, as they were when they were read
    date_computed = fields.Datetime("Figures Of", readonly=True, copy=False)
    income = fields.Monetary("Turnover", readonly=True, copy=False, help="Net of tax.")
    other_income = fields.Monetary(
        readonly=True, copy=False, help="What was not sold, such as a grant: the host takes nothing of it.")
    expense = fields.Monetary("Expenses", readonly=True, copy=False)
    late_income = fields.Monetary(
        "Income of Earlier Shares", readonly=True, copy=False,
        help="What was booked since in days that were shared already. It is part of the figures above.")
    late_expense = fields.Monetary(
        "Expenses of Earlier Shares", readonly=True, copy=False,
        help="What was booked since in days that were shared already. It is part of the figures above.")
    result = fields.Monetary(readonly=True, copy=False)
    host_amount = fields.Monetary("Kept by the Host", readonly=True, copy=False)
    reserve_amount = fields.Monetary("Put in Reserve", readonly=True, copy=False)
    contribution_amount = fields.Monetary("Contributions", readonly=True, copy=False)
    amount_to_share = fields.Monetary("To Share", readonly=True, copy=False)
    warning = fields.Text(compute='_compute_warning', help="What keeps it from being proposed.")
    draft_move_count = fields.Integer("Drafts of the Period", compute='_compute_draft_move_count')

    # The keys, one of which is chosen, and what each gives to whom
    key_ids = fields.One2many(
        'coop.revenue.share.key', 'share_id', string="Keys", copy=True,
        default=lambda self: self.env['coop.revenue.share.key']._prepare_usual())
    key_id = fields.Many2one(
        'coop.revenue.share.key', string="Proposed Key", domain="[('share_id', '=', id)]", copy=False, ondelete='restrict',
        tracking=True, help="The group votes on this one; the others stand beside it.")
    # For the rules, which look through it with all rights: who would read it would find what they left in memory.
    line_ids = fields.One2many('coop.revenue.share.line', 'share_id', string="Who Gets What", copy=False, groups=fields.NO_ACCESS)
    chosen_line_ids = fields.One2many(
        'coop.revenue.share.line', 'share_id', string="Shares", domain=[('is_chosen', '=', True)], copy=False)

    # The entry
    date = fields.Date(
        "Entry Date", copy=False, default=clock.today, tracking=True, help="On which day it is booked.")
    move_id = fields.Many2one(
        'account.move', string="Journal Entry", readonly=True, copy=False, ondelete='restrict', index='btree_not_null')
    payment_state = fields.Selection(
        [('unpaid', "To pay"), ('partial', "Partly paid"), ('paid', "Paid")], string="Payment", compute='_compute_payment_state')

    _check_period = models.Constraint('CHECK(date_from <= date_to)', "The period ends after it begins.")

    # ------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------

    @api.depends('cohort_id', 'date_from', 'date_to')
    def _compute_name(self):
        for share in self:
            share.name = share.name if share.name and share._origin.cohort_id == share.cohort_id else self.env._(
                "Share of %(cohort)s, %(start)s to %(end)s", cohort=share.cohort_id.name or "",
                start=format_date(self.env, share.date_from), end=format_date(self.env, share.date_to))

    @api.depends('cohort_id')
    def _compute_period(self):
        """From the end of the last share to the end of the last month, or the cohort's end."""
        for share in self:
            cohort = share.cohort_id
            if not cohort or (share.date_from and share.date_to and share._origin.cohort_id == cohort):
                share.date_from, share.date_to = share.date_from, share.date_to
                continue
            last = self.search([('cohort_id', '=', cohort._origin.id), ('state', 'in', BINDING)], order='date_to desc', limit=1)
            share.date_from = last.date_to + timedelta(days=1) if last else cohort.date_start
            last_month = clock.today(self).replace(day=1) - timedelta(days=1)
            last_day = max(last_month, share.date_from + relativedelta(day=31))
            share.date_to = min(cohort.date_end, last_day) if cohort.date_end >= share.date_from else last_day

    @api.depends('cohort_id')
    def _compute_from_program(self):
        for share in self:
            # sudo: the rates of the programme, which are the share's own and are put to the vote.
            program = share.cohort_id.sudo().program_id
            share.basis = program.share_basis or 'invoiced'
            share.host_rate, share.reserve_rate = program.host_rate, program.reserve_rate
            share.contribution_rate = program.contribution_rate

    @api.depends('cohort_id', 'date_from', 'date_to', 'state')
    def _compute_draft_move_count(self):
        for share in self:
            share.draft_move_count = len(share._find_drafts()) if share.state in ('draft', 'proposed', 'adopted') else 0

    @api.depends('move_id.line_ids.amount_residual')
    def _compute_payment_state(self):
        for share in self:
            # sudo: whether the members are paid, and nothing else of the entry.
            lines = share.sudo()._get_payable_lines()
            if not lines or share.state != 'posted':
                share.payment_state = False
            elif all(line.reconciled for line in lines):
                share.payment_state = 'paid'
            else:
                share.payment_state = 'partial' if any(line.amount_residual > line.balance for line in lines) else 'unpaid'

    # ------------------------------------------------------------
    # Constraints and CRUD
    # ------------------------------------------------------------

    @api.constrains('key_id', 'cohort_id')
    def _check_key(self):
        for share in self:
            if share.key_id and share.key_id.share_id != share:
                raise ValidationError(self.env._(
                    "“%s” is a key of another share: choose one of this share's keys.", share.key_id.name))

    @api.constrains('date_from', 'date_to', 'cohort_id')
    def _check_whole_months(self):
        # What two shares give for one day more would tell who had an appointment on that day, or was missing.
        day = timedelta(days=1)
        for share in self:
            cohort = share.cohort_id
            follows = self.search_count([
                ('cohort_id', '=', cohort.id), ('state', 'in', BINDING), ('date_to', '=', share.date_from - day)], limit=1)
            begins = share.date_from.day == 1 or share.date_from == cohort.date_start or follows
            ends = (share.date_to + day).day == 1 or share.date_to == cohort.date_end
            if not (begins and ends):
                raise ValidationError(self.env._(
                    "“%(share)s” covers whole months: from the first day of one, or the start of the cohort, to the last day of "
                    "one, or the end of the cohort. Shorter periods would tell what the members did on one day.",
                    share=share.name))

    def write(self, vals):
        if 'name' in vals and not guard.is_sealed(self):
            self._check_is_draft()
        if 'date' in vals and not guard.is_sealed(self) and any(share.move_id for share in self):
            raise UserError(self.env._("It is booked: its date stays as it is in the books."))
        changed = {'cohort_id', 'date_from', 'date_to', 'basis', 'key_ids', 'key_id', 'host_rate', 'reserve_rate',
                   'contribution_rate'} & vals.keys()
        if changed and not guard.is_sealed(self):
            self._check_is_draft()
        if changed & {'host_rate', 'reserve_rate', 'contribution_rate'} and not guard.is_sealed(self):
            self._refuse_guarded_write(changed & {'host_rate', 'reserve_rate', 'contribution_rate'})
        outdated = self.browse()
        if changed - {'key_id'}:
            outdated = self.filtered('date_computed')
        result = super().write(vals)
        outdated._forget_figures()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for share in self:
            # sudo: whether it was ever put to the vote.
            if share.state != 'draft' or share.move_id or share.sudo().gate_decision_count:
                raise UserError(self.env._(
                    "“%s” was put to the vote: it stays, so that everyone can see later what the group was asked.", share.name))

    def _check_is_draft(self):
        for share in self:
            if share.state != 'draft':
                raise UserError(self.env._(
                    "“%s” is no draft any more: what the group votes on stays as it is. To change it, set it back to draft.",
                    share.name))

    def _set_state(self, state):
        guard.sealed(self).state = state

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_draft(self):
        """Take a proposal back, to change and propose it again. Its decision, when one is under way, is to be withdrawn first.

        :raise UserError: when it is posted, or the vote is open
        """
        self.check_access('write')
        for share in self:
            if share.state not in ('proposed', 'adopted'):
                raise UserError(self.env._("“%s” is posted or a draft: there is nothing to set back.", share.name))
            if any(requirement.state == 'voting' for requirement in share._get_requirements()[share]):
                raise UserError(self.env._("The vote on “%s” is open: wait for its result.", share.name))
        self._set_state('draft')

    def action_view_drafts(self):
        """Open what has to be posted, or dated otherwise, before the period can be shared."""
        self.ensure_one()
        self.check_access('read')
        drafts = self._find_drafts()
        return {
            'type': 'ir.actions.act_window', 'res_model': drafts._name, 'name': self.env._("Drafts of the Period"),
            'view_mode': 'list,form', 'domain': [('id', 'in', drafts.ids)],
        }

    def action_compare(self):
        """Open what each member would get by each key, side by side."""
        self.ensure_one()
        self.check_access('read')
        return {
            'type': 'ir.actions.act_window', 'res_model': 'coop.revenue.share.line', 'name': self.env._("Compare Keys"),
            'view_mode': 'pivot,graph,list', 'domain': [('share_id', '=', self.id)],
        }

    def action_view_move(self):
        """Open the entry and its reversal, for who reads the books."""
        self.ensure_one()
        self.check_access('read')
        moves = self.env['account.move'].search([('coop_share_id', '=', self.id)])
        return moves._get_records_action(name=self.env._("Entry"))
