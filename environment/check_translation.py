"""A translation has no term that is fuzzy, empty or obsolete: ``check_translation.py FILE``."""
import sys

import polib

translation = polib.pofile(sys.argv[1])
problems = [
    f"{kind}: {entry.msgid!r}"
    for kind, entries in (
        ("fuzzy", translation.fuzzy_entries()),
        ("untranslated", translation.untranslated_entries()),
        ("obsolete", translation.obsolete_entries()),
    )
    for entry in entries
]
print('\n'.join(problems))
sys.exit(bool(problems))
