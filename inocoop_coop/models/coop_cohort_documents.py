from odoo import api, fields, models

INTERVIEWER = 'hr_recruitment.group_hr_recruitment_interviewer'
SALES = 'sales_team.group_sale_salesman'
PROJECT = 'project.group_project_user'
TIMESHEET = 'hr_timesheet.group_hr_timesheet_user'
PURCHASE = 'purchase.group_purchase_user'
INVOICING = 'account.group_account_readonly,account.group_account_invoice'
PEOPLE = 'inocoop_coop.group_facilitator,inocoop_coop.group_psychologist,inocoop_coop.group_confined'


class CoopCohort(models.Model):
    """The cohort's documents in the standard apps: how many, and the way to them.

    Each counter is one query for all the cohorts on the screen. It is shown to who may read the
    documents, counts what they may read, and opens what it counts.
    """
    _inherit = 'coop.cohort'

    applicant_count = fields.Integer("Applications", compute='_compute_applicant_count', groups=INTERVIEWER)
    membership_count = fields.Integer("All Members", compute='_compute_membership_count', groups=PEOPLE)
    admitted_member_count = fields.Integer(
        "Admitted Members", compute='_compute_admitted_member_count', groups=PEOPLE)
    committee_count = fields.Integer("All Bodies", compute='_compute_committee_count')
    event_count = fields.Integer("Appointments", compute='_compute_event_count')
    lead_count = fields.Integer("Pipeline", compute='_compute_lead_count', groups=SALES)
    order_count = fields.Integer("Quotations", compute='_compute_order_count', groups=SALES)
    task_count = fields.Integer("Interventions", compute='_compute_task_count', groups=PROJECT)
    timesheet_hours = fields.Float("Hours", compute='_compute_timesheet_hours', groups=TIMESHEET)
    purchase_count = fields.Integer("Purchases", compute='_compute_purchase_count', groups=PURCHASE)
    invoice_count = fields.Integer("Invoices", compute='_compute_invoice_count', groups=INVOICING)
    bill_count = fields.Integer("Bills", compute='_compute_bill_count', groups=INVOICING)
    payment_count = fields.Integer("Payments", compute='_compute_payment_count', groups=INVOICING)

    # One method for each: a screen that shows one counter does not ask for the others.
    def _compute_applicant_count(self):
        self._count_documents('applicant_count')

    def _compute_membership_count(self):
        self._count_documents('membership_count')

    def _compute_admitted_member_count(self):
        self._count_documents('admitted_member_count')

    def _compute_committee_count(self):
        self._count_documents('committee_count')

    def _compute_event_count(self):
        self._count_documents('event_count')

    def _compute_lead_count(self):
        self._count_documents('lead_count')

    def _compute_order_count(self):
        self._count_documents('order_count')

    def _compute_task_count(self):
        self._count_documents('task_count')

    def _compute_timesheet_hours(self):
        self._count_documents('timesheet_hours')

    def _compute_purchase_count(self):
        self._count_documents('purchase_count')

    def _compute_invoice_count(self):
        self._count_documents('invoice_count')

    def _compute_bill_count(self):
        self._count_documents('bill_count')

    def _compute_payment_count(self):
        self._count_documents('payment_count')

    @api.model
    def _get_counted_documents(self):
        """What each counter counts.

        :return: ``{counter: (model, domain of its documents, their path to the cohort, aggregate)}``
        """
        moves = self.env['account.move']
        return {
            'applicant_count': ('hr.applicant', [], 'cohort_id', '__count'),
            'membership_count': ('coop.membership', [], 'cohort_id', '__count'),
            'admitted_member_count': ('coop.membership', [('state', '=', 'admitted')], 'cohort_id', '__count'),
            'committee_count': ('coop.committee', [], 'cohort_id', '__count'),
            'event_count': ('calendar.event', [], 'cohort_id', '__count'),
            'lead_count': ('crm.lead', [], 'cohort_id', '__count'),
            'order_count': ('sale.order', [('state', '!=', 'cancel')], 'cohort_id', '__count'),
            'task_count': ('project.task', [('is_template', '=', False)], 'cohort_id', '__count'),
            'timesheet_hours': ('account.analytic.line', [('project_id', '!=', False)], 'cohort_id', 'unit_amount:sum'),
            'purchase_count': ('purchase.order', [('state', '!=', 'cancel')], 'cohort_id', '__count'),
            'invoice_count': (
                'account.move', [('move_type', 'in', moves.get_sale_types()), ('state', '!=', 'cancel')],
                'cohort_ids', '__count'),
            'bill_count': (
                'account.move', [('move_type', 'in', moves.get_purchase_types()), ('state', '!=', 'cancel')],
                'cohort_ids', '__count'),
            'payment_count': ('account.payment', [('state', '!=', 'canceled')], 'cohort_id', '__count'),
        }

    def _count_documents(self, name):
        model, domain, path, aggregate = self._get_counted_documents()[name]
        counts = dict(self.env[model]._read_group([(path, 'in', self.ids), *domain], [path], [aggregate]))
        for cohort in self:
            cohort[name] = counts.get(cohort._origin, 0)

    @api.model
    def _get_document_models(self):
        """The models whose documents belong to cohorts, and the field that says to which."""
        carriers = self.env.registry.descendants(['coop.cohort.mixin'], '_inherit')
        return {
            **{model: 'cohort_id' for model in sorted(carriers) if not self.env[model]._abstract},
            'account.move': 'cohort_ids',
        }

    def _get_document_labels(self):
        """What this cohort has, in words: “quotations and orders: 3”. Its own empty project is not a document."""
        self.ensure_one()
        # What a technical name would not tell who reads it.
        words = {
            'account.analytic.line': self.env._("hours"),
            'account.move': self.env._("invoices and bills"),
            'account.payment': self.env._("payments"),
            'calendar.event': self.env._("appointments"),
            'coop.membership': self.env._("members"),
            'coop.register.entry': self.env._("entries of the register"),
            'crm.lead': self.env._("leads"),
            'hr.applicant': self.env._("applications"),
            'project.project': self.env._("projects"),
            'project.task': self.env._("interventions"),
            'purchase.order': self.env._("purchases"),
            'sale.order': self.env._("quotations and orders"),
        }
        labels = []

        def add(model, count):
            if count:
                labels.append(self.env._(
                    "%(documents)s: %(count)s", documents=words.get(model) or self.env['ir.model']._get(model).name,
                    count=count))

        for model, path in self._get_document_models().items():
            own_project = self.sudo().project_id.ids if model == 'project.project' else []
            # The other analytic lines are those of invoices and bills, and other entries those of payments.
            counted = {
                'account.analytic.line': [('project_id', '!=', False)],
                'account.move': [('origin_payment_id', '=', False)],
            }.get(model, [])
            # sudo: what the user can't see keeps the cohort from being deleted all the same; only
            # numbers come out.
            add(model, self.env[model].sudo().with_context(active_test=False).search_count(
                [(path, 'in', self.ids), ('id', 'not in', own_project), *counted]))
        # sudo: as above.
        add('coop.register.entry', self.env['coop.register.entry'].sudo().search_count([('cohort_id', 'in', self.ids)]))
        add('coop.membership', len(self.with_context(active_test=False).membership_ids))
        return labels

    # ------------------------------------------------------------
    # The way to the documents. Each opens a standard screen: who may not read it gets its refusal.
    # ------------------------------------------------------------

    def _open_documents(self, counter, xmlid, **context):
        """A standard screen on what a counter counts.

        :param str counter: the field that counts, whose label names the screen
        :param str xmlid: the standard action
        :param context: what a document made there gets, and more for the screen
        """
        self.ensure_one()
        self.check_access('read')
        _model, domain, path, _aggregate = self._get_counted_documents()[counter]
        if path == 'cohort_id':
            context['default_cohort_id'] = self.id
        return {
            **self.env['ir.actions.act_window']._for_xml_id(xmlid),
            'name': self._fields[counter].get_description(self.env)['string'],
            'domain': [(path, 'in', self.ids), *domain],
            'context': {'create': self.state != 'closed', **context},
        }

    def action_view_applicants(self):
        """Open the applications for this cohort."""
        return self._open_documents(
            'applicant_count', 'hr_recruitment.crm_case_categ0_act_job', default_job_id=self.job_id.id)

    def action_view_memberships(self):
        """Open the members of this cohort."""
        return self._open_documents('membership_count', 'inocoop_coop.coop_membership_action')

    def action_view_committees(self):
        """Open the bodies of this cohort."""
        return self._open_documents('committee_count', 'inocoop_coop.coop_committee_action')

    def action_view_events(self):
        """Open the meetings and appointments of this cohort."""
        return self._open_documents('event_count', 'inocoop_coop.calendar_event_action')

    def action_view_leads(self):
        """Open the pipeline of this cohort."""
        # sudo: the number of the cohort's own team, as the default of what is made there. So below.
        return self._open_documents(
            'lead_count', 'inocoop_coop.crm_lead_action', default_type='opportunity', default_team_id=self.sudo().team_id.id)

    def action_view_orders(self):
        """Open the quotations and orders of this cohort."""
        return self._open_documents(
            'order_count', 'inocoop_coop.sale_order_action', default_team_id=self.sudo().team_id.id)

    def action_view_tasks(self):
        """Open the interventions of this cohort."""
        return self._open_documents(
            'task_count', 'inocoop_coop.project_task_action', default_project_id=self.sudo().project_id.id)

    def action_view_timesheets(self):
        """Open the hours of this cohort."""
        return self._open_documents(
            'timesheet_hours', 'inocoop_coop.account_analytic_line_action',
            default_project_id=self.sudo().project_id.id, is_timesheet=1)

    def action_view_purchases(self):
        """Open the purchase orders of this cohort."""
        return self._open_documents('purchase_count', 'inocoop_coop.purchase_order_action')

    def action_view_invoices(self):
        """Open the customer invoices of this cohort."""
        return self._open_documents(
            'invoice_count', 'inocoop_coop.account_move_invoice_action',
            default_move_type='out_invoice', coop_cohort_id=self.id)

    def action_view_bills(self):
        """Open the supplier bills of this cohort, those shared with another cohort included."""
        return self._open_documents(
            'bill_count', 'inocoop_coop.account_move_bill_action',
            default_move_type='in_invoice', coop_cohort_id=self.id)

    def action_view_payments(self):
        """Open the payments of this cohort."""
        return self._open_documents('payment_count', 'inocoop_coop.account_payment_action')
