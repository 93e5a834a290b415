from odoo import models


class CrmLead(models.Model):
    """A lead belongs to the cohort whose sales team it is in."""
    _name = 'crm.lead'
    _inherit = ['coop.team.document.mixin', 'crm.lead']

    _cohort_sources = ('team_id.cohort_ids',)
    _cohort_of_its_author = True
