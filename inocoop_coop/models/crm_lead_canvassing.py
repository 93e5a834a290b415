from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import escape_psql

from ..rules import place

TERRITORY_STATES = [
    (place.INSIDE, "On the Territory"),
    (place.OUTSIDE, "Outside the Territory"),
    (place.UNKNOWN, "To Be Checked"),
]


class CrmLead(models.Model):
    """A door that was knocked on: who, what service, where, and who of the group knocked.

    What happens next is in ``crm_lead_next_action.py``, the pipeline in ``crm_lead_pipeline.py``.
    """
    _name = 'crm.lead'
    _inherit = ['coop.guarded.mixin', 'crm.lead']

    # Each lead is one contact, or the figures would be whatever somebody writes.
    _guarded_fields = frozenset({'coop_contact_count'})

    coop_service_id = fields.Many2one(
        'product.template', string="Service", index='btree_not_null', check_company=True, tracking=True,
        domain=lambda self: self.env['product.template']._get_catalogue_domain(),
        help="What they asked for. It is the first line of the quotation.")
    coop_canvasser_id = fields.Many2one(
        'coop.membership', string="Canvassed By", compute='_compute_coop_canvasser_id', store=True, readonly=False,
        precompute=True, index='btree_not_null', check_company=True, tracking=True, domain="[('cohort_id', '=', cohort_id)]",
        help="Who of the group met them.")
    coop_where = fields.Char(
        "Where", compute='_compute_coop_where', inverse='_inverse_coop_where',
        help="As one says it: “12 rue Foch, 62700 Bruay”, or the name of the town alone.")

    # What to mind
    coop_territory_state = fields.Selection(
        TERRITORY_STATES, "Territory", compute='_compute_coop_territory', compute_sudo=True)
    coop_territory_text = fields.Char(
        "About the Territory", compute='_compute_coop_territory', compute_sudo=True, export_string_translation=False)
    coop_is_uninsured = fields.Boolean("Not Insured", compute='_compute_coop_insurance')
    coop_insurance_text = fields.Text("About the Insurance", compute='_compute_coop_insurance')

    # Figures: a contact is a door, a lead is someone who is interested.
    coop_contact_count = fields.Integer("Contacts Made", default=1, readonly=True, copy=False)
    coop_lead_count = fields.Integer("Leads", compute='_compute_coop_lead_count', store=True)
    coop_won_count = fields.Integer("Leads Won", compute='_compute_coop_won_count', store=True)

    # ------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------

    @api.depends('partner_id', 'contact_name', 'partner_name', 'coop_service_id')
    def _compute_name(self):  # pylint: disable=missing-return
        super()._compute_name()
        for lead in self:
            if not lead.name:
                lead.name = self._name_contact(lead.contact_name or lead.partner_name, lead.coop_service_id)

    @api.depends('cohort_id')
    def _compute_coop_canvasser_id(self):
        # sudo: one's own participations, for who may not open any.
        own = {member.cohort_id: member for member in self.env['coop.membership'].sudo().search_fetch(
            [('user_id', '=', self.env.uid), ('state', '=', 'active')], ['cohort_id'])}
        for lead in self:
            if lead.coop_canvasser_id.sudo().cohort_id != lead.cohort_id or not lead.coop_canvasser_id:
                lead.coop_canvasser_id = own.get(lead.cohort_id.sudo()._origin)

    @api.depends('street', 'zip', 'city')
    def _compute_coop_where(self):
        for lead in self:
            town = " ".join(filter(None, (lead.zip, lead.city)))
            lead.coop_where = ", ".join(filter(None, (lead.street, town)))

    def _inverse_coop_where(self):
        for lead in self:
            address = place.parse(lead.coop_where)
            lead.write({'street': address.street, 'zip': address.postcode, 'city': address.city})

    @api.depends('zip', 'city', 'country_id', 'cohort_id.program_id.territory_id.municipality_ids.name',
                 'cohort_id.program_id.territory_id.municipality_ids.postcodes')
    @api.depends_context('lang')
    def _compute_coop_territory(self):
        # All that is read here with all rights is public: towns and their postcodes.
        known = self._find_municipalities()
        for lead in self:
            territory = lead.cohort_id.program_id.territory_id
            if not territory:
                lead.coop_territory_state = lead.coop_territory_text = False
                continue
            inside = territory.municipality_ids
            if lead.country_id and lead.country_id.code != 'FR':
                state, reason = place.OUTSIDE, 'abroad'
            else:
                state, reason = place.locate(
                    lead.zip, lead.city, *([municipality._as_place() for municipality in group] for group in (
                        inside, known - inside)))
            lead.coop_territory_state = state
            lead.coop_territory_text = lead._explain_territory(reason, territory)

    def _find_municipalities(self):
        """The municipalities that have one of these names or postcodes: one query."""
        domains = [
            *(Domain('postcodes', 'like', code) for code in {lead.zip for lead in self if lead.zip and len(lead.zip) >= 5}),
            *(Domain('name', '=ilike', escape_psql(name)) for name in {
                lead.city for lead in self if lead.city})]
        municipalities = self.env['coop.municipality']
        return municipalities.search_fetch(Domain.OR(domains), ['name', 'postcodes']) if domains else municipalities

    def _explain_territory(self, reason, territory):
        """The sentence for a reason of ``rules/place.py``."""
        values = {'territory': territory.name, 'city': self.city or "", 'postcode': self.zip or ""}
        return {
            'named': "",
            'postcode': "",
            'abroad': "",
            'shared': self.env._("%(postcode)s covers towns on “%(territory)s” and others: which town is it?", **values),
            'namesake': self.env._("There are several “%(city)s”, one on “%(territory)s”: what is the postcode?", **values),
            'contradiction': self.env._("“%(city)s” is on “%(territory)s”, and %(postcode)s is not its code: check.", **values),
            'unnamed': self.env._("%(postcode)s is on “%(territory)s”, and “%(city)s” is not a town there: check it.", **values),
            'unheard': self.env._("Nobody knows where “%(city)s” is: add the postcode.", city=self.city or self.zip),
            'nowhere': self.env._("Where is it? Nothing is said yet."),
        }[reason]

    @api.depends('coop_service_id', 'cohort_id')
    def _compute_coop_insurance(self):
        for lead in self:
            services = lead.coop_service_id if lead.cohort_id else self.env['product.template']
            lead.coop_is_uninsured = bool(services) and not services.coop_is_insured
            lead.coop_insurance_text = services._explain_insurance()

    @api.depends('stage_id')
    def _compute_coop_lead_count(self):
        for lead in self:
            # Who was interested once stays a lead, whatever came of it.
            lead.coop_lead_count = max(lead.coop_lead_count, int(not lead.stage_id.coop_is_contact))

    @api.depends('won_status')
    def _compute_coop_won_count(self):
        for lead in self:
            lead.coop_won_count = int(lead.won_status == 'won')

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains('coop_canvasser_id', 'cohort_id')
    def _check_coop_canvasser_of_cohort(self):
        for lead in self:
            if lead.coop_canvasser_id and lead.coop_canvasser_id.cohort_id != lead.cohort_id:
                raise ValidationError(self.env._(
                    "“%s” was canvassed by someone of another cohort: choose a member of its own.", lead.name))

    @api.constrains('coop_service_id')
    def _check_coop_service_in_catalogue(self):
        for lead in self:
            if lead.coop_service_id and (lead.coop_service_id.type != 'service' or not lead.coop_service_id.sale_ok):
                raise ValidationError(self.env._(
                    "“%s” is not a service that is sold: choose one of the catalogue.", lead.coop_service_id.name))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # A name is asked for before anything is computed.
            who = vals.get('contact_name') or vals.get('partner_name')
            if not vals.get('name') and who:
                vals['name'] = self._name_contact(who, self.env['product.template'].browse(vals.get('coop_service_id') or []))
        return super().create(vals_list)

    def write(self, vals):
        if 'coop_canvasser_id' in vals:
            self._check_canvasser_stays(vals['coop_canvasser_id'])
        return super().write(vals)

    def _check_canvasser_stays(self, canvasser_id):
        """A member gives a contact of their own to somebody else, and takes nobody's."""
        if not self.env.user.has_group('inocoop_coop.group_confined'):
            return
        # sudo: who met them, whom everyone who reads the lead may know.
        for member in self.sudo().coop_canvasser_id:
            if member.id != canvasser_id and member.user_id != self.env.user:
                raise AccessError(self.env._("%s met them: ask your facilitator if that is wrong.", member.name))

    @api.onchange('coop_where')
    def _onchange_coop_where(self):
        # What it says of the territory shows before it is saved.
        self._inverse_coop_where()

    @api.model
    def _name_contact(self, who, service):
        return ", ".join(filter(None, (service.name, who)))

    # ------------------------------------------------------------
    # The quotation
    # ------------------------------------------------------------

    def _prepare_opportunity_quotation_context(self):
        context = super()._prepare_opportunity_quotation_context()
        product = self.coop_service_id.product_variant_id
        if self.cohort_id and product:
            context['default_order_line'] = [
                # What a default does not say is 0 in the form, and not what a line would start with.
                Command.create({'product_id': product.id, 'product_uom_qty': 1})]
        return context
