from odoo import api, fields, models

from ..tools import guard

TEAM = ('inocoop_coop.group_facilitator', 'inocoop_coop.group_psychologist')
# A programme manager and an accountant have all the cohorts of their companies.
OVERALL = ('inocoop_coop.group_manager', 'account.group_account_readonly', 'account.group_account_user')


class ResUsers(models.Model):
    """Who is scoped to cohorts; and who no longer is, or can't log in any more, keeps nothing of what mandates gave."""
    _inherit = 'res.users'

    # Read by the rules of ``security/confinement.py``, whose domains Odoo keeps until groups change.
    is_coop_scoped = fields.Boolean(
        "Scoped to Cohorts", compute='_compute_is_coop_scoped', export_string_translation=False)

    @api.depends('group_ids', 'all_group_ids')
    def _compute_is_coop_scoped(self):
        for user in self:
            user.is_coop_scoped = user.has_group('inocoop_coop.group_confined') or (
                any(user.has_group(group) for group in TEAM) and not any(user.has_group(group) for group in OVERALL))

    def _is_person(self, users, partners):
        """Whether this user is the person behind one of these logins or contacts: who has two is one person."""
        self.ensure_one()
        return self in users or self.partner_id in partners

    def write(self, vals):
        result = super().write(vals)
        # The comparison itself writes groups, sealed.
        if not guard.is_sealed(self) and not {'active', 'group_ids', 'tz'}.isdisjoint(vals):
            self.env['coop.access.grant']._sync_access(self)
        return result
