# Read by `odoo shell`, which gives env and commits nothing by itself.
# ruff: noqa: F821
# What a host's accountant sets once, on the page of each bank and cash journal: the transfer by file among the ways to pay,
# and the account that each way to pay takes until the bank statement has it.
#
# With OCA's payment orders a paid invoice is "in payment" until the bank statement has it, as with Odoo's own accounting
# app. Odoo then books no entry for a payment whose method names no outstanding account, and the invoice stays open.
# Named here is the account that Odoo takes by itself where these modules are not installed.
transfer = env.ref('account_payment_sepa_credit_transfer.sepa_credit_transfer')
for journal in env['account.journal'].search([('type', '=', 'bank')]):
    lines = journal.outbound_payment_method_line_ids.filtered(lambda line: line.payment_method_id == transfer)
    lines = lines or lines.create({'journal_id': journal.id, 'payment_method_id': transfer.id})
    # Also for what is owed to members, which stands in no purchase journal and names no way to pay.
    lines.write({'selectable': True, 'default_payment_mode': 'same_or_null', 'default_journal_ids': [(5, 0, 0)]})
for line in env['account.payment.method.line'].search([('journal_id', '!=', False), ('payment_account_id', '=', False)]):
    payment = env['account.payment'].new({'company_id': line.company_id.id})
    line.payment_account_id = payment._get_outstanding_account(line.payment_type)
env.cr.commit()
