from fractions import Fraction
from itertools import permutations

from odoo.tests import BaseCase, tagged

from ..rules.sharing import Division, Key, Member, SharingError, divide_result, share


def rates(host='0', reserve='0', contributions='0'):
    return {'host_rate': host, 'reserve_rate': reserve, 'contribution_rate': contributions}


def with_hours(*hours, kind='work'):
    return [Member(number, minutes={kind: round(each * 60)}) for number, each in enumerate(hours, 1)]


def given(amount, members, key):
    """Amounts in the order of the members' numbers."""
    return list(share(amount, members, key).amounts.values())


@tagged('post_install', '-at_install')
class TestDivideResult(BaseCase):
    """The host, the reserve and the contributions come before the members."""

    def test_each_step_is_taken_of_what_it_is_said_to_be_taken_of(self):
        self.assertEqual(
            divide_result(100000, 30000, **rates('10', '5', '20')),
            Division(100000, 0, 30000, 70000, host=10000, reserve=3500, contributions=11300, to_share=45200))

    def test_without_rates_everything_is_to_share(self):
        self.assertEqual(divide_result(100000, 30000, **rates()).to_share, 70000)

    def test_the_host_takes_nothing_of_what_was_not_sold(self):
        division = divide_result(100000, 30000, other=200000, **rates('10'))
        self.assertEqual((division.result, division.host, division.to_share), (270000, 10000, 260000))

    def test_the_host_takes_its_share_of_the_turnover_and_not_of_the_result(self):
        self.assertEqual(divide_result(100000, 95000, **rates('10')).to_share, -5000)

    def test_a_loss_has_neither_reserve_nor_contributions(self):
        division = divide_result(1000, 3000, **rates('10', '50', '50'))
        self.assertEqual((division.result, division.host, division.reserve, division.contributions), (-2000, 100, 0, 0))
        self.assertEqual(division.to_share, -2100)

    def test_more_credited_than_invoiced_gives_the_host_nothing(self):
        self.assertEqual(divide_result(-500, 0, **rates('10')), Division(-500, 0, 0, -500, 0, 0, 0, -500))

    def test_half_a_cent_goes_upwards_and_the_steps_add_up(self):
        division = divide_result(5, 0, **rates('10', '10', '10'))
        self.assertEqual((division.host, division.reserve, division.contributions, division.to_share), (1, 1, 0, 3))

    def test_a_rate_with_decimals_is_exact(self):
        # 0.1 + 0.2 is not 0.3 in floating point.
        self.assertEqual(divide_result(1000000, 0, **rates('10.005')).host, 100050)

    def test_the_whole_may_be_kept(self):
        self.assertEqual(divide_result(100, 0, **rates('100')).to_share, 0)

    def test_what_is_no_percentage_is_refused(self):
        for wrong in ('-1', '100.01', 'abc'):
            with self.subTest(rate=wrong), self.assertRaises(ValueError):
                divide_result(1, 0, **rates(wrong))


@tagged('post_install', '-at_install')
class TestKeys(BaseCase):
    """Who gets what under each kind of key."""

    def test_equal_parts(self):
        self.assertEqual(given(900, with_hours(1, 5, 100), Key(equal=100)), [300, 300, 300])

    def test_by_the_hours(self):
        self.assertEqual(given(900, with_hours(10, 20, 60), Key()), [100, 200, 600])

    def test_half_in_equal_parts_and_half_by_the_hours(self):
        self.assertEqual(given(900, with_hours(10, 20, 60), Key(equal=50)), [200, 250, 450])

    def test_kinds_of_hours_weigh_as_the_group_voted(self):
        members = [Member(1, {'work': 60}), Member(2, {'prospecting': 60}), Member(3, {'training': 60})]
        key = Key(weights={'prospecting': 50, 'training': 0})
        self.assertEqual(given(300, members, key), [200, 100, 0])

    def test_who_has_no_hours_gets_the_equal_part(self):
        self.assertEqual(given(900, with_hours(10, 0), Key(equal=50)), [675, 225])

    def test_a_counter_entry_takes_hours_away_and_never_makes_a_debt(self):
        members = [Member(1, {'work': 120, 'committee': -60}), Member(2, {'work': -60}), Member(3, {'work': 60})]
        self.assertEqual(given(200, members, Key()), [100, 0, 100])

    def test_nobody_gets_less_than_the_floor_and_the_others_bear_it_in_proportion(self):
        self.assertEqual(given(1000, with_hours(1, 3, 6), Key(floor=200)), [200, 267, 533])

    def test_nobody_gets_more_than_the_cap_and_the_others_have_it_in_proportion(self):
        self.assertEqual(given(1000, with_hours(1, 3, 6), Key(cap=400)), [200, 400, 400])

    def test_floor_and_cap_at_once(self):
        self.assertEqual(given(1000, with_hours(0, 4, 6, 90), Key(floor=100, cap=500)), [100, 160, 240, 500])

    def test_what_nobody_may_get_any_more_is_unshared(self):
        shares = share(1000, with_hours(1, 9), Key(cap=300))
        self.assertEqual((shares.amounts, shares.unshared), ({1: 300, 2: 300}, 400))

    def test_the_cents_that_are_left_go_to_the_largest_remainders(self):
        # 33.33, 33.33 and 33.34 of a hundred: quotas of 14.28, 28.57 and 57.14
        self.assertEqual(given(100, with_hours(1, 2, 4), Key()), [14, 29, 57])

    def test_of_equal_remainders_the_first_member_gets_the_cent(self):
        self.assertEqual(given(100, with_hours(1, 1, 1), Key()), [34, 33, 33])

    def test_the_order_in_which_members_are_given_does_not_matter(self):
        members = with_hours(1, 1, 2, 5)
        results = {tuple(share(101, order, Key(equal=30)).amounts.items()) for order in permutations(members)}
        self.assertEqual(len(results), 1)

    def test_nothing_to_share_gives_everybody_nothing(self):
        self.assertEqual(given(0, with_hours(1, 2), Key(equal=10)), [0, 0])

    def test_a_single_member_gets_everything(self):
        self.assertEqual(given(12345, with_hours(0.5), Key(equal=33)), [12345])


@tagged('post_install', '-at_install')
class TestLeaversAndAbsences(BaseCase):

    def setUp(self):
        super().setUp()
        self.members = [
            Member(1, {'work': 600}, days=90, period=90),
            Member(2, {'work': 600}, days=30, period=90, left=True)]

    def test_who_left_has_the_equal_part_of_their_days(self):
        self.assertEqual(given(400, self.members, Key(equal=100, leavers='time')), [300, 100])

    def test_who_left_keeps_the_hours_they_worked(self):
        self.assertEqual(given(400, self.members, Key(leavers='time')), [200, 200])

    def test_who_left_may_count_like_everybody(self):
        self.assertEqual(given(400, self.members, Key(equal=100, leavers='full')), [200, 200])

    def test_who_left_may_get_nothing_not_even_the_floor(self):
        self.assertEqual(given(400, self.members, Key(equal=50, floor=10, leavers='nothing')), [400, 0])

    def test_who_came_late_and_stays_is_no_leaver(self):
        late = Member(2, {'work': 600}, days=30, period=90)
        self.assertEqual(given(400, [self.members[0], late], Key(equal=100, leavers='time')), [200, 200])

    def test_missed_half_days_reduce_the_equal_part_as_the_rule_says(self):
        members = [Member(1, expected=10), Member(2, expected=10, unjustified=2, justified=3)]
        for absences, missed in (('ignored', 0), ('unjustified', 2), ('all', 5)):
            with self.subTest(absences=absences):
                second = Fraction(10 - missed, 20 - missed) * 1900
                self.assertEqual(given(1900, members, Key(equal=100, absences=absences))[1], round(second))

    def test_absences_leave_the_hours_alone(self):
        members = [Member(1, {'work': 60}, expected=10), Member(2, {'work': 60}, expected=10, unjustified=10)]
        self.assertEqual(given(200, members, Key(absences='all')), [100, 100])


@tagged('post_install', '-at_install')
class TestNothingToGoBy(BaseCase):
    """What can't be shared says why."""

    def assert_reason(self, reason, amount, members, key, needed=0):
        with self.assertRaises(SharingError) as caught:
            share(amount, members, key)
        self.assertEqual((caught.exception.reason, caught.exception.needed), (reason, needed))

    def test_nobody_to_share_with(self):
        self.assert_reason('nobody', 100, [], Key())
        self.assert_reason('nobody', 100, [Member(1, {'work': 60}, left=True)], Key(leavers='nothing'))

    def test_no_hours_when_hours_decide(self):
        self.assert_reason('no_hours', 100, with_hours(0, 0), Key())
        self.assert_reason('no_hours', 100, with_hours(5), Key(equal=99, weights={'work': 0}))

    def test_nobody_was_there_when_presence_decides(self):
        self.assert_reason(
            'no_presence', 100, [Member(1, expected=2, unjustified=2)], Key(equal=100, absences='unjustified'))

    def test_a_floor_that_there_is_no_money_for(self):
        self.assert_reason('floor', 100, with_hours(1, 1, 1), Key(floor=40), needed=120)

    def test_a_loss_is_not_shared(self):
        with self.assertRaises(ValueError):
            share(-1, with_hours(1), Key())

    def test_a_key_that_makes_no_sense(self):
        for wrong in (
                {'equal': -1}, {'equal': 101}, {'weights': {'work': -1}}, {'floor': -1}, {'cap': -1}, {'floor': 5, 'cap': 4},
                {'leavers': 'never'}, {'absences': 'some'}):
            with self.subTest(wrong=wrong), self.assertRaises(ValueError):
                Key(**wrong)
