"""What is asked of the decisions of the demonstration: mixed into the class that loads it once."""
from collections import Counter
from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ..demo.proposals import PROPOSALS

# model: the state of what is confirmed, and the amount above which a committee decides, tax included
THRESHOLDS = {'sale.order': ('sale', 500), 'purchase.order': ('purchase', 150)}


class DecisionsOfTheStory:
    """The tests of ``TestDemonstration`` about what the main cohort decided."""

    def _get_decisions(self):
        return self.env['coop.decision'].search([('cohort_id', '=', self.main.id)])

    def _find(self, name):
        decision = self._get_decisions().filtered(lambda decision: decision.name == name)
        self.assertEqual(len(decision), 1, name)
        return decision

    def _get_now(self):
        return datetime.combine(self.today, datetime.min.time()) + timedelta(hours=12)

    def test_four_months_of_decisions_are_there_in_every_state_a_newcomer_should_see(self):
        told = self._get_decisions().filtered(lambda decision: not decision.rule_id)
        self.assertEqual(set(told.mapped('name')), {proposal.name for proposal in PROPOSALS})
        self.assertEqual(Counter(told.mapped('state')), {
            'adopted': 17, 'rejected': 2, 'no_quorum': 1, 'withdrawn': 1, 'voting': 2, 'discussion': 1, 'draft': 1})
        closed = told.filtered('date_closed').mapped('date_closed')
        self.assertGreaterEqual(len({(day.year, day.month) for day in closed}), 4)
        self.assertLess(max(closed), self._get_now())
        kinds = {(decision.method_id.kind, decision.method_id.procedure if decision.method_kind == 'election' else '')
                 for decision in told}
        self.assertEqual(kinds, {
            ('consent', ''), ('majority', ''), ('election', 'rounds'), ('election', 'approval'), ('election', 'consent')})

    def test_the_rules_of_the_group_were_amended_after_an_objection_and_looked_at_again(self):
        rules = self._find("Règles de vie du groupe")
        first, second = rules.version_ids.sorted('number')
        self.assertEqual((first.outcome, second.outcome, rules.state), ('rejected', 'adopted', 'adopted'))
        self.assertIn("8 h 15", first.proposal)
        self.assertIn("en bus", second.proposal)
        self.assertEqual(rules.review_result, 'partly')
        self.assertFalse(rules.activity_ids, "They have been looked at.")
        self.assertTrue(rules.task_ids)
        self.assertTrue(self._find("Montrer nos chantiers sur les réseaux sociaux, sans visages").activity_ids.filtered(
            lambda activity: activity.date_deadline > self.today), "This one is still to be looked at.")

    def test_votes_were_repeated_after_a_tie_without_quorum_and_for_want_of_a_majority(self):
        for name, outcomes in {
            "Notre nom : « Neuf à l'ouvrage »": ['tied', 'adopted'],
            "Convention de prêt de la camionnette": ['no_quorum', 'adopted'],
            "Comment partager ce que nous gagnons": ['rejected', 'adopted'],
            "Élection à la présidence du conseil": ['tied', 'adopted'],
        }.items():
            self.assertEqual(self._find(name).version_ids.sorted('number').mapped('outcome'), outcomes, name)

    def test_the_board_sits_by_secret_elections(self):
        board = self.main.committee_ids.filtered(lambda body: body.kind == 'board')
        elections = self._get_decisions().filtered(
            lambda decision: decision.state == 'adopted' and decision.seat_committee_id == board)
        self.assertEqual(elections.elected_ids, board.mandate_ids.partner_id)
        self.assertEqual(len(elections.filtered('is_secret')), 4)
        for ballot in elections.filtered('is_secret').ballot_ids:
            self.assertFalse(ballot.elector_id or ballot.cast_by_id)
        secretaries = board.mandate_ids.filtered(lambda mandate: mandate.role == 'secretary').sorted('date_from')
        self.assertEqual(secretaries.mapped('partner_id.name'), ["Théo Lefebvre", "Chloé Dubrulle"])
        self.assertEqual(secretaries[0].date_to + timedelta(days=1), secretaries[1].date_from)

    def test_someone_was_represented_and_someone_took_no_part(self):
        represented = self._find("Tenir un stand au marché des artisans").elector_ids.represented_by_id
        self.assertEqual(represented.partner_id.name, "Chloé Dubrulle")
        recused = self._find("Qui part à l'habilitation électrique").elector_ids.filtered('recused')
        self.assertEqual(recused.partner_id.name, "Enzo Wattel")

    def test_two_votes_are_open_and_await_those_whose_logins_are_printed(self):
        votes = self._get_decisions().filtered(lambda decision: decision.state == 'voting' and not decision.rule_id)
        self.assertEqual(sorted(votes.mapped('is_secret')), [False, True])
        for vote in votes:
            self.assertGreater(vote.date_deadline, self._get_now() + timedelta(days=2))
            for login in ('chair', 'treasurer', 'member'):
                self.assertTrue(vote.with_user(self._user(login)).awaits_me, login)
        self.assertRegex(votes.filtered(lambda vote: not vote.is_secret).participation, r'\b4\b')
        self.assertGreaterEqual(len(self._find("Accueillir un stagiaire de troisième").message_ids.author_id), 4)

    def test_bodies_met_and_the_next_meeting_approved_the_minutes_of_the_one_before(self):
        meetings = self.env['coop.meeting'].search([('cohort_id', '=', self.main.id)], order='date_start')
        for body, theirs in meetings.grouped('committee_id').items():
            past = theirs.filtered(lambda meeting: meeting.date_stop < self._get_now())
            coming = theirs - past
            self.assertEqual(set(past[:-1].mapped('state')), {'approved'} if len(past) > 1 else set(), body.name)
            self.assertEqual(past[-1:].state, 'held', body.name)
            # The steering body is called two weeks ahead, as all are: it may not be yet.
            self.assertLessEqual(set(coming.mapped('state')), {'planned'}, body.name)
            self.assertTrue(all(theirs.mapped('called_on')) and all(past.mapped('chair_id')) and all(past.mapped('secretary_id')))
            self.assertTrue(all(past.attendance_ids.mapped('status')), body.name)
            for meeting in past[:-1]:
                self.assertIn(meeting.location, meeting.minutes)
        self.assertEqual(meetings.event_id.mapped('cohort_id'), self.main)
        self.assertLessEqual({'present', 'excused', 'represented'}, set(meetings.attendance_ids.mapped('status')))

    def test_an_assembly_voted_on_its_agenda_and_its_minutes_say_the_result(self):
        rules = self._find("Règles de vie du groupe")
        second = rules.version_id.meeting_id
        self.assertEqual(second.name, "Assemblée du lundi")
        self.assertIn(rules, second.agenda_ids.decision_id)
        minutes = html2plaintext(second.with_context(lang='fr_FR').minutes)
        self.assertIn(" ".join(rules.version_id.outcome_text.split()), " ".join(minutes.split()))
        election = self._find("Élection à la présidence du conseil")
        self.assertEqual(election.version_ids.meeting_id.mapped('name'), ["Assemblée constitutive"])
        self.assertGreaterEqual(len(self._get_decisions().version_ids.filtered('meeting_id')), 15)

    def test_two_rules_of_the_programme_are_active_since_the_group_voted_for_them(self):
        # Who decides on a share is in force from the beginning.
        rules = self.env['coop.decision.rule'].search([('document', '!=', 'coop.revenue.share')])
        self.assertEqual({(rule.document, rule.amount, rule.template_id) for rule in rules}, {
            ('sale.order', 500, self.env.ref('inocoop_coop.program_young_adults_marketing')),
            ('purchase.order', 150, self.env.ref('inocoop_coop.program_young_adults_finance'))})
        voted = self._find("Nos seuils : qui décide des devis et des achats").date_closed
        about = self._get_decisions().filtered('rule_id')
        self.assertLess(voted, min(about.version_ids.filtered('date_opened').mapped('date_opened')))

    def test_every_order_above_a_threshold_was_decided_before_it_was_confirmed(self):
        for model, (confirmed, amount) in THRESHOLDS.items():
            orders = self.env[model].search([('cohort_id', '=', self.main.id), ('state', '=', confirmed)])
            above = orders.filtered(lambda order, amount=amount: order.amount_total > amount)
            self.assertGreaterEqual(len(above), 5, model)
            self.assertEqual(set(above.mapped('gate_state')), {'covered'}, model)
            self.assertEqual(set((orders - above).mapped('gate_state')), {'none'}, model)
            for order in above:
                decision = self._get_decisions().filtered(
                    lambda decision, order=order: (decision.res_model, decision.res_id) == (order._name, order.id))
                self.assertEqual(decision.state, 'adopted', order.name)
                confirmed_at = order.date_order if model == 'sale.order' else order.date_approve
                self.assertLess(decision.date_closed, confirmed_at, order.name)
            self.assertNotIn('needed', self.env[model].search([('cohort_id', '=', self.main.id)]).mapped('gate_state'), model)

    def test_a_quotation_and_a_purchase_of_this_week_wait_for_their_votes(self):
        for model in THRESHOLDS:
            waiting = self.env[model].search([('cohort_id', '=', self.main.id)]).filtered(
                lambda order: order.gate_state == 'voting')
            self.assertEqual(len(waiting), 1, model)
            with self.assertRaises(UserError):
                getattr(waiting, 'action_confirm' if model == 'sale.order' else 'button_confirm')()
        self.assertTrue(self._get_decisions().filtered(
            lambda decision: decision.res_model == 'purchase.order').with_user(self._user('treasurer')).filtered('awaits_me'))

    def test_a_committee_said_no_to_a_quotation_and_the_ceiling_is_used_in_part(self):
        [refused] = self._get_decisions().filtered(lambda decision: decision.rule_id and decision.state == 'rejected')
        order = self.env['sale.order'].browse(refused.res_id)
        self.assertEqual((order.state, order.opportunity_id.won_status), ('cancel', 'lost'))
        self.assertTrue(0 < self.main.commitment_used < self.main.commitment_ceiling)

    def test_the_register_holds_every_closed_vote_and_its_chain_is_whole(self):
        register = self.env['coop.register'].search([('cohort_id', '=', self.main.id)])
        self.assertEqual(register._verify(), [])
        counted = self._get_decisions().version_ids.filtered('result')
        entries = self.env['coop.register.entry'].search([('register_id', '=', register.id)], order='number')
        self.assertEqual(entries.mapped('number'), list(range(1, len(counted) + 1)))
        self.assertEqual(entries.mapped('date'), sorted(entries.mapped('date')))
        self.assertEqual(entries.version_id, counted)
