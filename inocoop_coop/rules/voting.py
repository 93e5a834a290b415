"""The count of a vote: what a body of a cooperative decided, from its ballots.

Half of nine, or two thirds of ten, are no whole numbers of people, and a rounding in the wrong
place adopts what was not decided. So nothing is divided or rounded here: both sides of a
comparison are multiplied out, and whole numbers are compared.

    >>> two_thirds = Method('majority', threshold='least', numerator=2, denominator=3, base='present')
    >>> result = count(two_thirds, ['yes'] * 6 + ['no'], entitled=10, present=9)
    >>> result.outcome, result.yes, result.base, result.needed
    ('adopted', 6, 9, 6)

Why a result is what it is, as a code in ``Result.reason`` that the reader's language gives words to:

==============  ============  ==========================================================================
reason          outcome       what happened
==============  ============  ==========================================================================
quorum          no_quorum     fewer took part than the quorum asks for; nothing else was looked at
reached         adopted       a majority: enough yes
not_reached     rejected      a majority: not enough yes
tie             tied          as many yes as no, or candidates with equal votes for the last seats
consent         adopted       somebody consents and nobody objects
objection       rejected      somebody objects
elected         adopted       an election: everybody who could be elected is (see ``Result.vacant``)
no_majority     tied          an election by rounds: seats are left for the next round
nobody          rejected      nobody voted for or against anything: no electors, no candidates, all blank
==============  ============  ==========================================================================
"""
from collections import Counter
from dataclasses import asdict, dataclass, field, replace

KINDS = ('majority', 'consent', 'election')
THRESHOLDS = ('simple', 'more', 'least')
BASES = ('expressed', 'cast', 'present', 'entitled')
SILENCES = ('nothing', 'consent')
PROCEDURES = ('rounds', 'approval', 'consent')
OUTCOMES = ('adopted', 'rejected', 'no_quorum', 'tied')

BLANK = 'abstain'
ANSWERS = {
    'majority': ('yes', 'no', BLANK),
    'consent': ('consent', 'objection', BLANK),
}


@dataclass(frozen=True)
class Method:
    """How a body decides. Only what its kind asks for is read: an election has no threshold.

    :param str kind: 'majority', 'consent' or 'election'
    :param str threshold: of a majority. 'simple': more yes than no, whatever the base. 'more': more than
        the fraction of the base (1/2 is the absolute majority). 'least': at least the fraction (2/3; 1/1 is unanimity)
    :param int numerator: of the fraction
    :param int denominator: of the fraction
    :param str base: what the fraction is taken of. 'expressed': yes and no, or the ballots that name a candidate.
        'cast': these and the abstentions. 'present': who is present or represented. 'entitled': the whole roll
    :param int quorum_numerator: 0 for no quorum
    :param int quorum_denominator: the quorum is reached when denominator * present >= numerator * entitled
    :param str silence: of a consent. Whether those who did not vote count as consenting ('consent') or not ('nothing')
    :param str procedure: of an election. 'rounds': as many names as seats, more than half of the base.
        'approval': as many names as one likes, the most approvals. 'consent': an election without candidates,
        which ends with consent on the one person who was proposed
    :param int majority_rounds: of an election by rounds. After so many rounds the most votes are enough
    :raise ValueError: for a code that does not exist or a fraction that is not between 0 and 1
    """
    kind: str
    threshold: str = 'simple'
    numerator: int = 1
    denominator: int = 2
    base: str = 'expressed'
    quorum_numerator: int = 0
    quorum_denominator: int = 1
    silence: str = 'nothing'
    procedure: str = 'rounds'
    majority_rounds: int = 2

    def __post_init__(self):
        _check_code('kind', self.kind, KINDS)
        _check_fraction('quorum', self.quorum_numerator, self.quorum_denominator)
        if self.kind == 'majority':
            _check_code('threshold', self.threshold, THRESHOLDS)
            _check_fraction('threshold', self.numerator, self.denominator)
        if self.kind == 'election':
            _check_code('procedure', self.procedure, PROCEDURES)
            _check_number('majority_rounds', self.majority_rounds, 0)
        if self.is_by_consent:
            _check_code('silence', self.silence, SILENCES)
        else:
            _check_code('base', self.base, BASES)

    @property
    def is_by_consent(self):
        """Whether ballots say 'consent' or 'objection'."""
        return self.kind == 'consent' or (self.kind == 'election' and self.procedure == 'consent')

    @property
    def is_by_names(self):
        """Whether ballots name candidates."""
        return self.kind == 'election' and self.procedure != 'consent'


@dataclass(frozen=True)
class Result:
    """What came out, and every number that explains it.

    ``yes + no + abstain + objections == voted`` and ``voted + silent == entitled``, always.

    - outcome, reason: see the table of the module
    - yes: yes-votes, explicit consents, or ballots that name at least one candidate
    - no, objections: the votes against
    - abstain: abstentions and blank ballots
    - voted, present, entitled: people, recused ones nowhere among them
    - silent: entitled people who did not vote. They are never among the yes
    - base: of how many the result is told. In a consent: the consents and objections, and the silent
      where silence is consent and somebody has consented
    - needed: the smallest number of yes that adopts, or of votes that elects in a round with a majority;
      None where there is no such number (consent, most votes, a base of nobody)
    - quorum_needed: how many must be present or represented; 0 without a quorum
    - votes: [candidate, votes] of each candidate, most first, equal ones in the order of their ids
    - elected, runoff: candidates in the same order; who goes to the next round when it is tied
    - vacant: seats left unfilled for good. Seats of a next round are not, nor those of a vote without quorum
    - seats: how many were to fill; 0 where nobody is elected by this method
    """
    outcome: str = 'rejected'
    reason: str = 'nobody'
    yes: int = 0
    no: int = 0
    abstain: int = 0
    objections: int = 0
    voted: int = 0
    present: int = 0
    entitled: int = 0
    silent: int = 0
    base: int = 0
    needed: int | None = None
    quorum_needed: int = 0
    votes: list = field(default_factory=list)
    elected: list = field(default_factory=list)
    runoff: list = field(default_factory=list)
    vacant: int = 0
    seats: int = 0

    def as_dict(self):
        """The same as a new dictionary with only JSON values, to be kept."""
        return asdict(self)


def quorum_needed(method, entitled):
    """How many must be present or represented for the vote to count; 0 without a quorum.

    A quorum of a roll with nobody on it asks for somebody, and so is never reached.
    """
    if not method.quorum_numerator:
        return 0
    return max(1, _part_rounded_up(entitled, method.quorum_numerator, method.quorum_denominator))


def reached_quorum(method, entitled, present):
    """Whether enough are present or represented: denominator * present >= numerator * entitled."""
    if not method.quorum_numerator:
        return True
    return bool(entitled) and method.quorum_denominator * present >= method.quorum_numerator * entitled


def yes_needed(method, base):
    """The smallest number of yes that adopts by a majority of this base.

    :param int base: as ``Method.base`` says; for a simple majority the votes for and against
    :return: None where no number of yes would do
    """
    if method.threshold == 'simple':
        needed = base // 2 + 1
    elif method.threshold == 'more':
        needed = method.numerator * base // method.denominator + 1
    else:
        needed = max(1, _part_rounded_up(base, method.numerator, method.denominator))
    return needed if needed <= base else None


def count(  # noqa: PLR0913 (each is a number that the result depends on, and is given by its name)
    method, ballots, *, entitled, present, candidates=(), seats=1, round_number=1,
):
    """Count the ballots of one vote, or of one round of an election.

    The next round of an election is a vote of its own, with fresh ballots. For it the caller passes the
    ``runoff`` of the round before as candidates, the seats that are left (``seats`` less those elected) and
    the next round number: whoever was elected in an earlier round is not a candidate any more.

    An election without candidates is counted on the one person who was proposed: they are the only candidate.

    :param Method method: how the body decides
    :param ballots: one entry for each vote cast, in any order. 'yes', 'no' or 'abstain'; by consent
        'consent', 'objection' or 'abstain'; in an election by rounds or by approval a tuple or list of
        candidates, () or 'abstain' for a blank ballot
    :param int entitled: who may vote, without the recused
    :param int present: who is present or represented, without the recused; outside a meeting who voted or was
        represented. Whoever voted is among them
    :param candidates: ids of the candidates, which can be sorted
    :param int seats: how many seats are to fill
    :param int round_number: of this round, from 1
    :rtype: Result
    :raise ValueError: for a ballot that the method does not know, and for numbers that contradict each other
    """
    ballots, candidates = list(ballots), list(candidates)
    _check_number('entitled', entitled, 0)
    _check_number('present', present, 0)
    _check_number('seats', seats, 1)
    _check_number('round_number', round_number, 1)
    if not len(ballots) <= present <= entitled:
        raise ValueError(f"{len(ballots)} voted of {present} present or represented of {entitled} entitled: that can't be.")
    _check_candidates(method, candidates)

    numbers = {'voted': len(ballots), 'present': present, 'entitled': entitled, 'silent': entitled - len(ballots),
               'quorum_needed': quorum_needed(method, entitled), 'seats': seats if method.kind == 'election' else 0}
    if method.is_by_names:
        result = _count_names(method, ballots, candidates, numbers, round_number)
    elif method.is_by_consent:
        result = _count_consent(method, ballots, candidates, numbers)
    else:
        result = _count_majority(method, ballots, numbers)

    if not reached_quorum(method, entitled, present):
        return replace(result, outcome='no_quorum', reason='quorum', elected=[], runoff=[])
    if method.kind == 'election' and result.outcome != 'tied':
        return replace(result, vacant=seats - len(result.elected))
    return result


def _count_majority(method, ballots, numbers):
    answers = _count_answers(ballots, ANSWERS['majority'])
    yes, no = answers['yes'], answers['no']
    base = _get_base(method, yes + no, numbers)
    result = Result(
        yes=yes, no=no, abstain=answers[BLANK], base=base,
        needed=yes_needed(method, yes + no if method.threshold == 'simple' else base), **numbers)

    if not yes + no:
        return result
    if method.threshold == 'simple':
        is_adopted, is_tied = yes > no, yes == no
    elif method.threshold == 'more':
        is_adopted = method.denominator * yes > method.numerator * base
        # Half and half decides nothing only where half is what is asked, and nobody of the base stays out.
        is_tied = method.denominator == 2 * method.numerator and 2 * yes == 2 * no == base
    else:
        is_adopted, is_tied = method.denominator * yes >= method.numerator * base, False

    if is_adopted and yes:
        return replace(result, outcome='adopted', reason='reached')
    if is_tied:
        return replace(result, outcome='tied', reason='tie')
    return replace(result, outcome='rejected', reason='not_reached')


def _count_consent(method, ballots, candidates, numbers):
    """Consent on a proposal, or on the one person proposed in an election without candidates."""
    answers = _count_answers(ballots, ANSWERS['consent'])
    consents, objections = answers['consent'], answers['objection']
    silent_consents = numbers['silent'] if method.silence == 'consent' and consents else 0
    result = Result(
        yes=consents, objections=objections, abstain=answers[BLANK], base=consents + objections + silent_consents,
        votes=[[candidate, consents] for candidate in candidates], **numbers)

    if objections:
        return replace(result, outcome='rejected', reason='objection')
    # Silence alone consents to nothing: where nobody answered, nobody may have read it.
    if not consents or (method.kind == 'election' and not candidates):
        return result
    return replace(result, outcome='adopted', reason='consent', elected=candidates)


def _count_names(method, ballots, candidates, numbers, round_number):
    """A round of an election by rounds, or an election by approval."""
    seats = numbers['seats']
    ballots = _read_names(ballots, candidates, seats if method.procedure == 'rounds' else len(candidates))
    named = Counter(candidate for names in ballots for candidate in names)
    votes = sorted(([candidate, named[candidate]] for candidate in candidates), key=lambda line: (-line[1], line[0]))
    expressed = sum(1 for names in ballots if names)
    base = _get_base(method, expressed, numbers)
    by_majority = method.procedure == 'rounds' and round_number <= method.majority_rounds
    needed = base // 2 + 1 if by_majority and base else None
    result = Result(yes=expressed, abstain=len(ballots) - expressed, base=base, needed=needed, votes=votes, **numbers)

    if not expressed:
        return result
    # 2 * votes > base is the same as votes >= needed.
    electable = [line for line in votes if (2 * line[1] > base if by_majority else line[1])]
    elected, runoff = _fill(electable, seats)
    if runoff:
        return replace(result, outcome='tied', reason='tie', elected=elected, runoff=runoff)
    if by_majority and len(elected) < min(seats, len(candidates)):
        # Nobody is above the majority but those elected, who are the best.
        runoff = _get_best(votes[len(elected):], 2 * (seats - len(elected)))
        return replace(result, outcome='tied', reason='no_majority', elected=elected, runoff=runoff)
    return replace(result, outcome='adopted', reason='elected', elected=elected)


def _fill(votes, seats):
    """Give the seats to the best.

    :param votes: [candidate, votes], most first
    :return: the elected, and those who have the same for the last seats: no rule chooses between them
    """
    best = _get_best(votes, seats)
    if len(best) <= seats:
        return best, []
    last = votes[seats - 1][1]
    return [candidate for candidate, number in votes if number > last], [
        candidate for candidate, number in votes if number == last]


def _get_best(votes, places):
    """The candidates in the first places, and those who have as many votes as the last one of them."""
    if len(votes) <= places:
        return [candidate for candidate, _number in votes]
    last = votes[places - 1][1]
    return [candidate for candidate, number in votes if number >= last]


def _get_base(method, expressed, numbers):
    return {
        'expressed': expressed,
        'cast': numbers['voted'],
        'present': numbers['present'],
        'entitled': numbers['entitled'],
    }[method.base]


def _part_rounded_up(number, numerator, denominator):
    return -(-numerator * number // denominator)


def _count_answers(ballots, answers):
    for ballot in ballots:
        if ballot not in answers:
            raise ValueError(f"{ballot!r} is no answer here: {', '.join(answers)}.")
    return Counter(ballots)


def _read_names(ballots, candidates, most):
    """The ballots as tuples of candidates, () for a blank one."""
    read = []
    for ballot in ballots:
        if not isinstance(ballot, (tuple, list)) and ballot != BLANK:
            raise ValueError(f"{ballot!r} names no candidates.")
        names = () if ballot == BLANK else tuple(ballot)
        if any(name not in candidates for name in names):
            raise ValueError(f"{ballot!r} names somebody who is not a candidate.")
        if len(set(names)) < len(names):
            raise ValueError(f"{ballot!r} names somebody twice.")
        if len(names) > most:
            raise ValueError(f"{ballot!r} names more than {most}.")
        read.append(names)
    return read


def _check_candidates(method, candidates):
    if len(set(candidates)) < len(candidates):
        raise ValueError(f"Somebody is twice among the candidates {candidates!r}.")
    if method.is_by_consent and len(candidates) > 1:
        raise ValueError(f"Consent is asked on one person at a time, not on {candidates!r}.")
    if method.kind != 'election' and candidates:
        raise ValueError(f"A {method.kind} elects nobody: {candidates!r}.")


def _check_code(name, value, codes):
    if value not in codes:
        raise ValueError(f"{name} is {value!r}, and not one of {', '.join(codes)}.")


def _check_number(name, value, least):
    if not isinstance(value, int) or value < least:
        raise ValueError(f"{name} is {value!r}, and not a whole number of at least {least}.")


def _check_fraction(name, numerator, denominator):
    _check_number(f"The numerator of the {name}", numerator, 0)
    _check_number(f"The denominator of the {name}", denominator, 1)
    if numerator > denominator:
        raise ValueError(f"The {name} is {numerator} out of {denominator}: more than everybody.")
