from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from ..rules import terms
from ..tools import clock, guard
from ..tools.dialog import open_dialog


class AccountAnalyticLine(models.Model):
    """Hours are validated by the HR committee or the facilitator, and never by the person concerned.

    What is validated is corrected by a counter-entry: both it and the hours that stand in its place
    are validated again, so that nobody changes what counts alone.
    """
    _inherit = 'account.analytic.line'

    # ------------------------------------------------------------
    # Validation
    # ------------------------------------------------------------

    def action_validate_hours(self):
        """Let these hours count: from now on they stay as they are. What is validated already is left out.

        :raise AccessError: when the caller neither sits on the HR committee with a deliberative voice nor is in charge of
            the cohort, or when some of the hours are their own
        :raise UserError: when there is nothing to validate, no kind, the day has not come yet, or the person did not take
            part in the cohort then
        """
        self.check_access('write')
        lines = self.filtered(lambda line: not line._is_validated())
        if not lines:
            raise UserError(self.env._("There is nothing to validate here: choose hours that are not validated yet."))
        lines._check_may_validate()
        lines._check_inside_terms()
        for line in lines:
            if line.date > line.cohort_id._get_today():
                raise UserError(self.env._(
                    "%(day)s has not come yet: hours are validated once they are worked.", day=format_date(self.env, line.date)))
            if not line.coop_kind_id:
                raise UserError(self.env._(
                    "Say first what the hours of %(person)s on %(day)s were for: choose their kind.",
                    person=line.employee_id.name, day=format_date(self.env, line.date)))
        # sudo: as a constraint runs, which was asked by who writes and counts here for who validates.
        lines.sudo()._check_hours_of_a_day()
        # sudo: core asks after the invoice of the hours, which who validates need not read. What is written is said here.
        guard.sealed(lines.sudo()).write({
            'coop_state': 'validated', 'coop_validated_by_id': self.env.uid, 'coop_validated_on': clock.now(self.env)})

    def _check_may_validate(self):
        if not all(line.project_id and line.cohort_id for line in self):
            raise UserError(self.env._("Only hours of a cohort are validated here."))
        cohorts = self.cohort_id
        strange = cohorts - cohorts._filter_hours_validated_by_user()
        if strange:
            raise AccessError(self.env._(
                "The hours of “%s” are validated by who has a deliberative voice on its HR committee, or by its facilitator.",
                strange[0].name))
        own = self.filtered(lambda line: line._is_of_user())
        if own:
            raise AccessError(self.env._(
                "These are your own hours (%s): somebody else validates them.",
                ", ".join(sorted({format_date(self.env, line.date) for line in own}))))

    def _check_inside_terms(self):
        """What is counted when money is shared was worked by members. A counter-entry is of hours that were counted."""
        # sudo: when these people take part, for who validates their hours.
        members = self.env['coop.membership'].sudo().with_context(active_test=False).search(
            [('cohort_id', 'in', self.cohort_id.ids), ('employee_id', 'in', self.employee_id.ids)])
        known = members.grouped(lambda member: (member.cohort_id.id, member.employee_id.id))
        for line in self.filtered(lambda line: not line.coop_correction_of_id):
            terms_of = known.get((line.cohort_id.id, line.employee_id.id))
            if terms_of and not any(terms.is_current(line.date, term.date_start, term.date_end) for term in terms_of):
                raise UserError(self.env._(
                    "%(person)s takes part from %(start)s to %(end)s, and did not work for it on %(day)s: check the day.",
                    person=line.employee_id.name, start=format_date(self.env, terms_of[-1].date_start),
                    end=format_date(self.env, terms_of[-1].date_end), day=format_date(self.env, line.date)))

    def _is_of_user(self):
        """Whether these are the hours of who is asking."""
        self.ensure_one()
        # sudo: whose login and contact an employee has, to compare them with the user's own.
        employee = self.employee_id.sudo()
        return self.env.user._is_person(self.user_id | employee.user_id, employee.work_contact_id)

    # ------------------------------------------------------------
    # Correction
    # ------------------------------------------------------------

    def action_open_correction(self):
        """Ask what the right hours are."""
        self.ensure_one()
        self._check_may_correct()
        return open_dialog('coop.hours.correction', self.env._("Correct Hours"), line_id=self.id, hours=self.unit_amount)

    def action_correct_hours(self, hours=None, reason=None):
        """Take validated hours back by a counter-entry, and enter others in their place.

        :param hours: how long it really took, in hours (7.5 is half past seven); nothing or 0 when it was not worked at all
        :param str reason: why, for those who validate the correction
        :raise UserError: when they are not validated or corrected already, or ``hours`` is no number of hours
        :raise AccessError: when the caller is neither the person nor somebody who validates their hours
        """
        self.ensure_one()
        self._check_may_correct()
        if isinstance(hours, bool) or not isinstance(hours, (int, float, type(None))) or not isinstance(
                reason, (str, type(None))):
            raise UserError(self.env._("“%s” is no number of hours: write it like 7.5.", hours))
        if hours == self.unit_amount:
            raise UserError(self.env._("This is what was validated: write how long it really took."))
        # An employee who left is archived, and their hours may have to be corrected all the same.
        lines = guard.sealed(self.with_context(active_test=False, timesheet_calendar=False))
        vals_list = [{
            **self._prepare_correction_vals(), 'coop_correction_of_id': self.id, 'unit_amount': -self.unit_amount,
            'name': self.env._("Counter-entry: %s", self._get_correction_name(reason))}]
        if hours:
            vals_list.append({
                **self._prepare_correction_vals(), 'unit_amount': hours,
                'name': self.env._("Correction: %s", self._get_correction_name(reason))})
        lines.create(vals_list)

    def _check_may_correct(self):
        self.check_access('write')
        if not self._is_validated():
            raise UserError(self.env._("These hours are not validated yet: change them, or delete them."))
        if self.coop_correction_of_id:
            raise UserError(self.env._("This is a counter-entry: enter the right hours as new ones."))
        # sudo: whether there is one, whoever may read it.
        if self.sudo().coop_counter_entry_ids:
            raise UserError(self.env._("These hours have a counter-entry already: enter the right ones as new hours."))
        if not self._is_of_user() and not self.cohort_id._filter_hours_validated_by_user():
            raise AccessError(self.env._(
                "The hours of %s are corrected by themselves, by who validates them, or by the facilitator.",
                self.employee_id.name))

    def _prepare_correction_vals(self):
        # sudo: the line of the order that these hours are sold on follows them, whoever may read orders.
        line = self.sudo()
        sold = {'so_line': line.so_line.id, 'is_so_line_edited': True} if line.is_so_line_edited else {}
        return {
            **sold,
            # Said outright, or the caller's context could propose another first value.
            'coop_state': 'entered',
            'coop_validated_by_id': False,
            'coop_validated_on': False,
            'coop_correction_of_id': False,
            'date': line.date,
            'employee_id': line.employee_id.id,
            'project_id': line.project_id.id,
            'task_id': line.task_id.id,
            'coop_kind_id': line.coop_kind_id.id,
            'company_id': line.company_id.id,
            'product_uom_id': line.product_uom_id.id,
        }

    def _get_correction_name(self, reason):
        return f"{self.name} ({reason})" if reason else self.name

    # ------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------

    @api.model
    def _sum_validated_minutes(self, cohort, date_from, date_to):
        """What everyone worked in a period, as far as it is validated; those who left are counted too.

        It reads with all rights: what comes out are totals.

        :param cohort: one ``coop.cohort``
        :param date date_from: first day, included
        :param date date_to: last day, included
        :return: ``{(number of the membership, number of the kind): whole minutes}``
        """
        self.flush_model(['cohort_id', 'employee_id', 'project_id', 'coop_kind_id', 'coop_state', 'date', 'unit_amount'])
        # By employee, and without a join: a cohort has some ten people and thousands of lines.
        rows = self.env.execute_query(SQL(
            """SELECT employee_id, coop_kind_id, SUM(ROUND((unit_amount * 60)::numeric))::bigint
                 FROM account_analytic_line
                WHERE cohort_id = %s AND coop_state = 'validated' AND project_id IS NOT NULL AND date BETWEEN %s AND %s
             GROUP BY employee_id, coop_kind_id""", cohort.id, date_from, date_to))
        # sudo: whose hours they are.
        memberships = self.env['coop.membership'].sudo().with_context(active_test=False).search_fetch(
            [('cohort_id', '=', cohort.id), ('employee_id', '!=', False)], ['employee_id'])
        membership_ids = {membership.employee_id.id: membership.id for membership in memberships}
        return {
            (membership_ids[employee], kind): minutes for employee, kind, minutes in rows if employee in membership_ids}
