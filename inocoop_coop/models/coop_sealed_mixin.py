from odoo import api, models
from odoo.exceptions import AccessError

from ..tools import guard


class CoopSealedMixin(models.AbstractModel):
    """What nobody makes, changes or removes by hand, whatever their rights: only an action does.

    A ballot, a line of a roll, a version that was voted, an entry of the register. Access lines let
    nobody write them; this also stops an administrator's server action, an import and our own slips.
    """
    _name = 'coop.sealed.mixin'
    _description = "Rows that only an action writes"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_sealed()
        return super().create(vals_list)

    def write(self, vals):
        self._check_sealed()
        return super().write(vals)

    def unlink(self):
        self._check_sealed()
        return super().unlink()

    def _check_sealed(self):
        if not guard.is_sealed(self):
            raise AccessError(self.env._(
                "A %s is not written by hand: it follows from what people do with the buttons of the page it stands on.",
                self.env['ir.model']._get(self._name).name))
