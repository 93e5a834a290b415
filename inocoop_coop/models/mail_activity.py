from odoo import api, models


class MailActivity(models.Model):
    """What is planned on a lead of a cohort: see ``crm_lead_next_action.py``."""
    _inherit = 'mail.activity'

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._replace_call_back()
        return activities

    def unlink(self):
        leads = self._get_leads()
        result = super().unlink()
        leads._ensure_next_action()
        return result

    def _action_done(self, feedback=False, attachment_ids=None):
        leads = self._get_leads()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        leads._ensure_next_action()
        return result

    def _get_leads(self):
        return self.env['crm.lead'].browse([
            activity.res_id for activity in self if activity.res_model == 'crm.lead' and activity.res_id])

    def _replace_call_back(self):
        """What somebody plans stands instead of what was planned because nobody had."""
        call_back = self.env.ref('inocoop_coop.mail_activity_call_back', raise_if_not_found=False)
        self.filtered(lambda activity: not (
            activity.automated and activity.activity_type_id == call_back))._get_leads()._drop_call_back()
