from odoo import fields, models


class CrmStage(models.Model):
    _inherit = 'crm.stage'

    coop_is_contact = fields.Boolean(
        "Only a Contact", help="Who is at this stage was met, and has not said yet that they are interested.")
