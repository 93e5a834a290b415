import re
import unittest
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / 'README.md', *sorted((ROOT / 'docs').glob('*.md'))]
LINKS = re.compile(r'\]\(([^)\s]+)\)|src="([^"]+)"')
ELSEWHERE = re.compile(r'[a-z]+:')


def anchor(heading):
    """What a link to a heading says: its letters and figures, with hyphens for the spaces."""
    return re.sub(r'[^\w\- ]', '', heading.strip().lower()).replace(' ', '-')


def anchors(page):
    return {anchor(heading) for heading in re.findall(r'^#+ (.*)$', page.read_text(encoding='utf-8'), re.MULTILINE)}


def printed_logins(script):
    return re.findall(r'^    "    (\w+)  ', (ROOT / script).read_text(encoding='utf-8'), re.MULTILINE)


class TestDocumentation(unittest.TestCase):
    """What the pages name is there."""

    def test_every_link_and_image_leads_to_a_file(self):
        for page in PAGES:
            links = [first or second for first, second in LINKS.findall(page.read_text(encoding='utf-8'))]
            for link in links:
                if ELSEWHERE.match(link):
                    continue
                name, _, heading = unquote(link).partition('#')
                target = (page.parent / name).resolve() if name else page
                with self.subTest(page=page.name, link=link):
                    self.assertTrue(target.exists(), "no such file")
                    self.assertTrue(target.is_relative_to(ROOT), "outside the repository")
                    if heading:
                        self.assertIn(heading, anchors(target))

    def test_every_picture_is_on_a_page(self):
        text = ''.join(page.read_text(encoding='utf-8') for page in PAGES)
        shown = {Path(first or second).name for first, second in LINKS.findall(text)}
        self.assertEqual({picture.name for picture in (ROOT / 'docs' / 'images').iterdir()} - shown, set())

    def test_every_command_is_one_of_the_makefiles_with_its_variables(self):
        makefile = (ROOT / 'Makefile').read_text(encoding='utf-8')
        targets = set(re.search(r'^\.PHONY: (.*)$', makefile, re.MULTILINE).group(1).split())
        variables = set(re.search(r'^export (.*)$', makefile, re.MULTILINE).group(1).split())
        named = set()
        for page in PAGES:
            code = re.findall(r'```\w*\n(.*?)```|`([^`\n]+)`', page.read_text(encoding='utf-8'), re.DOTALL)
            for line in '\n'.join(block or span for block, span in code).splitlines():
                if command := re.fullmatch(r'make (\w+)((?: \w+=\S+)*)', line.strip()):
                    named.add(command[1])
                    with self.subTest(page=page.name, line=line):
                        self.assertIn(command[1], targets)
                        self.assertLessEqual(set(re.findall(r' (\w+)=', command[2])), variables)
                else:
                    self.assertNotRegex(line, r'^\s*make ', f"{page.name}: not understood")
        self.assertEqual(named, targets, "the pages name every command")

    def test_the_logins_are_those_that_the_start_prints(self):
        readme = (ROOT / 'README.md').read_text(encoding='utf-8')
        table = re.search(r'^\| login \|.*\n\|[-|]+\n((?:\|.*\n)+)', readme, re.MULTILINE).group(1)
        printed = printed_logins('environment/run.sh')
        self.assertTrue(printed)
        self.assertEqual(re.findall(r'^\| `(\w+)` \|', table, re.MULTILINE), printed)

    def test_what_the_guide_says_is_on_the_screen(self):
        """The buttons and menus that the guide names in bold or as a way through the menus."""
        guide = (ROOT / 'docs' / 'guide.md').read_text(encoding='utf-8')
        translations = (ROOT / 'inocoop_coop' / 'i18n' / 'fr.po').read_text(encoding='utf-8')
        terms = set(re.findall(r'^msgstr "(.+)"$', translations, re.MULTILINE)) | {"Nouveau"}  # Odoo's own
        ways = re.findall(r'\*{1,2}([^*\n]+ → [^*\n]+)\*{1,2}', guide)
        self.assertTrue(ways)
        for way in ways:
            for step in way.split(' → '):
                self.assertIn(step, terms, way)
