from odoo import models


class MailThread(models.AbstractModel):
    _inherit = 'mail.thread'

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """See ``mail``. Who is scoped to cohorts makes nobody a follower whom they may not see: followers are named."""
        if partner_ids and not self.env.su and self.env.user.is_coop_scoped:
            partner_ids = self.env['res.partner'].browse(partner_ids)._filtered_access('read').ids
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)
