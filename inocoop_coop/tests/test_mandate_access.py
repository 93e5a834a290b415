import json
from datetime import date
from unittest.mock import patch

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import Form, HttpCase, get_db_name, new_test_user, tagged
from odoo.tests.common import BaseCase, warmup
from odoo.tools import mute_logger

from .. import uninstall_hook
from ..models.coop_committee_template import GRANTABLE_GROUPS
from ..tools import clock, guard
from .common import TODAY, CoopCommon

SALES = 'sales_team.group_sale_salesman'
ALL_SALES = 'sales_team.group_sale_salesman_all_leads'
INVOICING = 'account.group_account_invoice'
PURCHASES = 'purchase.group_purchase_user'
INTERVIEWER = 'hr_recruitment.group_hr_recruitment_interviewer'
TOMORROW = date(2026, 1, 16)
FEBRUARY = date(2026, 2, 1)


class MandateAccessCommon(CoopCommon):
    """The board gives sales, the finance committee invoicing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._opens(cls.board, ALL_SALES)
        cls._opens(cls.finance, INVOICING)
        cls.user = cls.lea.user_id

    @classmethod
    def _opens(cls, body, *xmlids):
        body.template_id.access_group_ids = [Command.set([cls.env.ref(xmlid).id for xmlid in xmlids])]

    def _run_job(self, day):
        clock.at(self.env['coop.access.grant'], day)._cron_sync_access()

    def _grants(self, user=None):
        return self.env['coop.access.grant'].search([('user_id', '=', (user or self.user).id)])

    def assertHolds(self, *xmlids, user=None):
        """The user holds these groups by themselves, among those that a mandate can give, and no other."""
        groups = self.env['res.groups'].union(*(self.env.ref(xmlid) for xmlid in GRANTABLE_GROUPS))
        held = (user or self.user).group_ids & groups
        self.assertEqual(held, groups.browse(self.env.ref(xmlid).id for xmlid in xmlids))


@tagged('post_install', '-at_install')
class TestMandateAccess(MandateAccessCommon):
    """A mandate opens doors for its term, and closes them after it."""

    # ------------------------------------------------------------
    # By date
    # ------------------------------------------------------------

    def test_a_mandate_of_today_gives_access_at_once(self):
        mandate = self._seat(self.board, self.lea)
        self.assertHolds(ALL_SALES)
        self.assertTrue(self.user.has_group(SALES))
        self.assertRecordValues(self._grants(), [{
            'user_id': self.user.id, 'group_id': self.env.ref(ALL_SALES).id, 'mandate_ids': mandate.ids}])

    def test_the_facilitator_who_notes_a_mandate_administers_no_users_and_access_follows(self):
        mandate = self.env['coop.mandate'].with_user(self.facilitator).create({
            'committee_id': self.board.id, 'partner_id': self.lea.partner_id.id})
        self.assertHolds(ALL_SALES)
        mandate.action_end()
        self.assertHolds()

    def test_a_mandate_to_come_gives_access_on_its_first_day(self):
        self._seat(self.board, self.lea, date_from=FEBRUARY)
        self.assertHolds()
        self._run_job(date(2026, 1, 31))
        self.assertHolds()
        self._run_job(FEBRUARY)
        self.assertHolds(ALL_SALES)

    def test_access_is_taken_back_on_the_day_after_the_last(self):
        self._seat(self.board, self.lea, date_to=FEBRUARY)
        self._run_job(FEBRUARY)
        self.assertHolds(ALL_SALES)
        self._run_job(date(2026, 2, 2))
        self.assertHolds()
        self.assertFalse(self._grants())

    def test_the_job_gives_and_takes_nothing_twice(self):
        self._seat(self.board, self.lea)
        for _time in range(2):
            self._run_job(TODAY)
            self.assertHolds(ALL_SALES)
            self.assertEqual(len(self._grants()), 1)
        for _time in range(2):
            self._run_job(date(2026, 4, 1))
            self.assertHolds()

    def test_the_job_is_planned_each_hour(self):
        job = self.env.ref('inocoop_coop.ir_cron_sync_access')
        self.assertRecordValues(job, [{'active': True, 'interval_number': 1, 'interval_type': 'hours'}])
        with patch.object(self.env.registry['coop.access.grant'], '_sync_access') as comparison:
            job.method_direct_trigger()
        comparison.assert_called_once_with()

    def test_the_day_is_that_of_where_the_person_is(self):
        # It is noon in London: in Kiritimati the next day has begun.
        self.user.tz = 'Pacific/Kiritimati'
        self._seat(self.board, self.lea, date_from=TOMORROW)
        self.assertHolds(ALL_SALES)
        self.user.tz = 'Europe/Paris'
        self.assertHolds()

    def test_dates_that_are_moved_are_followed_at_once(self):
        mandate = self._seat(self.board, self.lea, date_from=FEBRUARY)
        mandate.date_from = TODAY
        self.assertHolds(ALL_SALES)
        mandate.date_from = TOMORROW
        self.assertHolds()

    # ------------------------------------------------------------
    # At once
    # ------------------------------------------------------------

    def test_who_is_ended_today_loses_access_at_once(self):
        mandate = self._seat(self.board, self.lea)
        mandate.with_user(self.facilitator).action_end()
        self.assertHolds()
        self.assertFalse(self._grants())

    def test_who_is_ended_today_sits_there_no_more(self):
        mandate = self._seat(self.board, self.lea, role='chair')
        mandate.action_end()
        self.assertRecordValues(mandate, [{'date_to': TODAY, 'is_ended': True, 'is_current': False}])
        self.assertNotIn(mandate, mandate.search([('is_current', '=', True)]))
        self.assertIn(mandate, mandate.search([('is_current', '=', False)]))
        self.assertFalse(self.board.chair_id)
        self.assertNotIn(mandate, self.lea.current_mandate_ids)

    def test_who_is_ended_today_is_not_ended_again(self):
        mandate = self._seat(self.board, self.lea)
        mandate.action_end()
        with self.assertRefused(Exception, "This mandate ended on .* already."):
            mandate.action_end()

    def test_who_is_ended_on_a_later_day_keeps_access_until_then(self):
        mandate = self._seat(self.board, self.lea)
        mandate.action_end(FEBRUARY)
        self.assertFalse(mandate.is_ended)
        self._run_job(FEBRUARY)
        self.assertHolds(ALL_SALES)
        self._run_job(date(2026, 2, 2))
        self.assertHolds()

    def test_a_later_last_day_takes_the_end_back(self):
        mandate = self._seat(self.board, self.lea)
        mandate.action_end()
        mandate.with_user(self.facilitator).date_to = TODAY
        self.assertTrue(mandate.is_ended)
        mandate.with_user(self.facilitator).date_to = FEBRUARY
        self.assertRecordValues(mandate, [{'is_ended': False, 'is_current': True}])
        self.assertHolds(ALL_SALES)

    def test_an_end_is_not_forged(self):
        mandate = self._seat(self.board, self.lea)
        mandate.action_end()
        with self.assertRefused(AccessError, "“Ended Early” of a Mandate is not changed by hand"):
            mandate.with_user(self.facilitator).write({'is_ended': False})

    def test_who_leaves_loses_access_at_once(self):
        mandate = self._seat(self.board, self.lea)
        self.lea.with_user(self.facilitator).action_leave()
        self.assertHolds()
        self.assertFalse(mandate.is_current)

    def test_who_completes_loses_access_at_once(self):
        self._seat(self.board, self.lea)
        self.lea.with_user(self.facilitator).action_complete()
        self.assertHolds()

    def test_a_cohort_that_closes_leaves_nobody_with_access(self):
        self._seat(self.board, self.lea)
        self._seat(self.finance, self.yanis)
        self._close(self.autumn)
        self.assertHolds()
        self.assertHolds(user=self.yanis.user_id)
        self.assertFalse(self.autumn.mandate_ids.filtered('is_current'))

    def test_a_mandate_that_is_left_open_in_a_closed_cohort_gives_nothing(self):
        self._seat(self.board, self.lea)
        guard.sealed(self.autumn).write({'state': 'closed'})
        self.assertHolds()

    def test_a_mandate_that_is_deleted_leaves_nothing(self):
        mandate = self._seat(self.board, self.lea)
        mandate.with_user(self.facilitator).unlink()
        self.assertHolds()

    def test_a_voice_that_becomes_consultative_loses_access_and_one_that_becomes_deliberative_gets_it(self):
        mandate = self._seat(self.board, self.lea)
        mandate.voice = 'consultative'
        self.assertHolds()
        mandate.voice = 'deliberative'
        self.assertHolds(ALL_SALES)

    def test_a_seat_that_passes_to_another_person_takes_its_access_along(self):
        mandate = self._seat(self.board, self.lea)
        mandate.partner_id = self.yanis.partner_id
        self.assertHolds()
        self.assertHolds(ALL_SALES, user=self.yanis.user_id)

    def test_a_mandate_that_moves_to_another_body_opens_what_that_one_opens(self):
        mandate = self._seat(self.board, self.lea)
        mandate.committee_id = self.finance
        self.assertHolds(INVOICING)

    def test_a_body_that_is_archived_opens_nothing(self):
        self._seat(self.board, self.lea)
        self.board.active = False
        self.assertHolds()

    def test_who_comes_back_on_the_day_they_left_sits_in_the_assembly(self):
        assembly = self._body(self.autumn, 'assembly')
        self._opens(assembly, PURCHASES)
        self.lea.action_leave()
        self.assertHolds()
        self.lea.action_activate()
        self.assertHolds(PURCHASES)
        self.assertIn(self.lea.partner_id, assembly.current_partner_ids)

    # ------------------------------------------------------------
    # Held for another reason
    # ------------------------------------------------------------

    def test_what_two_mandates_give_stays_until_both_are_over(self):
        self._opens(self.finance, ALL_SALES)
        mandates = self._seat(self.board, self.lea) + self._seat(self.finance, self.lea, date_to=FEBRUARY)
        self.assertEqual(self._grants().mandate_ids, mandates)
        mandates[0].action_end()
        self.assertHolds(ALL_SALES)
        self._run_job(date(2026, 2, 2))
        self.assertHolds()

    def test_what_was_held_before_stays(self):
        self._give_groups(self.user, ALL_SALES)
        mandate = self._seat(self.board, self.lea)
        self.assertFalse(self._grants())
        mandate.action_end()
        self.assertHolds(ALL_SALES)

    def test_what_another_group_implies_stays(self):
        self._opens(self.board, SALES)
        mandate = self._seat(self.board, self.lea)
        self._give_groups(self.user, ALL_SALES)
        mandate.action_end()
        self.assertHolds(ALL_SALES)
        self.assertTrue(self.user.has_group(SALES))

    def test_what_is_taken_by_hand_while_a_mandate_gives_it_comes_back(self):
        mandate = self._seat(self.board, self.lea)
        self.user.group_ids = [Command.unlink(self.env.ref(ALL_SALES).id)]
        self.assertHolds(ALL_SALES)
        self.assertEqual(len(self._grants()), 1)
        mandate.action_end()
        self.assertHolds()

    def test_who_was_named_interviewer_meanwhile_stays_one(self):
        self._opens(self.board, INTERVIEWER)
        mandates = self._seat(self.board, self.lea) + self._seat(self.board, self.yanis)
        self.env['hr.applicant'].create({
            'partner_name': "Someone", 'job_id': self.autumn.job_id.id, 'interviewer_ids': [Command.link(self.user.id)]})
        mandates.action_end()
        self.assertHolds(INTERVIEWER)
        self.assertHolds(user=self.yanis.user_id)
        self.assertFalse(self._grants())

    def test_who_is_no_longer_named_interviewer_stays_one_by_their_mandate(self):
        self._opens(self.board, INTERVIEWER)
        self._seat(self.board, self.lea)
        self.autumn.job_id.interviewer_ids = self.user
        self.autumn.job_id.interviewer_ids = False
        self.assertHolds(INTERVIEWER)

    # ------------------------------------------------------------
    # Who gets nothing
    # ------------------------------------------------------------

    def test_a_colleague_who_is_a_member_gets_nothing(self):
        colleague = self._create_user('colleague', 'base.group_user')
        membership = self._admit(self.autumn, "Colleague", partner_id=colleague.partner_id.id)
        membership.action_activate()
        self.assertEqual(membership.user_id, colleague)
        self._seat(self.board, membership)
        self._run_job(TODAY)
        self.assertHolds(user=colleague)

    def test_who_is_no_longer_confined_loses_access_at_once(self):
        self._seat(self.board, self.lea)
        self.user.group_ids = [
            Command.unlink(self.env.ref('inocoop_coop.group_member').id), Command.link(self.env.ref('base.group_user').id)]
        self.assertHolds()

    def test_who_is_no_longer_confined_loses_access_at_once_also_when_the_group_says_it(self):
        self._seat(self.board, self.lea)
        self.user.group_ids = [Command.link(self.env.ref('base.group_user').id)]
        self.env.ref('inocoop_coop.group_member').user_ids = [Command.unlink(self.user.id)]
        self.assertHolds()

    def test_a_user_who_is_archived_loses_access(self):
        self._seat(self.board, self.lea)
        self.user.active = False
        self.assertHolds()
        self.user.active = True
        self.assertHolds(ALL_SALES)

    def test_a_consultative_voice_gets_nothing(self):
        self._seat(self.board, self.lea, voice='consultative')
        self._run_job(TODAY)
        self.assertHolds()

    def test_who_is_no_member_of_the_cohort_gets_nothing(self):
        self._seat(self.board, self.chloe)
        self._run_job(TODAY)
        self.assertHolds(user=self.chloe.user_id)

    def test_a_mandate_that_is_hung_on_someone_elses_membership_gives_nothing(self):
        mandate = self._seat(self.board, self.lea)
        with self.assertRaises(AccessError):
            mandate.with_user(self.facilitator).write({'membership_id': self.chloe.id})
        mandate.with_user(self.manager).write({'membership_id': self.chloe.id})
        self.assertHolds()
        self.assertHolds(user=self.chloe.user_id)

    def test_who_is_admitted_and_no_more_gets_nothing_until_they_are_active(self):
        partner = self.env['res.partner'].create({'name': "Sofia Petit"})
        self.sofia.partner_id = partner
        user = new_test_user(
            self.env, 'sofia', groups='inocoop_coop.group_member', partner_id=partner.id, name="Sofia Petit", tz='UTC')
        guard.sealed(self.sofia).user_id = user
        self._seat(self.board, self.sofia)
        self.assertHolds(user=user)
        self.sofia.action_activate()
        self.assertHolds(ALL_SALES, user=user)

    def test_a_user_who_is_made_after_the_mandate_gets_its_access(self):
        self.sofia.partner_id = self.env['res.partner'].create({'name': "Sofia Petit"})
        self._seat(self.board, self.sofia)
        self.sofia.with_user(self.facilitator).action_activate()
        self.assertHolds(ALL_SALES, user=self.sofia.user_id)

    def test_a_user_who_is_taken_off_the_membership_loses_access(self):
        self._seat(self.board, self.lea)
        guard.sealed(self.lea).user_id = False
        self.assertHolds()

    def test_a_membership_that_is_archived_gives_nothing(self):
        self._seat(self.board, self.lea)
        self.lea.active = False
        self.assertHolds()

    # ------------------------------------------------------------
    # What may be given
    # ------------------------------------------------------------

    def test_each_group_of_the_list_can_be_given(self):
        self._opens(self.board, *GRANTABLE_GROUPS)
        self.assertEqual(len(self.board.template_id.access_group_ids), len(GRANTABLE_GROUPS))
        self.assertEqual(self.board.template_id._get_safe_groups(), self.board.template_id._get_grantable_groups())

    def test_no_other_group_can_be_given(self):
        for xmlid in (
            'base.group_system', 'base.group_erp_manager', 'base.group_user', 'base.group_portal',
            'sales_team.group_sale_manager', 'account.group_account_manager', 'account.group_account_user',
            'purchase.group_purchase_manager', 'hr.group_hr_user', 'hr.group_hr_manager',
            'hr_recruitment.group_hr_recruitment_manager', 'hr_timesheet.group_timesheet_manager',
            'project.group_project_manager', 'inocoop_coop.group_member', 'inocoop_coop.group_psychologist',
            'inocoop_coop.group_facilitator', 'inocoop_coop.group_manager',
        ):
            with self.subTest(xmlid), self.assertRefused(ValidationError, "is not an access that a mandate can give"):
                self._opens(self.board, ALL_SALES, xmlid)

    def test_a_program_does_not_bring_another_group_in_either(self):
        with self.assertRefused(ValidationError, "is not an access that a mandate can give. Choose among these: Sales"):
            self.program.with_user(self.manager).committee_template_ids = [Command.create({
                'name': "Masters", 'access_group_ids': [Command.link(self.env.ref('base.group_system').id)]})]

    def test_a_group_that_has_come_to_imply_administration_is_refused(self):
        group = self.env.ref(PURCHASES)
        for xmlid in (
            'base.group_system', 'base.group_erp_manager', 'sales_team.group_sale_manager',
            'project.group_project_manager', 'inocoop_coop.group_psychologist', 'inocoop_coop.group_facilitator',
        ):
            other = self.env.ref(xmlid)
            group.implied_ids = [Command.link(other.id)]
            with self.subTest(xmlid), self.assertRefused(ValidationError, "now comes with “.*”, which no mandate gives"):
                self._opens(self.board, PURCHASES)
            group.implied_ids = [Command.unlink(other.id)]
        self._opens(self.board, PURCHASES)

    def test_a_group_that_comes_to_imply_administration_is_taken_back_from_mandates(self):
        self._seat(self.board, self.lea)
        self._seat(self.finance, self.lea)
        self.env.ref(ALL_SALES).implied_ids = [Command.link(self.env.ref('base.group_system').id)]
        self.assertHolds(INVOICING)
        self.assertFalse(self.user.has_group('base.group_system'))

    def test_a_group_that_implies_what_members_have_anyway_is_none_the_worse(self):
        self.env.ref(PURCHASES).implied_ids = [Command.link(self.env.ref('project.group_project_user').id)]
        self._opens(self.board, PURCHASES)

    def test_the_form_proposes_the_groups_of_the_list_only(self):
        with Form(self.program.with_user(self.manager)) as form, form.committee_template_ids.edit(1) as body:
            self.assertEqual({group.id for group in body.grantable_group_ids}, {
                self.env.ref(xmlid).id for xmlid in GRANTABLE_GROUPS})
            body.access_group_ids.add(self.env.ref(PURCHASES))
        self.assertEqual(self.board.template_id.access_group_ids, self.env.ref(ALL_SALES) + self.env.ref(PURCHASES))

    def test_the_programs_that_come_with_the_addon_give_access(self):
        for program in ('young_adults', 'youth_services'):
            bodies = self.env.ref(f'inocoop_coop.program_{program}').committee_template_ids
            given = {body.kind: body.access_group_ids for body in bodies}
            self.assertFalse(given['assembly'] | given['steering'])
            self.assertTrue(all(body.access_group_ids for body in bodies if body.kind in ('board', 'committee')))

    def test_what_a_program_gives_is_changed_for_the_cohorts_that_run(self):
        self._seat(self.board, self.lea)
        self._seat(self.finance, self.yanis)
        self._opens(self.board, PURCHASES)
        self.assertHolds(PURCHASES)
        self.assertHolds(INVOICING, user=self.yanis.user_id)

    def test_a_body_whose_template_is_gone_gives_nothing(self):
        self._seat(self.board, self.lea)
        self.board.template_id.unlink()
        self.assertHolds()

    def test_a_body_and_a_mandate_say_what_they_open(self):
        self._opens(self.board, ALL_SALES, INTERVIEWER, SALES)
        mandate = self._seat(self.board, self.lea)
        for record in (self.board, mandate):
            self.assertEqual(record.with_user(self.user).access_names, "Sales, Recruitment")

    # ------------------------------------------------------------
    # What members do with it
    # ------------------------------------------------------------

    def test_the_hr_committee_reads_and_answers_the_applications_for_its_own_cohort(self):
        own, other = self.env['hr.applicant'].create([
            {'partner_name': cohort.name, 'job_id': cohort.job_id.id} for cohort in (self.autumn, self.winter)])
        applications = self.env['hr.applicant'].with_user(self.user)
        self.assertFalse(applications.has_access('read'))
        self._opens(self.board, INTERVIEWER)
        mandate = self._seat(self.board, self.lea)
        self.assertEqual(applications.search([('id', 'in', (own + other).ids)]), own)
        own.with_user(self.user).priority = '2'
        with self.assertRaises(AccessError):
            other.with_user(self.user).read(['partner_name'])
        for refused in (lambda: own.with_user(self.user).unlink(), lambda: applications.create({'partner_name': "New"})):
            with self.assertRaises(AccessError):
                refused()
        mandate.action_end()
        with self.assertRaises(AccessError):
            own.with_user(self.user).read(['partner_name'])

    def test_a_member_who_sells_sees_no_other_cohorts_leads(self):
        own, other = self._lead(self.autumn), self._lead(self.winter)
        self._seat(self.board, self.lea)
        self.assertEqual(self.env['crm.lead'].with_user(self.user).search([('id', 'in', (own + other).ids)]), own)

    # ------------------------------------------------------------
    # The ledger
    # ------------------------------------------------------------

    def test_nobody_writes_the_ledger(self):
        self._seat(self.board, self.lea)
        group = self.env.ref('base.group_system')
        for user in (self.manager, self.facilitator, self.psychologist, self.accountant, self.user,
                     self.env.ref('base.user_admin')):
            ledger = self.env['coop.access.grant'].with_user(user)
            for refused in (
                lambda ledger=ledger: ledger.create({'user_id': self.user.id, 'group_id': group.id}),
                lambda ledger=ledger: self._grants().with_env(ledger.env).write({'group_id': group.id}),
                lambda ledger=ledger: self._grants().with_env(ledger.env).unlink(),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    refused()

    def test_only_the_manager_reads_the_ledger(self):
        mandate = self._seat(self.board, self.lea)
        self.assertRecordValues(self._grants().with_user(self.manager), [{'mandate_ids': mandate.ids}])
        for user in (self.facilitator, self.psychologist, self.accountant, self.user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._grants().with_user(user).read(['user_id'])

    def test_the_manager_of_another_company_does_not_read_it(self):
        self._seat(self.board, self.lea)
        company = self.env['res.company'].create({'name': "Other"})
        stranger = new_test_user(
            self.env, 'stranger', groups='inocoop_coop.group_manager', company_id=company.id, company_ids=company.ids)
        self.assertFalse(self.env['coop.access.grant'].with_user(stranger).search([]))

    def test_nothing_is_left_when_the_addon_is_uninstalled(self):
        self._give_groups(self.yanis.user_id, ALL_SALES)
        self._seat(self.board, self.lea)
        self._seat(self.board, self.yanis)
        uninstall_hook(self.env)
        self.assertHolds()
        self.assertHolds(ALL_SALES, user=self.yanis.user_id)

    # ------------------------------------------------------------
    # What it costs
    # ------------------------------------------------------------

    @warmup
    def test_it_costs_the_same_for_twice_the_people(self):
        for size in (3, 6):
            cohort = self._staff(f"Of {size}", size)
            users = cohort.membership_ids.user_id
            with self.subTest(size=size):
                self._assert_costs(12, users)
                self._set_ended(cohort, True)
                self._assert_costs(34, users)
                self.assertFalse(self._grants(users[0]))
                self._set_ended(cohort, False)
                self._assert_costs(40, users)
                self.assertHolds(ALL_SALES, user=users[-1])

    @warmup
    def test_the_job_costs_the_same_when_cohorts_have_closed(self):
        self._seat(self.board, self.lea)
        self._assert_costs(11)
        for index in range(2):
            self._close(self._staff(f"Closed {index}", 3))
        self._assert_costs(11)

    def test_the_job_reads_no_mandate_of_the_past(self):
        self._close(self._staff("Closed", 3))
        self._seat(self.board, self.lea)
        clock.at(self.env['coop.access.grant'], FEBRUARY)._cron_sync_access()
        self.env.invalidate_all()
        grants = clock.at(self.env['coop.access.grant'], FEBRUARY)
        self.assertEqual({mandate.cohort_id for mandate, _group in grants._get_giving_mandates()}, {self.autumn})
        self.assertEqual(grants.search([]).user_id, self.user)

    def _staff(self, name, size):
        """A cohort with so many members on its board."""
        cohort = self._create_cohort(name, TODAY)
        cohort.action_start()
        for index in range(size):
            self._admit(cohort, f"{name}, {index}").action_activate()
        self.env['coop.mandate'].create([
            {'committee_id': self._body(cohort, 'board').id, 'partner_id': membership.partner_id.id}
            for membership in cohort.membership_ids])
        return cohort

    def _set_ended(self, cohort, is_ended):
        """Below the ORM: nothing follows by itself, the comparison finds it all to do."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE coop_mandate SET is_ended = %s WHERE cohort_id = %s", (is_ended, cohort.id))

    def _assert_costs(self, queries, users=None):
        self.env.flush_all()
        self.env.cr.flush()  # with it what tracking has still to read
        self.env.invalidate_all()
        with self.assertQueryCount(queries):
            self.env['coop.access.grant']._sync_access(users)
            self.env.flush_all()


@tagged('post_install', '-at_install')
class TestMandateAccessOverTheWire(MandateAccessCommon, HttpCase):
    """The same, tried as an attacker would: over JSON-RPC."""

    def test_the_ledger_is_not_written_over_the_wire(self):
        self._seat(self.board, self.lea)
        grant = self._grants()
        group = self.env.ref('base.group_system')
        for user in (self.manager, self.facilitator, self.user):
            user.password = password = f'{user.login}-{user.login}'
            self.authenticate(user.login, password)
            for method, *arguments in (
                ('create', [{'user_id': user.id, 'group_id': group.id}]),
                ('write', grant.ids, {'group_id': group.id}),
                ('unlink', grant.ids),
                ('web_save', grant.ids, {'user_id': user.id}, {}),
            ):
                with self.subTest(user.login, method=method):
                    self.assertIn("You are not allowed to", self._call('coop.access.grant', method, *arguments))
            for method in ('_sync_access', '_cron_sync_access', '_lock_users', '_get_giving_mandates'):
                with self.subTest(user.login, method=method):
                    self.assertIn('cannot be called remotely', self._call('coop.access.grant', method))
        self.env.invalidate_all()
        self.assertRecordValues(self._grants(), [{'group_id': self.env.ref(ALL_SALES).id}])

    def test_an_end_is_not_forged_over_the_wire(self):
        mandate = self._seat(self.board, self.lea)
        mandate.action_end()
        self.facilitator.password = 'fanny-fanny'
        self.authenticate('fanny', 'fanny-fanny')
        for context in ({}, {guard.CONTEXT_KEY: True}, {guard.CONTEXT_KEY: 'coop_action'}):
            answer = self._call('coop.mandate', 'write', mandate.ids, {'is_ended': False}, context=context)
            self.assertIn("is not changed by hand", answer)
        self.assertHolds()

    def test_a_member_gives_themselves_no_mandate_over_the_wire(self):
        self.user.password = 'lea-martin-lea'
        self.authenticate(self.user.login, 'lea-martin-lea')
        values = {'committee_id': self.board.id, 'partner_id': self.user.partner_id.id}
        self.assertIn("You are not allowed to", self._call('coop.mandate', 'create', [values]))
        groups = [[4, self.env.ref(ALL_SALES).id]]
        template = self._body(self.autumn, 'assembly').template_id
        self.assertIn("You are not allowed to", self._call(
            'coop.committee.template', 'write', template.ids, {'access_group_ids': groups}))
        self._call('res.users', 'write', self.user.ids, {'group_ids': groups})
        self.env.invalidate_all()
        self.assertHolds()

    def _call(self, model, method, *args, context=None):
        """What the method answers, or the sentence of its refusal."""
        with mute_logger('odoo.http'):  # each refusal is a warning in the log
            response = self.url_open(
                f'/web/dataset/call_kw/{model}/{method}', headers={'Content-Type': 'application/json'},
                data=json.dumps({'jsonrpc': '2.0', 'id': 1, 'method': 'call', 'params': {
                    'model': model, 'method': method, 'args': args,
                    'kwargs': {'context': {'lang': 'en_US', **(context or {})}}}})).json()
        return response['error']['data']['message'] if 'error' in response else response.get('result')


@tagged('-standard', 'concurrency', 'post_install', '-at_install')
class TestTwoMandatesEndAtOnce(BaseCase):
    """Two real transactions, each of which sees only what was there when it began."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = self._env(cr)
            sales = env.ref(ALL_SALES)
            program = env['coop.program'].create({
                'name': "Two at once", 'age_min': 18, 'age_max': 25, 'committee_template_ids': [
                    Command.create({'name': name, 'access_group_ids': [Command.set(sales.ids)]})
                    for name in ("Board", "Marketing")]})
            cohort = env['coop.cohort'].create({'name': "Two at once", 'program_id': program.id, 'date_start': TODAY})
            bodies = env['coop.committee'].create([
                template._prepare_committee_vals(cohort) for template in program.committee_template_ids])
            user = new_test_user(env, 'two-at-once', groups='inocoop_coop.group_member')
            membership = env['coop.membership'].create({
                'cohort_id': cohort.id, 'birthdate': date(2005, 5, 5), 'partner_id': user.partner_id.id})
            guard.sealed(membership).write({'state': 'active', 'user_id': user.id})
            mandates = env['coop.mandate'].create([
                {'committee_id': body.id, 'partner_id': user.partner_id.id} for body in bodies])
            self.mandate_ids, self.user_id, self.sales_id = mandates.ids, user.id, sales.id
            made = [(record._name, record.ids) for record in (
                mandates, membership, bodies, cohort, program, user, user.partner_id)]
        self.addCleanup(self._remove, made)

    def _remove(self, made):
        """The other tests find the database as it was."""
        with self.registry.cursor() as cr:
            env = self._env(cr)
            for model, ids in made:
                if model == 'coop.membership':
                    guard.sealed(env[model].browse(ids)).write({'state': 'admitted'})
                env[model].browse(ids).unlink()

    def test_two_mandates_that_end_at_once_leave_no_access(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            one, other = (
                self._env(cr)['coop.mandate'].browse(mandate_id)
                for cr, mandate_id in zip((first, second), self.mandate_ids, strict=True))
            # Both transactions have begun, and each sees two mandates that give the same.
            for mandate in (one, other):
                self.assertIn(self.sales_id, mandate.membership_id.user_id.group_ids.ids)
            one.action_end()
            one.env.flush_all()
            first.commit()
            # As Odoo does with a request: the later one starts again.
            with mute_logger('odoo.sql_db'), self.assertRaises(psycopg2.errors.SerializationFailure):
                other.action_end()
            second.rollback()
            other.env.invalidate_all()
            other.action_end()
            other.env.flush_all()
            second.commit()
        with self.registry.cursor() as cr:
            user = self._env(cr)['res.users'].browse(self.user_id)
            self.assertNotIn(self.sales_id, user.group_ids.ids)
            self.assertFalse(user.env['coop.access.grant'].search([('user_id', '=', user.id)]))

    @staticmethod
    def _env(cr):
        base = api.Environment(cr, SUPERUSER_ID, {'no_reset_password': True, 'tracking_disable': True})['base']
        return clock.at(base, TODAY).env
