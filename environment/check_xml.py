"""XML checks that no linter we use makes: ``check_xml.py ADDON...``.

Each file is well-formed; each record's identifier is used once in its addon; each file that holds
records is named in the manifest, and each file the manifest names exists.
"""
import ast
import sys
from collections import Counter
from pathlib import Path

from lxml import etree

DATA_FOLDERS = ('data', 'report', 'security', 'views', 'wizard')


def check(addon):
    """The addon's problems, a sentence each."""
    manifest = ast.literal_eval((addon / '__manifest__.py').read_text(encoding='utf-8'))
    named = {addon / name for name in manifest.get('data', [])}
    yield from (f"{path}: named in the manifest, and missing" for path in sorted(named) if not path.exists())
    identifiers = Counter()
    for path in sorted(addon.rglob('*.xml')):
        try:
            tree = etree.parse(path)
        except etree.XMLSyntaxError as error:
            yield f"{path}: {error}"
            continue
        if path.relative_to(addon).parts[0] not in DATA_FOLDERS:
            continue
        if path not in named:
            yield f"{path}: not named in the manifest"
        identifiers.update(node.get('id') for node in tree.iter('record', 'template', 'menuitem') if node.get('id'))
    yield from (f"{addon}: the identifier {name} is used {count} times" for name, count in identifiers.items() if count > 1)


problems = [problem for name in sys.argv[1:] for problem in check(Path(name))]
print('\n'.join(problems))
sys.exit(bool(problems))
