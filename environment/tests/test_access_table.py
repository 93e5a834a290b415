import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from access_table import PAGE, describe, page, render

ROLES = {'member': "Member", 'portal': "Portal user"}


class TestAccessTable(unittest.TestCase):

    def test_the_page_is_what_the_table_gives(self):
        self.assertEqual(PAGE.read_text(encoding='utf-8'), page(), "Write it again: make access")

    def test_a_cell_is_said_in_words(self):
        for cell, words in {
            'rwcu': "read, write, create, delete", 'r--U': "read, (delete)", '----': "–", '-...': "–", '..c.': "create",
            '....': "",
        }.items():
            with self.subTest(cell=cell):
                self.assertEqual(describe(cell), words)

    def test_each_role_has_its_own_table_and_what_is_closed_stands_beside_it(self):
        text = render({
            ('crm.lead', 'own'): {'member': 'rw--', 'portal': '----'},
            ('crm.lead', 'other'): {'member': '----', 'portal': '----'},
            ('hours', 'own'): {'member': '----', 'portal': '----'},
        }, ROLES, {'hours': "hours of a colleague"})
        self.assertIn("## Member\n\n|  | Own cohort", text.replace("| | ", "|  | "))
        self.assertIn("| `crm.lead` | read, write | – |", text)
        self.assertIn("Nothing at all: hours of a colleague.", text)
        self.assertTrue(text.rstrip().endswith("## Portal user\n\nNothing at all: `crm.lead`, hours of a colleague."))


if __name__ == '__main__':
    unittest.main()
