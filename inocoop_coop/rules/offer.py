"""What a group can offer: the skills of its people against what a service needs.

>>> skills = {'ana': {'hedges': 80, 'tools': 60}, 'bob': {'hedges': 20}, 'cid': {}}
>>> offer = match(['hedges', 'tools'], 50, skills)
>>> offer.leaders, offer.learners
(('ana',), ('bob',))

Nobody leads? Then what training would open the service, and for how many people it would be enough:

>>> match(['hedges', 'heights'], 50, skills).trainings
(Training(skills=('heights',), people=('ana',)),)
"""
from dataclasses import dataclass


@dataclass(frozen=True)
class Training:
    """What the same people lack to lead: all of these skills.

    :param tuple skills: in the order of what the service needs
    :param tuple people: who lacks exactly these; nobody, in a group without people
    """

    skills: tuple
    people: tuple


@dataclass(frozen=True)
class Offer:
    """What the group can do about one service.

    :param tuple leaders: who has each of the skills at the level asked
    :param tuple learners: who has something of it, and not enough to lead: they learn beside a leader
    :param tuple trainings: where nobody leads, each training after which someone would. Only the
        shortest ones, those of most people first
    """

    leaders: tuple
    learners: tuple
    trainings: tuple

    @property
    def can_be_offered(self):
        """Whether someone can lead."""
        return bool(self.leaders)


def match(needs, level, skills):
    """Who can lead a service, who can learn beside them, and what is missing where nobody leads.

    A service that needs no skill is led by anyone. A level of zero is no skill, whatever is asked.

    :param needs: the skills that the service needs, in an order that is kept
    :param int level: the lowest level, in percent, with which one leads
    :param dict skills: ``{person: {skill: level in percent}}``; the order of the people is kept
    :return: an :class:`Offer`
    """
    needs = tuple(dict.fromkeys(needs))
    asked = max(1, level)
    leaders, learners, lacking = [], [], {}
    for person, levels in skills.items():
        lacks = tuple(skill for skill in needs if levels.get(skill, 0) < asked)
        if not lacks:
            leaders.append(person)
            continue
        lacking.setdefault(lacks, []).append(person)
        if any(levels.get(skill, 0) > 0 for skill in needs):
            learners.append(person)
    return Offer(tuple(leaders), tuple(learners), () if leaders else _find_trainings(needs, lacking))


def _find_trainings(needs, lacking):
    """The shortest trainings; of two that are equally short, what opens it to more people."""
    if not lacking:
        return (Training(needs, ()),)
    shortest = min(map(len, lacking))
    place = {skill: index for index, skill in enumerate(needs)}
    trainings = [Training(lacks, tuple(people)) for lacks, people in lacking.items() if len(lacks) == shortest]
    return tuple(sorted(
        trainings, key=lambda training: (-len(training.people), [place[skill] for skill in training.skills])))
