"""A cohort that has earned something and worked for it, for the tests of shares."""
from datetime import date, timedelta

from odoo.fields import Command

from .decisions import DecisionCommon


class SharingBooks:
    """What shares are booked on, and what there is to share: for the tests of a cohort, whichever it is."""

    @classmethod
    def _open_share_accounts(cls):
        """The journal and the accounts on which the programme's shares are booked."""
        cls.journal = cls.env['account.journal'].create({'name': "Shares", 'code': 'SHARE', 'type': 'general'})
        cls.accounts = {
            name: cls.env['account.account'].create({'name': label, 'code': code, 'account_type': account_type})
            for name, label, code, account_type in (
                ('share_account_id', "Shared results", 'X6400', 'expense'),
                ('host_account_id', "Host's share", 'X7080', 'liability_current'),
                ('reserve_account_id', "Reserve", 'X1060', 'equity'),
                ('contribution_account_id', "Contributions", 'X4310', 'liability_current'))}
        cls.accounts['share_payable_account_id'] = cls.env['account.account'].create({
            'name': "Owed to members", 'code': 'X4670', 'account_type': 'liability_payable', 'reconcile': True})
        cls.program.write({
            'share_journal_id': cls.journal.id, **{name: account.id for name, account in cls.accounts.items()}})

    @classmethod
    def _book(cls, move_type, amount, day, cohort=None, post=True):
        """An invoice or bill of one line for the cohort."""
        move = cls._move(move_type, {(cohort or cls.autumn): 100})
        move.invoice_line_ids.price_unit = amount
        move.write({'invoice_date': day, 'date': day})
        if post:
            move.action_post()
        return move

    @classmethod
    def _work(cls, task, membership, hours, kind, *, validate=True, since=date(2025, 11, 3)):  # noqa: PLR0913 (a story)
        """Hours of a member, ten a day, which the facilitator validates."""
        lines = cls.env['account.analytic.line']
        while hours > 0:
            line = cls._hours(task, membership, min(hours, 10))
            line.write({'date': since + timedelta(days=len(lines)), 'coop_kind_id': kind.id})
            lines |= line
            hours -= 10
        if validate:
            lines.with_user(cls.facilitator).action_validate_hours()
        return lines


class SharingCommon(SharingBooks, DecisionCommon):
    """The autumn cohort invoiced 1,000 € in November and spent 300 €; three of its nine members have validated hours.

    =========  =====  =============================================
    member     hours  of which
    =========  =====  =============================================
    Léa        30     customer work
    Yanis      10     customer work
    Sofia      20     10 of customer work, 10 of committee work
    the six    0
    =========  =====  =============================================

    The host keeps 10 % of the turnover, 5 % of the result goes to the reserve: 100 € and 35 €, which leaves 565 €.
    The assembly decides how it is shared, by an absolute majority. The treasurer is ``treasurer`` (member 5).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finance.template_id.access_group_ids = cls.env.ref('account.group_account_invoice')
        cls._seat(cls.finance, cls.memberships[4], role='treasurer')
        cls.treasurer = cls.members[4]
        cls.program.write({'host_rate': 10, 'reserve_rate': 5, 'contribution_rate': 0})
        cls._open_share_accounts()
        cls.rule = cls.env['coop.decision.rule'].create({
            'name': "Sharing the result", 'document': 'coop.revenue.share', 'program_id': cls.program.id,
            'template_id': cls.assembly.template_id.id, 'method_id': cls.absolute.id})
        cls._book('out_invoice', 1000, date(2025, 11, 10))
        cls._book('in_invoice', 300, date(2025, 11, 20))
        task = cls.env['project.task'].create({'name': "Hedges of the town hall", 'project_id': cls.autumn.project_id.id})
        cls.work, cls.committee_kind = (cls.env['coop.hour.kind'].search([('code', '=', code)]) for code in ('work', 'committee'))
        cls._work(task, cls.lea, 30, cls.work)
        cls._work(task, cls.yanis, 10, cls.work)
        cls._work(task, cls.sofia, 10, cls.work)
        cls._work(task, cls.sofia, 10, cls.committee_kind)

    # ------------------------------------------------------------
    # Shares
    # ------------------------------------------------------------

    @classmethod
    def _share(cls, user=None, **values):
        """A share of the last quarter of 2025, computed, that the treasurer makes."""
        share = cls.env['coop.revenue.share'].with_user(user or cls.treasurer).create({
            'cohort_id': cls.autumn.id, 'date_from': date(2025, 10, 1), 'date_to': date(2025, 12, 31), **values})
        share.action_compute()
        return share

    @classmethod
    def _key(cls, share, name):
        return share.key_ids.filtered(lambda key: key.name == name)

    @classmethod
    def _propose_share(cls, share=None, key="By the hours"):
        share = share or cls._share()
        cls._key(share, key).action_choose()
        share.action_propose()
        return share

    @classmethod
    def _decide_share(cls, share, choice='yes'):
        decision = share.env['coop.decision'].search([('res_model', '=', share._name), ('res_id', '=', share.id)], limit=1)
        decision.action_open_vote()
        for user in cls.members:
            decision.with_user(user).cast_vote(choice)
        return decision

    @classmethod
    def _adopted_share(cls, **values):
        share = cls._propose_share(cls._share(**values))
        cls._decide_share(share)
        return share

    @classmethod
    def _posted_share(cls, **values):
        share = cls._adopted_share(**values)
        share.action_post()
        return share

    @classmethod
    def _amounts(cls, share, key=None):
        """What each member gets by a key, by their first names; without those who get nothing."""
        lines = share.sudo().line_ids.filtered(lambda line: line.key_id == (key or share.key_id))
        return {line.membership_id.name.split()[0]: line.amount for line in lines if line.amount}

    @classmethod
    def _weights(cls, **percentages):
        """Weights of kinds of hours: ``_weights(committee=50)``."""
        return [Command.create({
            'kind_id': cls.env['coop.hour.kind'].search([('code', '=', code)]).id, 'percentage': percentage,
        }) for code, percentage in percentages.items()]
