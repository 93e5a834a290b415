"""What a committee decides before an order is confirmed: a chapter that makes orders puts them to it."""
from datetime import timedelta

from .days import last_worked, moment
from .run import Chapter

PROPOSED_AT, VOTED_AT, BETWEEN_BALLOTS = (11, 30), (13, 0), timedelta(minutes=7)
# Orders are told where their committee votes, or the register's dates would not follow its numbers.
AFTER_LUNCH = VOTED_AT
ABSTAINS_EACH = 5  # one of so many votes has someone who abstains


class GatedChapter(Chapter):
    """A chapter whose orders need a decision above what the group agreed on."""

    def propose_decision(self, order, who, day):
        """Put an order to the body that decides on it, if one does."""
        order = order.with_env(self.story.on(moment(day, *PROPOSED_AT), who))
        if order.gate_state == 'needed':
            order.action_propose_decision()

    def decide(self, order, who, day, refuses=False):
        """Let the body vote on an order that waits for it; each of them, unless one has answered no.

        :param bool refuses: whether they vote against it
        """
        self.propose_decision(order, who, day)
        decision = self.open_vote(order, who, moment(day, *PROPOSED_AT))
        if not decision:
            return
        at = moment(day, *VOTED_AT)
        roll = self.get_roll(decision)
        for rank, person in enumerate(roll):
            choice = 'yes'
            if refuses:
                choice = 'no' if rank else 'yes'
            elif decision.id % ABSTAINS_EACH == 0 and rank == len(roll) - 1:
                choice = 'abstain'
            decision.with_env(self.story.on(at, person)).cast_vote(choice)
            at += BETWEEN_BALLOTS

    def let_wait(self, order, who, voters):
        """The vote on an order is open today, and only some have voted."""
        day = self.get_day_of_waiting()
        decision = self.open_vote(order, who, moment(day, *PROPOSED_AT))
        for person in voters if decision else ():
            decision.with_env(self.story.on(moment(day, *VOTED_AT), person)).cast_vote('yes')

    def get_day_of_waiting(self):
        return last_worked(self.story.today - timedelta(days=1))

    def open_vote(self, order, who, at):
        """Open the vote on an order, if it waits for one.

        :return: the decision, or none
        """
        order = order.with_env(self.story.on(at, who))
        decision = order.env['coop.decision'].search([
            ('res_model', '=', order._name), ('res_id', '=', order.id), ('state', '=', 'discussion')])
        if decision:
            decision.action_open_vote()
        return decision

    def get_roll(self, decision):
        partners = decision.sudo().elector_ids.partner_id
        return [key for key, membership in self.run.memberships.items() if membership.partner_id in partners]
