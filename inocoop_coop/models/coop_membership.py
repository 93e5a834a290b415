from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.safe_eval import safe_eval

from ..rules import age, terms
from ..security.confinement import WRITE
from ..tools import clock, guard
from ..tools.dialog import open_dialog

STATES = [
    ('admitted', "Admitted"),
    ('active', "Active"),
    ('completed', "Completed"),
    ('left', "Left"),
]


class CoopMembership(models.Model):
    """One person in one cohort: the file that everything about the person hangs on.

    ::

        admitted ──action_activate──> active ──action_complete──> completed
            └──────action_leave──────────┴───────action_leave───> left

    Who completed or left may come back: ``action_activate`` again. What activation makes
    (contact, employee, user, doors) is in ``coop_membership_activation.py``.
    """
    _name = 'coop.membership'
    _description = "Membership"
    _inherit = ['coop.guarded.mixin', 'coop.access.source.mixin', 'mail.thread', 'mail.activity.mixin']
    _order = 'cohort_id desc, name, id'
    _check_company_auto = True

    # What activation finds or makes, and then acts on with all rights: nobody puts another one there.
    _guarded_fields = frozenset({'state', 'employee_id', 'user_id', 'has_own_employee'})
    _access_fields = frozenset({'active', 'cohort_id', 'partner_id', 'state', 'user_id'})

    name = fields.Char(
        required=True, index='trigram', tracking=True,
        compute='_compute_from_partner', store=True, readonly=False, precompute=True)
    cohort_id = fields.Many2one(
        'coop.cohort', required=True, index=True, ondelete='restrict',
        default=lambda self: self._default_cohort_id())
    company_id = fields.Many2one(related='cohort_id.company_id', store=True, index=True)
    program_id = fields.Many2one(string="Programme", related='cohort_id.program_id', store=True, index=True)
    cohort_state = fields.Selection(related='cohort_id.state', string="State of the Cohort")
    state = fields.Selection(STATES, required=True, default='admitted', copy=False, tracking=True, index=True)
    active = fields.Boolean(default=True)
    color = fields.Integer()

    # The person
    partner_id = fields.Many2one(
        'res.partner', string="Contact", index='btree_not_null', ondelete='restrict', tracking=True,
        domain="[('is_company', '=', False)]", help="Made or found again when the person becomes active.")
    employee_id = fields.Many2one(
        'hr.employee', index='btree_not_null', copy=False, ondelete='set null',
        groups='hr.group_hr_user,inocoop_coop.group_facilitator', help="Hours are counted on an employee.")
    has_own_employee = fields.Boolean(
        copy=False, groups='inocoop_coop.group_facilitator', export_string_translation=False,
        help="Whether the employee was made, or called back, for this membership.")
    user_id = fields.Many2one(
        'res.users', index='btree_not_null', copy=False, ondelete='set null')
    avatar_128 = fields.Image("Picture", related='partner_id.avatar_128')
    birthdate = fields.Date("Birth Date", required=True, groups='inocoop_coop.group_facilitator,inocoop_coop.group_psychologist')
    email = fields.Char(compute='_compute_from_partner', store=True, readonly=False, precompute=True)
    phone = fields.Char(compute='_compute_from_partner', store=True, readonly=False, precompute=True)
    street = fields.Char(groups='inocoop_coop.group_facilitator,inocoop_coop.group_psychologist')
    municipality_id = fields.Many2one(
        'coop.municipality', index='btree_not_null', ondelete='restrict', tracking=True)
    is_outside_territory = fields.Boolean("Outside the Territory", compute='_compute_is_outside_territory')

    namesake_id = fields.Many2one(
        'coop.membership', string="Same Person?", compute='_compute_namesake_id', compute_sudo=True,
        groups='inocoop_coop.group_facilitator', help="Another file of this cohort with the same name and birth date.")

    # The term
    date_start = fields.Date(
        "From", required=True, tracking=True,
        compute='_compute_term', store=True, readonly=False, precompute=True, copy=False, help="First day, included.")
    date_end = fields.Date(
        "To", required=True, tracking=True,
        compute='_compute_term', store=True, readonly=False, precompute=True, copy=False, help="Last day, included.")
    leave_reason = fields.Text("Reason for Leaving", copy=False, groups='inocoop_coop.group_facilitator')

    # Minors
    is_minor = fields.Boolean(
        "Minor at the Start", compute='_compute_is_minor', compute_sudo=True,
        groups='inocoop_coop.group_facilitator,inocoop_coop.group_psychologist')
    guardian_id = fields.Many2one(
        'res.partner', string="Legal Guardian", index='btree_not_null', groups='inocoop_coop.group_facilitator')
    guardian_agreement = fields.Binary(
        "Guardian's Agreement", attachment=True, copy=False, groups='inocoop_coop.group_facilitator',
        help="The signed agreement, as a picture or a PDF.")
    guardian_agreement_name = fields.Char("File Name", groups='inocoop_coop.group_facilitator')

    # The user account, if wanted
    wants_login = fields.Boolean(
        "Gets a Login", default=True, help="Whether the person gets a login of their own when they become active.")
    login = fields.Char(
        copy=False, groups='inocoop_coop.group_facilitator',
        help="Leave it empty to use the e-mail or, without one, a login made from the name.")

    mandate_ids = fields.One2many('coop.mandate', 'membership_id', string="Mandates")
    current_mandate_ids = fields.One2many(
        'coop.mandate', string="Current Mandates", compute='_compute_current_mandate_ids')

    _person_unique = models.Constraint(
        'UNIQUE(cohort_id, partner_id)', "This person is already in this cohort: open the file that exists.")
    _check_dates = models.Constraint(
        'CHECK(date_end >= date_start)', "A person can't leave before they arrive: check the two dates.")

    def _default_cohort_id(self):
        # Who is in charge of one cohort that recruits, or of one that is open, admits people to that one.
        for states in (['recruiting'], ['draft', 'recruiting', 'running']):
            cohorts = self.env['coop.cohort'].search([('state', 'in', states)], limit=2)
            if len(cohorts) == 1:
                return cohorts
        return False

    # ------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------

    @api.depends('partner_id')
    def _compute_from_partner(self):
        for membership in self:
            for name in ('name', 'email', 'phone'):
                membership[name] = membership.partner_id[name] or membership[name]

    @api.depends('cohort_id', 'cohort_id.date_start', 'cohort_id.date_end')
    def _compute_term(self):
        for membership in self:
            # The term of who has not started follows the cohort's; later it is what really happened.
            if membership.state == 'admitted' or not membership.date_start:
                membership.date_start = membership.cohort_id.date_start
            if membership.state == 'admitted' or not membership.date_end:
                membership.date_end = membership.cohort_id.date_end

    @api.depends('municipality_id', 'program_id.territory_id.municipality_ids')
    def _compute_is_outside_territory(self):
        for membership in self:
            territory = membership.cohort_id.program_id.territory_id
            membership.is_outside_territory = bool(
                territory and membership.municipality_id
                and membership.municipality_id not in territory.municipality_ids)

    @api.depends('name', 'birthdate', 'cohort_id.membership_ids.name', 'cohort_id.membership_ids.birthdate')
    def _compute_namesake_id(self):
        for membership in self:
            others = membership.cohort_id.with_context(active_test=False).membership_ids._origin - membership._origin
            membership.namesake_id = others.filtered(
                lambda other, membership=membership: membership.birthdate and other.birthdate == membership.birthdate
                and (other.name or "").casefold() == (membership.name or "").casefold())[:1]

    @api.depends('birthdate', 'date_start')
    def _compute_is_minor(self):
        for membership in self:
            membership.is_minor = bool(
                membership.birthdate and membership.date_start
                and age.is_minor(membership.birthdate, membership.date_start))

    @api.depends('mandate_ids.date_from', 'mandate_ids.date_to', 'mandate_ids.is_ended')
    def _compute_current_mandate_ids(self):
        for membership in self:
            membership.current_mandate_ids = membership.mandate_ids.filtered('is_current')

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains('cohort_id')
    def _check_cohort_not_closed(self):
        for membership in self:
            if membership.cohort_id.state == 'closed':
                raise ValidationError(self.env._(
                    "“%(cohort)s” is closed: nobody can be admitted to it any more. Choose an open cohort for %(name)s.",
                    cohort=membership.cohort_id.name, name=membership.name))

    # Not when the programme changes its ages: who is in already was of the age that was asked then.
    @api.constrains('birthdate', 'date_start', 'cohort_id')
    def _check_age(self):
        today = clock.today(self)
        # What is required and missing is refused by the database, in Odoo's own words. So below.
        for membership in self.sudo().filtered(lambda membership: membership.birthdate and membership.date_start):
            program = membership.cohort_id.program_id
            if membership.birthdate > today:
                raise ValidationError(self.env._(
                    "%(name)s's birth date, %(date)s, is in the future: check the year.",
                    name=membership.name, date=format_date(self.env, membership.birthdate)))
            if not age.is_age_within(membership.birthdate, membership.date_start, program.age_min, program.age_max):
                raise ValidationError(self.env._(
                    "%(name)s will be %(age)s on %(date)s, the day they start, and “%(program)s” is for people from "
                    "%(age_min)s to %(age_max)s. Check the birth date or choose another programme.",
                    name=membership.name, age=age.completed_years(membership.birthdate, membership.date_start),
                    date=format_date(self.env, membership.date_start), program=program.name,
                    age_min=program.age_min, age_max=program.age_max))

    @api.constrains('date_start', 'date_end', 'cohort_id')
    def _check_dates_inside_cohort(self):
        for membership in self.filtered(lambda membership: membership.date_start and membership.date_end):
            cohort = membership.cohort_id
            if cohort.date_start and cohort.date_end and not terms.covers(
                    cohort.date_start, cohort.date_end, membership.date_start, membership.date_end):
                raise ValidationError(self.env._(
                    "%(name)s's dates must lie inside those of “%(cohort)s”: from %(start)s to %(end)s.",
                    name=membership.name, cohort=cohort.name,
                    start=format_date(self.env, cohort.date_start), end=format_date(self.env, cohort.date_end)))
            membership.mandate_ids._check_inside_membership()

    @api.constrains('state', 'birthdate', 'date_start', 'guardian_agreement')
    def _check_guardian_agreement(self):
        for membership in self.sudo():
            if membership.state == 'active' and membership.is_minor and not membership.guardian_agreement:
                raise ValidationError(self.env._(
                    "%(name)s is under 18 on %(date)s: attach the legal guardian's signed agreement first.",
                    name=membership.name, date=format_date(self.env, membership.date_start)))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        for membership in self:
            if membership.state != 'admitted' or membership.mandate_ids:
                raise UserError(self.env._(
                    "%s has already taken part: their file can't be deleted. Use “Leave” to say that they stop.",
                    membership.name))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        # A wrong contact is mended until the person becomes active: then the employee, the user and
        # the mandates are that contact's.
        if 'partner_id' in vals and not guard.is_sealed(self) and any(
                membership.state != 'admitted' and membership.partner_id and membership.partner_id.id != vals['partner_id']
                for membership in self):
            self._refuse_guarded_write({'partner_id'})
        if 'cohort_id' in vals and not guard.is_sealed(self) and any(
                membership.state != 'admitted' and membership.cohort_id.id != vals['cohort_id'] for membership in self):
            # What the person did there stays there: in another cohort they get another file.
            self._refuse_guarded_write({'cohort_id'})
        return super().write(vals)

    @api.constrains('partner_id')
    def _check_partner_is_a_person(self):
        if self.partner_id & self._get_system_partners():
            raise ValidationError(self.env._(
                "This contact is one of Odoo's own: choose the person's contact, or leave it empty."))

    @api.model
    def _get_system_partners(self):
        # sudo: the contacts of the users that Odoo itself needs, whom nobody is.
        users = [self.env.ref(name, raise_if_not_found=False) for name in (
            'base.user_root', 'base.public_user', 'base.template_portal_user_id')]
        return self.env['res.users'].sudo().concat(*filter(None, users)).with_context(active_test=False).partner_id

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_complete(self, date=None):
        """The person went through to the end.

        :param date: last day, a date or its ISO text; without one, today, or the planned end if that is earlier
        :raise UserError: when the person is not active, or the day has not come yet
        """
        self._end('completed', ('active',), clock.to_day(self, date))

    def action_open_leave(self):
        """Ask when and why the person leaves."""
        self.ensure_one()
        return open_dialog('coop.membership.leave', self.env._("Leave the cohort"), membership_id=self.id)

    def action_leave(self, date=None, reason=None):
        """The person leaves before the end, or does not come after all.

        :param date: last day, a date or its ISO text; without one, today, or the planned end if that is earlier
        :param str reason: why, for those who follow the person
        :raise UserError: when the person already completed or left, or the day has not come yet
        """
        self._end('left', ('admitted', 'active'), clock.to_day(self, date))
        if reason:
            self.write({'leave_reason': reason})

    def _end(self, state, from_states, date):
        self.check_access('write')
        today = clock.today(self)
        if date and date > today:
            # The doors close now: a last day to come would say that the person still takes part.
            raise UserError(self.env._(
                "%s has not come yet: say it on the day, or give a day that is past.", format_date(self.env, date)))
        for membership in self:
            if membership.state not in from_states:
                raise UserError(self.env._(
                    "%(name)s is not active any more (%(state)s): there is nothing to end.",
                    name=membership.name, state=dict(self._fields['state']._description_selection(self.env))[membership.state]))
            last_day = date or min(today, membership.date_end)
            # Someone who never came has no day in the cohort: their term shrinks to its first one.
            last_day = max(last_day, membership.date_start)
            membership.mandate_ids._end_by(last_day)
            guard.sealed(membership).write({'state': state, 'date_end': last_day})
        self._close_doors()

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # The others see who takes part; what is written on a file is for those who follow the person.
        return dict.fromkeys(self, 'write')

    def _get_access_users(self):
        # sudo: see coop.access.grant.
        return self.sudo().user_id

    @api.model
    def _get_own_cohort(self):
        """The open cohort in which the user who is asking works or of which they are in charge, if it is one."""
        cohorts = self.env['coop.cohort']
        if not self.env.user.is_coop_scoped:
            return cohorts
        # sudo: a document may be made for a member by a method that reads as someone else; the
        # search only ever looks for the cohorts that are the asker's own.
        own = cohorts.sudo().search(
            Domain(safe_eval(WRITE, {'user': self.env.user}))
            & Domain('state', 'in', ('recruiting', 'running')) & Domain('company_id', '=', self.env.company.id), limit=2)
        return own.sudo(False) if len(own) == 1 else cohorts
