from datetime import date, timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools import clock
from .decisions import DecisionCommon


@tagged('post_install', '-at_install')
class TestDecisionAbuse(DecisionCommon):
    """What someone might try who wants a decision to go their way."""

    # ------------------------------------------------------------
    # Elections
    # ------------------------------------------------------------

    def test_a_committee_does_not_elect_the_board_nor_end_its_mandates(self):
        self._seat(self.finance, self.memberships[4], role='chair')
        values = {
            'name': "Me", 'proposal': "<p>Me</p>", 'committee_id': self.finance.id, 'method_id': self.election_one.id,
            'candidate_ids': [Command.set(self.members[4].partner_id.ids)]}
        decisions = self.env['coop.decision'].with_user(self.members[4])
        with self.assertRefused(UserError, "“Finance committee” does not elect who sits on “Board”"):
            decisions.create({**values, 'seat_committee_id': self.board.id, 'seat_role': 'chair'})
        with self.assertRefused(UserError, "only ends mandates there"):
            decisions.create({
                **values, 'seat_committee_id': self.finance.id,
                'outgoing_mandate_ids': [Command.set(self.board.current_mandate_ids.ids)]})

    def test_nobody_from_elsewhere_is_put_on_a_list_nor_named(self):
        organisation = self.customer
        for partner in (self.chloe.partner_id, organisation, self.facilitator.partner_id):
            with self.assertRaises(UserError) as refusal:
                self._propose(self.election_one, self.members[7], candidate_ids=[Command.link(partner.id)])
            self.assertNotIn(partner.name, str(refusal.exception))
        decision = self._propose(self.election_one, self.members[7])
        with self.assertRaises(UserError):
            decision.candidate_ids = [Command.link(self.chloe.partner_id.id)]

    def test_the_list_of_candidates_does_not_change_in_silence(self):
        decision = self._propose(self.election_one, self.members[3])
        decision.with_user(self.members[4]).action_stand()
        decision.candidate_ids = [Command.set(self.members[3].partner_id.ids)]
        self.assertIn("Candidates: Member 4.", decision.message_ids[0].body)

    def test_an_election_that_became_a_majority_closes(self):
        decision = self._propose(self.election_one, self.chair, candidate_ids=[Command.set(self.members[4].partner_id.ids)])
        decision.method_id = self.simple
        decision.action_open_vote()
        self._vote(decision, {'yes': 9})
        self.assertEqual(decision.state, 'adopted')

    def test_seats_that_are_filled_are_not_filled_again_by_an_amendment(self):
        decision = self._propose(
            self.election_several, self.chair, seat_committee_id=self.board.id, seat_role='member', seats=2,
            candidate_ids=[Command.set(self.members[3:6].partner_id.ids)])
        decision.action_open_vote()
        third, fourth, fifth = self.members[3:6].partner_id.ids
        for user, names in zip(self.members, [[third]] * 5 + [[third, fourth]] * 2 + [[third, fifth]] * 2, strict=True):
            decision.with_user(user).cast_vote(names)
        self.assertEqual(decision.state, 'tied')
        with self.assertRefused(UserError, "Some of the seats"):
            decision.action_amend("<p>Again</p>")

    # ------------------------------------------------------------
    # The moment
    # ------------------------------------------------------------

    def test_the_chair_alone_adopts_nothing(self):
        decision = self._open(self.simple, self.chair)
        decision.with_user(self.chair).cast_vote('yes')
        with self.assertRefused(AccessError, "Who proposes does not choose the moment"):
            decision.with_user(self.chair).action_close_vote()
        decision.with_user(self.secretary).action_close_vote()
        self.assertEqual(decision.state, 'no_quorum')

    def test_who_proposes_does_not_leave_an_hour_to_vote(self):
        for duration in (1, 71):
            with self.assertRefused(UserError, "leaves everyone 72 hours"):
                self._propose(self.simple, self.members[3], duration=duration)
        for duration in (0, -5, 2_000_000_000):
            with self.assertRefused(UserError, "from one hour to one year"):
                self._propose(self.simple, self.chair, duration=duration)
        decision = self._propose(self.simple, self.chair, duration=2)
        decision.action_open_vote()
        self.assertEqual(decision.date_deadline, clock.now(decision.env) + timedelta(hours=2))

    def test_a_draft_that_nobody_has_read_is_not_voted(self):
        draft = self.env['coop.decision'].with_user(self.members[3]).create({
            'name': "At night", 'proposal': "<p>Quick</p>", 'committee_id': self.assembly.id, 'method_id': self.simple.id})
        with self.assertRefused(UserError, "submit it first"):
            draft.action_open_vote()

    def test_an_open_vote_is_not_archived_to_stop_it(self):
        decision = self._open(self.simple)
        with self.assertRefused(UserError, "is archived when it is closed"):
            decision.active = False
        self._vote(decision, {'yes': 9})
        with self.assertRefused(AccessError, "only those who lead the body"):
            decision.with_user(self.members[3]).active = False
        decision.with_user(self.chair).active = False

    def test_a_method_of_another_programme_is_refused(self):
        program = self.program.copy({'name': "Other"})
        method = self.simple.copy({'name': "Theirs", 'program_id': program.id})
        with self.assertRefused(UserError, "another programme"):
            self._propose(method, self.chair)

    def test_a_review_is_not_written_over(self):
        decision = self._open(self.simple)
        self._vote(decision, {'yes': 9})
        decision.action_review('worked')
        with self.assertRefused(UserError, "was reviewed already"):
            decision.action_review('failed')

    # ------------------------------------------------------------
    # What was said
    # ------------------------------------------------------------

    def test_what_others_said_is_not_rewritten_nor_removed_nor_said_in_their_name(self):
        decision = self._open(self.simple)
        said = decision.with_user(self.members[4]).message_post(body="I am against it", message_type='comment')
        self._vote(decision, {'yes': 9})
        closed = decision.sudo().message_ids.filtered(lambda message: "Closed" in message.body)
        for user in (self.members[5], self.chair, self.facilitator, self.manager):
            for message in (said, closed):
                for change in ({'body': "I am for it"}, {'author_id': user.partner_id.id}):
                    with self.assertRaises(AccessError):
                        message.with_user(user).write(change)
                with self.assertRaises(AccessError):
                    message.with_user(user).unlink()
        forged = decision.with_user(self.members[5]).message_post(
            body="I am for it", author_id=self.chair.partner_id.id, message_type='comment')
        self.assertEqual(forged.author_id, self.members[5].partner_id)
        said.with_user(self.members[4]).body = "I am still against it"

    def test_the_close_is_said_by_nobody_in_particular(self):
        decision = self._open(self.simple.copy({'name': "Secret", 'is_secret': True}))
        self._vote(decision, {'yes': 9})
        closed = decision.message_ids.filtered(lambda message: "Closed" in message.body)
        self.assertEqual(closed.author_id, self.env.ref('base.partner_root'))

    def test_an_objection_is_said_at_once_to_who_can_answer_it(self):
        decision = self._open(self.consent)
        decision.with_user(self.members[5]).cast_vote('objection', "It would do harm")
        message = decision.message_ids[0]
        self.assertIn("Objection: It would do harm", message.body)
        self.assertEqual(message.author_id, self.members[5].partner_id)
        self.assertIn(self.members[3].partner_id, decision.message_partner_ids, "Who proposed it follows it.")

    def test_a_query_that_fails_does_not_log_a_secret_choice(self):
        decision = self._open(self.simple.copy({'name': "Secret", 'is_secret': True}))
        self.env.cr.execute("ALTER TABLE coop_ballot ADD CONSTRAINT full_disk CHECK (choice != 'no')")
        with self.assertNoLogs('odoo.sql_db', level='ERROR'), self.assertRaises(CheckViolation):
            decision.with_user(self.members[0]).cast_vote('no')

    # ------------------------------------------------------------
    # Who leaves, what closes
    # ------------------------------------------------------------

    def test_who_leaves_during_a_vote_is_on_its_roll_and_votes(self):
        decision = self._open(self.unanimity)
        self._vote(decision, {'yes': 8})
        self.memberships[8].action_leave(reason="Found a job", date=date(2026, 1, 15))
        decision.with_user(self.members[8]).cast_vote('yes')
        self.assertEqual(decision.state, 'adopted')
        with self.assertRaises(AccessError):
            decision.with_user(self.members[8]).read(['name'])

    def test_a_cohort_does_not_close_over_an_open_vote(self):
        self._open(self.simple)
        with self.assertRefused(UserError, "still voting.*Buy a mower"):
            self._close(self.autumn)

    def test_people_without_a_login_are_named_when_a_vote_opens(self):
        delegate = self.env['res.partner'].create({'name': "Delegate"})
        self.env['coop.mandate'].create({'committee_id': self.board.id, 'partner_id': delegate.id})
        decision = self._open(self.simple, self.chair, self.board)
        self.assertTrue(any("Without a login, Delegate" in body for body in decision.message_ids.mapped('body')))
