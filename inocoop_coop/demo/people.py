"""Who is who. All are invented; telephone numbers are from the ranges reserved for fiction.

Ages are told in years and days completed on the day the cohort starts.
"""
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True)
class Person:
    """A young person of a cohort.

    :param str key: how the story calls them, and their login if they have one of the printed ones
    :param str email: what stands before the @; empty for who has none
    """

    key: str
    name: str
    years: int
    days: int
    municipality: str
    street: str
    email: str = ''
    login: str = ''
    guardian: str = ''

    def birthdate(self, start):
        return start - relativedelta(years=self.years, days=self.days)

    @property
    def address(self):
        return f'{self.email}@example.org' if self.email else False


def phone(rank):
    """The telephone number of the person of that rank."""
    return f'06 39 98 {rank // 100:02} {rank % 100:02}'


# key: name, groups. The key is the login and the password.
TEAM = {
    'manager': ("Hélène Vasseur", ['inocoop_coop.group_manager']),
    'facilitator': ("Julien Marchand", ['inocoop_coop.group_facilitator']),
    'psychologist': ("Nadia Ferhat", ['inocoop_coop.group_psychologist']),
    'accountant': ("Bruno Delcourt", [
        'account.group_account_manager', 'account.group_account_user', 'analytic.group_analytic_accounting',
        'account.group_validate_bank_account', 'base.group_partner_manager']),
}

MEMBERS = [
    Person('chair', "Léa Delattre", 22, 145, '62178', "14 rue des Lilas", 'lea.delattre', 'chair'),
    Person('treasurer', "Karim Benali", 24, 61, '62119', "3 place des Tilleuls", 'karim.benali', 'treasurer'),
    Person('member', "Manon Caron", 19, 230, '62270', "27 rue du Moulin", 'manon.caron', 'member'),
    Person('theo', "Théo Lefebvre", 21, 12, '62516', "8 rue de la Gare", 'theo.lefebvre', 'theo'),
    Person('ines', "Inès Mansouri", 18, 120, '62178', "5 allée des Peupliers", 'ines.mansouri', 'ines'),
    Person('enzo', "Enzo Wattel", 25, 318, '62400', "41 rue de la Mine"),
    Person('chloe', "Chloé Dubrulle", 20, 77, '62617', "2 rue des Violettes", 'chloe.dubrulle', 'chloe'),
    Person('lucas', "Lucas Kowalczyk", 23, 5, '62555', "19 cité du Parc", 'lucas.kowalczyk', 'lucas'),
    Person('sarah', "Sarah Hochart", 18, 201, '62457', "11 rue de l'Église"),
]

# Inès comes back as an adult: it is her age here that counts, on the first of July, and not the one above.
SUMMER_MEMBERS = [
    Person('ines', "Inès Mansouri", 18, 40, '62178', "5 allée des Peupliers", 'ines.mansouri'),
    Person('noah', "Noah Lemaire", 16, 90, '62178', "30 rue du Stade", guardian="Céline Lemaire"),
    Person('jade', "Jade Petit", 17, 200, '62178', "6 rue des Écoles", 'jade.petit', guardian="Olivier Petit"),
    Person('yanis', "Yanis Haddad", 16, 310, '62119', "22 rue du Canal", guardian="Samira Haddad"),
    Person('lola', "Lola Nowak", 17, 15, '62194', "4 rue Neuve", 'lola.nowak', guardian="Ewa Nowak"),
    Person('mathis', "Mathis Duhamel", 16, 181, '62270', "17 rue du 8-Mai", guardian="Valérie Duhamel"),
    Person('camille', "Camille Legrand", 18, 150, '62083', "9 rue des Jardins", 'camille.legrand'),
    Person('rayan', "Rayan Cherif", 17, 44, '62178', "12 rue des Lilas", guardian="Malika Cherif"),
]

# Applied to the main cohort and are not in it: name, e-mail, week of the application, what became of it.
# The week counts from the opening of the recruitment.
WAITING, REFUSED, WITHDREW = 'waiting', 'refused', 'withdrew'
TOO_OLD = "Âge hors de la tranche du programme"
OUTSIDE = "Habite hors du territoire"
NO_SEAT = "Toutes les places sont prises"
FOUND_JOB = "A trouvé un emploi ou une formation"
OTHER_APPLICANTS = [
    ("Margaux Delannoy", 'margaux.delannoy', 2, WAITING, ""),
    ("Kévin Robillard", 'kevin.robillard', 0, REFUSED, TOO_OLD),
    ("Anaïs Fontaine", 'anais.fontaine', 1, REFUSED, OUTSIDE),
    ("Dylan Mercier", 'dylan.mercier', 3, REFUSED, NO_SEAT),
    ("Océane Wallet", 'oceane.wallet', 3, REFUSED, NO_SEAT),
    ("Hugo Brisset", 'hugo.brisset', 1, WITHDREW, FOUND_JOB),
]

# Apply to the next cohort while this one works.
NEXT_APPLICANTS = [("Emma Tison", 'emma.tison'), ("Axel Marquant", 'axel.marquant'), ("Nour Saïdi", 'nour.saidi')]
