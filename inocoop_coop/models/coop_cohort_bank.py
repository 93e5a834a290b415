from odoo import fields, models
from odoo.tools import SQL

from .coop_cohort_documents import INVOICING

# What the balance is read from.
READ = {
    'account.account': ['account_type'],
    'account.move': ['cohort_ids', 'coop_share_id', 'journal_id', 'move_type', 'origin_payment_id', 'reversed_entry_id', 'state',
                     'statement_line_id'],
    'account.move.line': [
        'account_id', 'analytic_distribution', 'balance', 'display_type', 'journal_id', 'move_id', 'parent_state', 'price_total'],
    'account.partial.reconcile': ['amount', 'credit_move_id', 'debit_move_id'],
    'account.payment': ['cohort_id', 'journal_id', 'move_id', 'outstanding_account_id'],
    'coop.cohort': ['analytic_account_id', 'petty_cash_journal_id'],
    'res.company': ['transfer_account_id'],
}


class CoopCohort(models.Model):
    """How much of what is in the host's bank account is the cohort's.

    A bank account serves all the cohorts of a host, and its balance is the host's. The cohort's own is what was received
    for it less what was paid for it, tax included, from posted entries:

    - its payments, also before the bank statement has them;
    - what the bank statement, or a payment for several cohorts, paid of its invoices, bills and shares: its part of them;
    - what the bank statement says was earned or spent for it without an invoice;
    - less what was put into its cash box, which stands beside it.
    """
    _inherit = 'coop.cohort'

    bank_balance = fields.Monetary(
        "Cohort's Money in the Bank", compute='_compute_bank_balance', groups=INVOICING,
        help="What was received for this cohort less what was paid for it, tax included, its cash box aside. It is a part of the "
             "host's bank account, and not what that account holds.")

    def _compute_bank_balance(self):
        for model, names in READ.items():
            self.env[model].flush_model(names)
        # All entries, whatever the user reads of them: one sum for each cohort, which the user reads.
        balances = dict(self.env.execute_query(self._select_bank_balance())) if self._origin else {}
        for cohort in self:
            cohort.bank_balance = balances.get(cohort._origin.id, 0)

    def _select_bank_balance(self):
        """One query for all cohorts. The cents of what several cohorts share are given out so that nothing is lost."""
        return SQL(
            """
            WITH box AS (
                   SELECT petty_cash_journal_id AS id FROM coop_cohort WHERE petty_cash_journal_id IS NOT NULL),
                 bank AS (
                   SELECT id FROM account_journal WHERE type IN ('bank', 'cash', 'credit') AND id NOT IN (SELECT id FROM box))
          SELECT cohort_id, SUM(amount)
            FROM (%s UNION ALL %s UNION ALL %s UNION ALL %s) movement
           WHERE cohort_id IN %s
           GROUP BY cohort_id
            """,
            self._select_own_payments(), self._select_paid_documents(), self._select_bank_entries(), self._select_box_transfers(),
            tuple(self._origin.ids))

    def _select_own_payments(self):
        """What payments of the cohort brought or took. One whose entry was reversed did neither."""
        return SQL("""
            SELECT payment.cohort_id, line.balance AS amount
              FROM account_payment payment
        CROSS JOIN LATERAL (
                   SELECT payment.move_id AS id
                UNION ALL
                   SELECT id FROM account_move WHERE reversed_entry_id = payment.move_id
                   ) entry
              JOIN account_move_line line ON line.move_id = entry.id AND line.parent_state = 'posted'
                   AND line.account_id = payment.outstanding_account_id
             WHERE payment.cohort_id IN %s AND payment.journal_id IN (SELECT id FROM bank)
        """, tuple(self._origin.ids))

    def _select_paid_documents(self):
        """What money that names no cohort paid of documents that name one: each cohort's part, by its lines."""
        return SQL("""
            SELECT part.cohort_id, ROUND(part.amount * part.upto / part.total, part.places)
                   - ROUND(part.amount * (part.upto - part.own) / part.total, part.places) AS amount
              FROM (
                   SELECT named.cohort_id, named.own, SUM(named.own) OVER (PARTITION BY paid.id ORDER BY named.cohort_id) AS upto,
                          whole.total, paid.amount, paid.places
                     FROM (
                          SELECT document.id, document.move_type, currency.decimal_places AS places, SUM(
                                 CASE WHEN partial.debit_move_id = term.id THEN partial.amount ELSE -partial.amount END) AS amount
                            FROM account_move document
                            JOIN account_move_line term ON term.move_id = document.id
                            JOIN res_currency currency ON currency.id = term.company_currency_id
                            JOIN account_account account ON account.id = term.account_id
                                 AND account.account_type IN ('asset_receivable', 'liability_payable')
                            JOIN account_partial_reconcile partial
                                 ON partial.debit_move_id = term.id OR partial.credit_move_id = term.id
                            JOIN account_move_line money ON money.parent_state = 'posted' AND money.id = CASE
                                 WHEN partial.debit_move_id = term.id THEN partial.credit_move_id ELSE partial.debit_move_id END
                            JOIN account_move entry ON entry.id = money.move_id AND entry.journal_id IN (SELECT id FROM bank)
                       LEFT JOIN account_payment payment ON payment.id = entry.origin_payment_id
                           WHERE document.id IN (SELECT move_id FROM coop_cohort_account_move_rel WHERE cohort_id IN %s)
                             AND document.state = 'posted' AND document.origin_payment_id IS NULL
                             AND document.statement_line_id IS NULL AND payment.cohort_id IS NULL
                           GROUP BY document.id, currency.id
                          ) paid
        CROSS JOIN LATERAL (
                   SELECT cohort.id AS cohort_id, SUM(
                          CASE paid.move_type WHEN 'entry' THEN line.balance ELSE line.price_total END
                          * share.percentage::numeric / 100) AS own
                     FROM account_move_line line
               CROSS JOIN LATERAL jsonb_each_text(line.analytic_distribution) AS share(accounts, percentage)
               CROSS JOIN LATERAL unnest(string_to_array(share.accounts, ',')) AS number
                     JOIN coop_cohort cohort ON cohort.analytic_account_id = number::integer
                    WHERE line.move_id = paid.id AND line.display_type = 'product'
                    GROUP BY cohort.id
                   ) named
        CROSS JOIN LATERAL (
                   -- An entry has lines on both sides: those count that say for whom they are.
                   SELECT NULLIF(SUM(CASE paid.move_type WHEN 'entry' THEN line.balance ELSE line.price_total END), 0) AS total
                     FROM account_move_line line
                    WHERE line.move_id = paid.id AND line.display_type = 'product'
                      AND (paid.move_type != 'entry' OR line.analytic_distribution IS NOT NULL)
                   ) whole
                   ) part
        """, tuple(self._origin.ids))

    def _select_bank_entries(self):
        """What was earned or spent in the bank's own journal, as its charges are."""
        return SQL("""
            SELECT share.cohort_id, share.amount
              FROM (%s) share
              JOIN account_move move ON move.id = share.move_id
             WHERE share.cohort_id IN %s AND move.origin_payment_id IS NULL AND move.journal_id IN (SELECT id FROM bank)
        """, self.env['coop.result.line']._select_shares(), tuple(self._origin.ids))

    def _select_box_transfers(self):
        """What went from the bank into the cohort's cash box, and back."""
        return SQL("""
            SELECT cohort.id AS cohort_id, line.balance AS amount
              FROM coop_cohort cohort
              JOIN res_company company ON company.id = cohort.company_id
              JOIN account_move_line line ON line.journal_id = cohort.petty_cash_journal_id
                   AND line.account_id = company.transfer_account_id AND line.parent_state = 'posted'
             WHERE cohort.id IN %s
        """, tuple(self._origin.ids))
