from odoo import models

from ..rules import covered, words
from ..tools import language


class AccountMove(models.Model):
    """A cohort's invoice on paper: its total in words, and what the law has the host say on it."""
    _inherit = 'account.move'

    def _get_print_lang(self):
        """The language of the paper: the customer's where it is installed, else the host's, and never two at once."""
        self.ensure_one()
        return language.choose(self.env, self.partner_id.lang, self.company_id.partner_id.lang, self.env.user.lang)

    def _get_words_lang(self):
        """The language of the sentence with the total: that of the paper, or English where nobody can count in it."""
        lang = self._get_print_lang()
        return lang if words.find_language(lang) else 'en_US'

    def _get_total_in_words(self):
        """The total, tax included, in the words of ``_get_words_lang``."""
        self.ensure_one()
        places = self.currency_id.decimal_places
        return words.amount_in_words(
            covered.to_units(self.amount_total, places), places, self.currency_id.name, self._get_words_lang())

    def _is_printed_for_cohort(self):
        """Whether the paper is a cohort's invoice or credit note to a customer."""
        self.ensure_one()
        # sudo: whether there is a cohort, for a customer on the portal
        return self.is_sale_document(include_receipts=True) and bool(self.sudo().cohort_ids)

    def _owes_recovery_costs(self):
        """Whether the customer is a business, which owes the fixed sum for recovery when it pays late."""
        self.ensure_one()
        return self.company_id.country_code == 'FR' and self.commercial_partner_id.is_company
