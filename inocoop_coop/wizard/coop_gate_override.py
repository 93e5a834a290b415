from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopGateOverride(models.TransientModel):
    """Ask why a document is released without the decision it needs."""
    _name = 'coop.gate.override'
    _description = "Urgent Exception"

    res_model = fields.Char("Model of the Document", required=True, readonly=True)
    res_id = fields.Many2oneReference("Document", model_field='res_model', required=True, readonly=True)
    gate_text = fields.Html("What Has to Be Decided", compute='_compute_gate_text')
    reason = fields.Text("Why It Can't Wait", required=True)

    @api.depends('res_model', 'res_id')
    def _compute_gate_text(self):
        for override in self:
            document = override._get_document()
            override.gate_text = document.gate_text if document.has_access('read') else False

    def _get_document(self):
        """The document, with the rights of who asks.

        :raise UserError: when the model is none whose documents are decided on
        """
        self.ensure_one()
        gated = self.env.registry.descendants(['coop.gated.mixin'], '_inherit')
        if self.res_model not in gated or self.env[self.res_model]._abstract:
            raise UserError(self.env._("Nobody decides on such documents: there is no exception to make."))
        return self.env[self.res_model].browse(self.res_id).exists()

    def action_override(self):
        """Make the exception; the document's own action checks who asks."""
        self.ensure_one()
        self._get_document().action_override(self.reason)
