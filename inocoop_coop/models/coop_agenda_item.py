import math
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_time, is_html_empty

from ..tools import guard
from .coop_decision import BEFORE_THE_VOTE

TO_BE_DECIDED = (*BEFORE_THE_VOTE, 'voting', 'no_quorum', 'tied')


class CoopAgendaItem(models.Model):
    """Something that a meeting talks about, in its turn, and what was said of it.

    It may be a decision of the body, which is then voted in the meeting.
    """
    _name = 'coop.agenda.item'
    _description = "Agenda Item"
    _order = 'meeting_id, sequence, id'

    meeting_id = fields.Many2one('coop.meeting', required=True, index=True, ondelete='cascade')
    meeting_state = fields.Selection(related='meeting_id.state', string="State of the Meeting", store=True, precompute=True)
    committee_id = fields.Many2one(related='meeting_id.committee_id')
    sequence = fields.Integer(default=10)
    name = fields.Char("Subject", required=True, compute='_compute_name', store=True, readonly=False, precompute=True)
    duration = fields.Integer("Duration (minutes)", default=10)
    start = fields.Datetime(compute='_compute_start')
    start_time = fields.Char("At", compute='_compute_start_time')
    presenter_id = fields.Many2one(
        'res.partner', string="Presented By", index='btree_not_null', ondelete='restrict', domain="[('id', 'in', invited_ids)]")
    invited_ids = fields.Many2many(related='meeting_id.invited_ids', export_string_translation=False)
    decision_id = fields.Many2one(
        'coop.decision', index='btree_not_null', ondelete='restrict',
        domain=f"[('committee_id', '=', committee_id), ('state', 'in', {TO_BE_DECIDED!r})]")
    decision_state = fields.Selection(related='decision_id.state', string="State of the Decision")
    outcome_text = fields.Text(related='decision_id.outcome_text')
    note = fields.Html("What Was Said")
    can_open_vote = fields.Boolean(compute='_compute_votes', export_string_translation=False)
    can_close_vote = fields.Boolean(compute='_compute_votes', export_string_translation=False)
    silence_text = fields.Text(compute='_compute_silence_text', export_string_translation=False)

    _check_duration = models.Constraint('CHECK(duration >= 0)', "An item takes some minutes, or none.")
    _decision_unique = models.UniqueIndex(
        "(decision_id) WHERE decision_id IS NOT NULL AND meeting_state = 'planned'",
        "This decision is on the agenda of a meeting to come already: it is voted in one.")

    # ------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------

    @api.depends('decision_id')
    def _compute_name(self):
        for item in self:
            item.name = item.name or item.decision_id.name

    @api.depends('meeting_id.date_start', 'meeting_id.agenda_ids.duration', 'meeting_id.agenda_ids.sequence')
    def _compute_start(self):
        """The beginning of the meeting, and the minutes of the items before."""
        for meeting, items in self.grouped('meeting_id').items():
            start, starts = meeting.date_start, {}
            for item in meeting.agenda_ids.sorted(lambda item: (item.sequence, item._origin.id or math.inf)):
                starts[item] = start
                start = start and start + timedelta(minutes=max(item.duration, 0))
            for item in items:
                item.start = starts.get(item) or starts.get(item._origin) or meeting.date_start

    @api.depends('start')
    @api.depends_context('lang', 'tz')
    def _compute_start_time(self):
        for item in self:
            item.start_time = item.start and format_time(self.env, item.start, tz=str(self.env.tz), time_format='short')

    @api.depends('meeting_state', 'decision_state', 'decision_id.meeting_id', 'meeting_id.is_officer')
    @api.depends_context('uid')
    def _compute_votes(self):
        for item in self:
            leads = item.meeting_state == 'planned' and item.meeting_id.is_officer
            item.can_open_vote = leads and item.decision_state in TO_BE_DECIDED and item.decision_state != 'voting'
            item.can_close_vote = (
                leads and item.decision_state == 'voting' and item.decision_id.meeting_id == item.meeting_id)

    @api.depends('can_close_vote', 'decision_id')
    @api.depends_context('uid', 'lang')
    def _compute_silence_text(self):
        for item in self:
            item.silence_text = item.can_close_vote and item.decision_id._describe_silence_before_closing()

    @api.constrains('decision_id', 'meeting_id')
    def _check_decision(self):
        for item in self.filtered('decision_id'):
            decision, meeting = item.decision_id, item.meeting_id
            if decision.committee_id != meeting.committee_id:
                raise ValidationError(self.env._(
                    "“%(decision)s” is for “%(body)s” to decide: put it on the agenda of a meeting of that body.",
                    decision=decision.name, body=decision.committee_id.name))
            if meeting.state != 'planned' or decision.state not in TO_BE_DECIDED:
                raise ValidationError(self.env._(
                    "“%s” is not to be decided in this meeting any more: one of them is over.", decision.name))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._check_may_write()
        items.meeting_id._write_agenda_to_calendar()
        return items

    def write(self, vals):
        self._check_may_write()
        if 'meeting_id' in vals and any(item.meeting_id.id != vals['meeting_id'] for item in self):
            raise UserError(self.env._("An item stays on its agenda: add it to that of the other meeting."))
        if 'decision_id' in vals:
            self.filtered(lambda item: item.decision_id.id != vals['decision_id'])._check_not_voted()
        result = super().write(vals)
        if {'name', 'sequence', 'decision_id'} & vals.keys():
            self.meeting_id._write_agenda_to_calendar()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_voted(self):
        self._check_may_write()
        self._check_not_voted()

    def unlink(self):
        meetings = self.meeting_id
        result = super().unlink()
        meetings._write_agenda_to_calendar()
        return result

    def _check_may_write(self):
        """Who sits on the body sets the agenda; what was said in a meeting that was held, its chair and secretary write."""
        if guard.is_sealed(self):
            return
        meetings = self.meeting_id
        meetings._hold()
        meetings._check_not_approved()
        if not self.env.su:
            meetings.filtered(lambda meeting: meeting.state == 'planned')._check_planner()
            meetings.filtered(lambda meeting: meeting.state == 'held')._check_officer()

    def _check_not_voted(self):
        for item in self:
            if item._get_versions():
                raise UserError(self.env._(
                    "“%s” was put to the vote in this meeting: it stays on its agenda.", item.decision_id.name))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_vote(self):
        """Put the decision to the vote among those who are there.

        :raise UserError: before the meeting's day, after its end, or as long as nobody is noted as present
        :raise AccessError: when the caller does not lead the meeting
        """
        self.ensure_one()
        meeting = self.meeting_id
        meeting._check_officer()
        meeting._hold()
        meeting._check_is_planned()
        meeting._check_day_has_come()
        if not self.decision_id:
            raise UserError(self.env._("“%s” is no decision: there is nothing to vote on.", self.name))
        meeting._refresh_attendance()
        if not meeting._get_present_partners():
            raise UserError(self.env._("Note first who is there: those who are present vote."))
        self.decision_id._open_vote(meeting)

    def action_close_vote(self):
        """Close the vote and count it, before the meeting ends.

        :raise UserError: when no vote is open on it in this meeting
        :raise AccessError: when the caller does not lead the meeting
        """
        self.ensure_one()
        self.meeting_id._check_officer()
        decision = self.decision_id
        if decision.meeting_id != self.meeting_id or not decision._close_vote('meeting'):
            raise UserError(self.env._("No vote is open on “%s” in this meeting.", self.name))

    def action_ask_to_close(self):
        """Say how many of those who are there have not voted yet before their vote is closed.

        :raise AccessError: when the caller does not lead the meeting
        """
        self.ensure_one()
        self.meeting_id._check_officer()
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Close the vote"),
            'res_model': self._name,
            'res_id': self.id,
            'view_mode': 'form',
            'views': [(self.env.ref('inocoop_coop.coop_agenda_item_view_form_close').id, 'form')],
            'target': 'new',
        }

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _get_versions(self):
        """What was voted of the decision in this meeting, in the order of the votes."""
        self.ensure_one()
        # sudo: the votes of a meeting that the user may read.
        return self.meeting_id.sudo().version_ids.filtered(
            lambda version: version.decision_id.id == self.decision_id.id).sorted('number')

    def _has_note(self):
        self.ensure_one()
        return not is_html_empty(self.note)
