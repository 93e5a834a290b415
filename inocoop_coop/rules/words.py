"""Amounts of money in words, as an invoice states its total.

>>> amount_in_words(8000, 2, 'EUR', 'fr_FR')
'quatre-vingts euros'
>>> amount_in_words(1, 2, 'EUR', 'fr_FR')
'un centime'

num2words says “zéro euros et un centime”, “un million euros” and “eighty euro”, and reads a whole number as
cents: it is given a Decimal, and what nobody would write is put right here.
"""
import re
from decimal import Decimal

from num2words import CONVERTER_CLASSES, num2words

# After a round million one says of what: “un million d'euros”, “dos millones de dólares”.
ROUND = {
    'fr': (re.compile(r'\b(millions?|milliards?) (?=\w+$)'), "de "),
    'es': (re.compile(r'\b(millón|millones) (?=\w+$)'), "de "),
    'it': (re.compile(r'\b(milione|milioni|miliardo|miliardi) (?=\w+$)'), "di "),
}
VOWELS = 'aeiouyé'


def find_language(code):
    """The name that num2words has for a language of Odoo.

    :param str code: ``fr_FR``, ``fr_BE``, ``de_DE``
    :return: ``fr``, ``fr``, ``de``; and ``None`` for a language in which it does not count
    """
    language = (code or '').split('_', maxsplit=1)[0]
    # Its Belgian and Swiss French write “un millions” and “quatre-vingt euros”.
    for name in ((language,) if language == 'fr' else (code, language)):
        if name in CONVERTER_CLASSES:
            return name
    return None


def amount_in_words(units, decimal_places, currency, language):
    """An amount of money in words.

    A part that is nothing is left out, as long as one remains. A currency that num2words does not know, or that
    has no hundredths, is named by its code.

    :param int units: whole number of the currency's smallest unit (cents)
    :param int decimal_places: how many digits the smallest unit has behind the point
    :param str currency: ISO 4217 code
    :param str language: code of the language in Odoo
    :return: the words, or ``None`` when the language is none that num2words speaks
    """
    name = find_language(language)
    if name is None:
        return None
    if units < 0:
        # Not every language of num2words has a word for it with money.
        return f"- {amount_in_words(-units, decimal_places, currency, language)}"
    whole, rest = divmod(units, 10 ** decimal_places)
    try:
        if decimal_places not in (0, 2):
            raise NotImplementedError
        words = _say(Decimal(whole) + Decimal(rest).scaleb(-decimal_places), whole, rest, currency, name)
    except (NotImplementedError, AttributeError, KeyError, TypeError):
        # What num2words raises for a currency that it does not know depends on the language.
        fraction = f" {rest}/{10 ** decimal_places}" if rest else ""
        return f"{num2words(whole, lang=name)} {currency}{fraction}"
    return words


def _say(amount, whole, rest, currency, language):
    amount = amount.quantize(Decimal('0.01'))
    parts = num2words(amount, to='currency', currency=currency, lang=language, separator='|').split('|')
    if len(parts) != 2:
        return num2words(amount, to='currency', currency=currency, lang=language)
    money, cents = (part.strip() for part in parts)
    corrected = _correct(money, whole, language)
    if not rest:
        return corrected
    if not whole:
        return cents
    return num2words(amount, to='currency', currency=currency, lang=language).replace(money, corrected, 1)


def _correct(money, whole, language):
    if language == 'fr' and not whole:
        return money.removesuffix('s')  # zéro euro
    if language == 'en' and whole != 1:
        return re.sub(r' euro$', " euros", money)
    if language in ROUND:
        pattern, of = ROUND[language]
        if language == 'fr' and money.rsplit(' ', maxsplit=1)[-1][0] in VOWELS:
            of = "d'"
        return pattern.sub(lambda found: f"{found[1]} {of}", money)
    return money
