from odoo import fields, models


class AccountPayment(models.Model):
    """A payment belongs to the cohort of the invoices it pays: see ``account_payment_register.py``.

    Above what a rule says, a body decides whether a supplier is paid: see ``account_payment_gate.py``.
    """
    _name = 'account.payment'
    _inherit = ['coop.gated.mixin', 'account.payment', 'coop.cohort.mixin']

    _cohort_sources = ('invoice_ids.cohort_ids',)
    _cohort_of_its_author = True

    cohort_id = fields.Many2one(precompute=False)  # the cohorts of an invoice are not
