from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import covered
from ..tools import clock

BASES = [
    ('invoiced', "Invoiced"),
    ('collected', "Collected"),
]
KINDS = [
    ('income', "Income"),
    ('expense', "Expense"),
]


class CoopResultLine(models.Model):
    """What a cohort earned and spent, line by line, from the posted entries and from nothing else.

    A line of an entry counts for a cohort in the proportion that its analytic distribution says. The cents
    of a line that is shared between several cohorts are given out one cohort after the other, so that their
    parts make up the line exactly. Each line stands here once for each basis:

    - *invoiced*: in full, on the date of its entry;
    - *collected*: on the date of each payment, in proportion of what is paid of the invoice by then, so that an
      invoice that is wholly paid is counted to the cent. A payment made before its invoice counts on the day of the
      invoice: until then nobody can say for what it was. An entry to which nothing is owed (petty cash, a
      correction) counts on its own date.

    Hours are in no entry, so their cost is not in it. Beside stands what was planned: see ``coop.budget.line``.
    """
    _name = 'coop.result.line'
    _description = "Line of a cohort's result"
    _auto = False
    _rec_name = 'account_id'
    _order = 'date desc, move_id desc, id'
    _depends = {
        'account.account': ['account_type'],
        'account.move': ['cohort_ids', 'company_id', 'date', 'state'],
        'account.move.line': [
            'account_id', 'analytic_distribution', 'balance', 'company_currency_id', 'move_id', 'parent_state', 'partner_id',
            'product_id'],
        'coop.budget.line': ['account_id', 'amount', 'cohort_id', 'kind', 'month', 'product_id'],
        'account.partial.reconcile': ['amount', 'credit_move_id', 'debit_move_id', 'max_date'],
        'coop.cohort': ['analytic_account_id', 'company_id', 'date_end', 'date_start'],
    }

    # A condition on `move`: entries that share the result out are not part of it.
    _excluded_moves = SQL("move.coop_share_id IS NOT NULL")

    basis = fields.Selection(BASES, readonly=True)
    date = fields.Date(readonly=True)
    cohort_id = fields.Many2one('coop.cohort', readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one('res.currency', readonly=True)
    move_id = fields.Many2one('account.move', string="Entry", readonly=True)
    move_line_id = fields.Many2one('account.move.line', string="Journal Item", readonly=True)
    partner_id = fields.Many2one('res.partner', readonly=True)
    account_id = fields.Many2one('account.account', readonly=True)
    product_id = fields.Many2one('product.product', string="Service", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    amount = fields.Monetary(
        readonly=True, aggregator='sum', help="In the company's currency, without tax. Income is positive, expenses negative.")
    budget = fields.Monetary(
        readonly=True, aggregator='sum', help="What was planned. Income is positive, expenses negative.")

    # ------------------------------------------------------------
    # The query
    # ------------------------------------------------------------

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(self._get_selects())

    def _get_selects(self):
        return [self._select_invoiced(), self._select_collected(), self._select_planned()]

    def _select_shares(self):
        """Each posted line on income or expense, once for each of its cohorts, with that cohort's part of it.

        It starts from the cohort's entries: a condition on the cohort keeps the other cohorts' entries unread.
        """
        return SQL("""
            SELECT cohort.id AS cohort_id, move.company_id, move.id AS move_id, move.date, line.id AS line_id,
                   line.partner_id, line.account_id, line.product_id, currency.id AS currency_id,
                   currency.decimal_places AS places, split_part(account.account_type, '_', 1) AS kind,
                   ROUND(-line.balance * share.upto / 100, currency.decimal_places)
                   - ROUND(-line.balance * share.before / 100, currency.decimal_places) AS amount
              FROM coop_cohort_account_move_rel rel
              JOIN coop_cohort cohort ON cohort.id = rel.cohort_id
              JOIN account_move move ON move.id = rel.move_id AND move.state = 'posted'
              JOIN account_move_line line ON line.move_id = move.id AND line.analytic_distribution IS NOT NULL
              JOIN account_account account ON account.id = line.account_id
                   AND split_part(account.account_type, '_', 1) IN ('income', 'expense')
              JOIN res_currency currency ON currency.id = line.company_currency_id
        CROSS JOIN LATERAL (
                   SELECT SUM(part.percentage) AS upto,
                          COALESCE(SUM(part.percentage) FILTER (WHERE part.cohort_id < cohort.id), 0) AS before,
                          bool_or(part.cohort_id = cohort.id) AS is_named
                     FROM (
                          SELECT part.percentage::numeric,
                                 (SELECT id FROM coop_cohort WHERE analytic_account_id = number::integer) AS cohort_id
                            FROM jsonb_each_text(line.analytic_distribution) AS part(accounts, percentage)
                      CROSS JOIN LATERAL unnest(string_to_array(part.accounts, ',')) AS number
                          ) part
                    WHERE part.cohort_id <= cohort.id
                   ) share
             WHERE share.is_named AND NOT (%s)
        """, self._excluded_moves)

    def _select_invoiced(self):
        return SQL("""
            SELECT %s AS id, 'invoiced' AS basis, share.date, share.amount, 0.0 AS budget, %s
              FROM (%s) share
        """, self._row_number(SQL("'invoiced'")), self._select_common(), self._select_shares())

    def _select_collected(self):
        return SQL("""
            SELECT %s AS id, 'collected' AS basis, settled.date,
                   ROUND(share.amount * settled.upto / settled.due, share.places)
                   - ROUND(share.amount * settled.before / settled.due, share.places) AS amount, 0.0 AS budget, %s
              FROM (%s) share
        CROSS JOIN LATERAL (
                   SELECT COALESCE(SUM(ABS(term.balance)), 0) AS amount
                     FROM account_move_line term
                     JOIN account_account account ON account.id = term.account_id
                    WHERE term.move_id = share.move_id
                      AND account.account_type IN ('asset_receivable', 'liability_payable')
                   ) due
        CROSS JOIN LATERAL (
                   SELECT 0 AS partial_id, share.date, 1 AS upto, 0 AS before, 1 AS due
                    WHERE due.amount = 0
                UNION ALL
                   SELECT partial.id, partial.date, SUM(partial.amount) OVER turn, SUM(partial.amount) OVER turn - partial.amount,
                          due.amount
                     FROM (
                          SELECT partial.id, partial.max_date AS date, SUM(partial.amount) AS amount
                            FROM account_move_line term
                            JOIN account_account account ON account.id = term.account_id
                            JOIN account_partial_reconcile partial
                                 ON partial.debit_move_id = term.id OR partial.credit_move_id = term.id
                            -- An entry that goes back to draft stays matched.
                            JOIN account_move_line payment ON payment.parent_state = 'posted' AND payment.id = CASE
                                 WHEN partial.debit_move_id = term.id THEN partial.credit_move_id ELSE partial.debit_move_id END
                           WHERE term.move_id = share.move_id
                             AND account.account_type IN ('asset_receivable', 'liability_payable')
                           GROUP BY partial.id
                          ) partial
                    WHERE due.amount != 0
                   WINDOW turn AS (ORDER BY partial.date, partial.id)
                   ) settled
        """, self._row_number(SQL("settled.partial_id")), self._select_common(), self._select_shares())

    def _select_planned(self):
        """What was planned stands beside both bases. What is for the whole period is spread over its months."""
        return SQL("""
            SELECT %s AS id, basis.name AS basis, GREATEST(plan.month::date, plan.date_start) AS date, 0.0 AS amount,
                   (ROUND(plan.amount * plan.turn / plan.months, plan.places)
                   - ROUND(plan.amount * (plan.turn - 1) / plan.months, plan.places)) AS budget,
                   plan.cohort_id, plan.company_id, plan.currency_id, NULL::integer AS move_id, NULL::integer AS move_line_id,
                   NULL::integer AS partner_id, plan.account_id, plan.product_id, plan.kind
              FROM (
                   SELECT line.id, line.account_id, line.product_id, line.kind, cohort.id AS cohort_id, cohort.date_start,
                          company.id AS company_id, currency.id AS currency_id, currency.decimal_places AS places,
                          span.month, CASE line.kind WHEN 'expense' THEN -line.amount ELSE line.amount END AS amount,
                          COUNT(*) OVER whole AS months, ROW_NUMBER() OVER (whole ORDER BY span.month) AS turn
                     FROM coop_budget_line line
                     JOIN coop_cohort cohort ON cohort.id = line.cohort_id
                     JOIN res_company company ON company.id = cohort.company_id
                     JOIN res_currency currency ON currency.id = company.currency_id
               CROSS JOIN LATERAL generate_series(
                          date_trunc('month', COALESCE(line.month, cohort.date_start)::timestamp),
                          COALESCE(line.month, cohort.date_end)::timestamp, '1 month') AS span(month)
                   WINDOW whole AS (PARTITION BY cohort.id, line.id)
                   ) plan
        CROSS JOIN (VALUES ('invoiced'), ('collected')) AS basis(name)
        """, SQL("hashtextextended(concat_ws(':', 'planned', plan.id, plan.turn, basis.name), 0) & 9007199254740991"))

    @staticmethod
    def _row_number(source):
        """A number that stays the same from one reading to the next, and that a browser can hold (53 bits).

        Counting the rows would have all of them read, those of other cohorts too.
        """
        return SQL("hashtextextended(concat_ws(':', share.line_id, share.cohort_id, %s), 0) & 9007199254740991", source)

    @staticmethod
    def _select_common():
        return SQL(
            "share.cohort_id, share.company_id, share.currency_id, share.move_id, share.line_id AS move_line_id, "
            "share.partner_id, share.account_id, share.product_id, share.kind")

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, **kwargs):
        # The rule says the same with a sub-query, for which PostgreSQL would first read what every cohort has.
        if not self.env.su and self.env.user.is_coop_scoped:
            readable = self.env['coop.cohort']._search([], active_test=False).get_result_ids()
            domain = Domain(domain) & Domain('cohort_id', 'in', readable)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _get_totals(self, cohort, date_from, date_to, basis):
        """What a cohort earned and spent in a period, in one query.

        :param cohort: one cohort
        :param date_from: first day, included
        :param date_to: last day, included
        :param str basis: ``invoiced`` or ``collected``
        :return: ``{'income': cents, 'turnover': cents, 'expense': cents}``: whole numbers of the company currency's
            smallest unit. An expense is positive. The turnover is the part of the income that was sold: on accounts of the
            type “Income”, and not “Other Income”, where grants are.
        :raise UserError: when the basis or a date is none
        """
        date_from, date_to = self._check_period(date_from, date_to)
        if basis not in dict(BASES):
            raise UserError(self.env._("A result is counted on what is invoiced or on what is collected: say which."))
        for model, names in self._depends.items():
            self.env[model].flush_model(names)
        # Three sums, past the rules, for who counts with them; who shows them asks who may see the cohort's money. Of the other
        # basis and of the budget, PostgreSQL need not even think.
        select = self._select_invoiced() if basis == 'invoiced' else self._select_collected()
        [(income, turnover, expense)] = self.env.execute_query(SQL(
            """SELECT SUM(line.amount) FILTER (WHERE line.kind = 'income'),
                      SUM(line.amount) FILTER (WHERE account.account_type = 'income'),
                      SUM(line.amount) FILTER (WHERE line.kind = 'expense')
                 FROM (%s) line JOIN account_account account ON account.id = line.account_id
                WHERE line.cohort_id = %s AND line.date BETWEEN %s AND %s""", select, cohort.id, date_from, date_to))
        # sudo: in how many decimals a company counts.
        places = cohort.sudo().company_id.currency_id.decimal_places
        return {
            'income': covered.to_units(income or 0.0, places),
            'turnover': covered.to_units(turnover or 0.0, places),
            'expense': -covered.to_units(expense or 0.0, places),
        }

    def _check_period(self, date_from, date_to):
        """The two days of a period, which a caller may have sent as texts.

        :raise UserError: when one is missing or is no date, or when the period ends before it starts
        """
        date_from, date_to = clock.to_day(self, date_from), clock.to_day(self, date_to)
        if not date_from or not date_to:
            raise UserError(self.env._("Say from which day to which day the result is counted."))
        if date_to < date_from:
            raise UserError(self.env._("The period ends before it starts: check its two dates."))
        return date_from, date_to
