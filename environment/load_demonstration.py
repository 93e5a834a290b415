# Read by `odoo shell`: the same action as the button in the interface, as the administrator.
admin = env.ref('base.user_admin')  # noqa: F821 (the shell gives env)
load = env(user=admin, context={'lang': 'fr_FR', 'tz': 'Europe/Paris'})['coop.demonstration.load']  # noqa: F821
load.create({}).action_load()
env.cr.commit()  # noqa: F821 (the shell commits nothing by itself)
