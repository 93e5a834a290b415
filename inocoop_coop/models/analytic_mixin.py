from odoo import api, models
from odoo.exceptions import AccessError


class AnalyticMixin(models.AbstractModel):
    """A line whose money goes to analytic accounts: who is scoped to cohorts gives it to these alone."""
    _inherit = 'analytic.mixin'

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_distribution_within_reach()
        return lines

    def write(self, vals):
        if 'analytic_distribution' not in vals or self.env.su or not self.env.user.is_coop_scoped:
            return super().write(vals)
        placed = {line: line._get_distributed_cohorts() for line in self}
        result = super().write(vals)
        if any(cohorts and not line._get_distributed_cohorts() for line, cohorts in placed.items()):
            raise AccessError(self.env._("This line is your cohort's: you can't take its analytic account away."))
        self._check_distribution_within_reach()
        return result

    def _check_distribution_within_reach(self):
        if self.env.su or not self.env.user.is_coop_scoped:
            return
        cohorts = self._get_distributed_cohorts()
        beyond = cohorts - cohorts._filter_written_by(self.env.user)
        if beyond:
            raise AccessError(self.env._("You can only use the analytic accounts of the cohorts you work in."))

    def _get_distributed_cohorts(self):
        """The cohorts whose analytic accounts these lines name."""
        # sudo: whether a line names a cohort that the user may not read; who asks tells nobody which.
        accounts = self.sudo().distribution_analytic_account_ids
        return accounts.cohort_ids if accounts else self.env['coop.cohort'].sudo()
