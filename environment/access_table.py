"""make access: writes docs/access.md from the table that the tests try."""
import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = ROOT / 'inocoop_coop' / 'tests' / 'access_table.py'
PAGE = ROOT / 'docs' / 'access.md'

INTRODUCTION = """\
# Who may do what

This page is made by `make access` from `inocoop_coop/tests/access_table.py`. Each cell of it is tried by
`test_roles.py`, over RPC and logged in as that user, so it says what is enforced and not what is meant.
How it is enforced stands in `inocoop_coop/security/`: groups, access lines and rules, and in `confinement.py`
what keeps members, facilitators and psychologists inside their cohorts whatever other groups they get.

**Read** is to find a row by searching and to read what it says. **Create** is to make one beside it: in that
cohort, for that person. In brackets: access allows it, and a rule of the cooperative or of the app refuses it
with a sentence that says why (a cohort that has worked is archived, not deleted). **–** is refused, or not found
at all. A blank is not tried: there is no such row, or nobody can write it because it is a view of the database.

Whoever is not logged in is answered nothing on any model: calls are refused before they are looked at.
"""
COLUMNS = {'all': "Shared", 'mine': "Own", 'own': "Own cohort", 'other': "Another cohort", 'company': "Another company"}
OPERATIONS = {'r': "read", 'w': "write", 'c': "create", 'u': "delete"}


def describe(cell):
    """What a cell says in words: ``rw-U`` is "read, write, (delete)"."""
    if not cell.strip('.'):
        return ""
    words = [OPERATIONS[letter] if letter in OPERATIONS else f"({OPERATIONS[letter.lower()]})"
             for letter in cell if letter.lower() in OPERATIONS]
    return ", ".join(words) or "–"


def render(table, roles, notes):
    """The page.

    :param dict table: ``{(what, whose): {role: cell}}``
    :param dict roles: ``{role: its name}``
    :param dict notes: ``{what: what it is, where its name does not say it}``
    """
    lines = [INTRODUCTION]
    for role, name in roles.items():
        rows = {}
        for (what, whose), cells in table.items():
            text = describe(cells[role])
            if text:
                rows.setdefault(what, {})[whose] = text
        columns = [whose for whose in COLUMNS if any(whose in row for row in rows.values())]
        # What is refused everywhere is said in one line, and not lost among what is not.
        closed = [what for what, row in rows.items() if set(row.values()) == {"–"}]
        lines += [f"## {name}", ""]
        if len(closed) < len(rows):
            lines += ["| | " + " | ".join(COLUMNS[whose] for whose in columns) + " |", "|---" * (len(columns) + 1) + "|"]
            lines += [
                f"| {notes.get(what) or f'`{what}`'} | " + " | ".join(row.get(whose, "") for whose in columns) + " |"
                for what, row in rows.items() if what not in closed]
            lines.append("")
        if closed:
            lines += ["Nothing at all: " + ", ".join(notes.get(what) or f"`{what}`" for what in closed) + ".", ""]
    return "\n".join(lines)


def page():
    data = runpy.run_path(str(TABLE))
    return render(data['parse'](), data['ROLES'], data['NOTES'])


if __name__ == '__main__':
    PAGE.write_text(page(), encoding='utf-8')
    sys.stdout.write(f"Wrote {PAGE.relative_to(ROOT)}\n")
