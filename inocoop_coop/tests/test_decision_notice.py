from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..tools import clock
from .decisions import DecisionCommon


@tagged('post_install', '-at_install')
class TestDecisionNotice(DecisionCommon):
    """What a decision writes to people: what they can do, never how someone voted."""

    def test_those_on_the_roll_are_told_that_the_vote_is_open_and_until_when(self):
        decision = self._propose(self.simple)
        mails = self._mails(decision.action_open_vote)
        self.assertEqual(self._recipients(mails), self._reachable(self.members))
        self.assertEqual(set(mails.mapped('subject')), {"Your vote: Buy a mower"})
        text = self._text(mails)
        self.assertIn("We buy a mower for 300 euros.", text)
        self.assertIn("You can vote until Sunday 18 January, 12:00.", text)
        self.assertIn(f"/odoo/coop.decision/{decision.id}", text)

    def test_the_body_is_told_of_a_proposal(self):
        self._seat(self.board, self.memberships[4])
        mails = self._mails(lambda: self._propose(self.simple, self.chair, self.board))
        self.assertEqual(self._recipients(mails), self.members[4].partner_id, "The others have no address, or proposed it.")
        self.assertIn("Léa Martin proposes to “Board”:", self._text(mails))

    def test_an_objection_and_its_answer_are_told_to_all_who_vote(self):
        decision = self._open(self.consent)
        self._vote(decision, {'consent': 1})
        objector = self.members[1]
        mails = self._mails(lambda: decision.with_user(objector).cast_vote('objection', "It would do harm"))
        self.assertLessEqual(self._reachable(self.members - objector), self._recipients(mails))
        self.assertEqual(set(mails.mapped('subject')), {"Objection: Buy a mower"})
        mails = self._mails(lambda: decision.action_amend("<p>We rent a mower.</p>", "Nobody could store it"))
        self.assertLessEqual(self._reachable(self.members - self.members[3]), self._recipients(mails))
        self.assertIn("who has voted votes again", self._text(mails))

    def test_only_who_has_not_voted_is_reminded_once_and_nothing_says_how_others_voted(self):
        decision = self._open(self.simple)
        self._vote(decision, {'yes': 4, 'no': 2})
        early = decision.date_deadline - timedelta(hours=25)
        self.assertFalse(self._mails(lambda: clock.at(decision.sudo(), early)._keep_vote(early)))
        near = decision.date_deadline - timedelta(hours=23)
        mails = self._mails(lambda: clock.at(decision.sudo(), near)._keep_vote(near))
        self.assertEqual(self._recipients(mails), self._reachable(self.members[6:]))
        self.assertEqual(mails.mapped('subject'), ["Your vote is missing: Buy a mower"])
        text = self._text(mails)
        self.assertIn("Your vote is missing on “Buy a mower”.", text)
        for word in ("yes", "no ", "abstain", "4 of", "6 of", *self.members[:6].mapped('name')):
            self.assertNotIn(word, text)
        again = decision.date_deadline - timedelta(hours=1)
        self.assertFalse(self._mails(lambda: clock.at(decision.sudo(), again)._keep_vote(again)), "Once is enough.")

    def test_a_reminder_shows_nowhere_who_it_went_to(self):
        decision = self._open(self.simple.copy({'name': "Secret", 'is_secret': True}))
        self._vote(decision, {'yes': 4})
        before = decision.message_ids
        near = decision.date_deadline - timedelta(hours=23)
        mails = self._mails(lambda: clock.at(decision.sudo(), near)._keep_vote(near))
        self.assertEqual(decision.message_ids, before)
        for reader in (self.members[0], self.facilitator):
            self.assertFalse(self.env['mail.message'].with_user(reader).search([('id', 'in', mails.mail_message_id.ids)]))

    def test_who_represents_someone_is_reminded_in_their_place(self):
        decision = self._open(self.simple)
        decision.with_user(self.members[8]).action_give_proxy(self._elector(decision, self.members[0]).id)
        self._vote(decision, {'yes': 8})
        near = decision.date_deadline - timedelta(hours=23)
        mails = self._mails(lambda: clock.at(decision.sudo(), near)._keep_vote(near))
        self.assertEqual(self._recipients(mails), self.members[0].partner_id)

    def test_a_proxy_is_announced_to_who_receives_it(self):
        decision = self._open(self.simple)
        mails = self._mails(lambda: decision.with_user(self.members[1]).action_give_proxy(
            self._elector(decision, self.members[0]).id))
        self.assertEqual(self._recipients(mails), self.members[0].partner_id)
        self.assertEqual(mails.subject, "You vote for Yanis Dupond: Buy a mower")

    def test_the_result_and_the_hash_of_the_register_reach_the_members(self):
        decision = self._open(self.simple)
        self._vote(decision, {'yes': 5, 'no': 3})
        mails = self._mails(decision.with_user(self.members[8]).cast_vote, 'no')
        self.assertEqual(self._recipients(mails), self._reachable(self.members))
        text = self._text(mails)
        self.assertIn("5 yes, 4 no, 0 abstaining: more yes than no, adopted.", text)
        entry = self.env['coop.register.entry'].search([('decision_id', '=', decision.id)])
        self.assertIn(f"It is number {entry.number} of the register of “Autumn”.", text)
        self.assertIn(entry.hash, text.replace("\n", ""))

    def test_each_reads_their_own_language(self):
        self.members[0].lang = 'fr_FR' if self.env['res.lang']._get_data(code='fr_FR') else 'en_US'
        decision = self._propose(self.simple)
        mails = self._mails(decision.action_open_vote)
        self.assertEqual(len(mails), len(set(self._reachable(self.members).mapped('lang'))))

    def test_a_story_that_is_retold_writes_to_nobody(self):
        decision = clock.at(self._propose(self.simple), clock.today(self.assembly), silent=True)
        self.assertFalse(self._mails(decision.action_open_vote))

    # ------------------------------------------------------------

    def _mails(self, action, *args):
        before = self.env['mail.mail'].search([])
        action(*args)
        return self.env['mail.mail'].search([]) - before

    @staticmethod
    def _recipients(mails):
        return mails.recipient_ids

    @staticmethod
    def _reachable(users):
        return users.partner_id.filtered('email')

    @staticmethod
    def _text(mails):
        return "\n".join(html2plaintext(mail.body_html) for mail in mails)
