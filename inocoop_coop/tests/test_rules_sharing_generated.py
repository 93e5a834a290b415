from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rules.sharing import ABSENCES, LEAVERS, Key, Member, divide_result, share

# The same cases each time, on a machine of whatever speed.
generated = settings(derandomize=True, deadline=None, database=None, max_examples=150)

KINDS = ('work', 'prospecting', 'training')
AMOUNTS = st.one_of(st.integers(0, 50), st.integers(0, 5_000_000))
RATES = st.decimals(0, 100, places=2).map(str)


@st.composite
def members(draw, least):
    """Members of whom the first, at least, worked and stayed: there is always something to go by."""
    several = []
    numbers = draw(st.lists(st.integers(1, 99), min_size=least, max_size=9, unique=True))
    for index, number in enumerate(numbers):
        period, expected = draw(st.integers(1, 180)), draw(st.integers(0, 40))
        missed = draw(st.integers(0, expected)) if index else 0
        justified = draw(st.integers(0, missed))
        hours = draw(st.dictionaries(st.sampled_from(KINDS), st.integers(0, 60_000)))
        several.append(Member(
            number, minutes=hours if index else hours | {'work': 60}, days=draw(st.integers(1, period)), period=period,
            left=bool(index) and draw(st.booleans()), expected=expected, unjustified=missed - justified, justified=justified))
    return several


@st.composite
def cases(draw, bounded=True, least=1):
    """An amount, members and a key by which it can be shared."""
    amount = draw(AMOUNTS)
    several = draw(members(least))
    floor = draw(st.integers(0, amount // len(several))) if bounded else 0
    key = Key(
        equal=draw(st.integers(0, 100)),
        weights=draw(st.dictionaries(st.sampled_from(KINDS), st.integers(1, 200))),
        floor=floor,
        cap=draw(st.one_of(st.just(0), st.integers(max(floor, 1), max(amount, floor, 1)))) if bounded else 0,
        leavers=draw(st.sampled_from(LEAVERS)),
        absences=draw(st.sampled_from(ABSENCES)))
    return amount, several, key


@tagged('post_install', '-at_install')
class TestSharingGenerated(BaseCase):
    """What holds of every share, whatever the members and the key."""

    @generated
    @given(AMOUNTS, AMOUNTS, RATES, RATES, RATES)
    def test_the_steps_of_a_result_add_up(self, income, expense, host, reserve, contributions):
        division = divide_result(income, expense, host_rate=host, reserve_rate=reserve, contribution_rate=contributions)
        parts = (division.host, division.reserve, division.contributions)
        self.assertEqual(sum(parts) + division.to_share, income - expense)
        self.assertGreaterEqual(min(parts), 0)

    @generated
    @given(cases())
    def test_the_amounts_add_up_to_the_cent(self, case):
        amount, several, key = case
        shares = share(amount, several, key)
        self.assertEqual(sum(shares.amounts.values()) + shares.unshared, amount)

    @generated
    @given(cases())
    def test_no_share_is_negative_and_each_lies_between_floor_and_cap(self, case):
        amount, several, key = case
        shares = share(amount, several, key)
        self.assertGreaterEqual(shares.unshared, 0)
        for member in several:
            out = member.left and key.leavers == 'nothing'
            self.assertGreaterEqual(shares.amounts[member.number], 0 if out else key.floor)
            self.assertLessEqual(shares.amounts[member.number], 0 if out else key.cap or amount)

    @generated
    @given(cases())
    def test_something_is_unshared_only_when_everybody_who_counts_has_the_cap(self, case):
        amount, several, key = case
        shares = share(amount, several, key)
        if shares.unshared:
            at_the_cap = [number for number, cents in shares.amounts.items() if cents == key.cap]
            self.assertTrue(at_the_cap)
            self.assertFalse([cents for cents in shares.amounts.values() if cents not in (0, key.floor, key.cap)])

    @generated
    @given(cases(), st.permutations(range(9)))
    def test_the_order_does_not_matter(self, case, order):
        amount, several, key = case
        shares = share(amount, several, key)
        shuffled = [several[index] for index in order if index < len(several)]
        self.assertEqual(share(amount, shuffled, key), shares)

    @generated
    @given(cases(least=2), st.sampled_from(KINDS), st.integers(1, 6000), st.integers(0, 14))
    def test_more_hours_never_give_less(self, case, kind, minutes, index):
        amount, several, key = case
        member = several[index % len(several)]
        before = share(amount, several, key).amounts[member.number]
        harder = replace(member, minutes={**member.minutes, kind: member.minutes.get(kind, 0) + minutes})
        after = share(amount, [harder if other is member else other for other in several], key).amounts[member.number]
        self.assertGreaterEqual(after, before)

    @generated
    @given(cases(least=2))
    def test_who_worked_more_than_another_gets_no_less(self, case):
        amount, several, key = case
        first, second, *_others = several
        more = replace(first, number=second.number, minutes={
            kind: first.minutes.get(kind, 0) + second.minutes.get(kind, 0) for kind in KINDS})
        amounts = share(amount, [first, more, *several[2:]], key).amounts
        # Of equal hours, or beside an equal part of everything, the lower number has the cent.
        self.assertGreaterEqual(amounts[more.number], amounts[first.number] - 1)

    @generated
    @given(cases(), st.integers(1, 6000))
    def test_a_larger_result_gives_nobody_less(self, case, more):
        amount, several, key = case
        # Largest remainders can move one cent from one member to another when there is more to share.
        before, after = share(amount, several, key), share(amount + more, several, key)
        for number, cents in before.amounts.items():
            self.assertGreaterEqual(after.amounts[number], cents - 1)

    @generated
    @given(cases(bounded=False))
    def test_nobody_is_more_than_a_cent_from_the_exact_part(self, case):
        amount, several, key = case
        thousandfold = share(amount * 1000, several, key)
        for number, cents in share(amount, several, key).amounts.items():
            self.assertLessEqual(abs(thousandfold.amounts[number] - cents * 1000), 1000)
