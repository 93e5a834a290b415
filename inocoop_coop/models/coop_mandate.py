from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..rules import terms
from ..tools import clock, guard


class CoopMandate(models.Model):
    """A person's seat on a body, for a term.

    Members sit by their membership and inside its dates. Others (a carrier's delegate, a funder)
    sit without one. A member's mandate opens the doors that its body's template names, for its term.
    """
    _name = 'coop.mandate'
    _description = "Mandate"
    _inherit = ['coop.guarded.mixin', 'coop.access.source.mixin', 'mail.thread']
    _order = 'committee_id, date_from desc, role, id'
    _rec_names_search = ['partner_id', 'committee_id']
    _check_company_auto = True

    _guarded_fields = frozenset({'is_ended'})
    _access_fields = frozenset({
        'committee_id', 'partner_id', 'membership_id', 'voice', 'date_from', 'date_to', 'is_ended'})

    committee_id = fields.Many2one('coop.committee', string="Body", required=True, index=True, ondelete='restrict')
    cohort_id = fields.Many2one(related='committee_id.cohort_id', store=True, index=True)
    company_id = fields.Many2one(related='cohort_id.company_id', store=True)
    cohort_state = fields.Selection(related='cohort_id.state', string="State of the Cohort")
    partner_id = fields.Many2one(
        'res.partner', string="Person", required=True, index=True, ondelete='restrict', tracking=True, check_company=True,
        domain="[('is_company', '=', False)]")
    membership_id = fields.Many2one(
        'coop.membership', compute='_compute_membership_id', store=True, precompute=True,
        index='btree_not_null', ondelete='restrict')
    role = fields.Selection(
        [('chair', "Chair"), ('secretary', "Secretary"), ('treasurer', "Treasurer"), ('member', "Member")],
        required=True, default='member', tracking=True)
    voice = fields.Selection(
        [('deliberative', "Deliberative"), ('consultative', "Consultative")],
        required=True, default='deliberative', tracking=True,
        help="A deliberative voice votes; a consultative one is heard.")
    date_from = fields.Date(
        "From", required=True, tracking=True,
        compute='_compute_term', store=True, readonly=False, precompute=True, help="First day, included.")
    date_to = fields.Date(
        "To", required=True, tracking=True,
        compute='_compute_term', store=True, readonly=False, precompute=True, help="Last day, included.")
    # A last day is included: without this, who is ended today would keep their doors until midnight.
    is_ended = fields.Boolean(
        "Ended Early", readonly=True, copy=False, tracking=True,
        help="It was ended on its last day, at once. It becomes current again when it gets a later last day.")
    is_current = fields.Boolean("Current", compute='_compute_is_current', search='_search_is_current')
    access_names = fields.Char(related='committee_id.access_names')

    _check_dates = models.Constraint(
        'CHECK(date_to >= date_from)', "A mandate can't end before it starts: check its two dates.")
    # The two exclusions below stand in the database because two people may save at the same moment;
    # the checks in Python say the same with names and dates. A range of one integer compares with
    # plain PostgreSQL, where an equality would need the btree_gist extension.
    _one_chair = models.Constraint(
        """EXCLUDE USING gist (int4range(committee_id, committee_id, '[]') WITH &&,
                               daterange(date_from, date_to, '[]') WITH &&) WHERE (role = 'chair')""",
        "A body has one chair at a time: end the present chair's mandate first.")
    _one_seat = models.Constraint(
        """EXCLUDE USING gist (int4range(committee_id, committee_id, '[]') WITH &&,
                               int4range(partner_id, partner_id, '[]') WITH &&,
                               daterange(date_from, date_to, '[]') WITH &&)""",
        "This person already sits on this body at these dates.")

    # What gives access today is found without going through what is over.
    _term_index = models.Index('(date_to, date_from)')

    # ------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------

    @api.depends('partner_id', 'committee_id.cohort_id.membership_ids.partner_id')
    def _compute_membership_id(self):
        memberships = {
            (membership.cohort_id, membership.partner_id): membership
            for membership in self.env['coop.membership'].with_context(active_test=False).search([
                ('cohort_id', 'in', self.committee_id.cohort_id.ids), ('partner_id', 'in', self.partner_id.ids)])
        }
        for mandate in self:
            mandate.membership_id = memberships.get((mandate.committee_id.cohort_id, mandate.partner_id))

    @api.depends('committee_id', 'membership_id')
    def _compute_term(self):
        today = clock.today(self)
        for mandate in self:
            term = mandate.membership_id or mandate.committee_id.cohort_id
            if term and not mandate.date_from:
                mandate.date_from = min(max(today, term.date_start), term.date_end)
            if term and not mandate.date_to:
                mandate.date_to = term.date_end

    @api.depends('date_from', 'date_to', 'is_ended')
    def _compute_is_current(self):
        today = clock.today(self)
        for mandate in self:
            mandate.is_current = bool(mandate.date_from and mandate.date_to) and not mandate.is_ended and terms.is_current(
                today, mandate.date_from, mandate.date_to)

    def _search_is_current(self, operator, value):
        if operator not in ('in', '='):
            return NotImplemented
        today = clock.today(self)
        current = Domain('date_from', '<=', today) & Domain('date_to', '>=', today) & Domain('is_ended', '=', False)
        wanted = set(value) if operator == 'in' else {value}
        return Domain.OR([current if truth else ~current for truth in wanted])

    @api.depends('partner_id', 'role', 'committee_id')
    def _compute_display_name(self):
        roles = dict(self._fields['role']._description_selection(self.env))
        for mandate in self:
            # sudo: a name of someone who sits in a body that the reader may read anyway.
            mandate.display_name = self.env._(
                "%(person)s, %(role)s, %(body)s", person=mandate.sudo().partner_id.name or "",
                role=roles.get(mandate.role, ""), body=mandate.committee_id.name or "")

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains('committee_id')
    def _check_cohort_not_closed(self):
        for mandate in self:
            if mandate.cohort_id.state == 'closed':
                raise ValidationError(self.env._(
                    "“%s” is closed: nobody is given a seat on its bodies any more.", mandate.cohort_id.name))

    @api.constrains('date_from', 'date_to', 'membership_id')
    def _check_inside_membership(self):
        # What is required and missing is refused by the database, in Odoo's own words.
        for mandate in self.filtered(lambda mandate: mandate.date_from and mandate.date_to):
            term = mandate.membership_id
            if term and not terms.covers(term.date_start, term.date_end, mandate.date_from, mandate.date_to):
                raise ValidationError(self.env._(
                    "%(person)s takes part from %(start)s to %(end)s: a mandate on “%(body)s” must lie inside these dates.",
                    person=term.name, body=mandate.committee_id.name,
                    start=format_date(self.env, term.date_start), end=format_date(self.env, term.date_end)))

    @api.constrains('committee_id', 'partner_id', 'role', 'date_from', 'date_to')
    def _check_no_overlap(self):
        for mandate in self.filtered(lambda mandate: mandate.date_from and mandate.date_to):
            others = mandate.committee_id.mandate_ids - mandate
            for other in others:
                if not terms.overlap(mandate.date_from, mandate.date_to, other.date_from, other.date_to):
                    continue
                if other.partner_id == mandate.partner_id:
                    raise ValidationError(self.env._(
                        "%(person)s already sits on “%(body)s” from %(start)s to %(end)s. Change that mandate or end it first.",
                        person=mandate.partner_id.name, body=mandate.committee_id.name,
                        start=format_date(self.env, other.date_from), end=format_date(self.env, other.date_to)))
                if other.role == mandate.role == 'chair':
                    raise ValidationError(self.env._(
                        "%(person)s chairs “%(body)s” until %(end)s, and a body has one chair at a time. "
                        "End that mandate first.",
                        person=other.partner_id.name, body=mandate.committee_id.name,
                        end=format_date(self.env, other.date_to)))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Before the database refuses it in words that name nobody.
        for vals in vals_list:
            draft = self.new(vals)
            draft._check_no_overlap()
            for owner in (draft.committee_id, draft.committee_id.cohort_id, draft.membership_id):
                # It was only tried: among the owner's mandates it would be a seat without dates.
                owner.invalidate_recordset(['mandate_ids'], flush=False)
        return super().create(vals_list)

    def write(self, vals):
        last_day = fields.Date.to_date(vals.get('date_to'))
        again = self.filtered(lambda mandate: mandate.is_ended and last_day and mandate.date_to < last_day)
        result = super().write(vals)
        if again:
            guard.sealed(again).write({'is_ended': False})
        return result

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_end(self, date=None):
        """End the mandate before its term.

        Today, it ends at once, and so does the access it gave; on a later day, after that day.

        :param date: last day, a date or its ISO text; without one, today
        :raise UserError: when the mandate is over already, or has not begun: then it is deleted instead
        """
        self.check_access('write')
        today = clock.today(self)
        last_day = clock.to_day(self, date) or today
        for mandate in self:
            if mandate.date_to < last_day or mandate.is_ended:
                raise UserError(self.env._("This mandate ended on %s already.", format_date(self.env, mandate.date_to)))
            if mandate.date_from > last_day:
                raise UserError(self.env._(
                    "This mandate only begins on %s: delete it if it is not to be.", format_date(self.env, mandate.date_from)))
        guard.sealed(self).write({'date_to': last_day, 'is_ended': last_day <= today})

    def _end_by(self, last_day):
        """End what is not over on that day; what would only begin later never was."""
        self.filtered(lambda mandate: mandate.date_from > last_day).unlink()
        today = clock.today(self)
        ended = self.exists().filtered(
            lambda mandate: mandate.date_to > last_day or (mandate.date_to == last_day == today and not mandate.is_ended))
        guard.sealed(ended).write({'date_to': last_day, 'is_ended': last_day <= today})

    # ------------------------------------------------------------
    # Access
    # ------------------------------------------------------------

    def _is_of_its_membership(self):
        """Whether the mandate and the membership it stands on are of one person and one cohort."""
        self.ensure_one()
        return (self.membership_id.partner_id == self.partner_id
                and self.membership_id.cohort_id == self.committee_id.cohort_id)

    def _get_access_users(self):
        # sudo: see coop.access.grant.
        return self.sudo().membership_id.user_id
