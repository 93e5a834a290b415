from odoo import fields, models


class CoopRegisterEntry(models.Model):
    """Placeholder."""
    _name = 'coop.register.entry'
    _description = "Entry of the Register"

    number = fields.Integer()
    hash = fields.Char()
