"""What a decision covered of a document: written so that two readings of the same document are equal.

Money is a whole number of the currency's smallest unit; quantities and prices are decimal texts. A
fraction in floating point would be written differently from one computer to another.

>>> to_units(12.3, 2), to_text(4.0), to_text(12.30)
(1230, '4', '12.3')
"""
from decimal import ROUND_HALF_UP, Decimal

PLACES = Decimal('0.000001')  # more than any quantity or price of Odoo has


def to_units(amount, decimal_places):
    """An amount of money as a whole number of its smallest unit: 12.30 euros are 1230 cents."""
    return int(Decimal(repr(amount)).scaleb(decimal_places).quantize(Decimal(1), ROUND_HALF_UP))


def from_units(units, decimal_places):
    """The amount of so many smallest units, to be shown."""
    return float(Decimal(units).scaleb(-decimal_places))


def to_text(number):
    """A quantity, price or percentage as a decimal text without zeros at its end."""
    text = f"{Decimal(repr(number)).quantize(PLACES, ROUND_HALF_UP):f}".rstrip('0').rstrip('.')
    return '0' if text in ('-0', '') else text


def sort_lines(lines):
    """Lines in an order of their own: moving a line up or down on the screen changes nothing."""
    return sorted(lines, key=lambda line: sorted((key, str(value)) for key, value in line.items()))


def match_lines(old, new):
    """Which lines changed, were added and were taken out.

    A line has no name that stays: one of the same product is taken for the same line.

    :param old: the lines before, as dictionaries that have a ``product``
    :param new: the lines now
    :return: ``[(line before, line now)]``; one of the two is ``None`` for what was added or taken out

    >>> match_lines([{'product': 1, 'quantity': '4'}], [{'product': 1, 'quantity': '8'}])
    [({'product': 1, 'quantity': '4'}, {'product': 1, 'quantity': '8'})]
    """
    new = list(new)
    gone = []
    for line in old:
        if line in new:
            new.remove(line)
        else:
            gone.append(line)
    pairs = []
    for line in gone:
        same = next((other for other in new if other['product'] == line['product']), None)
        if same is not None:
            new.remove(same)
        pairs.append((line, same))
    return pairs + [(None, line) for line in new]
