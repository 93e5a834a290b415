from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..rules import planning

MINUTES_OF_A_DAY = 24 * 60


def to_minutes(hours):
    """Hours as Odoo stores them, as whole minutes."""
    return round(hours * 60)


class AccountAnalyticLine(models.Model):
    """Hours of a cohort: what for, no more than a day has, and as they are once they are validated.

    ::

        entered ──action_validate_hours──> validated ──action_correct_hours──> a counter-entry, entered

    Who validates, and how they are corrected, is in ``account_analytic_line_validation.py``.
    """
    _name = 'account.analytic.line'
    _inherit = ['coop.guarded.mixin', 'account.analytic.line']

    _guarded_fields = frozenset({'coop_state', 'coop_validated_by_id', 'coop_validated_on', 'coop_correction_of_id'})
    # What was validated. That hours are invoiced, and on which line of an order, is written by core later on.
    _locked_fields = frozenset({
        'name', 'unit_amount', 'date', 'coop_kind_id', 'employee_id', 'user_id', 'project_id', 'task_id', 'cohort_id',
        'company_id', 'product_uom_id'})

    coop_kind_id = fields.Many2one(
        'coop.hour.kind', string="Kind", compute='_compute_coop_kind_id', store=True, readonly=False,
        index='btree_not_null', ondelete='restrict', help="What these hours were for. It follows from the intervention.")
    coop_state = fields.Selection(
        [('entered', "Entered"), ('validated', "Validated")], string="Validation", default='entered', required=True,
        readonly=True, copy=False, help="Hours count once they are validated.")
    coop_validated_by_id = fields.Many2one(
        'res.users', string="Validated By", readonly=True, copy=False, index='btree_not_null', ondelete='restrict')
    coop_validated_on = fields.Datetime("Validated On", readonly=True, copy=False)
    coop_correction_of_id = fields.Many2one(
        'account.analytic.line', string="Counter-Entry Of", readonly=True, copy=False, index='btree_not_null',
        ondelete='restrict')
    coop_counter_entry_ids = fields.One2many(
        'account.analytic.line', 'coop_correction_of_id', string="Counter-Entry", readonly=True)

    _coop_correction_unique = models.UniqueIndex(
        '(coop_correction_of_id) WHERE coop_correction_of_id IS NOT NULL', "These hours have a counter-entry already.")
    # What counts in a period is found without going through what does not.
    _coop_validated_index = models.Index("(cohort_id, date) WHERE coop_state = 'validated'")

    @api.depends('task_id', 'project_id')
    def _compute_coop_kind_id(self):
        for line in self:
            if not line.project_id or line._is_validated():
                line.coop_kind_id = line.coop_kind_id
                continue
            # sudo: what the intervention's hours are for, whoever writes them.
            kind = line.task_id.sudo().coop_kind_id or line.coop_kind_id
            line.coop_kind_id = kind or (kind._get_default() if line.cohort_id else kind)

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains('unit_amount', 'date', 'employee_id', 'project_id', 'cohort_id')
    def _check_hours_of_a_day(self):
        lines = self.filtered(lambda line: line.project_id and line.cohort_id)
        if not lines:
            return
        for line in lines:
            # Written so that what is no number is refused as well.
            if not line.unit_amount >= 0 and not line.coop_correction_of_id:
                raise ValidationError(self.env._(
                    "Hours can't be negative: write how long it took. What was validated by mistake is taken back with "
                    "the button “Correct”."))
        totals = self._read_group(
            Domain('project_id', '!=', False) & Domain('employee_id', 'in', lines.employee_id.ids)
            & Domain('date', 'in', lines.mapped('date')) & self._get_known_hours_domain(),
            ['employee_id', 'date:day'], ['unit_amount:sum'])
        for employee, day, hours in totals:
            if not hours * 60 < MINUTES_OF_A_DAY + 1:
                raise ValidationError(self.env._(
                    "%(person)s would have more than 24 hours on %(day)s: check the hours and the day.",
                    person=employee.name, day=format_date(self.env, day)))

    @api.model
    def _get_known_hours_domain(self):
        """The hours that a refusal may tell of: a member who writes for another one would find out confidential ones.

        They are counted when the person writes, and when the facilitator validates.
        """
        if not self.env.user.has_group('inocoop_coop.group_confined'):
            return Domain.TRUE
        return (Domain('coop_kind_id', '=', False) | Domain('coop_kind_id.is_confidential', '=', False)
                | Domain('user_id', '=', self.env.uid))

    @api.model
    def _format_hours(self, hours):
        """Hours as people write them: “7:30”."""
        minutes = to_minutes(min(max(hours, -9999), 9999))
        return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"

    # ------------------------------------------------------------
    # The lock
    # ------------------------------------------------------------

    def write(self, vals):
        locked = {*self._locked_fields, self._get_cohort_plan_column()} & vals.keys()
        if locked:
            # sudo: what was validated stays, whoever writes and whatever they may read.
            for line in self.sudo().filtered(lambda line: line._is_validated() or line.coop_correction_of_id):
                if any(line._is_changed_by(name, vals[name]) for name in locked):
                    line._refuse_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_validated(self):
        for line in self.sudo():  # sudo: as above
            if line._is_validated():
                line._refuse_change()

    def _is_validated(self):
        self.ensure_one()
        return self.coop_state == 'validated'

    def _is_readonly(self):
        return super()._is_readonly() or self._is_validated() or bool(self.coop_correction_of_id)

    def _is_settled(self):
        return super()._is_settled() or self._is_validated()

    def _is_changed_by(self, name, value):
        field = self._fields[name]
        return field.convert_to_record(field.convert_to_cache(value, self, validate=False), self) != self[name]

    def _refuse_change(self):
        words = {'person': self.employee_id.name, 'day': format_date(self.env, self.date),
                 'hours': self._format_hours(self.unit_amount)}
        if self.coop_correction_of_id and not self._is_validated():
            raise UserError(self.env._(
                "This takes back the %(hours)s hours of %(person)s on %(day)s as they were validated, and can only be "
                "deleted.", **words))
        raise UserError(self.env._(
            "The %(hours)s hours of %(person)s on %(day)s are validated and stay as they are: use “Correct”, which makes a "
            "counter-entry.", **words))

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def action_open_log_hours(self):
        """Ask how long it took, from the week: once more on the intervention of these hours, or else on today's.

        :raise UserError: when there is nothing that the user works on
        """
        self.check_access('read')
        task = self.task_id[:1] or self._get_task_at_hand()
        if not task:
            raise UserError(self.env._(
                "There is no intervention of yours to write hours on: open the interventions, and put yourself on a team."))
        action = task.action_open_log_hours()
        return {**action, 'name': self.env._("Log Hours"), 'context': {**action['context'], 'coop_choose_task': True}}

    @api.model
    def _get_task_at_hand(self):
        """The user's own intervention of today, or else the last one they wrote hours on, or else one they are to do."""
        tasks = self.env['project.task']
        mine = Domain([
            ('cohort_id', '!=', False), ('is_template', '=', False), ('state', '!=', '1_canceled'),
            ('project_id.allow_timesheets', '=', True), ('user_ids', 'in', self.env.uid)])
        cohort = self.env['coop.membership']._get_own_cohort()
        start, stop = planning.whole_days(cohort._get_today(), cohort._get_today(), cohort._get_zone())
        return (
            tasks.search(
                mine & Domain('planned_date_start', '<', stop) & Domain('planned_date_end', '>', start),
                order='planned_date_start, id', limit=1)
            or self.search(
                [('user_id', '=', self.env.uid), ('task_id.cohort_id', '!=', False), ('task_id.is_closed', '=', False)],
                order='date desc, id desc', limit=1).task_id
            or tasks.search(mine & Domain('is_closed', '=', False), limit=1))

    @api.model
    def _get_favorite_project_id(self, employee_id=False):
        """A member's week is about their cohort, also before their first hours are written."""
        cohort = self.env['coop.membership']._get_own_cohort() if self.env.user.is_coop_scoped else None
        # sudo: the number of the cohort's own project, as the default of a form.
        return (cohort and cohort.sudo().project_id.id) or super()._get_favorite_project_id(employee_id)

    def _timesheet_get_portal_domain(self):
        # A customer's portal reads with all rights.
        return Domain(super()._timesheet_get_portal_domain()) & (
            Domain('coop_kind_id', '=', False) | Domain('coop_kind_id.is_confidential', '=', False))
