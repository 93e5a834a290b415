from odoo import fields, models


class CrmLead(models.Model):
    """A lead belongs to the cohort whose sales team it is in."""
    _name = 'crm.lead'
    _inherit = ['coop.team.document.mixin', 'crm.lead']

    _cohort_sources = ('team_id.cohort_ids',)
    _cohort_of_its_author = True

    # Core looks for duplicates among everyone's leads.
    duplicate_lead_ids = fields.Many2many(compute_sudo=False)
    duplicate_lead_count = fields.Integer(compute_sudo=False)
