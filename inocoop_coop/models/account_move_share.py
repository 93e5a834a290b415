from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import guard


class AccountMove(models.Model):
    """The entry of a share: decided by the group, and cancelled by a reversal only."""
    _inherit = 'account.move'

    coop_share_id = fields.Many2one(
        'coop.revenue.share', string="Revenue Share", readonly=True, copy=False, index='btree_not_null', ondelete='restrict')

    @api.model_create_multi
    def create(self, vals_list):
        if guard.is_sealed(self):
            return super().create(vals_list)
        for vals in vals_list:
            # sudo: whether the reversal is of that share's entry.
            if vals.get('coop_share_id') and (
                    self.browse(vals.get('reversed_entry_id')).sudo().coop_share_id.id != vals['coop_share_id']):
                self._refuse_share()
        # Said outright, or the caller's context could propose another first value.
        return super().create([{**vals, 'coop_share_id': vals.get('coop_share_id', False)} for vals in vals_list])

    def write(self, vals):
        if not guard.is_sealed(self):
            if 'coop_share_id' in vals:
                self._refuse_share()
            if vals.get('state', 'posted') != 'posted':
                self._check_leaves_no_share()
        return super().write(vals)

    def _refuse_share(self):
        """What is marked as a share leaves the cohort's result: nobody marks an entry by hand."""
        raise AccessError(self.env._("An entry becomes a share's by booking the share, and in no other way."))

    def _post(self, soft=True):
        # sudo: what the accountant reverses is reversed for the members too.
        reversals = self.sudo().filtered(lambda move: move.coop_share_id and move.coop_share_id.move_id != move)
        for move in reversals:
            move._check_reverses_share()
        posted = super()._post(soft)
        (reversals & posted.sudo()).coop_share_id._on_reversed()
        return posted

    def _check_reverses_share(self):
        """A share is cancelled as a whole, and as long as nobody was paid: each line has its opposite.

        :raise UserError: what is not so
        """
        self.ensure_one()
        share = self.coop_share_id
        if share.state != 'posted' or self.reversed_entry_id != share.move_id:
            raise UserError(self.env._("“%s” has no entry that could be cancelled by this one.", share.name))
        share._check_nobody_paid()
        if self._sum_by_account(-1) != share.move_id._sum_by_account(1):
            raise UserError(self.env._(
                "“%s” is cancelled as a whole: this entry does not take back each of its lines. Delete it, and reverse the entry "
                "of the share again without changing it.", share.name))

    def _sum_by_account(self, sign):
        """What the entry says: ``{(account, partner): amount}``, in the company's currency."""
        sums = {}
        for line in self.line_ids:
            key = line.account_id, line.partner_id
            sums[key] = sums.get(key, 0) + sign * line.balance
        return {key: self.company_currency_id.round(amount) + 0.0 for key, amount in sums.items()}

    def _reverse_moves(self, default_values_list=None, cancel=False):
        # The reversal is no income of the cohort either.
        default_values_list = default_values_list or [{} for _move in self]
        for move, values in zip(self, default_values_list, strict=True):
            values['coop_share_id'] = move.sudo().coop_share_id.id  # sudo: whether it is a share's
        return super()._reverse_moves(default_values_list, cancel)

    def button_draft(self):
        self._check_leaves_no_share()
        return super().button_draft()

    def _check_leaves_no_share(self):
        """What the group decided on stays as it was booked.

        :raise UserError: for the entry of a share, or its reversal, that was posted
        """
        shares = self.sudo().filtered('posted_before').coop_share_id  # sudo: whether it is a share's
        if shares:
            raise UserError(self.env._(
                "This entry is how “%s” was shared: the group decided on it. Cancel it with a reversal.", shares[0].name))


class AccountMoveLine(models.Model):
    """What is owed to a member knows whose share it is."""
    _inherit = 'account.move.line'

    coop_share_line_id = fields.Many2one(
        'coop.revenue.share.line', string="Member's Share", readonly=True, copy=False, index='btree_not_null',
        ondelete='set null')

    # What the group decided on; core lets some of it change in a posted entry.
    _fixed_in_share = frozenset({
        'account_id', 'amount_currency', 'analytic_distribution', 'balance', 'coop_share_line_id', 'credit', 'currency_id',
        'debit', 'move_id', 'partner_id'})

    @api.model_create_multi
    def create(self, vals_list):
        if not guard.is_sealed(self):
            if any(vals.get('coop_share_line_id') for vals in vals_list):
                self.env['account.move']._refuse_share()
            # Said outright: see above.
            vals_list = [{**vals, 'coop_share_line_id': False} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if self._fixed_in_share & vals.keys() and not guard.is_sealed(self):
            if vals.get('coop_share_line_id'):
                self.env['account.move']._refuse_share()
            self.move_id._check_leaves_no_share()
        return super().write(vals)
