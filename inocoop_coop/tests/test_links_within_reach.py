from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TODAY, CoopCommon
from .documents import populate
from .test_confinement import DOORS

MARK = 'zanzibar'


@tagged('post_install', '-at_install')
class TestLinksWithinReach(CoopCommon):
    """A number that was guessed opens nothing: neither by naming it, nor by moving a row there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_groups(cls.lea.user_id, *DOORS)
        cls.member = cls.lea.user_id
        cls.own = populate(cls, cls.autumn, 'own')
        cls.hidden = populate(cls, cls.winter, MARK)
        cls.person = cls.hidden['coop.membership'].partner_id

    def test_a_person_who_is_hidden_is_not_named_copied_or_shown(self):
        for user in (self.member, self.facilitator, self.psychologist):
            for model, name in (
                ('crm.lead', 'partner_id'), ('sale.order', 'partner_id'), ('account.move', 'partner_id'),
                ('project.task', 'partner_id'), ('res.partner', 'parent_id'), ('hr.applicant', 'partner_id'),
                ('coop.membership', 'partner_id'), ('coop.membership', 'guardian_id'), ('coop.mandate', 'partner_id'),
                ('calendar.attendee', 'partner_id'), ('coop.partnership', 'contact_id'),
            ):
                rows = self.env[model].with_user(user)
                with self.subTest(user=user.name, model=model, field=name):
                    with self.assertRaises(AccessError):
                        rows.create({name: self.person.id})
                    with self.assertRaises(AccessError):
                        rows.with_context(**{f'default_{name}': self.person.id}).create({})
                    for value in (self.person.id, {'id': self.person.id}):
                        with self.assertRaises(AccessError):
                            rows.onchange({name: value}, [name], {name: {}, 'display_name': {}})
                    own = self.own.get(model, rows)[:1]
                    if own:
                        with self.assertRaises(UserError):
                            own.with_user(user).write({name: self.person.id})

    def test_no_row_of_ones_own_is_moved_into_what_is_hidden(self):
        for model, name, target in (
            ('sale.order.line', 'order_id', 'sale.order'), ('purchase.order.line', 'order_id', 'purchase.order'),
            ('project.milestone', 'project_id', 'project.project'), ('project.update', 'project_id', 'project.project'),
            ('coop.committee', 'cohort_id', 'coop.cohort'), ('coop.partnership', 'cohort_id', 'coop.cohort'),
            ('coop.membership', 'cohort_id', 'coop.cohort'), ('coop.mandate', 'committee_id', 'coop.committee'),
            ('project.task', 'parent_id', 'project.task'), ('account.analytic.line', 'task_id', 'project.task'),
        ):
            for user in (self.member, self.facilitator):
                with self.subTest(user=user.name, model=model), self.assertRaises(UserError):
                    self.own[model][:1].with_user(user).write({name: self.hidden[target][:1].id})

    def test_hours_are_not_given_to_anothers_account(self):
        column = self.env.ref('inocoop_coop.analytic_plan_cohort')._column_name()
        hours = self._hours(self.own['project.task'][0], self.lea).with_user(self.member)
        with self.assertRaises(AccessError):
            hours.write({column: self.winter.analytic_account_id.id})

    def test_an_activity_is_not_moved_onto_a_hidden_document(self):
        activity = self.own['crm.lead'].activity_schedule('mail.mail_activity_data_todo', user_id=self.member.id)
        with self.assertRaises(AccessError):
            activity.with_user(self.member).write({'res_id': self.hidden['crm.lead'].id})

    def test_a_hidden_person_is_not_made_a_follower(self):
        lead = self.own['crm.lead'].with_user(self.member)
        lead.message_subscribe(partner_ids=self.person.ids)
        self.assertNotIn(self.person, lead.sudo().message_partner_ids)

    def test_a_hidden_person_is_not_brought_into_a_channel(self):
        channel = self.env['discuss.channel'].with_user(self.member)._create_group(
            partners_to=self.member.partner_id.ids, name="Ours")
        channel.add_members((self.person + self.yanis.partner_id).ids)
        self.assertEqual(channel.sudo().channel_member_ids.partner_id, self.member.partner_id + self.yanis.partner_id)

    def test_the_file_of_who_is_active_does_not_move(self):
        self.winter.facilitator_id = self.facilitator
        with self.assertRaises(AccessError):
            self.lea.with_user(self.facilitator).write({'cohort_id': self.winter.id})
        self.assertEqual(self.lea.cohort_id, self.autumn)

    def test_nobody_is_one_of_odoos_own_users(self):
        for name in ('base.public_user', 'base.template_portal_user_id', 'base.user_root'):
            user = self.env.ref(name)
            with self.subTest(user=name), self.assertRaises(ValidationError):
                self._admit(self.autumn, "Nobody", partner_id=user.partner_id.id, birthdate=date(2005, 5, 5))
            self.assertEqual(user.share, name != 'base.user_root')

    def test_a_member_is_interviewer_by_a_mandate_alone(self):
        applicant = self.own['hr.applicant'].filtered('active')[:1]
        for user, record in ((self.facilitator, applicant), (self.facilitator, self.autumn.job_id)):
            with self.assertRaises(AccessError):
                record.with_user(user).write({'interviewer_ids': [Command.link(self.yanis.user_id.id)]})
        applicant.with_user(self.facilitator).write({'interviewer_ids': [Command.link(self.facilitator.id)]})

    def test_a_treasurer_does_not_say_where_the_hosts_money_is_booked(self):
        for user in (self.member, self.facilitator):
            with self.assertRaises(AccessError):
                self.env['account.analytic.distribution.model'].with_user(user).create({
                    'partner_id': self.customer.id,
                    'analytic_distribution': {str(self.autumn.analytic_account_id.id): 100}})

    def test_a_facilitator_opens_no_doors_by_giving_a_body_another_template(self):
        with self.assertRaises(AccessError):
            self.finance.with_user(self.facilitator).write({'template_id': self.board.template_id.id})
        body = self.env['coop.committee'].with_user(self.facilitator).create({'name': "Party", 'cohort_id': self.autumn.id})
        self.assertFalse(body.template_id)
        spring = self._create_cohort("Spring", TODAY, facilitator_id=self.facilitator.id)
        spring.with_user(self.facilitator).action_open_recruitment()
        self.assertEqual(len(spring.committee_ids.template_id), 4)
