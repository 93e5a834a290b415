from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_list, format_time, is_html_empty

from ..tools import clock, guard, language


class CoopMeeting(models.Model):
    """The minutes write themselves: date, place, how it was called, who was there, and the result of each vote.

    That is what French law and statutes ask of them. The chair or secretary completes them with notes; once
    they are approved they are kept as they were read, and the meeting is locked with them. The last hash of
    the register stands in them: who could rewrite the register can't rewrite what was signed.
    """
    _inherit = 'coop.meeting'

    notes = fields.Html("General Notes", copy=False)
    # What is in it was made by our template, from texts that are sanitised where they are written.
    minutes = fields.Html("Minutes as Approved", readonly=True, copy=False, sanitize=False)
    minutes_text = fields.Html("Minutes", compute='_compute_minutes_text', sanitize=False)
    approved_on = fields.Date(readonly=True, copy=False, tracking=True)
    approved_by_id = fields.Many2one(
        'res.partner', readonly=True, copy=False, index='btree_not_null', ondelete='restrict')

    # On every reading: results, tasks and the register are not the meeting's own.
    def _compute_minutes_text(self):
        for meeting in self:
            meeting.minutes_text = meeting.minutes if meeting.state == 'approved' else meeting._origin._render_minutes()

    def action_approve(self):
        """Approve the minutes: they are kept as they read now, and nobody changes the meeting any more.

        :raise UserError: before the meeting was held, or when it is not said who chaired and who writes
        :raise AccessError: when the caller does not lead it
        """
        self._check_officer()
        self._hold(alone=True)
        for meeting in self:
            if meeting.state == 'planned':
                raise UserError(self.env._("“%s” was not held yet: end it first.", meeting.display_name))
            meeting._check_not_approved()
            if not meeting.chair_id or not meeting.secretary_id:
                raise UserError(self.env._(
                    "Minutes say who chaired the meeting and who wrote them: fill that in on “%s” first.", meeting.display_name))
        guard.sealed(self).write({'approved_on': clock.today(self), 'approved_by_id': self.env.user.partner_id.id})
        for meeting in self:
            guard.sealed(meeting).write({'state': 'approved', 'minutes': meeting._render_minutes()})

    def action_print_minutes(self):
        """Print the minutes."""
        self.check_access('read')
        return self.env.ref('inocoop_coop.coop_meeting_report').report_action(self)

    # ------------------------------------------------------------
    # The text
    # ------------------------------------------------------------

    def _get_document_lang(self):
        """The language of who organises, in which the minutes are kept, whoever reads them."""
        self.ensure_one()
        # sudo: no more than a language.
        return language.choose(self.env, self.company_id.sudo().partner_id.lang)

    def _with_document_lang(self):
        return self.with_context(lang=self._get_document_lang())

    def _render_minutes(self):
        """The minutes as they read now."""
        if not self:
            return False
        # sudo: everything in them is for who may read the meeting; a reader from another body lacks the
        # right to some of it (a register entry, a colleague's task) and must not read other minutes.
        meeting = self.sudo()._with_document_lang()
        return meeting.env['ir.qweb']._render('inocoop_coop.coop_meeting_minutes', meeting._prepare_minutes())

    def _prepare_minutes(self):
        """What the template of the minutes says, in words."""
        self.ensure_one()
        lines = self.attendance_ids
        voiced = lines.filtered(lambda line: line.voice == 'deliberative')
        items = self.agenda_ids.sorted()
        return {
            'meeting': self,
            'day': self._format_day(self._get_day()),
            'start': self._format_time(self.date_start),
            'stop': self._format_time(self.date_stop),
            'called_on': self.called_on and self._format_day(self.called_on),
            'present': [self._describe_person(line) for line in voiced if line._is_there()],
            'represented': [
                self.env._(
                    "%(person)s, by %(holder)s", person=line.partner_id.name, holder=line.represented_by_id.partner_id.name)
                for line in voiced if line._is_represented()],
            'heard': [self._describe_person(line) for line in lines - voiced if line._is_there()],
            'excused': lines.filtered(lambda line: line.status == 'excused').mapped('partner_id.name'),
            'absent': lines.filtered(lambda line: line.status == 'absent').mapped('partner_id.name'),
            'items': [self._prepare_minutes_item(item) for item in items],
            'others': [self._prepare_minutes_vote(version) for version in self.version_ids.filtered(
                lambda version: version.decision_id not in items.decision_id)],
            'notes': False if is_html_empty(self.notes) else self.notes,
            'register': self._describe_register(),
        }

    def _prepare_minutes_item(self, item):
        return {
            'name': item.name,
            'start': self._format_time(item.start),
            'presenter': item.presenter_id.name,
            'note': item.note if item._has_note() else False,
            'decision': item.decision_id,
            'votes': [self._prepare_minutes_vote(version) for version in item._get_versions()],
            'tasks': [self._describe_task(task) for task in item.decision_id.task_ids],
        }

    def _prepare_minutes_vote(self, version):
        objections = version.ballot_ids.filtered(lambda ballot: ballot.choice == 'objection' and ballot.reason)
        return {
            'subject': version.decision_id.name,
            'proposal': version.proposal,
            'version': version.number if len(version.decision_id.version_ids) > 1 else False,
            'method': version.terms and version.decision_id.method_id.name,
            'outcome': version._describe_outcome(),
            # Whoever has an objection says it to the group; until the vote closes nothing is told of it here.
            'objections': sorted(objections.mapped('reason')) if version.date_closed else [],
            'number': self._get_register_number(version),
        }

    def _describe_person(self, line):
        roles = dict(line._fields['role']._description_selection(self.env))
        if line.role and line.role != 'member':
            return self.env._("%(person)s (%(role)s)", person=line.partner_id.name, role=roles[line.role].lower())
        return line.partner_id.name

    def _describe_task(self, task):
        people = format_list(self.env, task.user_ids.mapped('name')) if task.user_ids else self.env._("nobody yet")
        if not task.date_deadline:
            return self.env._("%(task)s: %(people)s", task=task.name, people=people)
        day = fields.Date.context_today(self.with_context(tz=self._get_tz()), timestamp=task.date_deadline)
        return self.env._("%(task)s: %(people)s, by %(day)s", task=task.name, people=people, day=self._format_day(day))

    def _format_day(self, day):
        return format_date(self.env, day, lang_code=self.env.lang, date_format='long')

    def _format_time(self, moment):
        return format_time(self.env, moment, tz=self._get_tz(), time_format='short', lang_code=self.env.lang) if moment else ""

    # ------------------------------------------------------------
    # The register
    # ------------------------------------------------------------

    def _get_register_number(self, version):
        # sudo: the number of an entry whose result is read above it.
        entry = self.env['coop.register.entry'].sudo().search([('version_id', '=', version.id)], limit=1)
        return entry.number

    def _describe_register(self):
        """How far the register has come, for who checks one day that nobody rewrote it."""
        # sudo: numbers and hashes, which everyone of the cohort gets by mail.
        register = self.env['coop.register'].sudo().search([('cohort_id', '=', self.cohort_id.id)], limit=1)
        return {'number': register.last_number, 'hash': register.last_hash} if register.last_number else False

    def _get_print_name(self):
        """The file's name: "Minutes - Board - 2026-01-20"."""
        self.ensure_one()
        return self._with_document_lang().env._("Minutes - %(meeting)s - %(day)s", meeting=self.name, day=self._get_day())
