from odoo import fields, models

from .coop_committee import COMMITTEE_KINDS


class CoopCommitteeTemplate(models.Model):
    """A body that every cohort of a programme starts with."""
    _name = 'coop.committee.template'
    _description = "Body Template"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    program_id = fields.Many2one('coop.program', string="Programme", required=True, index=True, ondelete='cascade')
    sequence = fields.Integer(default=10)
    kind = fields.Selection(COMMITTEE_KINDS, required=True, default='committee')
    purpose = fields.Text(translate=True, help="What this body is there for, in the words of the members.")

    def _prepare_committee_vals(self, cohort):
        self.ensure_one()
        return {
            'name': self.name,
            'kind': self.kind,
            'purpose': self.purpose,
            'sequence': self.sequence,
            'cohort_id': cohort.id,
            'template_id': self.id,
        }
