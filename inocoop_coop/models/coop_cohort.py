from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date
from odoo.tools.safe_eval import safe_eval

from ..security.confinement import WRITE
from ..tools import clock, guard
from ..tools.dialog import open_dialog

STATES = [
    ('draft', "Preparation"),
    ('recruiting', "Recruiting"),
    ('running', "Running"),
    ('closed', "Closed"),
]


class CoopCohort(models.Model):
    """One run of a programme: about nine young people and the business they hold together.

    ::

        draft ──action_open_recruitment──> recruiting ──action_start──> running ──action_close──> closed
          └───────────────────action_start─────────────────────────────────^ <────action_reopen─────┘

    What a cohort needs in the standard apps is made when it opens: see ``coop_cohort_provision.py``;
    what it has there is counted and opened in ``coop_cohort_documents.py``.
    """
    _name = 'coop.cohort'
    _description = "Cohort"
    _inherit = ['coop.guarded.mixin', 'coop.access.source.mixin', 'mail.thread', 'mail.activity.mixin']
    _order = 'date_start desc, id desc'
    _check_company_auto = True

    _access_fields = frozenset({'state'})

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    state = fields.Selection(STATES, required=True, default='draft', copy=False, tracking=True, group_expand=True)
    program_id = fields.Many2one(
        'coop.program', string="Programme", required=True, index=True, ondelete='restrict', check_company=True, tracking=True,
        default=lambda self: self._default_program_id())
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    description = fields.Html()

    # When, how many
    date_start = fields.Date("Start Date", required=True, tracking=True, default=clock.today)
    date_end = fields.Date(
        "End Date", required=True, tracking=True, compute='_compute_date_end', store=True, readonly=False, precompute=True,
        help="Last day, included.")
    seats = fields.Integer(
        required=True, compute='_compute_seats', store=True, readonly=False, precompute=True, tracking=True,
        help="How many members can be active at the same time.")
    territory_id = fields.Many2one(related='program_id.territory_id')

    # Who is in charge
    host_id = fields.Many2one(
        'res.partner', index='btree_not_null', check_company=True, default=lambda self: self.env.company.partner_id,
        help="The organisation that carries the contracts and issues the invoices.")
    facilitator_id = fields.Many2one(
        'res.users', index='btree_not_null', tracking=True, check_company=True,
        domain="[('share', '=', False)]", default=lambda self: self._default_facilitator_id())
    psychologist_id = fields.Many2one(
        'res.users', string="Work Psychologist", index='btree_not_null', tracking=True, check_company=True,
        domain="[('share', '=', False)]")

    # Who takes part
    membership_ids = fields.One2many('coop.membership', 'cohort_id', string="Members")
    committee_ids = fields.One2many('coop.committee', 'cohort_id', string="Bodies")
    mandate_ids = fields.One2many('coop.mandate', 'cohort_id', string="Mandates")
    partnership_ids = fields.One2many('coop.partnership', 'cohort_id', string="Partnerships", copy=True)
    # Stored, so that two people who activate the last two members at the same moment both write
    # the cohort's row: the database lets one pass, and the other one finds the seats taken.
    active_member_count = fields.Integer("Active Members", compute='_compute_active_member_count', store=True)

    progress = fields.Integer("Time Elapsed (%)", compute='_compute_progress')
    previous_cohort_id = fields.Many2one(
        'coop.cohort', string="Renewed From", readonly=True, copy=False, index='btree_not_null', ondelete='set null')

    _check_dates = models.Constraint(
        'CHECK(date_end >= date_start)', "A cohort can't end before it starts: check its two dates.")
    _check_seats = models.Constraint('CHECK(seats > 0)', "A cohort needs at least one seat.")

    def _default_program_id(self):
        programs = self.env['coop.program'].search([], limit=2)
        return programs if len(programs) == 1 else False

    def _default_facilitator_id(self):
        user = self.env.user
        return user if user.has_group('inocoop_coop.group_facilitator') else False

    # ------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------

    @api.depends('program_id', 'date_start')
    def _compute_date_end(self):
        for cohort in self:
            if cohort.date_start and cohort.program_id:
                cohort.date_end = cohort.date_start + relativedelta(months=cohort.program_id.duration, days=-1)
            else:
                # Until its programme is known, nobody can say when it ends, nor how many it seats.
                cohort.date_end = cohort.date_end

    @api.depends('program_id')
    def _compute_seats(self):
        for cohort in self:
            cohort.seats = cohort.program_id.seats or cohort.seats

    @api.depends('membership_ids.state')
    def _compute_active_member_count(self):
        # A file that is archived takes its seat all the same.
        counts = dict(self.env['coop.membership'].with_context(active_test=False)._read_group(
            [('cohort_id', 'in', self.ids), ('state', '=', 'active')], ['cohort_id'], ['__count']))
        for cohort in self:
            cohort.active_member_count = counts.get(cohort._origin, 0)

    @api.depends('date_start', 'date_end')
    def _compute_progress(self):
        today = clock.today(self)
        for cohort in self:
            if not (cohort.date_start and cohort.date_end):
                cohort.progress = 0
                continue
            length = (cohort.date_end - cohort.date_start).days + 1
            elapsed = (today - cohort.date_start).days + 1
            cohort.progress = max(0, min(100, 100 * elapsed // length)) if length > 0 else 0

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains('date_start', 'date_end')
    def _check_members_and_mandates_inside(self):
        # What is required and missing is refused by the database, in Odoo's own words.
        dated = self.filtered(lambda cohort: cohort.date_start and cohort.date_end)
        if any(cohort.date_end < cohort.date_start for cohort in dated):
            # The database says so too, but only after the members' dates were compared with these.
            raise ValidationError(self.env._("A cohort can't end before it starts: check its two dates."))
        # A cohort whose dates move must not leave its members behind.
        dated.membership_ids._check_dates_inside_cohort()

    @api.constrains('seats', 'active_member_count')
    def _check_seats_not_exceeded(self):
        for cohort in self:
            if cohort.seats < 1:
                # The database says so too, but only after the members were counted against it.
                raise ValidationError(self.env._("A cohort needs at least one seat."))
            if cohort.active_member_count > cohort.seats:
                raise ValidationError(self.env._(
                    "All the seats of “%(cohort)s” are taken (%(seats)s). Give it one more seat, or wait until a member "
                    "leaves.", cohort=cohort.name, seats=cohort.seats))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        for cohort in self:
            documents = cohort._get_document_labels()
            if cohort.state != 'draft' or documents:
                raise UserError(self.env._(
                    "“%(cohort)s” can't be deleted: its history would be lost%(documents)s. Archive it instead: "
                    "it leaves the lists and nothing is lost.",
                    cohort=cohort.name, documents=f" ({', '.join(documents)})" if documents else ""))

    def _tell(self):
        """The cohort in a sentence for the user: one that they may not read is not named to them."""
        if not self:
            return self.env._("no cohort")
        return f"“{self.name}”" if self.has_access('read') else self.env._("another cohort")

    def _filter_written_by(self, user):
        """Those of these cohorts in which the user works and may change what there is."""
        return self.filtered_domain(safe_eval(WRITE, {'user': user}))

    def _check_companies_of_user(self):
        """Nobody places anything in a cohort of a company that is not theirs, by its number.

        For constraints, which Odoo runs with all rights: who asks is the user all the same. A customer
        who accepts a quotation on the portal belongs to no company of the host.

        :raise AccessError: as Odoo says it of the cohort itself
        """
        user = self.env.user
        if user._is_superuser() or not user._is_internal():
            return
        companies = set(user._get_company_ids())
        # sudo: the company alone, of what is then asked for.
        self.sudo().filtered(lambda cohort: cohort.company_id.id not in companies).sudo(False).check_access('read')

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def copy_data(self, default=None):
        data = super().copy_data(default=default)
        if 'name' in (default or {}):
            return data
        return [
            dict(vals, name=self.env._("%s (copy)", cohort.name)) for cohort, vals in zip(self, data, strict=True)
        ]

    @api.model
    def get_empty_list_help(self, help_message):
        """An empty list says what to do first to who can do it, and nothing to who can't."""
        # Actions are read as superuser: what counts is what the user may do.
        if not self.sudo(False).has_access('create'):
            help_message = Markup('<p class="o_view_nocontent_smiling_face">%s</p>') % self.env._("No cohort here")
        elif self.env.user.has_group('base.group_system'):
            link = Markup('<p>%s <a type="action" name="%s" class="btn btn-link p-0">%s</a></p>') % (
                self.env._("Want to look around first?"),
                self.env.ref('inocoop_coop.coop_demonstration_load_action').id,
                self.env._("Load a cooperative in its fourth month"),
            )
            help_message = f"{help_message}{link}"
        return super().get_empty_list_help(help_message)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    @api.model
    def action_view_own(self):
        """Open the cohort of who asks; all of theirs, when there are several or none."""
        action = self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_cohort_action')
        cohorts = self.search([], limit=2)
        if len(cohorts) == 1:
            form = [view for view in action['views'] if view[1] == 'form']
            action.update(res_id=cohorts.id, view_mode='form', views=form)
        return action

    def action_open_recruitment(self):
        """Open the cohort: make what it needs in the standard apps and let people apply.

        Pressing it again makes what is missing, and nothing twice.

        :raise UserError: when the cohort is running or closed
        """
        self.check_access('write')
        for cohort in self:
            if cohort.state not in ('draft', 'recruiting'):
                raise UserError(self.env._(
                    "“%s” has already started: people join it one by one, from its members.", cohort.name))
        self._provision()
        guard.sealed(self).write({'state': 'recruiting'})

    def action_start(self):
        """Start the cohort: from now on it works, decides and counts its hours.

        :raise UserError: when the cohort is closed
        """
        self.check_access('write')
        for cohort in self:
            if cohort.state == 'closed':
                raise UserError(self.env._("“%s” is closed. Reopen it first, if that is what you want.", cohort.name))
        self._provision()
        guard.sealed(self).write({'state': 'running'})

    def action_activate_members(self):
        """Activate all those who were admitted.

        :raise UserError: when something is missing in one of the files: it says which and what
        """
        return self.membership_ids.filtered(lambda membership: membership.state == 'admitted').action_activate()

    def action_close(self):
        """Close the cohort: mandates end, applications end, and what it did can only be read.

        :raise UserError: when it does not run, or when a member has no end yet
        """
        self.check_access('write')
        today = clock.today(self)
        for cohort in self:
            if cohort.state != 'running':
                raise UserError(self.env._("“%s” is not running: there is nothing to close.", cohort.name))
            remaining = cohort.with_context(active_test=False).membership_ids.filtered(
                lambda membership: membership.state in ('admitted', 'active'))
            if remaining:
                raise UserError(self.env._(
                    "Before “%(cohort)s” can close, say for each of these members that they completed it or left: "
                    "%(members)s.", cohort=cohort.name, members=", ".join(remaining.mapped('name'))))
            voting = cohort._get_open_votes()
            if voting:
                raise UserError(self.env._(
                    "People are still voting in “%(cohort)s”: close these votes or withdraw them first: %(decisions)s.",
                    cohort=cohort.name, decisions=", ".join(voting.mapped('name'))))
            cohort.mandate_ids._end_by(min(today, cohort.date_end))
        guard.sealed(self).write({'state': 'closed'})
        self._set_openings_active(False)

    def action_open_reopening(self):
        """Ask why the cohort is to be reopened."""
        self.ensure_one()
        return open_dialog('coop.cohort.reopen', self.env._("Reopen the cohort"), cohort_id=self.id)

    def action_reopen(self, reason):
        """Reopen a closed cohort, for a reason that stays written on it.

        Members who completed or left keep their end; who comes back is activated one by one.

        :param str reason: why, in a sentence
        :raise UserError: when the cohort is not closed, there is no reason, or the caller is not a
            programme manager: what was closed was reported to funders
        """
        self.check_access('write')
        if not self.env.user.has_group('inocoop_coop.group_manager'):
            raise UserError(self.env._("Only a programme manager can reopen a cohort: ask yours."))
        reason = reason.strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Say in a sentence why the cohort is reopened: it stays written on its page."))
        for cohort in self:
            if cohort.state != 'closed':
                raise UserError(self.env._("“%s” is not closed.", cohort.name))
            cohort.message_post(body=self.env._("Reopened: %s", reason))
        guard.sealed(self).write({'state': 'running'})
        self._set_openings_active(True)

    def action_renew(self):
        """Prepare the next cohort from this one: same programme, people in charge and partners.

        Its bodies come from the programme's templates when it opens. Pressing it again opens the one
        that is in preparation.

        :return: the action that opens the next cohort
        """
        self.ensure_one()
        self.check_access('write')
        prepared = self.search([('previous_cohort_id', '=', self.id), ('state', '=', 'draft')], limit=1)
        if prepared:
            return prepared._get_records_action()
        date_start = max(self.date_end + relativedelta(days=1), clock.today(self))
        renewed = self.copy({
            'date_start': date_start,
            'date_end': date_start + relativedelta(months=self.program_id.duration, days=-1),
        })
        renewed.previous_cohort_id = self
        renewed.name = self.env._("%(program)s, %(month)s", program=self.program_id.name,
                                  month=format_date(self.env, date_start, date_format='MMMM y'))
        return renewed._get_records_action()

    def _get_access_users(self):
        # sudo: see coop.access.grant.
        return self.sudo().membership_ids.user_id
