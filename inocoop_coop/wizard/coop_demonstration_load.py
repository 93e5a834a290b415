from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..demo.scenario import Scenario
from ..tools import clock


class CoopDemonstrationLoad(models.TransientModel):
    """Load the demonstration cohort into a database, from the interface or from a script."""
    _name = 'coop.demonstration.load'
    _description = "Load the Demonstration"

    date = fields.Date(
        "As of", required=True, default=clock.today,
        help="The demonstration retells the months before this day: its cohort is then in its fourth month.")

    def action_load(self):
        """Load the demonstration; a database that has it stays as it is.

        :return: the action that opens the cohorts
        :raise AccessError: for anyone but the administrator: it makes users whose passwords are known
        :raise UserError: when the day lies in the future or more than two years back, or real cohorts are there
        """
        self.ensure_one()
        if not self.env.user.has_group('base.group_system'):
            raise AccessError(self.env._(
                "Only the administrator can load the demonstration: it makes users with known passwords."))
        today = clock.today(self)
        if not today - relativedelta(years=2) <= self.date <= today:
            raise UserError(self.env._(
                "Choose a day of the last two years, today at the latest: what the demonstration tells has happened by then."))
        Scenario(self.env, self.date).play()
        return self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_cohort_action')
