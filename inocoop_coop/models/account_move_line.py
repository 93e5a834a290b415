from odoo import api, fields, models


class AccountMoveLine(models.Model):
    """A journal item has its cohort from its analytic distribution, as the accountant wrote it."""
    _inherit = 'account.move.line'

    cohort_id = fields.Many2one(
        'coop.cohort', compute='_compute_cohort_id', store=True, index='btree_not_null',
        ondelete='restrict', help="Empty when the line is shared between several cohorts, or is for none.")

    @api.depends('analytic_distribution')
    def _compute_cohort_id(self):
        cohorts_by_line = self._get_cohorts_by_line()
        for line in self:
            cohorts = cohorts_by_line[line]
            line.cohort_id = cohorts if len(cohorts) == 1 else False

    @api.constrains('analytic_distribution')
    def _check_companies_of_cohorts(self):
        # An account is named by its number, and core asks for its company only when the entry is posted.
        self._union_of_cohorts(self._get_cohorts_by_line())._check_companies_of_user()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # Reconciliation makes lines that say outright that they have no distribution.
        for line in lines.filtered(lambda line: line.journal_id.type == 'cash' and not line.analytic_distribution):
            cohort = line.journal_id._get_petty_cash_cohort()
            if cohort and line.account_id.internal_group in ('income', 'expense'):
                line.analytic_distribution = self._get_distribution_of(cohort)
        return lines

    def _get_cohorts_by_line(self):
        """The cohorts of each line: ``{line: cohorts}``, in one query at most for all of them."""
        accounts = {line: line._get_distribution_accounts() for line in self}
        nobody = self.env['coop.cohort']
        cohorts = nobody._get_by_account(set().union(*accounts.values()))
        return {
            line: nobody.union(*(cohorts.get(account, nobody) for account in line_accounts))
            for line, line_accounts in accounts.items()
        }

    def _union_of_cohorts(self, cohorts_by_line):
        return self.env['coop.cohort'].union(*(cohorts_by_line[line] for line in self))

    def _get_distribution_accounts(self):
        """The numbers of the analytic accounts that its distribution names: they need not exist any more."""
        self.ensure_one()
        return {int(number) for key in (self.analytic_distribution or {}) for number in key.split(',')}

    def _filter_without_cohort_account(self):
        """Those that are income or an expense and that no account of the cohorts' plan takes."""
        # What has one cohort has its account.
        lines = self.filtered(lambda line: line.display_type == 'product' and not line.cohort_id)
        accounts = {line: line._get_distribution_accounts() for line in lines}
        # sudo: the plan of accounts, for who posts without reading the analytic accounts.
        every_account = self.env['account.analytic.account'].sudo().browse(set().union(*accounts.values())).exists()
        plan = self.env['account.analytic.plan']._get_cohort_plan()
        of_cohorts = set(every_account.filtered(lambda account: account.root_plan_id == plan).ids)
        return lines.filtered(
            lambda line: not accounts[line] & of_cohorts and line.account_id.internal_group in ('income', 'expense'))

    def _related_analytic_distribution(self):
        """A line in a cash box is for its cohort; a member's own purchase or invoice line, made by hand, is for theirs."""
        distribution = super()._related_analytic_distribution()
        if distribution or self.analytic_distribution or self.account_id.internal_group not in ('income', 'expense'):
            return distribution
        cohort = self.move_id.journal_id._get_petty_cash_cohort()
        if cohort:
            return self._get_distribution_of(cohort)
        # A call from outside may put anything there.
        cohort_id = self.env.context.get('coop_cohort_id')
        cohort = self.env['coop.cohort'].browse(cohort_id if isinstance(cohort_id, int) else ())
        if not (cohort.exists() and cohort.has_access('read')):
            cohort = self.env['coop.membership']._get_own_cohort()
        return self._get_distribution_of(cohort) if cohort else distribution

    def _get_distribution_of(self, cohort):
        # sudo: the numbers of the analytic accounts of a cohort whose line this is.
        return cohort.sudo().project_id._get_analytic_distribution()
