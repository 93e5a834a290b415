"""Checks a French translation: ``check_translation.py FILE``.

No term is fuzzy, empty or obsolete, and no line can break before a sign that belongs to its word: the
spaces inside « » and before : ; ! ? are no-break ones.
"""
import re
import sys

import polib

BREAKING = re.compile(r'« | »|«\S|[^\s\u00a0]»| [:;!?](?=[\s»)]|$)')

translation = polib.pofile(sys.argv[1])
problems = [
    f"{kind}: {entry.msgid!r}"
    for kind, entries in (
        ("fuzzy", translation.fuzzy_entries()),
        ("untranslated", translation.untranslated_entries()),
        ("obsolete", translation.obsolete_entries()),
        ("a space that breaks", [entry for entry in translation if BREAKING.search(entry.msgstr)]),
    )
    for entry in entries
]
print('\n'.join(problems))
sys.exit(bool(problems))
