from . import models, report, wizard


def uninstall_hook(env):
    """Without the addon nothing confines members: what mandates opened closes first."""
    env['coop.access.grant']._take_back_all()
