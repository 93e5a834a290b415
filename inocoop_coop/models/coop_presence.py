from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, format_date

from ..rules import terms
from ..tools import clock, guard
from ..tools import signature as signatures
from ..tools.dialog import open_dialog

HALVES = [('morning', "Morning"), ('afternoon', "Afternoon")]
REASONS = [
    ('illness', "Illness"),
    ('appointment', "Appointment"),
    ('immersion', "Immersion or training elsewhere"),
    ('family', "Family"),
    ('transport', "Transport"),
    ('other', "Other reason"),
    ('unknown', "Not said"),
]
SIGNING_DAYS = 7  # after which the facilitator is there when somebody signs


class CoopPresence(models.Model):
    """Half a day on which someone was expected: they sign that they are there, or are noted absent with a reason.

    ::

        expected ──action_sign────────> signed ──┐
           │ └─────action_note_absent─> absent ──┤
           └<──────────────action_correct────────┘

    It is what funders ask to see. The person signs on their own phone, or on a tablet that the
    facilitator or the HR committee hands round. What is signed stays; the facilitator corrects it,
    and the page says when and why.
    """
    _name = 'coop.presence'
    _description = "Half-Day of Attendance"
    _inherit = ['coop.guarded.mixin', 'mail.thread']
    _order = 'date, half desc, membership_id, id'
    _check_company_auto = True

    _guarded_fields = frozenset({
        'state', 'reason', 'is_justified', 'signature', 'signed_on', 'signed_with_id', 'noted_by_id'})

    membership_id = fields.Many2one('coop.membership', string="Member", required=True, index=True, ondelete='restrict')
    cohort_id = fields.Many2one(related='membership_id.cohort_id', store=True, index=True)
    company_id = fields.Many2one(related='cohort_id.company_id', store=True, index=True)
    avatar_128 = fields.Image("Picture", related='membership_id.avatar_128')
    date = fields.Date("Day", required=True, default=clock.today)
    half = fields.Selection(HALVES, string="Half-Day", required=True, default='morning', group_expand=True)
    state = fields.Selection(
        [('expected', "Expected"), ('signed', "Signed"), ('absent', "Absent")], required=True, readonly=True,
        default='expected', copy=False)
    reason = fields.Selection(REASONS, string="Reason of the Absence", readonly=True, copy=False)
    is_justified = fields.Boolean(
        "Justified", readonly=True, copy=False, help="Whether the reason is accepted, by the rules that the group was told.")
    noted_by_id = fields.Many2one(
        'res.users', readonly=True, copy=False, index='btree_not_null', ondelete='restrict')
    # Beside the rest: an attachment of its own for each half-day of each person would weigh more than what is drawn.
    signature = fields.Binary(attachment=False, readonly=True, copy=False)
    signed_on = fields.Datetime(readonly=True, copy=False)
    signed_with_id = fields.Many2one(
        'res.users', string="On the Device Of", readonly=True, copy=False, index='btree_not_null', ondelete='restrict',
        help="Whose login was used: the person's own, or that of who handed the tablet round.")
    may_sign = fields.Boolean(compute='_compute_may', export_string_translation=False)
    may_note = fields.Boolean(compute='_compute_may', export_string_translation=False)

    _half_day_unique = models.UniqueIndex(
        '(membership_id, date, half)', "This person is expected on this half-day already.")
    _cohort_date_index = models.Index('(cohort_id, date)')

    @api.depends('state', 'date', 'membership_id')
    @api.depends_context('uid')
    def _compute_may(self):
        held = self.cohort_id._filter_hours_validated_by_user()
        corrected = self._filtered_access('write')
        for presence in self:
            own, holds = presence._is_of_user(), presence.cohort_id in held
            presence.may_sign = presence.state == 'expected' and (
                presence in corrected if presence._is_late() else presence._has_come() and (own or holds))
            presence.may_note = presence.state != 'signed' and holds and not own

    @api.depends('membership_id', 'date', 'half')
    @api.depends_context('lang')
    def _compute_display_name(self):
        halves = dict(self._fields['half']._description_selection(self.env))
        for presence in self:
            # sudo: a name of someone whose half-day the reader may read.
            presence.display_name = self.env._(
                "%(person)s, %(day)s, %(half)s", person=presence.membership_id.sudo().name or "",
                day=format_date(self.env, presence.date), half=halves.get(presence.half, ""))

    # ------------------------------------------------------------
    # Constraints, CRUD
    # ------------------------------------------------------------

    @api.constrains('membership_id', 'date')
    def _check_inside_membership(self):
        for presence in self.filtered(lambda presence: presence.membership_id and presence.date):
            term = presence.membership_id
            if not terms.covers(term.date_start, term.date_end, presence.date, presence.date):
                raise ValidationError(self.env._(
                    "%(person)s takes part from %(start)s to %(end)s, and is not expected on %(day)s.",
                    person=term.name, start=format_date(self.env, term.date_start), end=format_date(self.env, term.date_end),
                    day=format_date(self.env, presence.date)))

    def write(self, vals):
        if not guard.is_sealed(self) and {'membership_id', 'date', 'half'} & vals.keys():
            self.check_access('write')
            self._check_expected()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_noted(self):
        self._check_expected()

    def _check_expected(self):
        for presence in self.sudo():  # sudo: what is noted stays, whoever may read it
            if presence.state != 'expected':
                raise UserError(self.env._(
                    "“%s” is signed, or the absence is noted, and stays: use “Correct”, which leaves a trace.",
                    presence.display_name))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_sign(self, signature=None):
        """The person signs that they are there. Without a signature, the page to sign on opens.

        :param signature: a picture of the signature, in base64
        :raise AccessError: when the caller is neither the person nor somebody who hands the tablet round
        :raise UserError: before its day, when it is noted already, when it is no picture or an empty one, or more than a week
            later: only who corrects the attendance then hands the tablet round, since funders ask who saw it
        """
        self.ensure_one()
        self.check_access('read')
        if not self._is_of_user() and not self._is_held_by_user():
            raise AccessError(self.env._(
                "Each signs for themselves: on their own login, or on that of the facilitator or the HR committee."))
        if self.state != 'expected':
            raise UserError(self.env._("“%s” is noted already.", self.display_name))
        if not self._has_come():
            raise UserError(self.env._("%s has not come yet: sign on the day.", format_date(self.env, self.date)))
        if self._is_late() and not self.has_access('write'):
            raise UserError(self.env._(
                "%(day)s is more than %(days)s days ago: ask your facilitator to have you sign.",
                day=format_date(self.env, self.date), days=SIGNING_DAYS))
        if signature is None:
            return open_dialog('coop.presence.sign', self.env._("Sign: %s", self.display_name), presence_id=self.id)
        signatures.check(self, signature)
        # sudo: who signs writes no attendance otherwise; all has been checked.
        guard.sealed(self.sudo()).write({
            'state': 'signed', 'signature': signature, 'signed_on': clock.now(self.env), 'signed_with_id': self.env.uid,
            'reason': False, 'is_justified': False, 'noted_by_id': False})
        return True

    def action_note_absent(self, reason=None, is_justified=False):
        """Note that they did not come, and why. Without a reason, the page that asks for it opens.

        :param str reason: a key of ``REASONS``
        :param bool is_justified: whether the reason is accepted
        :raise AccessError: when the caller does not keep the attendance, or it is their own
        :raise UserError: when it is signed, or the reason is none of the list
        """
        self.ensure_one()
        self.check_access('read')
        if not self._is_held_by_user() or self._is_of_user():
            raise AccessError(self.env._(
                "Absences are noted by the facilitator or the HR committee, and never one's own."))
        if self.state == 'signed':
            self._check_expected()
        if reason is None:
            return open_dialog(
                'coop.presence.absence', self.env._("Absent: %s", self.display_name), presence_id=self.id,
                reason=self.reason, is_justified=self.is_justified)
        if not isinstance(reason, str) or reason not in dict(REASONS):
            raise UserError(self.env._("Choose a reason of the list, “Not said” when there is none."))
        # sudo: the HR committee writes no attendance otherwise; all has been checked.
        guard.sealed(self.sudo()).write({
            'state': 'absent', 'reason': reason, 'is_justified': bool(is_justified), 'noted_by_id': self.env.uid})
        return True

    def action_correct(self, reason=None):
        """Take back what was signed or noted: it is expected again. The page keeps who did so, when and why.

        :param str reason: why; without it, the page that asks for it opens
        :raise AccessError: when the caller is not in charge of the cohort
        :raise UserError: when there is nothing to take back
        """
        self.ensure_one()
        self.check_access('write')
        if self.state == 'expected':
            raise UserError(self.env._("Nothing is noted for “%s” yet.", self.display_name))
        if reason is None:
            return open_dialog('coop.presence.correction', self.env._("Correct: %s", self.display_name), presence_id=self.id)
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why: it stays on the page."))
        if self.state == 'signed':
            trace = self.env._(
                "The signature of %(moment)s (on the device of %(device)s) was taken back: %(reason)s",
                moment=fields.Datetime.to_string(self.signed_on), device=self.signed_with_id.sudo().name, reason=reason)
        else:
            trace = self.env._(
                "The absence noted by %(user)s was taken back: %(reason)s", user=self.noted_by_id.sudo().name, reason=reason)
        self.message_post(body=trace)
        guard.sealed(self).write({
            'state': 'expected', 'signature': False, 'signed_on': False, 'signed_with_id': False, 'reason': False,
            'is_justified': False, 'noted_by_id': False})
        return True

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _is_of_user(self):
        """Whether this is the half-day of who is asking."""
        self.ensure_one()
        # sudo: whose login and contact a membership has, to compare them with the user's own.
        membership = self.membership_id.sudo()
        return self.env.user._is_person(membership.user_id, membership.partner_id)

    def _is_held_by_user(self):
        """Whether who is asking keeps the attendance: the facilitator, and who validates hours."""
        return bool(self.cohort_id._filter_hours_validated_by_user())

    def _has_come(self):
        """Whether its day has begun where the cohort is."""
        return bool(self.date) and self.date <= self.cohort_id._get_today()

    def _is_late(self):
        """Whether nobody signs any more for themselves."""
        return bool(self.date) and (self.cohort_id._get_today() - self.date).days > SIGNING_DAYS

    @api.model
    def _count_half_days(self, cohort, date_from, date_to):
        """How often everyone was expected in a period, and what became of it; those who left are counted too.

        It reads with all rights: what comes out are numbers.

        :param cohort: one ``coop.cohort``
        :param date date_from: first day, included
        :param date date_to: last day, included
        :return: ``{number of the membership: {'expected': n, 'signed': n, 'justified': n, 'unjustified': n}}``;
            ``expected`` is all half-days, of which nothing may be noted yet for some
        """
        self.flush_model(['cohort_id', 'membership_id', 'date', 'state', 'is_justified'])
        rows = self.env.execute_query(SQL(
            """SELECT membership_id, COUNT(*), COUNT(*) FILTER (WHERE state = 'signed'),
                      COUNT(*) FILTER (WHERE state = 'absent' AND is_justified),
                      COUNT(*) FILTER (WHERE state = 'absent' AND is_justified IS NOT TRUE)
                 FROM coop_presence
                WHERE cohort_id = %s AND date BETWEEN %s AND %s
             GROUP BY membership_id""", cohort.id, date_from, date_to))
        names = ('expected', 'signed', 'justified', 'unjustified')
        return {membership: dict(zip(names, counts, strict=True)) for membership, *counts in rows}
