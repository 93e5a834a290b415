"""What customers asked for, and what came of it; what was bought. Tables only."""
from dataclasses import dataclass

from .days import FRI, MON, THU, TUE, WED

GARDEN, PAINT, ELECTRIC, ADVERT, WINDOW = 'garden', 'paint', 'electric', 'advert', 'window'

# service: name, by the hour or at a fixed price, price without tax, what it says on a quotation
SERVICES = {
    GARDEN: ("Jardinage", True, 17.0, "Entretien de jardins et d'espaces verts, à l'heure"),
    PAINT: ("Peinture", True, 19.0, "Travaux de peinture intérieure et extérieure, à l'heure"),
    ELECTRIC: ("Petite électricité", True, 22.0, "Remplacement d'appareillage et de luminaires, à l'heure"),
    ADVERT: ("Distribution publicitaire", False, 95.0, "Distribution de 1 000 prospectus, forfait"),
    WINDOW: ("Décoration de vitrine", False, 210.0, "Décoration d'une vitrine, forfait"),
}
# What to bring
MATERIALS = {
    GARDEN: "Taille-haie, râteaux, bâches, gants",
    PAINT: "Rouleaux, bâches, échelle, peinture livrée la veille",
    ELECTRIC: "Caisse d'électricité, testeur, escabeau",
    ADVERT: "Sacoches, plan du quartier, gilets",
    WINDOW: "Papiers, fils, escabeau, boîte à outils",
}

# How far a deal goes. DONE goes all the way, as far as today allows.
NEW, QUALIFIED, DRAFT, SENT, LOST, CANCELLED, DONE = 'new', 'qualified', 'draft', 'sent', 'lost', 'cancelled', 'done'
TOO_EXPENSIVE = "Trop cher"
ELSEWHERE = "A choisi un autre prestataire"
GIVEN_UP = "Projet abandonné"
NOT_OURS = "Refusé par le comité marketing"


@dataclass(frozen=True)
class Deal:
    """One customer's wish.

    :param tuple asked: week and weekday of the first contact
    :param str seller: who follows it
    :param tuple work: week and weekday from which the crew is free for it
    :param list crew: who works on it
    :param int halves: half-days of the crew
    :param int quantity: how many, for a service at a fixed price
    :param int paid: days from the invoice to its payment; none while the customer owes it
    :param str signed: who signs the work sheet for the customer; empty when nobody was asked to
    :param bool has_team: whether it is said who goes
    """

    customer: str
    service: str
    title: str
    asked: tuple
    seller: str
    work: tuple = ()
    crew: tuple = ()
    halves: int = 0
    quantity: int = 0
    paid: int = None
    fate: str = DONE
    reason: str = ''
    credited: int = 0
    signed: str = ''
    has_team: bool = True


CHLOE, LUCAS, INES, CHAIR = 'chloe', 'lucas', 'ines', 'chair'

DEALS = [
    Deal('cuvelier', GARDEN, "Taille de haies et tonte", (0, THU), LUCAS, (2, TUE), ('lucas', 'enzo'), 5, paid=12),
    Deal('bakery', WINDOW, "Vitrine de saison", (0, THU), CHLOE, (2, WED), ('chloe', 'chair'), 4, 1, paid=9),
    Deal('traders', ADVERT, "Annonce de la braderie", (0, FRI), INES,
         (2, THU), ('ines', 'member', 'sarah'), 3, 4, paid=25),
    Deal('pruvost', PAINT, "Peinture d'une cuisine", (1, TUE), LUCAS, (3, TUE), ('theo', 'ines'), 7, paid=16),
    Deal('landlord', GARDEN, "Pieds d'immeubles de la résidence du Parc", (1, WED), CHAIR,
         (3, TUE), ('lucas', 'enzo', 'sarah'), 8, paid=30),
    Deal('florist', WINDOW, "Vitrine et comptoir", (1, THU), CHLOE, (3, WED), ('chloe', 'chair'), 5, 2, paid=10),
    Deal('lamotte', ELECTRIC, "Remplacement de luminaires", (2, TUE), LUCAS, (4, TUE), ('enzo', 'treasurer'), 3, paid=7),
    Deal('pizzeria', ADVERT, "Nouvelle carte", (2, WED), INES, (4, WED), ('member', 'sarah'), 3, 3, paid=14),
    Deal('town', PAINT, "Grilles du square", (2, THU), CHAIR,
         (4, TUE), ('theo', 'ines', 'lucas'), 9, paid=35),
    Deal('ledoux', GARDEN, "Remise en état du jardin", (3, TUE), LUCAS, (5, TUE), ('enzo', 'sarah'), 6, paid=11),
    Deal('bookshop', WINDOW, "Vitrine de la rentrée littéraire", (3, WED), CHLOE, (5, WED), ('chloe', 'chair'), 4, 1, paid=8),
    Deal('centre', PAINT, "Salle d'activités", (4, TUE), CHAIR, (6, TUE), ('theo', 'ines', 'lucas'), 10, paid=28),
    # Nobody has paid this one: it is overdue by now.
    Deal('garage', ADVERT, "Offre de révision", (4, THU), INES, (6, WED), ('member', 'treasurer'), 3, 3),
    Deal('thellier', GARDEN, "Évacuation de déchets verts", (5, TUE), LUCAS, (7, TUE), ('enzo', 'sarah'), 4, paid=6),
    Deal('nursing', GARDEN, "Massifs et allées", (5, WED), CHAIR, (8, TUE), ('enzo', 'sarah', 'lucas'), 7, paid=24,
         signed="Mme Sauvage"),
    # One round was not done as agreed: a part of it was credited.
    Deal('hairdresser', ADVERT, "Ouverture du salon rénové", (6, TUE), INES,
         (8, WED), ('member', 'sarah'), 4, 4, paid=18, credited=1),
    Deal('fournier', PAINT, "Chambre d'enfant", (6, THU), LUCAS, (9, TUE), ('theo', 'ines'), 6, paid=13),
    Deal('optician', WINDOW, "Vitrine d'angle", (7, TUE), CHLOE, (9, WED), ('chloe', 'chair'), 6, 2, paid=15,
         signed="M. Rohart"),
    Deal('carlier', ELECTRIC, "Prises et éclairage du garage", (8, TUE), LUCAS, (10, TUE), ('enzo', 'treasurer'), 4, paid=9),
    Deal('landlord', PAINT, "Cage d'escalier de la résidence du Parc", (8, WED), CHAIR,
         (10, TUE), ('theo', 'lucas', 'ines'), 10, paid=28, signed="M. Dumortier"),
    Deal('theatre', ADVERT, "Programme de la saison", (9, TUE), INES, (11, TUE), ('member', 'sarah'), 4, 4, paid=12),
    # Open: their invoices are recent.
    Deal('town', GARDEN, "Cimetière et monument", (10, TUE), CHAIR, (12, TUE), ('enzo', 'sarah', 'member'), 8),
    Deal('toys', WINDOW, "Vitrine de fin d'année", (11, WED), CHLOE, (13, TUE), ('chloe', 'chair'), 5, 2,
         signed="Mme Lecocq"),
    Deal('bouchez', GARDEN, "Taille d'arbustes", (11, THU), LUCAS, (13, WED), ('lucas', 'enzo'), 5, paid=4,
         signed="Patrick Bouchez"),
    # At work or in the coming weeks.
    Deal('centre', PAINT, "Couloir et vestiaire", (12, TUE), CHAIR, (14, THU), ('theo', 'ines', 'lucas'), 9),
    Deal('nursing', ELECTRIC, "Veilleuses des chambres", (12, WED), LUCAS, (16, TUE), ('enzo', 'treasurer'), 5),
    Deal('traders', ADVERT, "Marché des artisans", (12, THU), INES, (15, WED), ('member', 'sarah'), 4, 5),
    # Nobody is named yet: it waits for a team.
    Deal('florist', WINDOW, "Vitrine de printemps", (13, TUE), CHLOE, (17, TUE), ('chloe', 'chair'), 5, 2, has_team=False),
    # Still talked about.
    Deal('bookshop', ADVERT, "Semaine des auteurs", (12, MON), INES, quantity=3, fate=SENT),
    Deal('pruvost', ELECTRIC, "Éclairage de la terrasse", (13, WED), LUCAS, crew=('enzo',), halves=3, fate=SENT),
    Deal('agglomeration', GARDEN, "Sentier de la réserve", (13, THU), CHAIR,
         crew=('enzo', 'sarah', 'lucas'), halves=10, fate=DRAFT),
    Deal('landlord', PAINT, "Local à vélos", (14, TUE), LUCAS, crew=('theo', 'ines'), halves=6, fate=QUALIFIED),
    Deal('pizzeria', WINDOW, "Décor de la salle", (14, WED), CHLOE, quantity=1, fate=QUALIFIED),
    Deal('thellier', GARDEN, "Potager", (14, THU), LUCAS, crew=('lucas',), halves=3, fate=NEW),
    Deal('optician', ADVERT, "Journées portes ouvertes", (14, FRI), INES, quantity=2, fate=NEW),
    # What did not come off.
    Deal('garage', PAINT, "Façade de l'atelier", (3, FRI), LUCAS, crew=('theo', 'lucas'), halves=12,
         fate=LOST, reason=TOO_EXPENSIVE),
    Deal('hairdresser', WINDOW, "Vitrine du salon", (7, THU), CHLOE, quantity=1, fate=LOST, reason=ELSEWHERE),
    Deal('carlier', GARDEN, "Abattage d'un cerisier", (9, THU), LUCAS, crew=('enzo', 'lucas'), halves=4,
         fate=LOST, reason=NOT_OURS),
    Deal('fournier', GARDEN, "Gazon à semer", (10, THU), LUCAS, crew=('enzo',), halves=4, fate=CANCELLED),
]

FACILITATOR = 'facilitator'
SUMMER_DEALS = [
    Deal('landlord', GARDEN, "Espaces verts de la cité du Parc", (-3, TUE), FACILITATOR,
         (0, TUE), ('noah', 'jade', 'rayan'), 8, paid=9),
    Deal('town', PAINT, "Bancs publics", (-3, WED), FACILITATOR, (1, TUE), ('ines', 'yanis', 'lola'), 8, paid=12),
    Deal('bakery', ADVERT, "Horaires d'été", (-2, TUE), FACILITATOR, (1, WED), ('mathis', 'camille'), 3, 3, paid=5),
    Deal('cuvelier', GARDEN, "Arrosage et désherbage", (0, THU), FACILITATOR, (2, TUE), ('noah', 'rayan'), 5, paid=3),
    Deal('centre', PAINT, "Fresque de la cour", (1, TUE), FACILITATOR, (3, TUE), ('ines', 'lola', 'camille'), 9, paid=10),
    Deal('toys', WINDOW, "Vitrine de vacances", (2, TUE), FACILITATOR, (4, TUE), ('jade', 'mathis'), 5, 1, paid=7),
    Deal('ledoux', GARDEN, "Tonte", (3, TUE), FACILITATOR, (5, TUE), ('yanis', 'noah'), 4, paid=4),
]

# supply: name, price without tax
SUPPLIES = {
    'tools': ("Petit outillage de jardin", 38.0),
    'pots': ("Peinture acrylique, pot de 10 L", 54.0),
    'brushes': ("Rouleaux et pinceaux, le lot", 23.5),
    'lamps': ("Luminaires et prises, le lot", 46.0),
    'leaflets': ("Impression de tracts, le mille", 41.0),
    'decor': ("Papiers et supports de décoration, le lot", 32.0),
}

# supplier, [(supply, quantity)], day of the order, days to the bill, days from the bill to its payment
PURCHASES = [
    ('garden', [('tools', 4)], (1, THU), 4, 12),
    ('paint', [('pots', 3), ('brushes', 2)], (2, FRI), 3, 20),
    ('decoration', [('decor', 3)], (1, FRI), 6, 9),
    ('electric', [('lamps', 2)], (3, THU), 5, 15),
    ('paint', [('pots', 6), ('brushes', 1)], (5, THU), 4, 21),
    ('decoration', [('decor', 4)], (8, THU), 5, 14),
    ('paint', [('pots', 7), ('brushes', 2)], (9, THU), 3, 18),
    ('electric', [('lamps', 3)], (13, THU), 4, None),
    ('garden', [('tools', 2)], (14, WED), None, None),
    ('paint', [('pots', 4), ('brushes', 1)], (14, THU), None, None),
]
SUMMER_PURCHASES = [
    ('garden', [('tools', 3)], (-1, TUE), 3, 10),
    ('paint', [('pots', 2), ('brushes', 2)], (0, MON), 4, 12),
]
