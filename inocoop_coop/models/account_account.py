from odoo import fields, models


class AccountAccount(models.Model):
    """The account of a cohort's cash box is that cohort's: others need not know what lies in it."""
    _inherit = 'account.account'

    petty_cash_cohort_ids = fields.One2many(
        'coop.cohort', 'petty_cash_account_id', string="Cash Box Of", export_string_translation=False)
