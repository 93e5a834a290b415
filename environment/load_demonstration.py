# Read by `odoo shell`, which gives env and commits nothing by itself.
# ruff: noqa: F821
# The same action as the button in the interface, as the administrator.
admin = env.ref('base.user_admin')
load = env(user=admin, context={'lang': 'fr_FR', 'tz': 'Europe/Paris'})['coop.demonstration.load']
load.create({}).action_load()
# The login that is printed at the start. (The button in the interface leaves the administrator's alone.)
admin.password = 'admin'  # noqa: S105 (known to all)
# The accountant pays by files for the bank, on accounts that no bank has: with a number that checks, as banks ask.
env.ref('account_payment_batch_oca.group_account_payment').user_ids |= env['res.users'].search([('login', '=', 'accountant')])
bank = env['account.journal'].search([('type', '=', 'bank')], limit=1)
members = env['coop.membership'].search([('state', '=', 'active')])
for number, partner in enumerate([env.company.partner_id, *members.partner_id], start=1):
    # An IBAN of France: bank, branch, account and key, with F and R as 15 and 27 where the two digits are worked out.
    account = f'1234500001{number:011d}'
    key = 97 - (89 * 12345 + 15 * 1 + 3 * number) % 97
    digits = f'{account}{key:02d}'
    own = partner.bank_ids or partner.bank_ids.create({
        'acc_number': f"FR{98 - int(f'{digits}152700') % 97:02d}{digits}", 'partner_id': partner.id, 'allow_out_payment': True})
    if partner == env.company.partner_id and not bank.bank_account_id:
        bank.bank_account_id = own[:1]
# A demonstration tells nobody outside about its customers or of itself.
for cron in ('crm_iap_enrich.ir_cron_lead_enrichment', 'mail.ir_cron_module_update_notification'):
    if job := env.ref(cron, raise_if_not_found=False):
        job.active = False
# What the pages are made of: the first one opens at once, and two people who open it at the same
# moment don't both try to make it.
env['ir.qweb']._pregenerate_assets_bundles()
env.cr.commit()
