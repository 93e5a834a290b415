from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TODAY, CoopCommon


@tagged('post_install', '-at_install')
class TestMembership(CoopCommon):
    """A person's file in a cohort: who may be admitted, for how long, and how it ends."""

    # ------------------------------------------------------------
    # The term
    # ------------------------------------------------------------

    def test_a_membership_lasts_as_long_as_its_cohort(self):
        self.assertRecordValues(self.sofia, [{
            'state': 'admitted', 'date_start': date(2025, 10, 1), 'date_end': date(2026, 3, 31)}])

    def test_who_has_not_started_follows_the_dates_of_the_cohort(self):
        self.autumn.date_end = date(2026, 4, 30)
        self.assertEqual(self.sofia.date_end, date(2026, 4, 30))

    def test_the_term_of_an_active_member_does_not_move_with_the_cohort(self):
        self.autumn.date_end = date(2026, 4, 30)
        self.assertEqual(self.lea.date_end, date(2026, 3, 31))

    def test_a_term_inside_the_cohort_is_free(self):
        late = self._admit(self.autumn, "Late", date_start=date(2025, 12, 1), date_end=date(2026, 1, 31))
        self.assertRecordValues(late, [{'date_start': date(2025, 12, 1), 'date_end': date(2026, 1, 31)}])

    def test_a_term_lies_inside_the_cohort(self):
        for dates in ({'date_start': date(2025, 9, 30)}, {'date_end': date(2026, 4, 1)}):
            with self.assertRefused(
                    ValidationError, "Sofia Petit's dates must lie inside those of “Autumn”: from .* to .*"):
                self.sofia.write(dates)

    def test_a_cohort_does_not_become_shorter_than_its_members_terms(self):
        with self.assertRefused(ValidationError, "Léa Martin's dates must lie inside those of “Autumn”"):
            self.autumn.date_end = date(2026, 2, 28)

    # ------------------------------------------------------------
    # The person
    # ------------------------------------------------------------

    def test_the_file_of_a_known_contact_takes_over_what_is_known(self):
        contact = self.env['res.partner'].create({'name': "Nora Blanc", 'email': 'nora@example.com', 'phone': '0321000000'})
        nora = self.env['coop.membership'].create({
            'cohort_id': self.autumn.id, 'partner_id': contact.id, 'birthdate': date(2004, 1, 1)})
        self.assertRecordValues(nora, [{'name': "Nora Blanc", 'email': 'nora@example.com', 'phone': '0321000000'}])

    def test_age_is_counted_on_the_first_day_with_both_ends_included(self):
        for birthdate in (date(2000, 1, 6), date(2008, 1, 5)):  # 25 until tomorrow, 18 today
            self._admit(self.winter, "Inside", birthdate=birthdate)
        with self.assertRefused(ValidationError, "Outside will be 26 on .* from 18 to 25"):
            self._admit(self.winter, "Outside", birthdate=date(2000, 1, 5))
        with self.assertRefused(ValidationError, "Outside will be 17 on .* from 18 to 25"):
            self._admit(self.winter, "Outside", birthdate=date(2008, 1, 6))

    def test_who_arrives_later_is_as_old_as_on_their_own_first_day(self):
        late = self._admit(self.autumn, "Late", birthdate=date(2007, 12, 1), date_start=date(2025, 12, 1))
        with self.assertRefused(ValidationError, "Late will be 17"):
            late.date_start = date(2025, 11, 30)

    def test_a_cohort_that_starts_earlier_does_not_take_people_who_are_then_too_young(self):
        spring = self._create_cohort("Spring", date(2026, 3, 1))
        self._admit(spring, "Just eighteen", birthdate=date(2008, 3, 1))
        with self.assertRefused(ValidationError, "Just eighteen will be 17"):
            spring.date_start = date(2026, 2, 1)

    def test_one_person_has_one_membership_in_a_cohort(self):
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            self._admit(self.autumn, "Léa Martin", partner_id=self.lea.partner_id.id)

    def test_one_person_may_be_in_several_cohorts(self):
        again = self._admit(self.winter, "Léa Martin", partner_id=self.lea.partner_id.id)
        self.assertEqual(again.partner_id, self.lea.partner_id)

    def test_a_copy_of_a_file_is_nobody_yet(self):
        copy = self.sofia.copy({'cohort_id': self.winter.id})
        self.assertEqual(copy.state, 'admitted')
        self.assertFalse(copy.user_id or copy.sudo().employee_id)

    # ------------------------------------------------------------
    # Complete and leave
    # ------------------------------------------------------------

    def test_who_completes_stays_a_member_of_the_past(self):
        self.lea.with_user(self.facilitator).action_complete()
        self.assertRecordValues(self.lea, [{'state': 'completed', 'date_end': TODAY}])
        self.assertEqual(self.autumn.active_member_count, 1)

    def test_who_completes_after_the_end_completed_at_the_end(self):
        winter = self._create_cohort("Past", date(2025, 3, 1))
        winter.action_start()
        member = self._admit(winter, "Past member", wants_login=False)
        member.action_activate()
        member.action_complete()
        self.assertEqual(member.date_end, date(2025, 8, 31))

    def test_who_leaves_says_when_and_why(self):
        action = self.lea.with_user(self.facilitator).action_open_leave()
        self.env[action['res_model']].with_user(self.facilitator).with_context(**action['context']).create({
            'date': date(2026, 1, 10), 'reason': "Found a job"}).action_leave()
        self.assertRecordValues(self.lea, [{'state': 'left', 'date_end': date(2026, 1, 10), 'leave_reason': "Found a job"}])

    def test_who_never_came_leaves_on_the_first_day(self):
        spring = self._create_cohort("Spring", date(2026, 3, 1))
        absent = self._admit(spring, "Absent")
        absent.action_leave()
        self.assertRecordValues(absent, [{'state': 'left', 'date_start': date(2026, 3, 1), 'date_end': date(2026, 3, 1)}])

    def test_the_last_day_may_be_told_as_text_like_a_call_from_outside_does(self):
        self.lea.action_complete('2026-01-12')
        self.assertEqual(self.lea.date_end, date(2026, 1, 12))

    def test_who_leaves_gives_up_their_mandates(self):
        current = self._seat(self.board, self.lea, role='chair')
        later = self._seat(self.finance, self.lea, date_from=date(2026, 2, 1))
        over = self._seat(self.finance, self.lea, date_from=date(2025, 10, 1), date_to=date(2025, 12, 31))
        self.lea.action_leave()
        self.assertEqual(current.date_to, TODAY)
        self.assertFalse(later.exists(), "What would only begin later never was.")
        self.assertEqual(over.date_to, date(2025, 12, 31))

    def test_who_leaves_finds_the_doors_closed_and_keeps_what_they_did(self):
        task = self.env['project.task'].create({'name': "Hedges", 'project_id': self.autumn.project_id.id})
        hours = self._hours(task, self.lea)
        user, employee = self.lea.user_id, self.lea.employee_id
        self.lea.action_leave()
        self.assertNotIn(user, self.autumn.team_id.member_ids)
        self.assertNotIn(self.lea.partner_id, self.autumn.project_id.message_partner_ids)
        self.assertFalse(employee.active, "Nobody can count hours for someone who is gone.")
        self.assertTrue(user.active, "Their past stays theirs to read.")
        self.assertEqual(hours.employee_id, employee)

    def test_who_works_in_another_cohort_keeps_counting_hours_there(self):
        again = self._admit(self.winter, "Léa Martin", partner_id=self.lea.partner_id.id)
        again.action_activate()
        self.assertEqual(again.employee_id, self.lea.employee_id)
        self.lea.action_complete()
        self.assertTrue(again.employee_id.active)

    def test_only_who_is_active_completes_and_nobody_leaves_twice(self):
        with self.assertRefused(UserError, r"Sofia Petit .*there is nothing to end"):
            self.sofia.action_complete()
        self.lea.action_leave()
        for action in (self.lea.action_leave, self.lea.action_complete):
            with self.assertRefused(UserError, r"Léa Martin is not active any more \(Left\): there is nothing to end\."):
                action()

    def test_the_file_of_who_took_part_is_not_deleted(self):
        with self.assertRefused(UserError, "Léa Martin has already taken part: their file can't be deleted."):
            self.lea.unlink()
        self.sofia.unlink()  # an admission written by mistake

    # ------------------------------------------------------------
    # Where people come from
    # ------------------------------------------------------------

    def test_a_home_outside_the_territory_is_told(self):
        self.sofia.municipality_id = self.bruay
        self.assertFalse(self.sofia.is_outside_territory)
        self.sofia.municipality_id = self.elsewhere
        self.assertTrue(self.sofia.is_outside_territory)
        self.sofia.municipality_id = False
        self.assertFalse(self.sofia.is_outside_territory, "What isn't known isn't outside.")

    def test_nothing_is_outside_where_there_is_no_territory(self):
        self.sofia.municipality_id = self.elsewhere
        self.program.territory_id = False
        self.assertFalse(self.sofia.is_outside_territory)
