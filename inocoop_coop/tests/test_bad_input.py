from datetime import date

from psycopg2 import Error
from psycopg2.errors import NotNullViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import CoopCommon


@tagged('post_install', '-at_install')
class TestBadInput(CoopCommon):
    """A mistake gets a sentence that a young adult understands, and nothing is lost.

    What was there before stays as it was; what was being written stays in the form.
    """

    def test_a_birth_date_in_the_future(self):
        with self.assertRefused(
                ValidationError, r"^Sofia Petit's birth date, 01/16/2026, is in the future: check the year\.$"):
            self.sofia.birthdate = date(2026, 1, 16)
        self.assertEqual(self.sofia.birthdate, date(2005, 5, 5))

    def test_a_person_too_young_at_the_start(self):
        with self.assertRefused(
                ValidationError,
                r"^Tom Vasseur will be 17 on 10/01/2025, the day they start, and “Young adults of two towns” is for people "
                r"from 18 to 25\. Check the birth date or choose another programme\.$"):
            self._admit(self.autumn, "Tom Vasseur", birthdate=date(2007, 10, 2))

    def test_a_person_too_old_at_the_start(self):
        with self.assertRefused(ValidationError, r"^Tom Vasseur will be 26 on 10/01/2025, the day they start"):
            self._admit(self.autumn, "Tom Vasseur", birthdate=date(1999, 10, 1))

    def test_a_cohort_that_ends_before_it_starts(self):
        sentence = "A cohort can't end before it starts: check its two dates."
        spring = self._create_cohort("Spring", date(2026, 3, 1))
        with self.assertRefused(ValidationError, sentence):
            spring.date_end = date(2026, 2, 28)
        self.assertEqual(spring.date_end, date(2026, 8, 31))
        self._assert_refused_by_database(
            sentence, lambda: self._create_cohort("Upside down", date(2026, 3, 1), date_end=date(2026, 2, 28)))
        self._create_cohort("One day", date(2026, 3, 1), date_end=date(2026, 3, 1))

    def test_a_cohort_with_members_that_ends_before_it_starts(self):
        with self.assertRefused(ValidationError, r"^A cohort can't end before it starts: check its two dates\.$"):
            self.autumn.date_end = date(2025, 9, 30)
        self.assertEqual(self.autumn.date_end, date(2026, 3, 31))

    def test_a_membership_that_ends_before_it_starts(self):
        self._assert_refused_by_database(
            "A person can't leave before they arrive: check the two dates.",
            lambda: self.sofia.write({'date_start': date(2026, 2, 1), 'date_end': date(2026, 1, 31)}))

    def test_a_mandate_that_ends_before_it_starts(self):
        self._assert_refused_by_database(
            "A mandate can't end before it starts: check its two dates.",
            lambda: self._seat(self.board, self.lea, date_from=date(2026, 2, 1), date_to=date(2026, 1, 31)))

    def test_a_mandate_outside_the_membership(self):
        with self.assertRefused(
                ValidationError,
                r"^Léa Martin takes part from 10/01/2025 to 03/31/2026: a mandate on “Board” must lie inside these dates\.$"):
            self._seat(self.board, self.lea, date_to=date(2026, 4, 1))
        mandate = self._seat(self.board, self.lea)
        with self.assertRefused(ValidationError, "must lie inside these dates"):
            mandate.date_from = date(2025, 9, 30)
        self.assertEqual(mandate.date_to, date(2026, 3, 31))

    def test_a_tenth_member_for_nine_seats(self):
        nine = self.env['coop.membership']
        while len(self.autumn.membership_ids) < 10:
            nine += self._admit(self.autumn, f"Member {len(self.autumn.membership_ids)}", wants_login=False)
        tenth = nine[-1]
        (self.sofia + nine - tenth).action_activate()
        self.assertEqual(self.autumn.active_member_count, 9)
        with self.assertRefused(
                ValidationError,
                r"^All the seats of “Autumn” are taken \(9\)\. Give it one more seat, or wait until a member leaves\.$"):
            tenth.action_activate()
        self.assertEqual(tenth.state, 'admitted', "The file stays as it was: admitted.")
        self.autumn.seats = 10
        tenth.action_activate()

    def test_an_archived_member_takes_a_seat_all_the_same(self):
        self.autumn.seats = 2
        self.lea.active = False
        self.assertEqual(self.autumn.active_member_count, 2)
        with self.assertRefused(ValidationError, r"All the seats of “Autumn” are taken \(2\)"):
            self.sofia.action_activate()

    def test_a_last_day_to_come(self):
        for action in (self.lea.action_complete, self.lea.action_leave):
            with self.assertRefused(
                    UserError, r"^01/16/2026 has not come yet: say it on the day, or give a day that is past\.$"):
                action(date(2026, 1, 16))
        self.assertEqual(self.lea.state, 'active')

    def test_what_is_no_date(self):
        mandate = self._seat(self.board, self.lea)
        for nonsense in ([1], ['2026-01-10'], {'day': 1}, 12, 'yesterday', True):
            for action in (self.lea.action_complete, self.lea.action_leave, mandate.action_end):
                with self.assertRefused(UserError, "is not a date: write it like 2026-01-31"):
                    action(nonsense)

    def test_a_closed_cohort_admits_nobody_and_gives_no_seat(self):
        self._close(self.autumn)
        with self.assertRefused(
                ValidationError, "^“Autumn” is closed: nobody can be admitted to it any more. Choose an open cohort for Nora"):
            self.env['coop.membership'].with_user(self.facilitator).create({
                'name': "Nora", 'cohort_id': self.autumn.id, 'birthdate': date(2005, 5, 5)})
        late = self._admit(self.winter, "Late")
        with self.assertRefused(ValidationError, "nobody can be admitted"):
            late.cohort_id = self.autumn
        with self.assertRefused(ValidationError, "^“Autumn” is closed: nobody is given a seat on its bodies any more.$"):
            self.env['coop.mandate'].with_user(self.facilitator).create({
                'committee_id': self.board.id, 'partner_id': self.facilitator.partner_id.id})

    def test_the_same_person_twice_is_a_warning_and_not_a_wall(self):
        with Form(self.env['coop.membership'].with_user(self.facilitator)) as form:
            form.cohort_id = self.autumn
            form.name = "sofia PETIT"
            self.assertFalse(form.namesake_id)
            form.birthdate = date(2005, 5, 5)
            self.assertEqual(form.namesake_id, self.sofia, "The form warns.")
        self.assertEqual(self.sofia.namesake_id, form.record)
        form.record.birthdate = date(2005, 5, 6)
        self.assertFalse((self.sofia + form.record).namesake_id)

    def test_a_cohort_that_has_documents_is_not_deleted(self):
        spring = self._create_cohort("Spring", date(2026, 3, 1))
        lead = self.env['crm.lead'].create({'name': "Hedges", 'cohort_id': spring.id})
        with self.assertRefused(
                UserError, r"^“Spring” can't be deleted: its history would be lost \(leads: 1\)\. Archive it instead: "
                           r"it leaves the lists and nothing is lost\.$"):
            spring.with_user(self.manager).unlink()
        self.assertTrue(lead.exists())
        self.assertEqual(lead.cohort_id, spring)
        spring.with_user(self.manager).active = False
        self.assertEqual(lead.cohort_id, spring)

    def test_each_kind_of_document_keeps_its_cohort_from_being_deleted(self):
        documents = {
            'crm.lead': {'name': "Hedges"},
            'sale.order': {'partner_id': self.customer.id},
            'purchase.order': {'partner_id': self.supplier.id},
            'project.project': {'name': "A second project"},
            'hr.applicant': {'partner_name': "Nora Blanc"},
            'calendar.event': {'name': "Meeting", 'start': '2026-01-20 09:00:00', 'stop': '2026-01-20 10:00:00'},
            'account.payment': {'partner_id': self.customer.id, 'amount': 10},
            'coop.membership': {'name': "Nora Blanc", 'birthdate': '2005-05-05'},
        }
        for model, values in documents.items():
            cohort = self._create_cohort(model, date(2026, 3, 1))
            document = self.env[model].create({**values, 'cohort_id': cohort.id})
            self.assertEqual(document.cohort_id, cohort)
            with self.assertRefused(UserError, "can't be deleted: its history would be lost"):
                cohort.unlink()

    def test_an_archived_document_or_member_still_counts(self):
        for model, values in (('crm.lead', {'name': "Hedges"}), ('coop.membership', {'name': "Nora", 'birthdate': '2005-05-05'})):
            cohort = self._create_cohort(model, date(2026, 3, 1))
            self.env[model].create({**values, 'cohort_id': cohort.id, 'active': False})
            with self.assertRefused(UserError, "can't be deleted: its history would be lost"):
                cohort.unlink()

    def test_a_cohort_with_an_invoice_is_not_deleted(self):
        spring = self._create_cohort("Spring", date(2026, 3, 1))
        spring._provision()
        self._move('out_invoice', {spring: 100})
        with self.assertRefused(UserError, "can't be deleted"):
            spring.unlink()

    def test_a_cohort_that_has_begun_is_not_deleted(self):
        spring = self._create_cohort("Spring", date(2026, 3, 1))
        spring.action_open_recruitment()
        with self.assertRefused(UserError, r"^“Spring” can't be deleted: its history would be lost\. Archive it instead"):
            spring.unlink()

    def test_a_cohort_made_by_mistake_is_deleted(self):
        self._create_cohort("Mistake", date(2026, 3, 1)).with_user(self.manager).unlink()

    def test_a_municipality_outside_the_territory_is_a_warning_and_not_a_wall(self):
        with Form(self.sofia.with_user(self.facilitator)) as form:
            form.municipality_id = self.elsewhere
            self.assertTrue(form.is_outside_territory, "The form warns.")
        self.assertEqual(self.sofia.municipality_id, self.elsewhere)
        self.sofia.action_activate()
        self.assertEqual(self.sofia.state, 'active')

    def test_a_postcode_in_the_place_of_an_insee_code(self):
        for code in ('6270', 'Bruay', '2C004', '627 0'):
            self._assert_refused_by_database(
                "An INSEE code has five characters, for example 62178 or 2A004: it is not the postcode's place.",
                lambda code=code: self.env['coop.municipality'].create({'name': "Bruay", 'code': code}))
        self.env['coop.municipality'].create({'name': "Ajaccio", 'code': '2A999'})

    def test_a_programme_that_can_not_be(self):
        for values, sentence in (
            ({'age_min': 26}, "The oldest age can't be below the youngest one."),
            ({'age_min': -1}, "The oldest age can't be below the youngest one."),
            ({'duration': 0}, "A programme must last at least one month."),
            ({'seats': 0}, "A programme needs at least one seat."),
            ({'host_rate': 101}, "A rate is a percentage: between 0 and 100."),
            ({'reserve_rate': -1}, "A rate is a percentage: between 0 and 100."),
        ):
            self._assert_refused_by_database(sentence, lambda values=values: self.program.write(values))

    def test_a_partner_with_the_same_part_twice(self):
        part = {'cohort_id': self.autumn.id, 'partner_id': self.customer.id, 'role': 'funder'}
        self.env['coop.partnership'].create([part, {**part, 'role': 'carrier'}])
        self._assert_refused_by_database(
            "This partner already has this part in the cohort.", lambda: self.env['coop.partnership'].create(part))

    def test_a_body_of_the_programme_twice_in_a_cohort(self):
        self._assert_refused_by_database(
            "This cohort already has this body.",
            lambda: self.env['coop.committee'].create({
                'name': "Board", 'cohort_id': self.autumn.id, 'template_id': self.board.template_id.id}))

    def test_the_demonstration_beside_real_cohorts_or_on_a_day_to_come(self):
        users = self.env['res.users'].search_count([])
        wizards = self.env['coop.demonstration.load'].with_user(self.env.ref('base.user_admin'))
        for day in (date(2026, 1, 16), date(2017, 1, 15), date(2050, 1, 15)):
            with self.assertRefused(UserError, "^Choose a day of the last two years, today at the latest"):
                wizards.create({'date': day}).action_load()
        # The story, and what it answers, is in French where French is installed.
        with self.assertRefused(UserError, "^(There are cohorts in this database|Cette base contient des promotions)"):
            wizards.create({}).action_load()
        self.assertEqual(self.env['res.users'].search_count([]), users)

    def test_what_is_required_and_missing_is_named_by_odoo_itself(self):
        mandate = self._seat(self.board, self.lea)
        for record, names in (
            (self.sofia, ('birthdate', 'name', 'date_start', 'date_end')),
            (mandate, ('date_from', 'date_to')),
            (self.autumn, ('name', 'date_start', 'date_end')),
        ):
            for name in names:
                with self.subTest(field=name), self.assertRaises(NotNullViolation), mute_logger('odoo.sql_db'):
                    record[name] = False
                    self.env.flush_all()

    def _assert_refused_by_database(self, sentence, action):
        """The database refuses, and Odoo tells the user this sentence."""
        with self.assertRaises(Error) as refusal, mute_logger('odoo.sql_db'):
            action()
            self.env.flush_all()
        table = refusal.exception.diag.table_name
        model = next(model for model in self.env.registry.values() if model._table == table and not model._abstract)
        self.assertEqual(self.env[model._name]._sql_error_to_message(refusal.exception), sentence)
