from odoo import api, fields, models

from ..tools import clock


class CoopCohort(models.Model):
    """Who validates the hours of a cohort, and how many wait for them."""
    _inherit = 'coop.cohort'

    hours_to_validate_count = fields.Integer(
        "Hours to Validate", compute='_compute_hours_to_validate_count', groups='hr_timesheet.group_hr_timesheet_user')

    @api.depends_context('uid')
    def _compute_hours_to_validate_count(self):
        cohorts = self._filter_hours_validated_by_user()
        counts = dict(self.env['account.analytic.line']._read_group(
            [('cohort_id', 'in', cohorts.ids), *self._get_hours_to_validate_domain()], ['cohort_id'], ['__count'],
        )) if cohorts else {}
        for cohort in self:
            cohort.hours_to_validate_count = counts.get(cohort._origin, 0)

    def action_view_hours_to_validate(self):
        """Open the hours of this cohort that wait for who is asking."""
        self.ensure_one()
        self.check_access('read')
        action = self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.account_analytic_line_action_validate')
        return {**action, 'domain': [('cohort_id', 'in', self.ids), *self._get_hours_to_validate_domain()]}

    def _get_hours_to_validate_domain(self):
        return [
            ('project_id', '!=', False), ('coop_state', '=', 'entered'), ('user_id', '!=', self.env.uid),
            ('date', '<=', clock.today(self))]

    def _filter_hours_validated_by_user(self):
        """Those of these cohorts whose hours the user who is asking validates.

        The facilitator and the programme manager do, and who has a deliberative voice today on a body that validates hours.
        """
        user = self.env.user
        if user.has_group('inocoop_coop.group_manager'):
            return self
        # sudo: who is in charge.
        in_charge = self.filtered(
            lambda cohort: cohort.sudo().facilitator_id == user and user.has_group('inocoop_coop.group_facilitator'))
        if in_charge == self:
            return self
        # sudo: the user's own seats.
        mandates = self.env['coop.mandate'].sudo().search([
            ('cohort_id', 'in', (self - in_charge).ids), ('partner_id', '=', user.partner_id.id), ('voice', '=', 'deliberative'),
            ('is_current', '=', True), ('committee_id.active', '=', True), ('committee_id.validates_hours', '=', True)])
        return self.filtered(lambda cohort: cohort in in_charge or cohort in mandates.cohort_id)
