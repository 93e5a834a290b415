"""Documents that a body decides on, for the tests of gates."""
from odoo.fields import Command

from .decisions import DecisionCommon


class GateCommon(DecisionCommon):
    """Three rules bind the autumn cohort's documents; the winter cohort is of the same programme.

    ==============  =========  ==================  ==================================================
    document        above      body                who sits there
    ==============  =========  ==================  ==================================================
    quotations      500 euros  board               ``seller`` (Léa, chair), Yanis, Sofia
    purchases       150 euros  finance committee   members 4 (chair), 5 (``treasurer``) and 6
    payments        300 euros  finance committee   the same
    ==============  =========  ==================  ==================================================

    The board's mandates open the door of sales, those of the finance committee purchases and the books.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ref = cls.env.ref
        cls.board.template_id.access_group_ids = ref('sales_team.group_sale_salesman_all_leads')
        cls.finance.template_id.access_group_ids = ref('account.group_account_invoice') + ref('purchase.group_purchase_user')
        cls._seat(cls.finance, cls.memberships[3], role='chair')
        cls._seat(cls.finance, cls.memberships[4], role='treasurer')
        cls._seat(cls.finance, cls.memberships[5])
        cls.seller, cls.treasurer = cls.members[0], cls.members[4]
        cls.finance_users, cls.board_users = cls.members[3:6], cls.members[:3]
        # What can be sold without a project.
        cls.advice = cls.env['product.product'].create({
            'name': "Advice", 'type': 'service', 'list_price': 20, 'taxes_id': False, 'supplier_taxes_id': False})
        cls.quotation_rule = cls._rule("Large quotations", 'sale.order', 500, cls.board)
        cls.purchase_rule = cls._rule("Large purchases", 'purchase.order', 150, cls.finance)
        cls.payment_rule = cls._rule("Large payments", 'account.payment', 300, cls.finance)

    # ------------------------------------------------------------
    # Rules and documents
    # ------------------------------------------------------------

    @classmethod
    def _rule(cls, name, document, amount, body, **values):
        return cls.env['coop.decision.rule'].create({
            'name': name, 'document': document, 'program_id': cls.program.id, 'amount': amount,
            'template_id': body.template_id.id, 'method_id': cls.simple.id, **values})

    @classmethod
    def _quote(cls, hours=30, cohort=None, user=None):
        """A quotation of so many hours at 20 euros; of 30 hours, 600 euros."""
        order = cls._quotation(cls._lead(cohort or cls.autumn), hours)
        return order.with_user(user or cls.seller)

    @classmethod
    def _purchase(cls, quantity=4, cohort=None, user=None, price=50):
        """A purchase of so many tools at 50 euros; of four, 200 euros."""
        order = cls.env['purchase.order'].create({
            'partner_id': cls.supplier.id, 'cohort_id': (cohort or cls.autumn).id,
            'order_line': [Command.create({'product_id': cls.tools.id, 'product_qty': quantity, 'price_unit': price})]})
        return order.with_user(user or cls.treasurer)

    @classmethod
    def _bill(cls, amount=400, cohorts=None):
        """A posted bill of one line for the autumn cohort, or for several in equal parts."""
        cohorts = cohorts or cls.autumn
        bill = cls._move('in_invoice', {cohort: 100 / len(cohorts) for cohort in cohorts})
        bill.invoice_line_ids.price_unit = amount
        bill.action_post()
        return bill

    @classmethod
    def _payment(cls, amount=400, user=None, **values):
        return cls.env['account.payment'].create({
            'payment_type': 'outbound', 'partner_type': 'supplier', 'partner_id': cls.supplier.id, 'amount': amount,
            'cohort_id': cls.autumn.id, **values}).with_user(user or cls.treasurer)

    # ------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------

    @classmethod
    def _propose_document(cls, document):
        """The decision about a document, as its user proposes it."""
        action = document.action_propose_decision()
        return document.env['coop.decision'].browse(action['res_id'])

    @classmethod
    def _decide(cls, decision, choice='yes'):
        """Open the vote as the proposer, and let everyone on the roll vote the same."""
        if decision.state != 'voting':
            decision.action_open_vote()
        for partner in decision.sudo().elector_ids.partner_id:
            decision.with_user(partner.user_ids).cast_vote(choice)
        return decision

    @classmethod
    def _adopt(cls, document):
        return cls._decide(cls._propose_document(document))
