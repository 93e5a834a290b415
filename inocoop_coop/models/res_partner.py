from operator import eq, ge, gt, le, lt

from odoo import api, fields, models

OPERATORS = {'<': lt, '<=': le, '=': eq, '>=': ge, '>': gt}


class ResPartner(models.Model):
    _inherit = 'res.partner'

    coop_membership_ids = fields.One2many(
        'coop.membership', 'partner_id', string="Memberships", export_string_translation=False,
        groups='inocoop_coop.group_facilitator,inocoop_coop.group_psychologist')
    coop_ward_ids = fields.One2many(
        'coop.membership', 'guardian_id', string="Legal Guardian Of", export_string_translation=False,
        groups='inocoop_coop.group_facilitator')

    def _is_person(self):
        """Whether it is somebody who takes part, applied or answers for a minor."""
        self.ensure_one()
        person = self.sudo()  # sudo: only whether
        return bool(person.coop_membership_ids or person.applicant_ids or person.coop_ward_ids)

    def _message_log(self, **kwargs):
        # The number of a member's bank account: see res_partner_bank.py.
        if self.env.context.get('coop_hide_account') and any(partner._is_person() for partner in self):
            kwargs.update(body=self.env._("A bank account was changed."), tracking_value_ids=())
        return super()._message_log(**kwargs)

    # Cohorts share customers and suppliers. What one of these owes or is owed by all cohorts together
    # is summed up by core in SQL, past the rules: who is scoped gets the sum of what they may read.

    @api.depends_context('company', 'uid')
    def _credit_debit_get(self):
        if self.env.su or not self.env.user.is_coop_scoped:
            return super()._credit_debit_get()
        self.credit = self.debit = False
        for partner, account_type, amount in self._read_due_amounts([('partner_id', 'in', self.ids)]):
            if account_type == 'asset_receivable':
                partner.credit = amount
            else:
                partner.debit = -amount
        return None

    @api.model
    def _asset_difference_search(self, account_type, operator, operand):
        if self.env.su or not self.env.user.is_coop_scoped or operator not in OPERATORS:
            return super()._asset_difference_search(account_type, operator, operand)
        sign = 1 if account_type == 'asset_receivable' else -1
        return [('id', 'in', [
            partner.id for partner, kind, amount in self._read_due_amounts([('partner_id', '!=', False)])
            if kind == account_type and OPERATORS[operator](sign * amount, operand)
        ])]

    def _read_due_amounts(self, domain):
        """What is due, from the entries that the user may read: partner, account type, amount."""
        amounts = {}
        for partner, account, amount in self.env['account.move.line']._read_group([
            *domain,
            ('account_id.account_type', 'in', ('asset_receivable', 'liability_payable')),
            ('parent_state', '=', 'posted'), ('reconciled', '=', False),
            ('company_id', 'child_of', self.env.company.root_id.id),
        ], ['partner_id', 'account_id'], ['amount_residual:sum']):
            key = partner, account.account_type
            amounts[key] = amounts.get(key, 0) + amount
        return [(partner, account_type, amount) for (partner, account_type), amount in amounts.items()]
