from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_amount, format_date

from ..tools import clock

MOVEMENTS = [
    ('spent', "Spent"),
    ('received', "Received"),
    ('filled', "Put in From the Bank"),
    ('emptied', "Brought to the Bank"),
]


class CoopPettyCashEntry(models.TransientModel):
    """What the treasurer writes in the cash book: when, what, how much, and for what it counts."""
    _name = 'coop.petty.cash.entry'
    _description = "Write in the Cash Book"
    _check_company_auto = True

    cohort_id = fields.Many2one('coop.cohort', required=True, ondelete='cascade')
    company_id = fields.Many2one(related='cohort_id.company_id')
    currency_id = fields.Many2one(related='cohort_id.currency_id')
    movement = fields.Selection(MOVEMENTS, required=True, default='spent')
    date = fields.Date(required=True, default=clock.today)
    name = fields.Char("What For", required=True)
    amount = fields.Monetary(required=True)
    partner_id = fields.Many2one('res.partner', string="From or To", ondelete='cascade', check_company=True)
    account_id = fields.Many2one(
        'account.account', ondelete='cascade', check_company=True, compute='_compute_account_id', store=True, readonly=False,
        domain="[('internal_group', '=', 'income' if movement == 'received' else 'expense')]")

    @api.depends('movement')
    def _compute_account_id(self):
        for entry in self:
            group = {'spent': 'expense', 'received': 'income'}.get(entry.movement)
            if entry.account_id.internal_group != group:
                entry.account_id = False

    def action_write(self):
        """Write it in the cohort's cash journal, as a posted statement line with its counterpart.

        :raise AccessError: when the caller does not write in the cohort or does not keep its books
        :raise UserError: when there is no cash box, the amount is not above 0, there is less than that in the box, or the
            account is of another kind
        """
        self.ensure_one()
        cohort = self.cohort_id
        cohort._check_petty_cash()
        if not (self.env['account.move'].has_access('create') and self._is_cohort_written()):
            raise AccessError(self.env._("The cash book is kept by who keeps the cohort's books: ask the treasurer."))
        if self.currency_id.compare_amounts(self.amount, 0) <= 0:
            raise UserError(self.env._("Write an amount above 0, and say whether it went in or out."))
        counterpart = self._get_counterpart()
        self._check_is_in_the_box()
        # sudo: who invoices may not write statements. The line is in the cash journal of a cohort in which the user
        # writes, against an account of the kind that was asked for.
        self.env['account.bank.statement.line'].sudo().create({
            'journal_id': cohort.sudo().petty_cash_journal_id.id,
            'date': self.date,
            'payment_ref': self.name,
            'partner_id': self.partner_id.id,
            'amount': self.amount if self.movement in ('received', 'filled') else -self.amount,
            'counterpart_account_id': counterpart.id,
        })
        return {'type': 'ir.actions.act_window_close'}

    def _check_is_in_the_box(self):
        """Nobody takes out more than there is, on that day and on those for which something is written already."""
        if self.movement in ('received', 'filled'):
            return
        cohort = self.cohort_id.sudo()  # sudo: what is in the box of a cohort whose books the user keeps
        # One after the other: two who take out the last coin at once see each other.
        cohort.petty_cash_journal_id.lock_for_update()
        left = 0
        moments = dict(self.env['account.move.line'].sudo()._read_group(
            [('account_id', '=', cohort.petty_cash_account_id.id), ('parent_state', '=', 'posted')],
            ['date:day'], ['balance:sum']))
        for day in sorted({*moments, self.date}):
            left += moments.get(day, 0)
            after = left - self.amount
            if day >= self.date and self.currency_id.compare_amounts(after, 0) < 0:
                raise UserError(self.env._(
                    "There would be %(amount)s in the cash box on %(day)s: write first what was put in, or look at the amount "
                    "and the day.", amount=format_amount(self.env, after, self.currency_id), day=format_date(self.env, day)))

    def _is_cohort_written(self):
        user = self.env.user
        return not user.is_coop_scoped or bool(self.cohort_id._filter_written_by(user))

    def _get_counterpart(self):
        if self.movement in ('filled', 'emptied'):
            # sudo: the host's own account for money on its way
            account = self.company_id.sudo().transfer_account_id
            if not account:
                raise UserError(self.env._(
                    "The host has no account for internal transfers: the accountant chooses one in the accounting settings."))
            return account
        group = 'income' if self.movement == 'received' else 'expense'
        if self.account_id.internal_group != group:
            raise UserError(self.env._("Choose an account that says for what it was spent or received."))
        return self.account_id
