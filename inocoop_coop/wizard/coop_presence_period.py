from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.coop_presence import HALVES
from ..tools import clock, language


class CoopPresencePeriod(models.TransientModel):
    """For which days everyone is expected, or the sheet is printed that funders ask to see."""
    _name = 'coop.presence.period'
    _description = "Attendance of a Period"

    cohort_id = fields.Many2one('coop.cohort', required=True, default=lambda self: self._default_cohort_id())
    company_id = fields.Many2one(related='cohort_id.company_id')
    date_from = fields.Date("From", required=True, default=lambda self: clock.today(self).replace(day=1))
    date_to = fields.Date(
        "To", required=True, compute='_compute_date_to', store=True, readonly=False, precompute=True)

    def _default_cohort_id(self):
        cohorts = self.env['coop.cohort'].search([('state', '=', 'running')], limit=2)
        return cohorts if len(cohorts) == 1 else False

    @api.depends('date_from')
    def _compute_date_to(self):
        for period in self:
            period.date_to = period.date_from and period.date_from + relativedelta(months=1, day=1, days=-1)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_expect(self):
        """Expect everyone on the working days of the period.

        :raise AccessError: when the caller is not in charge of the cohort
        :raise UserError: when nobody is to be expected besides who is already
        """
        self.ensure_one()
        presences = self.cohort_id._expect_presences(self.date_from, self.date_to)
        if not presences:
            raise UserError(self.env._(
                "Everyone is expected on these days already, or there is nobody and no working day in them."))
        return {
            **self.cohort_id.action_view_presences(),
            'domain': [
                ('cohort_id', '=', self.cohort_id.id), ('date', '>=', self.date_from), ('date', '<=', self.date_to)],
        }

    def action_print(self):
        """Print the attendance sheet of the period.

        :raise UserError: when nobody was expected in it
        """
        self.ensure_one()
        if not self._get_presences():
            raise UserError(self.env._("Nobody was expected on these days: choose others."))
        return self.env.ref('inocoop_coop.coop_presence_period_report').report_action(self)

    # ------------------------------------------------------------
    # The sheet
    # ------------------------------------------------------------

    def _get_document_lang(self):
        """The language of who organises, whoever prints."""
        self.ensure_one()
        # sudo: no more than a language.
        return language.choose(self.env, self.cohort_id.company_id.sudo().partner_id.lang)

    def _get_print_name(self):
        self.ensure_one()
        return self.env._("Attendance - %(cohort)s - %(day)s", cohort=self.cohort_id.name, day=self.date_from)

    def _get_presences(self):
        return self.env['coop.presence'].search([
            ('cohort_id', '=', self.cohort_id.id), ('date', '>=', self.date_from), ('date', '<=', self.date_to)])

    def _prepare_sheet(self):
        """What the sheet says, of what the reader may read.

        :return: ``weeks`` (tables of at most five days by two halves), ``absences``, ``totals``, in the order of names
        """
        self.ensure_one()
        presences = self._get_presences()
        members = presences.membership_id.sorted('name')
        found = {(presence.membership_id, presence.date, presence.half): presence for presence in presences}
        weeks = {}
        for day in sorted(set(presences.mapped('date'))):
            weeks.setdefault(day - timedelta(days=day.weekday()), []).append(day)
        halves = dict(self.env['coop.presence']._fields['half']._description_selection(self.env))
        reasons = dict(self.env['coop.presence']._fields['reason']._description_selection(self.env))
        counts = self.env['coop.presence']._count_half_days(self.cohort_id, self.date_from, self.date_to)
        return {
            'halves': [halves[half] for half, _label in HALVES],
            'weeks': [{
                'days': [format_date(self.env, day, date_format='EEE d MMM') for day in days],
                'rows': [{
                    'name': member.name,
                    'cells': [found.get((member, day, half)) for day in days for half, _label in HALVES],
                } for member in members if any((member, day, half) in found for day in days for half, _label in HALVES)],
            } for days in weeks.values()],
            'absences': [{
                'name': presence.membership_id.name, 'day': format_date(self.env, presence.date),
                'half': halves[presence.half], 'reason': reasons.get(presence.reason, ""),
                'is_justified': presence.is_justified,
            } for presence in presences if presence.state == 'absent'],
            'totals': [{'name': member.name, **counts[member.id]} for member in members],
        }
