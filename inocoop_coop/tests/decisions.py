"""A body whose members decide, for the tests of decisions."""
from ..tools import guard
from .common import CoopCommon


class DecisionCommon(CoopCommon):
    """The autumn cohort has nine members with users; the board is Léa (chair), Yanis (secretary) and Sofia.

    ``members`` are the nine users, in the order of their names' numbers; the assembly is all of them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.lang = 'en_US'  # of what is written for everyone
        cls.sofia.action_activate()
        others = cls.env['coop.membership']
        for number in range(4, 10):
            others |= cls._admit(cls.autumn, f"Member {number}", email=f'member{number}@example.com')
        others.action_activate()
        cls.memberships = cls.lea + cls.yanis + cls.sofia + others
        cls.members = cls.memberships.user_id
        cls.assembly = cls._body(cls.autumn, 'assembly')
        cls._seat(cls.board, cls.lea, role='chair')
        cls._seat(cls.board, cls.yanis, role='secretary')
        cls._seat(cls.board, cls.sofia)
        cls.chair, cls.secretary = cls.lea.user_id, cls.yanis.user_id
        for name in ('consent', 'simple', 'absolute', 'two_thirds', 'unanimity', 'election_one', 'election_several',
                     'election_consent'):
            setattr(cls, name, cls.env.ref(f'inocoop_coop.voting_method_{name}'))

    @classmethod
    def _propose(cls, method, user=None, body=None, **values):
        """A proposal that was submitted, by its proposer."""
        decision = cls.env['coop.decision'].with_user(user or cls.members[3]).create({
            'name': "Buy a mower", 'proposal': "<p>We buy a mower for 300 euros.</p>",
            'committee_id': (body or cls.assembly).id, 'method_id': method.id, **values})
        decision.action_submit()
        return decision

    @classmethod
    def _open(cls, method, user=None, body=None, **values):
        """A proposal on which the vote is open."""
        decision = cls._propose(method, user, body, **values)
        decision.action_open_vote()
        return decision

    @classmethod
    def _vote(cls, decision, choices):
        """Let the first members vote: ``{'yes': 5, 'no': 3}`` or a list of choices, in the members' order."""
        if isinstance(choices, dict):
            choices = [choice for choice, count in choices.items() for _ in range(count)]
        for user, choice in zip(cls.members, choices, strict=False):
            reason = "It would do harm" if choice == 'objection' else None
            decision.with_user(user).cast_vote(choice, reason)

    @classmethod
    def _elector(cls, decision, user):
        return decision.sudo().elector_ids.filtered(lambda elector: elector.partner_id == user.partner_id)

    @classmethod
    def _sealed(cls, records):
        return guard.sealed(records.sudo())

    @classmethod
    def _speak_french(cls):
        """French, with our translations, also where the database was made without it."""
        if not cls.env['res.lang']._get_data(code='fr_FR'):
            cls.env['res.lang']._activate_lang('fr_FR')
            cls.env['ir.module.module'].search([('name', '=', 'inocoop_coop')])._update_translations(['fr_FR'])

    def _assert_says(self, text, *sentences):
        """Each of these sentences stands there, whatever its spaces: a test is typed without no-break ones."""
        text = " ".join(text.split())
        for sentence in sentences:
            self.assertIn(sentence, text)
