from odoo import fields, models


class CoopHoursCorrection(models.TransientModel):
    """Ask how long it really took, when hours were validated by mistake."""
    _name = 'coop.hours.correction'
    _description = "Correct Hours"

    line_id = fields.Many2one('account.analytic.line', string="Validated Hours", required=True, readonly=True)
    date = fields.Date(related='line_id.date')
    validated = fields.Float("Hours Validated", related='line_id.unit_amount')
    hours = fields.Float("Right Hours", help="0 when it was not worked at all.")
    reason = fields.Char(required=True)

    def action_correct(self):
        """Correct; the hours' own action checks who asks."""
        self.ensure_one()
        self.line_id.action_correct_hours(self.hours, self.reason)
