from odoo import api, models


class AccountAnalyticLine(models.Model):
    """Hours, and the analytic side of invoices and bills."""
    _name = 'account.analytic.line'
    _inherit = ['account.analytic.line', 'coop.cohort.mixin']

    # Read when the line is made, and again when its accounts change, which they do with the project.
    _cohort_hints = ('project_id.cohort_id',)

    # The account in the cohorts' plan decides. Its column is made by the plan and its name holds
    # the plan's number, so that no decorator can name it: `write` below tells when it changes.
    @api.depends('account_id')
    def _compute_cohort_id(self):
        super()._compute_cohort_id()
        column = self._get_cohort_plan_column()
        if not column:
            return
        cohorts = self.env['coop.cohort']._get_by_account({line[column].id for line in self})
        for line in self:
            cohort = cohorts.get(line[column].id)
            if cohort and not line._is_settled():
                line.cohort_id = cohort

    @api.depends('task_id.project_id')
    def _compute_project_id(self):  # pylint: disable=missing-return
        # A task that moves takes its hours along, and core leaves their accounts behind. What is validated stays where it was.
        movable = self.filtered(lambda line: not line._is_settled())
        before = {line: line.project_id for line in movable}
        super(AccountAnalyticLine, movable)._compute_project_id()
        for line in movable.filtered('id'):
            # sudo: the accounts of colleagues' hours, set to those of the project they are on now.
            project = line.project_id.sudo()
            accounts = {name: project[name].id for name in self._get_plan_fnames()}
            if project != before[line] and any(accounts.values()):
                line.sudo().write(accounts)

    def write(self, vals):
        result = super().write(vals)
        if self._get_cohort_plan_column() in vals:
            self.env.add_to_compute(self._fields['cohort_id'], self)
        return result

    def _get_cohort_plan_column(self):
        plan = self.env['account.analytic.plan']._get_cohort_plan()
        column = plan and plan._column_name()
        return column if column in self._fields else None
