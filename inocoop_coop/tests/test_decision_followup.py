from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .decisions import DecisionCommon


@tagged('post_install', '-at_install')
class TestDecisionFollowup(DecisionCommon):
    """A decision leads to something: tasks with people and dates, and a day on which the group looks back."""

    def test_tasks_with_people_and_dates_carry_a_decision_out(self):
        decision = self._adopted()
        task = self.env['project.task'].with_user(self.members[4]).create({
            'name': "Fetch the mower", 'project_id': self.autumn.project_id.id, 'decision_id': decision.id,
            'user_ids': self.members[4].ids, 'date_deadline': date(2026, 1, 30)})
        self.assertEqual(decision.task_ids, task)
        self.assertEqual(decision.task_count, 1)
        action = decision.action_view_tasks()
        self.assertEqual(self.env['project.task'].search(action['domain']), task)

    def test_a_task_carries_out_a_decision_of_its_own_cohort(self):
        decision = self._adopted()
        with self.assertRefused(ValidationError, "another cohort"):
            self.env['project.task'].create({
                'name': "Fetch it", 'project_id': self.winter.project_id.id, 'decision_id': decision.id})

    def test_an_adopted_decision_comes_back_on_its_day_of_review(self):
        decision = self._adopted(review_date=date(2026, 2, 20))
        activity = decision.activity_ids
        self.assertEqual((activity.date_deadline, activity.user_id), (date(2026, 2, 20), self.members[3]))
        decision.review_date = date(2026, 3, 1)
        self.assertEqual(decision.activity_ids.date_deadline, date(2026, 3, 1), "It moves with the date.")
        decision.action_review('partly', "Too heavy for some gardens")
        self.assertFalse(decision.activity_ids)
        self.assertEqual((decision.review_result, decision.review_note), ('partly', "Too heavy for some gardens"))

    def test_what_was_not_adopted_has_no_review(self):
        decision = self._open(self.simple, review_date=date(2026, 2, 20))
        self._vote(decision, {'no': 9})
        self.assertFalse(decision.activity_ids)
        with self.assertRefused(UserError, "nothing to review"):
            decision.action_review('worked')

    def test_a_review_says_one_of_three_things_and_is_for_those_who_look_after_it(self):
        decision = self._adopted()
        for outcome in ('great', None, 3):
            with self.assertRefused(UserError, "Say whether it worked"):
                decision.action_review(outcome)
        with self.assertRefused(AccessError, "was proposed by"):
            decision.with_user(self.members[5]).action_review('worked')

    def test_dialogs_do_what_the_actions_do(self):
        decision = self._open(self.consent)
        self._vote(decision, {'objection': 1})
        amendment = self.env['coop.decision.amend'].with_user(self.members[3]).create({'decision_id': decision.id})
        self.assertIn("It would do harm", amendment.objections)
        self.assertIn("300", amendment.proposal)
        amendment.write({'proposal': "<p>We rent one.</p>", 'reason': "No room"})
        amendment.action_amend()
        self.assertEqual(decision.version_number, 2)
        decision.action_open_vote()
        self.env['coop.decision.proxy'].with_user(self.members[1]).create({
            'decision_id': decision.id, 'holder_id': self._elector(decision, self.members[0]).id}).action_give_proxy()
        self.assertEqual(decision.with_user(self.members[1]).my_proxy_name, "Léa Martin")

    def _adopted(self, **values):
        decision = self._open(self.simple, **values)
        self._vote(decision, {'yes': 9})
        self.assertEqual(decision.state, 'adopted')
        return decision
