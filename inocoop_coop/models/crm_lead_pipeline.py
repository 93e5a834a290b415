from odoo import api, models


class CrmLead(models.Model):
    """A cohort's leads go through the stages of its own pipeline, and no others."""
    _inherit = 'crm.lead'

    @api.depends('team_id', 'type')
    def _compute_stage_id(self):  # pylint: disable=missing-return
        super()._compute_stage_id()
        for lead in self:
            # sudo: to which teams a stage is, whoever follows the lead.
            if lead.stage_id and lead.team_id.sudo().cohort_ids and lead.team_id not in lead.stage_id.sudo().team_ids:
                # What comes from another pipeline starts in this one, unless it was won.
                own = lead._find_own_stages([('is_won', '=', lead.stage_id.is_won)], limit=1)
                lead.stage_id = own or lead.stage_id

    def _stage_find(self, team_id=False, domain=None, order='sequence, id', limit=1):
        own = self._find_own_stages(domain, order=order, limit=limit, team_id=team_id)
        return own or super()._stage_find(team_id=team_id, domain=domain, order=order, limit=limit)

    def _find_own_stages(self, domain=None, order='sequence, id', limit=None, team_id=False):
        """The stages of the cohorts whose teams follow these leads.

        :param team_id: number of another team to ask for
        """
        teams = self.team_id | self.env['crm.team'].browse(team_id or [])
        # sudo: the team's number; the stages are read by their own rule.
        teams = teams.sudo().filtered('cohort_ids')
        if not teams:
            return self.env['crm.stage']
        return self.env['crm.stage'].search([('team_ids', 'in', teams.ids), *(domain or [])], order=order, limit=limit)

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Of a pipeline of cohorts, show the empty columns too where it is one cohort's."""
        team_id = self.env.context.get('default_team_id')
        if not team_id and not self.env.context.get('coop_pipeline'):
            return super()._read_group_stage_ids(stages, domain)
        if not team_id:
            cohorts = self.env['coop.cohort'].search([('state', 'in', ('recruiting', 'running'))], limit=2)
            # sudo: the number of the cohort's own team, which a member need not read.
            team_id = cohorts.sudo().team_id.id if len(cohorts) == 1 else False
        own = self._find_own_stages(team_id=team_id)
        if not own and not self.env.context.get('coop_pipeline'):
            return super()._read_group_stage_ids(stages, domain)
        return (stages | own).sorted(lambda stage: (stage.sequence, stage.name, stage.id))
