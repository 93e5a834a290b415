from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..tools import clock
from .coop_committee import COMMITTEE_KINDS

# The access that a mandate may give: to work in an app, never to administer or configure one.
GRANTABLE_GROUPS = (
    'sales_team.group_sale_salesman',
    'sales_team.group_sale_salesman_all_leads',
    'account.group_account_invoice',
    'purchase.group_purchase_user',
    'hr_recruitment.group_hr_recruitment_interviewer',
    'hr_recruitment.group_hr_recruitment_user',
    'hr_timesheet.group_hr_timesheet_approver',
)
ADMINISTRATION_GROUPS = ('base.group_system', 'base.group_erp_manager')


class CoopCommitteeTemplate(models.Model):
    """A body that every cohort of a programme starts with.

    It also says which doors a mandate there opens: a deliberative mandate of a confined member gives
    the access groups of its body's template for its term, and takes them back. See
    ``coop_access_grant.py``.
    """
    _name = 'coop.committee.template'
    _description = "Body Template"
    _inherit = ['coop.access.source.mixin']
    _order = 'sequence, id'

    _access_fields = frozenset({'access_group_ids'})

    name = fields.Char(required=True, translate=True)
    program_id = fields.Many2one('coop.program', string="Programme", required=True, index=True, ondelete='cascade')
    sequence = fields.Integer(default=10)
    kind = fields.Selection(COMMITTEE_KINDS, required=True, default='committee')
    purpose = fields.Text(translate=True, help="What this body is there for, in the words of the members.")
    validates_hours = fields.Boolean(
        help="Whoever has a deliberative voice here validates the hours of the others, and lets them sign their attendance.")
    access_group_ids = fields.Many2many(
        'res.groups', 'coop_committee_template_access_rel', 'template_id', 'group_id', string="Access It Gives",
        domain="[('id', 'in', grantable_group_ids)]",
        help="What a member may do in Odoo's apps while they hold a mandate on this body, inside their own cohort. It "
             "is given on the first day of the mandate and taken back after the last. Only a deliberative voice gives it.")

    # Not the domain of the field itself: reading would hide what should not be there.
    grantable_group_ids = fields.Many2many(
        'res.groups', compute='_compute_grantable_group_ids', export_string_translation=False)

    def _compute_grantable_group_ids(self):
        self.grantable_group_ids = self._get_grantable_groups()

    @api.constrains('access_group_ids')
    def _check_access_groups(self):
        allowed = self._get_grantable_groups()
        for template in self:
            for group in template.access_group_ids:
                if group not in allowed:
                    raise ValidationError(self.env._(
                        "“%(group)s” is not an access that a mandate can give. Choose among these: %(allowed)s.",
                        group=group.full_name, allowed=", ".join(allowed.mapped('full_name'))))
                excess = self._get_excess_groups(group)
                if excess:
                    raise ValidationError(self.env._(
                        "“%(group)s” now comes with “%(excess)s”, which no mandate gives: it would open more than the "
                        "work of a member. Take it off “%(body)s”, or ask an administrator to separate the two.",
                        group=group.full_name, excess=", ".join(excess.mapped('full_name')), body=template.name))

    # ------------------------------------------------------------
    # Which access can be given
    # ------------------------------------------------------------

    @api.model
    def _get_grantable_groups(self):
        """The groups that a template may name. Another addon adds those of its app.

        :return: groups, of which none may administer anything: see ``_get_excess_groups``
        """
        find = self.env['ir.model.data']._xmlid_to_res_id
        return self.env['res.groups'].browse(filter(None, map(find, GRANTABLE_GROUPS)))

    @api.model
    def _get_excess_groups(self, group):
        """What a group has come to imply that no mandate may give.

        An administrator can make any group imply any other. Refused are administration and
        settings, the administrator of an app (by Odoo's convention its name ends with "_manager"),
        and the roles of the cooperative other than a member's.
        """
        implied = group.sudo().all_implied_ids
        member = self.env.ref('inocoop_coop.group_member').sudo().all_implied_ids
        xmlids = (implied - member)._get_external_ids()
        return implied.browse([
            group_id for group_id, names in xmlids.items()
            if any(name in ADMINISTRATION_GROUPS or name.endswith('_manager') or name.startswith('inocoop_coop.')
                   for name in names)
        ])

    @api.model
    def _get_safe_groups(self):
        """What is really given: a group that became too powerful since it was chosen gives nothing."""
        return self.env['res.groups'].browse(self._get_safe_group_ids())

    @api.model
    @tools.ormcache(cache='groups')
    def _get_safe_group_ids(self):
        return tuple(group.id for group in self._get_grantable_groups() if not self._get_excess_groups(group))

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _prepare_committee_vals(self, cohort):
        self.ensure_one()
        return {
            'name': self.name,
            'kind': self.kind,
            'purpose': self.purpose,
            'sequence': self.sequence,
            'cohort_id': cohort.id,
            'template_id': self.id,
        }

    def _get_access_users(self):
        # Mandates that are over give nothing that a change could spread to.
        return self.env['coop.mandate'].sudo().search([
            ('committee_id.template_id', 'in', self.ids), ('date_to', '>=', clock.today(self) - timedelta(days=1)),
        ]).membership_id.user_id
