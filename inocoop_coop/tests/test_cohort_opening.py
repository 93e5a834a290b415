from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import guard
from .common import TODAY, CoopCommon

NEEDS = ('analytic_account_id', 'team_id', 'project_id', 'job_id')


@tagged('post_install', '-at_install')
class TestCohortOpening(CoopCommon):
    """Opening, closing, reopening and renewing a cohort."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spring = cls._create_cohort("Spring", date(2026, 3, 1), facilitator_id=cls.facilitator.id)

    def _needs(self, cohort):
        """What the cohort has in the standard apps, and how much of it there is in all."""
        return (
            {name: cohort[name] for name in NEEDS}, cohort.committee_ids, cohort.project_id.type_ids,
            {name: self.env[cohort[name]._name].with_context(active_test=False).search_count([]) for name in NEEDS},
        )

    # ------------------------------------------------------------
    # Preparing
    # ------------------------------------------------------------

    def test_a_new_cohort_takes_its_length_and_its_seats_from_its_programme(self):
        self.assertRecordValues(self.spring, [{
            'state': 'draft', 'date_end': date(2026, 8, 31), 'seats': 9, 'territory_id': self.territory.id}])

    def test_what_was_written_beside_the_programme_is_kept(self):
        cohort = self._create_cohort("Short", date(2026, 3, 1), date_end=date(2026, 4, 30), seats=5)
        self.assertRecordValues(cohort, [{'date_end': date(2026, 4, 30), 'seats': 5}])

    def test_a_cohort_is_in_the_charge_of_the_facilitator_or_manager_who_makes_it(self):
        cohort = self.env['coop.cohort'].with_user(self.manager).create({
            'name': "Mine", 'program_id': self.program.id, 'date_start': TODAY})
        self.assertEqual(cohort.facilitator_id, self.manager)

    def test_the_two_programmes_of_the_field_are_there(self):
        programmes = self.env.ref('inocoop_coop.program_young_adults') + self.env.ref('inocoop_coop.program_youth_services')
        self.assertRecordValues(programmes, [
            {'age_min': 18, 'age_max': 25, 'duration': 6, 'seats': 9},
            {'age_min': 16, 'age_max': 18, 'duration': 2, 'seats': 12},
        ])
        self.assertEqual(
            programmes[0].committee_template_ids.mapped('kind'),
            ['assembly', 'board', 'committee', 'committee', 'committee', 'steering'],
            "One board and three committees, between the assembly and the steering body.")

    # ------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------

    def test_opening_makes_what_the_cohort_needs(self):
        self.assertFalse(any(self.spring[name] for name in NEEDS))
        self.spring.action_open_recruitment()
        self.assertEqual(self.spring.state, 'recruiting')
        self.assertTrue(all(self.spring[name] for name in NEEDS))
        self.assertEqual(self.spring.committee_ids.mapped('name'), ["Assembly", "Board", "Finance committee", "Steering body"])
        self.assertEqual(self.spring.analytic_account_id.plan_id, self.env.ref('inocoop_coop.analytic_plan_cohort'))
        self.assertRecordValues(self.spring.project_id, [{
            'cohort_id': self.spring.id, 'privacy_visibility': 'followers', 'allow_timesheets': True,
            'allow_billable': True, 'user_id': self.facilitator.id}])
        self.assertEqual(self.spring.team_id.user_id, self.facilitator)
        self.assertEqual(self.spring.job_id.no_of_recruitment, 9)

    def test_opening_again_makes_nothing_twice(self):
        self.spring.action_open_recruitment()
        before = self._needs(self.spring)
        for _press in range(3):
            self.spring.action_open_recruitment()
        self.spring.action_start()
        self.spring.action_start()
        self.assertEqual(self._needs(self.spring), before)

    def test_opening_several_cohorts_at_once_gives_each_its_own(self):
        summer = self._create_cohort("Summer", date(2026, 7, 1))
        (self.spring + summer).action_open_recruitment()
        for name in NEEDS:
            self.assertEqual(len((self.spring + summer)[name]), 2, name)

    def test_starting_a_cohort_that_was_never_opened_makes_what_it_needs(self):
        self.spring.action_start()
        self.assertEqual(self.spring.state, 'running')
        self.assertTrue(all(self.spring[name] for name in NEEDS))

    def test_what_was_chosen_beforehand_is_kept(self):
        account = self.env['account.analytic.account'].create({
            'name': "Chosen by the accountant", 'plan_id': self.env.ref('inocoop_coop.analytic_plan_cohort').id})
        team = self.env['crm.team'].create({'name': "Chosen team"})
        self.spring.write({'analytic_account_id': account.id, 'team_id': team.id})
        self.spring.action_open_recruitment()
        self.assertEqual(self.spring.analytic_account_id, account)
        self.assertEqual(self.spring.team_id, team)
        self.assertEqual(
            self.spring.project_id[self.env.ref('inocoop_coop.analytic_plan_cohort')._column_name()], account,
            "The project made beside it sends its money to the account that was chosen.")

    def test_what_is_missing_is_made_again_and_the_rest_kept(self):
        self.spring.action_open_recruitment()
        account, team = self.spring.analytic_account_id, self.spring.team_id
        guard.sealed(self.spring).job_id = False
        self.spring.action_open_recruitment()
        self.assertTrue(self.spring.job_id)
        self.assertEqual((self.spring.analytic_account_id, self.spring.team_id), (account, team))

    def test_a_body_that_was_archived_does_not_come_back(self):
        self.spring.action_open_recruitment()
        self._body(self.spring, 'committee').active = False
        self.spring.action_open_recruitment()
        self.assertFalse(self._body(self.spring, 'committee'))

    def test_each_cohort_has_stages_of_its_own(self):
        self.spring.action_open_recruitment()
        autumn_stages, spring_stages = self.autumn.project_id.type_ids, self.spring.project_id.type_ids
        self.assertEqual(spring_stages.mapped('name'), ["To plan", "Planned", "In progress", "Done", "Cancelled"])
        self.assertFalse(autumn_stages & spring_stages)
        spring_stages[0].name = "Ideas"
        self.assertEqual(autumn_stages[0].name, "To plan")

    def test_stages_keep_their_names_where_english_is_not_installed(self):
        with patch.object(self.env.registry['res.lang'], 'get_installed', lambda self: [('fr_FR', "Français")]):
            self.spring.action_open_recruitment()
        self.spring.flush_recordset()
        self.assertEqual(
            self.spring.project_id.type_ids.mapped('name'), ["To plan", "Planned", "In progress", "Done", "Cancelled"])

    def test_a_facilitator_opens_the_cohort_without_being_the_administrator_of_every_app(self):
        self.spring.with_user(self.facilitator).action_open_recruitment()
        self.assertTrue(all(self.spring[name] for name in NEEDS))
        self.assertIn(self.facilitator.partner_id, self.spring.project_id.message_partner_ids)

    def test_a_cohort_that_runs_does_not_open_its_recruitment_again(self):
        with self.assertRefused(UserError, "“Autumn” has already started: people join it one by one, from its members."):
            self.autumn.action_open_recruitment()
        self.assertEqual(self.autumn.state, 'running')

    def test_an_account_belongs_to_one_cohort(self):
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            self.spring.analytic_account_id = self.autumn.analytic_account_id
            self.spring.flush_recordset()

    # ------------------------------------------------------------
    # Closing and reopening
    # ------------------------------------------------------------

    def test_a_cohort_closes_only_when_every_member_has_an_end(self):
        with self.assertRefused(UserError, r"Before “Autumn” can close, .*: Léa Martin, Sofia Petit, Yanis Dupond\."):
            self.autumn.action_close()
        self.assertEqual(self.autumn.state, 'running')
        self._close(self.autumn)
        self.assertEqual(self.autumn.state, 'closed')

    def test_closing_ends_mandates_and_lets_nobody_in_any_more(self):
        delegate = self.env['res.partner'].create({'name': "Delegate of the carrier"})
        mandate = self.env['coop.mandate'].create({'committee_id': self.steering.id, 'partner_id': delegate.id})
        self.assertEqual(mandate.date_to, date(2026, 3, 31))
        self._close(self.autumn)
        self.assertEqual(mandate.date_to, TODAY)
        self.assertFalse(self.autumn.job_id.active)
        self.assertFalse(self.autumn.team_id.active)
        with self.assertRefused(UserError, "“Autumn” is not open"):
            self.sofia.action_activate()

    def test_a_member_whose_file_is_archived_needs_an_end_too(self):
        self.lea.active = False
        with self.assertRefused(UserError, r"Before “Autumn” can close, .*Léa Martin"):
            self._close(self.autumn)

    def test_a_cohort_that_does_not_run_can_not_close(self):
        with self.assertRefused(UserError, "“Spring” is not running: there is nothing to close."):
            self.spring.action_close()

    def test_a_closed_cohort_does_not_start_by_itself(self):
        self._close(self.autumn)
        with self.assertRefused(UserError, "“Autumn” is closed. Reopen it first, if that is what you want."):
            self.autumn.action_start()

    def test_reopening_needs_a_reason_which_stays_written(self):
        self._close(self.autumn)
        for nothing in ("", "  ", None, False, ["why"], {'reason': "why"}, 1):
            with self.assertRefused(UserError, "Say in a sentence why the cohort is reopened"):
                self.autumn.with_user(self.manager).action_reopen(nothing)
        self.autumn.with_user(self.manager).action_reopen("A customer paid late")
        self.assertEqual(self.autumn.state, 'running')
        self.assertIn("A customer paid late", self.autumn.message_ids[0].body)

    def test_reopening_opens_applications_and_sales_again_but_brings_nobody_back(self):
        self._close(self.autumn)
        self.autumn.with_user(self.manager).action_reopen("A customer paid late")
        self.assertTrue(self.autumn.job_id.active)
        self.assertTrue(self.autumn.team_id.active)
        self.assertEqual(self.lea.state, 'completed')
        self.assertEqual(self.autumn.active_member_count, 0)

    def test_only_a_closed_cohort_is_reopened(self):
        with self.assertRefused(UserError, "“Autumn” is not closed."):
            self.autumn.with_user(self.manager).action_reopen("Why not")

    def test_the_dialog_that_reopens_asks_for_the_reason(self):
        self._close(self.autumn)
        action = self.autumn.with_user(self.manager).action_open_reopening()
        wizard = self.env[action['res_model']].with_user(self.manager).with_context(**action['context']).create({
            'reason': "A customer paid late"})
        wizard.action_reopen()
        self.assertEqual(self.autumn.state, 'running')

    # ------------------------------------------------------------
    # Renewing
    # ------------------------------------------------------------

    def test_the_next_cohort_follows_this_one_with_the_same_people_in_charge(self):
        carrier = self.env['coop.partnership'].create({'cohort_id': self.autumn.id, 'partner_id': self.customer.id})
        action = self.autumn.with_user(self.manager).action_renew()
        renewed = self.env['coop.cohort'].browse(action['res_id'])
        self.assertRecordValues(renewed, [{
            'name': "Young adults of two towns, April 2026",
            'state': 'draft',
            'program_id': self.program.id,
            'date_start': date(2026, 4, 1),
            'date_end': date(2026, 9, 30),
            'facilitator_id': self.facilitator.id,
            'psychologist_id': self.psychologist.id,
            'previous_cohort_id': self.autumn.id,
        }])
        self.assertEqual(renewed.partnership_ids.partner_id, carrier.partner_id)

    def test_the_next_cohort_starts_without_members_and_with_nothing_of_this_one(self):
        renewed = self.env['coop.cohort'].browse(self.autumn.action_renew()['res_id'])
        self.assertFalse(renewed.membership_ids)
        self.assertFalse(renewed.committee_ids)
        renewed.action_open_recruitment()
        for name in NEEDS:
            self.assertTrue(renewed[name])
            self.assertNotEqual(renewed[name], self.autumn[name])
        self.assertEqual(len(renewed.committee_ids), 4)

    def test_pressing_again_opens_the_next_cohort_that_is_in_preparation(self):
        first, second = self.autumn.action_renew(), self.autumn.action_renew()
        self.assertEqual(first['res_id'], second['res_id'])
        self.env['coop.cohort'].browse(first['res_id']).action_open_recruitment()
        self.assertNotEqual(self.autumn.action_renew()['res_id'], first['res_id'])

    def test_a_copy_has_the_name_that_was_asked_for(self):
        for record in (self.autumn, self.program):
            self.assertEqual(record.copy({'name': "Wanted"}).name, "Wanted")
            self.assertEqual(record.copy().name, f"{record.name} (copy)")

    def test_the_first_day_that_is_proposed_is_that_of_the_clock(self):
        self.assertEqual(self.env['coop.cohort'].new({}).date_start, TODAY)

    def test_the_number_of_those_who_wait_to_be_activated(self):
        self.assertEqual(self.autumn.admitted_member_count, 1)
        self.lea.action_leave()
        self.sofia.action_activate()
        self.assertEqual(self.autumn.admitted_member_count, 0, "There is nobody to activate, although one has left.")

    def test_a_cohort_of_long_ago_is_renewed_from_today(self):
        old = self._create_cohort("Old", date(2017, 10, 1))
        renewed = self.env['coop.cohort'].browse(old.action_renew()['res_id'])
        self.assertEqual(renewed.date_start, TODAY)

    # ------------------------------------------------------------
    # Where the cohort stands
    # ------------------------------------------------------------

    def test_progress_is_the_share_of_the_days_that_have_come(self):
        tomorrow = self._create_cohort("Tomorrow", date(2026, 1, 16))
        ten_days = self._create_cohort("Ten days", date(2026, 1, 11), date_end=date(2026, 1, 20))
        last_day = self._create_cohort("Last day", date(2026, 1, 6), date_end=TODAY)
        long_ago = self._create_cohort("Long ago", date(2017, 10, 1))
        self.assertEqual([cohort.progress for cohort in tomorrow + ten_days + last_day + long_ago], [0, 50, 100, 100])
