"""Where a customer is: what someone wrote on a doorstep, and whether it is on the territory.

A postcode does not name a municipality: one may cover several, and a name may be several places'. So
the answer is “inside”, “outside” or “unknown”, with the reason, and never a guess.
"""
import re
import unicodedata
from dataclasses import dataclass

INSIDE, OUTSIDE, UNKNOWN = 'inside', 'outside', 'unknown'
_POSTCODE = re.compile(r'(?<!\w)(\d{2} ?\d{3})(?!\w)')
_SHORT = {'st': 'saint', 'ste': 'sainte', 's': 'sur'}


@dataclass(frozen=True)
class Address:
    """What a line of text says of a place; what it does not say is empty."""

    street: str
    postcode: str
    city: str


@dataclass(frozen=True)
class Place:
    """A municipality as it is known.

    :param str name: its name
    :param tuple postcodes: all of them
    """

    name: str
    postcodes: tuple


def parse(text):
    """Take a line apart: “12 rue Foch, 62700 Bruay”, “62700 Bruay”, “Bruay” or “rue Foch, Bruay”.

    :param str text: what someone wrote, as a person writes an address
    :return: an :class:`Address`
    """
    text = ' '.join((text or '').split())
    found = list(_POSTCODE.finditer(text))
    if not found:
        street, _comma, city = text.rpartition(',')
        if not street and text[:1].isdigit():
            return Address(text, '', '')
        return Address(_clean(street), '', _clean(city))
    code = found[-1]
    before, after = _clean(text[:code.start()]), _clean(text[code.end():])
    if not after and before:
        # The town stands before its postcode.
        before, _comma, after = before.rpartition(',')
    return Address(_clean(before), code.group(1).replace(' ', ''), _clean(after))


def normalise(name):
    """A name as it is compared: “ST-Omer Cedex 2” and “Saint-Omer” are one."""
    plain = unicodedata.normalize('NFKD', (name or '').replace('œ', 'oe').replace('Œ', 'oe'))
    words = re.sub(r'[^a-z0-9]+', ' ', plain.encode('ascii', 'ignore').decode().lower()).split()
    if 'cedex' in words:
        words = words[:words.index('cedex')]
    return ' '.join(_SHORT.get(word, word) for word in words)


def locate(postcode, city, inside, outside=()):
    """Whether a place is on the territory, and why.

    :param str postcode: may be empty
    :param str city: may be empty
    :param inside: the municipalities of the territory, as :class:`Place`
    :param outside: other municipalities that are known, at least those with this name or postcode
    :return: ``('inside' | 'outside' | 'unknown', reason)``; the reason is one of ``named``, ``postcode``,
        ``shared`` (the postcode covers places inside and others), ``namesake`` (the name is inside and
        elsewhere), ``contradiction`` (the name is inside, and not with this postcode), ``unnamed`` (the
        postcode is inside, and not with this name), ``unheard`` (nobody knows it) and ``nowhere``
        (nothing is said)
    """
    name, code = normalise(city), ''.join((postcode or '').split())
    if not name and not code:
        return UNKNOWN, 'nowhere'
    here, there = _Matches(name, code, inside), _Matches(name, code, outside)
    if name and code:
        return _locate_both(code, here, there)
    if code:
        if here.coded:
            return (UNKNOWN, 'shared') if there.coded else (INSIDE, 'postcode')
        return (OUTSIDE, 'postcode') if there.coded or _is_postcode(code) else (UNKNOWN, 'unheard')
    if here.named:
        return (UNKNOWN, 'namesake') if there.named else (INSIDE, 'named')
    return (OUTSIDE, 'named') if there.named else (UNKNOWN, 'unheard')


def _locate_both(code, here, there):
    if here.both:
        return INSIDE, 'named'
    if there.both:
        return OUTSIDE, 'named'
    if here.named:
        return UNKNOWN, 'contradiction'
    if here.coded:
        return UNKNOWN, 'unnamed'
    if there.coded or _is_postcode(code):
        return OUTSIDE, 'postcode'
    return (OUTSIDE, 'named') if there.named else (UNKNOWN, 'unheard')


class _Matches:
    """Whether some of these places have the name, the postcode, or both."""

    def __init__(self, name, code, places):
        self.named = self.coded = self.both = False
        for place in places:
            named, coded = bool(name) and normalise(place.name) == name, bool(code) and code in place.postcodes
            self.named |= named
            self.coded |= coded
            self.both |= named and coded


def _is_postcode(code):
    return len(code) == 5 and code.isdigit()


def _clean(text):
    return text.strip(' ,;-–')
