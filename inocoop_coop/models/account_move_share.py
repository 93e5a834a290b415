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
        for vals in vals_list:
            share = vals.get('coop_share_id')
            # sudo: whether the reversal is of that share's entry.
            if share and not guard.is_sealed(self) and (
                    self.browse(vals.get('reversed_entry_id')).sudo().coop_share_id.id != share):
                self._refuse_share()
        return super().create(vals_list)

    def write(self, vals):
        if 'coop_share_id' in vals and not guard.is_sealed(self):
            self._refuse_share()
        return super().write(vals)

    def _refuse_share(self):
        """What is marked as a share leaves the cohort's result: nobody marks an entry by hand."""
        raise AccessError(self.env._("An entry becomes a share's by booking the share, and in no other way."))

    def _post(self, soft=True):
        posted = super()._post(soft)
        # sudo: what the accountant reverses is reversed for the members too.
        reversed_entries = posted.reversed_entry_id.sudo()
        reversed_entries.coop_share_id.filtered(lambda share: share.move_id in reversed_entries)._on_reversed()
        return posted

    def _reverse_moves(self, default_values_list=None, cancel=False):
        # The reversal is no income of the cohort either.
        default_values_list = default_values_list or [{} for _move in self]
        for move, values in zip(self, default_values_list, strict=True):
            values['coop_share_id'] = move.sudo().coop_share_id.id  # sudo: whether it is a share's
        return super()._reverse_moves(default_values_list, cancel)

    def button_draft(self):
        shares = self.sudo().filtered('posted_before').coop_share_id  # sudo: whether it is a share's
        if shares:
            raise UserError(self.env._(
                "This entry is how “%s” was shared: the group decided on it. Cancel it with a reversal.", shares[0].name))
        return super().button_draft()


class AccountMoveLine(models.Model):
    """What is owed to a member knows whose share it is."""
    _inherit = 'account.move.line'

    coop_share_line_id = fields.Many2one(
        'coop.revenue.share.line', string="Member's Share", readonly=True, copy=False, index='btree_not_null',
        ondelete='set null')
