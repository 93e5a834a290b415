from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, format_date

from ..tools import clock, guard

STATES = [('planned', "Planned"), ('held', "Held"), ('approved', "Minutes Approved")]
# What makes someone lead the meeting, or stands in its minutes: whoever may plan a meeting does not write it.
OF_OFFICERS = frozenset({'chair_id', 'secretary_id', 'called_on', 'called_how', 'proxy_limit', 'notes', 'attendance_ids'})
MAIL_FIELDS = ('message_', 'activity_', 'website_message_', 'rating_')


class CoopMeeting(models.Model):
    """A meeting of a body: who is invited and comes, what is talked about and voted, and what is kept of it.

    ::

        planned ──action_hold──> held ──action_approve──> approved

    Any member of the body plans it and sets its agenda; ``action_call`` sends the invitations. Its chair
    and secretary note who is there, put the decisions of the agenda to the vote, end the meeting and
    approve the minutes, which nobody changes after that.

    Who comes is in ``coop_meeting_attendance.py``, the appointment in the calendar in
    ``coop_meeting_calendar.py``, the minutes in ``coop_meeting_minutes.py``.
    """
    _name = 'coop.meeting'
    _description = "Meeting"
    _inherit = ['coop.guarded.mixin', 'mail.thread', 'mail.activity.mixin']
    _order = 'date_start desc, id desc'
    _check_company_auto = True
    _mail_post_access = 'read'

    _guarded_fields = frozenset({'state', 'event_id', 'minutes', 'approved_on', 'approved_by_id'})

    name = fields.Char(required=True, compute='_compute_name', store=True, readonly=False, precompute=True, tracking=True)
    state = fields.Selection(STATES, required=True, default='planned', copy=False, tracking=True, index=True)
    committee_id = fields.Many2one(
        'coop.committee', string="Body", required=True, index=True, ondelete='restrict',
        default=lambda self: self._default_committee_id())
    cohort_id = fields.Many2one(related='committee_id.cohort_id', store=True, index=True)
    company_id = fields.Many2one(related='cohort_id.company_id', store=True, index=True)
    date_start = fields.Datetime(
        "Begins", required=True, tracking=True, index=True,
        default=lambda self: clock.now(self.env).replace(minute=0, second=0, microsecond=0) + timedelta(days=7))
    date_stop = fields.Datetime(
        "Ends", required=True, compute='_compute_date_stop', store=True, readonly=False, precompute=True)
    location = fields.Char("Place", tracking=True)
    event_id = fields.Many2one(
        'calendar.event', string="In the Calendar", readonly=True, copy=False, index='btree_not_null', ondelete='set null')

    # How it was called, and who leads it
    called_on = fields.Date(copy=False, tracking=True)
    called_how = fields.Char("How It Was Called", copy=False)
    chair_id = fields.Many2one(
        'res.partner', string="Chaired By", copy=False, index='btree_not_null', ondelete='restrict', tracking=True,
        compute='_compute_officers', store=True, readonly=False, precompute=True, domain="[('id', 'in', invited_ids)]")
    secretary_id = fields.Many2one(
        'res.partner', string="Minutes By", copy=False, index='btree_not_null', ondelete='restrict', tracking=True,
        compute='_compute_officers', store=True, readonly=False, precompute=True, domain="[('id', 'in', invited_ids)]")

    # What is on the agenda
    agenda_ids = fields.One2many('coop.agenda.item', 'meeting_id')
    version_ids = fields.One2many('coop.decision.version', 'meeting_id', string="Votes", readonly=True)
    decision_ids = fields.Many2many('coop.decision', string="Voted Here", compute='_compute_decision_ids')
    is_planner = fields.Boolean(compute='_compute_is_planner', export_string_translation=False)
    is_officer = fields.Boolean(compute='_compute_is_planner', export_string_translation=False)

    _check_dates = models.Constraint('CHECK(date_stop > date_start)', "A meeting ends after it begins: check its two times.")

    # ------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------

    def _default_committee_id(self):
        """The body on which someone sits who sits on one only besides the assembly; otherwise they choose."""
        cohort = self.env['coop.membership']._get_own_cohort()
        # sudo: the user's own seats.
        seats = self.env['coop.mandate'].sudo().search([
            ('cohort_id', '=', cohort.id), ('partner_id', '=', self.env.user.partner_id.id), ('is_current', '=', True)])
        bodies = seats.committee_id.filtered(lambda body: body.kind != 'assembly') or seats.committee_id
        return bodies.sudo(False) if len(bodies) == 1 else bodies.browse()

    @api.depends('committee_id')
    def _compute_name(self):
        """The name of its body, until somebody types another one."""
        names = [meeting.name for meeting in self if meeting.name]
        bodies = self.env['coop.committee'].search([('name', 'in', names)]).mapped('name') if names else []
        for meeting in self:
            if not meeting.name or meeting.name in bodies:
                meeting.name = meeting.committee_id.name or meeting.name

    @api.depends('date_start')
    def _compute_date_stop(self):
        """An hour; a meeting that is moved lasts as long as before."""
        for meeting in self:
            before = meeting._origin
            lasts = before.date_stop - before.date_start if before.date_stop and before.date_start else None
            # In the form, what is saved is not moved yet.
            lasts = lasts if lasts and meeting.id != before.id else timedelta(hours=1)
            meeting.date_stop = meeting.date_start and meeting.date_start + lasts

    @api.depends('committee_id')
    def _compute_officers(self):
        for meeting in self:
            mandates = meeting.committee_id._get_leading_mandates(meeting._get_day())
            own = mandates.filtered(lambda mandate, body=meeting.committee_id: mandate.committee_id == body)
            for name, role in (('chair_id', 'chair'), ('secretary_id', 'secretary')):
                candidates = (own | mandates).filtered(lambda mandate, role=role: mandate.role == role)
                meeting[name] = candidates[:1].partner_id.sudo(False)

    @api.depends('version_ids')
    def _compute_decision_ids(self):
        for meeting in self:
            meeting.decision_ids = meeting.version_ids.decision_id

    @api.depends('committee_id', 'chair_id', 'secretary_id')
    @api.depends_context('uid')
    def _compute_is_planner(self):
        for meeting in self:
            meeting.is_officer = bool(meeting.committee_id) and meeting._is_officer()
            meeting.is_planner = meeting.is_officer or (bool(meeting.committee_id) and meeting._is_of_body())

    @api.depends('name', 'date_start')
    @api.depends_context('lang', 'tz')
    def _compute_display_name(self):
        for meeting in self:
            day = format_date(self.env, meeting._get_day()) if meeting.date_start else ""
            meeting.display_name = self.env._("%(meeting)s, %(day)s", meeting=meeting.name, day=day) if meeting.name else day

    @api.constrains('committee_id')
    def _check_cohort_works(self):
        for meeting in self:
            if meeting.cohort_id.state == 'closed':
                raise ValidationError(self.env._("“%s” is closed: its bodies don't meet any more.", meeting.cohort_id.name))

    # ------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------

    def _is_officer(self, own=True):
        """Whether the user leads the meeting: its chair or secretary, those of the body, the facilitator.

        :param bool own: whether who is named in the meeting itself counts
        """
        self.ensure_one()
        if self.env.user.has_group('inocoop_coop.group_facilitator'):
            return self.has_access('write')
        leaders = self.committee_id._get_leading_mandates(clock.today(self)).partner_id.ids
        if own:
            leaders += (self.chair_id + self.secretary_id).ids
        return self.env.user.partner_id.id in leaders

    def _is_of_body(self):
        """Whether the user sits on the body, or leads its meetings."""
        self.ensure_one()
        seats = self.committee_id._get_mandates_on(clock.today(self))
        return self.env.user.partner_id.id in seats.partner_id.ids or self._is_officer()

    def _check_planner(self):
        self.check_access('write')
        for meeting in self:
            if not self.env.su and not meeting._is_of_body():
                raise AccessError(self.env._(
                    "“%(meeting)s” is a meeting of “%(body)s”: those who sit there plan it and set its agenda, and its "
                    "facilitator.", meeting=meeting.name, body=meeting.committee_id.name))

    def _check_officer(self):
        self.check_access('write')
        for meeting in self:
            if not self.env.su and not meeting._is_officer():
                raise AccessError(self.env._(
                    "Only who chairs “%(meeting)s” or writes its minutes, the chair or secretary of “%(body)s” and the "
                    "facilitator can do this.", meeting=meeting.name, body=meeting.committee_id.name))

    def _check_not_approved(self):
        for meeting in self:
            if meeting.state == 'approved':
                raise UserError(self.env._(
                    "The minutes of “%(meeting)s” of %(day)s are approved: nothing in them changes any more. What is wrong in "
                    "them is put right in the minutes of the next meeting.",
                    meeting=meeting.name, day=format_date(self.env, meeting._get_day())))

    def _check_is_planned(self):
        for meeting in self:
            if meeting.state != 'planned':
                raise UserError(self.env._("“%s” was held already.", meeting.display_name))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        for meeting in meetings if not self.env.su else ():
            meeting._check_planner()
            if not meeting._is_officer(own=False):
                meeting._check_names_no_officers()
        meetings._refresh_attendance()
        meetings._make_events()
        return meetings

    def write(self, vals):
        if not guard.is_sealed(self):
            self._check_may_write(vals)
        if 'date_start' in vals and 'date_stop' not in vals:
            # A meeting that is moved lasts as long as before.
            start = fields.Datetime.to_datetime(vals['date_start'])
            for meeting in self:
                meeting.write({**vals, 'date_stop': start and start + (meeting.date_stop - meeting.date_start)})
            return True
        if {'date_start', 'date_stop'} & vals.keys():
            self._check_ends_after_it_begins(vals)
        result = super().write(vals)
        self._write_to_calendar(vals)
        if 'date_start' in vals:
            self.filtered(lambda meeting: meeting.state == 'planned')._refresh_attendance()
        return result

    def _creation_message(self):
        self.ensure_one()
        return self.env._("Meeting planned.")

    def _check_ends_after_it_begins(self, vals):
        """Said before the calendar says it in its own words, in the hours of Greenwich."""
        for meeting in self:
            start, stop = (
                fields.Datetime.to_datetime(vals.get(name, meeting[name])) for name in ('date_start', 'date_stop'))
            if start and stop and stop <= start:
                raise UserError(self.env._("A meeting ends after it begins: check its two times."))

    def _check_names_no_officers(self):
        """Whoever plans a meeting does not say by that who leads it, nor how it went."""
        self.ensure_one()
        usual = self.new({'committee_id': self.committee_id.id, 'date_start': self.date_start})
        for name in ('chair_id', 'secretary_id'):
            if self[name] != usual[name]:
                self._refuse_of_officers(name)
        for name in OF_OFFICERS - {'chair_id', 'secretary_id'}:
            if self[name] and not (name == 'proxy_limit' and self[name] == 1):
                self._refuse_of_officers(name)

    def _refuse_of_officers(self, name):
        raise AccessError(self.env._(
            "“%(field)s” of a meeting is for the chair or secretary of “%(body)s” and the facilitator to say.",
            field=self._fields[name].get_description(self.env)['string'], body=self.committee_id.name))

    def _check_may_write(self, vals):
        if all(name.startswith(MAIL_FIELDS) for name in vals):
            return
        self._check_not_approved()
        for meeting in self:
            if 'committee_id' in vals and vals['committee_id'] != meeting.committee_id.id:
                raise UserError(self.env._(
                    "“%s” is a meeting of that body, and those who sit there are invited: plan another one for another body.",
                    meeting.name))
            if meeting.state == 'planned' and not OF_OFFICERS & vals.keys():
                meeting._check_planner()
            else:
                meeting._check_officer()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        for meeting in self:
            # sudo: what was voted stays, whoever asks.
            if meeting.state != 'planned' or meeting.sudo().version_ids:
                raise UserError(self.env._(
                    "“%s” was held, and stays with what was said and decided in it: it can't be deleted.", meeting.display_name))
        if not self.env.su:
            self._check_planner()

    def unlink(self):
        events = self.event_id
        called = self.filtered('called_on').event_id
        result = super().unlink()
        self.env['coop.meeting']._cancel_events(events, called)
        return result

    def _hold(self, alone=False):
        """Keep the meeting's rows from being ended or approved by somebody else until the commit.

        :param bool alone: whether to keep others from writing anything of the meeting at all
        """
        self.env.flush_all()
        tables = {'coop_meeting': 'id'}
        if alone:
            tables |= {'coop_agenda_item': 'meeting_id', 'coop_attendance': 'meeting_id'}
        for table, column in tables.items():
            self.env.cr.execute(SQL(
                "SELECT id FROM %s WHERE %s = ANY(%s) ORDER BY id %s", SQL.identifier(table), SQL.identifier(column), self.ids,
                SQL("FOR NO KEY UPDATE") if alone else SQL("FOR SHARE")))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_hold(self):
        """End the meeting: the votes that are open in it close, and its minutes can be completed and approved.

        :raise UserError: before its day, or as long as it is not noted of everyone whether they were there
        :raise AccessError: when the caller does not lead it
        """
        self._check_officer()
        self._hold(alone=True)
        self._check_is_planned()
        self._check_day_has_come()
        self._refresh_attendance()
        for meeting in self:
            missing = meeting.attendance_ids.filtered(lambda line: not line.status)
            if missing:
                raise UserError(self.env._(
                    "Note first who was there: nothing is said yet of %s.", ", ".join(missing.partner_id.mapped('name'))))
            if not meeting._get_present_partners():
                raise UserError(self.env._(
                    "Nobody was present: this was no meeting. Move it to another day, or delete it."))
            # sudo: the votes of this meeting, which its chair ends with it.
            for decision in meeting.sudo().decision_ids.filtered(
                    lambda decision, meeting=meeting: decision.state == 'voting' and decision.meeting_id == meeting):
                decision.sudo(False)._close_vote('meeting')
        guard.sealed(self).write({'state': 'held'})
        # What was not decided may go on another agenda at once: the index must know.
        self.agenda_ids.flush_recordset(['meeting_state'])

    def _check_day_has_come(self):
        for meeting in self:
            if clock.today(self) < meeting._get_day():
                raise UserError(self.env._(
                    "“%s” has not come yet: its votes and its end are for its day.", meeting.display_name))

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _get_day(self):
        """The day on which it begins, where its people are."""
        self.ensure_one()
        moment = self.date_start or clock.now(self.env)
        return fields.Date.context_today(self.with_context(tz=self._get_tz()), timestamp=moment)

    def _get_tz(self):
        """The time zone of who organises: the cohort's."""
        return (self.cohort_id or self.committee_id.cohort_id)._get_zone()
