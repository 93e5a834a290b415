"""When the bodies of a cohort meet, who leads their meetings, and what they talk about. Tables, and no database."""
from dataclasses import dataclass
from datetime import datetime, timedelta

from .days import FRI, MON, THU, WED, moment

FACILITATOR = 'facilitator'
WEEKS_AHEAD = 2  # a meeting is called so long before it

# body, what the calendar says, weeks, weekday, time, hours, who leads it
MEETINGS = [
    ('assembly', "Assemblée du lundi", (0,), MON, (9, 0), 1.5, FACILITATOR),
    ('assembly', "Assemblée constitutive", (0,), WED, (14, 0), 2, FACILITATOR),
    ('assembly', "Assemblée du lundi", range(1, 18), MON, (9, 0), 1.5, 'chair'),
    ('hr', "Comité RH", range(1, 18, 2), MON, (10, 30), 1.5, 'member'),
    ('marketing', "Comité marketing", range(1, 18, 2), MON, (10, 30), 1.5, 'chloe'),
    ('finance', "Comité finances", range(1, 18, 2), MON, (10, 30), 1.5, 'treasurer'),
    ('board', "Conseil", range(1, 18, 2), WED, (17, 15), 1, 'chair'),
    ('steering', "Comité de pilotage", (0, 8, 17), FRI, (10, 0), 2, FACILITATOR),
]
# Where the cohort of the summer decides how its result is shared: who has a login votes, also for one who has none.
CLOSING_ASSEMBLY = (7, THU)
CLOSING_PROXIES = {'yanis': 'jade', 'mathis': 'lola', 'rayan': 'camille'}
CLOSING_EXCUSED = ['ines', 'noah']
SUMMER_MEETINGS = [
    ('assembly', "Assemblée du lundi", range(8), MON, (9, 0), 1.5, FACILITATOR),
    ('assembly', "Assemblée de clôture", CLOSING_ASSEMBLY[:1], CLOSING_ASSEMBLY[1], (14, 0), 1.5, FACILITATOR),
    ('steering', "Comité de pilotage", (0, 7), FRI, (10, 0), 1, FACILITATOR),
]

# body: what stands on each agenda, before the decisions and after them: (subject, minutes)
AGENDAS = {
    'assembly': ([("Tour de table", 15), ("Nouvelles des comités", 15)], [("La semaine qui vient", 20)]),
    'hr': ([("Planning de la quinzaine", 30)], [("Heures et absences", 20)]),
    'marketing': ([("Devis en cours", 30)], [("Prospection", 20)]),
    'finance': ([("Caisse et factures impayées", 30)], [("Achats à venir", 20)]),
    'board': ([("Suites de la dernière assemblée", 15)], [("Ordre du jour de la prochaine", 20)]),
    'steering': ([("Avancement de la promotion", 40)], [("Suites de parcours", 40)]),
}
# body: what was said, one meeting after the other
NOTES = {
    'assembly': [
        "Chacun dit en une phrase où il en est. Deux chantiers cette semaine, le matériel est prêt.",
        "Un client a téléphoné pour remercier l'équipe. On garde l'habitude de rappeler après chaque chantier.",
        "Le planning a changé deux fois la semaine dernière : les comités le donnent désormais le vendredi midi.",
        "Trois devis attendent une réponse. Lucas et Inès rappellent avant mercredi.",
    ],
    'hr': [
        "Les équipes de la quinzaine sont faites ; personne ne travaille deux semaines de suite sur le même chantier.",
        "Toutes les heures sont écrites. Une absence est prévenue pour jeudi.",
    ],
    'marketing': [
        "Les commerçants répondent mieux quand on passe le matin. Une tournée est prévue mardi.",
        "Deux clients demandent un second devis : on regarde si le prix à l'heure tient encore.",
    ],
    'finance': [
        "Les comptes de la banque et de la caisse concordent. Une facture est à relancer.",
        "Pas de dépense au-dessus du seuil ce mois-ci sans vote. Le plafond d'engagement est suivi.",
    ],
    'board': ["Les décisions de l'assemblée sont en route ; chaque tâche a un nom et une date."],
    'steering': ["Les partenaires lisent le point d'étape. La ville confirme sa commande, le bailleur en prépare une."],
}


@dataclass(frozen=True)
class Session:
    """A meeting that a body plans.

    :param int rank: how many meetings of this body were planned before it
    """

    body: str
    name: str
    week: int
    weekday: int
    day: object
    start: datetime
    stop: datetime
    leader: str
    rank: int

    @property
    def votes_from(self):
        """When what is to be decided is put to the vote."""
        return self.start + timedelta(minutes=sum(minutes for _name, minutes in AGENDAS[self.body][0]))


def plan_sessions(days, meetings):
    """The meetings of a cohort: ``{(body, day): Session}``, in their order."""
    sessions, ranks = {}, {}
    for body, name, weeks, weekday, hour, duration, leader in meetings:
        for week in weeks:
            day = days.on(week, weekday)
            start = moment(day, *hour)
            rank = ranks[body] = ranks.get(body, -1) + 1
            sessions[body, day] = Session(
                body, name, week, weekday, day, start, start + timedelta(hours=duration), leader, rank)
    return sessions
