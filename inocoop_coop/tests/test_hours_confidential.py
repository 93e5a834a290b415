from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..security.confinement import HOURS
from .common import TODAY
from .hours import HoursCommon

LINES, FIGURES = 'account.analytic.line', 'timesheets.analysis.report'


@tagged('post_install', '-at_install')
class TestHoursConfidential(HoursCommon):
    """Follow-up hours are the person's; the others see what they add up to in a month, and no more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hidden = cls._log(cls.yanis, 1.5, coop_kind_id=cls.follow_up.id, name="With Paula")
        cls.shown = cls._log(cls.yanis, 2)
        cls._give_groups(cls.lea_user, 'account.group_account_invoice')  # who keeps the books reads analytic lines
        cls.env.flush_all()

    def _found(self, user, model=LINES):
        ids = (self.hidden + self.shown).ids
        return self.env[LINES].browse(self.env[model].with_user(user).search([('id', 'in', ids)]).ids)

    def test_peers_do_not_find_them_not_even_on_the_hr_committee(self):
        for user in (self.lea_user, self.hugo_user):
            for model in (LINES, FIGURES):
                self.assertEqual(self._found(user, model), self.shown, f"{user.login} {model}")
            with self.assertRaises(AccessError):
                self.hidden.with_user(user).read(['unit_amount'])
            for method in ('action_validate_hours', 'action_correct_hours'):
                with self.assertRaises(AccessError):
                    getattr(self.hidden.with_user(user), method)()
            for operation in ('write', 'unlink'):
                self.assertFalse(self.hidden.with_user(user)._filtered_access(operation))
            self.assertEqual(
                self.env[LINES].with_user(user)._read_group([('task_id', '=', self.task.id)], [], ['unit_amount:sum']), [(2,)])
        for user in (self.colin.user_id, self.accountant):
            self.assertNotIn(self.hidden, self._found(user) if user == self.colin.user_id else self.env[LINES])

    def test_a_peer_does_not_write_hours_that_they_could_not_read(self):
        with self.assertRaises(AccessError):
            self._log(self.yanis, 1, user=self.lea_user, coop_kind_id=self.follow_up.id)
        with self.assertRaises(AccessError):
            self.shown.with_user(self.lea_user).coop_kind_id = self.follow_up
        with self.assertRaises(AccessError):
            self.hidden.with_user(self.lea_user).coop_kind_id = self.work

    def test_the_person_the_psychologist_and_the_facilitator_see_them(self):
        for user in (self.yanis_user, self.facilitator):
            for model in (LINES, FIGURES):
                self.assertEqual(self._found(user, model), self.hidden + self.shown, f"{user.login} {model}")
        self.assertEqual(self._found(self.psychologist), self.hidden + self.shown)
        self.assertEqual(self.hidden.with_user(self.psychologist).read(['unit_amount'])[0]['unit_amount'], 1.5)
        for user in (self.other_psychologist, self.other_facilitator):
            self.assertFalse(self._found(user))
        with self.assertRaises(AccessError):
            self.hidden.with_user(self.psychologist).name = "Changed"

    def test_the_facilitator_validates_them(self):
        self.hidden.with_user(self.facilitator).action_validate_hours()
        self.assertEqual(self.hidden.coop_state, 'validated')

    def test_a_refusal_does_not_tell_of_them(self):
        line = self._log(self.yanis, 22, user=self.lea_user)  # 24 with what she sees, 25.5 with what she does not
        with self.assertRefused(ValidationError, "more than 24 hours"):
            line.with_user(self.yanis_user).unit_amount = 22.1
        with self.assertRefused(ValidationError, "more than 24 hours"):
            line.with_user(self.facilitator).action_validate_hours()
        line.with_user(self.lea_user).action_validate_hours()
        self.assertEqual(line.coop_state, 'validated')

    def test_the_others_see_the_total_of_a_month(self):
        self._log(self.yanis, 2, coop_kind_id=self.follow_up.id)
        self.hidden.with_user(self.facilitator).action_validate_hours()
        self.env.flush_all()
        for user in (self.lea_user, self.colin.user_id, self.psychologist, self.facilitator):
            row = self.env['coop.hours.report'].with_user(user).search([
                ('membership_id', '=', self.yanis.id), ('kind_id', '=', self.follow_up.id)])
            self.assertRecordValues(row, [{
                'month': TODAY.replace(day=1), 'hours': 3.5, 'validated_hours': 1.5, 'entered_hours': 2,
                'cohort_id': self.autumn.id}])
            # Nothing smaller than a month is found in it.
            self.assertFalse({'date', 'task_id', 'name'} & set(row._fields))
        self.assertFalse(self.env['coop.hours.report'].with_user(self.chloe.user_id).search([
            ('membership_id', '=', self.yanis.id)]))

    def test_an_intervention_is_not_of_a_kind_that_is_nobodys_business(self):
        # Everyone reads the interventions, and what each one is planned for.
        for user in (self.yanis_user, self.facilitator):
            tasks = self.env['project.task'].with_user(user)
            with self.assertRefused(ValidationError, "“Follow-up” is confidential, and everyone reads “With Paula”"):
                tasks.create({
                    'name': "With Paula", 'project_id': self.autumn.project_id.id, 'coop_kind_id': self.follow_up.id})
            with self.assertRefused(ValidationError, "“Follow-up” is confidential, and everyone reads “Hedges”"):
                self.task.with_user(user).coop_kind_id = self.follow_up
        private = self.env['project.task'].with_user(self.yanis_user).create({
            'name': "With Paula", 'project_id': False, 'coop_kind_id': self.follow_up.id})
        with self.assertRefused(ValidationError, "“Follow-up” is confidential"):
            private.project_id = self.autumn.project_id
        self.task.coop_kind_id = self.work
        with self.assertRefused(UserError, "“Hedges”.*everyone reads"):
            self.work.with_user(self.manager).is_confidential = True
        # Hours keep it.
        self.assertEqual((self.hidden.task_id, self.hidden.coop_kind_id), (self.task, self.follow_up))

    def test_a_customer_is_not_shown_them_in_the_portal(self):
        customer = self._create_user('cecile', 'base.group_portal')
        self.autumn.project_id.privacy_visibility = 'portal'
        (self.hidden + self.shown).partner_id = customer.partner_id
        self.env.flush_all()
        # As the page does it, which reads with all rights.
        lines = self.env[LINES].with_user(customer)
        self.assertEqual(
            lines.sudo().search(lines._timesheet_get_portal_domain()).filtered(lambda line: line.task_id == self.task),
            self.shown)

    def test_without_the_rule_they_show(self):
        for model in (LINES, FIGURES):
            rule = self.env.ref(f"inocoop_coop.{model.replace('.', '_')}_rule_confined_read")
            self.assertIn(HOURS, rule.domain_force)
            rule.domain_force = rule.domain_force.replace(HOURS, "[(1, '=', 1)]")
            self.assertEqual(self._found(self.lea_user, model), self.hidden + self.shown)
