from datetime import date
from unittest.mock import patch

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import TODAY, CoopCommon


@tagged('post_install', '-at_install')
class TestMandate(CoopCommon):
    """Who sits on which body, as what, from when to when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.delegate = cls.env['res.partner'].create({'name': "Delegate of the carrier"})

    # ------------------------------------------------------------
    # Who sits
    # ------------------------------------------------------------

    def test_a_member_sits_by_their_membership_from_today_to_its_end(self):
        mandate = self._seat(self.board, self.lea)
        self.assertRecordValues(mandate, [{
            'membership_id': self.lea.id, 'cohort_id': self.autumn.id, 'role': 'member', 'voice': 'deliberative',
            'date_from': TODAY, 'date_to': date(2026, 3, 31), 'is_current': True}])

    def test_a_member_of_another_cohort_sits_without_a_membership(self):
        mandate = self._seat(self.board, self.chloe)
        self.assertFalse(mandate.membership_id)

    def test_who_is_no_member_sits_without_a_membership(self):
        mandate = self.env['coop.mandate'].create({
            'committee_id': self.steering.id, 'partner_id': self.delegate.id, 'voice': 'consultative'})
        self.assertRecordValues(mandate, [{
            'membership_id': False, 'date_from': TODAY, 'date_to': date(2026, 3, 31), 'voice': 'consultative'}])

    def test_a_mandate_finds_the_membership_that_comes_after_it(self):
        mandate = self.env['coop.mandate'].create({'committee_id': self.board.id, 'partner_id': self.delegate.id})
        self.sofia.partner_id = self.delegate
        self.assertEqual(mandate.membership_id, self.sofia)

    def test_a_mandate_in_a_cohort_to_come_starts_with_it_and_in_a_past_one_ends_with_it(self):
        cohorts = self._create_cohort("Spring", date(2026, 3, 1)) + self._create_cohort("Past", date(2025, 3, 1))
        cohorts._provision()
        mandates = self.env['coop.mandate'].create([
            {'committee_id': self._body(cohort, 'steering').id, 'partner_id': self.delegate.id} for cohort in cohorts])
        self.assertRecordValues(mandates, [
            {'date_from': date(2026, 3, 1), 'date_to': date(2026, 8, 31)},
            {'date_from': date(2025, 8, 31), 'date_to': date(2025, 8, 31)},
        ])

    def test_a_body_tells_who_sits_there_today(self):
        self._seat(self.board, self.lea, role='chair', date_from=date(2025, 10, 1), date_to=date(2026, 1, 14))
        self._seat(self.board, self.yanis, role='chair')
        self.assertEqual(self.board.chair_id, self.yanis.partner_id)
        self.assertEqual(self.board.current_partner_ids, self.yanis.partner_id)
        self.assertEqual(self.board.current_mandate_count, 1)

    def test_current_mandates_are_found(self):
        current = self._seat(self.board, self.lea, date_to=TODAY)
        over = self._seat(self.board, self.yanis, date_from=date(2025, 10, 1), date_to=date(2026, 1, 14))
        later = self._seat(self.finance, self.yanis, date_from=date(2026, 1, 16))
        mine = self.env['coop.mandate'].browse((current + over + later).ids)
        search = self.env['coop.mandate'].search
        self.assertEqual(search([('id', 'in', mine.ids), ('is_current', '=', True)]), current)
        self.assertEqual(search([('id', 'in', mine.ids), ('is_current', '!=', False)]), current)
        self.assertEqual(search([('id', 'in', mine.ids), ('is_current', '=', False)]), over + later)
        self.assertEqual(len(search([('id', 'in', mine.ids), ('is_current', 'in', [True, False])])), 3)

    def test_the_form_of_a_body_seats_people(self):
        form = Form(self.env['coop.mandate'].with_user(self.facilitator).with_context(default_committee_id=self.board.id))
        form.partner_id = self.lea.partner_id
        form.role = 'treasurer'
        self.assertEqual(form.save().membership_id, self.lea)

    # ------------------------------------------------------------
    # One chair, one seat
    # ------------------------------------------------------------

    def test_a_body_has_one_chair_at_a_time(self):
        self._seat(self.board, self.lea, role='chair')
        with self.assertRefused(
                ValidationError,
                "Léa Martin chairs “Board” until .*, and a body has one chair at a time. End that mandate first."):
            self._seat(self.board, self.yanis, role='chair', date_from=date(2026, 3, 31))

    def test_one_chair_follows_the_other_on_the_next_day(self):
        self._seat(self.board, self.lea, role='chair', date_to=TODAY)
        self._seat(self.board, self.yanis, role='chair', date_from=date(2026, 1, 16))
        self.assertEqual(self.board.chair_id, self.lea.partner_id)

    def test_each_body_has_a_chair_of_its_own(self):
        self._seat(self.board, self.lea, role='chair')
        self._seat(self.finance, self.lea, role='chair')
        self.assertEqual((self.board + self.finance).chair_id, self.lea.partner_id)

    def test_several_people_are_secretary_treasurer_or_member_together(self):
        for role in ('secretary', 'treasurer', 'member'):
            body = self.env['coop.committee'].create({'name': role, 'cohort_id': self.autumn.id})
            self._seat(body, self.lea, role=role)
            self._seat(body, self.yanis, role=role)
            self.assertEqual(body.current_mandate_count, 2)

    def test_a_person_sits_once_on_a_body_at_a_time(self):
        self._seat(self.board, self.lea, date_to=date(2026, 1, 31))
        for date_from in (TODAY, date(2026, 1, 31)):
            with self.assertRefused(ValidationError, "Léa Martin already sits on “Board” from .* to .*"):
                self._seat(self.board, self.lea, role='secretary', date_from=date_from)
        self._seat(self.board, self.lea, role='secretary', date_from=date(2026, 2, 1))

    def test_a_mandate_that_becomes_longer_must_not_reach_into_the_next(self):
        first = self._seat(self.board, self.lea, role='chair', date_to=date(2026, 1, 31))
        self._seat(self.board, self.yanis, role='chair', date_from=date(2026, 2, 1))
        with self.assertRefused(ValidationError, "Yanis Dupond chairs “Board”"):
            first.date_to = date(2026, 2, 1)

    def test_the_database_refuses_a_second_chair_by_itself(self):
        self._seat(self.board, self.lea, role='chair')
        with self._no_python_check(), self.assertRaises(ExclusionViolation) as refusal, mute_logger('odoo.sql_db'):
            self._seat(self.board, self.yanis, role='chair', date_from=date(2026, 3, 31))
        self.assertEqual(refusal.exception.diag.constraint_name, 'coop_mandate_one_chair')

    def test_the_database_refuses_a_second_seat_by_itself(self):
        self._seat(self.board, self.lea)
        with self._no_python_check(), self.assertRaises(ExclusionViolation) as refusal, mute_logger('odoo.sql_db'):
            self._seat(self.board, self.lea, role='secretary')
        self.assertEqual(refusal.exception.diag.constraint_name, 'coop_mandate_one_seat')

    def test_what_the_database_refuses_is_said_in_a_sentence(self):
        self._seat(self.board, self.lea, role='chair')
        with self._no_python_check(), mute_logger('odoo.sql_db'), self.assertRaises(ExclusionViolation) as refusal:
            self._seat(self.board, self.yanis, role='chair')
        self.assertEqual(
            self.env['coop.mandate']._sql_error_to_message(refusal.exception),
            "A body has one chair at a time: end the present chair's mandate first.")

    def _no_python_check(self):
        return patch.object(self.env.registry['coop.mandate'], '_check_no_overlap', lambda self: None)

    # ------------------------------------------------------------
    # The term
    # ------------------------------------------------------------

    def test_a_mandate_lies_inside_the_membership(self):
        late = self._admit(self.autumn, "Late", date_start=date(2025, 12, 1), wants_login=False)
        late.action_activate()
        with self.assertRefused(
                ValidationError, "Late takes part from .* to .*: a mandate on “Board” must lie inside these dates."):
            self._seat(self.board, late, date_from=date(2025, 11, 30))

    def test_a_membership_does_not_become_shorter_than_its_mandates(self):
        self._seat(self.board, self.lea)
        with self.assertRefused(ValidationError, "a mandate on “(Board|Assembly)” must lie inside these dates"):
            self.lea.date_end = date(2026, 2, 28)

    def test_who_is_no_member_may_sit_beyond_the_cohort(self):
        mandate = self.env['coop.mandate'].create({
            'committee_id': self.steering.id, 'partner_id': self.delegate.id, 'date_to': date(2026, 12, 31)})
        self.assertEqual(mandate.date_to, date(2026, 12, 31))

    def test_a_mandate_ends_today_or_on_the_day_that_is_told(self):
        today, told = self._seat(self.board, self.lea), self._seat(self.finance, self.lea)
        today.with_user(self.facilitator).action_end()
        told.with_user(self.facilitator).action_end('2026-02-01')
        self.assertEqual(today.date_to, TODAY)
        self.assertEqual(told.date_to, date(2026, 2, 1))

    def test_a_mandate_that_is_over_does_not_end_again(self):
        over = self._seat(self.board, self.lea, date_from=date(2025, 10, 1), date_to=date(2026, 1, 14))
        with self.assertRefused(UserError, "This mandate ended on .* already."):
            over.action_end()

    def test_a_mandate_that_has_not_begun_is_deleted_instead(self):
        later = self._seat(self.board, self.lea, date_from=date(2026, 2, 1))
        with self.assertRefused(UserError, "This mandate only begins on .*: delete it if it is not to be."):
            later.action_end()

    def test_a_body_in_which_people_have_sat_is_not_deleted(self):
        empty = self.env['coop.committee'].create({'name': "Empty", 'cohort_id': self.autumn.id})
        empty.unlink()
        self._seat(self.board, self.lea)
        with self.assertRefused(UserError, "People have sat in “Board”: it can't be deleted. Archive it instead."):
            self.board.unlink()
