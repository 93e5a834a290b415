from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools import guard

STATUSES = [('present', "Present"), ('represented', "Represented"), ('excused', "Excused"), ('absent', "Absent")]


class CoopAttendance(models.Model):
    """Whether someone came to a meeting, or who spoke for them.

    There is a line for each mandate on the body. Whoever else comes is a guest: heard, without a vote.
    No status means that nothing is noted yet.
    """
    _name = 'coop.attendance'
    _description = "Attendance at a Meeting"
    _inherit = ['coop.guarded.mixin']
    _order = 'meeting_id, voice desc, id'
    _rec_names_search = ['partner_id']

    _guarded_fields = frozenset({'mandate_id', 'voice'})

    meeting_id = fields.Many2one('coop.meeting', required=True, index=True, ondelete='cascade')
    meeting_state = fields.Selection(related='meeting_id.state', string="State of the Meeting")
    partner_id = fields.Many2one(
        'res.partner', string="Person", required=True, index=True, ondelete='restrict', domain="[('is_company', '=', False)]")
    mandate_id = fields.Many2one('coop.mandate', readonly=True, index='btree_not_null', ondelete='set null')
    role = fields.Selection(related='mandate_id.role', related_sudo=True)
    voice = fields.Selection(
        [('deliberative', "Deliberative"), ('consultative', "Consultative")], required=True, readonly=True,
        default='consultative')
    status = fields.Selection(STATUSES)
    represented_by_id = fields.Many2one(
        'coop.attendance', index='btree_not_null', ondelete='set null',
        domain="[('meeting_id', '=', meeting_id), ('status', '=', 'present'), ('voice', '=', 'deliberative'), ('id', '!=', id)]")
    represented_ids = fields.One2many('coop.attendance', 'represented_by_id', string="Represents", readonly=True)

    _person_unique = models.UniqueIndex('(meeting_id, partner_id)', "This person is on the list of the meeting already.")

    @api.depends('partner_id')
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.partner_id.name or ""

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains('status', 'represented_by_id', 'voice')
    def _check_representation(self):
        for line in self:
            if line.status == 'represented':
                line._check_represented()
            if line.represented_ids and not line._is_there():
                raise ValidationError(self.env._(
                    "%(holder)s represents %(represented)s: say first who does it now, or that they are excused.",
                    holder=line.partner_id.name, represented=", ".join(line.represented_ids.partner_id.mapped('name'))))

    def _check_represented(self):
        holder = self.represented_by_id
        if not holder:
            raise ValidationError(self.env._("By whom is %s represented? Choose someone who is present.", self.partner_id.name))
        if self.voice != 'deliberative':
            raise ValidationError(self.env._(
                "%s has no vote to hand over: note them as excused.", self.partner_id.name))
        if holder == self or holder.meeting_id != self.meeting_id or not holder._is_there() or holder.voice != 'deliberative':
            raise ValidationError(self.env._(
                "%(person)s is represented by someone else of this meeting, who is present and has a vote; %(holder)s is not.",
                person=self.partner_id.name, holder=holder.partner_id.name))
        limit = self.meeting_id.proxy_limit
        if len(holder.represented_ids) > limit:
            raise ValidationError(self.env._(
                "%(holder)s represents %(count)s, and may represent %(limit)s at most: choose someone else.",
                holder=holder.partner_id.name, count=len(holder.represented_ids), limit=limit))

    @api.onchange('represented_by_id')
    def _onchange_represented_by_id(self):
        if self.represented_by_id:
            self.status = 'represented'

    @api.onchange('status')
    def _onchange_status(self):
        if self.status != 'represented':
            self.represented_by_id = False

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([self._complete(vals) for vals in vals_list])
        if not guard.is_sealed(self):
            lines._check_may_write()
            # Whoever has a mandate is no guest.
            lines.meeting_id.filtered(lambda meeting: meeting.state == 'planned')._refresh_attendance()
        return lines

    def write(self, vals):
        if not guard.is_sealed(self):
            self._check_may_write()
            for name in ('meeting_id', 'partner_id'):
                if name in vals and any(line[name].id != vals[name] for line in self):
                    raise UserError(self.env._("Who is on the list of a meeting stays there as that person: add another line."))
        return super().write(self._complete(vals))

    @api.model
    def _complete(self, vals):
        """Who is represented is so by someone, and nobody else is."""
        if vals.get('represented_by_id') and 'status' not in vals:
            return {**vals, 'status': 'represented'}
        if 'status' in vals and vals['status'] != 'represented':
            return {**vals, 'represented_by_id': False}
        return vals

    @api.ondelete(at_uninstall=False)
    def _unlink_except_mandates(self):
        if guard.is_sealed(self):
            return
        self._check_may_write()
        for line in self:
            if line.mandate_id:
                raise UserError(self.env._(
                    "%(person)s sits on “%(body)s” and is invited: note whether they came.",
                    person=line.partner_id.name, body=line.meeting_id.committee_id.name))

    def _check_may_write(self):
        meetings = self.meeting_id
        meetings._hold()
        meetings._check_not_approved()
        if not self.env.su:
            meetings._check_officer()

    def _take_off(self):
        """Take people off the list who do not sit on the body any more; whom they represented is to be noted again."""
        represented = self.represented_ids - self
        represented.write({'status': False})
        self.unlink()

    # ------------------------------------------------------------
    # Actions: one tap each
    # ------------------------------------------------------------

    def action_note_present(self):
        """Note that they are there.

        :raise AccessError: when the caller does not keep the attendance
        """
        self._note('present')

    def action_note_excused(self):
        """Note that they said they would not come."""
        self._note('excused')

    def action_note_absent(self):
        """Note that they did not come."""
        self._note('absent')

    def action_note_represented(self, holder=None):
        """Note who votes for someone who is not there.

        :param int holder: number of the line (``coop.attendance``) of who represents them; without it, the
            dialog that asks for it opens
        :raise UserError: when that person is not there, has no vote, or represents as many as they may
        """
        self.ensure_one()
        self.check_access('read')
        self._check_may_write()
        if holder is None:
            return {
                'type': 'ir.actions.act_window',
                'name': self.env._("Who represents %s?", self.partner_id.name),
                'res_model': self._name,
                'res_id': self.id,
                'view_mode': 'form',
                'view_id': self.env.ref('inocoop_coop.coop_attendance_view_form_represented').id,
                'target': 'new',
            }
        if type(holder) is not int or holder not in self.meeting_id.attendance_ids.ids:
            raise UserError(self.env._("Choose someone of this meeting who is present."))
        self.write({'status': 'represented', 'represented_by_id': holder})
        return True

    def _note(self, status):
        if not self:
            raise AccessError(self.env._("There is nobody to note."))
        self.write({'status': status})

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _is_there(self):
        self.ensure_one()
        return self.status == 'present'

    def _is_represented(self):
        self.ensure_one()
        return self.status == 'represented' and bool(self.represented_by_id) and self.represented_by_id._is_there()
