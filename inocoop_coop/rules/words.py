"""Amounts of money in words, as French invoices and receipts state them.

>>> spell_amount(80.5, 'EUR', 'fr_FR')
'quatre-vingts euros et cinquante centimes'
"""
from decimal import Decimal

from num2words import CONVERTER_CLASSES, num2words


def spell_amount(amount, currency, lang):
    """An amount of money in words.

    num2words reads whole numbers as cents, so it is given a decimal number.

    :param float amount: in the currency, with two decimals
    :param str currency: its ISO code
    :param str lang: an Odoo language code; one that num2words does not speak is written in English
    """
    code = next((code for code in (lang, (lang or '')[:2]) if code in CONVERTER_CLASSES), 'en')
    try:
        return num2words(Decimal(f'{amount:.2f}'), lang=code, to='currency', currency=currency)
    except NotImplementedError:
        return f"{num2words(Decimal(f'{amount:.2f}'), lang=code)} {currency}"
