from datetime import timedelta

from odoo import fields, models
from odoo.tools import groupby

from ..tools import clock, guard


class CoopDecision(models.Model):
    """Whom a decision writes to: a vote opens, ends soon, has a result. Never how someone voted."""
    _inherit = 'coop.decision'

    def _notify_submitted(self):
        """Tell the body that there is something to discuss."""
        self._write_to(self.committee_id.sudo().current_partner_ids - self.proposer_id, 'inocoop_coop.mail_template_submitted')

    def _notify_opened(self):
        """Tell those on the roll that they vote, and until when."""
        self._write_to(self._get_awaited(), 'inocoop_coop.mail_template_opened')

    def _remind(self, now):
        """Remind, once, those who have not voted when the deadline comes near."""
        self.ensure_one()
        hours = self.method_id.reminder
        version = self.version_id.sudo()  # sudo: the scheduled job, or an action that has checked
        if not self.date_deadline or not hours or version.reminded:
            return
        # A vote that lasts less than the reminder's lead is reminded in its middle.
        length = self.date_deadline - version.date_opened
        if now >= self.date_deadline - min(timedelta(hours=hours), length / 2):
            guard.sealed(version).reminded = True
            self._write_to(self._get_awaited(), 'inocoop_coop.mail_template_reminder')

    def _get_awaited(self):
        """Those whose vote is missing: who represents someone is written to in their place."""
        # sudo: who has voted; it is told to nobody but themselves.
        electors = self.version_id.sudo().elector_ids.filtered(lambda elector: not elector.voted and not elector.recused)
        return electors.mapped(lambda elector: (elector.represented_by_id or elector).partner_id)

    def _notify_closed(self, entry):
        """Mail the result and the register's last hash to the members: it anchors the register outside.

        Who could rewrite the whole register can't rewrite what is in everyone's mailbox.
        """
        members = self.cohort_id.sudo().membership_ids.filtered(lambda member: member.state == 'active').partner_id
        self._write_to(
            members | self.version_id.elector_ids.partner_id, 'inocoop_coop.mail_template_closed',
            number=entry.number, hash=entry.hash)
        # Nobody in particular says so: the last one to vote in secret must not be its author.
        self.message_post(author_id=self.env.ref('base.partner_root').id, body=self.env._(
            "Closed, number %(number)s of the register: %(result)s",
            number=entry.number, result=self.version_id._describe_outcome()))

    def _write_to(self, partners, template, **context):
        """One mail for each language, which reaches each of these people by themselves.

        The mail is none of the decision's messages: who was reminded would show in its discussion.
        """
        self.ensure_one()
        if clock.is_silent(self.env):
            return
        # sudo: mails are queued for people of the body, in the words of a template.
        template = self.env.ref(template).sudo()
        for lang, group in groupby(partners.sudo().filtered('email'), lambda partner: partner.lang or self.env.lang):
            template.with_context(lang=lang, **context).send_mail(
                self.id, email_layout_xmlid='mail.mail_notification_light', email_values={
                    'recipient_ids': [fields.Command.set([partner.id for partner in group])],
                    'model': False, 'res_id': False, 'message_type': 'user_notification',
                })

    def _trigger_at(self, moment):
        """Let the scheduled job come by at the deadline, and before it to remind."""
        if clock.is_retold(self.env):
            return
        reminder = moment - timedelta(hours=self.method_id.reminder)
        # sudo: the job runs for everyone's votes.
        cron = self.env.ref('inocoop_coop.ir_cron_votes').sudo()
        cron._trigger([at for at in (reminder, moment + timedelta(seconds=1)) if at > fields.Datetime.now()])
