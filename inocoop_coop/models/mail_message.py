from odoo import api, models

# What is said about these stays as it was said: it is what a group decides by.
KEPT = ('coop.decision', 'coop.meeting')


class MailMessage(models.Model):
    _inherit = 'mail.message'

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and self.env.user.is_coop_scoped:
            # Nobody speaks in someone else's name.
            vals_list = [
                {**vals, 'author_id': self.env.user.partner_id.id, 'email_from': self.env.user.email_formatted}
                if vals.get('model') in KEPT else vals for vals in vals_list]
        return super().create(vals_list)

    def _get_forbidden_access(self, operation):
        """Core lets whoever may write a document rewrite what others said about it."""
        forbidden = super()._get_forbidden_access(operation)
        if operation not in ('write', 'unlink') or self.env.su:
            return forbidden
        # sudo: whose a message is, to refuse it.
        others = (self - forbidden).sudo().filtered(
            lambda message: message.model in KEPT and message.author_id != self.env.user.partner_id)
        return forbidden | others.sudo(False)
