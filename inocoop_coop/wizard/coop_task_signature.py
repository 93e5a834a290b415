from odoo import fields, models


class CoopTaskSignature(models.TransientModel):
    """The customer signs on the phone of who did the work."""
    _name = 'coop.task.signature'
    _description = "Signature of a Customer"

    task_id = fields.Many2one('project.task', string="Intervention", required=True, readonly=True, ondelete='cascade')
    partner_id = fields.Many2one(related='task_id.partner_id', string="Customer")
    coop_place = fields.Char(related='task_id.coop_place')
    signed_by = fields.Char("Name of Who Signs", required=True)
    signature = fields.Binary(attachment=False)

    def action_sign(self):
        """Sign; the intervention's own method checks who asks and what was signed."""
        self.ensure_one()
        self.task_id._sign_work(self.signed_by, self.signature)
