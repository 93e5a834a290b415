from odoo import api, fields, models


class CoopTerritory(models.Model):
    """The municipalities whose young people a programme is for, and where it looks for customers."""
    _name = 'coop.territory'
    _description = "Territory"
    _order = 'name'

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    municipality_ids = fields.Many2many('coop.municipality', string="Municipalities")
    program_ids = fields.One2many('coop.program', 'territory_id', string="Programmes")
    municipality_count = fields.Integer("Number of Municipalities", compute='_compute_municipality_count')

    _name_unique = models.Constraint('UNIQUE(name)', "There is already a territory with this name.")

    @api.depends('municipality_ids')
    def _compute_municipality_count(self):
        for territory in self:
            territory.municipality_count = len(territory.municipality_ids)
