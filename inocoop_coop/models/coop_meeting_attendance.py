from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import guard


class CoopMeeting(models.Model):
    """Who is invited to a meeting, who comes, and who is represented: this is what "present" means to its votes."""
    _inherit = 'coop.meeting'

    attendance_ids = fields.One2many('coop.attendance', 'meeting_id')
    proxy_limit = fields.Integer(
        "Proxies a Person", default=1, help="How many absent people someone who is present may represent.")
    invited_ids = fields.Many2many(
        'res.partner', compute='_compute_invited_ids', export_string_translation=False)
    entitled_count = fields.Integer("With a Vote", compute='_compute_quorum')
    present_count = fields.Integer("Present or Represented", compute='_compute_quorum')
    quorum_text = fields.Char("Attendance in Words", compute='_compute_quorum')

    _check_proxy_limit = models.Constraint('CHECK(proxy_limit >= 0)', "A person represents nobody (0) or some.")

    @api.depends('attendance_ids.partner_id', 'committee_id', 'date_start')
    def _compute_invited_ids(self):
        for meeting in self:
            mandates = meeting.committee_id._get_leading_mandates(meeting._get_day())
            seats = meeting.committee_id._get_mandates_on(meeting._get_day())
            meeting.invited_ids = meeting.attendance_ids.partner_id | (mandates | seats).partner_id.sudo(False)

    @api.depends('attendance_ids.status', 'attendance_ids.voice', 'attendance_ids.represented_by_id.status')
    @api.depends_context('lang')
    def _compute_quorum(self):
        for meeting in self:
            entitled = meeting.attendance_ids.filtered(lambda line: line.voice == 'deliberative')
            present = entitled.filtered(lambda line: line._is_there() or line._is_represented())
            meeting.entitled_count, meeting.present_count = len(entitled), len(present)
            meeting.quorum_text = self.env._(
                "%(present)s of %(entitled)s with a vote present or represented",
                present=len(present), entitled=len(entitled)) if entitled else False

    def action_refresh_attendance(self):
        """Bring the list of who is invited up to date with the mandates: someone came to the body, someone left it.

        :raise UserError: when it was held already
        """
        self._check_planner()
        self._check_is_planned()
        self._refresh_attendance()

    def action_note_all_present(self):
        """Note that everyone is there of whom nothing is noted yet; who is not is then put right by one tap.

        :raise AccessError: when the caller does not keep the attendance
        :raise UserError: when all is noted, or the minutes are approved
        """
        self.ensure_one()
        self._check_officer()
        lines = self.attendance_ids.filtered(lambda line: not line.status)
        if not lines:
            raise UserError(self.env._("It is noted of everyone already whether they are here."))
        lines.action_note_present()

    def _refresh_attendance(self):
        """A line for each mandate on the body that covers the day; those whose mandate does not are taken off."""
        for meeting in self:
            mandates = meeting.committee_id._get_mandates_on(meeting._get_day())
            # sudo: lines of mandates are made by this alone, whoever plans.
            lines = guard.sealed(meeting.sudo().attendance_ids)
            # Whose mandate was deleted is no guest.
            voting = meeting._get_voting_partners()
            lines.filtered(lambda line, mandates=mandates, voting=voting: line.mandate_id not in mandates and (
                line.mandate_id or line.voice == 'deliberative') and line.partner_id not in voting)._take_off()
            by_partner = {line.partner_id: line for line in lines.exists()}
            for mandate in mandates.sorted(lambda mandate: (mandate.voice != 'deliberative', mandate.partner_id.name or "")):
                values = {'mandate_id': mandate.id, 'voice': mandate.voice}
                line = by_partner.get(mandate.partner_id)
                if not line:
                    lines.create({'meeting_id': meeting.id, 'partner_id': mandate.partner_id.id, **values})
                elif (line.mandate_id, line.voice) != (mandate, mandate.voice):
                    line.write(values)
            meeting.invalidate_recordset(['attendance_ids'])
        self._invite()

    def _get_voting_partners(self):
        """Who is on the roll of a vote that is open in this meeting: it was frozen, whatever became of their mandate."""
        # sudo: who votes there, for who keeps the attendance.
        decisions = self.env['coop.decision'].sudo().search([('meeting_id', 'in', self.ids), ('state', '=', 'voting')])
        return decisions.elector_ids.partner_id

    def _get_present_partners(self):
        """Who is present, and who is represented by someone who is."""
        self.ensure_one()
        return self.attendance_ids.filtered(lambda line: line._is_there() or line._is_represented()).partner_id

    def _get_representations(self):
        """Who is represented by whom: ``{partner: partner who is present}``."""
        self.ensure_one()
        return {
            line.partner_id: line.represented_by_id.partner_id for line in self.attendance_ids.filtered(
                lambda line: line._is_represented())}
