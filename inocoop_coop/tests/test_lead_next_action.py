from datetime import timedelta

from odoo.tests import Form, tagged

from .common import TODAY, CoopCommon


@tagged('post_install', '-at_install')
class TestLeadNextAction(CoopCommon):
    """An open lead of a cohort always has a next action."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.lea.user_id
        cls._give_groups(cls.seller, 'sales_team.group_sale_salesman_all_leads')
        cls.lead = cls.env['crm.lead'].with_user(cls.seller).create({'name': "Hedges", 'type': 'opportunity'})
        cls.call_back = cls.env.ref('inocoop_coop.mail_activity_call_back')

    def test_who_plans_nothing_calls_back(self):
        self.assertRecordValues(self.lead.activity_ids, [{
            'activity_type_id': self.call_back.id, 'date_deadline': TODAY + timedelta(days=3), 'user_id': self.seller.id}])

    def test_the_programme_says_after_how_many_days(self):
        self.program.next_action_days = 0
        self.assertEqual(self._lead(self.autumn).activity_ids.date_deadline, TODAY)

    def test_what_somebody_plans_stands_instead(self):
        meeting = self.lead.activity_schedule('mail.mail_activity_data_meeting', summary="Measure the hedge")
        self.assertEqual(self.lead.activity_ids, meeting)
        other = self.lead.activity_schedule('mail.mail_activity_data_todo', summary="Ask for the key")
        self.assertEqual(self.lead.activity_ids, meeting + other)

    def test_what_is_done_calls_for_the_next_one(self):
        done = self.lead.activity_ids
        done.action_feedback(feedback="Nobody there")
        self.assertEqual(len(self.lead.activity_ids), 1)
        self.assertNotEqual(self.lead.activity_ids, done)
        # Of two, the other one is next.
        meeting = self.lead.activity_schedule('mail.mail_activity_data_meeting')
        todo = self.lead.activity_schedule('mail.mail_activity_data_todo')
        todo.action_done()
        self.assertEqual(self.lead.activity_ids, meeting)
        meeting.unlink()
        self.assertEqual(self.lead.activity_ids.activity_type_id, self.call_back)

    def test_done_and_next_leaves_the_one_that_was_planned(self):
        action = self.lead.activity_ids.action_feedback_schedule_next(feedback="Measured")
        activities = self.env['mail.activity'].with_user(self.seller).with_context(**action['context'])
        with Form(activities) as form:
            form.activity_type_id = self.env.ref('mail.mail_activity_data_todo')
            form.summary = "Write the quotation"
        self.assertEqual(self.lead.activity_ids, form.record)

    def test_what_is_won_lost_or_deleted_needs_no_next_action(self):
        for close in ('action_set_won', 'action_set_lost'):
            lead = self._lead(self.autumn).with_user(self.seller)
            getattr(lead, close)()
            self.assertFalse(lead.activity_ids, close)
            # What somebody planned stays: a customer is called, too.
            todo = lead.activity_schedule('mail.mail_activity_data_todo')
            self.assertEqual(lead.activity_ids, todo)
            todo.action_done()
            self.assertFalse(lead.activity_ids, close)
        lead = self._lead(self.autumn)
        activities = lead.activity_ids
        lead.unlink()
        self.assertFalse(activities.exists())

    def test_what_is_opened_again_has_one(self):
        self.lead.action_set_lost()
        self.assertFalse(self.lead.activity_ids)
        self.lead.action_unarchive()
        self.assertEqual(self.lead.activity_ids.activity_type_id, self.call_back)

    def test_who_can_not_read_leads_is_given_none(self):
        lead = self._lead(self.autumn, user_id=False, coop_canvasser_id=self.yanis.id)
        self.assertNotEqual(lead.activity_ids.user_id, self.yanis.user_id)
        self._give_groups(self.yanis.user_id, 'sales_team.group_sale_salesman_all_leads')
        lead = self._lead(self.autumn, user_id=False, coop_canvasser_id=self.yanis.id)
        self.assertEqual(lead.activity_ids.user_id, self.yanis.user_id)

    def test_other_business_is_left_alone(self):
        lead = self.env['crm.lead'].create({'name': "Roof", 'type': 'opportunity'})
        self.assertFalse(lead.cohort_id)
        self.assertFalse(lead.activity_ids)

    def test_no_lead_without_a_next_action_is_found(self):
        leads = self.env['crm.lead'].with_user(self.seller)
        domain = [('activity_ids', '=', False), ('won_status', '=', 'pending'), ('cohort_id', '!=', False)]
        self.assertFalse(leads.search(domain))
        self.env.cr.execute("DELETE FROM mail_activity WHERE res_model = 'crm.lead' AND res_id = %s", self.lead.ids)
        self.env.invalidate_all()
        self.assertEqual(leads.search(domain), self.lead)
