from odoo import api, fields, models


class CoopCohort(models.Model):
    """The cohort's documents in the standard apps: how many, and the way to them.

    Each counter is one query for all the cohorts on the screen. A counter is shown to who may read
    the documents, and counts what they may read.
    """
    _inherit = 'coop.cohort'

    applicant_count = fields.Integer(
        "Applications", compute='_compute_applicant_count', groups='hr_recruitment.group_hr_recruitment_interviewer')
    membership_count = fields.Integer("Members Count", compute='_compute_membership_count')
    committee_count = fields.Integer("Bodies Count", compute='_compute_committee_count')
    event_count = fields.Integer("Meetings", compute='_compute_event_count')
    lead_count = fields.Integer("Leads", compute='_compute_lead_count', groups='sales_team.group_sale_salesman')
    order_count = fields.Integer("Quotations", compute='_compute_order_count', groups='sales_team.group_sale_salesman')
    task_count = fields.Integer("Interventions", compute='_compute_task_count', groups='project.group_project_user')
    timesheet_hours = fields.Float(
        "Hours", compute='_compute_timesheet_hours', groups='hr_timesheet.group_hr_timesheet_user')
    purchase_count = fields.Integer("Purchases", compute='_compute_purchase_count', groups='purchase.group_purchase_user')
    invoice_count = fields.Integer(
        "Invoices", compute='_compute_invoice_count', groups='account.group_account_readonly,account.group_account_invoice')
    bill_count = fields.Integer(
        "Bills", compute='_compute_bill_count', groups='account.group_account_readonly,account.group_account_invoice')
    payment_count = fields.Integer(
        "Payments", compute='_compute_payment_count', groups='account.group_account_readonly,account.group_account_invoice')

    def _count_by_cohort(self, model, domain=(), path='cohort_id', aggregate='__count'):
        """One number a cohort, in one query.

        :param str model: the document's model
        :param domain: which of its documents count
        :param str path: the document's field that leads to its cohort or cohorts
        :param str aggregate: what is asked of them
        :return: ``{cohort: number}``, without the cohorts that have none
        """
        return dict(self.env[model]._read_group([(path, 'in', self.ids), *domain], [path], [aggregate]))

    def _set_counts(self, name, counts):
        for cohort in self:
            cohort[name] = counts.get(cohort._origin, 0)

    def _compute_applicant_count(self):
        self._set_counts('applicant_count', self._count_by_cohort('hr.applicant'))

    def _compute_membership_count(self):
        self._set_counts('membership_count', self._count_by_cohort('coop.membership'))

    def _compute_committee_count(self):
        self._set_counts('committee_count', self._count_by_cohort('coop.committee'))

    def _compute_event_count(self):
        self._set_counts('event_count', self._count_by_cohort('calendar.event'))

    def _compute_lead_count(self):
        self._set_counts('lead_count', self._count_by_cohort('crm.lead'))

    def _compute_order_count(self):
        self._set_counts('order_count', self._count_by_cohort('sale.order', [('state', '!=', 'cancel')]))

    def _compute_task_count(self):
        self._set_counts('task_count', self._count_by_cohort('project.task'))

    def _compute_timesheet_hours(self):
        self._set_counts('timesheet_hours', self._count_by_cohort(
            'account.analytic.line', [('project_id', '!=', False)], aggregate='unit_amount:sum'))

    def _compute_purchase_count(self):
        self._set_counts('purchase_count', self._count_by_cohort('purchase.order', [('state', '!=', 'cancel')]))

    def _compute_invoice_count(self):
        self._set_counts('invoice_count', self._count_by_cohort(
            'account.move', [('move_type', 'in', self.env['account.move'].get_sale_types()), ('state', '!=', 'cancel')],
            path='cohort_ids'))

    def _compute_bill_count(self):
        self._set_counts('bill_count', self._count_by_cohort(
            'account.move',
            [('move_type', 'in', self.env['account.move'].get_purchase_types()), ('state', '!=', 'cancel')],
            path='cohort_ids'))

    def _compute_payment_count(self):
        self._set_counts('payment_count', self._count_by_cohort('account.payment', [('state', '!=', 'canceled')]))

    @api.model
    def _get_document_models(self):
        """The models whose documents carry ``cohort_id``, and those reached by another path."""
        carriers = self.env.registry.descendants(['coop.cohort.mixin'], '_inherit') - {'coop.cohort.mixin'}
        return {**dict.fromkeys(sorted(carriers), 'cohort_id'), 'account.move': 'cohort_ids'}

    def _get_document_labels(self):
        """What this cohort has, in words: “Quotation: 3”. Its own empty project is not a document."""
        self.ensure_one()
        labels = []
        for model, path in self._get_document_models().items():
            # sudo: what the user can't see keeps the cohort from being deleted all the same; only
            # numbers come out.
            count = self.env[model].sudo().with_context(active_test=False).search_count(
                [(path, 'in', self.ids), ('id', 'not in', self.sudo().project_id.ids if model == 'project.project' else [])])
            if count:
                labels.append(f"{self.env['ir.model']._get(model).name}: {count}")
        if self.membership_ids:
            labels.append(f"{self.env['ir.model']._get('coop.membership').name}: {len(self.membership_ids)}")
        return labels

    # ------------------------------------------------------------
    # The way to the documents. Each opens a standard screen: who may not read it gets its refusal.
    # ------------------------------------------------------------

    def _open_documents(self, xmlid, name, domain=(), path='cohort_id', context=None):
        self.ensure_one()
        if path == 'cohort_id':
            context = {'default_cohort_id': self.id, **(context or {})}
        action = self.env['ir.actions.act_window']._for_xml_id(xmlid)
        action.update({
            'name': name,
            'domain': [(path, 'in', self.ids), *domain],
            'context': {'create': self.state != 'closed', **(context or {})},
        })
        return action

    def action_view_applicants(self):
        """Open the applications for this cohort."""
        return self._open_documents(
            'hr_recruitment.crm_case_categ0_act_job', self.env._("Applications"),
            context={'default_job_id': self.job_id.id, 'search_default_job_id': False})

    def action_view_memberships(self):
        """Open the members of this cohort."""
        return self._open_documents('inocoop_coop.coop_membership_action', self.env._("Members"))

    def action_view_committees(self):
        """Open the bodies of this cohort."""
        return self._open_documents('inocoop_coop.coop_committee_action', self.env._("Bodies"))

    def action_view_events(self):
        """Open the meetings and appointments of this cohort."""
        return self._open_documents('calendar.action_calendar_event', self.env._("Meetings"))

    def action_view_leads(self):
        """Open the pipeline of this cohort."""
        return self._open_documents(
            'crm.crm_lead_action_pipeline', self.env._("Pipeline"),
            context={'default_type': 'opportunity', 'default_team_id': self.sudo().team_id.id})

    def action_view_orders(self):
        """Open the quotations and orders of this cohort."""
        return self._open_documents('sale.action_quotations', self.env._("Quotations"), [('state', '!=', 'cancel')])

    def action_view_tasks(self):
        """Open the interventions of this cohort."""
        return self._open_documents(
            'project.action_view_all_task', self.env._("Interventions"),
            # sudo: only the number of the cohort's own project, as the default of what is made there.
            context={'default_project_id': self.sudo().project_id.id, 'search_default_open_tasks': 0})

    def action_view_timesheets(self):
        """Open the hours of this cohort."""
        return self._open_documents(
            'hr_timesheet.timesheet_action_all', self.env._("Hours"), [('project_id', '!=', False)],
            context={'default_project_id': self.sudo().project_id.id, 'is_timesheet': 1})

    def action_view_purchases(self):
        """Open the purchase orders of this cohort."""
        return self._open_documents('purchase.purchase_rfq', self.env._("Purchases"), [('state', '!=', 'cancel')])

    def action_view_invoices(self):
        """Open the customer invoices of this cohort."""
        return self._open_documents(
            'account.action_move_out_invoice', self.env._("Invoices"),
            [('move_type', 'in', self.env['account.move'].get_sale_types())],
            path='cohort_ids', context={'default_move_type': 'out_invoice'})

    def action_view_bills(self):
        """Open the supplier bills of this cohort, those shared with another cohort included."""
        return self._open_documents(
            'account.action_move_in_invoice', self.env._("Bills"),
            [('move_type', 'in', self.env['account.move'].get_purchase_types())],
            path='cohort_ids', context={'default_move_type': 'in_invoice'})

    def action_view_payments(self):
        """Open the payments of this cohort."""
        return self._open_documents('account.action_account_payments', self.env._("Payments"))
