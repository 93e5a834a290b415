import base64
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..tools import clock, guard, language
from ..tools import signature as signatures
from ..tools.dialog import open_dialog

_logger = logging.getLogger(__name__)

WORK_SHEET = 'inocoop_coop.coop_work_sheet_report_document'
INVOICING = 'account.group_account_invoice'
SIGNED = frozenset({'coop_signature', 'coop_signed_by', 'coop_signed_on', 'coop_signed_with_id', 'coop_signed_sheet'})
# What stands on the sheet that the customer signed.
ON_THE_SHEET = frozenset({
    'name', 'description', 'project_id', 'cohort_id', 'partner_id', 'sale_line_id', 'coop_place', 'coop_material_note',
    'coop_photo_ids', 'planned_date_start', 'planned_date_end', 'user_ids', 'state', 'active'})


class ProjectTask(models.Model):
    """The work sheet: what the customer signs when the work is done.

    ::

        planned ──the customer signs──> done and signed ──whoever invoices──> invoiced

    Signing closes the intervention, says that what was sold at a fixed price is delivered, and asks
    who invoices in the cohort to do so. From then on the signature and what stands above it are kept
    as they are: the sheet that was signed is the one that is printed, whatever is written later.
    """
    _name = 'project.task'
    _inherit = ['coop.guarded.mixin', 'project.task']

    # The state of a task is Odoo's own and changes by hand, until the customer has signed.
    _guarded_fields = SIGNED

    # Not as an attachment, which whoever writes the task could change by itself.
    coop_signature = fields.Binary("Customer's Signature", attachment=False, readonly=True, copy=False)
    coop_signed_by = fields.Char("Signed by", readonly=True, copy=False, help="Who signed for the customer.")
    coop_signed_on = fields.Datetime("Signed on", readonly=True, copy=False)
    coop_signed_with_id = fields.Many2one(
        'res.users', string="In Presence of", readonly=True, copy=False, ondelete='set null',
        help="Whose phone the customer signed on.")
    coop_signed_sheet = fields.Binary(
        "Signed Work Sheet", attachment=False, readonly=True, copy=False, help="As it was when the customer signed.")
    coop_photo_ids = fields.Many2many(
        'ir.attachment', 'coop_task_photo_rel', 'task_id', 'attachment_id', string="Photos", copy=False,
        help="Before, during and after: what the customer and the insurance may ask to see.")
    coop_to_invoice = fields.Boolean("To Invoice", compute='_compute_coop_to_invoice', groups=INVOICING)

    @api.depends('coop_signed_on', 'sale_order_id.invoice_status')
    def _compute_coop_to_invoice(self):
        for task in self:
            # sudo: whether there is something to invoice, for who may invoice.
            task.coop_to_invoice = bool(task.coop_signed_on) and task.sudo().sale_order_id.invoice_status == 'to invoice'

    # ------------------------------------------------------------
    # What was signed stays
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._claim_photos()
        return tasks

    def write(self, vals):
        if not guard.is_sealed(self) and ON_THE_SHEET & vals.keys():
            self._check_not_signed(vals)
        result = super().write(vals)
        if 'coop_photo_ids' in vals:
            self._claim_photos()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        for task in self:
            if task.coop_signed_on:
                raise UserError(self.env._("“%s” was signed by the customer: it stays.", task.name))

    def _check_not_signed(self, vals):
        for task in self:
            if not task.coop_signed_on:
                continue
            changed = [
                name for name in sorted(ON_THE_SHEET & vals.keys())
                if self._fields[name].type in ('one2many', 'many2many') or not task._is_the_same(name, vals[name])]
            if changed:
                raise UserError(self.env._(
                    "“%(task)s” was signed by %(person)s: “%(fields)s” stay as they were signed. Write what came after as "
                    "a message, or make another intervention.",
                    task=task.name, person=task.coop_signed_by,
                    fields=", ".join(self._fields[name].get_description(self.env)['string'] for name in changed)))

    def _is_the_same(self, name, value):
        field = self._fields[name]
        return field.convert_to_cache(value, self) == field.convert_to_cache(self[name], self)

    def _claim_photos(self):
        """The photos belong to their intervention, and can be read by who reads it, and by nobody else."""
        for task in self:
            # sudo: what an attachment is attached to, whoever may read it.
            for photo in task.coop_photo_ids.sudo():
                if not (photo.mimetype or '').startswith('image/') or photo.res_field:
                    raise UserError(self.env._("“%s” is no picture: add it as an attachment below instead.", photo.name))
                if (photo.res_model, photo.res_id) == (self._name, task.id):
                    continue
                if photo.res_id or photo.res_model not in (False, self._name) or photo.create_uid != self.env.user:
                    raise UserError(self.env._("“%s” belongs to another document: take the photo again here.", photo.name))
                photo.write({'res_model': self._name, 'res_id': task.id})

    # ------------------------------------------------------------
    # The customer signs
    # ------------------------------------------------------------

    def action_ask_signature(self):
        """Open the dialog in which the customer signs.

        :raise UserError: when there is nothing to sign: it was signed, or it is cancelled
        """
        self.ensure_one()
        self._check_signable()
        return open_dialog('coop.task.signature', self.env._("Signature of the Customer"), task_id=self.id)

    def _check_signable(self):
        self.check_access('write')
        if not self.cohort_id:
            raise UserError(self.env._("“%s” belongs to no cohort: only an intervention is signed.", self.name))
        if self.coop_signed_on:
            raise UserError(self.env._(
                "“%(task)s” is signed already, by %(person)s.", task=self.name, person=self.coop_signed_by))
        if self.state == '1_canceled' or self.is_template:
            raise UserError(self.env._("“%s” is not to be done: there is nothing to sign.", self.name))

    def _sign_work(self, person, signature):
        """Take the customer's signature, close the intervention and ask for the invoice.

        :param str person: who signs, for the customer
        :param signature: a picture in base64, as the signature widget makes it
        :raise UserError: when it can't be signed, or when that is no signature
        """
        self.ensure_one()
        self.check_access('write')
        self.lock_for_update()
        self._check_signable()
        person = person.strip() if isinstance(person, str) else ""
        if not person:
            raise UserError(self.env._("Write the name of who signs."))
        signatures.check(self, signature)
        done = {'state': '1_done'}
        # A cohort's stages end with a folded one for what is done, and one for what is cancelled.
        stage = self.project_id.type_ids.filtered('fold').sorted()[:1]
        if stage:
            done['stage_id'] = stage.id
        guard.sealed(self).write({
            **done, 'coop_signature': signature, 'coop_signed_by': person, 'coop_signed_on': clock.now(self.env),
            'coop_signed_with_id': self.env.uid})
        self._keep_signed_sheet()
        self.message_post(body=self.env._("Signed by %s: the work is done.", person))
        self._deliver_work()
        self._propose_invoice()

    def _keep_signed_sheet(self):
        """Keep the sheet as the customer sees it now."""
        try:
            content, kind = self.env['ir.actions.report']._render_qweb_pdf(WORK_SHEET, self.ids)
        except UserError:
            # A customer is not asked to come back because nothing prints here. The sheet is then made when it is asked for.
            _logger.warning("The signed work sheet of task %s could not be printed.", self.id, exc_info=True)
            return
        if kind == 'pdf':
            guard.sealed(self).coop_signed_sheet = base64.b64encode(content)

    def _get_signed_sheets(self):
        """The sheets that were kept: ``{number of the task: PDF}``."""
        self.check_access('read')
        tasks = self.with_context(bin_size=False)
        return {task.id: base64.b64decode(task.coop_signed_sheet) for task in tasks if task.coop_signed_sheet}

    # ------------------------------------------------------------
    # And it is invoiced
    # ------------------------------------------------------------

    def _deliver_work(self):
        """What was sold at a fixed price is delivered once all that was to be done for it is done.

        What is invoiced by the hours worked counts them by itself, and what was ordered in advance asks
        for nothing.
        """
        # sudo: who works does not sell; no more than the delivered quantity of the line they carried out is written,
        # and no more than what was ordered.
        line = self.sale_line_id.sudo()
        if line.state != 'sale' or line.qty_delivered_method != 'manual':
            return
        tasks = self.sudo().search([('sale_line_id', '=', line.id), ('is_template', '=', False)])
        if all(task.is_closed for task in tasks) and line.qty_delivered < line.product_uom_qty:
            line.qty_delivered = line.product_uom_qty

    def _propose_invoice(self):
        order = self.sudo().sale_order_id  # sudo: whether there is an order at all, and its number
        if not order:
            return
        for user in self._get_invoicers():
            # sudo: it is said to who invoices, whoever had it signed.
            self.sudo().activity_schedule(
                'inocoop_coop.mail_activity_type_invoice', user_id=user.id, date_deadline=clock.today(self),
                summary=self.env._("Invoice %s", order.name),
                note=self.env._("“%(task)s” was signed by %(person)s.", task=self.name, person=self.coop_signed_by))

    def _get_invoicers(self):
        """Who invoices in the cohort: its treasurers, or else a body that keeps the books, or else the facilitator."""
        # sudo: the mandates of the cohort whose work it is; only users come out.
        cohort = self.cohort_id.sudo()
        mandates = cohort.mandate_ids.filtered(lambda mandate: mandate.is_current and mandate.membership_id.user_id.active)
        keepers = mandates.filtered(lambda mandate: mandate.membership_id.user_id.has_group(INVOICING))
        treasurers = keepers.filtered(lambda mandate: mandate.role == 'treasurer')
        return (treasurers or keepers).membership_id.user_id or cohort.facilitator_id

    def action_invoice_work(self):
        """Make the draft invoice of the order, or open it; the activity that asked for it is done.

        :raise UserError: when there is nothing to invoice
        """
        self.ensure_one()
        self.check_access('read')
        if not self.env.user.has_group(INVOICING):
            raise UserError(self.env._("Ask who invoices in your cohort: you can't make an invoice."))
        order = self.sale_order_id
        order.check_access('read')
        if not order or order.invoice_status != 'to invoice':
            raise UserError(self.env._(
                "There is nothing to invoice for “%s” yet. Are its hours written, and is its order confirmed?", self.name))
        invoices = order._create_invoices(final=True)
        # sudo: it was asked of everyone who invoices, and one of them has done it.
        self.sudo().activity_feedback(['inocoop_coop.mail_activity_type_invoice'])
        return order.action_view_invoice(invoices)

    # ------------------------------------------------------------
    # On paper
    # ------------------------------------------------------------

    def _get_sheet_lang(self):
        """The customer's language, when it is installed; or else the reader's."""
        self.ensure_one()
        return language.choose(self.env, self.sudo().partner_id.lang)  # sudo: no more than a language

    def _get_sheet_name(self):
        return self.env._("Work sheet - %s", self.name)

    def _get_sheet_lines(self):
        """What was ordered and is done here: a name and a quantity, without prices."""
        # sudo: what was sold, for those who do it; no price comes out.
        order = self.sudo().sale_order_id
        lines = self.sudo().sale_line_id | order.order_line.filtered(lambda line: line.task_id == self)
        return [{
            'name': line.name, 'quantity': line.product_uom_qty, 'unit': line.product_uom_id.name,
            'safety': line.product_id.coop_safety_note,
        } for line in lines]

    def _get_sheet_hours(self):
        """The hours written on it that the reader may read; those of follow-up never stand on a customer's paper."""
        hours = self.env['account.analytic.line'].search(
            Domain('task_id', '=', self.id) & self._get_sheet_hours_domain(), order='date, employee_id, id')
        # sudo: the name of who wrote them.
        return [{'date': line.date, 'person': line.sudo().employee_id.name, 'hours': line.unit_amount} for line in hours]

    @api.model
    def _get_sheet_hours_domain(self):
        return ~Domain('coop_kind_id.is_confidential', '=', True)

    def _format_sheet_moment(self, moment):
        return format_datetime(self.env, moment, tz=self._get_zone(), dt_format='short') if moment else ""
