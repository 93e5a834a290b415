from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import TODAY
from .hours import HoursCommon


@tagged('post_install', '-at_install')
class TestHoursKinds(HoursCommon):
    """Hours are for something, follow what they are written on, and fit into a day."""

    def test_hours_are_of_the_kind_of_their_intervention(self):
        self.assertEqual(self.task.coop_kind_id, self.work)
        self.assertEqual(self._log(self.yanis).coop_kind_id, self.work)
        calls = self.task.copy({'name': "Calls", 'coop_kind_id': self.prospecting.id})
        self.assertEqual(self._log(self.yanis, task_id=calls.id).coop_kind_id, self.prospecting)
        part = self.env['project.task'].create({'name': "Part", 'parent_id': calls.id, 'project_id': calls.project_id.id})
        self.assertEqual(part.coop_kind_id, self.prospecting)

    def test_the_person_may_say_something_else(self):
        line = self._log(self.yanis, coop_kind_id=self.prospecting.id)
        self.assertEqual(line.coop_kind_id, self.prospecting)
        self.task.coop_kind_id = self.env.ref('inocoop_coop.hour_kind_training')
        self.assertEqual(line.coop_kind_id, self.prospecting)
        line.with_user(self.yanis_user).coop_kind_id = self.work
        self.assertEqual(line.coop_kind_id, self.work)

    def test_the_intervention_of_an_order_is_customer_work(self):
        order = self._quotation(self._lead(self.autumn))
        order.action_confirm()
        self.assertEqual(order.tasks_ids.coop_kind_id, self.work)

    def test_hours_without_an_intervention_are_work(self):
        line = self._log(self.yanis, task_id=False)
        self.assertEqual((line.cohort_id, line.coop_kind_id), (self.autumn, self.work))

    def test_from_the_week_two_taps_write_hours_on_what_was_planned_or_done_last(self):
        lines = self.env['account.analytic.line'].with_user(self.yanis_user)

        def tap_twice(source):
            action = source.action_open_log_hours()
            dialog = self.env['coop.hours.log'].with_user(self.yanis_user).with_context(**action['context']).create({})
            dialog.action_log_hour()
            return lines.search([('user_id', '=', self.yanis_user.id)], order='id desc', limit=1)

        self.assertEqual(tap_twice(lines).task_id, self.task, "The one that is theirs.")
        lawn = self.task.copy({'name': "Lawn", 'user_ids': [Command.set(self.yanis_user.ids)]})
        lawn.write({'planned_date_start': datetime(2026, 1, 15, 9), 'planned_date_end': datetime(2026, 1, 15, 11)})
        self.assertEqual(tap_twice(lines).task_id, lawn, "The one of today.")
        first = lines.search([('task_id', '=', self.task.id)], limit=1)
        self.assertEqual(tap_twice(first).task_id, self.task, "The same once more.")
        lawn.write({'planned_date_start': False, 'planned_date_end': False})
        again = tap_twice(lines)
        self.assertEqual((again.task_id, again.unit_amount, again.date), (self.task, 1, TODAY), "The last one.")
        with self.assertRefused(UserError, "no intervention of yours"):
            lines.with_user(self.hugo_user).action_open_log_hours()

    def test_what_is_no_cohorts_has_no_kind(self):
        project = self.env['project.project'].create({'name': "Of the host"})
        self.assertFalse(self.env['project.task'].create({'name': "Own", 'project_id': project.id}).coop_kind_id)
        employee = self.env['hr.employee'].create({'name': "Host's own"})
        line = self.env['account.analytic.line'].create({
            'name': "Own", 'project_id': project.id, 'employee_id': employee.id, 'unit_amount': 1})
        self.assertFalse(line.coop_kind_id)
        invoice = self._move('out_invoice', {self.autumn: 100})
        invoice.action_post()
        self.assertFalse(invoice.line_ids.analytic_line_ids.coop_kind_id)

    def test_one_tap_opens_the_dialog_and_another_one_writes(self):
        task = self.task.with_user(self.yanis_user)
        for method, hours in (('action_log_half_hour', 0.5), ('action_log_hour', 1), ('action_log_half_day', 4)):
            action = task.action_open_log_hours()
            dialog = Form(self.env['coop.hours.log'].with_user(self.yanis_user).with_context(**action['context']))
            self.assertEqual((dialog.date, dialog.kind_id), (TODAY, self.work))
            answer = getattr(dialog.save(), method)()
            self.assertEqual(answer['params']['next'], {'type': 'ir.actions.act_window_close'})
            line = self.env['account.analytic.line'].search([('task_id', '=', task.id)], limit=1, order='id desc')
            self.assertRecordValues(line, [{
                'unit_amount': hours, 'date': TODAY, 'coop_kind_id': self.work.id, 'coop_state': 'entered',
                'employee_id': self.yanis.employee_id.id, 'user_id': self.yanis_user.id, 'name': "Hedges"}])

    def test_another_duration_and_kind_are_typed(self):
        log = self.env['coop.hours.log'].with_user(self.yanis_user).create({
            'task_id': self.task.id, 'kind_id': self.prospecting.id, 'hours': 2.25, 'name': "Flyers"})
        log.action_log()
        line = self.env['account.analytic.line'].search([('name', '=', "Flyers")])
        self.assertEqual((line.unit_amount, line.coop_kind_id), (2.25, self.prospecting))
        log.hours = 0
        with self.assertRefused(UserError, "How long did it take"):
            log.action_log()

    def test_who_has_no_employee_is_told_so(self):
        log = self.env['coop.hours.log'].with_user(self.facilitator).create({'task_id': self.task.id})
        with self.assertRefused(UserError, "you have none"):
            log.action_log_hour()

    def test_a_private_task_has_no_hours(self):
        task = self.env['project.task'].with_user(self.yanis_user).create({'name': "To do", 'project_id': False})
        with self.assertRefused(UserError, "interventions of a cohort"):
            task.action_open_log_hours()

    def test_the_week_is_about_the_cohort_before_the_first_hours(self):
        lines = self.env['account.analytic.line'].with_user(self.yanis_user).with_context(is_timesheet=1)
        self.assertEqual(lines.default_get(['project_id'])['project_id'], self.autumn.project_id.id)

    def test_hours_are_not_negative(self):
        for hours in (-1, -0.01, float('nan')):
            with self.assertRefused(ValidationError, "can't be negative"):
                self._log(self.yanis, hours)
        line = self._log(self.yanis)
        with self.assertRefused(ValidationError, "can't be negative"):
            line.with_user(self.yanis_user).unit_amount = -2

    def test_a_day_has_twenty_four_hours_for_one_person(self):
        self._log(self.yanis, 20)
        self._log(self.lea, 20)
        self._log(self.yanis, 4)
        self._log(self.yanis, 10, date=TODAY - timedelta(days=1))
        with self.assertRefused(ValidationError, "Yanis Dupond would have more than 24 hours on .*2026"):
            self._log(self.yanis, 1 / 60)
        with self.assertRefused(ValidationError, "more than 24 hours"):
            self._log(self.lea, float('inf'))
        with self.assertRefused(ValidationError, "more than 24 hours"):
            self.env['account.analytic.line'].search([
                ('employee_id', '=', self.yanis.employee_id.id), ('date', '<', TODAY)]).date = TODAY

    def test_kinds_are_the_managers_and_confidential_ones_stay_so(self):
        with self.assertRaises(AccessError):
            self.work.with_user(self.facilitator).name = "Work"
        kind = self.follow_up.with_user(self.manager)
        kind.is_confidential = False
        kind.is_confidential = True
        self._log(self.yanis, coop_kind_id=kind.id)
        with self.assertRefused(UserError, "they stay confidential"):
            kind.is_confidential = False
