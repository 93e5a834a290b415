import base64
from datetime import date

from psycopg2 import IntegrityError

from odoo.addons.mail.tests.common import MailCase
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..models.coop_membership_activation import PASSWORD_ALPHABET, PASSWORD_LENGTH
from .common import CoopCommon


@tagged('post_install', '-at_install')
class TestMembershipActivation(CoopCommon, MailCase):
    """Becoming an active member: contact, employee, user if wanted, and the doors that open."""

    # ------------------------------------------------------------
    # What it makes
    # ------------------------------------------------------------

    def test_who_becomes_active_gets_a_contact_an_employee_and_a_user(self):
        self.sofia.write({
            'email': 'sofia@example.com', 'phone': '0321000000', 'street': "1 rue des Fleurs",
            'municipality_id': self.bethune.id})
        self.sofia.with_user(self.facilitator).action_activate()
        self.assertEqual(self.sofia.state, 'active')
        self.assertRecordValues(self.sofia.partner_id, [{
            'name': "Sofia Petit", 'email': 'sofia@example.com', 'phone': '0321000000',
            # All of the cohort read its contacts: where somebody lives is not there.
            'street': False, 'zip': False, 'city': False}])
        self.assertEqual(
            (self.sofia.employee_id.private_street, self.sofia.employee_id.private_city), ("1 rue des Fleurs", "Béthune"))
        self.assertRecordValues(self.sofia.employee_id, [{
            'name': "Sofia Petit", 'work_contact_id': self.sofia.partner_id.id, 'user_id': self.sofia.user_id.id,
            'job_id': self.autumn.job_id.id, 'company_id': self.autumn.company_id.id}])
        self.assertRecordValues(self.sofia.user_id, [{
            'login': 'sofia@example.com', 'partner_id': self.sofia.partner_id.id, 'share': False}])

    def test_a_member_gets_the_member_group_and_nothing_more(self):
        self.assertEqual(self.lea.user_id.group_ids, self.env.ref('inocoop_coop.group_member'))

    def test_who_becomes_active_is_let_into_what_the_cohort_shares(self):
        self.sofia.action_activate()
        self.assertIn(self.sofia.user_id, self.autumn.team_id.member_ids)
        self.assertIn(self.sofia.partner_id, self.autumn.project_id.message_partner_ids)
        seat = self._body(self.autumn, 'assembly').mandate_ids.filtered(
            lambda mandate: mandate.membership_id == self.sofia)
        self.assertRecordValues(seat, [{'role': 'member', 'date_from': date(2025, 10, 1), 'date_to': date(2026, 3, 31)}])

    def test_all_those_who_were_admitted_become_active_at_one_press(self):
        nora = self._admit(self.autumn, "Nora Blanc")
        self.autumn.with_user(self.facilitator).action_activate_members()
        self.assertEqual((self.sofia + nora).mapped('state'), ['active', 'active'])

    def test_who_needs_no_user_gets_none_and_still_an_employee(self):
        self.sofia.wants_login = False
        action = self.sofia.action_activate()
        self.assertFalse(action)
        self.assertFalse(self.sofia.user_id)
        self.assertTrue(self.sofia.employee_id)

    def test_who_needed_no_user_may_get_one_when_coming_back(self):
        self.sofia.wants_login = False
        self.sofia.action_activate()
        self.sofia.action_leave()
        self.sofia.wants_login = True
        self.sofia.action_activate()
        self.assertEqual(self.sofia.employee_id.user_id, self.sofia.user_id)
        self.assertTrue(self.sofia.user_id)

    # ------------------------------------------------------------
    # The contact
    # ------------------------------------------------------------

    def test_the_contact_of_the_same_name_and_email_is_found_again(self):
        twin = self.env['res.partner'].create({'name': "Sofia Petit", 'email': '"Sofia" <SOFIA@example.com>'})
        self.sofia.email = 'sofia@example.com'
        self.sofia.action_activate()
        self.assertEqual(self.sofia.partner_id, twin)

    def test_a_brother_who_shares_the_email_is_someone_else(self):
        brother = self.env['res.partner'].create({'name': "Hugo Petit", 'email': 'family@example.com'})
        self.sofia.email = 'family@example.com'
        self.sofia.action_activate()
        self.assertNotEqual(self.sofia.partner_id, brother)

    def test_a_namesake_without_the_email_is_someone_else(self):
        namesake = self.env['res.partner'].create({'name': "Sofia Petit"})
        self.sofia.action_activate()
        self.assertNotEqual(self.sofia.partner_id, namesake)

    def test_a_name_with_a_percent_sign_finds_nobody_else(self):
        self.env['res.partner'].create({'name': "Hugo Petit", 'email': 'family@example.com'})
        self.sofia.write({'name': "% Petit", 'email': 'family@example.com'})
        self.sofia.action_activate()
        self.assertEqual(self.sofia.partner_id.name, "% Petit")

    def test_a_twin_who_already_is_in_the_cohort_is_told(self):
        other = self._admit(self.autumn, "Léa Martin", email='lea@example.com')
        with self.assertRaises(IntegrityError) as refusal, mute_logger('odoo.sql_db'):
            other.action_activate()
        self.assertEqual(
            other._sql_error_to_message(refusal.exception), "This person is already in this cohort: open the file that exists.")
        self.assertEqual(other.state, 'admitted')

    # ------------------------------------------------------------
    # The user
    # ------------------------------------------------------------

    def test_who_has_an_email_is_invited_by_email(self):
        self.sofia.email = 'sofia@example.com'
        with self.mock_mail_gateway():
            action = self.sofia.action_activate()
        self.assertFalse(action, "There is no password to hand over.")
        self.assertEqual([mail['email_to'] for mail in self._mails], [['sofia@example.com']])

    def test_nobody_is_invited_to_a_seat_that_is_taken(self):
        self.sofia.email = 'sofia@example.com'
        self.autumn.seats = 2
        with self.mock_mail_gateway(), self.assertRefused(ValidationError, r"All the seats of “Autumn” are taken \(2\)"):
            self.sofia.action_activate()
        self.assertFalse(self._mails)

    def test_who_has_no_email_gets_a_login_made_from_the_name_and_a_password_shown_once(self):
        action = self.sofia.with_user(self.facilitator).action_activate()
        self.assertEqual(self.sofia.user_id.login, 'sofia.petit')
        lines = [line for _command, _id, line in action['context']['default_line_ids']]
        self.assertEqual([(line['name'], line['login']) for line in lines], [("Sofia Petit", 'sofia.petit')])
        password = lines[0]['password']
        self.assertEqual(len(password), PASSWORD_LENGTH)
        self.assertLessEqual(set(password), set(PASSWORD_ALPHABET))
        self._assert_can_log_in('sofia.petit', password)

    def test_the_password_of_the_dialog_is_stored_nowhere(self):
        action = self.sofia.action_activate()
        password = action['context']['default_line_ids'][0][2]['password']
        self.env.flush_all()
        self.env.cr.execute("""
            SELECT table_name, column_name
              FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
             WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN ('text', 'character varying', 'jsonb')
        """)
        for table, column in self.env.cr.fetchall():
            found = self.env.execute_query(SQL(
                "SELECT 1 FROM %s WHERE %s::text LIKE %s LIMIT 1",
                SQL.identifier(table), SQL.identifier(column), f'%{password}%'))
            self.assertFalse(found, f"The password stands in {table}.{column}.")

    def test_two_who_have_no_email_stand_in_one_dialog(self):
        nora = self._admit(self.autumn, "Nora Blanc")
        action = (self.sofia + nora).action_activate()
        self.assertEqual(
            [line['login'] for _command, _id, line in action['context']['default_line_ids']], ['sofia.petit', 'nora.blanc'])

    def test_a_namesake_gets_a_login_with_a_number(self):
        namesake = self._admit(self.winter, "Yanis DUPOND")
        namesake.action_activate()
        self.assertEqual(self.yanis.user_id.login, 'yanis.dupond')
        self.assertEqual(namesake.user_id.login, 'yanis.dupond2')

    def test_accents_hyphens_and_apostrophes_make_a_login_that_can_be_typed(self):
        for name, login in (("Zoé-Anaïs d'Orçay", 'zoe.anais.d.orcay'), ("李小龙", 'member'), ("_ %", 'member2')):
            person = self._admit(self.winter, name)
            person.action_activate()
            self.assertEqual(person.user_id.login, login)

    def test_the_login_of_the_file_is_used(self):
        self.sofia.write({'email': 'sofia@example.com', 'login': ' sofia '})
        action = self.sofia.action_activate()
        self.assertEqual(self.sofia.user_id.login, 'sofia')
        self.assertTrue(action, "A login that is no address gets a password to hand over.")

    def test_a_login_that_is_taken_is_told_and_nothing_is_made(self):
        self.sofia.login = 'fanny'
        partners = self.env['res.partner'].search_count([])
        with self.assertRefused(
                UserError,
                "The login “fanny” is already someone else's. Write another one on Sofia Petit's file, under “Login”."):
            self.sofia.action_activate()
        self.assertEqual(self.sofia.state, 'admitted')
        self.assertEqual(self.env['res.partner'].search_count([]), partners)

    def test_a_portal_user_who_becomes_a_member_gets_in(self):
        portal = self._create_user('sofia', 'base.group_portal')
        self.sofia.partner_id = portal.partner_id
        self.sofia.action_activate()
        self.assertEqual(self.sofia.user_id, portal)
        self.assertFalse(portal.share)
        self.assertEqual(portal.group_ids, self.env.ref('inocoop_coop.group_member'))

    def test_a_colleague_who_becomes_a_member_keeps_their_own_access(self):
        self.sofia.partner_id = self.accountant.partner_id
        groups = self.accountant.group_ids
        self.sofia.action_activate()
        self.assertEqual(self.sofia.user_id, self.accountant)
        self.assertEqual(self.accountant.group_ids, groups)
        self.assertFalse(self.accountant.has_group('inocoop_coop.group_confined'))

    def test_a_colleague_who_becomes_a_member_keeps_their_own_job_and_does_not_leave_with_it(self):
        job = self.env['hr.job'].create({'name': "Accountant"})
        employee = self.env['hr.employee'].create({'name': "Alain", 'user_id': self.accountant.id, 'job_id': job.id})
        self.sofia.partner_id = self.accountant.partner_id
        self.sofia.action_activate()
        self.assertEqual(self.sofia.employee_id, employee)
        self.assertEqual(employee.job_id, job)
        self.sofia.action_leave()
        self.assertTrue(employee.active)
        self.sofia.action_activate()
        self.sofia.action_complete()
        self.assertRecordValues(employee, [{'active': True, 'job_id': job.id}])

    def test_a_former_colleague_is_called_back_and_leaves_again(self):
        employee = self.env['hr.employee'].create({'name': "Alain", 'user_id': self.accountant.id, 'active': False})
        self.sofia.partner_id = self.accountant.partner_id
        self.sofia.action_activate()
        self.assertRecordValues(employee, [{'active': True, 'job_id': self.autumn.job_id.id}])
        self.sofia.action_leave()
        self.assertFalse(employee.active)

    # ------------------------------------------------------------
    # Coming back
    # ------------------------------------------------------------

    def test_who_was_in_an_earlier_cohort_is_the_same_person_with_the_same_user_and_employee(self):
        user, employee = self.lea.user_id, self.lea.employee_id
        self.lea.action_complete()
        again = self._admit(self.winter, "Léa Martin", email='lea@example.com')
        again.action_activate()
        self.assertRecordValues(again, [{
            'partner_id': self.lea.partner_id.id, 'user_id': user.id, 'employee_id': employee.id}])
        self.assertTrue(employee.active)
        self.assertEqual(employee.job_id, self.winter.job_id)

    def test_who_left_may_come_back_until_the_cohort_ends(self):
        self.lea.action_leave()
        self.lea.action_activate()
        self.assertRecordValues(self.lea, [{'state': 'active', 'date_end': date(2026, 3, 31)}])
        self.assertIn(self.lea.user_id, self.autumn.team_id.member_ids)
        self.assertTrue(self.lea.employee_id.active)

    def test_who_comes_back_sits_in_the_assembly_again(self):
        assembly = self._body(self.autumn, 'assembly')
        self.lea.action_leave('2026-01-10')
        self.assertNotIn(self.lea.partner_id, assembly.current_partner_ids)
        self.lea.action_activate()
        self.env.invalidate_all()
        self.assertIn(self.lea.partner_id, assembly.current_partner_ids)

    def test_who_leaves_again_on_the_day_they_came_back_has_no_seat_to_come(self):
        assembly = self._body(self.autumn, 'assembly')
        self.lea.action_leave()
        self.lea.action_activate()
        self.lea.action_leave()
        self.assertRecordValues(
            assembly.mandate_ids.filtered(lambda mandate: mandate.partner_id == self.lea.partner_id),
            [{'date_from': date(2025, 10, 1), 'date_to': date(2026, 1, 15)}])

    # ------------------------------------------------------------
    # What it refuses
    # ------------------------------------------------------------

    def test_nobody_becomes_active_twice(self):
        with self.assertRefused(UserError, "Léa Martin is already active."):
            self.lea.action_activate()

    def test_nobody_becomes_active_in_a_cohort_that_is_not_open(self):
        spring = self._create_cohort("Spring", date(2026, 3, 1))
        early = self._admit(spring, "Early")
        with self.assertRefused(UserError, "“Spring” is not open: open its recruitment or start it"):
            early.action_activate()
        spring.action_open_recruitment()
        early.action_activate()
        self.assertEqual(early.state, 'active')

    def test_a_minor_needs_the_guardians_agreement(self):
        self.program.age_min = 16
        minor = self._admit(self.autumn, "Tom Vasseur", birthdate=date(2008, 10, 1), wants_login=False)
        self.assertTrue(minor.is_minor)
        with self.assertRefused(
                ValidationError, r"Tom Vasseur is under 18 on .*: attach the legal guardian's signed agreement first\."):
            minor.action_activate()
        self.assertEqual(minor.state, 'admitted')
        minor.with_user(self.facilitator).guardian_agreement = base64.b64encode(b"signed")
        minor.with_user(self.facilitator).action_activate()
        self.assertEqual(minor.state, 'active')

    def test_the_agreement_of_an_active_minor_is_not_taken_away(self):
        self.program.age_min = 16
        minor = self._admit(
            self.autumn, "Tom Vasseur", birthdate=date(2008, 10, 1), wants_login=False,
            guardian_agreement=base64.b64encode(b"signed"))
        minor.action_activate()
        with self.assertRefused(ValidationError, "Tom Vasseur is under 18"):
            minor.guardian_agreement = False

    def test_who_comes_of_age_on_the_first_day_needs_no_agreement(self):
        adult = self._admit(self.autumn, "Adult", birthdate=date(2007, 10, 1), wants_login=False)
        self.assertFalse(adult.is_minor)
        adult.action_activate()

    def test_seats_are_counted_on_active_members(self):
        self.autumn.seats = 2
        with self.assertRefused(ValidationError, r"All the seats of “Autumn” are taken \(2\)"):
            self.sofia.action_activate()
        self.yanis.action_leave()
        self.sofia.action_activate()
        self.assertEqual(self.autumn.active_member_count, 2)

    def test_seats_are_not_taken_away_from_those_who_sit_on_them(self):
        with self.assertRefused(ValidationError, r"All the seats of “Autumn” are taken \(1\)"):
            self.autumn.seats = 1

    def _assert_can_log_in(self, login, password):
        auth = self.env['res.users'].sudo().authenticate(
            {'type': 'password', 'login': login, 'password': password}, {'interactive': False})
        self.assertEqual(auth['uid'], self.env['res.users'].search([('login', '=', login)]).id)
