from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

KINDS = [
    ('income', "Income"),
    ('expense', "Expense"),
]


class CoopBudgetLine(models.Model):
    """What a cohort plans to earn or to spend: on an account, with a service, or simply so much.

    A line is for one month, or for the cohort's whole period: it is then spread evenly over its months. It stands
    beside what the books say in the cohort's result: see ``coop.result.line``.
    """
    _name = 'coop.budget.line'
    _description = "Line of a cohort's budget"
    _order = 'cohort_id desc, kind desc, month, id'
    _check_company_auto = True

    cohort_id = fields.Many2one(
        'coop.cohort', required=True, index=True, ondelete='cascade', default=lambda self: self._default_cohort_id())
    company_id = fields.Many2one(related='cohort_id.company_id', store=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    name = fields.Char("What For")
    kind = fields.Selection(KINDS, required=True, compute='_compute_kind', store=True, readonly=False, precompute=True)
    account_id = fields.Many2one(
        'account.account', index='btree_not_null', ondelete='restrict', check_company=True,
        domain="[('internal_group', 'in', ('income', 'expense'))]", help="Leave it empty when you don't know it yet.")
    product_id = fields.Many2one(
        'product.product', string="Service", index='btree_not_null', ondelete='restrict', check_company=True)
    month = fields.Date(help="Any day of the month. Leave it empty for the cohort's whole period.")
    amount = fields.Monetary(
        "Planned Amount", required=True, help="Without tax. An expense is written without a minus.")

    _check_amount = models.Constraint('CHECK(amount >= 0)', "Write what you plan without a minus, and say if it is an expense.")

    def _default_cohort_id(self):
        return self.env['coop.membership']._get_own_cohort()

    @api.depends('account_id')
    def _compute_kind(self):
        for line in self:
            # sudo: whether an account is for income or expenses, for who plans without reading the chart of accounts.
            group = line.account_id.sudo().internal_group
            line.kind = group if group in dict(KINDS) else line.kind or 'expense'

    @api.constrains('kind', 'account_id')
    def _check_account_is_of_its_kind(self):
        for line in self:
            account = line.account_id.sudo()  # sudo: as above
            if account and account.internal_group != line.kind:
                raise ValidationError(self.env._(
                    "“%(account)s” is no account of %(kind)s: choose another one.", account=account.display_name,
                    kind=dict(self._fields['kind']._description_selection(self.env))[line.kind].lower()))

    @api.constrains('month', 'cohort_id')
    def _check_month_inside_cohort(self):
        for line in self.filtered('month'):
            cohort = line.cohort_id
            if not cohort.date_start.replace(day=1) <= line.month.replace(day=1) <= cohort.date_end:
                raise ValidationError(self.env._(
                    "“%(cohort)s” does not work in that month: it goes from %(start)s to %(end)s.", cohort=cohort.name,
                    start=format_date(self.env, cohort.date_start), end=format_date(self.env, cohort.date_end)))
