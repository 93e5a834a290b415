from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date


class AccountMoveLine(models.Model):
    """For which cohort income or an expense counts stays as it was when the period was locked, or shared.

    Odoo lets the analytic distribution change at any time. Here money is shared by it.
    """
    _inherit = 'account.move.line'

    def write(self, vals):
        if 'analytic_distribution' in vals:
            self._check_distribution_stays(vals['analytic_distribution'])
        return super().write(vals)

    def _check_distribution_stays(self, distribution):
        # sudo: what is locked stays, whoever writes and whatever they may read.
        lines = self.sudo().filtered(
            lambda line: line.parent_state == 'posted' and line.account_id.internal_group in ('income', 'expense')
            and not line._is_distributed_so(distribution))
        if not lines:
            return
        lines.move_id._check_fiscal_lock_dates()
        numbers = {
            int(number) for keys in (*(line.analytic_distribution or {} for line in lines), distribution or {})
            for key in keys for number in str(key).split(',') if number.isdecimal()}
        days = lines.mapped('date')
        shares = self.env['coop.revenue.share'].sudo().search([
            ('cohort_id.analytic_account_id', 'in', list(numbers)), ('state', 'in', ('proposed', 'adopted', 'posted')),
            ('date_from', '<=', max(days)), ('date_to', '>=', min(days))])
        for share in shares:
            if any(share.date_from <= day <= share.date_to for day in days):
                raise UserError(self.env._(
                    "“%(share)s” shares what is in the books from %(start)s to %(end)s, and this is part of it: book what has "
                    "to be put right as an entry of its own, after these days.", share=share.name,
                    start=format_date(self.env, share.date_from), end=format_date(self.env, share.date_to)))

    def _is_distributed_so(self, distribution):
        """Whether that is how it is distributed already."""
        self.ensure_one()
        if distribution and not isinstance(distribution, dict):
            return False
        return (self.analytic_distribution or {}) == (distribution or {})
