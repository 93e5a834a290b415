from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .sharing import SharingCommon


@tagged('post_install', '-at_install')
class TestDistributionLock(SharingCommon):
    """Money is shared by the analytic distribution: it stays as it was when the group decided on it."""

    def _distribute(self, line, user, **percentages):
        line.with_user(user).analytic_distribution = {
            str(self[cohort].analytic_account_id.id): percentage for cohort, percentage in percentages.items()}

    def __getitem__(self, name):
        return getattr(self, name)

    def test_what_was_shared_is_not_distributed_otherwise(self):
        invoice = self._book('out_invoice', 200, date(2025, 11, 12))
        other = self._book('out_invoice', 80, date(2025, 11, 13), cohort=self.winter)
        later = self._book('out_invoice', 50, date(2026, 1, 12))
        share = self._propose_share()
        period = (self.autumn, date(2025, 10, 1), date(2025, 12, 31), 'invoiced')
        before = self.env['coop.result.line']._get_totals(*period)
        for decide in (lambda: None, lambda: self._decide_share(share), share.action_post):
            decide()
            for user in (self.accountant, self.treasurer, self.env.user):
                with self.subTest(state=share.state, user=user.login), self.assertRefused(
                        UserError, "“.*” shares what is in the books from 10/01/2025 to 12/31/2025"):
                    self._distribute(invoice.invoice_line_ids, user, autumn=10)
            # Nor does anything come in.
            with self.assertRefused(UserError, "shares what is in the books"):
                self._distribute(other.invoice_line_ids, self.accountant, autumn=50, winter=50)
        self.env.flush_all()
        self.assertEqual(self.env['coop.result.line']._get_totals(*period), before)
        # The same once more, another cohort's own, and what is not shared yet.
        self._distribute(invoice.invoice_line_ids, self.accountant, autumn=100)
        self._distribute(other.invoice_line_ids, self.accountant, winter=50)
        self._distribute(later.invoice_line_ids, self.accountant, autumn=50)

    def test_as_long_as_nobody_votes_it_can_be_put_right(self):
        invoice = self._book('out_invoice', 200, date(2025, 11, 12))
        self._share()
        self._distribute(invoice.invoice_line_ids, self.treasurer, autumn=10)
        self.assertEqual(list(invoice.invoice_line_ids.analytic_distribution.values()), [10])
