from collections import defaultdict
from datetime import date

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..tools import guard
from .common import TODAY, CoopCommon

ROOT = 'inocoop_coop.coop_menu_root'
# What a screen of each kind reads, as the web client does.
READ_BY_RECORD = {'list', 'kanban', 'calendar', 'activity', 'timeline'}
READ_BY_GROUP = {'pivot', 'graph'}


class ScreensCommon(CoopCommon):
    """The two cohorts at work, one of them before, and everyone who opens a screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lea_user, cls.chloe_user = cls.lea.user_id, cls.chloe.user_id
        # A member who keeps the books and sells, as a mandate lets her.
        cls.treasurer = cls.yanis.user_id
        cls._give_groups(
            cls.treasurer, 'account.group_account_user', 'purchase.group_purchase_user',
            'sales_team.group_sale_salesman_all_leads')
        cls.admin = cls.env.ref('base.user_admin')
        cls.users = {
            'member': cls.lea_user, 'treasurer': cls.treasurer, 'facilitator': cls.facilitator,
            'psychologist': cls.psychologist, 'manager': cls.manager, 'accountant': cls.accountant, 'admin': cls.admin,
        }

        # One of each document
        cls._seat(cls.board, cls.lea, role='chair')
        cls.env['coop.partnership'].create({
            'cohort_id': cls.autumn.id, 'role': 'funder', 'partner_id': cls.customer.id,
            'contact_id': cls.env['res.partner'].create({'name': "Jeanne Roy", 'parent_id': cls.customer.id}).id})
        order = cls._quotation(cls._lead(cls.autumn))
        order.action_confirm()
        cls.task = order.tasks_ids
        cls.task.user_ids = cls.lea_user + cls.treasurer
        for membership in (cls.lea, cls.yanis):
            cls._hours(cls.task, membership).date = date.today()
        cls.invoice = cls._move('out_invoice', {cls.autumn: 100})
        cls.bill = cls._move('in_invoice', {cls.autumn: 100})
        cls.invoice.action_post()
        cls._pay(cls.invoice)
        cls.env['purchase.order'].create({'partner_id': cls.supplier.id, 'cohort_id': cls.autumn.id})
        cls.env['calendar.event'].create({
            'name': "Assembly", 'start': '2026-01-19 09:00:00', 'stop': '2026-01-19 10:00:00', 'cohort_id': cls.autumn.id,
            'partner_ids': cls.lea.partner_id.ids})
        cls.env['coop.register']._append(
            cls.autumn, 'override', {'by': cls.facilitator.partner_id.id}, {'document': order.name}, document=order)
        cls.env['coop.meeting'].create({
            'committee_id': cls.board.id, 'date_start': '2026-01-19 09:00:00', 'agenda_ids': [Command.create({'name': "News"})]})
        cls.env['hr.applicant'].create({'partner_name': "Nora Blanc", 'job_id': cls.autumn.job_id.id})
        cls.autumn._expect_presences(TODAY, TODAY)

    # ------------------------------------------------------------
    # What the web client does
    # ------------------------------------------------------------

    def _menus(self, user):
        """The entries of the app's menu that this user is shown: ``{menu: action}``."""
        menus = self.env['ir.ui.menu'].with_user(user).load_menus(False)
        root = self.env.ref(ROOT).id
        if root not in menus:
            return {}
        shown, entries = [root], {}
        while shown:
            menu = menus[shown.pop()]
            shown.extend(menu['children'])
            if menu['action_id']:
                entries[menu['xmlid']] = self.env[menu['action_model']].browse(menu['action_id'])
        return entries

    def _window(self, action, user):
        """The window action that a menu opens for this user, as a dictionary."""
        action = action.with_user(user)
        if action._name == 'ir.actions.server':
            return action.run()
        return self.env['ir.actions.actions'].with_user(user)._for_xml_id(action.sudo().get_external_id()[action.id])

    def _context(self, action, user):
        context = action.get('context') or {}
        return dict(safe_eval(context, {'uid': user.id, 'active_id': False}) if isinstance(context, str) else context)

    def _views(self, action, user):
        """The views of the action as this user gets them: ``{kind: {'arch': …, 'id': …}}``."""
        views = [[view_id, kind] for view_id, kind in action['views']]
        search = action['search_view_id'] and action['search_view_id'][0]
        model = self.env[action['res_model']].with_user(user)
        return model.get_views([*views, [search, 'search']], {'load_filters': True, 'toolbar': True})['views']

    def _domain(self, action, user):
        domain = action.get('domain') or []
        return Domain(safe_eval(domain, {'uid': user.id}) if isinstance(domain, str) else domain)

    def _specification(self, model, arch):
        specification = {}
        for node in arch.iter('field'):
            # Fields of a subview are of another model.
            if next(node.iterancestors('field'), None) is not None:
                continue
            field = model._fields[node.get('name')]
            relational = field.relational and field.type != 'many2one_reference'
            specification[field.name] = {'fields': {'display_name': {}}} if relational else {}
        return specification

    def _open(self, action, user):
        """Open each view of an action and the first record's form."""
        views = self._views(action, user)
        context = {key: value for key, value in self._context(action, user).items() if not key.startswith('search_default_')}
        model = self.env[action['res_model']].with_user(user).with_context(**context)
        domain = list(self._domain(action, user))
        for kind, view in views.items():
            # Each is a request of its own.
            self.env.invalidate_all()
            arch = etree.fromstring(view['arch'])
            if kind in READ_BY_RECORD:
                model.web_search_read(domain, self._specification(model, arch), limit=80)
            elif kind in READ_BY_GROUP:
                rows = [
                    f"{name}:month" if model._fields[name].type in ('date', 'datetime') else name
                    for name in arch.xpath("//field[@type = 'row' or @type = 'col']/@name")]
                model.formatted_read_group(domain, rows, ['__count'])
            elif kind == 'form':
                record = model.browse(action.get('res_id')) or model.search(domain, limit=1)
                self.env.invalidate_all()
                if record:
                    Form(record, view=view['id'])
        return views


@tagged('post_install', '-at_install')
class TestScreens(ScreensCommon):
    """Whoever opens a screen sees it: each view of each entry of the app's menu, as each role."""

    def test_each_entry_of_the_menu_opens_for_each_role_in_each_of_its_views(self):
        opened = defaultdict(set)
        for role, user in self.users.items():
            for menu, action in self._menus(user).items():
                window = self._window(action, user)
                with self.subTest(role=role, menu=menu):
                    opened[role].add(menu)
                    if window.get('target') != 'new':
                        self._open(window, user)
        # An empty menu would pass as well.
        self.assertEqual(opened['member'], {f'inocoop_coop.{menu}' for menu in (
            'coop_cohort_menu_own', 'coop_partnership_menu_own', 'coop_membership_menu', 'coop_committee_menu',
            'coop_mandate_menu', 'calendar_event_menu', 'project_task_menu_own', 'account_analytic_line_menu_own',
            'coop_hours_report_menu', 'coop_decision_menu', 'coop_meeting_menu', 'coop_register_menu', 'coop_offer_menu',
            'coop_skill_line_menu', 'coop_skill_line_menu_own', 'coop_presence_menu_today', 'coop_presence_menu',
            'coop_canvass_menu', 'coop_workload_menu', 'project_task_menu_job', 'project_task_menu_member',
            'project_task_menu_week', 'coop_result_line_menu', 'coop_budget_line_menu',
            'coop_revenue_share_menu', 'coop_revenue_share_line_menu_own')})
        self.assertEqual(opened['accountant'], {f'inocoop_coop.{menu}' for menu in (
            'coop_cohort_menu', 'coop_partnership_menu', 'account_move_invoice_menu', 'account_move_bill_menu',
            'coop_register_menu', 'coop_result_line_menu', 'coop_cohort_treasury_menu', 'coop_budget_line_menu',
            'coop_revenue_share_menu')})
        self.assertLess(opened['psychologist'], opened['facilitator'])
        self.assertLessEqual(opened['facilitator'], opened['manager'])
        self.assertIn('inocoop_coop.account_move_bill_menu', opened['treasurer'])

    def test_a_menu_has_nothing_that_its_reader_has_no_use_for(self):
        for role, hidden in {
            'member': ('coop_cohort_menu', 'project_task_menu', 'hr_applicant_menu', 'coop_program_menu'),
            # The books that a mandate lets her keep don't make her one of the team.
            'treasurer': ('coop_cohort_menu', 'project_task_menu', 'coop_program_menu'),
            'accountant': ('coop_membership_menu', 'coop_mandate_menu', 'coop_committee_menu', 'coop_cohort_menu_own'),
            'facilitator': ('coop_cohort_menu_own', 'project_task_menu_own', 'coop_demonstration_load_menu'),
            'manager': ('coop_cohort_menu_own', 'project_task_menu_own'),
        }.items():
            shown = self._menus(self.users[role])
            for menu in hidden:
                self.assertNotIn(f'inocoop_coop.{menu}', shown, role)

    def test_who_has_nothing_to_do_with_cooperatives_has_no_such_app(self):
        self.assertFalse(self._menus(self._create_user('bystander', 'base.group_user')))

    def test_each_button_of_a_cohort_opens_for_who_is_shown_it(self):
        for role, user in self.users.items():
            cohort = self.autumn.with_user(user)
            view = cohort.get_views([[False, 'form']])['views']['form']
            buttons = etree.fromstring(view['arch']).xpath("//div[@name='button_box']//button/@name")
            self.assertTrue(buttons, role)
            for button in buttons:
                with self.subTest(role=role, button=button):
                    self._open(getattr(cohort, button)(), user)
            if role == 'accountant':
                self.assertEqual(buttons, [
                    'action_view_result', 'action_view_invoices', 'action_view_payments', 'action_view_bills'])

    def test_an_accountant_opens_a_cohort_without_its_people(self):
        form = Form(self.autumn.with_user(self.accountant))
        self.assertEqual(form.name, "Autumn")
        for name in ('membership_ids', 'committee_ids', 'membership_count'):
            self.assertNotIn(name, form._view['fields'])
        # What the form leaves out is closed on the server, too.
        with self.assertRaises(AccessError):
            self.autumn.with_user(self.accountant).membership_ids.read(['name'])

    def test_the_cooperative_opens_after_the_login(self):
        for role, user in self.users.items():
            menus = self.env['ir.ui.menu'].with_user(user).load_web_menus(False)
            first = menus[menus['root']['children'][0]]
            self.assertEqual(first['xmlid'], ROOT, role)
            own = self.env.ref('inocoop_coop.coop_cohort_action_own').id
            cohorts = self.env.ref('inocoop_coop.coop_cohort_action').id
            self.assertEqual(first['actionID'], own if role in ('member', 'treasurer') else cohorts, role)

    def test_a_member_is_led_to_their_one_cohort_and_who_had_two_chooses(self):
        own = self.env.ref('inocoop_coop.coop_cohort_action_own').with_user(self.lea_user)
        action = own.run()
        self.assertEqual((action['res_id'], action['views']), (self.autumn.id, [(False, 'form')]))
        earlier = self._create_cohort("Earlier", date(2025, 1, 1))
        guard.sealed(self.env['coop.membership']).create({
            'cohort_id': earlier.id, 'partner_id': self.lea.partner_id.id, 'user_id': self.lea_user.id,
            'birthdate': date(2005, 5, 5)})
        action = own.run()
        self.assertFalse(action.get('res_id'))
        self.assertEqual(action['views'][0][1], 'kanban')

    def test_the_apps_that_have_nothing_for_members_are_hidden_from_members_only(self):
        for xmlid in ('base.menu_management', 'spreadsheet_dashboard.spreadsheet_dashboard_menu_root'):
            menu = self.env.ref(xmlid, raise_if_not_found=False)
            if not menu:
                continue
            for role, hidden in {'member': True, 'treasurer': True, 'manager': False, 'admin': False}.items():
                menus = self.env['ir.ui.menu'].with_user(self.users[role])
                self.assertEqual(menu.id in menus._load_menus_blacklist(), hidden, f"{xmlid}, {role}")


@tagged('post_install', '-at_install')
class TestScreensSearch(ScreensCommon):
    """What a screen shows first, and what it says when it is empty."""

    def test_each_default_filter_exists_in_its_search_view(self):
        actions = self.env['ir.actions.act_window'].browse(
            self.env['ir.model.data'].search(
                [('module', '=', 'inocoop_coop'), ('model', '=', 'ir.actions.act_window')]).mapped('res_id'))
        tried = 0
        for action in actions:
            window = self._window(action, self.admin)
            search = etree.fromstring(self._views(window, self.admin)['search']['arch'])
            for key, value in self._context(window, self.admin).items():
                if not key.startswith('search_default_'):
                    continue
                tried += 1
                name = key.removeprefix('search_default_')
                [node] = search.xpath(f"//filter[@name='{name}'] | //field[@name='{name}']") or [None]
                self.assertIsNotNone(node, f"{action.xml_id}: {name}")
                if isinstance(value, str):
                    # A period of a date: one of the filter's own begins with “custom_”.
                    self.assertTrue(node.get('date'), f"{action.xml_id}: {name} is no date")
                    periods = [f'custom_{period}' for period in node.xpath('./filter/@name')]
                    self.assertIn(value, periods, f"{action.xml_id}: {name}")
        self.assertGreater(tried, 5)

    def test_each_filter_of_ours_can_be_searched_by_who_is_shown_it(self):
        for user in (self.lea_user, self.facilitator, self.accountant):
            for action in self._menus(user).values():
                window = self._window(action, user)
                if window.get('target') == 'new':
                    continue
                model = self.env[window['res_model']].with_user(user)
                search = etree.fromstring(self._views(window, user)['search']['arch'])
                for node in search.xpath("//field[@filter_domain]"):
                    if model._module != 'inocoop_coop':
                        continue
                    with self.subTest(user=user.login, model=model._name, field=node.get('name')):
                        model.search_count(safe_eval(node.get('filter_domain'), {'self': "Léa", 'raw_value': 1}))

    def test_who_can_not_load_the_demonstration_is_not_offered_it(self):
        action = self.env.ref('inocoop_coop.coop_cohort_action')
        for role, offered in {'admin': True, 'manager': False, 'facilitator': False, 'member': False}.items():
            text = action.with_user(self.users[role]).sudo().read(['help', 'res_model', 'context'])[0]['help']
            self.assertEqual("fourth month" in text, offered, role)
            # Who can't prepare a cohort is not told to.
            self.assertEqual("Prepare the first cohort" in text, role in ('admin', 'manager'), role)


@tagged('post_install', '-at_install')
class TestScreensOfACohort(ScreensCommon):
    """What the forms offer at each moment of a cohort's life."""

    def _shown(self, record, name):
        """The buttons of that name that the form shows now: highlighted or not."""
        form = Form(record)
        nodes = form._view['tree'].xpath(f"//button[@name='{name}']")
        shown = []
        for node in nodes:
            modifier = node.get('invisible') or 'False'
            values = {
                field: record[field] and (
                    record[field].isoformat() if record._fields[field].type == 'date' else record[field])
                for field in form._view['fields']
                if field in record._fields and record._fields[field].type in ('date', 'selection', 'integer', 'many2one')
            }
            clock = {'context_today': date.today, 'relativedelta': relativedelta, 'id': record.id}
            if not safe_eval(modifier, {**values, **clock}):
                shown.append('oe_highlight' in (node.get('class') or ''))
        return shown

    def test_completing_a_membership_is_highlighted_only_near_its_end(self):
        lea = self.lea.with_user(self.facilitator)
        self.autumn.date_end = date.today() + relativedelta(days=60)
        self.lea.date_end = date.today() + relativedelta(days=30)
        self.assertEqual(self._shown(lea, 'action_complete'), [False])
        self.lea.date_end = date.today() + relativedelta(days=7)
        self.assertEqual(self._shown(lea, 'action_complete'), [True])

    def test_starting_a_cohort_is_highlighted_when_the_day_is_near_and_members_are_there(self):
        cohort = self._create_cohort(
            "Next", date.today() + relativedelta(months=2), facilitator_id=self.facilitator.id).with_user(self.facilitator)
        cohort.action_open_recruitment()
        self.assertEqual(self._shown(cohort, 'action_start'), [False])
        self.assertEqual(self._shown(cohort, 'action_view_applicants')[0], True)
        cohort.sudo().date_start = date.today() + relativedelta(days=3)
        self.assertEqual(self._shown(cohort, 'action_start'), [False])
        self._admit(cohort.sudo(), "Nora Blanc")
        self.assertEqual(self._shown(cohort, 'action_start'), [True])

    def test_a_new_cohort_has_no_end_and_no_seats_until_its_programme_is_known(self):
        form = Form(self.env['coop.cohort'].with_user(self.manager))
        self.assertFalse(form.date_end)
        self.assertFalse(form.seats)
        form.program_id = self.program
        form.date_start = date(2026, 3, 1)
        self.assertEqual((form.date_end, form.seats), (date(2026, 8, 31), 9))

    def test_the_only_programme_is_chosen_by_itself(self):
        self.env['coop.program'].search([('id', '!=', self.program.id)]).active = False
        form = Form(self.env['coop.cohort'].with_user(self.manager))
        self.assertEqual((form.program_id, form.seats), (self.program, 9))

    def test_a_new_member_goes_to_the_cohort_that_recruits(self):
        cohort = self._create_cohort("Next", date(2026, 4, 1), facilitator_id=self.facilitator.id)
        memberships = self.env['coop.membership'].with_user(self.facilitator)
        self.assertFalse(memberships.new().cohort_id)  # two are open, and none recruits
        cohort.action_open_recruitment()
        self.assertEqual(memberships.new().cohort_id, cohort)

    def test_a_cohort_without_seats_is_refused_in_words_that_say_so(self):
        for cohort in (self.autumn, self._create_cohort("Next", TODAY)):
            with self.assertRefused(Exception, "needs at least one seat"):
                cohort.seats = 0
                cohort.flush_recordset()

    def test_the_contact_of_a_partner_is_named_without_the_partner(self):
        partnership = self.autumn.partnership_ids
        self.assertEqual(partnership.contact_name, "Jeanne Roy")
        self.assertIn("Town hall", partnership.contact_id.display_name)

    def test_what_keeps_a_cohort_is_told_in_plain_words(self):
        labels = self.autumn._get_document_labels()
        self.assertIn("quotations and orders: 1", labels)
        self.assertIn("invoices and bills: 2", labels)
        self.assertIn("hours: 2", labels)
        self.assertIn("members: 3", labels)
        for label in labels:
            self.assertNotRegex(label, "Analytic|Journal|Sales Order")
