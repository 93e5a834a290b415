from odoo.tests import BaseCase, tagged

from ..rules import commitment, covered


@tagged('post_install', '-at_install')
class TestRulesCovered(BaseCase):
    """What a decision covered, written in whole numbers and decimal texts; and a cohort's share of a bill."""

    def test_money_is_a_whole_number_of_cents(self):
        for amount, places, units in (
                (0.0, 2, 0), (12.3, 2, 1230), (0.1 + 0.2, 2, 30), (1.005, 2, 101), (-4.2, 2, -420), (7, 0, 7)):
            self.assertEqual(covered.to_units(amount, places), units, amount)
            self.assertIsInstance(covered.to_units(amount, places), int)
        self.assertEqual(covered.from_units(1230, 2), 12.3)

    def test_a_quantity_is_a_decimal_text_without_zeros_at_its_end(self):
        for number, text in ((4.0, '4'), (12.30, '12.3'), (0.1 + 0.2, '0.3'), (0.0, '0'), (-0.0, '0'), (100, '100'), (1e-9, '0')):
            self.assertEqual(covered.to_text(number), text)

    def test_the_order_of_lines_says_nothing(self):
        lines = [{'product': number, 'quantity': '1'} for number in (3, 1, 2)]
        self.assertEqual(covered.sort_lines(lines), covered.sort_lines(reversed(lines)))

    def test_what_changed_is_matched_by_its_product(self):
        old = [{'product': 1, 'quantity': '4'}, {'product': 2, 'quantity': '1'}, {'product': 3, 'quantity': '1'}]
        new = [{'product': 1, 'quantity': '8'}, {'product': 2, 'quantity': '1'}, {'product': 4, 'quantity': '1'}]
        self.assertEqual(covered.match_lines(old, new), [(old[0], new[0]), (old[2], None), (None, new[2])])
        self.assertEqual(covered.match_lines(old, old), [])
        twice = [old[0], old[0]]
        self.assertEqual(covered.match_lines(twice, [old[0]]), [(old[0], None)])

    def test_a_cohort_bears_its_part_of_what_is_still_to_be_paid(self):
        # 60.00 of a bill of 120.00, half of it this cohort's, 100.00 still due.
        self.assertEqual(commitment.share(10000, [(6000, 50)], 12000), 2500)
        self.assertEqual(commitment.share(10000, [(12000, 100)], 12000), 10000)
        self.assertEqual(commitment.share(10000, [], 12000), 0)
        self.assertEqual(commitment.share(0, [(0, 100)], 0), 0)
        self.assertEqual(commitment.share(1, [(50, 100)], 100), 1)  # the half is rounded up

    def test_the_shares_of_thirds_differ_from_the_whole_by_a_cent_at_most(self):
        for residual in range(0, 1000, 7):
            parts = [commitment.share(residual, [(900, 33.33)], 900), commitment.share(residual, [(900, 33.33)], 900),
                     commitment.share(residual, [(900, 33.34)], 900)]
            self.assertLessEqual(abs(sum(parts) - residual), 1, residual)

    def test_exactly_the_ceiling_may_be_used(self):
        self.assertFalse(commitment.is_above(1000, 600, 400))
        self.assertTrue(commitment.is_above(1000, 600, 401))
        self.assertFalse(commitment.is_above(0, 600, 400), "No ceiling is none.")
