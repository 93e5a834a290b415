from odoo import models


class DigestDigest(models.Model):
    _inherit = 'digest.digest'

    def _action_send_to_user(self, user, *args, **kwargs):
        """The mail counts the whole company, partly with all rights: it is not for who is scoped to some cohorts."""
        if user.is_coop_scoped:
            return True
        return super()._action_send_to_user(user, *args, **kwargs)
