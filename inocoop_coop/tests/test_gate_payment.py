from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import TODAY
from .gates import GateCommon

BODY = r"can't be confirmed yet\. Above .*300.*“Finance committee” decides by simple majority"


@tagged('post_install', '-at_install')
class TestGatePayment(GateCommon):
    """Money leaves only after the body that decides on it did; bookkeeping is never stopped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.env['account.journal'].search([('type', '=', 'bank'), ('company_id', '=', cls.env.company.id)], limit=1)

    def _dialog(self, bills, user=None, **values):
        return self.env['account.payment.register'].with_user(user or self.treasurer).with_context(
            active_model='account.move', active_ids=bills.ids).create(values)

    def _statement(self, amount, partner=None):
        """A line of the bank statement on which this amount left, and its item that is matched."""
        line = self.env['account.bank.statement.line'].create({
            'journal_id': self.bank.id, 'payment_ref': "Transfer", 'amount': -amount, 'date': TODAY,
            'partner_id': (partner or self.supplier).id})
        return line, line._seek_for_lines()[1]

    def _match(self, item, other):
        """Match a line of the statement with another item, as the bank reconciliation does."""
        item.account_id = other.account_id
        (item + other).reconcile()

    # ------------------------------------------------------------
    # Paths
    # ------------------------------------------------------------

    def test_no_path_pays_what_was_not_decided(self):
        payment = self._payment()
        self.assertEqual((payment.state, payment.gate_state), ('draft', 'needed'))
        values = {
            'payment_type': 'outbound', 'partner_type': 'supplier', 'partner_id': self.supplier.id, 'amount': 400,
            'cohort_id': self.autumn.id}

        def create(payments, state):
            # Where it names an account, Odoo itself refuses what is created confirmed, before we are asked.
            self.bank.outbound_payment_method_line_ids.payment_account_id = False
            payments.create({**values, 'state': state})
        paths = {
            'button': payment.action_post,
            'validation': payment.action_validate,
            'write': lambda: payment.write({'state': 'in_process'}),
            'write paid': lambda: payment.write({'state': 'paid'}),
            'write with its amount': lambda: payment.write({'state': 'in_process', 'amount': 500}),
            'create': lambda: create(payment, 'in_process'),
            'create paid': lambda: create(payment, 'paid'),
            'create with its entry': lambda: payment.create({**values, 'write_off_line_vals': []}),
            'superuser': lambda: payment.sudo().action_post(),
            'superuser create': lambda: create(payment.sudo(), 'paid'),
            'accountant': lambda: payment.with_user(self.accountant).action_post(),
            'dialog': lambda: self._dialog(self._bill())._create_payments(),
            'accountant\'s dialog': lambda: self._dialog(self._bill(), self.accountant)._create_payments(),
        }
        for path, attempt in paths.items():
            with self.subTest(path=path), self.assertRefused(UserError, BODY):
                attempt()
        self.assertEqual(payment.state, 'draft')
        self.assertFalse(payment.move_id)

    def test_an_import_pays_nothing_that_was_not_decided(self):
        payment = self._payment()
        result = self.env['account.payment'].load(['.id', 'state'], [[str(payment.id), 'In Process']])
        self.assertFalse(result['ids'])
        self.assertIn("“Finance committee” decides", result['messages'][0]['message'])

    def test_the_entry_of_a_payment_is_not_posted_in_its_place(self):
        payment = self._payment(200)
        payment.action_post()
        payment.action_draft()
        payment.amount = 400
        self.assertEqual((payment.state, payment.move_id.state), ('draft', 'draft'))
        with self.assertRefused(UserError, BODY):
            payment.move_id.with_user(self.accountant).action_post()

    def test_the_entry_of_a_payment_is_posted_by_no_other_path_nor_with_another_amount(self):
        payment = self._payment(200)
        payment.action_post()
        payment.action_draft()
        payment.amount = 400
        move = payment.move_id.with_user(self.accountant)
        with self.assertRefused(UserError, BODY):
            move.write({'state': 'posted'})
        move.origin_payment_id = False
        with self.assertRefused(UserError, BODY):
            move.action_post()
        posted = self._payment(200)
        posted.action_post()
        entry = posted.move_id.with_user(self.accountant)
        entry.button_draft()
        debit, credit = entry.line_ids.sorted('balance', reverse=True)
        entry.line_ids = [Command.update(debit.id, {'debit': 4000}), Command.update(credit.id, {'credit': 4000})]
        with self.assertRefused(UserError, "another amount than the payment"):
            entry.action_post()

    def test_a_decision_about_one_bill_pays_no_other_bill(self):
        first, second = self._bill(), self._bill()
        self._dialog(first).action_prepare_and_propose()
        payment = first.matched_payment_ids.with_user(self.treasurer)
        self._decide(self.env['coop.decision'].with_user(self.treasurer).search([('res_id', '=', payment.id)]))
        payment.invoice_ids = [Command.set(second.ids)]
        with self.assertRefused(UserError, "It was changed since they decided"):
            payment.action_post()

    def test_a_small_refund_made_online_releases_no_large_payment(self):
        payment = self._payment(4000)
        method = self.env['payment.method'].with_context(active_test=False).search([], limit=1)
        payment.sudo().payment_transaction_id = self.env['payment.transaction'].create({
            'reference': 'refund-of-1', 'amount': -1, 'currency_id': self.env.company.currency_id.id,
            'partner_id': self.supplier.id, 'provider_id': self.env.ref('payment.payment_provider_transfer').id,
            'payment_method_id': method.id, 'state': 'done'})
        with self.assertRefused(UserError, BODY):
            payment.action_post()

    def test_a_payment_for_nobody_that_is_matched_with_a_cohorts_bill_is_flagged(self):
        bill = self._bill()
        payment = self._payment(400, self.accountant, cohort_id=False)
        payment.action_post()
        self.assertFalse(bill.is_paid_undecided)
        lines = (payment.move_id | bill).line_ids.filtered(lambda line: line.account_type == 'liability_payable')
        lines.with_user(self.accountant).reconcile()
        self.assertEqual(bill.amount_residual, 0, "Bookkeeping is never stopped.")
        self.assertTrue(bill.is_paid_undecided)

    def test_small_payments_and_money_that_comes_in_need_no_decision(self):
        small = self._payment(300)
        small.action_post()
        self.assertEqual(small.state, 'in_process')
        received = self._payment(4000, payment_type='inbound', partner_type='customer', partner_id=self.customer.id)
        self.assertEqual(received.gate_state, 'none')
        received.action_post()
        self.assertEqual(received.state, 'in_process')
        with self.assertRefused(UserError, "“Finance committee” decides"):
            received.sudo().payment_type = 'outbound'

    def test_a_posted_payment_is_not_made_larger(self):
        small = self._payment(300)
        small.action_post()
        with self.assertRefused(UserError, "“Finance committee” decides"):
            small.amount = 301

    def test_bills_and_invoices_are_posted_whatever_their_amount(self):
        self._rule("All payments", 'account.payment', 0, self.finance)
        bill = self._move('in_invoice', {self.autumn: 100})
        bill.invoice_line_ids.price_unit = 40000
        bill.with_user(self.treasurer).action_post()
        invoice = self._move('out_invoice', {self.autumn: 100})
        invoice.action_post()
        self._pay(invoice)
        self.assertEqual((bill.state, invoice.state), ('posted', 'posted'))

    # ------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------

    def test_what_the_committee_adopts_is_paid(self):
        payment = self._payment()
        decision = self._adopt(payment)
        self.assertEqual((decision.committee_id, decision.state), (self.finance, 'adopted'))
        payment.action_post()
        self.assertEqual(payment.state, 'in_process')
        self.assertEqual(payment.move_id.state, 'posted')

    def test_changing_what_was_decided_makes_the_cover_void_and_says_what_changed(self):
        other = self.env['res.partner'].create({'name': "Market", 'is_company': True})
        account = self.env['res.partner.bank'].create({'acc_number': "FR76 1234", 'partner_id': self.supplier.id})
        dollars = self.env.ref('base.USD')
        dollars.active = True
        self.env['res.currency.rate'].create({'currency_id': dollars.id, 'rate': 1, 'name': '2020-01-01'})
        changes = {
            'partner': ({'partner_id': other.id}, "the supplier was “Hardware shop” and is “Market”"),
            'amount': ({'amount': 401}, "the amount was"),
            'currency': ({'currency_id': dollars.id}, "the currency was EUR and is USD"),
            'account': ({'partner_bank_id': False}, "the bank account was “FR76 1234” and is “nothing”"),
        }
        for what, (values, sentence) in changes.items():
            with self.subTest(what=what):
                payment = self._payment(partner_bank_id=account.id)
                self._adopt(payment)
                payment.sudo().write(values)
                payment.invalidate_recordset()
                self.assertEqual(payment.gate_state, 'void')
                self.assertIn(sentence, payment.gate_text)
                with self.assertRefused(UserError, "It was changed since they decided"):
                    payment.action_post()

    # ------------------------------------------------------------
    # From the bill
    # ------------------------------------------------------------

    def test_the_dialog_says_before_who_decides(self):
        self.assertRegex(self._dialog(self._bill()).gate_text, "Above 300.*€, “Finance committee” decides")
        self.assertFalse(self._dialog(self._bill(200)).gate_text)
        dialog = self._dialog(self._bill())
        dialog.amount = 300
        self.assertFalse(dialog.gate_text)
        form = Form(self.env['account.payment.register'].with_user(self.treasurer).with_context(
            active_model='account.move', active_ids=self._bill().ids))
        self.assertIn("“Finance committee” decides", form.gate_text)
        form.amount = 100
        self.assertFalse(form.gate_text)

    def test_a_prepared_payment_pays_its_bill_once_it_is_decided(self):
        bill = self._bill()
        direct = self._bill(200)
        self._dialog(direct)._create_payments()
        action = self._dialog(bill).action_prepare_and_propose()
        decision = self.env['coop.decision'].browse(action['res_id']).with_user(self.treasurer)
        payment = bill.matched_payment_ids
        self.assertEqual((decision.res_model, decision.res_id), ('account.payment', payment.id))
        self.assertIn(bill.name, decision.proposal)
        self.assertEqual((payment.state, payment.cohort_id, payment.amount), ('draft', self.autumn, 400))
        self.assertEqual(bill.payment_state, 'not_paid')
        with self.assertRefused(UserError, "It is being discussed"):
            payment.with_user(self.treasurer).action_post()
        self._decide(decision)
        payment.with_user(self.treasurer).action_post()
        self.assertEqual(bill.amount_residual, 0)
        # As the dialog does when nothing has to be decided.
        self.assertEqual(bill.payment_state, direct.payment_state)
        self.assertIn(bill.payment_state, ('paid', 'in_payment'))
        self.assertEqual(payment.state, direct.matched_payment_ids.state)
        self.assertFalse(payment.is_prepared)

    def test_of_several_bills_those_that_need_no_decision_are_paid_at_once(self):
        small, large = self._bill(100), self._bill(400)
        action = self._dialog(small + large, group_payment=False).action_prepare_and_propose()
        self.assertEqual(action['res_model'], 'coop.decision')
        self.assertEqual((small.amount_residual, large.amount_residual), (0, 400))
        self.assertEqual((small.matched_payment_ids.state, large.matched_payment_ids.state), ('in_process', 'draft'))

    def test_small_bills_in_one_payment_are_one_payment(self):
        bills = self._bill(200) + self._bill(200)
        dialog = self._dialog(bills, group_payment=True)
        self.assertIn("“Finance committee” decides", dialog.gate_text)
        with self.assertRefused(UserError, BODY):
            dialog._create_payments()

    def test_a_difference_is_not_written_off_unseen(self):
        dialog = self._dialog(
            self._bill(), amount=390, payment_difference_handling='reconcile',
            writeoff_account_id=self.env['account.account'].search([('account_type', '=', 'expense')], limit=1).id)
        with self.assertRefused(UserError, "can't write off a difference"):
            dialog.action_prepare_and_propose()

    def test_what_needs_no_decision_is_not_proposed(self):
        with self.assertRefused(UserError, "No body has to decide on this"):
            self._dialog(self._bill(100)).action_prepare_and_propose()

    def test_who_reads_one_cohort_of_a_shared_bill_pays_it_no_sooner(self):
        bill = self._bill(800, self.autumn + self.winter)
        payment = self._payment(800, cohort_id=self.autumn.id, invoice_ids=[Command.set(bill.ids)])
        self.env.invalidate_all()
        self.assertEqual(bill.with_user(self.treasurer).web_read({'cohort_ids': {}})[0]['cohort_ids'], self.autumn.ids)
        cohorts = {requirement.cohort for requirement in payment._get_missing()}
        self.assertEqual(cohorts, {self.autumn, self.winter})
        with self.assertRefused(UserError, "“Finance committee” decides"):
            payment.action_post()

    def test_the_payment_of_a_shared_bill_is_decided_in_each_cohort(self):
        self._seat(self._body(self.winter, 'committee'), self.chloe)
        bill = self._bill(800, self.autumn + self.winter)
        dialog = self._dialog(bill, self.manager)
        self.assertIn("“Finance committee” decides", dialog.gate_text)
        with self.assertRefused(UserError, BODY):
            dialog._create_payments()
        self._dialog(bill, self.manager).action_prepare_and_propose()
        payment = bill.matched_payment_ids.with_user(self.manager)
        decisions = self.env['coop.decision'].with_user(self.manager).search([
            ('res_model', '=', 'account.payment'), ('res_id', '=', payment.id)])
        self.assertEqual(decisions.cohort_id, self.autumn + self.winter)
        self._decide(decisions[0])
        with self.assertRefused(UserError, "“Finance committee” decides"):
            payment.action_post()
        self._decide(decisions[1])
        payment.action_post()
        self.assertEqual(bill.amount_residual, 0)

    # ------------------------------------------------------------
    # What the bank says
    # ------------------------------------------------------------

    def test_a_bill_that_the_bank_paid_is_entered_and_flagged(self):
        bill = self._bill()
        _line, item = self._statement(400)
        self._match(item, bill.line_ids.filtered(lambda line: line.account_type == 'liability_payable'))
        self.assertEqual(bill.amount_residual, 0)
        self.assertTrue(bill.is_paid_undecided)
        self.assertIn(
            "The bank statement says that this was paid, and no decision covers it", "".join(bill.message_ids.mapped('body')))
        activity = bill.activity_ids
        self.assertEqual((activity.user_id, activity.summary), (self.members[3], "Paid without a decision"))
        self.assertIn("“Finance committee” decides", activity.note)

    def test_a_bill_that_was_matched_by_mistake_is_not_flagged_any_more(self):
        bill = self._bill()
        _line, item = self._statement(400)
        payable = bill.line_ids.filtered(lambda line: line.account_type == 'liability_payable')
        self._match(item, payable)
        payable.remove_move_reconcile()
        self.assertFalse(bill.is_paid_undecided)

    def test_what_was_decided_or_is_small_is_not_flagged(self):
        small = self._bill(300)
        _line, item = self._statement(300)
        self._match(item, small.line_ids.filtered(lambda line: line.account_type == 'liability_payable'))
        self.assertFalse(small.is_paid_undecided)
        # Prepared and decided, and then paid at the bank by hand.
        bill = self._bill()
        decision = self.env['coop.decision'].browse(self._dialog(bill).action_prepare_and_propose()['res_id'])
        self._decide(decision.with_user(self.treasurer))
        _line, item = self._statement(400)
        self._match(item, bill.line_ids.filtered(lambda line: line.account_type == 'liability_payable'))
        self.assertFalse(bill.is_paid_undecided)

    def test_a_payment_that_the_bank_found_before_it_was_decided_is_flagged_too(self):
        self.payment_rule.active = False
        payment = self._payment()
        payment.action_post()
        self.payment_rule.active = True
        liquidity = payment.move_id.line_ids.filtered(lambda line: line.account_id == payment.outstanding_account_id)
        _line, item = self._statement(400)
        self._match(item, liquidity)
        self.assertTrue(payment.is_paid_undecided)
        self.assertEqual(payment.sudo().activity_ids.user_id, self.members[3])

    def test_a_refund_that_a_provider_made_online_is_booked(self):
        self.bank.outbound_payment_method_line_ids.payment_account_id = False
        provider = self.env.ref('payment.payment_provider_transfer')
        transaction = self.env['payment.transaction'].create({
            'reference': 'refund', 'amount': -400, 'currency_id': self.env.company.currency_id.id, 'state': 'done',
            'partner_id': self.customer.id, 'provider_id': provider.id,
            'payment_method_id': self.env['payment.method'].with_context(active_test=False).search([], limit=1).id})
        payment = self._payment(payment_transaction_id=transaction.id, state='in_process')
        self.assertEqual(payment.state, 'in_process')
        transaction.payment_id = payment
        # It stands for one payment, and not for others.
        with self.assertRefused(UserError, BODY):
            self._payment(payment_transaction_id=transaction.id, state='in_process')

    def test_the_lines_of_a_draft_payment_of_another_cohort_show_nothing(self):
        self.assertEqual(self._payment(cohort_id=self.winter.id).sudo().gate_state, 'needed')
        self.assertFalse(self.env['account.payment'].with_user(self.treasurer).search([('cohort_id', '=', self.winter.id)]))

