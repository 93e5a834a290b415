from odoo import api, fields, models
from odoo.fields import Domain

from ..report.coop_result_line import BASES, KINDS
from ..tools import clock


class CoopResultPrint(models.TransientModel):
    """Ask for which period and on which basis a cohort's result is printed; whoever may read it may ask."""
    _name = 'coop.result.print'
    _description = "Print a Result"

    cohort_id = fields.Many2one('coop.cohort', required=True, ondelete='cascade')
    date_from = fields.Date("From", required=True, compute='_compute_period', store=True, readonly=False, precompute=True)
    date_to = fields.Date(
        "To", required=True, compute='_compute_period', store=True, readonly=False, precompute=True, help="Last day, included.")
    basis = fields.Selection(
        BASES, required=True, default='invoiced',
        help="Invoiced: what was invoiced and billed. Collected: what was paid of it.")
    currency_id = fields.Many2one(related='cohort_id.currency_id')

    @api.depends('cohort_id')
    def _compute_period(self):
        for wizard in self:
            wizard.date_from, wizard.date_to = wizard.cohort_id.date_start, wizard.cohort_id.date_end

    def action_print(self):
        """Print the result.

        :raise UserError: when the period ends before it starts
        """
        self.ensure_one()
        self.cohort_id.check_access('read')
        self.env['coop.result.line']._check_period(self.date_from, self.date_to)
        return self.env.ref('inocoop_coop.coop_result_report').report_action(self)

    # ------------------------------------------------------------
    # What is printed
    # ------------------------------------------------------------

    def _get_domain(self):
        return Domain([
            ('cohort_id', '=', self.cohort_id.id), ('basis', '=', self.basis),
            ('date', '>=', self.date_from), ('date', '<=', self.date_to)])

    def _read_sums(self, *groupby):
        """``[(*groups, amount, budget)]`` of what the user may read; lines of nothing are left out."""
        places = self.currency_id
        rows = self.env['coop.result.line']._read_group(self._get_domain(), groupby, ['amount:sum', 'budget:sum'])
        return [row for row in rows if not (places.is_zero(row[-1]) and places.is_zero(row[-2]))]

    def _get_statement(self):
        """The result as it is printed: ``[(label of the kind, [(name, amount, budget)], amount, budget)]``."""
        # sudo: how accounts are called, for members who read them in their result and nowhere else.
        rows = sorted(
            ((kind, account.sudo(), amount, budget) for kind, account, amount, budget in self._read_sums('kind', 'account_id')),
            key=lambda row: (row[1].code or "~", row[1].id))
        parts = []
        for kind, label in self._fields_of_result()['kind']._description_selection(self.env):
            lines = [
                (account.display_name or self.env._("Without an account"), amount, budget)
                for row_kind, account, amount, budget in rows if row_kind == kind]
            parts.append((label, lines, sum(line[1] for line in lines), sum(line[2] for line in lines)))
        return parts

    def _get_services(self):
        """``[(name, amount, budget)]`` of the income by service."""
        # sudo: how services are called, as above
        rows = [
            (product.sudo().display_name or self.env._("Without a service"), amount, budget)
            for kind, product, amount, budget in self._read_sums('kind', 'product_id') if kind == KINDS[0][0]]
        return sorted(rows)

    def _get_months(self):
        """``[(first day, income, expense, result, budget)]`` of each month in which there is something."""
        months = {}
        for month, kind, amount, budget in self._read_sums('date:month', 'kind'):
            row = months.setdefault(month, {'income': 0, 'expense': 0, 'budget': 0})
            row[kind] += amount
            row['budget'] += budget
        return [
            (month, row['income'], row['expense'], row['income'] + row['expense'], row['budget'])
            for month, row in sorted(months.items())]

    def _fields_of_result(self):
        return self.env['coop.result.line']._fields

    def _get_basis_words(self):
        return dict(self._fields['basis']._description_selection(self.env))[self.basis]

    def _get_print_date(self):
        return clock.today(self)
