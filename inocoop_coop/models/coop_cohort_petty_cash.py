from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import guard
from ..tools.dialog import open_dialog
from .coop_cohort_documents import INVOICING


class CoopCohort(models.Model):
    """The cohort's cash box: a cash journal of its own, in which the treasurer writes what goes in and out.

    It is an ordinary journal of the host. The accountant finds in it ordinary statement lines, counts the box with an
    ordinary statement, and sees its account in every report.
    """
    _inherit = 'coop.cohort'

    _guarded_fields = frozenset({'state', 'petty_cash_journal_id', 'petty_cash_account_id'})

    petty_cash_journal_id = fields.Many2one(
        'account.journal', string="Petty Cash", copy=False, readonly=True, index='btree_not_null', ondelete='restrict',
        check_company=True, groups=INVOICING)
    # Stored, so that the rules find by it whose box an account is.
    petty_cash_account_id = fields.Many2one(
        'account.account', copy=False, readonly=True, index='btree_not_null', ondelete='restrict', groups=INVOICING,
        export_string_translation=False)
    petty_cash_balance = fields.Monetary(
        "In the Cash Box", compute='_compute_petty_cash_balance', groups=INVOICING,
        help="What the posted entries of the cash box leave in it.")
    can_open_petty_cash = fields.Boolean(compute='_compute_can_open_petty_cash', export_string_translation=False)

    _petty_cash_unique = models.Constraint('UNIQUE(petty_cash_journal_id)', "This cash journal is already another cohort's.")

    def _compute_petty_cash_balance(self):
        # sudo: one sum for the box of a cohort that the user may read.
        accounts = {cohort: cohort.sudo().petty_cash_account_id for cohort in self}
        balances = dict(self.env['account.move.line'].sudo()._read_group(
            [('account_id', 'in', [account.id for account in accounts.values() if account]), ('parent_state', '=', 'posted')],
            ['account_id'], ['balance:sum']))
        for cohort, account in accounts.items():
            cohort.petty_cash_balance = balances.get(account, 0)

    def _compute_can_open_petty_cash(self):
        self.can_open_petty_cash = self._may_open_petty_cash()

    def _may_open_petty_cash(self):
        user = self.env.user
        return user.has_group('inocoop_coop.group_manager') or user.has_group('account.group_account_user')

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_petty_cash(self):
        """Give the cohort a cash box: a cash journal and its account, made once.

        :raise AccessError: when the caller is neither programme manager nor accountant: the host answers for its cash
        :raise UserError: when the cohort is not open
        """
        self.check_access('read')
        if not self._may_open_petty_cash():
            raise AccessError(self.env._("A cash box is the host's: ask your programme manager or the accountant to open one."))
        for cohort in self:
            if cohort.state in ('draft', 'closed'):
                raise UserError(self.env._("“%s” is not open: it needs no cash box now.", cohort.name))
            # sudo: a programme manager does not administer the accounting. The journal has the cohort's own values.
            cohort_sudo = cohort.sudo()
            if not cohort_sudo.petty_cash_journal_id:
                journal = self.env['account.journal'].sudo().create({
                    'name': self.env._("Petty cash, %s", cohort.name),
                    'type': 'cash',
                    'company_id': cohort.company_id.id,
                })
                journal._name_outstanding_accounts()
                guard.sealed(cohort_sudo).write({
                    'petty_cash_journal_id': journal.id, 'petty_cash_account_id': journal.default_account_id.id})

    def action_write_petty_cash(self):
        """Ask what went in or out of the cash box."""
        self.ensure_one()
        self._check_petty_cash()
        return open_dialog('coop.petty.cash.entry', self.env._("Petty cash"), cohort_id=self.id)

    def action_view_petty_cash(self):
        """Open what was written in the cash box."""
        self.ensure_one()
        self._check_petty_cash()
        action = self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_petty_cash_action')
        # sudo: the number of the cohort's own journal
        return {**action, 'domain': [('journal_id', '=', self.sudo().petty_cash_journal_id.id)]}

    def _check_petty_cash(self):
        """
        :raise UserError: when the cohort has no cash box
        """
        self.check_access('read')
        if not self.sudo().petty_cash_journal_id:  # sudo: whether it has one
            raise UserError(self.env._(
                "“%s” has no cash box yet: the programme manager or the accountant opens it on the treasurer's screen.",
                self.name))
