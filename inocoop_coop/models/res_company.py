from odoo import fields, models


class ResCompany(models.Model):
    """The host says on its invoices what the law asks of it."""
    _inherit = 'res.company'

    coop_legal_mentions = fields.Text(
        "Legal Mentions on Invoices", translate=True,
        help="Legal form, capital, trade register (RCS) and whatever else the host has to say. The tax that does not apply "
             "is said by the taxes and fiscal positions themselves.")
    coop_late_penalties = fields.Char(
        "Rate of Late Payment Penalties", translate=True,
        help="As it is written on invoices. Empty: three times the legal interest rate.")
