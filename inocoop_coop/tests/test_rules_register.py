import hashlib
import json
from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.register import HEADER, PREFIX, canonical, clean_hash, digest, digest_of_ballots, digest_of_text, verify

LENGTH = 5
CONTENTS = [canonical({'decision': number, 'outcome': 'adopted', 'roll': [1, 2, number]}) for number in range(1, LENGTH + 1)]
FIELDS = ('number', 'content', 'previous', 'hash')
TEXT = st.text('aé"\\\n\0€ \U0001f331', max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=8)
# The same cases each time, on a machine of whatever speed.
steadily = settings(deadline=None, database=None, derandomize=True)


def chain(contents):
    """Entries as the register writes them."""
    entries, previous = [], ''
    for number, content in enumerate(contents, 1):
        own = digest(previous, number, content)
        entries.append((number, content, previous, own))
        previous = own
    return entries


def found(entries, last_number=None, last_hash=None):
    """Codes and numbers that are found, in the register that counts the honest entries."""
    findings = verify(
        entries, LENGTH if last_number is None else last_number, HONEST[-1][3] if last_hash is None else last_hash)
    return [tuple(finding)[:2] if finding.number == finding.last else tuple(finding) for finding in findings]


HONEST = chain(CONTENTS)


def replaced(position, **values):
    entries = [dict(zip(FIELDS, entry, strict=True)) for entry in HONEST]
    entries[position].update(values)
    return [tuple(entry.values()) for entry in entries]


@tagged('post_install', '-at_install')
class TestRegisterTexts(BaseCase):
    """What an entry says has one text and one hash."""

    def test_the_order_of_keys_does_not_matter(self):
        for keys in permutations('abcd'):
            self.assertEqual(canonical({key: {key: 1} for key in keys}), '{"a":{"a":1},"b":{"b":1},"c":{"c":1},"d":{"d":1}}')

    def test_a_text_is_written_as_it_is(self):
        self.assertEqual(canonical({'é': ["Léa", True, None, 3, {}]}), '{"é":["Léa",true,null,3,{}]}')

    def test_what_is_written_differently_elsewhere_is_refused(self):
        for wrong in (1.5, 1.0, float('nan'), (1,), {1}, b'1', object()):
            for content in (wrong, [wrong], {'a': [{'b': wrong}]}):
                with self.assertRaises(TypeError):
                    canonical(content)
        for key in (1, None, True, (1,)):
            with self.assertRaises(TypeError):
                canonical({key: 1})
        with self.assertRaises(ValueError):
            canonical({'a': "\ud800"})

    @steadily
    @given(JSON)
    def test_what_was_written_is_read_again_and_has_the_same_text(self, content):
        text = canonical(content)
        self.assertEqual(json.loads(text), content)
        self.assertEqual(canonical(json.loads(text)), text)
        self.assertNotIn('\n', text)

    def test_the_hash_is_what_anybody_computes(self):
        lines = f"{HONEST[0][3]}\n2\n{CONTENTS[1]}"
        self.assertEqual(HONEST[1][3], '$1$' + hashlib.sha256(lines.encode()).hexdigest())

    def test_ballots_have_no_order_and_each_counts(self):
        texts = ['"no"', '"yes"', '"yes"', '"abstain"']
        digests = {digest_of_ballots(order) for order in permutations(texts)}
        self.assertEqual(len(digests), 1)
        for other in (texts[:3], [*texts, '"no"'], ['"no"', '"no"', '"yes"', '"abstain"'], []):
            self.assertNotIn(digest_of_ballots(other), digests)
        self.assertEqual(digest_of_ballots([]), digest_of_text(''))

    def test_a_hash_is_read_as_it_was_copied(self):
        own = HONEST[0][3]
        plain = own.removeprefix(PREFIX)
        for copied in (own, f"  {own}\n", plain, plain.upper(), own.upper(), f"{own[:30]}\n  {own[30:]}", f"“{own}”.",
                       ' '.join(plain[start:start + 8] for start in range(0, 64, 8)), f"{plain[:32]}\u00a0{plain[32:]}"):
            self.assertEqual(clean_hash(copied), own, copied)
        for wrong in ('', ' ', '$1$', plain[:-1], plain + '0', 'g' + plain[1:], "the last hash"):
            self.assertIsNone(clean_hash(wrong), wrong)


@tagged('post_install', '-at_install')
class TestRegisterChain(BaseCase):
    """Whatever is changed in a register is found, and named where it was changed."""

    def test_a_register_that_nobody_touched_has_no_findings_in_whatever_order_it_is_read(self):
        for length in range(LENGTH + 1):
            entries = chain(CONTENTS[:length])
            for order in permutations(entries):
                self.assertEqual(verify(order, length, entries[-1][3] if entries else ''), [])

    def test_a_changed_content_is_named(self):
        for position in range(LENGTH):
            for content in (CONTENTS[position - 1], '', CONTENTS[position] + ' ', 'not JSON', "\ud800"):
                self.assertEqual(found(replaced(position, content=content)), [('altered', position + 1)])

    def test_a_changed_hash_is_named(self):
        for position in range(LENGTH):
            for own in ('', 'x', HONEST[position - 1][3], HONEST[position][3].upper(), HONEST[position][3][:-1]):
                self.assertEqual(found(replaced(position, hash=own)), [('altered', position + 1)])

    def test_a_changed_link_is_named(self):
        for position in range(LENGTH):
            for previous in ('x', HONEST[position][3], HONEST[position - 2][3] if position != 1 else HONEST[3][3]):
                self.assertEqual(found(replaced(position, previous=previous)), [('unlinked', position + 1)])

    def test_a_changed_number_is_named(self):
        for position in range(LENGTH):
            number = position + 1
            for other in range(-1, LENGTH + 4):
                if other == number:
                    continue
                findings = found(replaced(position, number=other))
                named = {code for code, *_numbers in findings}
                numbers = {place for finding in findings for place in finding[1:]}
                self.assertIn(other, numbers, (number, other, findings))
                self.assertTrue(named & {'missing', 'tail', 'header'}, (number, other, findings))
                self.assertEqual('duplicate' in named, 1 <= other <= LENGTH, (number, other, findings))
                self.assertEqual('beyond' in named, not 1 <= other <= LENGTH, (number, other, findings))

    def test_what_was_changed_and_given_its_new_hash_is_found_at_the_next_entry(self):
        for position in range(LENGTH):
            number, _content, previous, _own = HONEST[position]
            forged = replaced(position, content='{}', hash=digest(previous, number, '{}'))
            expected = ('header', HEADER) if number == LENGTH else ('unlinked', number + 1)
            self.assertEqual(found(forged), [expected])

    def test_a_chain_that_was_written_again_no_longer_ends_as_the_register_remembers(self):
        for position in range(LENGTH):
            contents = [*CONTENTS]
            contents[position] = '{}'
            forged = chain(contents)
            self.assertEqual(found(forged), [('header', HEADER)])
            # With the register's own memory changed as well only an old hash from elsewhere tells.
            self.assertEqual(found(forged, last_hash=forged[-1][3]), [])
            before, after = {entry[3] for entry in HONEST}, {entry[3] for entry in forged}
            self.assertEqual(before & after, {entry[3] for entry in HONEST[:position]})

    def test_entries_that_are_gone_are_named(self):
        for size in range(1, LENGTH + 1):
            for gone in combinations(range(1, LENGTH + 1), size):
                findings = verify([entry for entry in HONEST if entry[0] not in gone], LENGTH, HONEST[-1][3])
                named = [number for finding in findings for number in range(finding.number, finding.last + 1)]
                self.assertEqual(named, list(gone), findings)
                self.assertEqual({finding.code for finding in findings} - {'missing', 'tail'}, set())
                self.assertEqual(findings[-1].code == 'tail', LENGTH in gone)

    def test_entries_that_are_there_twice_are_named(self):
        for position in range(LENGTH):
            self.assertEqual(found([*HONEST, HONEST[position]]), [('duplicate', position + 1)])
            number, _content, previous, _own = HONEST[position]
            forged = (number, '{}', previous, digest(previous, number, '{}'))
            self.assertEqual(found([*HONEST, forged]), [('duplicate', position + 1)])

    def test_entries_that_changed_places_are_found(self):
        for one, other in combinations(range(LENGTH), 2):
            entries = [*HONEST]
            entries[one] = (one + 1, *HONEST[other][1:])
            entries[other] = (other + 1, *HONEST[one][1:])
            findings = found(entries)
            for position in (one, other):
                self.assertIn(('altered', position + 1), findings)

    def test_what_was_added_at_the_end_without_the_register_is_named(self):
        longer = chain([*CONTENTS, '{}'])
        self.assertEqual(found(longer), [('beyond', LENGTH + 1), ('header', HEADER)])
        self.assertEqual(found(longer, last_number=LENGTH + 1), [('header', HEADER)])
        self.assertEqual(found(longer, last_hash=longer[-1][3]), [('beyond', LENGTH + 1), ('header', HEADER)])

    def test_what_the_register_itself_says_is_checked(self):
        for last_hash in ('', 'x', *(entry[3] for entry in HONEST[:-1])):
            self.assertEqual(found(HONEST, last_hash=last_hash or 'y'), [('header', HEADER)])
        self.assertEqual(verify(HONEST, LENGTH, ''), [('header', HEADER, HEADER)])
        for last_number in range(LENGTH):
            findings = found(HONEST, last_number=last_number)
            self.assertEqual(findings[-1], ('header', HEADER))
            self.assertEqual(findings[:-1], [('beyond', number) for number in range(last_number + 1, LENGTH + 1)])
        # It remembers its last entry, and counts further all the same.
        self.assertEqual(found(HONEST, last_number=LENGTH + 1), [('header', HEADER)])
        self.assertEqual(found(HONEST, last_number=2**31 - 1), [('header', HEADER)])
        self.assertEqual(found(HONEST, last_number=2**31 - 1, last_hash='x'), [('tail', LENGTH + 1, 2**31 - 1)])
        self.assertEqual(verify([], 0, 'x'), [('header', HEADER, HEADER)])
        self.assertEqual(verify([], 2, ''), [('tail', 1, 2)])
        self.assertEqual(verify([], -1, ''), [('header', HEADER, HEADER)])

    @steadily
    @given(st.lists(st.sampled_from(CONTENTS), max_size=6), st.data())
    def test_no_single_change_goes_unseen(self, contents, data):
        entries = chain(contents)
        last = [len(entries), entries[-1][3] if entries else '']
        self.assertEqual(verify(entries, *last), [])
        place = data.draw(st.integers(0, len(entries)))
        if place == len(entries):
            field = data.draw(st.integers(0, 1))
            value = data.draw(st.integers(-3, 9) if field == 0 else st.text(max_size=4))
            changed = last[field] != value
            last[field] = value
        else:
            field = data.draw(st.integers(0, 3))
            value = data.draw(st.integers(-3, 9) if field == 0 else st.text(max_size=4) | st.sampled_from(CONTENTS))
            changed = entries[place][field] != value
            entry = [*entries[place]]
            entry[field] = value
            entries[place] = tuple(entry)
        self.assertEqual(bool(verify(entries, *last)), changed)
