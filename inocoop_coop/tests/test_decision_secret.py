import logging
from itertools import pairwise, permutations

from odoo.exceptions import UserError
from odoo.tests import tagged

from .decisions import DecisionCommon


@tagged('post_install', '-at_install')
class TestDecisionSecret(DecisionCommon):
    """Nothing links a secret ballot to who cast it: no column, order, time, message, log line, not even ``xmin`` or ``ctid``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.simple.copy({'name': "Secret", 'is_secret': True})

    def test_a_secret_ballot_is_counted_and_not_changed(self):
        decision = self._open(self.secret)
        voter = decision.with_user(self.members[0])
        voter.cast_vote('yes')
        with self.assertRefused(UserError, "can't be changed"):
            voter.cast_vote('no')
        self._vote_others(decision)
        self.assertEqual(decision.state, 'adopted')
        self.assertEqual(decision.outcome_text, "6 yes, 3 no, 0 abstaining: more yes than no, adopted.")

    def test_no_column_of_a_ballot_says_whose_it_is_or_when_it_was_cast(self):
        decision = self._open(self.secret)
        self._cast_all(decision)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'coop_ballot' ORDER BY column_name")
        self.assertEqual(
            [name for name, in self.env.cr.fetchall()],
            ['candidates', 'cast_by_id', 'choice', 'decision_id', 'elector_id', 'id', 'reason', 'version_id'])
        self.env.cr.execute(
            "SELECT elector_id, cast_by_id, reason FROM coop_ballot WHERE decision_id = %s", [decision.id])
        self.assertEqual(set(self.env.cr.fetchall()), {(None, None, None)})
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'coop_elector' ORDER BY column_name")
        self.assertEqual(
            [name for name, in self.env.cr.fetchall()],
            ['decision_id', 'id', 'mandate_id', 'partner_id', 'proxy_count', 'recused', 'represented_by_id', 'version_id',
             'voted'],
            "The roll notes that someone has voted, and not when.")

    def test_the_order_of_ballots_says_nothing_after_the_close(self):
        """Each voter's position is no more likely than another: over many votes, the first ballot is anybody's."""
        firsts = set()
        for _attempt in range(25):
            decision = self._open(self.secret)
            # The first one votes no and all others yes: where does the no lie?
            for user, choice in zip(self.members, ['no'] + ['yes'] * 8, strict=True):
                decision.with_user(user).cast_vote(choice)
            ballots = self._sealed(decision).ballot_ids.sorted('id')
            self.env.cr.execute("SELECT choice FROM coop_ballot WHERE decision_id = %s ORDER BY ctid", [decision.id])
            by_place = [choice for choice, in self.env.cr.fetchall()].index('no')
            self.env.cr.execute("SELECT array_agg(ctid ORDER BY id) = array_agg(ctid ORDER BY ctid) FROM coop_ballot"
                                " WHERE decision_id = %s", [decision.id])
            firsts.add((ballots.mapped('choice').index('no'), by_place))
        self.assertGreater(len({number for number, _place in firsts}), 3, "The numbers are given again, in a random order.")
        self.assertGreater(len({place for _number, place in firsts}), 3, "So are the places in the table.")

    def test_neither_the_writing_transaction_nor_the_place_joins_ballots_to_the_roll(self):
        decision = self._open(self.secret)
        # Voters come in an order that is not that of the roll.
        order = [4, 0, 7, 2, 8, 1, 6, 3, 5]
        for index in order:
            decision.with_user(self.members[index]).cast_vote('yes' if index % 2 else 'no')
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT count(DISTINCT xmin::text) FROM coop_elector WHERE decision_id = %s", [decision.id])
        self.assertEqual(cr.fetchone(), (1,), "All lines of the roll are of one transaction…")
        cr.execute("""SELECT count(DISTINCT b.xmin::text), count(DISTINCT e.xmin::text) FROM coop_ballot b, coop_elector e
                       WHERE b.decision_id = %(id)s AND e.decision_id = %(id)s""", {'id': decision.id})
        self.assertEqual(cr.fetchone(), (1, 1), "…and so are all ballots: the join on xmin gives every pair.")
        # In the order of their numbers, wherever the table had room: at most one step back, where the room ended.
        cr.execute("""SELECT array_agg(id ORDER BY ctid) FROM coop_elector WHERE decision_id = %s
                       GROUP BY (ctid::text::point)[0]""", [decision.id])
        for places, in cr.fetchall():
            self.assertLessEqual(sum(later < earlier for earlier, later in pairwise(places)), 1, places)
        self.assertGreater(sum(later < earlier for earlier, later in pairwise(order)), 1, "Votes came in another order.")

    def test_messages_tracking_mails_and_notifications_say_nothing(self):
        decision = self._open(self.secret)
        mails = self.env['mail.mail'].search([])
        messages, tracking = self.env['mail.message'].search([]), self.env['mail.tracking.value'].search([])
        notifications, bus = self.env['mail.notification'].search([]), self.env['bus.bus'].search([])
        for user, choice in zip(self.members[:8], ['yes', 'no'] * 4, strict=True):
            decision.with_user(user).cast_vote(choice)
        self.env.flush_all()
        self.assertEqual(self.env['mail.mail'].search([]), mails)
        self.assertEqual(self.env['mail.message'].search([]), messages)
        self.assertEqual(self.env['mail.tracking.value'].search([]), tracking)
        self.assertEqual(self.env['mail.notification'].search([]), notifications)
        self.assertEqual(self.env['bus.bus'].search([]), bus)
        decision.with_user(self.members[8]).cast_vote('yes')
        written = self.env['mail.mail'].search([]) - mails
        self.assertTrue(written)
        for mail in written:
            for user in self.members:
                self.assertNotIn(user.name, str(mail.body_html))

    def test_the_log_says_nothing(self):
        decision = self._open(self.secret)
        with self.assertLogs(level=logging.INFO) as log:
            logging.getLogger('odoo.addons.inocoop_coop').info("(the log is watched)")
            self._cast_all(decision)
        said = "\n".join(log.output)
        for word in ('cast_vote', "'yes'", "'no'", *self.members.mapped('name'), *self.members.mapped('login')):
            self.assertNotIn(word, said)

    def test_an_export_of_everything_pairs_nobody_with_a_choice(self):
        decision = self._open(self.secret)
        self._cast_all(decision)
        for reader in (self.members[0], self.facilitator, self.manager):
            self._give_groups(reader, 'base.group_allow_export')
            ballots = self.env['coop.ballot'].with_user(reader).search([('decision_id', '=', decision.id)])
            rows = ballots.export_data(list(self._exportable(ballots)))['datas']
            names = {user.name for user in self.members}
            for row in rows:
                self.assertFalse(names & {str(cell) for cell in row})
            self.assertEqual(len(ballots), 9)

    def test_the_register_of_a_secret_vote_pairs_nobody_with_a_choice(self):
        decision = self._open(self.secret)
        self._cast_all(decision)
        content = decision._prepare_entry(self._sealed(decision.version_id), 'last')
        for line in content['roll']:
            self.assertEqual(set(line), {'elector', 'recused', 'represented_by', 'voted'})
        other = self._open(self.secret)
        for user, choice in zip(self.members, reversed(self.choices), strict=True):
            other.with_user(user).cast_vote(choice)
        self.assertEqual(
            content['ballots_sha256'], other._prepare_entry(self._sealed(other.version_id), 'last')['ballots_sha256'],
            "The fingerprint of the ballots depends on how many said what, and on nothing else.")

    def test_nobody_reads_a_secret_ballot_before_the_close(self):
        decision = self._open(self.secret)
        self._vote(decision, {'yes': 3})
        for reader in (self.members[0], self.chair, self.facilitator, self.manager, self.env.ref('base.user_admin')):
            self.assertFalse(self.env['coop.ballot'].with_user(reader).search([('decision_id', '=', decision.id)]))

    def test_withdrawing_a_secret_vote_leaves_no_ballot(self):
        decision = self._open(self.secret)
        self._vote(decision, {'yes': 3})
        decision.action_withdraw()
        self.env.flush_all()
        self.env.cr.execute("SELECT count(*) FROM coop_ballot WHERE decision_id = %s", [decision.id])
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_a_consent_is_never_secret(self):
        with self.assertRaisesRegex(Exception, "argued in the open"):
            self.consent.is_secret = True

    def test_what_is_remembered_of_a_secret_ballot_does_not_tell_permutations_apart(self):
        """Whatever order three people vote in, the database ends the same but for numbers."""
        seen = set()
        for order in permutations(range(3)):
            decision = self._open(self.secret, self.chair, self.board)
            for index in order:
                decision.with_user(self.members[index]).cast_vote(('yes', 'no', 'abstain')[index])
            self.env.flush_all()
            self.env.cr.execute("SELECT array_agg(choice ORDER BY choice) FROM coop_ballot WHERE decision_id = %s", [decision.id])
            seen.add(str(self.env.cr.fetchone()))
        self.assertEqual(len(seen), 1)

    # ------------------------------------------------------------

    choices = ['yes', 'no', 'yes', 'no', 'yes', 'no', 'yes', 'yes', 'yes']

    def _cast_all(self, decision):
        for user, choice in zip(self.members, self.choices, strict=True):
            decision.with_user(user).cast_vote(choice)

    def _vote_others(self, decision):
        for user, choice in zip(self.members[1:], self.choices[1:], strict=True):
            decision.with_user(user).cast_vote(choice)

    @staticmethod
    def _exportable(records):
        for name, field in records._fields.items():
            if records._has_field_access(field, 'read') and field.exportable:
                yield name
