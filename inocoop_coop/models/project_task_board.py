from odoo import api, models
from odoo.exceptions import UserError

# What says who is wanted when.
PLAN = frozenset({'planned_date_start', 'planned_date_end', 'user_ids'})


class ProjectTask(models.Model):
    """What the planning board asks for before it saves."""
    _inherit = 'project.task'

    @api.model
    def default_get(self, fields):
        # Who plans for one cohort plans in its project, and makes no private to-do.
        defaults = super().default_get(fields)
        if self.env.context.get('coop_planning') and 'project_id' in fields and not defaults.get('project_id'):
            # sudo: the number of the own cohort's project, as the default of what is made in it.
            project = self.env['coop.membership']._get_own_cohort().sudo().project_id
            if project:
                # Without its company, core takes the project away again.
                defaults.update(project_id=project.id, company_id=project.company_id.id)
        return defaults

    @api.readonly
    def coop_preview_warnings(self, vals):
        """What would be wrong with the plan of this intervention if it were changed so.

        :param dict vals: values as for ``write``: start and end in UTC, and the team
        :return: list of sentences; empty when nothing is wrong
        :raise UserError: when these are no such values
        """
        self.ensure_one()
        self.check_access('read')
        if not isinstance(vals, dict) or not vals.keys() <= PLAN:
            raise UserError(self.env._(
                "Only dates and people are planned on the board: open the intervention to change the rest."))
        try:
            proposed = self.new(vals, origin=self)
            return proposed._get_warnings()[proposed]
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
            raise UserError(self.env._("These are no dates and people: open the intervention to change it.")) from None
