"""What a French host uses beside the addon, which works without it: see ``environment/companions.txt``."""
from unittest import SkipTest


def need_companion(env, name):
    """Skip where a companion is not there at all. Where it could be installed and is not, the test fails.

    So nobody loses these tests by a slip in the list of what is installed.
    """
    module = env['ir.module.module'].search([('name', '=', name)])
    if not module or module.state == 'uninstallable':
        raise SkipTest(f"{name} is not there")
    if module.state != 'installed':
        raise AssertionError(f"{name} is there and is not installed: see environment/companions.txt")
