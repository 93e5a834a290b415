from odoo import models

from ..tools import guard


class ResUsers(models.Model):
    """Who is no longer confined, or can't log in any more, keeps nothing of what mandates gave."""
    _inherit = 'res.users'

    def write(self, vals):
        result = super().write(vals)
        # The comparison itself writes groups, sealed.
        if not guard.is_sealed(self) and not {'active', 'group_ids', 'tz'}.isdisjoint(vals):
            self.env['coop.access.grant']._sync_access(self)
        return result
