from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import voting


class CoopVotingMethod(models.Model):
    """How a body decides: by consent, by a majority or by an election.

    The arithmetic is in ``rules/voting.py``. When a vote opens it keeps the terms of its method:
    changing a method later changes no vote that is open or closed.
    """
    _name = 'coop.voting.method'
    _description = "Voting Method"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True, help="What a member should know before they vote this way.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    program_id = fields.Many2one(
        'coop.program', string="Programme", index='btree_not_null', ondelete='cascade', help="Empty: for all programmes.")
    kind = fields.Selection(
        [('consent', "Consent"), ('majority', "Majority"), ('election', "Election")], required=True, default='majority')

    # Majority
    threshold = fields.Selection(
        [('simple', "More yes than no"), ('more', "More than a part of the base"), ('least', "At least a part of the base")],
        required=True, default='simple')
    numerator = fields.Integer("Part", required=True, default=1)
    denominator = fields.Integer("Out Of", required=True, default=2)
    base = fields.Selection(
        [
            ('expressed', "Votes cast, without abstentions"),
            ('cast', "Votes cast, with abstentions"),
            ('present', "Present or represented"),
            ('entitled', "All who are entitled"),
        ],
        required=True, default='expressed', help="Of what the part is taken.")

    # Consent
    silence = fields.Selection(
        [('nothing', "Says nothing"), ('consent', "Is consent")], required=True, default='nothing',
        help="What it means, at the deadline, that someone did not answer.")

    # Election
    procedure = fields.Selection(
        [('rounds', "By rounds"), ('approval', "By approval"), ('consent', "Without candidates, by consent")],
        required=True, default='rounds')
    majority_rounds = fields.Integer(
        "Rounds with a Majority", required=True, default=2,
        help="In so many rounds a candidate needs more than half; after them the most votes are enough.")

    # All
    quorum_numerator = fields.Integer("Quorum", required=True, default=0, help="0: no quorum.")
    quorum_denominator = fields.Integer("Quorum Out Of", required=True, default=2)
    is_secret = fields.Boolean("Secret Ballot")
    proxy_limit = fields.Integer(
        "Proxies per Person", required=True, default=1,
        help="How many others one person may vote for. Under 20 members, French law allows one (law 78-763).")
    duration = fields.Integer("Duration (hours)", required=True, default=72, help="From the opening of a vote to its deadline.")
    reminder = fields.Integer(
        "Reminder (hours)", required=True, default=24,
        help="How long before the deadline those who have not voted are reminded. 0: they are not.")

    _check_part = models.Constraint(
        'CHECK(denominator > 0 AND numerator >= 0 AND numerator <= denominator)',
        "The part of a majority lies between 0 and 1: 1 out of 2, 2 out of 3.")
    _check_quorum = models.Constraint(
        'CHECK(quorum_denominator > 0 AND quorum_numerator >= 0 AND quorum_numerator <= quorum_denominator)',
        "A quorum lies between nobody and everybody: 1 out of 2, 2 out of 3.")
    _check_limits = models.Constraint(
        'CHECK(proxy_limit >= 0 AND duration > 0 AND reminder >= 0 AND majority_rounds >= 0)',
        "A duration is at least one hour; proxies, rounds and the reminder can't be less than 0.")

    @api.constrains('kind', 'procedure', 'is_secret')
    def _check_objections_are_open(self):
        for method in self:
            if method.is_secret and 'consent' in (method.kind, method.kind == 'election' and method.procedure):
                raise ValidationError(self.env._(
                    "“%s” can't be secret: an objection is argued in the open, or nobody could answer it.", method.name))

    @api.constrains('kind', 'threshold', 'numerator')
    def _check_majority_asks_for_something(self):
        for method in self:
            if method.kind == 'majority' and method.threshold == 'least' and not method.numerator:
                raise ValidationError(self.env._("“%s” would adopt what nobody wants: ask for at least 1.", method.name))

    def _prepare_terms(self):
        """What a vote keeps of its method when it opens: only codes and whole numbers."""
        self.ensure_one()
        names = ('kind', 'threshold', 'numerator', 'denominator', 'base', 'quorum_numerator', 'quorum_denominator', 'silence',
                 'procedure', 'majority_rounds', 'is_secret', 'proxy_limit')
        return {'method': self.id, **{name: self[name] for name in names}}

    @api.model
    def _to_rule(self, terms):
        """The method of these terms, for the arithmetic."""
        names = voting.Method.__dataclass_fields__
        return voting.Method(**{name: terms[name] for name in names if name in terms})
