from itertools import product

from odoo.tests import BaseCase, tagged

from ..rules.place import INSIDE, OUTSIDE, UNKNOWN, Address, Place, locate, normalise, parse

BRUAY = Place("Bruay-la-Buissière", ('62700',))
HOUDAIN = Place("Houdain", ('62150',))
BETHUNE = Place("Béthune", ('62400', '62401'))
TERRITORY = (BRUAY, HOUDAIN, BETHUNE)
ESTREE = Place("Estrée-Cauchy", ('62690',))
DIVION = Place("Rebreuve-Ranchicourt", ('62150',))
NAMESAKE = Place("Houdain", ('59570',))
OTHERS = (ESTREE, DIVION)


@tagged('post_install', '-at_install')
class TestRulesPlace(BaseCase):
    """What is written on a doorstep, and whether it is on the territory."""

    def test_a_line_is_taken_apart_as_people_write_it(self):
        for text, address in {
            "12 rue Foch, 62700 Bruay": ("12 rue Foch", '62700', "Bruay"),
            "12 rue Foch 62700 Bruay-la-Buissière": ("12 rue Foch", '62700', "Bruay-la-Buissière"),
            "62700 Bruay": ('', '62700', "Bruay"),
            "62 700 Bruay": ('', '62700', "Bruay"),
            "Bruay 62700": ('', '62700', "Bruay"),
            "12 rue Foch, Bruay 62700": ("12 rue Foch", '62700', "Bruay"),
            "Bruay": ('', '', "Bruay"),
            "rue Foch, Bruay": ("rue Foch", '', "Bruay"),
            "12 rue Foch": ("12 rue Foch", '', ''),
            "62700": ('', '62700', ''),
            "  62700   ": ('', '62700', ''),
            "1234567 Bruay": ("1234567 Bruay", '', ''),
            "": ('', '', ''),
            None: ('', '', ''),
            "next to the church": ('', '', "next to the church"),
        }.items():
            self.assertEqual(parse(text), Address(*address), text)

    def test_names_are_compared_as_people_read_them(self):
        for one, other in (
            ("Saint-Omer", "ST OMER"), ("Béthune", "bethune cedex 2"), ("L'Étoile", "l etoile"),
            ("Crécy-s-Serre", "Crecy sur Serre"),
            ("Œuf-en-Ternois", "OEUF EN TERNOIS"),
        ):
            self.assertEqual(normalise(one), normalise(other))
        self.assertEqual(normalise(None), '')
        self.assertNotEqual(normalise("Bruay"), normalise("Bruay-la-Buissière"))

    def test_each_answer_has_its_reason(self):
        for (postcode, city), expected in {
            ('62700', "Bruay la Buissière"): (INSIDE, 'named'),
            ('62150', "Houdain"): (INSIDE, 'named'),
            ('', "BETHUNE"): (INSIDE, 'named'),
            ('62401', ""): (INSIDE, 'postcode'),
            ('62150', "Rebreuve-Ranchicourt"): (OUTSIDE, 'named'),
            ('', "Estrée-Cauchy"): (OUTSIDE, 'named'),
            ('75011', "Paris"): (OUTSIDE, 'postcode'),
            ('75011', ""): (OUTSIDE, 'postcode'),
            # One postcode, two towns: which one?
            ('62150', ""): (UNKNOWN, 'shared'),
            ('62150', "Maisnil"): (UNKNOWN, 'unnamed'),
            ('75011', "Houdain"): (UNKNOWN, 'contradiction'),
            ('', "Atlantis"): (UNKNOWN, 'unheard'),
            ('B-1000', "Bruxelles"): (UNKNOWN, 'unheard'),
            ('?', ""): (UNKNOWN, 'unheard'),
            ('', ""): (UNKNOWN, 'nowhere'),
            (None, None): (UNKNOWN, 'nowhere'),
        }.items():
            self.assertEqual(locate(postcode, city, TERRITORY, OTHERS), expected, (postcode, city))

    def test_a_name_that_is_inside_and_elsewhere_is_not_guessed(self):
        self.assertEqual(locate('', "Houdain", TERRITORY, (NAMESAKE,)), (UNKNOWN, 'namesake'))
        self.assertEqual(locate('59570', "Houdain", TERRITORY, (NAMESAKE,)), (OUTSIDE, 'named'))
        self.assertEqual(locate('62150', "Houdain", TERRITORY, (NAMESAKE,)), (INSIDE, 'named'))

    def test_inside_is_said_of_no_place_that_is_known_outside_and_the_reverse(self):
        places = (*TERRITORY, *OTHERS, NAMESAKE)
        codes = ('', '75011', *{code for place in places for code in place.postcodes})
        for code, name in product(codes, ('', "Paris", *{place.name for place in places})):
            state, _reason = locate(code, name, TERRITORY, (*OTHERS, NAMESAKE))
            fits_in = [p for p in TERRITORY if (not name or p.name == name) and (not code or code in p.postcodes)]
            fits_out = [p for p in (*OTHERS, NAMESAKE) if (not name or p.name == name) and (not code or code in p.postcodes)]
            if state == INSIDE:
                self.assertTrue(fits_in, (code, name))
                self.assertFalse(fits_out, (code, name))
            elif state == OUTSIDE:
                self.assertFalse(fits_in, (code, name))

    def test_without_a_territory_everything_known_is_outside(self):
        self.assertEqual(locate('62700', "Bruay", ())[0], OUTSIDE)
