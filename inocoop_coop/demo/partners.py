"""Organisations and customers, named by what they are: none of them is meant to be a real one."""

# key: name, the person who speaks for it, their voice in the steering body (None: not in it)
ORGANISATIONS = {
    'youth': ("Office de la jeunesse", "Sandrine Lecocq", 'deliberative'),
    'league': ("Ligue de l'enseignement", "Philippe Wallart", 'deliberative'),
    'town': ("Ville", "Catherine Bellenger", 'deliberative'),
    'caf': ("Caisse d'allocations familiales (CAF)", "Isabelle Norel", 'consultative'),
    'agglomeration': ("Communauté d'agglomération", "Thierry Vandamme", 'consultative'),
    'state': ("État, service de l'emploi et des solidarités", "Laurence Quentin", 'consultative'),
    'plie': ("Plan local pour l'insertion et l'emploi (PLIE)", "Mourad Slimani", 'consultative'),
    'landlord': ("Bailleur social", "Aurélie Crépin", 'consultative'),
    'mission': ("Mission locale", "David Pouille", None),
}
# The host is the company of the database: the business and employment cooperative that invoices.
HOST_NAME = "Coopérative d'activités et d'emploi"
HOST_DELEGATE = "Martine Obry"

# organisation, role, what they bring
PARTNERSHIPS = [
    ('youth', 'carrier', "Le local, l'animation de l'été et le repérage des jeunes"),
    ('host', 'host', "L'hébergement de l'activité : contrats, factures, assurance"),
    ('league', 'operator', "La formation à la vie coopérative"),
    ('caf', 'funder', "Une subvention de fonctionnement"),
    ('agglomeration', 'funder', "Une subvention et des bons de transport"),
    ('state', 'funder', "Une subvention au titre de l'insertion des jeunes"),
    ('town', 'funder', "Une subvention et des commandes"),
    ('plie', 'prescriber', "L'orientation de jeunes accompagnés"),
    ('mission', 'prescriber', "L'orientation de jeunes et le suivi du parcours"),
    ('landlord', 'funder', "Des chantiers dans les résidences"),
]
SUMMER_PARTNERSHIPS = [row for row in PARTNERSHIPS if row[0] in ('youth', 'host', 'league', 'caf', 'town', 'landlord')]

# key: name, INSEE code of the municipality, whether it is an organisation
CUSTOMERS = {
    'cuvelier': ("Monique Cuvelier", '62178', False),
    'pruvost': ("Gérard Pruvost", '62270', False),
    'ledoux': ("Jeannine Ledoux", '62178', False),
    'bouchez': ("Patrick Bouchez", '62617', False),
    'fournier': ("Amandine Fournier", '62119', False),
    'thellier': ("Roger Thellier", '62457', False),
    'lamotte': ("Denise Lamotte", '62400', False),
    'carlier': ("Stéphane Carlier", '62126', False),
    'bakery': ("Boulangerie de la Place", '62178', True),
    'florist': ("Fleuriste Les Quatre Saisons", '62119', True),
    'bookshop': ("Librairie du Centre", '62119', True),
    'hairdresser': ("Salon de coiffure Élégance", '62178', True),
    'optician': ("Opticien de la Grand-Rue", '62516', True),
    'toys': ("Magasin de jouets Le Manège", '62178', True),
    'pizzeria': ("Pizzeria du Beffroi", '62119', True),
    'garage': ("Garage des Deux-Ponts", '62617', True),
    'traders': ("Union des commerçants", '62178', True),
    'centre': ("Centre social", '62178', True),
    'nursing': ("Résidence pour personnes âgées Les Glycines", '62400', True),
    'theatre': ("Théâtre de poche", '62119', True),
}

SUPPLIERS = {
    'garden': "Jardinerie professionnelle",
    'paint': "Négoce de peinture",
    'electric': "Grossiste en matériel électrique",
    'printer': "Imprimerie coopérative",
    'decoration': "Fournitures de décoration",
    'insurer': "Mutuelle d'assurance",
}

# INSEE code: name, postcodes (Code officiel géographique; all belong to one agglomeration)
MUNICIPALITIES = {
    '62035': ("Annezin", '62232'),
    '62048': ("Auchel", '62260'),
    '62083': ("Barlin", '62620'),
    '62119': ("Béthune", '62400'),
    '62126': ("Beuvry", '62660'),
    '62178': ("Bruay-la-Buissière", '62700'),
    '62194': ("Calonne-Ricouart", '62470'),
    '62224': ("Chocques", '62920'),
    '62270': ("Divion", '62460'),
    '62400': ("Haillicourt", '62940'),
    '62443': ("Hersin-Coupigny", '62530'),
    '62457': ("Houdain", '62150'),
    '62489': ("Lapugnoy", '62122'),
    '62516': ("Lillers", '62190'),
    '62555': ("Marles-les-Mines", '62540'),
    '62617': ("Nœux-les-Mines", '62290'),
    '62848': ("Verquin", '62131'),
}
