from odoo import api, fields, models


class CoopCohort(models.Model):
    """What awaits the reader's vote, on the page with which their day begins."""
    _inherit = 'coop.cohort'

    awaiting_decision_ids = fields.One2many(
        'coop.decision', string="Awaiting My Vote", compute='_compute_awaiting_decision_ids',
        help="Votes of the cohort that the reader can still cast.")

    def _get_open_votes(self):
        return self.env['coop.decision'].with_context(active_test=False).search([
            ('cohort_id', 'in', self.ids), ('state', '=', 'voting')])

    @api.depends_context('uid')
    def _compute_awaiting_decision_ids(self):
        awaiting = self.env['coop.decision'].search([('cohort_id', 'in', self.ids), ('awaits_me', '=', True)])
        for cohort in self:
            cohort.awaiting_decision_ids = awaiting.filtered(lambda decision, cohort=cohort: decision.cohort_id == cohort)
