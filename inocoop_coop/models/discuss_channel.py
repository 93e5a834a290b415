from odoo import models


class DiscussChannel(models.Model):
    _inherit = 'discuss.channel'

    def _subscribe_users_automatically_get_members(self):
        """Members of cohorts join no channel by themselves: in the whole company's, they would find one another."""
        members = super()._subscribe_users_automatically_get_members()
        # sudo: who is confined, for a subscription that core makes for others.
        confined = self.env.ref('inocoop_coop.group_confined').sudo().all_user_ids.partner_id
        return {channel: set(partners) - set(confined.ids) for channel, partners in members.items()}

    def add_members(self, partner_ids=None, *args, **kwargs):
        """See ``mail``. Who is scoped to cohorts invites whom they may see: members of a channel are named."""
        if partner_ids and not self.env.su and self.env.user.is_coop_scoped:
            partner_ids = self.env['res.partner'].browse(partner_ids)._filtered_access('read').ids
        return super().add_members(partner_ids, *args, **kwargs)
