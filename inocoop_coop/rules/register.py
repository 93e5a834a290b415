"""The register's chain: what an entry says, the hash over it, and what is found when somebody changed it.

>>> first = digest('', 1, canonical({'outcome': 'adopted'}))
>>> second = digest(first, 2, canonical({'outcome': 'rejected'}))
>>> verify([(1, '{"outcome":"adopted"}', '', first), (2, '{"outcome":"adopted"}', first, second)], 2, second)
[Finding(code='altered', number=2, last=2)]
"""
import hashlib
import json
from typing import NamedTuple

# What a hash begins with says how it was made: another rule may follow, and what is written stays right.
PREFIX = '$1$'
HEADER = 0  # where a finding stands that is about the register itself, and not about one of its entries


class Finding(NamedTuple):
    """What is not as it was written.

    ===========  ============================================================================
    code         what was found
    ===========  ============================================================================
    altered      the entry's content, number or hash was changed
    unlinked     the entry does not name the hash of the one before
    duplicate    the number is there more than once
    missing      entries before a later one are gone
    tail         the last entries are gone: the register counts more than there are
    beyond       the number lies outside of what the register counts
    header       the register names another last entry, or another hash of it, than it has
    ===========  ============================================================================
    """

    code: str
    number: int
    last: int  # of several missing entries the last one; else the same number


# ------------------------------------------------------------
# Writing
# ------------------------------------------------------------

def canonical(content):
    """The one text of a content, whatever order its keys were given in.

    :param content: whole numbers, texts, truth values, nothing, and lists and dictionaries of them
    :raise TypeError: for anything else: a fraction is written differently from one machine to another
    :raise ValueError: for a text that can't be written in UTF-8
    """
    _check(content)
    text = json.dumps(content, sort_keys=True, separators=(',', ':'), ensure_ascii=False, allow_nan=False)
    text.encode()  # UnicodeEncodeError is a ValueError
    return text


def _check(content):
    if content is None or isinstance(content, (bool, int, str)):
        return
    if isinstance(content, list):
        for value in content:
            _check(value)
    elif isinstance(content, dict):
        for key, value in content.items():
            if not isinstance(key, str):
                raise TypeError(f"the key {key!r} is no text")
            _check(value)
    else:
        raise TypeError(f"{content!r} has no place in a register: write it as whole numbers or as a text")


def digest(previous, number, text):
    """The hash of an entry: of the hash before it, its number and its content, on a line each.

    :param str previous: the hash of the entry before; empty for the first
    :param int number: counted from 1
    :param str text: the canonical content
    """
    return PREFIX + digest_of_text(f'{previous}\n{number}\n{text}')


def digest_of_text(text):
    """The SHA-256 of a text in UTF-8, in hexadecimal. What can't be written in UTF-8 has a hash of its own, too."""
    return hashlib.sha256(text.encode(errors='surrogatepass')).hexdigest()


def digest_of_ballots(texts):
    """One hash of many ballots, in whatever order they are read: a secret vote has none.

    :param texts: the canonical text of each ballot; alike ones count each
    """
    return digest_of_text('\n'.join(sorted(texts)))


# ------------------------------------------------------------
# Reading again
# ------------------------------------------------------------

def clean_hash(text):
    """A hash as somebody copied it from a mail or from paper, or nothing when it can't be one.

    Spaces, line breaks and capitals come with copying; so does the loss of what the hash begins with.
    """
    text = ''.join(text.split()).strip('.,;:“”"«»()').lower()
    text = text.removeprefix(PREFIX)
    return PREFIX + text if len(text) == 64 and set(text) <= set('0123456789abcdef') else None


def verify(entries, last_number, last_hash):
    """What is not as it was written; nothing in a register that nobody touched.

    Each change is named where it was made: an entry that only follows on a changed one is not accused.

    :param entries: ``(number, content, previous hash, hash)`` of each, in any order
    :param int last_number: of the last entry, as the register counts
    :param str last_hash: of the last entry, as the register remembers it
    :return: a list of :class:`Finding`, in the order of the entries, the register's own last
    """
    findings = []
    by_number = {}
    for entry in entries:
        by_number.setdefault(entry[0], []).append(entry)

    before = 0
    # What the next entry may name: the hash that stands there, and the one that its content gives.
    known = {''}
    for number in sorted(by_number):
        if number < 1 or number > last_number:
            findings.append(Finding('beyond', number, number))
        if number > before + 1:
            findings.append(Finding('missing', before + 1, number - 1))
            known = None  # nobody knows any more what the next one followed on
        if len(by_number[number]) > 1:
            findings.append(Finding('duplicate', number, number))
        known = _follow(number, by_number[number], known, findings)
        before = number

    # Without its last entries nothing tells what the register's last hash was of, unless it is of one that is there.
    if before < last_number and (not by_number or last_hash not in known):
        findings.append(Finding('tail', max(before, 0) + 1, last_number))
    elif before != last_number or last_hash not in known:
        findings.append(Finding('header', HEADER, HEADER))
    return findings


def _follow(number, entries, known, findings):
    """Look at the entries of one number, and add what is found.

    :param known: what they may name as the hash before; ``None`` where nobody knows
    :return: what the next one may name
    """
    hashes = set()
    for _number, text, previous, own in entries:
        rightly = {digest(before, number, text) for before in known or ()}
        as_it_says = digest(previous, number, text)
        linked = known is None or previous in known
        if not linked:
            findings.append(Finding('unlinked', number, number))
        # Where only the link was changed, the content still gives its hash with the right one.
        if own != as_it_says and (linked or own not in rightly):
            findings.append(Finding('altered', number, number))
        hashes |= {own, as_it_says} | rightly
    return hashes
