"""Drops from a template what is core's own: ``own_terms.py FILE.pot``.

Every model has the field ``display_name``, which the export counts among the terms of each module
that extends the model. A help that core gives it is core's to translate; ours would replace it.
"""
import re
import sys

import polib

OF_CORE = re.compile(r',help:\w+\.field_(?!coop_)\w+__display_name$')

template = polib.pofile(sys.argv[1], wrapwidth=78)
for entry in [entry for entry in template if all(OF_CORE.search(name) for name, _line in entry.occurrences)]:
    template.remove(entry)
template.save()
