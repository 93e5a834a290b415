from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CoopProjectDocumentMixin(models.AbstractModel):
    """A document of a cohort whose lines get their analytic accounts from a project: a quotation, a purchase.

    The cohort's own project is chosen for it: from there, core fills in the analytic distribution
    of the lines and puts the tasks where the cohort plans.

    It stands before the document's own class in ``_inherit``: what this field says is ours, and not
    core's text over again.

    Once it is settled (the document commits the cohort, or the cohort is closed) both stay: its
    tasks, its lines' accounts and its invoices are the cohort's, and would not follow.
    """
    _name = 'coop.project.document.mixin'
    _description = "Document of a cohort's project"
    _inherit = 'coop.cohort.mixin'

    _cohort_hints = ('project_id.cohort_id',)
    _cohort_of_its_author = True

    project_id = fields.Many2one(
        'project.project', compute='_compute_project_id', store=True, readonly=False, precompute=True,
        help="Where the work is planned, and whose analytic accounts the lines get.")

    @api.depends('cohort_id')
    def _compute_project_id(self):
        for document in self:
            cohort = document.cohort_id
            if not document._is_settled() and cohort.project_id and document.project_id.cohort_id != cohort:
                before = document.project_id
                document.project_id = cohort.project_id
                document._carry_lines(before)
            else:
                document.project_id = document.project_id

    def _is_settled(self):
        return super()._is_settled() or self.cohort_id.sudo().state == 'closed'

    def _get_cohort_hints(self):
        # Made without a project: its project waits for the cohort, and must not be asked for it.
        waiting = not self._origin and 'project_id' not in self._cache
        return () if waiting else super()._get_cohort_hints()

    def write(self, vals):
        for name in {'cohort_id', 'project_id'} & vals.keys():
            # What has no project yet may get one of its own cohort.
            moved = self.filtered(lambda document, name=name: document[name] and document[name].id != vals[name])
            for document in moved.filtered(lambda document: document._is_settled()):
                raise UserError(self.env._(
                    "%(document)s stays in “%(cohort)s”: it is confirmed, or the cohort is closed. What was ordered, "
                    "planned and invoiced would not follow it.",
                    document=document.display_name, cohort=document.cohort_id.name))
        before = {document: document.project_id for document in self} if 'project_id' in vals else {}
        result = super().write(vals)
        for document, project in before.items():
            document._carry_lines(project)
        return result

    def _carry_lines(self, project_before):
        """Give the lines the accounts of the new project for those of the one before, which core leaves there."""
        # sudo: the accounts of projects, whose documents the user may write.
        old, new = project_before.sudo()._get_analytic_accounts(), self.project_id.sudo()._get_analytic_accounts()
        if not old or old == new:
            return
        by_plan = {account.root_plan_id: str(account.id) for account in new}
        successors = {str(account.id): by_plan.get(account.root_plan_id) for account in old}
        for line in self.order_line.filtered('analytic_distribution'):
            moved = {}
            for key, percentage in line.analytic_distribution.items():
                accounts = ','.join(filter(None, (successors.get(number, number) for number in key.split(','))))
                if accounts:
                    moved[accounts] = moved.get(accounts, 0) + percentage
            if moved != line.analytic_distribution:
                line.analytic_distribution = moved

    @api.onchange('project_id')
    def _onchange_project_id_cohort(self):
        if self.project_id.cohort_id:
            self.cohort_id = self.project_id.cohort_id

    @api.constrains('project_id', 'cohort_id')
    def _check_project_of_cohort(self):
        # sudo: whether two cohorts are the same, for a project that the user may not read.
        for document in self.sudo():
            if document.project_id.cohort_id and document.project_id.cohort_id != document.cohort_id:
                raise ValidationError(self.env._(
                    "The project of %(document)s belongs to %(project_cohort)s: choose a project of its own cohort.",
                    document=document.display_name, project_cohort=document.project_id.cohort_id.sudo(False)._tell()))
