from odoo import models


class ResGroups(models.Model):
    """The same as for a user, seen from the group: who is in it, and what it implies."""
    _inherit = 'res.groups'

    def write(self, vals):
        result = super().write(vals)
        if not {'implied_by_ids', 'implied_ids', 'user_ids'}.isdisjoint(vals):
            self.env['coop.access.grant']._sync_access()
        return result
