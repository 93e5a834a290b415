"""Reads the logs of a test run and says what to think of it.

Each log is Odoo's own, or that of Python's unittest (``environment.log``). A test that failed is a
failure, and so is a warning or an error in a log that no test asked for: it is what a user's
administrator would find in theirs. The last line is ``N passed, M failed``, and the exit status is 0
only when something passed and nothing failed.
"""
import argparse
import re
import sys
from pathlib import Path

LINE = re.compile(r'^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>[\w.]+): (?P<message>.*)$')
ODOO_RESULT = re.compile(r'(\d+) failed, (\d+) error\(s\) of (\d+) tests')
UNITTEST_COUNT = re.compile(r'^Ran (\d+) tests? in ', re.MULTILINE)
UNITTEST_FAILED = re.compile(r'^FAILED \((.*)\)$', re.MULTILINE)
# How Odoo logs a test that failed, and its summaries of them: counted as tests already.
TEST_OUTCOME = re.compile(r'^(FAIL|ERROR|SubTest FAIL|SubTest ERROR): ')
BROWSER_FAILED = re.compile(r' ERROR \S+ odoo\.addons\.\w+\.tests\.\w+: (FAIL|ERROR): ')
SUMMARIES = {'odoo.tests.result', 'odoo.tests.stats'}
KILLED = re.compile(r'killed \d+ of \d+')
MODULE_SUMMARY = re.compile(
    r'^Module \w+: \d+ failures, \d+ errors of \d+ tests *$|^At least one test failed when loading the modules\.')

# What is logged although nothing is wrong, and why.
EXPECTED = [
    # Debian's wkhtmltopdf has no patched Qt; our documents need none (see docs).
    re.compile(r'wkhtmltopdf'),
]


def records(text):
    """The log's records: each line that begins one, with the lines that continue it."""
    current = None
    for line in text.splitlines():
        match = LINE.match(line)
        if match:
            if current:
                yield current
            current = {**match.groupdict(), 'text': line}
        elif current:
            current['text'] += '\n' + line
    if current:
        yield current


def read_odoo(text):
    """What an Odoo log says: tests run, tests failed, and the records that tell of trouble."""
    run = failed = 0
    trouble = []
    for record in records(text):
        if record['logger'] == 'odoo.tests.result':
            result = ODOO_RESULT.search(record['message'])
            if result:
                failures, errors, total = map(int, result.groups())
                run, failed = run + total, failed + failures + errors
        if record['level'] not in ('WARNING', 'ERROR', 'CRITICAL') or record['logger'] in SUMMARIES:
            continue
        # What the browser of a test that failed had to say belongs to that failure.
        if TEST_OUTCOME.match(record['message']) or (record['logger'].endswith('.browser') and BROWSER_FAILED.search(text)):
            trouble.append(('test', record['text']))
        elif not MODULE_SUMMARY.match(record['message']) and not any(e.search(record['text']) for e in EXPECTED):
            trouble.append(('log', record['text']))
    return run, failed, trouble


def read_unittest(text):
    """What the log of Python's unittest says; one that never came to its end is a failure."""
    count = UNITTEST_COUNT.search(text)
    if not count:
        return 0, 0, [('log', "The environment's tests did not come to their end:\n" + text[-3000:])]
    run, failed, trouble = int(count.group(1)), 0, []
    outcome = UNITTEST_FAILED.search(text)
    if outcome:
        failed = sum(int(number) for number in re.findall(r'(?:failures|errors)=(\d+)', outcome.group(1)))
        trouble.append(('test', text[text.find('====='):]))
    return run, failed, trouble


def judge(logs, crashed=()):
    """Sum the logs up.

    :param dict logs: ``{name: text}``
    :param crashed: names of those whose process ended badly
    :return: tests passed, failures, and the texts to show
    """
    passed = failures = 0
    shown = []
    for name, text in sorted(logs.items()):
        run, failed, trouble = (read_unittest if name == 'environment' else read_odoo)(text)
        unexpected = [record for kind, record in trouble if kind == 'log']
        # A class that fails before its first test is a failure more than the tests that ran.
        passed += max(run - failed, 0)
        failures += failed + len(unexpected)
        shown += [f"--- {name} ---\n{record}" for _kind, record in trouble]
        if name in crashed and not failed and not unexpected:
            failures += 1
            shown.append(f"--- {name} ---\nThe process ended badly:\n{text[-3000:]}")
    return passed, failures, shown


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--crashed', action='append', default=[], help="name of a log whose process ended badly")
    parser.add_argument('logs', nargs='+', type=Path)
    arguments = parser.parse_args()
    crashed = {*arguments.crashed, *(log.stem for log in arguments.logs if log.with_suffix('.status').exists())}
    logs = {log.stem: log.read_text(encoding='utf-8', errors='replace') for log in arguments.logs}
    passed, failures, shown = judge(logs, crashed)
    # What a test says of itself: how many protections it removed, and how often something failed without one.
    print('\n'.join([line for text in logs.values() for line in KILLED.findall(text)] + shown))
    if not passed and not failures:
        print("No test ran: is there one with these tags?")
    print(f"{passed} passed, {failures} failed")
    return 0 if passed and not failures else 1


if __name__ == '__main__':
    sys.exit(main())
