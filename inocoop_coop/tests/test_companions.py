import base64
import io
from datetime import date

from pdfminer.high_level import extract_text

from odoo.fields import Command
from odoo.tests import Form, tagged

from .books import BooksCommon
from .companions import need_companion


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
        method = self.env.ref('account_payment_sepa_credit_transfer.sepa_credit_transfer')
        method.pain_version = 'pain.001.001.09'
        line = self.env['account.payment.method.line'].create({
            'name': "Transfer", 'company_id': self.env.company.id, 'payment_method_id': method.id, 'bank_account_link': 'fixed',
            'journal_id': self.bank.id, 'selectable': True, 'payment_account_id': self.env['account.account'].search(
                [('account_type', '=', 'asset_current'), ('reconcile', '=', True)], limit=1).id})
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
