from odoo import api, fields, models


class AccountMove(models.Model):
    """An invoice or a bill belongs to all the cohorts that its lines are for."""
    _inherit = 'account.move'

    cohort_ids = fields.Many2many(
        'coop.cohort', 'coop_cohort_account_move_rel', 'move_id', 'cohort_id', string="Cohorts",
        compute='_compute_cohort_ids', store=True,
        help="The cohorts whose analytic accounts its lines carry.")

    @api.depends('line_ids.analytic_distribution')
    def _compute_cohort_ids(self):
        cohorts_by_line = self.line_ids._get_cohorts_by_line()
        for move in self:
            move.cohort_ids = move.line_ids._union_of_cohorts(cohorts_by_line)
