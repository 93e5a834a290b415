"""What the demonstration tells of attendance, work sheets, the cash box and shares; asked once it is loaded."""
from datetime import timedelta

from ..demo.orders import DEALS
from ..demo.treasury import FLOAT, SMALL_EXPENSES


class BusinessOfTheStory:
    """The tests of ``TestDemonstration`` about what both cohorts do besides selling and deciding."""

    # ------------------------------------------------------------
    # Attendance
    # ------------------------------------------------------------

    def _get_presences(self, cohort):
        return self.env['coop.presence'].search([('cohort_id', '=', cohort.id)])

    def test_every_half_day_of_the_past_cohort_is_signed_or_has_the_reason_of_an_absence(self):
        presences = self._get_presences(self.summer)
        self.assertEqual(set(presences.mapped('state')), {'signed', 'absent'})
        self.assertEqual(presences.membership_id, self.summer.membership_ids)
        self.assertGreater((max(presences.mapped('date')) - min(presences.mapped('date'))).days, 45)
        absences = presences.filtered(lambda presence: presence.state == 'absent')
        self.assertTrue(all(presence.reason and presence.noted_by_id for presence in absences))
        self.assertEqual(set(absences.mapped('is_justified')), {True, False})
        self.assertTrue(all(presence.signature for presence in presences - absences))

    def test_the_running_cohort_has_signed_for_weeks_and_is_expected_today(self):
        presences = self._get_presences(self.main)
        self.assertEqual({presence.state for presence in presences if presence.date < self.today}, {'signed', 'absent'})
        self.assertEqual({presence.state for presence in presences if presence.date >= self.today}, {'expected'})
        signed = presences.filtered(lambda presence: presence.state == 'signed')
        self.assertGreater(len(set(signed.mapped('date'))), 10)
        self.assertTrue(all(presence.signed_with_id == presence.membership_id.user_id for presence in signed))

    def test_nobody_is_away_on_a_day_full_of_work_or_notes_their_own_absence(self):
        absences = self.env['coop.presence'].search([('state', '=', 'absent')])
        hours = {(line.employee_id, line.date): 0 for line in self.hours}
        for line in self.hours:
            hours[line.employee_id, line.date] += line.unit_amount
        for absence in absences:
            self.assertLess(hours.get((absence.membership_id.employee_id, absence.date), 0), 6, absence.display_name)
            self.assertNotEqual(absence.noted_by_id, absence.membership_id.user_id)

    # ------------------------------------------------------------
    # Interventions
    # ------------------------------------------------------------

    def test_customers_signed_work_sheets_with_pictures_and_were_invoiced_from_them(self):
        tasks = self.env['project.task'].search([('coop_signed_on', '!=', False)])
        self.assertEqual(set(tasks.mapped('coop_signed_by')), {deal.signed for deal in DEALS if deal.signed})
        self.assertEqual(set(tasks.mapped('state')), {'1_done'})
        for task in tasks:
            self.assertTrue(task.coop_signature)
            self.assertEqual(len(task.coop_photo_ids), 2)
            self.assertIn(task.coop_signed_with_id, task.user_ids)
        self.assertTrue(tasks.sale_order_id.invoice_ids)

    def test_interventions_ahead_say_where_with_what_and_by_whom_but_for_one_that_waits_for_a_team(self):
        tasks = self.env['project.task'].search([('cohort_id', '=', self.main.id), ('sale_line_id', '!=', False)])
        self.assertTrue(all(tasks.mapped('coop_place')))
        self.assertTrue(all(tasks.mapped('coop_material_note')))
        self.assertEqual(len(tasks.filtered(lambda task: not task.user_ids)), 1)

    # ------------------------------------------------------------
    # The treasury
    # ------------------------------------------------------------

    def test_the_cash_box_holds_what_the_cash_book_says(self):
        told = [entry for entry in SMALL_EXPENSES if self.main.date_start + timedelta(weeks=entry[0][0] + 1) <= self.today]
        self.assertEqual(len(told), len(SMALL_EXPENSES))
        expected = FLOAT + sum(amount if movement == 'received' else -amount for _day, movement, _name, amount, _code in told)
        self.assertAlmostEqual(self.main.petty_cash_balance, expected, places=2)
        lines = self.env['account.bank.statement.line'].search([('journal_id', '=', self.main.petty_cash_journal_id.id)])
        self.assertEqual(lines.create_uid, self._user('treasurer'))
        self.assertTrue(all(lines.mapped('is_reconciled')))
        transfers = self.env['account.move.line'].search([('account_id', '=', self.env.company.transfer_account_id.id)])
        self.assertAlmostEqual(sum(transfers.mapped('balance')), 0, places=2)

    def test_the_budget_plans_income_and_expenses_month_by_month(self):
        lines = self.env['coop.budget.line'].search([('cohort_id', '=', self.main.id)])
        self.assertEqual(set(lines.mapped('kind')), {'income', 'expense'})
        self.assertEqual(len(lines.product_id), 5)
        self.assertEqual(len(set(lines.mapped('month'))), 6)

    def test_everyone_who_is_paid_has_a_bank_account(self):
        members = self.main.membership_ids.partner_id + self.summer.membership_ids.partner_id
        self.assertTrue(all(partner.bank_ids for partner in members))
        self.assertEqual(set(members.bank_ids.mapped('acc_type')), {'iban'})

    # ------------------------------------------------------------
    # Shares
    # ------------------------------------------------------------

    def _get_share(self, cohort):
        return self.env['coop.revenue.share'].search([('cohort_id', '=', cohort.id)])

    def test_the_past_cohort_voted_half_and_half_and_every_member_is_paid(self):
        share = self._get_share(self.summer)
        self.assertEqual((share.state, share.payment_state, share.key_id.equal), ('posted', 'paid', 50))
        self.assertEqual(share.chosen_line_ids.membership_id, self.summer.membership_ids)
        self.assertEqual(
            sum(round(line.amount * 100) for line in share.chosen_line_ids), round(share.amount_to_share * 100))
        self.assertTrue(all(share.chosen_line_ids.mapped('date_paid')))
        self.assertGreater(len(set(share.chosen_line_ids.mapped('amount'))), 1)
        decision = self.env['coop.decision'].search([('res_model', '=', share._name), ('res_id', '=', share.id)])
        self.assertEqual((decision.state, decision.committee_id.kind), ('adopted', 'assembly'))
        self.assertTrue(decision.meeting_id)

    def test_the_running_cohort_compares_four_keys_and_everyone_sees_what_each_gives(self):
        share = self._get_share(self.main)
        self.assertEqual((share.state, len(share.key_ids)), ('proposed', 4))
        self.assertFalse(any(share.key_ids.mapped('problem')))
        seen = self.env['coop.revenue.share.line'].with_user(self._user('member')).search([('share_id', '=', share.id)])
        self.assertEqual(len(seen), 4 * 9)
        for key in share.key_ids:
            shared = sum(round(line.amount * 100) for line in seen if line.key_id == key)
            self.assertEqual(shared, round(share.amount_to_share * 100), key.name)
