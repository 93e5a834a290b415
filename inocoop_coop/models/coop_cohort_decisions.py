from odoo import api, fields, models


class CoopCohort(models.Model):
    """What awaits the reader's vote, on the page with which their day begins."""
    _inherit = 'coop.cohort'

    awaiting_decision_ids = fields.One2many(
        'coop.decision', string="Awaiting My Vote", compute='_compute_awaiting_decision_ids',
        help="Votes of the cohort that the reader can still cast.")

    voted_decision_ids = fields.One2many(
        'coop.decision', string="My Open Votes", compute='_compute_awaiting_decision_ids',
        help="Votes of the cohort in which the reader has voted, and may still change their mind.")

    def _get_open_votes(self):
        return self.env['coop.decision'].with_context(active_test=False).search([
            ('cohort_id', 'in', self.ids), ('state', '=', 'voting')])

    @api.depends_context('uid')
    def _compute_awaiting_decision_ids(self):
        awaiting = self.env['coop.decision'].search([('cohort_id', 'in', self.ids), ('awaits_me', '=', True)])
        changeable = self.env['coop.decision'].search([('cohort_id', 'in', self.ids), ('state', '=', 'voting')]).filtered(
            lambda decision: decision.my_ballot and decision.my_ballot['can_change'] and not decision.awaits_me)
        for cohort in self:
            cohort.voted_decision_ids = changeable.filtered(lambda decision, cohort=cohort: decision.cohort_id == cohort)
            cohort.awaiting_decision_ids = awaiting.filtered(lambda decision, cohort=cohort: decision.cohort_id == cohort)
