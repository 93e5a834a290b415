"""What the group of the main cohort decided, and how each of them voted. Tables only.

A day is a week and a weekday as everywhere in the story, or a number: so many days before today, or
the last day before that on which people work. A proposal that is open today is told from today.
"""
from dataclasses import dataclass, field

from .days import FRI, MON, THU, TUE, WED

HOURS = 72  # how long a vote lasts, unless a proposal says otherwise
BLANK = 'abstain'
YES, NO, CONSENT = 'yes', 'no', 'consent'


@dataclass(frozen=True)
class Says:
    """Someone says something in the discussion."""

    day: tuple | int
    who: str
    text: str
    at: tuple = (9, 40)


@dataclass(frozen=True)
class Amends:
    """The proposer puts another wording in the place of the last one."""

    day: tuple | int
    text: str
    reason: str


@dataclass(frozen=True)
class Names:
    """In an election without candidates each says whom they see on the seat, and why; the proposer names one.

    :param dict nominations: ``{who: (whom, why)}``
    """

    day: tuple | int
    nominations: dict
    candidate: str


@dataclass(frozen=True)
class Votes:
    """A vote: it is opened, people vote, and with the last of them it closes, or else at its deadline.

    In a meeting of the body, who is silent is excused and who is represented is so for all of it; its chair
    closes what somebody did not vote on.

    :param str rest: what all those say who are named nowhere
    :param dict said: ``{choice: people}``; in an election a choice is a person, or several
    :param dict objects: ``{person: reason}``
    :param tuple silent: who does not vote
    :param dict proxies: ``{who is away: who votes for them}``
    :param int lasts: days from the opening to the votes, outside a meeting
    :param bool meets: whether it is voted in the body's meeting of that day
    """

    day: tuple | int
    rest: str = ''
    said: dict = field(default_factory=dict)
    objects: dict = field(default_factory=dict)
    silent: tuple = ()
    recused: tuple = ()
    proxies: dict = field(default_factory=dict)
    lasts: int = 1
    meets: bool = False


@dataclass(frozen=True)
class Plans:
    """A task follows from what was adopted.

    :param tuple due: the day until which it is to be done
    """

    day: tuple | int
    who: str
    text: str
    due: tuple


@dataclass(frozen=True)
class Binds:
    """The programme manager makes the rules active that the group gave itself: see ``coop_decision_rule_data.xml``."""

    day: tuple | int
    rules: tuple


@dataclass(frozen=True)
class Reviews:
    """The group looks back."""

    day: tuple | int
    outcome: str
    note: str


@dataclass(frozen=True)
class Withdraws:
    """The proposer takes the proposal back."""

    day: tuple | int
    reason: str


@dataclass(frozen=True, eq=False)
class Proposal:
    """A proposal to a body, and what became of it.

    :param str method: the end of its XML id
    :param str who: who proposes
    :param day: when it is submitted; a draft is only written on that day
    :param tuple seat: of an election: body, role, and the day from which the mandate runs, if it is not that of the vote
    :param tuple stands: who stands for it
    :param tuple review: the day on which the group means to look back
    """

    body: str
    method: str
    who: str
    day: tuple | int
    name: str
    text: str
    steps: tuple = ()
    hours: int = HOURS
    seat: tuple = ()
    stands: tuple = ()
    review: tuple = ()
    draft: bool = False


ELECTIONS = [
    Proposal(
        'assembly', 'election_one', 'facilitator', (0, TUE), "Élection à la présidence du conseil",
        "<p>Élire qui préside le conseil : cette personne anime l'assemblée du lundi, signe avec l'animateur les commandes et "
        "représente le groupe auprès des partenaires.</p>",
        (
            Says(
                (0, TUE), 'lucas',
                "Je me présente : j'aime aller voir les clients et je n'ai pas peur de parler devant du monde."),
            Says(
                (0, TUE), 'chair',
                "Je me présente aussi. J'ai déjà tenu le planning d'une équipe, et je prends le temps d'écouter."),
            # Nobody has more than half: the second round is between the first two.
            Votes((0, WED), said={
                'chair': ('chair', 'member', 'ines', 'chloe'), 'lucas': ('lucas', 'enzo', 'theo'),
                'treasurer': ('treasurer', 'sarah')}, meets=True),
            Votes((0, WED), said={
                'chair': ('chair', 'member', 'ines', 'chloe', 'treasurer', 'sarah'), 'lucas': ('lucas', 'enzo', 'theo'),
            }, meets=True),
        ),
        seat=('board', 'chair'), stands=('chair', 'lucas', 'treasurer')),
    Proposal(
        'assembly', 'election_one', 'facilitator', (0, TUE), "Élection au secrétariat du conseil",
        "<p>Élire qui écrit les comptes rendus, tient le registre à jour et envoie les convocations.</p>",
        (Votes((0, WED), said={
            'theo': ('theo', 'chair', 'treasurer', 'enzo', 'lucas', 'chloe'), 'sarah': ('sarah', 'member'), BLANK: ('ines',),
        }, meets=True),),
        seat=('board', 'secretary'), stands=('theo', 'sarah')),
    Proposal(
        'assembly', 'election_one', 'facilitator', (0, TUE), "Élection à la trésorerie",
        "<p>Élire qui suit la caisse, les factures et les paiements, et en rend compte chaque lundi.</p>",
        (Votes((0, WED), rest='treasurer', said={BLANK: ('lucas',)}, meets=True),),
        seat=('board', 'treasurer'), stands=('treasurer',)),
    Proposal(
        'assembly', 'election_several', 'facilitator', (0, TUE), "Élection du quatrième membre du conseil",
        "<p>Élire une quatrième personne au conseil, pour que chaque comité y ait au moins une voix. On coche toutes les "
        "personnes à qui l'on fait confiance.</p>",
        (Votes((0, WED), said={
            'ines': ('chair', 'treasurer', 'chloe', 'lucas'), ('ines', 'enzo'): ('ines', 'member', 'sarah'),
            'enzo': ('enzo', 'theo')}, meets=True),),
        seat=('board', 'member'), stands=('ines', 'enzo')),
]

FIRST_MONTH = [
    Proposal(
        'assembly', 'consent', 'member', (0, TUE), "Qui siège dans quel comité",
        "<p>Chacun et chacune travaille dans un comité, choisi hier autour de la table :</p><ul>"
        "<li>ressources humaines : Manon, Enzo, Sarah ;</li><li>marketing : Chloé, Lucas, Inès ;</li>"
        "<li>finances : Karim, Théo, Léa.</li></ul>"
        "<p>On peut demander à changer après deux mois.</p>",
        (Votes((0, WED), rest=CONSENT, meets=True),), review=(8, MON)),
    Proposal(
        'assembly', 'simple', 'lucas', (0, WED), "Prix de l'heure de jardinage : 17 €",
        "<p>Facturer l'heure de jardinage 17 € hors taxe par personne. Les jardiniers installés demandent plus, mais nous "
        "débutons et le matériel est souvent celui du client.</p>",
        (
            Says(
                (0, WED), 'treasurer',
                "J'ai compté 15 € de frais par heure. À 17 €, il nous reste quelque chose, mais pas beaucoup."),
            Says((0, THU), 'theo', "Je préfère 19 €, comme la peinture. Sinon on ne remontera jamais."),
            Votes((0, THU), rest=YES, said={NO: ('theo', 'enzo', 'ines'), BLANK: ('sarah',)}),
        ), review=(9, MON)),
    Proposal(
        'assembly', 'consent', 'member', (0, FRI), "Règles de vie du groupe",
        "<p>1. On arrive à 8 h 15, prêts à partir à 8 h 30.</p><p>2. On prévient le comité RH la veille quand on ne vient "
        "pas.</p>"
        "<p>3. Pas de téléphone sur les chantiers.</p><p>4. Ce qui se dit en réunion reste en réunion.</p>",
        (
            Says((0, FRI), 'enzo', "D'accord avec tout. Pour le téléphone, il faut que la personne qui conduit puisse répondre."),
            Votes((1, MON), rest=CONSENT, meets=True, objects={
                'sarah': "Mon premier bus de Houdain arrive à 8 h 25. Avec cette règle je serais en retard tous les jours."}),
            Amends(
                (1, WED), "<p>1. On est prêts à partir à 8 h 30. Qui vient en bus rejoint l'équipe à 8 h 30 à l'arrêt.</p>"
                "<p>2. On prévient le comité RH la veille quand on ne vient pas.</p>"
                "<p>3. Un seul téléphone allumé par chantier : celui de qui conduit l'équipe.</p>"
                "<p>4. Ce qui se dit en réunion reste en réunion.</p>",
                "L'horaire des bus ne permet pas d'être là à 8 h 15 ; et l'équipe doit rester joignable"),
            Says((1, WED), 'sarah', "Merci, comme ça c'est possible pour moi.", at=(17, 0)),
            Votes((2, MON), rest=CONSENT, meets=True),
            Plans((2, TUE), 'member', "Afficher les règles de vie au local", (2, FRI)),
            Reviews(
                (6, MON), 'partly',
                "On part à l'heure. Prévenir la veille ne marche pas encore : le comité RH ouvre un numéro pour ça."),
        ), review=(6, MON)),
    Proposal(
        'assembly', 'two_thirds', 'treasurer', (0, FRI), "Nos seuils : qui décide des devis et des achats",
        "<p>Un devis de plus de 500 € passe au comité marketing avant d'être confirmé. Un achat de plus de 150 € passe au comité "
        "finances. En dessous, la personne qui suit le dossier décide seule.</p>",
        (
            Says((0, FRI), 'lucas', "500 €, ça fait presque tous les chantiers à trois. Le comité répond en combien de temps ?"),
            Says((0, FRI), 'treasurer', "Deux jours au plus. Et à trois dans un comité, on vote en une minute."),
            Votes((1, MON), rest=YES, said={NO: ('lucas',), BLANK: ('enzo',)}, meets=True),
            Binds((1, MON), ('quotation', 'purchase')),
            Reviews((10, MON), 'worked', "Aucun devis n'a attendu plus de deux jours, et un achat en double a été évité."),
        ), review=(10, MON)),
    Proposal(
        'assembly', 'absolute', 'lucas', (2, MON), "Travailler un samedi sur deux",
        "<p>Ouvrir aux clients un samedi sur deux, à quatre, avec récupération le mardi : beaucoup de particuliers ne sont chez "
        "eux que le samedi.</p>",
        (
            Says((2, MON), 'chloe', "Je garde mon petit frère le samedi, je ne pourrai jamais."),
            Says((2, TUE), 'member', "Sans bus le samedi matin, on serait toujours les quatre mêmes."),
            Votes((2, WED), rest=NO, said={YES: ('lucas', 'treasurer'), BLANK: ('theo',)}),
        )),
    Proposal(
        'assembly', 'simple', 'chloe', (3, MON), "Notre nom : « Neuf à l'ouvrage »",
        "<p>Prendre « Neuf à l'ouvrage » comme nom pour les tracts, le local et la page internet.</p>",
        (
            Says((3, TUE), 'theo', "Et si l'un de nous part, on sera huit à l'ouvrage ?"),
            Votes((3, TUE), rest=YES, said={NO: ('theo', 'enzo', 'lucas', 'sarah'), BLANK: ('ines',)}),
            Says((3, FRI), 'ines', "J'ai montré l'essai d'affiche à des commerçants : ils retiennent le nom tout de suite."),
            Votes((4, MON), rest=YES, said={NO: ('theo', 'enzo', 'lucas')}, meets=True),
            Plans((4, WED), 'chloe', "Refaire les tracts avec le nom", (5, FRI)),
        )),
]

LATER = [
    Proposal(
        'assembly', 'scop', 'theo', (4, TUE), "Convention de prêt de la camionnette",
        "<p>Signer la convention de l'Office de la jeunesse : la camionnette deux jours par semaine, le carburant à notre "
        "charge, deux conducteurs désignés (Karim et Théo).</p>",
        (
            # Four of nine are fewer than half of the members.
            Votes((4, WED), rest=YES, silent=('member', 'ines', 'chloe', 'lucas', 'sarah'), lasts=0),
            Says((4, FRI), 'chair', "Quatre votes sur neuf : on n'a rien décidé. On revote lundi en assemblée.", at=(17, 0)),
            Votes((5, MON), rest=YES, said={NO: ('enzo',)}, silent=('lucas',), meets=True),
            Plans((5, FRI), 'theo', "Faire assurer les deux conducteurs", (6, FRI)),
        ), hours=24),
    Proposal(
        'assembly', 'two_thirds', 'treasurer', (5, TUE), "Comment partager ce que nous gagnons",
        "<p>Partager le résultat selon les heures validées, et rien d'autre.</p>",
        (
            Says((5, TUE), 'sarah', "Qui est malade trois semaines perd tout, alors ?"),
            Says((5, WED), 'enzo', "À parts égales, c'est plus simple et ça évite de compter."),
            Votes((6, MON), rest=YES, said={NO: ('sarah', 'enzo', 'ines'), BLANK: ('chloe',)}, meets=True),
            Amends(
                (6, WED), "<p>Partager le résultat pour moitié à parts égales, pour moitié selon les heures validées.</p>",
                "Cinq voix sur neuf ne font pas les deux tiers : une part égale pour tous, le reste selon les heures"),
            Votes((7, MON), rest=YES, said={NO: ('enzo',), BLANK: ('lucas',)}, meets=True),
        )),
    Proposal(
        'hr', 'consent', 'member', (6, TUE), "Qui part à l'habilitation électrique",
        "<p>Deux places à la formation à l'habilitation électrique : Enzo et Karim, qui font les chantiers d'électricité.</p>",
        (Votes((7, MON), rest=CONSENT, recused=('enzo',), meets=True),
         Plans((7, TUE), 'sarah', "Inscrire Enzo et Karim", (7, FRI)))),
    Proposal(
        'assembly', 'election_consent', 'chair', (7, TUE), "Un nouveau secrétariat pour le conseil",
        "<p>Théo part en immersion et laisse le secrétariat du conseil. Choisir ensemble, sans candidature, qui le prend à "
        "partir de lundi.</p>",
        (
            Names((7, WED), {
                'chair': ('chloe', "Elle note déjà tout, et ses comptes rendus se lisent en deux minutes."),
                'treasurer': ('chloe', "Elle relance sans vexer personne."),
                'member': ('sarah', "Elle est rigoureuse et n'a pas encore de charge au conseil."),
                'theo': ('chloe', "On a préparé la dernière assemblée ensemble, elle connaît le travail."),
                'ines': ('chloe', "Elle ose demander quand ce n'est pas clair."),
                'enzo': ('member', "Elle sait faire avancer une réunion."),
                'chloe': ('sarah', "Elle écrit bien."),
                'lucas': ('chloe', "Elle est toujours là le lundi."),
                'sarah': ('chloe', "Je la vois bien dans ce rôle, et je l'aiderai volontiers."),
            }, 'chloe'),
            Votes((7, THU), rest=CONSENT),
        ), seat=('board', 'secretary', (8, MON))),
    Proposal(
        'assembly', 'simple', 'ines', (8, TUE), "Tenir un stand au marché des artisans",
        "<p>Louer un emplacement (40 €) au prochain marché des artisans, à deux équipes de quatre, avec le livre de photos et un "
        "atelier de rempotage.</p>",
        (
            Says((8, TUE), 'chloe', "Je m'occupe du décor du stand avec Léa."),
            Votes((8, WED), rest=YES, said={BLANK: ('theo',)}, proxies={'ines': 'chloe'}),
            Plans((8, FRI), 'ines', "Réserver l'emplacement au marché", (9, WED)),
            Plans((8, FRI), 'chloe', "Préparer le décor du stand", (15, FRI)),
        )),
    Proposal(
        'assembly', 'simple', 'lucas', (9, MON), "Payer des annonces sur un site de bricolage",
        "<p>Prendre trois mois d'annonces sur un site de petits travaux, 29 € par mois.</p>",
        (
            Says((9, TUE), 'treasurer', "J'ai appelé : en plus de l'abonnement, ils gardent 15 % de chaque devis."),
            Says((9, TUE), 'chloe', "Nos tracts nous ont amené onze clients pour 41 €."),
            Withdraws((9, WED), "La commission n'était pas indiquée. Je reviens si je trouve mieux"),
        )),
    Proposal(
        'assembly', 'unanimity', 'ines', (10, MON), "Montrer nos visages sur les réseaux sociaux",
        "<p>Publier des photos et vidéos de l'équipe au travail, visages visibles. Il s'agit de l'image de chaque personne : il "
        "faut que tout le monde soit d'accord.</p>",
        (
            Says((10, TUE), 'sarah', "Je ne souhaite pas qu'on me voie en ligne."),
            Votes((10, TUE), rest=YES, said={NO: ('sarah',)}),
        )),
    Proposal(
        'assembly', 'simple', 'ines', (11, MON), "Montrer nos chantiers sur les réseaux sociaux, sans visages",
        "<p>Publier des photos avant et après chantier, sans personne de reconnaissable, avec l'accord du client.</p>",
        (
            Votes((12, MON), rest=YES, proxies={'sarah': 'member'}, meets=True),
            Plans((12, TUE), 'ines', "Écrire la demande d'accord pour les clients", (13, TUE)),
        ), review=(18, MON)),
    Proposal(
        'board', 'simple', 'chair', (12, TUE), "Répondre à l'appel à projets du bailleur social",
        "<p>Déposer un dossier pour l'entretien des jardins partagés de la résidence du Parc : une demi-journée par semaine.</p>",
        (
            Votes((13, WED), rest=YES, said={BLANK: ('treasurer',)}, meets=True),
            Plans((13, FRI), 'chair', "Écrire le dossier avec l'animateur", (16, FRI)),
        )),
    Proposal(
        'assembly', 'absolute', 'enzo', (12, WED), "Une sortie de groupe au bowling",
        "<p>Prendre 90 € de la caisse commune pour une soirée ensemble.</p>",
        (Votes((13, TUE), rest=YES, silent=('chair', 'treasurer', 'theo', 'chloe', 'lucas', 'sarah')),)),
    Proposal(
        'marketing', 'consent', 'chloe', (12, THU), "Une remise de 5 % pour les clients qui reviennent",
        "<p>Accorder 5 % sur le deuxième devis d'un particulier, jamais sur le premier.</p>",
        (Votes((13, MON), rest=CONSENT, silent=('lucas',), meets=True),), review=(17, MON)),
]

# As they stand today, whichever day that is.
OPEN = [
    Proposal(
        'assembly', 'absolute', 'theo', 6, "Ouvrir le local à la promotion suivante",
        "<p>Recevoir les candidats de la promotion suivante un mercredi après-midi sur deux : ils voient le travail, et nous "
        "leur montrons le planning, la caisse et les chantiers.</p>",
        (
            Says(5, 'enzo', "Bonne idée. Moi j'aurais aimé venir voir avant."),
            Says(3, 'treasurer', "Qui tient la caisse pendant ce temps ? Je ne suis pas contre, mais il faut être deux."),
            Votes(1, said={YES: ('theo', 'enzo', 'sarah'), NO: ('lucas',)},
                  silent=('chair', 'treasurer', 'member', 'ines', 'chloe'), lasts=0),
        ), hours=7 * 24),
    Proposal(
        'assembly', 'election_one', 'chair', 5, "Élection d'une cinquième personne au conseil",
        "<p>Le conseil prépare la fin de la promotion : une cinquième personne suivra les relations avec les partenaires.</p>",
        (Votes(1, said={'sarah': ('sarah', 'enzo'), 'lucas': ('lucas',)},
               silent=('chair', 'treasurer', 'member', 'theo', 'ines', 'chloe'), lasts=0),),
        hours=7 * 24, seat=('board', 'member'), stands=('sarah', 'lucas')),
    Proposal(
        'assembly', 'consent', 'sarah', 4, "Accueillir un stagiaire de troisième",
        "<p>Accueillir une semaine un élève de troisième du collège, avec une personne référente par jour.</p>",
        (
            Says(3, 'member', "Qui signe la convention, nous ou la coopérative d'activités ?"),
            Says(2, 'sarah', "La coopérative d'activités, j'ai demandé à Julien."),
            Says(2, 'lucas', "Pas sur les chantiers d'électricité, alors."),
            Says(1, 'chair', "Je peux être référente le lundi. Il nous faut quatre autres noms avant de voter."),
        ), review=(21, MON)),
    Proposal(
        'assembly', 'simple', 'treasurer', 2, "Acheter une débroussailleuse d'occasion",
        "<p>La débroussailleuse louée nous coûte 35 € par jour. Une occasion révisée vaut 140 €. À compléter : qui la garde "
        "après la promotion ?</p>", draft=True),
]

PROPOSALS = [*ELECTIONS, *FIRST_MONTH, *LATER, *OPEN]


def get_votes_in(body, week, weekday):
    """The votes that are held in a meeting of that body: ``[(proposal, vote)]``."""
    return [
        (proposal, step) for proposal in PROPOSALS for step in proposal.steps
        if isinstance(step, Votes) and step.meets and (proposal.body, step.day) == (body, (week, weekday))]
