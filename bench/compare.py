"""The table of what the addon costs, from the figures of ``documents.py`` and ``share.py``."""
import json
import sys
from pathlib import Path

ratio_aim, queries_aim, share_aim = 1.05, 2, 2


def best(folder, database, action, figure):
    return min(json.loads(path.read_text())[action][figure] for path in sorted(folder.glob(f'{database}-*.json')))


def main(folder):
    actions = json.loads((folder / 'plain-1.json').read_text())
    print(f"{'action':<26}{'plain':>10}{'addon':>10}{'ratio':>8}{'queries':>14}{'more':>6}")
    for action in actions:
        plain, coop = (best(folder, database, action, 'time') for database in ('plain', 'coop'))
        before, after = (best(folder, database, action, 'queries') for database in ('plain', 'coop'))
        missed = coop > ratio_aim * plain or after - before > queries_aim
        queries = f'{before:g} → {after:g}'
        print(f"{action:<26}{plain:>7.1f} ms{coop:>7.1f} ms{coop / plain:>8.2f}{queries:>14}{after - before:>+6g}"
              f"{'   above the aim' if missed else ''}")
    share = json.loads((folder / 'share.json').read_text())
    times = share['share'] / share['aggregate']
    print(f"\nA share of {share['members']} members over {share['lines']:,} lines: {share['share']:.0f} ms, one SQL aggregate: "
          f"{share['aggregate']:.0f} ms, {times:.1f} times{'   above the aim' if times > share_aim else ''}")


main(Path(sys.argv[1]))
