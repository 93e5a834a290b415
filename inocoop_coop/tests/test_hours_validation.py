from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..tools import clock
from .common import TODAY
from .hours import HoursCommon


@tagged('post_install', '-at_install')
class TestHoursValidation(HoursCommon):
    """Hours count once somebody else has said that they are right, and then nobody changes them."""

    def _minutes(self, cohort=None, date_from=TODAY, date_to=TODAY):
        return self.env['account.analytic.line']._sum_validated_minutes(cohort or self.autumn, date_from, date_to)

    # ------------------------------------------------------------
    # Who validates
    # ------------------------------------------------------------

    def test_the_hr_committee_and_the_facilitator_validate(self):
        lines = self._log(self.yanis) + self._log(self.yanis, 2)
        lines[0].with_user(self.lea_user).action_validate_hours()
        lines[1].with_user(self.facilitator).action_validate_hours()
        self.assertRecordValues(lines, [
            {'coop_state': 'validated', 'coop_validated_by_id': user.id, 'coop_validated_on': clock.now(self.env)}
            for user in (self.lea_user, self.facilitator)])

    def test_nobody_else_validates(self):
        line = self._log(self.yanis)
        outsider = self._create_user('omar', 'hr_timesheet.group_timesheet_manager')
        self._give_groups(self.colin.user_id, 'hr_timesheet.group_hr_timesheet_approver')  # by another body
        for user in (self.hugo_user, self.colin.user_id):
            with self.assertRefused(AccessError, "deliberative voice on its HR committee"):
                line.with_user(user).action_validate_hours()
        for user in (outsider, self.chloe.user_id, self.other_facilitator, self.psychologist, self.accountant):
            with self.assertRaises(AccessError):
                line.with_user(user).action_validate_hours()
        self.assertEqual(line.coop_state, 'entered')

    def test_nobody_validates_their_own(self):
        own = self._log(self.lea)
        with self.assertRefused(AccessError, r"your own hours \(.*2026\): somebody else validates"):
            own.with_user(self.lea_user).action_validate_hours()
        with self.assertRefused(AccessError, "your own hours"):
            (self._log(self.yanis) + own).with_user(self.lea_user).action_validate_hours()
        # Not under another login either.
        own.user_id = self.yanis_user
        with self.assertRefused(AccessError, "your own hours"):
            own.with_user(self.lea_user).action_validate_hours()
        own.with_user(self.facilitator).action_validate_hours()
        self.assertEqual(own.coop_state, 'validated')

    def test_hours_outside_the_term_of_the_person_do_not_count(self):
        early = self._log(self.yanis, date=date(2025, 9, 1))
        late = self._log(self.colin)
        line = self._validated(self.hugo)
        self.env.flush_all()
        # Who leaves does so on a day on which they worked, or wrote that they did.
        self.env.cr.execute("UPDATE coop_membership SET date_end = %s WHERE id IN %s", [
            TODAY - timedelta(days=1), (self.colin.id, self.hugo.id)])
        self.env.invalidate_all()
        for outside in early + late:
            with self.assertRefused(UserError, "takes part from .* to .*, and did not work for it on"):
                outside.with_user(self.facilitator).action_validate_hours()
            self.assertEqual(outside.coop_state, 'entered')
        # What was validated before a term was made shorter can be taken back.
        line.with_user(self.facilitator).action_correct_hours(0, "Left before")
        line.coop_counter_entry_ids.with_user(self.facilitator).action_validate_hours()
        self.assertEqual(self._minutes().get((self.hugo.id, self.work.id)), 0)

    def test_a_mandate_that_is_over_validates_no_more(self):
        line = self._log(self.yanis)
        self.hr.mandate_ids.filtered(lambda mandate: mandate.membership_id == self.lea).action_end()
        with self.assertRefused(AccessError, "HR committee"):
            line.with_user(self.lea_user).action_validate_hours()

    def test_the_programme_says_which_body_validates(self):
        template = self.env.ref('inocoop_coop.program_young_adults_hr')
        self.assertTrue(template.validates_hours)
        cohort = self.env['coop.cohort'].create({
            'name': "Next", 'program_id': template.program_id.id, 'date_start': TODAY})
        cohort.action_start()
        self.assertEqual(cohort.committee_ids.filtered('validates_hours').template_id, template)

    def test_what_is_not_worked_yet_or_of_no_kind_is_not_validated(self):
        with self.assertRefused(UserError, "has not come yet"):
            self._log(self.yanis, date=TODAY + timedelta(days=1)).with_user(self.lea_user).action_validate_hours()
        line = self._log(self.yanis)
        line.coop_kind_id = False
        with self.assertRefused(UserError, "choose their kind"):
            line.with_user(self.lea_user).action_validate_hours()
        self._log(self.yanis)
        with self.assertRefused(UserError, "nothing to validate"):
            self._validated(self.yanis).with_user(self.lea_user).action_validate_hours()

    # ------------------------------------------------------------
    # The screen
    # ------------------------------------------------------------

    def test_the_counter_counts_what_waits_for_who_is_asking(self):
        self._log(self.yanis)
        self._log(self.lea)
        self._log(self.colin, coop_kind_id=self.follow_up.id)
        self._log(self.yanis, date=TODAY + timedelta(days=1))
        self._validated(self.yanis, 1)
        for user, count in ((self.hugo_user, 0), (self.yanis_user, 0), (self.lea_user, 1), (self.facilitator, 2)):
            cohort = self.autumn.with_user(user)
            self.assertEqual(cohort.hours_to_validate_count, count, user.login)
            action = cohort.action_view_hours_to_validate()
            if count:
                lines = self.env['account.analytic.line'].with_user(user).search(action['domain'])
                self.assertEqual(len(lines), count)
                lines.action_validate_hours()
                cohort.invalidate_recordset()
                self.assertEqual(cohort.hours_to_validate_count, 0)

    # ------------------------------------------------------------
    # The lock
    # ------------------------------------------------------------

    def test_what_is_validated_is_not_changed_by_anyone(self):
        line = self._validated(self.yanis)
        other = self.task.copy()
        changes = {
            'unit_amount': 5, 'date': TODAY - timedelta(days=1), 'name': "Other work", 'coop_kind_id': self.prospecting.id,
            'employee_id': self.colin.employee_id.id, 'user_id': self.colin.user_id.id, 'task_id': other.id,
            'project_id': self.winter.project_id.id, 'cohort_id': self.winter.id,
            self.env['account.analytic.line']._get_cohort_plan_column(): self.winter.analytic_account_id.id,
        }
        for user in (self.env.user, self.manager, self.facilitator, self.lea_user, self.yanis_user):
            for name, value in changes.items():
                with self.subTest(user=user.login, field=name), self.assertRaises(UserError):
                    line.with_user(user).write({name: value})
            with self.assertRaises(UserError):
                line.with_user(user).unlink()
        with self.assertRefused(UserError, r"The 4:00 hours of Yanis Dupond on .*2026 are validated"):
            line.with_user(self.yanis_user).unit_amount = 5
        with self.assertRefused(UserError, "are validated"):
            self.env['account.analytic.line'].sudo().browse(line.id).unlink()
        line.with_user(self.yanis_user).write({'name': line.name, 'unit_amount': 4, 'date': TODAY})
        self.assertEqual(line.unit_amount, 4)

    def test_an_import_changes_nothing_either(self):
        line = self._validated(self.yanis)
        self.env['ir.model.data'].create({
            'module': '__test__', 'name': 'hours', 'model': 'account.analytic.line', 'res_id': line.id})
        for name, value, sentence in (('unit_amount', '7', "are validated"), ('coop_state', 'entered', "not changed by hand")):
            result = self.env['account.analytic.line'].with_user(self.facilitator).load(
                ['id', name], [['__test__.hours', value]])
            self.assertFalse(result['ids'])
            self.assertIn(sentence, result['messages'][0]['message'])
        self.assertEqual((line.unit_amount, line.coop_state), (4, 'validated'))

    def test_the_state_is_not_written_by_hand(self):
        for vals in ({'coop_state': 'validated'}, {'coop_validated_by_id': self.lea_user.id},
                     {'coop_correction_of_id': self._validated(self.colin).id}):
            line = self._log(self.yanis, 1)
            for user in (self.env.user, self.facilitator, self.yanis_user):
                with self.assertRefused(AccessError, "is not changed by hand"):
                    line.with_user(user).write(vals)
            with self.assertRefused(AccessError, "is not changed by hand"):
                self._log(self.yanis, 1, **vals)
        forged = self.env['account.analytic.line'].with_context(default_coop_state='validated').create({
            'name': "Forged", 'project_id': self.autumn.project_id.id, 'employee_id': self.yanis.employee_id.id,
            'unit_amount': 1})
        self.assertEqual(forged.coop_state, 'entered')
        self.assertEqual(self._validated(self.yanis, 1).copy().coop_state, 'entered')

    def test_a_task_that_changes_leaves_validated_hours_as_they_were(self):
        line = self._validated(self.yanis)
        entered = self._log(self.yanis, 1)
        self.task.coop_kind_id = self.prospecting
        self.task.project_id = self.winter.project_id
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertRecordValues(line, [{
            'coop_kind_id': self.work.id, 'project_id': self.autumn.project_id.id, 'cohort_id': self.autumn.id}])
        self.assertEqual(entered.cohort_id, self.winter)
        self.assertEqual(self._minutes(), {(self.yanis.id, self.work.id): 240})

    # ------------------------------------------------------------
    # Correction
    # ------------------------------------------------------------

    def test_a_counter_entry_takes_back_and_the_right_hours_stand_beside_it(self):
        line = self._validated(self.yanis)
        line.with_user(self.yanis_user).action_correct_hours(2.5, "Rain")
        counter = line.coop_counter_entry_ids
        right = self.env['account.analytic.line'].search([('name', '=', "Correction: Cut the hedges (Rain)")])
        same = {'date': TODAY, 'employee_id': self.yanis.employee_id.id, 'task_id': self.task.id,
                'coop_kind_id': self.work.id, 'cohort_id': self.autumn.id, 'coop_state': 'entered'}
        self.assertRecordValues(counter + right, [{**same, 'unit_amount': -4}, {**same, 'unit_amount': 2.5}])
        self.assertEqual(counter.name, "Counter-entry: Cut the hedges (Rain)")
        self.assertEqual(self._minutes(), {(self.yanis.id, self.work.id): 240})
        (counter + right).with_user(self.lea_user).action_validate_hours()
        self.assertEqual(self._minutes(), {(self.yanis.id, self.work.id): 150})

    def test_a_counter_entry_alone_takes_all_back(self):
        line = self._validated(self.yanis)
        line.with_user(self.lea_user).action_correct_hours()
        line.coop_counter_entry_ids.with_user(self.lea_user).action_validate_hours()
        self.assertEqual(self._minutes(), {(self.yanis.id, self.work.id): 0})

    def test_a_counter_entry_is_what_it_takes_back_or_is_deleted(self):
        line = self._validated(self.yanis)
        line.action_correct_hours(0)
        counter = line.coop_counter_entry_ids
        for vals in ({'unit_amount': -24}, {'employee_id': self.colin.employee_id.id}, {'date': TODAY - timedelta(days=9)}):
            with self.assertRefused(UserError, "can only be deleted"):
                counter.with_user(self.facilitator).write(vals)
        counter.with_user(self.yanis_user).unlink()
        line.action_correct_hours(0)
        self.assertTrue(line.coop_counter_entry_ids)

    def test_only_validated_hours_are_corrected_and_only_once(self):
        line = self._validated(self.yanis)
        with self.assertRefused(UserError, "not validated yet"):
            self._log(self.yanis, 1).action_correct_hours(2)
        with self.assertRefused(UserError, "This is what was validated"):
            line.action_correct_hours(4)
        line.action_correct_hours(3)
        with self.assertRefused(UserError, "have a counter-entry already"):
            line.action_correct_hours(2)
        counter = line.coop_counter_entry_ids
        counter.with_user(self.facilitator).action_validate_hours()
        with self.assertRefused(UserError, "This is a counter-entry"):
            counter.action_correct_hours(2)

    def test_only_the_person_and_who_validates_correct(self):
        line = self._validated(self.yanis)
        self._give_groups(self.colin.user_id, 'hr_timesheet.group_hr_timesheet_approver')
        for user in (self.colin.user_id, self.hugo_user):
            with self.assertRefused(AccessError, "corrected by themselves"):
                line.with_user(user).action_correct_hours(1)
        with self.assertRaises(AccessError):
            line.with_user(self.chloe.user_id).action_correct_hours(1)

    def test_a_correction_is_not_born_validated(self):
        line = self._validated(self.yanis)
        line.with_user(self.yanis_user).with_context(
            default_coop_state='validated', default_coop_validated_by_id=self.lea_user.id).action_correct_hours(9)
        lines = self.env['account.analytic.line'].search([('task_id', '=', self.task.id), ('id', '!=', line.id)])
        self.assertEqual(lines.mapped('coop_state'), ['entered', 'entered'])

    def test_bad_hours_are_refused_in_words(self):
        line = self._validated(self.yanis)
        for hours in ("2", [], {}, True):
            with self.assertRefused(UserError, "is no number of hours"):
                line.action_correct_hours(hours)
        for hours in (-3, float('nan')):
            with self.assertRefused(ValidationError, "can't be negative"):
                line.action_correct_hours(hours)
        with self.assertRefused(ValidationError, "more than 24 hours"):
            line.action_correct_hours(25)
        self.assertFalse(line.coop_counter_entry_ids)

    def test_the_hours_of_who_left_are_corrected_too(self):
        line = self._validated(self.colin)
        self.colin.action_leave()
        self.assertFalse(self.colin.employee_id.active)
        line.with_user(self.facilitator).action_correct_hours(1)
        self.assertEqual(line.coop_counter_entry_ids.unit_amount, -4)

    # ------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------

    def test_minutes_are_summed_by_person_and_kind_between_two_days(self):
        day = timedelta(days=1)
        self._validated(self.yanis, 1 / 3)
        self._validated(self.yanis, 1.7, date=TODAY - day)
        self._validated(self.yanis, 5, date=TODAY - 2 * day)
        self._validated(self.yanis, 2, coop_kind_id=self.prospecting.id)
        self._validated(self.lea, 3)
        self._log(self.lea, 3)
        self.assertEqual(self._minutes(date_from=TODAY - day), {
            (self.yanis.id, self.work.id): 20 + 102, (self.yanis.id, self.prospecting.id): 120,
            (self.lea.id, self.work.id): 180})
        self.assertEqual(self._minutes(self.winter), {})

    def test_who_left_is_counted(self):
        self._validated(self.colin)
        self.colin.action_leave()
        self.assertEqual(self._minutes(), {(self.colin.id, self.work.id): 240})

    def test_two_queries_sum_whatever_the_number_of_lines(self):
        self._validated(self.yanis)
        self.env.flush_all()
        with self.assertQueryCount(2):
            self._minutes()
        for _time in range(5):
            self._validated(self.yanis, 1)
        self.env.flush_all()
        with self.assertQueryCount(2):
            self._minutes()

    # ------------------------------------------------------------
    # Invoicing
    # ------------------------------------------------------------

    def test_validated_hours_are_invoiced_as_in_plain_odoo(self):
        order = self._quotation(self._lead(self.autumn))
        order.action_confirm()
        line = self._validated(self.yanis, 3, task_id=order.tasks_ids.id)
        self.assertEqual(line.so_line, order.order_line)
        self.assertEqual(order.order_line.qty_delivered, 3)
        invoice = order._create_invoices()
        self.assertEqual(line.timesheet_invoice_id, invoice)
        self.assertEqual(invoice.amount_untaxed, 60)
        invoice.action_post()
        line.with_user(self.facilitator).action_correct_hours(2)
        corrections = self.env['account.analytic.line'].search([('task_id', '=', line.task_id.id), ('id', '!=', line.id)])
        self.assertEqual(corrections.so_line, order.order_line)
        self.assertEqual(order.order_line.qty_delivered, 2)
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(line.coop_state, 'validated')

    def test_the_person_without_a_login_is_validated_by_others(self):
        nora = self._admit(self.autumn, "Nora Petit", wants_login=False)
        nora.action_activate()
        line = self._log(nora, user=self.facilitator)
        self.assertFalse(line.user_id)
        lines = self.env['account.analytic.line'].with_user(self.lea_user).search(
            self.autumn.with_user(self.lea_user).action_view_hours_to_validate()['domain'])
        self.assertIn(line, lines)
        line.with_user(self.lea_user).action_validate_hours()
        self.assertEqual(self._minutes(), {(nora.id, self.work.id): 240})

    def test_a_line_of_an_order_may_still_be_chosen(self):
        order = self._quotation(self._lead(self.autumn))
        order.action_confirm()
        line = self._validated(self.yanis, task_id=order.tasks_ids.id)
        line.with_user(self.env.user).write({'so_line': False, 'is_so_line_edited': True})
        self.assertFalse(line.so_line)
