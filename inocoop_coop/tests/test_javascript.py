from odoo.addons.web.tests import test_js
from odoo.tests import HttpCase, tagged


@tagged('post_install', '-at_install', 'browser')
class TestJavascript(HttpCase):
    """The unit tests of our JavaScript (static/tests/*.test.js), and no others, in the browser."""

    def test_the_units_of_our_javascript(self):
        # A suite that is not found runs all of Odoo's instead, which takes longer than is allowed: it fails.
        ours = test_js.HOOTCommon._generate_hash(self, '@inocoop_coop')
        self.browser_js(
            f'/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={ours}', "", login='admin', timeout=300,
            success_signal="[HOOT] Test suite succeeded", error_checker=test_js.unit_test_error_checker)
