import base64
import io
from datetime import date

from lxml import etree
from pdfminer.high_level import extract_text

from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import file_open

from .books import BooksCommon
from .companions import need_companion
from .sharing import SharingCommon


@tagged('post_install', '-at_install')
class TestCompanions(BooksCommon):
    """The companions of OCA work on a cohort's entries as on any others."""

    def test_a_bank_line_is_reconciled_with_a_cohorts_invoice(self):
        need_companion(self.env, 'account_reconcile_oca')
        invoice = self._document('out_invoice', (120, {self.autumn: 100}))
        books = self.env(user=self.accountant)
        line = books['account.bank.statement.line'].create({
            'journal_id': self.bank.id, 'date': date(2026, 1, 28), 'payment_ref': "Transfer", 'amount': 120})
        self.assertEqual(self._totals(basis='collected'), (0, 0))
        with Form(line, view='account_reconcile_oca.bank_statement_line_form_reconcile_view') as form:
            form.add_account_move_line_id = invoice.line_ids.filtered(
                lambda item: item.account_id.account_type == 'asset_receivable').with_env(books)
        self.assertTrue(line.can_reconcile)
        line.reconcile_bank_line()
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(self._totals(basis='collected', period=(date(2026, 1, 28), date(2026, 1, 28))), (12000, 0))

    def test_an_expense_of_the_cash_box_is_told_there_too(self):
        need_companion(self.env, 'account_reconcile_oca')
        self.autumn.action_open_petty_cash()
        # What a click on the line sets is a hidden field: as in OCA's own tests.
        self.env['ir.ui.view'].create({
            'name': "Visible", 'model': 'account.bank.statement.line',
            'inherit_id': self.env.ref('account_reconcile_oca.bank_statement_line_form_reconcile_view').id,
            'arch': '<field name="manual_reference" position="attributes"><attribute name="invisible">0</attribute></field>'})
        books = self.env(user=self.accountant)
        line = books['account.bank.statement.line'].create({
            'journal_id': self.autumn.petty_cash_journal_id.id, 'date': date(2026, 1, 28), 'payment_ref': "Stamps", 'amount': -9})
        with Form(line, view='account_reconcile_oca.bank_statement_line_form_reconcile_view') as form:
            form.manual_reference = line.reconcile_data_info['data'][-1]['reference']
            form.manual_account_id = self.expense.with_env(books)
        self.assertTrue(line.can_reconcile)
        line.reconcile_bank_line()
        self.assertEqual(self._totals(), (0, 900))

    def test_the_general_ledger_prints_a_cohorts_entries(self):
        need_companion(self.env, 'account_financial_report')
        self._document('out_invoice', (1234.56, {self.autumn: 100}))
        self._document('out_invoice', (777.77, {self.winter: 100}))
        wizard = self.env['general.ledger.report.wizard'].with_user(self.accountant).create({
            'date_from': date(2026, 1, 1), 'date_to': date(2026, 12, 31), 'company_id': self.env.company.id,
            'account_ids': [Command.set(self.income.ids)], 'centralize': False,
            'cost_center_ids': [Command.set(self.autumn.analytic_account_id.ids)]})
        self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
        reports = self.env['ir.actions.report'].with_user(self.accountant).with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content, _kind = reports._render_qweb_pdf(
                'account_financial_report.general_ledger', wizard.ids, data=wizard._prepare_report_data())
        text = extract_text(io.BytesIO(content))
        self.assertIn("1,234.56", text)
        self.assertNotIn("777.77", text, "Asked for one cohort's account, it shows that one's alone.")

    def test_a_cohorts_bill_is_paid_by_a_sepa_file(self):
        need_companion(self.env, 'account_payment_sepa_credit_transfer')
        self._give_groups(
            self.accountant, 'account_payment_batch_oca.group_account_payment', 'account.group_validate_bank_account')
        account, supplier_account = self.env['res.partner.bank'].create([{
            'acc_number': number, 'partner_id': partner.id, 'allow_out_payment': True,
            'bank_id': self.env['res.bank'].create({'name': "Bank", 'bic': 'TESTFRPPXXX'}).id,
        } for number, partner in (
            ('FR0812221333144415551666777', self.env.company.partner_id), ('FR731111 9999 8888 5555 9999 111', self.supplier))])
        self.bank.bank_account_id = account
        line = self.bank.outbound_payment_method_line_ids.filtered(lambda line: line.code == 'sepa_credit_transfer')
        bill = self._document(
            'in_invoice', (120, {self.autumn: 100}), preferred_payment_method_line_id=line.id, ref="F-2026-17",
            partner_bank_id=supplier_account.id)
        books = self.env(user=self.accountant)
        action = bill.with_env(books).create_account_payment_line()
        order = books['account.payment.order'].browse(action['res_id'])
        order.draft2open()
        order.open2generated()
        content = base64.b64decode(order.payment_file_id.datas).decode()
        self.assertIn("120.00", content)
        self.assertIn("FR7311119999888855559999111", content)
        order.generated2uploaded()
        self.assertEqual(order.payment_ids.cohort_id, self.autumn)
        self.assertEqual(bill.amount_residual, 0)
        self.assertEqual(self._totals(basis='collected', period=(date(2026, 1, 1), date(2027, 12, 31))), (0, 12000))

    def test_odoos_own_dialog_still_pays(self):
        """With payment orders installed, it books nothing where no outstanding account is named: the set-up names them."""
        need_companion(self.env, 'account_payment_sepa_credit_transfer')
        self.autumn.with_user(self.accountant).action_open_petty_cash()
        journals = self.env['account.journal'].search([('type', 'in', ('bank', 'cash'))])
        self.assertIn(self.autumn.petty_cash_journal_id, journals)
        for line in journals.inbound_payment_method_line_ids + journals.outbound_payment_method_line_ids:
            self.assertTrue(line.payment_account_id.reconcile, f"{line.journal_id.name}: {line.name}")
        for journal in self.bank + self.autumn.petty_cash_journal_id:
            for move_type in ('out_invoice', 'in_invoice'):
                document = self._document(move_type, (120, {self.autumn: 100}))
                payment = self._pay_in_part(document, journal_id=journal.id)
                with self.subTest(journal=journal.name, move_type=move_type):
                    self.assertEqual((payment.move_id.state, document.amount_residual), ('posted', 0))
                    self.assertEqual(document.payment_state, 'in_payment')
        # Why: see environment/set_up_books.py.
        self.bank.inbound_payment_method_line_ids.payment_account_id = False
        invoice = self._document('out_invoice', (120, {self.autumn: 100}))
        self.assertFalse(self._pay_in_part(invoice, journal_id=self.bank.id).move_id)
        self.assertEqual(invoice.amount_residual, 120)


@tagged('post_install', '-at_install')
class TestCompanionsShare(SharingCommon):
    """What is owed to members is paid by one file for the bank."""

    IBANS = {
        'Léa': 'FR7630006000011234567890189', 'Yanis': 'FR1420041010050500013M02606', 'Sofia': 'FR7610107001011234567890129'}
    HOST = 'FR7630001007941234567890185'

    def test_a_share_is_paid_by_a_sepa_file(self):
        need_companion(self.env, 'account_payment_sepa_credit_transfer')
        self.env['coop.decision.rule'].create({
            'name': "Large payments", 'document': 'account.payment', 'program_id': self.program.id, 'amount': 50,
            'template_id': self.finance.template_id.id, 'method_id': self.simple.id})
        self._give_groups(
            self.accountant, 'account_payment_batch_oca.group_account_payment', 'account.group_validate_bank_account',
            'base.group_partner_manager')
        accountant = self.env(user=self.accountant)
        members = self.lea + self.yanis + self.sofia
        partners = [self.env.company.partner_id, *members.partner_id]
        numbers = [self.HOST, *(self.IBANS[member.name.split()[0]] for member in members)]
        accounts = accountant['res.partner.bank'].create([
            {'acc_number': number, 'partner_id': partner.id, 'allow_out_payment': True}
            for number, partner in zip(numbers, partners, strict=True)])
        bank = self.env['account.journal'].search([('type', '=', 'bank')], limit=1)
        bank.bank_account_id = accounts[0]
        share = self._posted_share()

        # The accountant's own screens, button by button.
        with Form(accountant['account.payment.order'].with_context(default_payment_type='outbound')) as form:
            form.payment_method_line_id = bank.outbound_payment_method_line_ids.filtered(
                lambda line: line.code == 'sepa_credit_transfer').with_env(accountant)
        order = form.save()
        wizard = accountant['account.payment.line.create'].with_context(
            active_model=order._name, active_id=order.id).create({
                'due_date': fields.Date.today(), 'partner_ids': [Command.set(members.partner_id.ids)]})
        wizard.populate()
        self.assertEqual(wizard.move_line_ids, share.sudo()._get_payable_lines())
        wizard.create_payment_lines()
        order.draft2open()
        self.assertEqual(set(order.payment_ids.mapped('gate_state')), {'covered'}, "It was decided with the share.")
        order.open2generated()

        content = base64.b64decode(order.payment_file_id.datas)
        root = etree.fromstring(content)
        with file_open('account_payment_sepa_credit_transfer/data/pain.001.001.09.xsd', 'rb') as schema:
            etree.XMLSchema(etree.parse(schema)).assertValid(root)
        said = {'pain': 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'}

        def read(path, node=root):
            return [found.text for found in node.iterfind(path, said)]
        transfers = root.findall('.//pain:CdtTrfTxInf', said)
        self.assertEqual(
            {(*read('.//pain:CdtrAcct//pain:IBAN', transfer), *read('.//pain:InstdAmt', transfer)) for transfer in transfers},
            {(self.IBANS['Léa'], '282.50'), (self.IBANS['Yanis'], '94.17'), (self.IBANS['Sofia'], '188.33')})
        self.assertEqual({amount.get('Ccy') for amount in root.iterfind('.//pain:InstdAmt', said)}, {'EUR'})
        self.assertEqual(set(read('.//pain:DbtrAcct//pain:IBAN')), {self.HOST})
        self.assertEqual(read('.//pain:GrpHdr/pain:CtrlSum') + read('.//pain:GrpHdr/pain:NbOfTxs'), ['565.00', '3'])

        order.generated2uploaded()
        self.assertTrue(all(share.sudo()._get_payable_lines().mapped('reconciled')))
        self.assertEqual(order.payment_ids.cohort_id, self.autumn)
        share.invalidate_recordset()
        self.assertEqual(share.payment_state, 'paid')
        self.assertEqual(self.autumn.with_user(self.accountant).bank_balance, -565)
