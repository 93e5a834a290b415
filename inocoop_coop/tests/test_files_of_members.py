from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TODAY, CoopCommon


@tagged('post_install', '-at_install')
class TestFilesOfMembers(CoopCommon):
    """The others of a cohort see who takes part, and nothing of what is kept about a person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.yanis.write({'street': "3 rue des Lilas", 'birthdate': '2006-06-06'})
        cls.message = cls.yanis.message_post(body="Looks for a flat", message_type='comment')
        cls.attachment = cls.env['ir.attachment'].create({
            'name': "Identity card", 'res_model': 'coop.membership', 'res_id': cls.yanis.id, 'raw': b'card'})
        cls.member = cls.lea.user_id

    def test_colleagues_are_seen_by_their_name(self):
        file = self.yanis.with_user(self.member)
        self.assertEqual((file.name, file.state), ("Yanis Dupond", 'active'))

    def test_what_is_kept_about_a_person_is_not_read_by_the_others(self):
        file = self.yanis.with_user(self.member)
        for name in ('birthdate', 'street', 'is_minor', 'guardian_id', 'guardian_agreement', 'leave_reason', 'login'):
            with self.subTest(field=name), self.assertRaises(AccessError):
                file.read([name])
            if name != 'guardian_agreement':  # a file is not compared with anything
                with self.subTest(searched=name), self.assertRaises(AccessError):
                    file.search([(name, 'not in', [False, '2000-01-01'])])

    def test_where_a_person_lives_is_not_on_their_contact(self):
        sofia = self.sofia
        sofia.write({'street': "1 rue des Fleurs", 'municipality_id': self.bethune.id})
        sofia.action_activate()
        contact = sofia.partner_id.with_user(self.member)
        self.assertFalse(contact.street or contact.zip or contact.city)

    def test_what_is_written_on_a_file_is_read_by_who_keeps_it(self):
        messages = self.env['mail.message'].search([('model', '=', 'coop.membership'), ('res_id', '=', self.yanis.id)])
        self.assertIn(self.message, messages)
        for user in (self.member, self.psychologist, self.other_facilitator):
            self.assertFalse(messages.with_user(user).search([('id', 'in', messages.ids)]), user.name)
            self.assertFalse(messages.with_user(user)._filtered_access('read'), user.name)
        self.assertIn(self.message, messages.with_user(self.facilitator).search([('id', 'in', messages.ids)]))

    def test_what_is_attached_to_a_file_is_read_by_who_keeps_it(self):
        for user in (self.member, self.psychologist, self.other_facilitator):
            attachment = self.attachment.with_user(user)
            self.assertFalse(attachment.search([('id', '=', attachment.id)]), user.name)
            self.assertFalse(attachment.search([('res_model', '=', 'coop.membership')]), user.name)
            with self.assertRaises(AccessError):
                attachment.read(['raw'])
        self.assertEqual(self.attachment.with_user(self.facilitator).raw, b'card')

    def test_who_left_early_keeps_what_is_their_own_and_nothing_else(self):
        user = self.yanis.user_id
        self._seat(self.board, self.yanis)
        lead = self._lead(self.autumn)
        task, other = self.env['project.task'].create([
            {'name': name, 'project_id': self.autumn.project_id.id} for name in ("Mine", "Theirs")])
        task.user_ids = user
        own, others = self._hours(task, self.yanis), self._hours(other, self.lea)
        self.yanis.action_leave(TODAY)
        for record, reads in (
            (self.autumn, True), (self.yanis, True), (self.yanis.mandate_ids[:1], True), (own, True), (task, True),
            (self.lea, False), (lead, False), (others, False), (other, False), (self.autumn.project_id, False),
            (self.lea.partner_id, False), (self.lea.mandate_ids[:1], False),
        ):
            with self.subTest(record=record.display_name, model=record._name):
                self.assertEqual(bool(record.with_user(user).has_access('read')), reads)
        for record in (own, task, self.yanis):
            self.assertFalse(record.with_user(user).has_access('write'), record._name)

    def test_who_completed_reads_their_cohort_and_changes_nothing(self):
        user = self.yanis.user_id
        task = self.env['project.task'].create({
            'name': "Mine", 'project_id': self.autumn.project_id.id, 'user_ids': user.ids})
        self.yanis.action_complete()
        self.assertTrue(self.autumn.with_user(user).has_access('read') and task.with_user(user).has_access('read'))
        self.assertFalse(task.with_user(user).has_access('write'))

    def test_members_do_not_meet_in_the_whole_companys_channel(self):
        channel = self.env.ref('mail.channel_all_employees')
        members = (self.lea + self.yanis + self.chloe).partner_id
        self.assertFalse(channel.channel_member_ids.partner_id & members)
        self.assertIn(self.facilitator.partner_id, channel.channel_member_ids.partner_id)

    def test_the_companys_figures_are_mailed_to_who_may_read_them_all(self):
        digest = self.env['digest.digest'].create({'name': "Weekly", 'kpi_account_total_revenue': True})
        self._give_groups(self.member, 'account.group_account_invoice')
        recipients = self.member + self.facilitator + self.manager + self.accountant
        digest.user_ids = recipients
        mails = self.env['mail.mail'].search([])
        for user in recipients:
            digest._action_send_to_user(user)
        sent = (self.env['mail.mail'].search([]) - mails).mapped('email_to')
        self.assertEqual(len(sent), 2, sent)
        self.assertIn(self.accountant.email, ' '.join(sent))

    def test_nobody_of_another_cohort_is_proposed_where_people_are_looked_for(self):
        self.chloe.partner_id.name = self.chloe.user_id.name = "Zanzibar"
        partners = self.env['res.partner'].with_user(self.member)
        users = self.env['res.users'].with_user(self.member)
        self.assertFalse(partners.name_search("Zanzibar") + users.name_search("Zanzibar"))
        for proposed in (
            partners.get_mention_suggestions("Zanzibar"), partners.search_for_channel_invite("Zanzibar"),
            partners.im_search("Zanzibar") if hasattr(partners, 'im_search') else [],
        ):
            self.assertNotIn("Zanzibar", str(proposed))
