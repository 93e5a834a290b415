from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import guard

COMMITTEE_KINDS = [
    ('assembly', "Assembly"),
    ('board', "Board"),
    ('committee', "Committee"),
    ('steering', "Steering Body"),
]


class CoopCommittee(models.Model):
    """A body of a cohort, in which people sit by mandates and decide together.

    The assembly is all the members; the steering body is the carriers and funders, who choose the
    first members; the board and the committees share out the running of the cooperative.
    """
    _name = 'coop.committee'
    _description = "Body"
    _inherit = ['coop.access.source.mixin', 'mail.thread', 'mail.activity.mixin']
    _order = 'cohort_id desc, sequence, id'
    _check_company_auto = True

    _access_fields = frozenset({'active', 'cohort_id', 'template_id'})

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    kind = fields.Selection(COMMITTEE_KINDS, required=True, default='committee', tracking=True)
    cohort_id = fields.Many2one(
        'coop.cohort', required=True, index=True, ondelete='restrict')
    company_id = fields.Many2one(related='cohort_id.company_id', store=True, index=True)
    cohort_state = fields.Selection(related='cohort_id.state', string="State of the Cohort")
    template_id = fields.Many2one(
        'coop.committee.template', readonly=True, copy=False, index='btree_not_null', ondelete='set null')
    purpose = fields.Text()
    validates_hours = fields.Boolean(
        compute='_compute_validates_hours', store=True, readonly=False, precompute=True,
        help="Whoever has a deliberative voice here validates the hours of the others, and lets them sign their attendance.")
    access_names = fields.Char(
        "Gives Access To", compute='_compute_access_names', compute_sudo=True,
        help="The apps in which a member with a deliberative mandate here may work, inside their own cohort.")

    mandate_ids = fields.One2many('coop.mandate', 'committee_id', string="Mandates")
    current_mandate_ids = fields.One2many(
        'coop.mandate', string="Who Sits Here", compute='_compute_current_mandates')
    current_partner_ids = fields.Many2many('res.partner', string="People", compute='_compute_current_mandates')
    chair_id = fields.Many2one('res.partner', compute='_compute_current_mandates')
    current_mandate_count = fields.Integer("Seats Taken", compute='_compute_current_mandates')

    _template_unique = models.UniqueIndex(
        '(cohort_id, template_id) WHERE template_id IS NOT NULL', "This cohort already has this body.")

    @api.depends('template_id.validates_hours')
    def _compute_validates_hours(self):
        for committee in self:
            # sudo: what the programme says of this body, for a stored field.
            committee.validates_hours = committee.sudo().template_id.validates_hours or committee.validates_hours

    @api.depends('template_id.access_group_ids')
    @api.depends_context('lang')
    def _compute_access_names(self):
        # The apps, and not the degrees of access that an administrator tells apart.
        for committee in self:
            apps = committee.template_id.access_group_ids.privilege_id.sorted('sequence')
            committee.access_names = ", ".join(apps.mapped('name'))

    @api.depends(
        'mandate_ids.date_from', 'mandate_ids.date_to', 'mandate_ids.is_ended', 'mandate_ids.role', 'mandate_ids.partner_id')
    def _compute_current_mandates(self):
        for committee in self:
            current = committee.mandate_ids.filtered('is_current')
            committee.current_mandate_ids = current
            committee.current_partner_ids = current.partner_id
            committee.current_mandate_count = len(current)
            committee.chair_id = current.filtered(lambda mandate: mandate.role == 'chair').partner_id[:1]

    @api.constrains('template_id')
    def _check_template_is_given_by_the_programme(self):
        # A body's template says what its mandates give access to. (Constraints run with all rights; who asks is the user.)
        if self.template_id and self.env.user.is_coop_scoped and not guard.is_sealed(self):
            raise AccessError(self.env._("A body comes from its programme: only a programme manager can change from which."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_mandates(self):
        for committee in self:
            if committee.with_context(active_test=False).mandate_ids:
                raise UserError(self.env._(
                    "People have sat in “%s”: it can't be deleted. Archive it instead.", committee.name))

    def _get_access_users(self):
        # sudo: see coop.access.grant.
        return self.sudo().mandate_ids.membership_id.user_id

    def action_view_mandates(self):
        """Open the mandates of this body, past and to come."""
        self.ensure_one()
        return {
            **self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_mandate_action'),
            'domain': [('committee_id', '=', self.id)],
            'context': {'default_committee_id': self.id},
        }
