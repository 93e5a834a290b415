from odoo import fields, models

from ..tools import clock


class CoopMembershipLeave(models.TransientModel):
    """Ask when and why a person leaves."""
    _name = 'coop.membership.leave'
    _description = "Leave a Cohort"

    membership_id = fields.Many2one('coop.membership', string="Member", required=True, readonly=True)
    date = fields.Date("Last Day", required=True, default=clock.today)
    reason = fields.Text()

    def action_leave(self):
        """End the membership; the membership's own action checks who asks."""
        self.ensure_one()
        self.membership_id.action_leave(date=self.date, reason=self.reason)
