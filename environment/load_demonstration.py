# Read by `odoo shell`, which gives env and commits nothing by itself.
# ruff: noqa: F821
# The same action as the button in the interface, as the administrator.
admin = env.ref('base.user_admin')
load = env(user=admin, context={'lang': 'fr_FR', 'tz': 'Europe/Paris'})['coop.demonstration.load']
load.create({}).action_load()
# A demonstration tells nobody outside about its customers or of itself.
for cron in ('crm_iap_enrich.ir_cron_lead_enrichment', 'mail.ir_cron_module_update_notification'):
    if job := env.ref(cron, raise_if_not_found=False):
        job.active = False
# What the pages are made of: the first one opens at once, and two people who open it at the same
# moment don't both try to make it.
env['ir.qweb']._pregenerate_assets_bundles()
env.cr.commit()
