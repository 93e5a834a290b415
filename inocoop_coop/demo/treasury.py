"""The cash box, the budget and the bank accounts: what the treasurer and the accountant keep besides invoices and bills."""
from functools import partial

from dateutil.relativedelta import relativedelta

from .days import FRI, THU, TUE, WED, moment
from .orders import ADVERT, ELECTRIC, GARDEN, PAINT, WINDOW
from .run import Chapter

OPENED, BUDGETED, BANKED = (1, TUE), (1, FRI), (1, WED)
AT_NOON = (12, 15)
FLOAT = 120  # what is put into the cash box, in euros

# What goes in and out of the box: day, movement, what for, amount, where it counts: the beginning of an account's code
SMALL_EXPENSES = [
    ((1, THU), 'spent', "Timbres et enveloppes", 14.70, '626'),
    ((3, WED), 'spent', "Gants de jardin, deux paires", 11.80, '6063'),
    ((5, FRI), 'spent', "Tickets de bus pour la prospection", 8.00, '6251'),
    ((7, THU), 'spent', "Vis et chevilles", 6.45, '6063'),
    ((9, FRI), 'received', "Vente de plants au marché", 24.00, '706'),
    ((11, WED), 'spent', "Café et biscuits pour la réunion du comité de pilotage", 12.35, '6257'),
    ((13, THU), 'spent', "Photocopies", 4.20, '6064'),
]

# What the group planned to earn with each service and to spend, month by month, in euros
EARNED = {
    GARDEN: (0, 900, 900, 700, 900, 900), PAINT: (0, 1500, 1500, 1300, 1200, 1200), ELECTRIC: (0, 300, 0, 300, 300, 0),
    ADVERT: (0, 700, 300, 400, 400, 300), WINDOW: (0, 800, 400, 400, 400, 200),
}
SPENT = {'607': (350, 300, 450, 350, 300, 200), '626': (15,) * 6, '6251': (20,) * 6}


class Treasury(Chapter):
    """The main cohort has a cash box and a budget, and the host knows where to pay its members."""

    def events(self):
        on = self.run.days.on
        yield on(*BANKED), partial(self.note_bank_accounts, on(*BANKED))
        yield moment(on(*OPENED), *AT_NOON), partial(self.open_cash_box, on(*OPENED))
        for when, *entry in SMALL_EXPENSES:
            yield moment(on(*when), *AT_NOON), partial(self.write_in_cash_book, on(*when), *entry)
        yield on(*BUDGETED), partial(self.plan_budget, on(*BUDGETED))

    def note_bank_accounts(self, day):
        """The accountant notes where each member is paid."""
        note_bank_accounts(self.story.on(day, 'accountant'), self.run.memberships.values())

    def open_cash_box(self, day):
        """The accountant opens it and takes the first money from the bank; the treasurer puts it in."""
        env = self.story.on(day, 'accountant')
        self.run.cohort.with_env(env).action_open_petty_cash()
        bank = env['account.journal'].search([
            *env['account.journal']._check_company_domain(env.company), ('type', '=', 'bank')], limit=1)
        env['account.bank.statement.line'].create({
            'journal_id': bank.id, 'date': day, 'payment_ref': "Retrait pour la caisse de la promotion", 'amount': -FLOAT,
            'counterpart_account_id': env.company.transfer_account_id.id})
        self.write_in_cash_book(day, 'filled', "Première mise en caisse", FLOAT)

    def write_in_cash_book(self, day, movement, name, amount, code=None):
        env = self.story.on(day, 'treasurer')
        env['coop.petty.cash.entry'].create({
            'cohort_id': self.run.cohort.id, 'movement': movement, 'date': day, 'name': name, 'amount': amount,
            'account_id': code and self.get_account(code, 'income' if movement == 'received' else 'expense').id,
        }).action_write()

    def plan_budget(self, day):
        """The treasurer writes down what the assembly hopes for."""
        month = self.run.cohort.date_start.replace(day=1)
        sales = self.get_account('706', 'income')
        rows = [
            ('income', row, {'product_id': self.story.products[service].id, 'account_id': sales.id})
            for service, row in EARNED.items()]
        rows += [('expense', row, {'account_id': self.get_account(code, 'expense').id}) for code, row in SPENT.items()]
        self.story.on(day, 'treasurer')['coop.budget.line'].create([{
            'cohort_id': self.run.cohort.id, 'kind': kind, 'amount': amount, 'month': month + relativedelta(months=rank), **what,
        } for kind, row, what in rows for rank, amount in enumerate(row) if amount])

    def get_account(self, code, group):
        """The first account of those codes; another chart than the French one has at least some account of that kind."""
        accounts = self.story.env['account.account']
        ours = [*accounts._check_company_domain(self.story.env.company), ('internal_group', '=', group)]
        return accounts.search([*ours, ('code', '=like', f'{code}%')], order='code', limit=1) or accounts.search(
            ours, order='code', limit=1)


def note_bank_accounts(env, memberships):
    """Give each an account of a bank that there is not."""
    env['res.partner.bank'].create([{
        'acc_number': make_iban(membership.id), 'partner_id': membership.partner_id.id, 'allow_out_payment': True,
    } for membership in memberships])


def make_iban(number):
    """A well-formed French IBAN of the bank 99999, which nobody is."""
    bank, branch, account = 99999, 1, number
    key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
    local = f'{bank:05}{branch:05}{account:011}{key:02}'
    return f'FR{98 - int(f"{local}152700") % 97:02}{local}'
