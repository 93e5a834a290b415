from odoo import models

from ..tools import clock


class CoopCohort(models.Model):
    """Whose midnight it is: the days and hours of a cohort are those of one place, whoever looks at them from where."""
    _inherit = 'coop.cohort'

    def _get_zone(self):
        """The name of the time zone whose days and hours the cohort means: the host's, or else the facilitator's."""
        # sudo: no more than a time zone.
        cohort = self.sudo()
        return cohort.company_id.partner_id.tz or cohort.facilitator_id.tz or 'UTC'

    def _get_today(self):
        """Today's date where the cohort is. The reader's own time zone travels in the context, and says nothing here."""
        return clock.today(self.with_context(tz=self._get_zone()))
