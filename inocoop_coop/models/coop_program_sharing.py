from odoo import fields, models


class CoopProgram(models.Model):
    """How the result of its cohorts is shared, and in which accounts this is booked.

    Accounts and journal are each company's own: a programme may be run by several.
    """
    _inherit = 'coop.program'

    contribution_rate = fields.Float(
        "Social Contributions (%)", tracking=True,
        help="Of what is left after the host's share and the reserve.")
    share_basis = fields.Selection(
        [('invoiced', "Invoiced"), ('collected', "Collected")], string="Result Counts", required=True, default='invoiced',
        tracking=True, help="Invoices and bills count on their date, or when and as far as they are paid.")
    share_journal_id = fields.Many2one(
        'account.journal', string="Journal of Shares", company_dependent=True, domain="[('type', '=', 'general')]")
    share_account_id = fields.Many2one(
        'account.account', string="Shared Result", company_dependent=True,
        domain="[('internal_group', 'in', ('expense', 'equity'))]", help="Debited with everything that is shared.")
    host_account_id = fields.Many2one(
        'account.account', string="Host's Share", company_dependent=True, domain="[('account_type', 'not like', 'asset')]",
        help="Credited with what the host keeps.")
    reserve_account_id = fields.Many2one(
        'account.account', string="Reserve of the Cooperative", company_dependent=True,
        domain="[('account_type', 'not like', 'asset')]", help="Credited with what stays in the cooperative.")
    contribution_account_id = fields.Many2one(
        'account.account', string="Contributions Due", company_dependent=True,
        domain="[('account_type', 'not like', 'asset')]", help="Credited with the social contributions.")
    share_payable_account_id = fields.Many2one(
        'account.account', string="Owed to Members", company_dependent=True,
        domain="[('account_type', '=', 'liability_payable')]",
        help="Credited with each member's share; empty: the account for what is owed to the member's contact.")

    _check_contribution_rate = models.Constraint(
        'CHECK(contribution_rate BETWEEN 0 AND 100)', "A rate is a percentage: between 0 and 100.")
