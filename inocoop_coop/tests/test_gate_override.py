from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .gates import GateCommon


@tagged('post_install', '-at_install')
class TestGateOverride(GateCommon):
    """An urgent exception: only where the rule allows it, by who is in charge, with a reason, in the register."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purchase_rule.override_allowed = True
        cls.order = cls._purchase()

    def test_the_facilitator_releases_what_can_not_wait(self):
        order = self.order.with_user(self.facilitator)
        self.assertTrue(order.gate_overridable)
        order.action_override(" The pump is needed today ")
        entry = self.env['coop.register.entry'].search([('kind', '=', 'override')])
        self.assertEqual(
            (entry.cohort_id, entry.res_model, entry.res_id, entry.number), (self.autumn, 'purchase.order', order.id, 1))
        content = entry._get_content()
        self.assertEqual(content['covered'], order.sudo()._get_covered_content())
        self.assertEqual(
            (content['rule'], content['by'], content['reason']),
            (self.purchase_rule.id, self.facilitator.partner_id.id, "The pump is needed today"))
        self.assertNotIn("Fanny", entry.content)
        self.assertEqual(entry.names[f'partner:{self.facilitator.partner_id.id}'], "Fanny")
        self.assertIn("Fanny released", entry.words)
        self.assertEqual(self.env['coop.register'].search([('cohort_id', '=', self.autumn.id)])._verify(), [])
        order.invalidate_recordset()
        self.assertEqual(order.gate_state, 'covered')
        self.assertIn("urgent exception", order.gate_text)
        # Whoever may confirm it does.
        self.order.button_confirm()
        self.assertEqual(self.order.state, 'purchase')

    def test_the_body_is_told_at_once(self):
        self.order.with_user(self.facilitator).action_override("The pump is needed today")
        message = self.order.sudo().message_ids.filtered(lambda message: "urgent exception" in (message.body or ""))
        self.assertIn("Fanny released this without the decision of “Finance committee”, as an urgent exception: "
                      "The pump is needed today", message.body)
        self.assertEqual(message.author_id, self.facilitator.partner_id)
        self.assertLessEqual(self.finance_users.partner_id, message.notified_partner_ids)
        self.assertFalse(self.members[6].partner_id & message.notified_partner_ids)

    def test_who_follows_the_document_from_outside_is_not_told_why(self):
        self.order.sudo().message_subscribe(partner_ids=self.supplier.ids)
        self.order.with_user(self.facilitator).action_override("The other one is bankrupt")
        message = self.order.sudo().message_ids.filtered(lambda message: "urgent exception" in (message.body or ""))
        self.assertTrue(message.subtype_id.internal)
        self.assertNotIn(self.supplier, message.notified_partner_ids)

    def test_it_covers_the_document_as_it_was(self):
        self.order.with_user(self.facilitator).action_override("The pump is needed today")
        self.order.order_line.product_qty = 5
        self.order.invalidate_recordset()
        self.assertEqual((self.order.gate_state, self.order.gate_action), ('void', 'propose'))
        self.assertIn("the quantity of “Garden tools” was 4 and is 5", self.order.gate_text)
        with self.assertRefused(UserError, "It was changed since they decided"):
            self.order.button_confirm()
        self._adopt(self.order)
        self.order.button_confirm()

    def test_what_is_discussed_about_it_is_withdrawn(self):
        decision = self._propose_document(self.order)
        self.order.with_user(self.facilitator).action_override("The pump is needed today")
        self.assertEqual(decision.state, 'withdrawn', "Nobody opens a vote on what is released already.")
        self.order.invalidate_recordset()
        self.assertIn("Released by the facilitator", self.order.gate_text)
        self.assertNotIn("decides by", self.order.gate_text)

    def test_nobody_else_makes_one(self):
        for user in (self.treasurer, self.members[0], self.other_facilitator, self.psychologist, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.order.with_user(user).action_override("The pump is needed today")
        self.assertFalse(self.order.gate_overridable)
        self.assertFalse(self.env['coop.register.entry'].search([('kind', '=', 'override')]))
        self.order.with_user(self.manager).action_override("The pump is needed today")

    def test_where_a_rule_allows_none_there_is_none(self):
        self._rule("Very large purchases", 'purchase.order', 180, self.board)
        order = self.order.with_user(self.facilitator)
        self.assertFalse(order.gate_overridable)
        with self.assertRefused(UserError, "allow no exception"):
            order.action_override("The pump is needed today")

    def test_a_reason_is_needed_and_a_missing_decision(self):
        order = self.order.with_user(self.facilitator)
        for reason in ("", "  ", None, False, 3, ["Today"], {'reason': "Today"}):
            with self.subTest(reason=reason), self.assertRefused(UserError, "Say in a sentence why"):
                order.action_override(reason)
        order.action_override("The pump is needed today")
        with self.assertRefused(UserError, "no decision is missing"):
            order.action_override("Again")
        with self.assertRefused(UserError, "no decision is missing"):
            self._purchase(1, user=self.facilitator).action_override("The pump is needed today")

    def test_the_dialog_asks_for_the_reason_and_checks_no_less(self):
        action = self.order.with_user(self.facilitator).action_open_override()
        dialogs = self.env['coop.gate.override'].with_user(self.facilitator).with_context(**action['context'])
        dialog = dialogs.create({'reason': "The pump is needed today"})
        self.assertIn("“Finance committee” decides", dialog.gate_text)
        dialog.action_override()
        self.order.button_confirm()
        with self.assertRefused(UserError, "Nobody decides on such documents"):
            dialogs.create({'res_model': 'res.partner', 'res_id': 1, 'reason': "Try"}).action_override()
        other = self._purchase(cohort=self.winter)
        with self.assertRaises(AccessError):
            dialogs.create({'res_model': 'purchase.order', 'res_id': other.id, 'reason': "Try"}).action_override()

    def test_an_exception_for_one_rule_is_none_for_another(self):
        self.order.with_user(self.facilitator).action_override("The pump is needed today")
        self._rule("Very large purchases", 'purchase.order', 180, self.board)
        with self.assertRefused(UserError, "“Board” decides"):
            self.order.button_confirm()
