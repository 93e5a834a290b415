from collections import defaultdict
from datetime import timedelta

from odoo import api, models

from ..tools import clock

# What changes whether something is to be done.
STATUS_FIELDS = frozenset({'active', 'cohort_id', 'probability', 'stage_id', 'team_id', 'type'})


class CrmLead(models.Model):
    """Nobody is forgotten: an open lead of a cohort always has a next action.

    Where nobody plans one, “call back” is planned in as many days as the programme says. It gives
    way to what somebody plans themselves: see ``mail_activity.py``.
    """
    _inherit = 'crm.lead'

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._ensure_next_action()
        return leads

    def write(self, vals):
        result = super().write(vals)
        if not STATUS_FIELDS.isdisjoint(vals):
            (self - self._filter_open())._drop_call_back()
            self._ensure_next_action()
        return result

    def _filter_open(self):
        """Those of a cohort of which nobody knows yet what becomes of them."""
        return self.filtered(
            lambda lead: lead.cohort_id and lead.active and lead.type == 'opportunity' and lead.won_status == 'pending')

    def _ensure_next_action(self):
        """Plan to call back on each open lead of a cohort for which nothing is planned."""
        # sudo: who ends the last action need not have access to the lead. Only this activity is made, of a
        # text of our own, for someone who may read the lead.
        leads = self.sudo().exists()._filter_open()
        if not leads:
            return
        planned = {number for number, in self.env['mail.activity'].sudo()._read_group(
            [('res_model', '=', 'crm.lead'), ('res_id', 'in', leads.ids)], ['res_id'])}
        groups = defaultdict(leads.browse)
        for lead in leads.filtered(lambda lead: lead.id not in planned):
            groups[lead.cohort_id.program_id.next_action_days, lead._find_next_actor()] |= lead
        today = clock.today(self)
        for (days, user), group in groups.items():
            # Nobody is written to about what nobody decided.
            group.with_context(mail_activity_quick_update=True).activity_schedule(
                'inocoop_coop.mail_activity_call_back', date_deadline=today + timedelta(days=days), user_id=user.id)

    def _drop_call_back(self):
        """Take back what was planned because nobody had planned anything."""
        call_back = self.env.ref('inocoop_coop.mail_activity_call_back', raise_if_not_found=False)
        if self and call_back:
            # sudo: what nobody decided goes, whoever it was planned for.
            self.env['mail.activity'].sudo().search([
                ('res_model', '=', 'crm.lead'), ('res_id', 'in', self.ids), ('automated', '=', True),
                ('activity_type_id', '=', call_back.id),
            ]).unlink()

    def _find_next_actor(self):
        """Who calls back: who follows the lead, who canvassed it, or who is in charge; of those who may read it."""
        self.ensure_one()
        for user in (self.user_id, self.coop_canvasser_id.user_id, self.env.user, self.cohort_id.facilitator_id):
            if user and user.active and self.with_user(user).has_access('read'):
                return user
        return self.env.user
