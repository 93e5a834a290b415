import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from verdict import judge

STAMP = '2026-11-23 20:45:31,170 5285'
GREEN = f"{STAMP} INFO test odoo.tests.result: 0 failed, 0 error(s) of 12 tests when loading database 'test'"
UNITTEST_GREEN = "test_it ... ok\n\nRan 3 tests in 0.1s\n\nOK\n"


class TestVerdict(unittest.TestCase):

    def test_what_passed_in_each_log_is_added_up(self):
        passed, failures, shown = judge({'orm': GREEN, 'browser': GREEN, 'environment': UNITTEST_GREEN})
        self.assertEqual((passed, failures, shown), (27, 0, []))

    def test_a_failed_test_is_counted_once_and_shown_with_its_traceback(self):
        log = '\n'.join([
            f"{STAMP} ERROR test odoo.addons.inocoop_coop.tests.test_x: FAIL: TestX.test_y",
            "Traceback (most recent call last):",
            "AssertionError: 1 != 2",
            f"{STAMP} ERROR test odoo.modules.loading: Module inocoop_coop: 1 failures, 0 errors of 12 tests",
            f"{STAMP} ERROR test odoo.tests.result: 1 failed, 0 error(s) of 12 tests when loading database 'test'",
        ])
        passed, failures, shown = judge({'orm': log}, crashed={'orm'})
        self.assertEqual((passed, failures), (11, 1))
        self.assertIn("1 != 2", shown[0])

    def test_a_test_that_failed_while_a_module_was_installed_is_counted_once(self):
        log = '\n'.join([
            f"{STAMP} ERROR test odoo.addons.inocoop_coop.tests.test_x: FAIL: TestX.test_y",
            # Odoo leaves a blank at the end.
            f"{STAMP} ERROR test odoo.modules.loading: Module inocoop_coop: 1 failures, 0 errors of 1 tests ",
            f"{STAMP} ERROR test odoo.modules.loading: At least one test failed when loading the modules. ",
            f"{STAMP} ERROR test odoo.tests.result: 1 failed, 0 error(s) of 1 tests when loading database 'test'",
        ])
        self.assertEqual(judge({'install': log}, crashed={'install'})[:2], (0, 1))

    def test_a_class_that_fails_before_its_first_test_passes_nothing(self):
        log = '\n'.join([
            f"{STAMP} ERROR test odoo.tests.suite: ERROR: setUpClass (odoo.addons.inocoop_coop.tests.test_x.TestX)",
            f"{STAMP} ERROR test odoo.tests.result: 0 failed, 1 error(s) of 0 tests when loading database 'test'",
        ])
        self.assertEqual(judge({'orm': log}, crashed={'orm'})[:2], (0, 1))

    def test_what_the_browser_of_a_failed_tour_says_is_part_of_that_failure(self):
        browser = f"{STAMP} ERROR test odoo.addons.inocoop_coop.tests.test_x.TestX.test_y.browser: FAILED: [4/9] Tour y"
        green = judge({'browser': f"{browser}\n{GREEN}"})
        self.assertEqual(green[:2], (12, 1), "in a test that passes, it is an error nobody saw")
        red = '\n'.join([
            browser,
            f"{STAMP} ERROR test odoo.addons.inocoop_coop.tests.test_x: FAIL: TestX.test_y",
            f"{STAMP} ERROR test odoo.tests.result: 1 failed, 0 error(s) of 12 tests when loading database 'test'",
        ])
        self.assertEqual(judge({'browser': red})[:2], (11, 1))

    def test_a_warning_that_no_test_asked_for_is_a_failure(self):
        log = f"{STAMP} WARNING test odoo.addons.base.models.ir_model: Two fields have the same label\n{GREEN}"
        passed, failures, shown = judge({'orm': log})
        self.assertEqual((passed, failures), (12, 1))
        self.assertIn("same label", shown[0])

    def test_an_expected_warning_is_not_a_failure(self):
        log = f"{STAMP} WARNING test odoo.addons.base.models.ir_actions_report: wkhtmltopdf is not patched\n{GREEN}"
        self.assertEqual(judge({'orm': log})[1], 0)

    def test_a_process_that_died_without_a_result_is_a_failure(self):
        passed, failures, shown = judge({'orm': GREEN, 'browser': f"{STAMP} INFO test odoo: starting"}, crashed={'browser'})
        self.assertEqual((passed, failures), (12, 1))
        self.assertIn("ended badly", shown[0])

    def test_a_run_of_nothing_has_nothing_passed(self):
        self.assertEqual(judge({'orm': GREEN.replace('of 12 tests', 'of 0 tests')})[:2], (0, 0))

    def test_failures_of_the_environments_own_tests_count(self):
        log = "=====\nFAIL: test_it\n\nRan 3 tests in 0.1s\n\nFAILED (failures=1, errors=1)\n"
        self.assertEqual(judge({'environment': log})[:2], (1, 2))

    def test_an_environment_test_run_that_broke_off_is_a_failure(self):
        self.assertEqual(judge({'environment': "SyntaxError"})[:2], (0, 1))
