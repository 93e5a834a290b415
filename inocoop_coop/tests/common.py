from contextlib import contextmanager
from datetime import date

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from ..tools import clock

# The day on which every test takes place, whatever the day it runs.
TODAY = date(2026, 1, 15)


class CoopCommon(TransactionCase):
    """Two cohorts of one programme that run side by side, and the people around them.

    It is 15 January 2026.

    ========  ==========================  ===========  ==============  ================================
    cohort    term                        facilitator  psychologist    members
    ========  ==========================  ===========  ==============  ================================
    autumn    1 Oct 2025 to 31 Mar 2026   fanny        paula           Léa (e-mail and user), Yanis
                                                                       (user without e-mail), both
                                                                       active; Sofia, admitted
    winter    5 Jan to 4 Jul 2026         farid        pierre          Chloé, active
    ========  ==========================  ===========  ==============  ================================

    ``marion`` is the programme manager and ``alain`` the accountant. The cohorts' customer is
    ``customer``, their supplier ``supplier``; gardening and painting are what they sell.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Messages are read in English, also where the database only speaks French.
        cls.env['res.lang']._activate_lang('en_US')
        cls.env = clock.at(cls.env['base'].with_context(lang='en_US'), TODAY).env

        # Those in charge
        cls.manager = cls._create_user('marion', 'inocoop_coop.group_manager')
        cls.facilitator = cls._create_user('fanny', 'inocoop_coop.group_facilitator')
        cls.other_facilitator = cls._create_user('farid', 'inocoop_coop.group_facilitator')
        cls.psychologist = cls._create_user('paula', 'inocoop_coop.group_psychologist')
        cls.other_psychologist = cls._create_user('pierre', 'inocoop_coop.group_psychologist')
        cls.accountant = cls._create_user('alain', 'account.group_account_user')

        # The programme. The codes are of municipalities that don't exist.
        cls.bruay, cls.bethune, cls.elsewhere = cls.env['coop.municipality'].create([
            {'name': "Bruay", 'code': '62997', 'postcodes': '62700'},
            {'name': "Béthune", 'code': '62998', 'postcodes': '62400 62401'},
            {'name': "Elsewhere", 'code': '59999', 'postcodes': '59000'},
        ])
        cls.territory = cls.env['coop.territory'].create({
            'name': "Two towns", 'municipality_ids': [Command.set((cls.bruay + cls.bethune).ids)]})
        cls.program = cls.env['coop.program'].create({
            'name': "Young adults of two towns",
            'age_min': 18,
            'age_max': 25,
            'duration': 6,
            'seats': 9,
            'territory_id': cls.territory.id,
            'committee_template_ids': [
                Command.create({'name': "Assembly", 'kind': 'assembly', 'sequence': 1}),
                Command.create({'name': "Board", 'kind': 'board', 'sequence': 2}),
                Command.create({'name': "Finance committee", 'kind': 'committee', 'sequence': 3}),
                Command.create({'name': "Steering body", 'kind': 'steering', 'sequence': 4}),
            ],
        })

        # The cohorts
        cls.autumn = cls._create_cohort(
            "Autumn", date(2025, 10, 1), facilitator_id=cls.facilitator.id, psychologist_id=cls.psychologist.id)
        cls.winter = cls._create_cohort(
            "Winter", date(2026, 1, 5), facilitator_id=cls.other_facilitator.id, psychologist_id=cls.other_psychologist.id)
        (cls.autumn + cls.winter).action_start()
        cls.board = cls._body(cls.autumn, 'board')
        cls.finance = cls._body(cls.autumn, 'committee')
        cls.steering = cls._body(cls.autumn, 'steering')

        # Their members
        cls.lea = cls._admit(cls.autumn, "Léa Martin", email='lea@example.com')
        cls.yanis = cls._admit(cls.autumn, "Yanis Dupond")
        cls.sofia = cls._admit(cls.autumn, "Sofia Petit")
        cls.chloe = cls._admit(cls.winter, "Chloé Robert", email='chloe@example.com')
        (cls.lea + cls.yanis + cls.chloe).action_activate()

        # What they sell, to whom, and where they buy
        cls.gardening, cls.painting = cls.env['product.product'].create([{
            'name': name,
            'type': 'service',
            'service_policy': 'delivered_timesheet',
            'service_tracking': 'task_global_project',
            'list_price': price,
            'uom_id': cls.env.ref('uom.product_uom_hour').id,
            'taxes_id': False,
        } for name, price in (("Gardening", 20), ("Painting", 25))])
        cls.tools = cls.env['product.product'].create({
            'name': "Garden tools", 'type': 'consu', 'standard_price': 50, 'supplier_taxes_id': False,
            'purchase_method': 'purchase'})
        cls.customer, cls.supplier = cls.env['res.partner'].create([
            {'name': "Town hall", 'is_company': True},
            {'name': "Hardware shop", 'is_company': True},
        ])

    @contextmanager
    def assertRefused(self, exception, sentence):
        """What happens inside is refused with this sentence, and rolled back as a request would be.

        :param str sentence: a regular expression that is found in the message
        """
        with self.assertRaises(exception) as refusal:
            yield
        self.assertRegex(str(refusal.exception), sentence)

    # ------------------------------------------------------------
    # People, cohorts, bodies
    # ------------------------------------------------------------

    @classmethod
    def _create_user(cls, login, groups):
        return new_test_user(cls.env, login=login, groups=groups, name=login.capitalize(), lang='en_US', tz='UTC')

    @classmethod
    def _create_cohort(cls, name, date_start, **values):
        return cls.env['coop.cohort'].create({
            'name': name, 'program_id': cls.program.id, 'date_start': date_start, **values})

    @classmethod
    def _admit(cls, cohort, name, **values):
        """A file of someone of 20, who is admitted and no more."""
        return cls.env['coop.membership'].create({
            'name': name, 'cohort_id': cohort.id, 'birthdate': date(2005, 5, 5), **values})

    @classmethod
    def _body(cls, cohort, kind):
        return cohort.committee_ids.filtered(lambda committee: committee.kind == kind)

    @classmethod
    def _seat(cls, body, membership, **values):
        return cls.env['coop.mandate'].create({
            'committee_id': body.id, 'partner_id': membership.partner_id.id, **values})

    @classmethod
    def _close(cls, cohort):
        """Close the cohort as its facilitator does: first each member's end, then its own."""
        cohort.membership_ids.filtered(lambda membership: membership.state == 'active').action_complete()
        cohort.membership_ids.filtered(lambda membership: membership.state == 'admitted').action_leave()
        cohort.action_close()

    @classmethod
    def _give_groups(cls, user, *xmlids):
        """Give a member the access that a mandate would: the treasurer keeps the books, another one sells."""
        user.group_ids = [Command.link(cls.env.ref(xmlid).id) for xmlid in xmlids]

    # ------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------

    @classmethod
    def _lead(cls, cohort, **values):
        return cls.env['crm.lead'].create({
            'name': f"Hedges, {cohort.name}", 'type': 'opportunity', 'partner_id': cls.customer.id,
            'team_id': cohort.team_id.id, **values})

    @classmethod
    def _quotation(cls, lead, hours=4):
        return cls.env['sale.order'].create({
            'partner_id': cls.customer.id,
            'opportunity_id': lead.id,
            'order_line': [Command.create({'product_id': cls.gardening.id, 'product_uom_qty': hours})],
        })

    @classmethod
    def _hours(cls, task, membership, hours=4):
        return cls.env['account.analytic.line'].create({
            'name': "Cut the hedges", 'task_id': task.id, 'project_id': task.project_id.id,
            'employee_id': membership.employee_id.id, 'unit_amount': hours})

    @classmethod
    def _move(cls, move_type, *distributions):
        """A draft invoice or bill of one line of 100 for each of the given shares: ``{cohort: percentage}``."""
        return cls.env['account.move'].create({
            'move_type': move_type,
            'partner_id': (cls.customer if move_type == 'out_invoice' else cls.supplier).id,
            'invoice_date': TODAY,
            'invoice_line_ids': [Command.create({
                'name': "Line", 'quantity': 1, 'price_unit': 100, 'tax_ids': False,
                'analytic_distribution': {
                    str(cohort.analytic_account_id.id): percentage for cohort, percentage in shares.items()},
            }) for shares in distributions],
        })

    @classmethod
    def _pay(cls, move):
        return cls.env['account.payment.register'].with_context(
            active_model='account.move', active_ids=move.ids).create({})._create_payments()
