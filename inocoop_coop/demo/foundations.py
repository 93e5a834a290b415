"""What is there before the first cohort: books, people in charge, a territory, partners, a catalogue."""
from datetime import timedelta
from functools import partial

from odoo.exceptions import UserError

from .days import SAT, is_worked, moment
from .orders import SERVICES, SUPPLIES
from .partners import HOST_DELEGATE, HOST_NAME, MUNICIPALITIES, ORGANISATIONS, SUPPLIERS
from .people import TEAM
from .run import Chapter
from .skills import INSURED, NEEDS, make_trades

TERRITORY = "Béthune–Bruay"
# Where a share is booked: code, name, type. An account of that code that the chart has is taken.
SHARE_ACCOUNTS = {
    'share_account_id': ('641400', "Indemnités des membres", 'expense'),
    'host_account_id': ('467810', "Part de la structure d'accueil", 'liability_current'),
    'reserve_account_id': ('106800', "Réserve des promotions", 'equity'),
    'contribution_account_id': ('431000', "Sécurité sociale", 'liability_current'),
    'share_payable_account_id': ('467820', "Parts dues aux membres", 'liability_payable'),
}
SHARE_RATES = {'reserve_rate': 5, 'contribution_rate': 18}
DEFAULT_COMPANY_NAMES = ("My Company", "YourCompany")


class Foundations(Chapter):
    """Set the database up, once, as an administrator and a programme manager would."""

    def events(self):
        day = self.story.day_before_all()
        for step in (
            self.ensure_chart_of_accounts, self.close_on_holidays, self.hire_team, self.name_host, self.draw_territory,
            self.meet_partners, self.make_catalogue, self.say_how_to_share,
        ):
            yield day, partial(step, day)

    def ensure_chart_of_accounts(self, day):
        """Load the chart that goes with the company's country, unless the company has journals."""
        env = self.story.on(day)
        company = env.company
        chart = env['account.chart.template']
        if not company.root_id.chart_template and not self._has_journals(env):
            code = chart._guess_chart_template(company.country_id)
            module = chart._get_chart_template_mapping()[code]['module']
            installed = env['ir.module.module']._get(module).state == 'installed'
            chart.try_loading(code if installed else 'generic_coa', company, install_demo=False)
        if not self._has_journals(env):
            raise UserError(env._(
                "“%s” can't keep books yet: it lacks a sales, purchase or bank journal. Choose a chart of accounts "
                "under Invoicing, Configuration, Settings, Fiscal Localization; then load the demonstration again.",
                company.name))

    @staticmethod
    def _has_journals(env):
        journals = env['account.journal'].search(env['account.journal']._check_company_domain(env.company))
        return {'sale', 'purchase', 'bank'} <= set(journals.mapped('type'))

    def close_on_holidays(self, day):
        """The host works neither on public holidays nor asks anyone to be there."""
        env = self.story.on(day)
        last = self.story.main.days.start + timedelta(days=400)
        closed = [
            date for date in (day + timedelta(days=number) for number in range((last - day).days))
            if date.weekday() < SAT and not is_worked(date)]
        env['resource.calendar.leaves'].create([{
            'name': "Jour férié", 'company_id': env.company.id, 'resource_id': False, 'calendar_id': False,
            'date_from': moment(date, 0), 'date_to': moment(date, 23, 59)} for date in closed])

    def hire_team(self, day):
        """The manager, the facilitator, the psychologist and the accountant."""
        for login, (name, groups) in TEAM.items():
            self.story.make_user(login, name, groups)

    def name_host(self, day):
        """The company hosts the cohorts; a new database gives it a name that says nothing."""
        company = self.story.on(day).company
        if company.name in DEFAULT_COMPANY_NAMES:
            company.name = HOST_NAME
        company.partner_id.is_company = True
        self.story.partners['host'] = company.partner_id

    def draw_territory(self, day):
        """The municipalities around Béthune and Bruay, for both programmes."""
        env = self.story.on(day, 'manager')
        codes = env['coop.municipality']
        known = {municipality.code: municipality for municipality in codes.search([('code', 'in', list(MUNICIPALITIES))])}
        new = codes.create([
            {'code': code, 'name': name, 'postcodes': postcodes}
            for code, (name, postcodes) in MUNICIPALITIES.items() if code not in known])
        self.story.municipalities = known | {municipality.code: municipality for municipality in new}
        territory = env['coop.territory'].search([('name', '=', TERRITORY)]) or env['coop.territory'].create({
            'name': TERRITORY,
            'municipality_ids': [municipality.id for municipality in self.story.municipalities.values()],
        })
        for run in (self.story.summer, self.story.main):
            program = env.ref(run.template)
            program.territory_id = program.territory_id or territory

    def meet_partners(self, day):
        """Organisations, the people who speak for them, and suppliers."""
        partners = self.story.on(day, 'manager')['res.partner']
        country = partners.env.ref('base.fr')
        for key, (name, contact, _voice) in ORGANISATIONS.items():
            self.story.partners[key] = partners.create({'name': name, 'is_company': True, 'country_id': country.id})
            self.story.partners[f'{key}_contact'] = partners.create({
                'name': contact, 'parent_id': self.story.partners[key].id, 'email': f'{key}@example.org'})
        self.story.partners['host_contact'] = partners.create({'name': HOST_DELEGATE, 'email': 'host@example.org'})
        for key, name in SUPPLIERS.items():
            self.story.partners[f'supplier_{key}'] = partners.create({
                'name': name, 'is_company': True, 'country_id': country.id})

    def make_catalogue(self, day):
        """Five services, and what is bought to render them."""
        env = self.story.on(day)
        tax, account = self._get_service_tax(env), self._get_service_account(env)
        trades = make_trades(env)
        for key, (name, by_hour, price, description) in SERVICES.items():
            self.story.products[key] = env['product.product'].create({
                'name': name,
                'type': 'service',
                'list_price': price,
                'uom_id': env.ref('uom.product_uom_hour' if by_hour else 'uom.product_uom_unit').id,
                'taxes_id': tax.ids,
                'property_account_income_id': account.id,
                'purchase_ok': False,
                'description_sale': False,
                'description': description,
                # No project on the product: the task goes where the order's cohort plans.
                'service_tracking': 'task_global_project',
                'service_policy': 'delivered_timesheet' if by_hour else 'delivered_manual',
                'coop_skill_ids': [trades[skill].id for skill in NEEDS[key]],
                **INSURED[key],
            })
        for key, (name, price) in SUPPLIES.items():
            self.story.products[key] = env['product.product'].create({
                'name': name, 'type': 'consu', 'standard_price': price, 'sale_ok': False, 'purchase_method': 'purchase'})

    def say_how_to_share(self, day):
        """The accountant chooses where shares are booked, and the manager the rates."""
        env = self.story.on(day, 'accountant')
        accounts = env['account.account']
        known = {account.code: account for account in accounts.search([
            *accounts._check_company_domain(env.company), ('code', 'in', [code for code, *_rest in SHARE_ACCOUNTS.values()])])}
        chosen = {
            field: known.get(code) or accounts.create({
                'code': code, 'name': name, 'account_type': account_type, 'reconcile': account_type == 'liability_payable'})
            for field, (code, name, account_type) in SHARE_ACCOUNTS.items()}
        chosen['share_journal_id'] = env['account.journal'].create({
            'name': "Répartitions", 'code': 'REPA', 'type': 'general'})
        programs = self.story.on(day, 'manager')['coop.program']
        for run in (self.story.summer, self.story.main):
            programs.env.ref(run.template).write({
                **{field: record.id for field, record in chosen.items()}, **SHARE_RATES})

    @staticmethod
    def _get_service_tax(env):
        """The sales tax on services, where the chart tells it from the one on goods."""
        tax = env.company.account_sale_tax_id
        return env['account.tax'].search([
            *env['account.tax']._check_company_domain(env.company), ('type_tax_use', '=', 'sale'),
            ('tax_scope', '=', 'service'), ('amount', '=', tax.amount), ('country_id', '=', tax.country_id.id),
        ], limit=1) or tax

    @staticmethod
    def _get_service_account(env):
        """The account of services, where the chart has one of its own as the French chart does: 706."""
        return env['account.account'].search([
            *env['account.account']._check_company_domain(env.company), ('code', '=like', '706%'),
            ('account_type', '=', 'income'),
        ], limit=1)
