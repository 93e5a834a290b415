from odoo import api, fields, models

from ..rules.place import Place


class CoopMunicipality(models.Model):
    """A municipality, known by its INSEE code.

    A postcode does not name a municipality: one postcode may cover several, and one municipality
    may have several. Eligibility by territory therefore goes by the INSEE code.
    """
    _name = 'coop.municipality'
    _description = "Municipality"
    _order = 'name, code'
    _rec_names_search = ['name', 'code', 'postcodes']

    name = fields.Char(required=True, index='trigram')
    code = fields.Char("INSEE Code", required=True, size=5, help="Five characters, for example 62178 or 2A004.")
    postcodes = fields.Char(help="Separated by spaces when there are several.")
    territory_ids = fields.Many2many('coop.territory', string="Territories")

    _code_unique = models.Constraint('UNIQUE(code)', "There is already a municipality with this INSEE code.")
    _check_code = models.Constraint(
        "CHECK(code ~ '^([0-9]{2}|2[AB])[0-9]{3}$')",
        "An INSEE code has five characters, for example 62178 or 2A004: it is not the postcode's place.")

    @api.depends('name', 'postcodes')
    def _compute_display_name(self):
        for municipality in self:
            municipality.display_name = (
                f"{municipality.name} ({municipality.postcodes})" if municipality.postcodes else municipality.name
            )

    def _as_place(self):
        """The municipality as the rules know it: see ``rules/place.py``."""
        self.ensure_one()
        return Place(self.name, tuple((self.postcodes or "").split()))
