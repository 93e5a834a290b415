from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .planning import PlanningCommon, at


@tagged('post_install', '-at_install')
class TestPlanningFlags(PlanningCommon):
    """Who is booked twice, is not free or lacks a skill: it is said, and it can be saved all the same."""

    # ------------------------------------------------------------
    # When
    # ------------------------------------------------------------

    def test_it_has_to_end_after_it_starts(self):
        for stop in (at(19, 8), at(19, 9)):
            with self.assertRefused(ValidationError, "“Hedges”: it has to end after it starts"):
                self._task(start=at(19, 9), stop=stop)
        task = self._task(start=at(19, 9), stop=at(19, 12))
        with self.assertRefused(ValidationError, "it has to end after it starts"):
            task.with_user(self.lea_user).planned_date_start = at(19, 13)

    def test_a_start_alone_lasts_two_hours_and_an_end_alone_is_refused(self):
        self.assertEqual(self._task(start=at(19, 9)).planned_date_end, at(19, 11))
        self.assertEqual(self._task(start=at(19, 9), allocated_hours=3).planned_date_end, at(19, 12))
        with self.assertRefused(ValidationError, "give it both a start and an end"):
            self._task(stop=at(19, 9))
        task = self._task(start=at(19, 9))
        task.write({'planned_date_start': False, 'planned_date_end': False})
        self.assertFalse(task.planned_date_end)

    def test_putting_somebody_on_an_intervention_does_not_plan_it(self):
        task = self._task(users=self.lea_user)
        self.assertTrue(task.date_assign)
        self.assertFalse(task.planned_date_start)
        task.state = '1_done'
        self.assertFalse(task.planned_date_end)

    def test_dates_that_no_intervention_has_are_refused_before_anything_is_counted(self):
        cases = (
            (datetime(2026, 1, 19, 9), datetime(2206, 1, 19, 12), "at most 31 days"),
            (datetime(2026, 1, 1), datetime(9999, 12, 31, 23), "at most 31 days"),
            (datetime(2062, 1, 19, 9), datetime(2062, 1, 19, 12), "“Autumn” works from 10/01/2025 to 03/31/2026"),
            (datetime(1, 1, 1), datetime(1, 1, 1, 2), "“Autumn” works from"))
        task = self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        for start, stop, sentence in cases:
            with self.assertRefused(ValidationError, sentence):
                self._task("Fence", start, stop, self.lea_user)
            warnings = task.with_user(self.yanis_user).coop_preview_warnings(
                {'planned_date_start': str(start), 'planned_date_end': str(stop)})
            self.assertRegex(warnings[0], sentence)
        # A month before and after: to get ready, and to tidy up.
        self._task("Barn", datetime(2026, 4, 1, 9), datetime(2026, 4, 30, 12))
        self._task("Flyers", datetime(2025, 9, 1, 9), datetime(2025, 9, 1, 12))

    # ------------------------------------------------------------
    # Booked twice
    # ------------------------------------------------------------

    def test_a_member_who_is_booked_twice_is_flagged_on_both(self):
        first = self._task("Hedges", at(19, 9), at(19, 12), self.lea_user + self.yanis_user)
        second = self._task("Fence", at(19, 11), at(19, 14), self.lea_user)
        self.assertEqual(self._warnings(first), ["Léa Martin is also on “Fence” from 19 Jan 11:00 to 19 Jan 12:00."])
        self.assertEqual(self._warnings(second), ["Léa Martin is also on “Hedges” from 19 Jan 11:00 to 19 Jan 12:00."])
        self.assertTrue(first.coop_is_flagged)
        second.user_ids = self.yanis_user
        self.assertEqual(self._warnings(second), ["Yanis Dupond is also on “Hedges” from 19 Jan 11:00 to 19 Jan 12:00."])

    def test_one_after_the_other_is_no_clash(self):
        first = self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        second = self._task("Fence", at(19, 12), at(19, 14), self.lea_user)
        self.assertEqual(self._warnings(first) + self._warnings(second), [])
        self.assertFalse(first.coop_is_flagged)

    def test_over_several_days_the_evenings_are_free(self):
        self._task("Barn", at(19, 9), at(21, 17), self.lea_user)
        evening = self._task("Concert", at(20, 18), at(20, 22), self.lea_user)
        self.assertEqual(self._warnings(evening), [])
        noon = self._task("Lunch", at(20, 12), at(20, 13), self.lea_user)
        self.assertEqual(len(self._warnings(noon)), 1)

    def test_what_is_cancelled_takes_nobody_and_what_is_over_is_not_looked_at(self):
        first = self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        second = self._task("Fence", at(19, 9), at(19, 12), self.lea_user)
        first.state = '1_canceled'
        self.assertEqual(self._warnings(first) + self._warnings(second), [])
        first.state = '1_done'
        self.assertEqual(self._warnings(first), [])
        self.assertEqual(len(self._warnings(second)), 1, "Who worked there was there.")

    def test_what_lasts_the_night_through_is_asked_about(self):
        task = self._task(start=at(19, 9), stop=at(20, 8), users=self.lea_user)
        self.assertEqual(self._warnings(task), ["It lasts more than 12 hours at a stretch: are its dates right?"])

    # ------------------------------------------------------------
    # Before it is saved
    # ------------------------------------------------------------

    def test_it_is_said_on_the_form_before_it_is_saved_and_can_be_saved(self):
        self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        form = Form(self.env['project.task'].with_user(self.yanis_user).with_context(coop_planning=True))
        form.name = "Fence"
        self.assertEqual(form.project_id, self.autumn.project_id, "What a member plans is in their cohort.")
        form.planned_date_start = at(19, 10)
        self.assertFalse(form.coop_warning)
        form.user_ids.add(self.lea_user)
        self.assertIn("Léa Martin is also on “Hedges”", form.coop_warning)
        form.planned_date_end = at(19, 9)
        self.assertEqual(form.coop_warning, "It has to end after it starts. Look at its dates.")
        form.planned_date_start, form.planned_date_end = at(19, 12), at(19, 13)
        self.assertFalse(form.coop_warning)
        form.planned_date_start = at(19, 11)
        saved = form.save()
        self.assertTrue(saved.coop_is_flagged)

    def test_an_intervention_moved_on_the_form_is_not_in_its_own_way(self):
        task = self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        with Form(task.with_user(self.lea_user)) as form:
            form.planned_date_start = at(19, 10)
            self.assertFalse(form.coop_warning)

    def test_the_board_asks_before_it_saves(self):
        self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        task = self._task("Fence", at(20, 9), at(20, 12), self.lea_user).with_user(self.yanis_user)
        moved = {'planned_date_start': '2026-01-19 10:00:00', 'planned_date_end': '2026-01-19 13:00:00'}
        self.assertEqual(len(task.coop_preview_warnings(moved)), 1)
        self.assertEqual(task.coop_preview_warnings({**moved, 'user_ids': [(6, 0, self.yanis_user.ids)]}), [])
        self.assertEqual(task.planned_date_start, at(20, 9), "Nothing is saved.")
        for wrong in ("tomorrow", {'name': "Other"}, {'planned_date_start': "tomorrow"}, {'user_ids': 7}, None):
            with self.assertRaises(UserError):
                task.coop_preview_warnings(wrong)
        with self.assertRaises(AccessError):
            task.with_user(self.chloe_user).coop_preview_warnings(moved)

    # ------------------------------------------------------------
    # Not free
    # ------------------------------------------------------------

    def test_an_appointment_shows_as_busy_and_says_neither_why_nor_with_whom(self):
        self._appointment(
            self.lea, at(19, 11), at(19, 15), "Follow-up with Paula about her health", privacy='private',
            description="<p>Depression</p>", location="Clinic", user_id=self.psychologist.id)
        task = self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        for reader in (self.yanis_user, self.facilitator, self.lea_user):
            self.assertEqual(self._warnings(task, reader), ["Léa Martin is busy from 19 Jan 11:00 to 19 Jan 12:00."])
        form = Form(self.env['project.task'].with_user(self.yanis_user).with_context(coop_planning=True))
        form.planned_date_start, form.planned_date_end = at(19, 12), at(19, 13)
        form.user_ids.add(self.lea_user)
        self.assertEqual(form.coop_warning, "Léa Martin is busy from 19 Jan 12:00 to 19 Jan 13:00.")
        everything = str(task.with_user(self.yanis_user).coop_preview_warnings({'user_ids': [(6, 0, self.lea_user.ids)]}))
        everything += str(task.with_user(self.yanis_user).read())
        for secret in ("Follow-up", "Paula", "health", "Depression", "Clinic"):
            self.assertNotIn(secret, everything)

    def test_what_takes_people_carries_two_moments_and_no_more(self):
        self._appointment(self.lea, at(19, 11), at(19, 15), "Follow-up", privacy='private')
        busy = self.env['project.task']._get_busy_intervals(self.lea_user, at(19, 0), at(20, 0))
        self.assertEqual(
            [vars(taken) for taken in busy[self.lea_user.id]], [{'start': at(19, 11), 'stop': at(19, 15), 'source': 0}])

    def test_a_day_long_appointment_takes_the_whole_day(self):
        self._appointment(self.lea, at(19, 8), at(19, 18), allday=True, start_date=date(2026, 1, 19), stop_date=date(2026, 1, 19))
        early = self._task("Market", at(19, 5), at(19, 7), self.lea_user)
        self.assertEqual(self._warnings(early), ["Léa Martin is busy from 19 Jan 05:00 to 19 Jan 07:00."])
        before = self._task("Market", at(18, 20), at(19, 0), self.lea_user)
        after = self._task("Market", at(20, 0), at(20, 2), self.lea_user)
        self.assertEqual(self._warnings(before) + self._warnings(after), [])

    def test_who_declined_or_is_shown_as_free_is_free(self):
        self._appointment(self.lea, at(19, 9), at(19, 12), show_as='free')
        declined = self._appointment(self.lea, at(19, 9), at(19, 12))
        declined.attendee_ids.state = 'declined'
        gone = self._appointment(self.lea, at(19, 9), at(19, 12))
        gone.active = False
        self.assertEqual(self._warnings(self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)), [])

    def test_an_absence_shows_as_busy(self):
        self.env['resource.calendar.leaves'].create({
            'name': "Hospital", 'resource_id': self.lea.employee_id.resource_id.id,
            'date_from': at(19, 0), 'date_to': at(19, 23)})
        task = self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        self.assertEqual(self._warnings(task, self.yanis_user), ["Léa Martin is busy from 19 Jan 09:00 to 19 Jan 12:00."])

    def test_half_a_day_of_absence_shows_as_busy_without_its_reason(self):
        presence = self.env['coop.presence'].create({'membership_id': self.lea.id, 'date': date(2026, 1, 19), 'half': 'morning'})
        expected = self._task("Hedges", at(19, 9), at(19, 17), self.lea_user)
        self.assertEqual(self._warnings(expected, self.yanis_user), [])
        presence.with_user(self.facilitator).action_note_absent('illness')
        self.assertEqual(
            self._warnings(expected, self.yanis_user), ["Léa Martin is busy from 19 Jan 09:00 to 19 Jan 13:00."])
        afternoon = self._task("Fence", at(20, 14), at(20, 17), self.lea_user)
        self.assertEqual(self._warnings(afternoon), [])

    def test_a_private_to_do_and_a_task_elsewhere_show_as_busy(self):
        self.env['project.task'].with_user(self.lea_user).create({
            'name': "See the lawyer", 'project_id': False, 'user_ids': [Command.set(self.lea_user.ids)],
            'planned_date_start': at(19, 9), 'planned_date_end': at(19, 10)})
        self._task("Secret job", at(19, 10), at(19, 11), self.lea_user, cohort=self.winter)
        task = self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        self.assertEqual(self._warnings(task, self.yanis_user), [
            "Léa Martin is busy from 19 Jan 09:00 to 19 Jan 10:00.", "Léa Martin is busy from 19 Jan 10:00 to 19 Jan 11:00."])

    def test_nobody_learns_when_people_of_another_cohort_are_busy(self):
        self._appointment(self.chloe, at(19, 9), at(19, 12))
        self._teach(self.chloe, self.pruning)
        task = self._task("Hedges", at(19, 9), at(19, 12), self.chloe_user, coop_skill_ids=[Command.set(self.ladders.ids)])
        self.assertEqual(self._warnings(task, self.lea_user), [])
        # Nor by naming the other cohort on a form that is never saved.
        proposed = self.env['project.task'].with_user(self.lea_user).new({
            'cohort_id': self.winter.id, 'user_ids': [Command.set(self.chloe_user.ids)], 'name': "Probe",
            'planned_date_start': at(19, 9), 'planned_date_end': at(19, 12)})
        self.assertFalse(proposed.coop_warning)
        self.assertEqual(len(self._warnings(
            self._task("Hedges", at(19, 9), at(19, 12), self.chloe_user, cohort=self.winter), self.chloe_user)), 2)

    def test_what_one_reads_is_not_what_the_next_one_reads(self):
        self._task("Secret job", at(19, 9), at(19, 12), self.lea_user, cohort=self.winter)
        task = self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        self.assertIn("Secret job", task.with_user(self.manager).coop_warning)
        self.assertIn("Secret job", task.sudo().coop_warning)
        self.assertNotIn("Secret job", task.with_user(self.yanis_user).coop_warning)

    def test_who_does_not_take_part_then_is_flagged(self):
        nora = self._admit(self.autumn, "Nora Petit", date_start=date(2026, 1, 21), date_end=date(2026, 1, 23))
        nora.action_activate()
        task = self._task("Hedges", at(20, 9), at(20, 12), nora.user_id)
        self.assertEqual(self._warnings(task), ["Nora Petit takes part from 21 Jan on."])
        late = self._task("Fence", at(23, 9), at(24, 12), nora.user_id)
        self.assertEqual(self._warnings(late, self.yanis_user), ["Nora Petit takes part until 23 Jan."])
        late.state = '1_canceled'
        self.assertEqual(self._warnings(self._task("Barn", at(23, 20), at(24, 0), nora.user_id)), [])
        self.yanis.active = False
        gone = self._task("Lawn", at(22, 9), at(22, 12), self.yanis_user)
        self._appointment(self.yanis, at(22, 11), at(22, 12))
        self.assertEqual(self._warnings(gone), [
            "Yanis Dupond does not take part any more.", "Yanis Dupond is busy from 22 Jan 11:00 to 22 Jan 12:00."])

    # ------------------------------------------------------------
    # Skills
    # ------------------------------------------------------------

    def test_who_lacks_a_needed_skill_is_named_with_the_skill(self):
        self._teach(self.lea, self.pruning)
        task = self._task(users=self.lea_user + self.yanis_user, coop_skill_ids=[Command.set(self.pruning.ids)])
        self.assertEqual(self._warnings(task), ["Yanis Dupond does not have the needed skill: Pruning."])
        task.coop_skill_ids += self.ladders
        self.assertEqual(self._warnings(task), [
            "Nobody on the team can lead this. What is missing, or not good enough: Ladders.",
            "Yanis Dupond does not have the needed skill: Ladders, Pruning."])

    def test_who_learns_beside_a_leader_is_not_flagged_and_a_team_without_a_leader_is(self):
        good = self.pruning.skill_type_id.skill_level_ids
        levels = self.env['hr.skill.level'].create([
            {'name': name, 'level_progress': progress, 'skill_type_id': self.pruning.skill_type_id.id}
            for name, progress in (("Beginner", 1), ("Master", 80))])
        self._teach(self.lea, self.pruning, skill_level_id=levels[0].id)
        held = self._teach(self.yanis, self.pruning, skill_level_id=good.id)  # 50 %: one leads unless more is asked
        self.gardening.product_tmpl_id.write({'coop_skill_ids': [Command.set(self.pruning.ids)], 'coop_lead_level': 80})
        task = self._task(users=self.lea_user, coop_skill_ids=[Command.set(self.pruning.ids)])
        lacking = ["Nobody on the team can lead this. What is missing, or not good enough: Pruning."]
        self.assertEqual(self._warnings(task), lacking)
        task.user_ids += self.yanis_user
        self.assertEqual(self._warnings(task), [])
        order = self._quotation(self._lead(self.autumn))
        order.action_confirm()
        sold = order.tasks_ids
        sold.user_ids = self.lea_user + self.yanis_user
        self.assertEqual(self._warnings(sold), lacking, "Who bought it was promised more.")
        held.skill_level_id = levels[1]
        self.assertEqual(self._warnings(sold), [])

    def test_a_certificate_that_ran_out_counts_no_more(self):
        held = self._teach(self.lea, self.pruning, valid_from=date(2025, 1, 1))
        task = self._task(users=self.lea_user, coop_skill_ids=[Command.set(self.pruning.ids)])
        self.assertEqual(self._warnings(task), [])
        held.valid_to = date(2026, 1, 14)
        self.assertIn("Léa Martin does not have the needed skill: Pruning.", self._warnings(task))

    def test_a_certificate_counts_as_long_as_the_intervention_is(self):
        self._teach(self.lea, self.pruning, valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 20))
        tasks = [
            self._task(f"Job {day}", at(day, 9), at(day, 12), self.lea_user, coop_skill_ids=[Command.set(self.pruning.ids)])
            for day in (20, 21)]
        self.assertEqual([len(self._warnings(task)) for task in tasks], [0, 2])

    # ------------------------------------------------------------
    # Afterwards
    # ------------------------------------------------------------

    def test_what_is_flagged_is_found(self):
        first = self._task("Hedges", at(19, 9), at(19, 12), self.lea_user)
        second = self._task("Fence", at(19, 11), at(19, 14), self.lea_user)
        alone = self._task("Barn", at(20, 9), at(20, 12), self.lea_user)
        tasks = self.env['project.task'].with_user(self.lea_user)
        here = [('cohort_id', '=', self.autumn.id)]
        self.assertEqual(tasks.search([*here, ('coop_is_flagged', '=', True)]), (first + second).with_user(self.lea_user))
        self.assertEqual(tasks.search([*here, ('coop_is_flagged', '=', False)]), alone.with_user(self.lea_user))

    def test_what_is_over_is_not_flagged_and_what_is_not_planned_yet_is_found(self):
        past = [self._task(name, at(5, 9), at(5, 12), self.lea_user) for name in ("Hedges", "Fence")]
        unplanned = self._task("Barn", users=self.lea_user, coop_skill_ids=[Command.set(self.pruning.ids)])
        self.assertEqual(self._warnings(past[0]), [])
        tasks = self.env['project.task'].with_user(self.lea_user)
        here = [('cohort_id', '=', self.autumn.id)]
        self.assertEqual(tasks.search([*here, ('coop_is_flagged', '=', True)]), unplanned.with_user(self.lea_user))
        for task in tasks.search([('coop_is_flagged', '=', False)]):
            self.assertFalse(task.coop_is_flagged)

    def _count(self, tasks):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        tasks.with_user(self.yanis_user).mapped('coop_warning')
        return self.env.cr.sql_log_count - before

    def test_many_flags_cost_as_many_queries_as_few(self):
        self._teach(self.lea, self.pruning)
        for day in range(19, 23):
            self._appointment(self.lea, at(day, 10), at(day, 11))

        def plan(number):
            tasks = self.env['project.task']
            for rank in range(number):
                tasks += self._task(
                    f"Job {rank}", at(19 + rank % 4, 9), at(19 + rank % 4, 12), self.lea_user + self.yanis_user,
                    coop_skill_ids=[Command.set((self.pruning + self.ladders).ids)])
            return tasks

        few = plan(5)
        self._count(few)
        cost = self._count(few)
        self.assertEqual(self._count(few + plan(5)), cost)
        self.assertLessEqual(cost, 30)
