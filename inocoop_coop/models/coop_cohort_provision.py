from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools import guard

# One field for each need, and one method `_provision_<field>` that makes it.
NEEDS = ('analytic_account_id', 'team_id', 'project_id', 'job_id')


class CoopCohort(models.Model):
    """What a cohort needs in the standard apps, made once.

    Each need is a field and a method that prepares its values: another addon adds a need by adding
    both. A cohort that already has one keeps it, so an accountant may choose an account beforehand.
    """
    _inherit = 'coop.cohort'

    analytic_account_id = fields.Many2one(
        'account.analytic.account', copy=False, index='btree_not_null', ondelete='restrict',
        check_company=True, help="Where the cohort's income and expenses are found in the books.")
    team_id = fields.Many2one(
        'crm.team', string="Sales Team", copy=False, index='btree_not_null', ondelete='restrict', check_company=True)
    project_id = fields.Many2one(
        'project.project', copy=False, index='btree_not_null', ondelete='restrict', check_company=True,
        help="Where the cohort plans its interventions.")
    job_id = fields.Many2one(
        'hr.job', string="Job Position", copy=False, index='btree_not_null', ondelete='restrict', check_company=True,
        help="What people apply for.")

    _analytic_account_unique = models.Constraint(
        'UNIQUE(analytic_account_id)', "This analytic account is already another cohort's.")
    _team_unique = models.Constraint('UNIQUE(team_id)', "This sales team is already another cohort's.")
    _project_unique = models.Constraint('UNIQUE(project_id)', "This project is already another cohort's.")
    _job_unique = models.Constraint('UNIQUE(job_id)', "This job position is already another cohort's.")

    def write(self, vals):
        # Later, the documents that are there would not follow: the invoices keep the old account.
        if not guard.is_sealed(self):
            for name in [name for name in NEEDS if name in vals]:
                for cohort in self.filtered(lambda cohort: cohort.state != 'draft'):
                    # sudo: whether it is the same one; an accountant's account, a project one does not follow.
                    if cohort.sudo()[name].id != vals[name]:
                        raise UserError(self.env._(
                            "“%(field)s” of “%(cohort)s” was settled when it opened: the documents that are there would "
                            "not follow.", field=self._fields[name].get_description(self.env)['string'], cohort=cohort.name))
        return super().write(vals)

    @api.model
    def _get_by_account(self, account_ids):
        """Whose analytic accounts these are, in one query at most.

        :param account_ids: numbers of analytic accounts
        :return: ``{number of the account: cohort}``, without those that are no cohort's
        """
        account_ids = [number for number in account_ids if number]
        if not account_ids:
            return {}
        # sudo: for stored fields that everyone's lines have; who reads the cohort is checked when they read it.
        cohorts = self.sudo().with_context(active_test=False).search_fetch(
            [('analytic_account_id', 'in', account_ids)], ['analytic_account_id', 'company_id', 'active'])
        return {cohort.analytic_account_id.id: cohort.sudo(False) for cohort in cohorts}

    def _provision(self):
        """Make what is missing. Who calls has checked that the user may write the cohort."""
        for cohort in self:
            # sudo: a facilitator opens a cohort without being the administrator of the accounting,
            # sales, project and recruitment apps. All that is made here has the cohort's own values,
            # none of the caller's, and is made empty.
            cohort_sudo = cohort.sudo()
            for name in NEEDS:
                if not cohort_sudo[name]:
                    guard.sealed(cohort_sudo)[name] = getattr(cohort_sudo, f'_provision_{name}')()
            cohort_sudo._provision_committees()

    def _provision_analytic_account_id(self):
        return self.env['account.analytic.account'].create({
            'name': self.name,
            'plan_id': self.env['account.analytic.plan']._get_cohort_plan().id,
            'company_id': self.company_id.id,
        })

    def _provision_team_id(self):
        return self.env['crm.team'].create({
            'name': self.name,
            'company_id': self.company_id.id,
            'user_id': self.facilitator_id.id,
            'use_leads': False,
            'use_opportunities': True,
        })

    def _provision_project_id(self):
        plan = self.env['account.analytic.plan']._get_cohort_plan()
        project = self.env['project.project'].create({
            'name': self.name,
            'company_id': self.company_id.id,
            'user_id': self.facilitator_id.id,
            # Not 'employees': every internal user would read the tasks of every cohort.
            'privacy_visibility': 'followers',
            'allow_billable': True,
            'allow_timesheets': True,
            'cohort_id': self.id,
            'date_start': self.date_start,
            'date': self.date_end,
            # From here the cohort's account reaches quotations, hours, purchases and invoices.
            plan._column_name(): self.analytic_account_id.id,
        })
        # Each cohort has stages of its own: renaming one must not change what another one reads.
        for template in self.env['project.task.type'].browse(self._get_project_stage_template_ids()):
            stage = template.copy({'project_ids': [Command.set(project.ids)]})
            # A copy calls itself one, in each language and in the source's, which may not be installed.
            langs = {'en_US', *(lang for lang, _label in self.env['res.lang'].get_installed())}
            stage.update_field_translations('name', {lang: template.with_context(lang=lang).name for lang in langs})
        project.message_subscribe(partner_ids=(self.facilitator_id | self.psychologist_id).partner_id.ids)
        return project

    def _get_project_stage_template_ids(self):
        return [
            self.env.ref(f'inocoop_coop.project_stage_{name}').id
            for name in ('to_plan', 'planned', 'in_progress', 'done', 'cancelled')
        ]

    def _provision_job_id(self):
        return self.env['hr.job'].create({
            'name': self.env._("Young cooperator, %s", self.name),
            'company_id': self.company_id.id,
            'user_id': self.facilitator_id.id,
            'no_of_recruitment': self.seats,
        })

    def _provision_committees(self):
        done = self.with_context(active_test=False).committee_ids.template_id
        missing = self.program_id.committee_template_ids - done
        guard.sealed(self.env['coop.committee']).create([template._prepare_committee_vals(self) for template in missing])

    def _set_openings_active(self, active):
        """Show or hide what lets new people and new business in."""
        # sudo: see _provision; only these two flags change.
        self.sudo().job_id.active = active
        self.sudo().team_id.active = active
