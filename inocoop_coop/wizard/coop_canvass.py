from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.dialog import open_dialog


class CoopCanvass(models.TransientModel):
    """Knock on a door: who, what service, where.

    Every active member canvasses, also who has no access to the pipeline: what they note becomes a
    lead of their own cohort, and is theirs in the figures.
    """
    _name = 'coop.canvass'
    _description = "Knock on a Door"

    cohort_id = fields.Many2one(
        'coop.cohort', required=True, default=lambda self: self._default_cohort_id(),
        domain="[('state', 'in', ('recruiting', 'running'))]")
    company_id = fields.Many2one(related='cohort_id.company_id')
    membership_id = fields.Many2one(
        'coop.membership', string="Canvassed By", compute='_compute_membership_id', store=True, readonly=False,
        domain="[('cohort_id', '=', cohort_id), ('state', '=', 'active')]")
    who = fields.Char(required=True)
    service_id = fields.Many2one(
        'product.template',
        domain=lambda self: [
            *self.env['product.template']._get_catalogue_domain(), ('company_id', 'in', [False, *self.env.companies.ids])])
    where = fields.Char()
    phone = fields.Char()
    note = fields.Text()
    can_open = fields.Boolean(compute='_compute_can_open')

    def _default_cohort_id(self):
        cohorts = self.env['coop.cohort'].search([('state', 'in', ('recruiting', 'running'))])
        # Who was in an earlier cohort canvasses for the one they are in.
        return self.env['coop.membership']._get_own_cohort() or (cohorts if len(cohorts) == 1 else False)

    @api.depends('cohort_id')
    def _compute_membership_id(self):
        for canvass in self:
            canvass.membership_id = self.env['coop.membership'].search([
                ('cohort_id', '=', canvass.cohort_id.id), ('user_id', '=', self.env.uid), ('state', '=', 'active')], limit=1)

    def _compute_can_open(self):
        self.can_open = self.env['crm.lead'].has_access('write')

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_note(self):
        """Note the contact, and offer the next door."""
        self.ensure_one()
        lead = self._make_lead()
        return {
            'type': 'ir.actions.client',
            'tag': 'display_notification',
            'params': {
                'type': 'success',
                'message': self.env._("Noted: %s. On to the next door!", lead.sudo().name),
                'next': {
                    **open_dialog(self._name, self.env._("Knock on a Door"), service_id=self.service_id.id),
                    'views': [(False, 'form')],
                },
            },
        }

    def action_note_and_open(self):
        """Note the contact and open it, to say more or to quote at once.

        :raise AccessError: when the user has no access to the pipeline
        """
        self.ensure_one()
        lead = self._make_lead()
        lead.sudo(False).check_access('read')
        return {
            'type': 'ir.actions.act_window', 'res_model': 'crm.lead', 'res_id': lead.id, 'views': [(False, 'form')],
        }

    def _make_lead(self):
        """The lead of what was noted.

        :raise UserError: when the name is missing, the service is not sold or the cohort does not work
        """
        who = (self.who or "").strip()
        if not who:
            raise UserError(self.env._("Who did you meet? Write a name, or the shop's."))
        cohort = self.cohort_id
        cohort.check_access('read')
        if cohort.state not in ('recruiting', 'running'):
            raise UserError(self.env._("“%s” does not work now: nobody canvasses for it.", cohort.name))
        service = self.service_id
        catalogue = [
            *service._get_catalogue_domain(), ('active', '=', True), ('company_id', 'in', (False, cohort.company_id.id))]
        if service and not service.filtered_domain(catalogue):
            raise UserError(self.env._(
                "“%(service)s” is not a service that “%(cohort)s” sells: choose one of the catalogue.",
                service=service.name, cohort=cohort.name))
        return self._get_leads().create({
            'type': 'opportunity',
            'cohort_id': cohort.id,
            'team_id': cohort.sudo().team_id.id,  # sudo: the number of the cohort's own team
            'user_id': self.env.uid if self.can_open else False,
            'contact_name': who,
            'coop_service_id': service.id,
            'coop_canvasser_id': self.membership_id.id,
            'coop_where': self.where,
            'phone': self.phone,
            'description': self.note,
            'source_id': self.env.ref('inocoop_coop.utm_source_door_to_door').id,
        })

    def _get_leads(self):
        """Leads as the user makes them; a member without the pipeline makes this one."""
        leads = self.env['crm.lead']
        if leads.has_access('create'):
            return leads
        member = self.membership_id
        if not member or member.user_id != self.env.user or not self.cohort_id._filter_written_by(self.env.user):
            raise AccessError(self.env._("Only active members canvass, each in their own name."))
        # sudo: a member notes a contact for their own cohort, in their own name, and reads nothing by it.
        return leads.sudo()
