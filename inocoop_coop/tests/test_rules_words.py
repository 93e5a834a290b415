from odoo.tests import TransactionCase, tagged

from ..rules.words import amount_in_words, find_language


@tagged('post_install', '-at_install')
class TestRulesWords(TransactionCase):
    """Amounts in words as people write them, and not as a library puts them together."""

    def _say(self, language, currency='EUR', places=2):
        return {units: amount_in_words(units, places, currency, language)
                for units in (1, 100, 7100, 8000, 8100, 10000, 123456, 100000000)}

    def test_in_french(self):
        self.assertEqual(self._say('fr_FR'), {
            1: "un centime", 100: "un euro", 7100: "soixante et onze euros", 8000: "quatre-vingts euros",
            8100: "quatre-vingt-un euros", 10000: "cent euros",
            123456: "mille deux cent trente-quatre euros et cinquante-six centimes", 100000000: "un million d'euros"})
        self.assertEqual(self._say('fr_FR', 'USD'), {
            1: "un cent", 100: "un dollar", 7100: "soixante et onze dollars", 8000: "quatre-vingts dollars",
            8100: "quatre-vingt-un dollars", 10000: "cent dollars",
            123456: "mille deux cent trente-quatre dollars et cinquante-six cents", 100000000: "un million de dollars"})
        self.assertEqual(amount_in_words(0, 2, 'EUR', 'fr_FR'), "zéro euro")
        self.assertEqual(self._say('fr_BE'), self._say('fr_FR'))

    def test_in_english(self):
        self.assertEqual(self._say('en_GB'), {
            1: "one cent", 100: "one euro", 7100: "seventy-one euros", 8000: "eighty euros", 8100: "eighty-one euros",
            10000: "one hundred euros", 123456: "one thousand, two hundred and thirty-four euros, fifty-six cents",
            100000000: "one million euros"})
        self.assertEqual(self._say('en_US', 'USD')[8000], "eighty dollars")
        self.assertEqual(self._say('en_US', 'USD')[1], "one cent")

    def test_in_german(self):
        self.assertEqual(self._say('de_DE'), {
            1: "ein Cent", 100: "ein Euro", 7100: "einundsiebzig Euro", 8000: "achtzig Euro", 8100: "einundachtzig Euro",
            10000: "einhundert Euro", 123456: "eintausendzweihundertvierunddreißig Euro und sechsundfünfzig Cent",
            100000000: "eine Million Euro"})
        self.assertEqual(self._say('de_DE', 'USD')[8000], "achtzig Dollar")

    def test_whole_numbers_are_not_taken_for_cents(self):
        self.assertEqual(amount_in_words(8000, 2, 'EUR', 'fr_FR'), "quatre-vingts euros")
        self.assertEqual(amount_in_words(80, 2, 'EUR', 'fr_FR'), "quatre-vingts centimes")

    def test_an_unknown_currency_is_named_by_its_code(self):
        self.assertEqual(amount_in_words(8050, 2, 'XYZ', 'fr_FR'), "quatre-vingts XYZ 50/100")
        self.assertEqual(amount_in_words(80500, 3, 'TND', 'fr_FR'), "quatre-vingts TND 500/1000")
        self.assertEqual(amount_in_words(80, 0, 'XYZ', 'en_US'), "eighty XYZ")

    def test_a_language_that_it_does_not_speak_is_told(self):
        self.assertIsNone(amount_in_words(8000, 2, 'EUR', 'el_GR'))
        self.assertIsNone(find_language(None))
        self.assertEqual(find_language('pt_BR'), 'pt_BR')

    def test_every_amount_up_to_a_hundred_has_words_of_its_own(self):
        for language in ('fr_FR', 'en_US', 'de_DE'):
            words = {amount_in_words(units, 2, 'EUR', language) for units in range(10001)}
            self.assertEqual(len(words), 10001)
