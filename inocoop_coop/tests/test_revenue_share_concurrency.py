from datetime import date
from itertools import count

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools import guard
from .concurrency import ConcurrencyCase

NUMBERS = count()


@tagged('post_install', '-at_install', '-standard', 'concurrency')
class TestRevenueShareConcurrency(ConcurrencyCase):
    """One entry for a share, whoever presses at the same moment and whatever stops on the way."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._remove_all)
        self.share_id = self._adopt_share()
        self.watched = ('coop.revenue.share', self.share_id)

    def test_two_who_book_it_at_once_make_one_entry(self):
        outcomes = self._at_once(*[self._book] * 2)
        refused = [outcome for outcome in outcomes if outcome is not None]
        self.assertEqual([type(outcome) for outcome in refused], [UserError], outcomes)
        self.assertIn("is posted already", str(refused[0]))
        self._assert_posted_once()

    def test_a_server_that_is_killed_while_it_is_booked_leaves_nothing_or_everything(self):
        for model, method in (('account.move', 'create'), ('account.move', 'action_post'), ('coop.revenue.share', 'write')):
            with self.subTest(killed=f"{model}.{method}"):
                self._do_and_be_killed(self._book, model, method)
                with self._transaction() as env:
                    share = env['coop.revenue.share'].browse(self.share_id)
                    self.assertEqual((share.state, share.move_id.id), ('adopted', False))
                    self.assertFalse(env['account.move'].search([('coop_share_id', '=', share.id)]))
        with self._transaction() as env:
            self._book(env)
        self._assert_posted_once()

    def test_two_shares_of_the_same_days_are_not_proposed_at_once(self):
        with self._transaction() as env:
            share = env['coop.revenue.share'].browse(self.share_id)
            share.action_draft()
            other = share.copy()
            other.action_compute()
            other.key_id = other.key_ids[1]
            numbers = [share.id, other.id]
        outcomes = self._at_once(*[
            lambda env, number=number: env['coop.revenue.share'].browse(number).action_propose() for number in numbers])
        refused = [outcome for outcome in outcomes if outcome is not None]
        self.assertEqual(len(refused), 1, outcomes)
        self.assertIn("covers some of these days already", str(refused[0]))

    # ------------------------------------------------------------

    def _book(self, env):
        env['coop.revenue.share'].browse(self.share_id).action_post()

    def _assert_posted_once(self):
        with self._transaction() as env:
            share = env['coop.revenue.share'].browse(self.share_id)
            move = env['account.move'].search([('coop_share_id', '=', share.id)])
            self.assertEqual((share.state, share.move_id, move.state), ('posted', move, 'posted'))
            self.assertAlmostEqual(sum(move.line_ids.mapped('balance')), 0)
            self.assertEqual(share.chosen_line_ids.move_line_id.move_id, move)

    def _adopt_share(self):
        """A share of 300 € in equal parts, on which no vote is needed: the rule begins above it."""
        mark = f"Shared at once {next(NUMBERS)}"
        with self._transaction() as env:
            account = {
                code: env['account.account'].create({
                    'name': mark, 'code': f'{code}{next(NUMBERS)}', 'account_type': account_type})
                for code, account_type in (('SA', 'expense'), ('SH', 'liability_current'), ('SP', 'liability_payable'))}
            journal = env['account.journal'].create({'name': mark, 'code': f'S{next(NUMBERS)}', 'type': 'general'})
            program = env['coop.program'].create({
                'name': mark, 'host_rate': 10, 'committee_template_ids': [(0, 0, {'name': mark, 'kind': 'assembly'})],
                'share_journal_id': journal.id, 'share_account_id': account['SA'].id, 'host_account_id': account['SH'].id,
                'share_payable_account_id': account['SP'].id})
            cohort = env['coop.cohort'].create({
                'name': mark, 'program_id': program.id, 'date_start': date(2025, 10, 1), 'facilitator_id': False})
            cohort.action_start()
            members = env['coop.membership'].create([
                {'name': f"{mark}, {rank}", 'cohort_id': cohort.id, 'birthdate': date(2005, 5, 5), 'wants_login': False}
                for rank in range(3)])
            members.action_activate()
            env['coop.decision.rule'].create({
                'name': mark, 'document': 'coop.revenue.share', 'program_id': program.id, 'amount': 9999,
                'template_id': program.committee_template_ids.id, 'method_id': env.ref('inocoop_coop.voting_method_simple').id})
            invoice = env['account.move'].create({
                'move_type': 'out_invoice', 'partner_id': members[0].partner_id.id, 'invoice_date': date(2025, 10, 10),
                'date': date(2025, 10, 10), 'invoice_line_ids': [(0, 0, {
                    'name': mark, 'quantity': 1, 'price_unit': 300, 'tax_ids': False,
                    'analytic_distribution': {str(cohort.analytic_account_id.id): 100}})]})
            invoice.action_post()
            share = env['coop.revenue.share'].create({
                'cohort_id': cohort.id, 'date_from': date(2025, 10, 1), 'date_to': date(2025, 10, 31)})
            share.action_compute()
            share.key_id = share.key_ids[1]
            share.action_propose()
            self.assertEqual(share.state, 'adopted')
            return share.id

    def _remove_all(self):
        """What was committed goes, past the rules that keep it: below the ORM where that refuses for good."""
        with self._transaction() as env:
            cohorts = guard.sealed(env['coop.cohort'].with_context(active_test=False, _force_unlink=True)).search(
                [('name', '=like', "Shared at once%")])
            numbers = cohorts.ids
            moves = env['account.move'].search([('cohort_ids', 'in', numbers)])
            programs, members = cohorts.program_id, cohorts.membership_ids
            env.cr.execute("UPDATE coop_revenue_share SET move_id = NULL, key_id = NULL WHERE cohort_id = ANY(%s)", [numbers])
            env.cr.execute("DELETE FROM account_move WHERE id = ANY(%s)", [moves.ids])
            env.cr.execute("DELETE FROM coop_revenue_share WHERE cohort_id = ANY(%s)", [numbers])
            env.cr.execute("DELETE FROM coop_decision_rule WHERE program_id = ANY(%s)", [programs.ids])
            env.invalidate_all()
            accounts = env['account.account'].search([('name', '=like', "Shared at once%")])
            journals = env['account.journal'].search([('name', '=like', "Shared at once%")])
            partners, employees = members.partner_id, members.employee_id
            projects, analytic, teams, jobs = (
                cohorts.project_id, cohorts.analytic_account_id, cohorts.team_id, cohorts.job_id)
            cohorts.mandate_ids.unlink()
            members.unlink()
            cohorts.committee_ids.unlink()
            projects.cohort_id = False
            cohorts.unlink()
            projects.unlink()
            env['crm.stage'].search([('team_ids', 'in', teams.ids)]).unlink()
            teams.unlink()
            jobs.unlink()
            env.cr.execute("DELETE FROM account_analytic_line WHERE account_id = ANY(%s)", [analytic.ids])
            analytic.unlink()
            employees.unlink()
            partners.unlink()
            programs.unlink()
            journals.unlink()
            accounts.unlink()
