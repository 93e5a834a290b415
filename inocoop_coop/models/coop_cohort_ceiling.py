from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

from ..rules import commitment, covered


class CoopCohort(models.Model):
    """How much the cohort may commit to suppliers without the host's agreement, and how much of it is used.

    Used up are the purchases that were confirmed, and what is still to be paid of vendor bills that come
    from no purchase: see ``rules/commitment.py``. A credit note counts once it is matched with its bill.
    """
    _inherit = 'coop.cohort'

    currency_id = fields.Many2one(related='company_id.currency_id')
    commitment_ceiling = fields.Monetary(
        tracking=True, copy=False, help="Above this, no purchase is confirmed without the host's agreement. 0: no ceiling.")
    commitment_used = fields.Monetary("Committed", compute='_compute_commitment', compute_sudo=True)
    commitment_left = fields.Monetary("Left to Commit", compute='_compute_commitment', compute_sudo=True)
    commitment_progress = fields.Integer("Committed (%)", compute='_compute_commitment', compute_sudo=True)
    can_set_ceiling = fields.Boolean(compute='_compute_can_set_ceiling', export_string_translation=False)
    # Written by each confirmation: of two at once, the second one waits and then starts again with the first in sight.
    commitment_turn = fields.Integer(groups=NO_ACCESS, copy=False)

    _check_commitment_ceiling = models.Constraint('CHECK(commitment_ceiling >= 0)', "A ceiling can't be below 0; 0 means none.")

    @api.depends('commitment_ceiling')
    def _compute_commitment(self):
        used = self._get_commitments()
        for cohort in self:
            places = cohort.currency_id.decimal_places
            ceiling = cohort.commitment_ceiling
            cohort.commitment_used = covered.from_units(used.get(cohort._origin.id, 0), places)
            cohort.commitment_left = ceiling - cohort.commitment_used if ceiling else 0
            cohort.commitment_progress = int(100 * cohort.commitment_used / ceiling) if ceiling else 0

    @api.depends_context('uid')
    def _compute_can_set_ceiling(self):
        self.can_set_ceiling = self.env.user.has_group('inocoop_coop.group_manager')

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get('commitment_ceiling') for vals in vals_list) or self.env.context.get('default_commitment_ceiling'):
            self._check_may_set_ceiling()
        return super().create(vals_list)

    def write(self, vals):
        if 'commitment_ceiling' in vals:
            self._check_may_set_ceiling()
        return super().write(vals)

    def _check_may_set_ceiling(self):
        if not self.env.user.has_group('inocoop_coop.group_manager'):
            raise AccessError(self.env._(
                "The commitment ceiling is what the host agreed to: only the programme manager sets it."))

    # ------------------------------------------------------------
    # How much is used
    # ------------------------------------------------------------

    def _get_commitments(self, without=None):
        """What each cohort has committed, in whole units of its currency (cents).

        :param without: orders that are left out
        :return: ``{number of the cohort: units}``; a constant number of queries for all of them
        """
        cohorts = self._origin
        used = dict.fromkeys(cohorts.ids, 0)
        orders = self.env['purchase.order'].sudo()  # sudo: sums, of which the cohort's page shows one number
        domain = [('cohort_id', 'in', cohorts.ids), ('state', '=', 'purchase')]
        if without:
            domain.append(('id', 'not in', without.ids))
        for cohort, total in orders._read_group(domain, ['cohort_id'], ['amount_total_cc:sum']):
            used[cohort.id] += covered.to_units(total, cohort.company_id.currency_id.decimal_places)
        for number, units in self._get_bill_commitments(cohorts):
            used[number] += units
        return used

    @api.model
    def _get_bill_commitments(self, cohorts):
        """What is still to be paid of bills without a purchase: ``(number of the cohort, its share in cents)``."""
        accounts = {cohort.sudo().analytic_account_id.id: cohort.id for cohort in cohorts if cohort.sudo().analytic_account_id}
        # sudo: see _get_commitments
        bills = self.env['account.move'].sudo().search([
            ('cohort_ids', 'in', cohorts.ids), ('move_type', 'in', ('in_invoice', 'in_receipt')), ('state', '=', 'posted'),
            ('payment_state', 'in', ('not_paid', 'partial', 'blocked'))])
        for bill in bills:
            currency = bill.currency_id.decimal_places
            shares = {}
            for line in bill.invoice_line_ids:
                if line.display_type != 'product':
                    continue
                purchase = line.purchase_line_id.order_id
                counted = purchase.cohort_id if purchase.state == 'purchase' else purchase.cohort_id.browse()
                for key, percentage in (line.analytic_distribution or {}).items():
                    for account in key.split(','):
                        if int(account) in accounts and accounts[int(account)] not in counted.ids:
                            shares.setdefault(accounts[int(account)], []).append(
                                (covered.to_units(line.price_total, currency), percentage))
            residual = covered.to_units(abs(bill.amount_residual_signed), bill.company_currency_id.decimal_places)
            total = covered.to_units(bill.amount_total, currency)
            for number, lines in shares.items():
                yield number, commitment.share(residual, lines, total)

    def _take_commitment_turn(self):
        """Let one confirmation after the other commit the cohort.

        Who comes at the same moment waits here; the database then has them start again, and they see
        what was confirmed meanwhile.
        """
        for cohort in self:
            cohort.flush_recordset()
            self.env.cr.execute(SQL(
                "UPDATE coop_cohort SET commitment_turn = COALESCE(commitment_turn, 0) + 1 WHERE id = %s", cohort.id))
