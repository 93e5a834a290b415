from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopHourKind(models.Model):
    """What hours were for: customer work, prospecting, a committee, training, follow-up.

    Which kinds count when the money is shared, and how much, is what the group votes. Hours of a
    confidential kind are read by the person, the facilitator and the psychologist; the others see
    no more than what they add up to.
    """
    _name = 'coop.hour.kind'
    _description = "Kind of Hours"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="A short name without spaces, which rules of sharing go by.")
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    is_confidential = fields.Boolean(
        "Confidential", help="Hours of others are not shown to members, except as a total.")

    _code_unique = models.UniqueIndex('(code)', "This code is another kind's already: choose a different one.")

    def write(self, vals):
        if vals.get('is_confidential'):
            # sudo: whether there are any, whoever asks.
            task = self.env['project.task'].sudo().with_context(active_test=False).search(
                [('coop_kind_id', 'in', self.ids), ('cohort_id', '!=', False)], limit=1)
            if task:
                raise UserError(self.env._(
                    "“%s” and other interventions are planned with this kind, and everyone reads them: make another kind "
                    "for what is confidential.", task.name))
        if 'is_confidential' in vals and not vals['is_confidential']:
            # sudo: whether there are any, whoever asks.
            kinds = self.filtered('is_confidential')
            if kinds and self.env['account.analytic.line'].sudo().search_count([('coop_kind_id', 'in', kinds.ids)], limit=1):
                raise UserError(self.env._(
                    "Hours were written as “%s” because others would not see them: they stay confidential. Make another "
                    "kind for what everyone may see.", kinds[0].name))
        return super().write(vals)

    @api.model
    def _get_default(self):
        """What hours are for when nobody says: customer work."""
        # Its number alone, which is in memory: this is asked for each task that is made.
        return self.browse(self.env['ir.model.data']._xmlid_to_res_id('inocoop_coop.hour_kind_work') or ())
