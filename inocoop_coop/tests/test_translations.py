import io
import re
from pathlib import Path

import polib
from lxml import etree

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

ADDON = 'inocoop_coop'


@tagged('post_install', '-at_install')
class TestTranslations(TransactionCase):
    """Members read French: nothing they see may be left in English."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = Path(get_module_path(ADDON)) / 'i18n'
        cls.french = polib.pofile(str(folder / 'fr.po'))
        cls.template = polib.pofile(str(folder / f'{ADDON}.pot'))
        exported = io.BytesIO()
        trans_export(False, [ADDON], exported, 'po', cls.env)
        cls.source = [entry for entry in polib.pofile(exported.getvalue().decode()) if not cls._is_of_core(entry)]

    @staticmethod
    def _is_of_core(entry):
        """Core's help on a field that each module inherits: see environment/own_terms.py, which drops it."""
        return all(re.search(r',help:inocoop_coop\.field_(?!coop_)\w+__display_name$', name) for name, _line in entry.occurrences)

    def test_every_term_of_the_source_is_in_french(self):
        translated = {entry.msgid for entry in self.french.translated_entries()}
        missing = {entry.msgid for entry in self.source} - translated
        self.assertFalse(missing, "Type “make i18n”, then translate these in i18n/fr.po.")

    def test_no_translation_is_left_of_a_term_that_is_gone(self):
        gone = {entry.msgid for entry in self.french} - {entry.msgid for entry in self.source}
        self.assertFalse(gone, "Type “make i18n”: it removes these.")

    def test_the_template_is_that_of_the_source(self):
        self.assertEqual(
            {entry.msgid for entry in self.template}, {entry.msgid for entry in self.source}, "Type “make i18n”.")

    def test_each_translation_names_the_same_values(self):
        for entry in self.french:
            for value in ('%s', *(f'%({part.split(")")[0]})s' for part in entry.msgid.split('%(')[1:])):
                self.assertEqual(
                    entry.msgid.count(value), entry.msgstr.count(value), f"{entry.msgid!r}: {value} is in one and not the other")

    def test_what_a_button_does_and_what_a_field_is_do_not_share_a_term(self):
        # One term has one translation: “Start” on a button and over a column would both read “Démarrer”.
        buttons, things = set(), set()
        ours = self.env['ir.model.data'].search([('module', '=', ADDON), ('model', '=', 'ir.ui.view')])
        for view in self.env['ir.ui.view'].with_context(lang='en_US').browse(ours.mapped('res_id')):
            arch = etree.fromstring(view.arch_db)
            buttons |= {node.get('string') for node in arch.iter('button') if node.get('type') == 'object'}
            buttons |= {(node.text or "").strip() for node in arch.iter('a')}
            things |= {node.get('string') for node in arch.iter('filter', 'field', 'page', 'group')}
        for model in self.env.registry:
            if model.startswith('coop.'):
                things |= {field._description_string(self.env(context={'lang': 'en_US'}))
                           for field in self.env[model]._fields.values()}
        self.assertIn("Start the Cohort", buttons)
        self.assertIn("Start Date", things)
        self.assertFalse((buttons & things) - {None, ""})

    def test_the_names_of_the_data_are_french_for_who_reads_french(self):
        self.env['res.lang']._activate_lang('fr_FR')
        program = self.env.ref('inocoop_coop.program_young_adults').with_context(lang='fr_FR')
        self.assertEqual(program.name, "Jeunes majeurs")
        self.assertIn("Assemblée", program.committee_template_ids.mapped('name'))
