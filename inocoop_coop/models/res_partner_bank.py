from odoo import models


class ResPartnerBank(models.Model):
    """Where a member is paid is known to the member, to who is in charge of the cohort and to who keeps the host's books.

    Others who pay them see that there is an account, by its last digits: core masks those of employees, which members are.
    """
    _inherit = 'res.partner.bank'

    def _tell(self):
        """How the account is called in a proposal, which the whole cohort reads: a supplier's by its number, a member's not."""
        account = self.sudo()  # sudo: an account that stands on a document that the user reads
        if not account:
            return ""
        if not account.partner_id._is_person():
            return account.acc_number
        return self.env._("account ending in %s", (account.sanitized_acc_number or "")[-4:])

    # What changes is logged by core on the contact, with the numbers, and the cohort reads its members' contacts.

    def write(self, vals):
        return super(ResPartnerBank, self.with_context(coop_hide_account=True)).write(vals)

    def unlink(self):
        return super(ResPartnerBank, self.with_context(coop_hide_account=True)).unlink()
