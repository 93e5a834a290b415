from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .gates import GateCommon


@tagged('post_install', '-at_install')
class TestDecisionRule(GateCommon):
    """A rule says which document needs which body's decision; programme managers write it, everyone reads it."""

    def test_a_rule_is_a_sentence(self):
        self.assertEqual(self.quotation_rule.description, "Above 500\xa0€, tax included, “Board” decides by simple majority.")
        self.quotation_rule.write({'amount_basis': 'untaxed', 'amount': 499.5})
        self.assertEqual(self.quotation_rule.description, "Above 499.50\xa0€ without tax, “Board” decides by simple majority.")
        self.quotation_rule.write({'amount': 0, 'domain': "[('note', '!=', False)]"})
        self.assertEqual(self.quotation_rule.description, "Large quotations: “Board” decides by simple majority.")

    def test_the_examples_are_there_and_bind_nothing(self):
        examples = self.env['coop.decision.rule'].with_context(active_test=False).search([
            ('id', 'in', self.env['ir.model.data'].search([
                ('module', '=', 'inocoop_coop'), ('model', '=', 'coop.decision.rule')]).mapped('res_id'))])
        # How the money is shared is the group's decision from the first day; the others are examples.
        shares = examples.filtered(lambda rule: rule.document == 'coop.revenue.share')
        self.assertEqual((len(shares), set(shares.mapped('active'))), (2, {True}))
        examples -= shares
        self.assertEqual(len(examples), 6)
        self.assertFalse(any(examples.mapped('active')))
        young = examples.filtered(lambda rule: rule.program_id == self.env.ref('inocoop_coop.program_young_adults'))
        self.assertEqual(
            {(rule.document, rule.amount, rule.template_id, rule.method_id) for rule in young}, {
                ('sale.order', 500, self.env.ref('inocoop_coop.program_young_adults_marketing'), self.simple),
                ('purchase.order', 150, self.env.ref('inocoop_coop.program_young_adults_finance'), self.simple),
                ('account.payment', 300, self.env.ref('inocoop_coop.program_young_adults_finance'), self.simple)})

    def test_an_inactive_rule_binds_nothing(self):
        order = self._quote()
        self.quotation_rule.active = False
        order.action_confirm()

    def test_a_rule_may_look_at_the_amount_without_tax(self):
        order = self._quote(25).sudo()
        order.order_line.tax_ids = self.env['account.tax'].create({'name': "Ten", 'amount': 10})
        self.assertEqual((order.amount_untaxed, order.amount_total, order.gate_state), (500, 550, 'needed'))
        self.quotation_rule.amount_basis = 'untaxed'
        order.invalidate_recordset()
        self.assertEqual(order.gate_state, 'none')

    def test_a_rule_may_have_a_condition(self):
        self.quotation_rule.domain = f"[('partner_id', '=', {self.customer.id})]"
        order = self._quote()
        self.assertEqual(order.gate_state, 'needed')
        order.partner_id = self.supplier
        order.invalidate_recordset()
        self.assertEqual(order.gate_state, 'none')

    def test_a_rule_that_makes_no_sense_is_refused(self):
        other = self.env.ref('inocoop_coop.program_young_adults_finance')
        method = self.env['coop.voting.method'].create({'name': "Theirs", 'program_id': other.program_id.id})
        for values, sentence in (
            ({'domain': "[('no_such_field', '=', 1)]"}, "can't be read"),
            ({'domain': "[('amount_total', '>', 'many')]"}, "can't be read"),
            ({'domain': "nonsense("}, "can't be read"),
            ({'amount': -1}, "check_amount"),
            ({'duration': 0}, "check_duration"),
            ({'template_id': other.id}, "is a body of another programme"),
            ({'method_id': self.election_one.id}, "A document is not decided by"),
            ({'method_id': method.id}, "A document is not decided by"),
        ):
            with (self.subTest(values=values), mute_logger('odoo.sql_db'), self.assertRefused(Exception, sentence),
                  self.env.cr.savepoint()):
                self.quotation_rule.write(values)
                self.quotation_rule.flush_recordset()

    def test_a_cohort_s_rule_is_of_its_programme(self):
        other = self.env['coop.cohort'].create({
            'name': "Other", 'program_id': self.env.ref('inocoop_coop.program_young_adults').id, 'date_start': '2026-01-01'})
        with self.assertRefused(ValidationError, "belongs to another programme"):
            self.quotation_rule.cohort_id = other

    def test_only_programme_managers_write_rules(self):
        for user in (self.members[0], self.treasurer, self.facilitator, self.psychologist):
            rule = self.quotation_rule.with_user(user)
            with self.subTest(user=user.login):
                self.assertTrue(rule.read(['name', 'amount', 'description']))
                for attempt in (
                    lambda rule=rule: rule.write({'amount': 10000}), rule.unlink, rule.action_archive,
                    lambda rule=rule: rule.create(rule.copy_data()[0])):
                    with self.assertRaises(AccessError):
                        attempt()
        with self.assertRaises(AccessError):
            self.quotation_rule.with_user(self.accountant).read(['amount'])
        self.quotation_rule.with_user(self.manager).amount = 600
        self.assertEqual(self.quotation_rule.amount, 600)

    def test_a_rule_of_another_cohort_shows_to_nobody_of_this_one(self):
        self.quotation_rule.cohort_id = self.winter
        self.assertFalse(self.env['coop.decision.rule'].with_user(self.seller).search([('id', '=', self.quotation_rule.id)]))

    def test_a_rule_that_was_applied_stays(self):
        self._propose_document(self._quote())
        with self.assertRefused(ValidationError, "was applied: it can't be deleted"):
            self.quotation_rule.unlink()
        self.purchase_rule.unlink()

    def test_a_programme_manager_makes_a_rule_from_the_screen(self):
        form = Form(self.env['coop.decision.rule'].with_user(self.manager))
        form.name = "Everything bought"
        form.document = 'purchase.order'
        form.program_id = self.program
        form.template_id = self.finance.template_id
        form.method_id = self.consent
        self.assertEqual(form.duration, self.consent.duration)
        self.assertIn("“Finance committee” decides by consent.", form.description)
        self.assertTrue(form.save().active)
