from odoo import models
from odoo.fields import Command


class CoopCohort(models.Model):
    """The cohort's pipeline: stages of its own, that it may rename without changing what others read."""
    _inherit = 'coop.cohort'

    def _provision(self):  # pylint: disable=missing-return
        super()._provision()
        for cohort in self:
            # sudo: see there; made with our own values, for the cohort's own team.
            cohort.sudo()._provision_lead_stages()

    def _get_lead_stage_templates(self):
        """What a pipeline starts with, in the language of the environment. Another addon adds its own."""
        return [
            {'name': self.env._("Contact made"), 'coop_is_contact': True},
            {'name': self.env._("Interested")},
            {'name': self.env._("Quotation sent")},
            {'name': self.env._("Won"), 'is_won': True},
        ]

    def _provision_lead_stages(self):
        self.ensure_one()
        stages = self.env['crm.stage']
        if stages.search_count([('team_ids', 'in', self.team_id.ids)], limit=1):
            return
        langs = {'en_US', *(lang for lang, _label in self.env['res.lang'].get_installed())}
        names = {lang: self.with_context(lang=lang)._get_lead_stage_templates() for lang in langs}
        for rank, values in enumerate(self._get_lead_stage_templates()):
            stage = stages.create({**values, 'sequence': rank + 1, 'team_ids': [Command.set(self.team_id.ids)]})
            stage.update_field_translations('name', {lang: names[lang][rank]['name'] for lang in langs})
