from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..rules import terms
from ..tools.dialog import open_dialog
from .coop_presence import HALVES

MOST_DAYS = 366


class CoopCohort(models.Model):
    """When the members of a cohort are expected."""
    _inherit = 'coop.cohort'

    def action_open_presence_period(self):
        """Ask for which days attendance is expected, or printed."""
        self.ensure_one()
        return open_dialog('coop.presence.period', self.env._("Attendance"), cohort_id=self.id)

    def action_view_presences(self):
        """Open the attendance of this cohort."""
        self.ensure_one()
        self.check_access('read')
        return {
            **self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_presence_action'),
            'domain': [('cohort_id', 'in', self.ids)],
        }

    def _expect_presences(self, date_from, date_to):
        """Expect every member on the working days of a period, inside their term; what is expected already stays.

        :param date date_from: first day, included
        :param date date_to: last day, included
        :return: the new half-days
        """
        self.ensure_one()
        self.check_access('write')
        if not 0 <= (date_to - date_from).days < MOST_DAYS:
            raise UserError(self.env._("Choose a first and a last day of the same year."))
        closed = self._get_public_holidays(date_from, date_to)
        days = [
            day for day in (date_from + timedelta(days=number) for number in range((date_to - date_from).days + 1))
            if day.weekday() < 5 and day not in closed and terms.is_current(day, self.date_start, self.date_end)]
        presences = self.env['coop.presence'].with_context(tracking_disable=True)
        known = {
            (presence.membership_id.id, presence.date, presence.half)
            for presence in presences.search_fetch(
                [('cohort_id', '=', self.id), ('date', 'in', days)], ['membership_id', 'date', 'half'])}
        members = self.membership_ids.filtered(lambda membership: membership.state != 'admitted')
        return presences.create([
            {'membership_id': member.id, 'date': day, 'half': half}
            for day in days for half, _label in HALVES for member in members
            if terms.is_current(day, member.date_start, member.date_end) and (member.id, day, half) not in known])

    def _get_public_holidays(self, date_from, date_to):
        """The days on which the host's whole staff is off."""
        # sudo: the days off of the company, which everyone knows.
        leaves = self.env['resource.calendar.leaves'].sudo().search([
            ('resource_id', '=', False), ('company_id', 'in', (self.company_id.id, False)),
            ('date_from', '<', date_to + timedelta(days=1)), ('date_to', '>', date_from)])
        records = self.with_context(tz=self._get_zone())
        days = set()
        for leave in leaves:
            day, last = (fields.Date.context_today(records, timestamp=moment) for moment in (leave.date_from, leave.date_to))
            while day <= last:
                days.add(day)
                day += timedelta(days=1)
        return days


class CoopMembership(models.Model):
    _inherit = 'coop.membership'

    def _end(self, state, from_states, date):
        result = super()._end(state, from_states, date)
        # Who has left is not expected any more. sudo: it follows from the last day, whoever notes it.
        expected = self.env['coop.presence'].sudo().search([('membership_id', 'in', self.ids), ('state', '=', 'expected')])
        expected.filtered(lambda presence: presence.date > presence.membership_id.date_end).unlink()
        return result
