from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools import clock
from .common import TODAY
from .gates import GateCommon

BODY = r"can't be confirmed yet\. Above .*500.*“Board” decides by simple majority"


@tagged('post_install', '-at_install')
class TestGateSale(GateCommon):
    """A quotation above what a rule says is confirmed only after its body adopted it, by whatever path."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._quote()

    def _values(self, **values):
        return {
            'partner_id': self.customer.id, 'cohort_id': self.autumn.id, 'team_id': self.autumn.team_id.id,
            'order_line': [Command.create({'product_id': self.advice.id, 'product_uom_qty': 30})], **values}

    def test_the_words_of_a_decision_on_a_document_are_the_documents_own(self):
        order = self._quote()
        decision = self._propose_document(order)
        order.order_line.product_uom_qty = 48
        for text in ("<p>A quotation of 10 euros.</p>", decision.proposal, None):
            with self.assertRefused(UserError, "press “Update the Proposal” there"):
                decision.action_amend(text, "Shorter")
        with self.assertRefused(UserError, "does not say any more what its document says"):
            decision.action_open_vote()
        order.action_propose_decision()
        self.assertIn("960", decision.proposal)
        self._decide(decision)
        order.action_confirm()

    def test_a_cancelled_quotation_is_not_proposed(self):
        order = self._quote()
        order._action_cancel()
        with self.assertRefused(UserError, "is cancelled"):
            order.action_propose_decision()

    def test_a_rule_out_of_force_binds_nobody_however_it_is_looked_for(self):
        self.quotation_rule.active = False
        order = self._quote().with_context(active_test=False)
        self.assertEqual(order.gate_state, 'none')
        order.action_confirm()

    def test_the_old_body_does_not_vote_once_another_one_decides(self):
        decision = self._propose_document(self._quote())
        self.quotation_rule.template_id = self.finance.template_id
        with self.assertRefused(UserError, "Another body decides on this now"):
            decision.action_open_vote()

    # ------------------------------------------------------------
    # Which quotations
    # ------------------------------------------------------------

    def test_exactly_the_amount_needs_no_decision_and_a_cent_more_does(self):
        order = self._quote(25)
        self.assertEqual((order.amount_total, order.gate_state), (500, 'none'))
        order.order_line.price_unit = 20.01
        self.assertEqual(order.gate_state, 'needed')
        with self.assertRefused(UserError, BODY):
            order.action_confirm()
        order.order_line.price_unit = 20
        order.action_confirm()
        self.assertEqual(order.state, 'sale')

    def test_only_quotations_of_the_programmes_cohorts_are_bound(self):
        host = self.env['sale.order'].create(self._values(cohort_id=False, team_id=False))
        self.assertFalse(host.cohort_id)
        host.action_confirm()
        self.assertEqual(self._quote(cohort=self.winter).sudo().gate_state, 'needed')
        self.quotation_rule.cohort_id = self.autumn
        self.assertEqual(self._quote(cohort=self.winter).sudo().gate_state, 'none')
        self.assertEqual(self._quote().gate_state, 'needed')

    # ------------------------------------------------------------
    # Paths
    # ------------------------------------------------------------

    def test_the_refusal_says_which_body_decides_and_what_to_do_next(self):
        with self.assertRefused(UserError, BODY + r".*Propose it to them with the button at the top"):
            self.order.action_confirm()
        self.assertEqual(self.order.state, 'draft')
        self.assertFalse(self.order.sudo().tasks_ids)

    def test_no_path_confirms_what_was_not_decided(self):
        order = self.order
        paths = {
            'write': lambda: order.write({'state': 'sale'}),
            'write with its date': lambda: order.write({'state': 'sale', 'date_order': '2026-01-15 12:00:00'}),
            'write with its lines': lambda: order.write({
                'state': 'sale', 'order_line': [Command.update(order.order_line.id, {'product_uom_qty': 40})]}),
            'assignment': lambda: setattr(order, 'state', 'sale'),
            'create': lambda: order.create(self._values(state='sale')),
            'validate': order._validate_order,
            'superuser': lambda: order.sudo().action_confirm(),
            'superuser write': lambda: order.sudo().write({'state': 'sale'}),
            'superuser create': lambda: order.sudo().create(self._values(state='sale')),
            'programme manager': lambda: order.with_user(self.manager).action_confirm(),
            'a context from outside': lambda: order.with_context(coop_action=True, coop_prepare=True, bypass=1).action_confirm(),
        }
        for path, attempt in paths.items():
            with self.subTest(path=path), self.assertRefused(UserError, BODY):
                attempt()
        self.assertEqual(order.state, 'draft')

    def test_an_import_confirms_nothing_that_was_not_decided(self):
        result = self.env['sale.order'].load(
            ['partner_id/.id', 'cohort_id/.id', 'state', 'order_line/product_id/.id', 'order_line/product_uom_qty'],
            [[str(self.customer.id), str(self.autumn.id), 'Sales Order', str(self.advice.id), '30']])
        self.assertFalse(result['ids'])
        self.assertIn("“Board” decides by simple majority", result['messages'][0]['message'])
        result = self.env['sale.order'].load(
            ['.id', 'state'], [[str(self.order.id), 'Sales Order']])
        self.assertFalse(result['ids'])
        self.assertEqual(self.order.state, 'draft')

    def test_a_scheduled_job_confirms_nothing_that_was_not_decided(self):
        action = self.env['ir.actions.server'].create({
            'name': "Confirm all", 'model_id': self.env['ir.model']._get_id('sale.order'), 'state': 'code',
            'code': f"env['sale.order'].browse({self.order.id}).action_confirm()"})
        job = self.env['ir.cron'].create({
            'name': "Confirm all", 'ir_actions_server_id': action.id, 'interval_type': 'days'})
        with self.assertRefused(UserError, BODY):
            job.ir_actions_server_id.run()
        self.assertEqual(self.order.state, 'draft')

    def test_several_quotations_are_not_confirmed_when_one_waits(self):
        small = self._quote(10)
        with self.assertRefused(UserError, BODY):
            (small + self.order).action_confirm()
        self.assertEqual(small.state, 'draft')

    # ------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------

    def test_what_the_body_adopts_can_be_confirmed(self):
        decision = self._propose_document(self.order)
        self.assertEqual(
            (decision.state, decision.committee_id, decision.method_id, decision.rule_id, decision.proposer_id),
            ('discussion', self.board, self.simple, self.quotation_rule, self.seller.partner_id))
        for text in ("Town hall", "Gardening", "30", "600.00"):
            self.assertIn(text, decision.proposal)
        self.order.invalidate_recordset()
        self.assertEqual((self.order.gate_state, self.order.gate_action), ('proposed', 'open'))
        with self.assertRefused(UserError, "It is being discussed: open the vote"):
            self.order.action_confirm()
        self.assertTrue(self.order.gate_can_open_vote)
        self.assertFalse(self.order.gate_changed)
        self.assertEqual(self.order.action_open_gate_vote()['res_id'], decision.id)
        self.assertEqual(decision.state, 'voting')
        with self.assertRefused(UserError, "propose it first"):
            self.order.action_open_gate_vote()
        self.order.invalidate_recordset()
        self.assertEqual(self.order.gate_state, 'voting')
        self.assertRegex(self.order.gate_text, "Vote open until 1/18/26.*, 3 may vote")
        with self.assertRefused(UserError, "The vote is open: wait for its result"):
            self.order.action_confirm()
        self._decide(decision)
        self.assertEqual(decision.state, 'adopted')
        self.order.invalidate_recordset()
        self.assertEqual(self.order.gate_state, 'covered')
        self.assertIn("3 yes, 0 no", self.order.gate_text)
        said = "\n".join(self.order.sudo().message_ids.mapped('body'))
        self.assertIn("“Board” voted on this: 3 yes, 0 no", said)
        self.assertIn("Everything is decided: this may be confirmed now.", said)
        self.order.action_confirm()
        self.assertEqual(self.order.state, 'sale')
        self.assertTrue(self.order.sudo().tasks_ids)

    def test_what_the_body_rejects_stays_a_quotation_until_it_is_changed_and_adopted(self):
        decision = self._decide(self._propose_document(self.order), 'no')
        self.assertEqual(decision.state, 'rejected')
        self.order.invalidate_recordset()
        self.assertEqual((self.order.gate_state, self.order.gate_action), ('refused', 'propose'))
        with self.assertRefused(UserError, "They did not adopt it: change it and propose it again"):
            self.order.action_confirm()
        self.order.order_line.price_unit = 19
        again = self._adopt(self.order)
        self.assertNotEqual(again, decision)
        self.order.action_confirm()

    def test_a_vote_that_decided_nothing_is_opened_again_and_not_proposed_twice(self):
        decision = self._propose_document(self.order)
        decision.action_open_vote()
        decision.with_user(self.board_users[0]).cast_vote('yes')
        decision.with_user(self.board_users[1]).cast_vote('no')
        decision.with_user(self.board_users[2]).cast_vote('abstain')
        self.assertEqual(decision.state, 'tied')
        self.order.invalidate_recordset()
        self.assertEqual((self.order.gate_state, self.order.gate_action), ('refused', 'open'))
        with self.assertRefused(UserError, "open it again on the page of the decision"):
            self.order.action_confirm()
        self.assertEqual(self.order.action_open_gate_decision()['res_id'], decision.id)
        self.assertEqual(self._propose_document(self.order), decision)
        self._decide(decision)
        self.order.action_confirm()

    def test_the_proposer_does_not_choose_the_body_nor_the_method(self):
        decision = self._propose_document(self.order)
        for values in ({'committee_id': self.assembly.id}, {'method_id': self.consent.id}, {'duration': 1}):
            with self.assertRefused(UserError, "is said by a rule of the programme"):
                decision.write(values)
        for values in ({'rule_id': False}, {'res_id': self._quote(40).id}, {'res_model': 'res.partner'}):
            with self.assertRaises(AccessError):
                decision.write(values)
        with self.assertRaises(AccessError):
            decision.create({
                'name': "Forged", 'committee_id': self.assembly.id, 'method_id': self.simple.id,
                'rule_id': self.quotation_rule.id, 'res_model': 'sale.order', 'res_id': self.order.id})

    def test_another_body_s_decision_covers_nothing(self):
        decision = self._adopt(self.order)
        self._sealed(decision).write({'committee_id': self.assembly.id})
        self.env.invalidate_all()
        with self.assertRefused(UserError, BODY):
            self.order.action_confirm()

    def test_a_decision_about_another_quotation_covers_nothing(self):
        other = self._quote()
        self._adopt(other)
        with self.assertRefused(UserError, BODY):
            self.order.action_confirm()

    def test_an_archived_decision_still_covers_what_it_decided(self):
        self._adopt(self.order).sudo().active = False
        self.env.invalidate_all()
        self.order.action_confirm()

    def test_who_may_not_write_the_quotation_or_decides_nothing_there_proposes_nothing(self):
        for user in (self.members[6], self.other_facilitator, self.psychologist):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.order.with_user(user).action_propose_decision()
        with self.assertRefused(AccessError, "Members and facilitators propose decisions"):
            self.order.with_user(self._create_user('sam', 'sales_team.group_sale_salesman_all_leads')).action_propose_decision()

    def test_nothing_is_proposed_twice_or_in_vain(self):
        decision = self._propose_document(self.order)
        self.assertEqual(self._propose_document(self.order), decision)
        self._decide(decision)
        with self.assertRefused(UserError, "needs no decision now: you can confirm it"):
            self.order.action_propose_decision()
        self.order.action_confirm()
        with self.assertRefused(UserError, "is confirmed: there is nothing to propose"):
            self.order.action_propose_decision()

    def test_a_cohort_without_the_body_is_told_to_set_it_up(self):
        self.quotation_rule.template_id = self.steering.template_id
        self.steering.active = False
        with self.assertRefused(UserError, "“Steering body” decides.* has no such body any more: ask the facilitator"):
            self.order.action_confirm()
        with self.assertRefused(UserError, "has no such body any more"):
            self.order.action_propose_decision()

    def test_several_rules_are_several_decisions(self):
        self._rule("Very large quotations", 'sale.order', 550, self.assembly)
        self.order.invalidate_recordset()
        action = self.order.action_propose_decision()
        decisions = self.env['coop.decision'].search(action['domain']).with_user(self.seller)
        self.assertEqual(decisions.committee_id, self.board + self.assembly)
        self._decide(decisions.filtered(lambda decision: decision.committee_id == self.board))
        self.assertIn("Another decision is missing", "\n".join(self.order.sudo().message_ids.mapped('body')))
        with self.assertRefused(UserError, "“Assembly” decides"):
            self.order.action_confirm()
        self._decide(decisions.filtered(lambda decision: decision.committee_id == self.assembly))
        self.order.action_confirm()

    # ------------------------------------------------------------
    # What was decided changes
    # ------------------------------------------------------------

    def test_changing_what_was_decided_makes_the_cover_void_and_says_what_changed(self):
        other = self.env['res.partner'].create({'name': "School", 'is_company': True})
        dollars = self.env.ref('base.USD')
        dollars.active = True
        tax = self.env['account.tax'].create({'name': "Ten", 'amount': 10})
        euros = self.order.currency_id.name
        changes = {
            'partner': (lambda order: order.write({'partner_id': other.id}), "the customer was “Town hall” and is “School”"),
            'currency': (lambda order: order.write({'currency_id': dollars.id}), f"the currency was {euros} and is USD"),
            'quantity': (lambda order: order.order_line.write({'product_uom_qty': 48}),
                         "the quantity of “Gardening” was 30 and is 48"),
            'price': (lambda order: order.order_line.write({'price_unit': 30}), "the unit price of “Gardening” was 20 and is 30"),
            'discount': (lambda order: order.order_line.write({'discount': 10}), "the discount of “Gardening” was 0 and is 10"),
            'taxes': (lambda order: order.order_line.write({'tax_ids': [Command.set(tax.ids)]}),
                      "the taxes of “Gardening” was nothing and is Ten"),
            'product': (lambda order: order.order_line.write({'product_id': self.painting.id, 'price_unit': 20}),
                        "“Gardening” was taken out; “Painting” was added"),
            'another line': (lambda order: order.write({'order_line': [
                Command.create({'product_id': self.painting.id, 'product_uom_qty': 1})]}), "“Painting” was added"),
            'a line less': (lambda order: order.write({'order_line': [
                Command.clear(), Command.create({'product_id': self.painting.id, 'product_uom_qty': 30})]}),
                "“Gardening” was taken out"),
        }
        for what, (change, sentence) in changes.items():
            with self.subTest(what=what):
                order = self._quote()
                if what == 'currency':
                    self.env['res.currency.rate'].create({'currency_id': dollars.id, 'rate': 1, 'name': '2020-01-01'})
                self._adopt(order)
                order.invalidate_recordset()
                self.assertEqual(order.gate_state, 'covered')
                change(order.sudo())
                order.invalidate_recordset()
                self.assertEqual(order.gate_state, 'void')
                self.assertIn("does not cover it any more", order.gate_text)
                self.assertIn(sentence, order.gate_text)
                if what in ('quantity', 'price', 'another line'):
                    self.assertRegex(order.gate_text, r"the total was .*600\.00.* and is ")
                with self.assertRefused(UserError, "It was changed since they decided: propose it to them again"):
                    order.action_confirm()

    def test_what_was_not_decided_may_change(self):
        self._adopt(self.order)
        self.order.write({'client_order_ref': "Order 12", 'note': "Bring gloves"})
        self.order.order_line.name = "Hedges, cut twice"
        self.order.sudo().order_line.sequence = 99
        self.order.sudo().write({'order_line': [Command.create({'display_type': 'line_note', 'name': "With care"})]})
        self.order.action_confirm()

    def test_changed_back_it_is_covered_again(self):
        self._adopt(self.order)
        self.order.order_line.product_uom_qty = 31
        self.order.order_line.product_uom_qty = 30
        self.order.action_confirm()

    def test_a_confirmed_order_is_not_made_larger(self):
        small = self._quote(10)
        small.action_confirm()
        extra = {'product_id': self.gardening.id, 'product_uom_qty': 30}
        other = self._quote(40)
        paths = {
            'quantity': lambda: small.order_line[0].write({'product_uom_qty': 40}),
            'price': lambda: small.order_line[0].write({'price_unit': 200}),
            'a line by the order': lambda: small.write({'order_line': [Command.create(extra)]}),
            'a line by itself': lambda: small.env['sale.order.line'].create({**extra, 'order_id': small.id}),
            'a line by default': lambda: small.env['sale.order.line'].with_context(default_order_id=small.id).create(extra),
            'a line from elsewhere': lambda: other.order_line.sudo().write({'order_id': small.id}),
            'superuser': lambda: small.sudo().order_line[0].write({'product_uom_qty': 40}),
        }
        for path, attempt in paths.items():
            with self.subTest(path=path), self.assertRefused(UserError, "“Board” decides by simple majority"):
                attempt()
        self.assertEqual(small.amount_total, 200)
        small.order_line[0].product_uom_qty = 12
        self.assertEqual(small.amount_total, 240)

    def test_a_confirmed_order_that_was_decided_on_stays_as_it_was_decided(self):
        self._adopt(self.order)
        self.order.action_confirm()
        for attempt in (
            lambda: self.order.order_line.write({'product_uom_qty': 29}),
            lambda: self.order.order_line.write({'price_unit': 19.99}),
            lambda: self.order.sudo().write({'partner_id': self.supplier.id}),
        ):
            with self.assertRefused(UserError, "is confirmed as it was decided: .* cancel it and set it back to draft"):
                attempt()
        self.order.write({'client_order_ref': "Order 12"})
        # Below what a rule binds, it is nobody's to decide.
        self.order.order_line.product_uom_qty = 20

    def test_a_confirmed_order_that_moves_to_a_cohort_comes_under_its_rules(self):
        host = self.env['sale.order'].create(self._values(cohort_id=False, team_id=False))
        host.action_confirm()
        with self.assertRefused(UserError, "“Board” decides by simple majority"):
            host.write({'cohort_id': self.autumn.id})

    def test_hours_and_invoices_of_a_confirmed_order_ask_nothing(self):
        self._adopt(self.order)
        self.order.action_confirm()
        order = self.order.sudo()
        self._hours(order.tasks_ids, self.lea, 24)
        self.env['sale.advance.payment.inv'].with_context(active_model='sale.order', active_ids=order.ids).create({
            'advance_payment_method': 'percentage', 'amount': 10}).create_invoices()
        order._create_invoices()
        self.assertEqual(order.order_line.filtered('product_id')[:1].qty_delivered, 24)

    def test_a_change_during_the_vote_is_said_and_not_covered(self):
        decision = self._propose_document(self.order)
        decision.action_open_vote()
        self.order.order_line.product_uom_qty = 48
        self.order.invalidate_recordset()
        self.assertIn("It was changed since the vote was opened", self.order.gate_text)
        self.assertIn("Withdraw the proposal and make it again", self.order.gate_text)
        self.assertTrue(self.order.gate_changed)
        self._decide(decision)
        self.assertEqual(decision.state, 'adopted')
        self.assertIn("the decision does not cover it", "\n".join(self.order.sudo().message_ids.mapped('body')))
        with self.assertRefused(UserError, "It was changed since they decided"):
            self.order.action_confirm()

    def test_a_proposal_that_is_out_of_date_is_updated_before_the_vote(self):
        decision = self._propose_document(self.order)
        self.order.order_line.product_uom_qty = 48
        with self.assertRefused(UserError, "the quantity of “Gardening” was 30 and is 48.* Press “Update the Proposal”"):
            decision.action_open_vote()
        self.order.invalidate_recordset()
        self.assertEqual(self.order.gate_action, 'update')
        self.assertEqual(self._propose_document(self.order), decision)
        self.assertEqual(decision.version_number, 2)
        self.assertIn("960.00", decision.proposal)
        self.assertIn("600.00", decision.version_ids[1].proposal)
        self._decide(decision)
        self.order.action_confirm()

    def test_the_method_is_the_rule_s_at_the_moment_of_the_vote(self):
        decision = self._propose_document(self.order)
        self.quotation_rule.method_id = self.unanimity
        decision.action_open_vote()
        self.assertEqual(decision.method_id, self.unanimity)
        self.assertEqual(decision.version_id.terms['method'], self.unanimity.id)

    # ------------------------------------------------------------
    # The page
    # ------------------------------------------------------------

    def test_a_list_of_quotations_asks_as_many_queries_as_one(self):
        orders = self.env['sale.order'].union(*(self._quote(30 + number) for number in range(8)))
        for order in orders[:4]:
            self._propose_document(order.with_user(self.seller))

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.seller).mapped('gate_state')
            return self.env.cr.sql_log_count - before

        count(orders)
        self.assertEqual(count(orders), count(orders[3:5]))

    def test_from_the_decision_to_its_document_and_back(self):
        decision = self._propose_document(self.order)
        self.assertEqual(decision.document_name, f"Quotation {self.order.name}")
        self.assertEqual(decision.action_open_document()['res_id'], self.order.id)
        self.assertEqual(self.order.action_view_decisions()['res_id'], decision.id)
        self.assertEqual(self.order.gate_decision_count, 1)
        with self.assertRaises(AccessError):
            decision.with_user(self.psychologist).action_open_document()
        with self.assertRefused(UserError, "is about no document"):
            self._propose(self.simple).action_open_document()

    def test_a_quotation_that_is_gone_is_not_voted_on(self):
        decision = self._propose_document(self.order)
        self.order.sudo().unlink()
        with self.assertRefused(UserError, "was deleted: withdraw the proposal"):
            decision.action_open_vote()
        with self.assertRefused(UserError, "or it was deleted"):
            decision.action_open_document()

    def test_the_amount_of_another_currency_is_that_of_its_day(self):
        dollars = self.env.ref('base.USD')
        if dollars == self.env.company.currency_id:
            dollars = self.env.ref('base.EUR')
        dollars.active = True
        self.env['res.currency.rate'].search([('currency_id', '=', dollars.id)]).unlink()
        self.env['res.currency.rate'].create([
            {'currency_id': dollars.id, 'name': day, 'rate': rate} for day, rate in (('2025-01-01', 1), ('2026-01-10', 2))])
        order = self._quote().sudo()
        order.currency_id = dollars
        order.order_line.price_unit = 20
        order.date_order = '2025-06-01 12:00:00'
        order.invalidate_recordset()
        self.assertEqual(order.gate_state, 'needed')
        order.date_order = clock.now(self.env)
        order.invalidate_recordset()
        self.assertEqual((order.date_order.date(), order.gate_state), (TODAY, 'none'))
