from collections import Counter

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..rules import covered, sharing
from ..tools import clock, guard
from .coop_revenue_share import BINDING

TOTALS = ('turnover', 'other', 'expense')


class CoopRevenueShare(models.Model):
    """Reading the result from the books and the hours from the timesheets, and sharing it by each key."""
    _inherit = 'coop.revenue.share'

    def action_compute(self):
        """Read the books and the validated hours, and compute what each key gives to whom.

        Nothing is decided by it, and it may be done again at any time before the share is proposed.

        :raise UserError: when the share is no draft
        :raise AccessError: when the caller may not write it
        """
        self.check_access('write')
        self._check_is_draft()
        for share in self:
            division = share._read_division()
            members = share._read_members()
            share._write_figures(division)
            share._write_lines(division.to_share, members)
        return True

    def _read_division(self):
        """The result of the period and what is taken from it, in cents: see ``rules/sharing.py``."""
        self.ensure_one()
        totals, late = self._read_totals(self.date_from, self.date_to, self.basis), self._read_late_totals()
        turnover, other, expense = (totals[name] + late[name] for name in TOTALS)
        return sharing.divide_result(
            turnover, expense, other=other, host_rate=covered.to_text(self.host_rate),
            reserve_rate=covered.to_text(self.reserve_rate), contribution_rate=covered.to_text(self.contribution_rate))

    def _read_totals(self, date_from, date_to, basis):
        totals = self.env['coop.result.line']._get_totals(self.cohort_id, date_from, date_to, basis)
        return {'turnover': totals['turnover'], 'other': totals['income'] - totals['turnover'], 'expense': totals['expense']}

    def _read_late_totals(self):
        """What was booked, since it was shared, in the days of the cohort's earlier shares.

        Each share takes what the ones before it could not know, so that nothing that is earned is lost and nothing is
        shared twice.

        :return: ``{'turnover': cents, 'other': cents, 'expense': cents}``; what was taken back is negative
        """
        late = dict.fromkeys(TOTALS, 0)
        for share in self._find_earlier():
            now = share._read_totals(share.date_from, share.date_to, share.basis)
            # Its figures hold what it took itself of those before it: all in all, what was shared until now.
            shared = dict(zip(TOTALS, map(share._to_cents, (share.income, share.other_income, share.expense)), strict=True))
            for name in TOTALS:
                late[name] += now[name] - shared[name]
        return late

    def _find_earlier(self):
        """The shares of the cohort that are booked and lie before this one, the first one first."""
        self.ensure_one()
        # sudo: figures of the own cohort's shares.
        return self.sudo().search([
            ('cohort_id', '=', self.cohort_id.id), ('state', '=', 'posted'), ('id', '!=', self._origin.id),
            ('date_to', '<', self.date_from)], order='date_from')

    def _read_members(self):
        """Who took part in the period, with their validated minutes and half-days: ``[rules.sharing.Member]``."""
        self.ensure_one()
        # sudo: totals of the hours and half-days of everyone in the cohort, over months, which decide on the shares that all
        # of them see while they vote. Of what kinds the hours are, only the person and the facilitator read.
        everything = self.sudo()
        memberships = everything._get_memberships()
        minutes = {membership: {} for membership in memberships.ids}
        for (membership, kind), total in everything._sum_minutes().items():
            minutes.setdefault(membership, {})[kind] = total
        half_days = everything.env['coop.presence']._count_half_days(everything.cohort_id, self.date_from, self.date_to)
        period = (self.date_to - self.date_from).days + 1
        members = []
        for membership in memberships.browse(minutes):
            missed = half_days.get(membership.id, {})
            begins, ends = max(membership.date_start, self.date_from), min(membership.date_end, self.date_to)
            members.append(sharing.Member(
                membership.id, minutes=minutes[membership.id], days=max((ends - begins).days + 1, 0), period=period,
                left=membership.state == 'left' and membership.date_end < self.date_to,
                expected=missed.get('expected', 0), unjustified=missed.get('unjustified', 0),
                justified=missed.get('justified', 0)))
        return members

    def _sum_minutes(self):
        """The validated minutes of the period, and those that were validated or corrected since in days that were shared
        already: ``{(number of the membership, number of the kind): minutes}``. Who calls has all rights."""
        self.ensure_one()
        lines = self.env['account.analytic.line']
        minutes = Counter(lines._sum_validated_minutes(self.cohort_id, self.date_from, self.date_to))
        for share in self._find_earlier():
            minutes.update(lines._sum_validated_minutes(share.cohort_id, share.date_from, share.date_to))
            for line in share.chosen_line_ids:
                minutes.subtract({(line.membership_id.id, kind): counted for kind, counted in line.details or ()})
        return {key: total for key, total in minutes.items() if total}

    def _get_memberships(self):
        """Those who took part in at least one day of the period, and were more than admitted."""
        return self.env['coop.membership'].with_context(active_test=False).search([
            ('cohort_id', '=', self.cohort_id.id), ('state', '!=', 'admitted'),
            ('employee_id', '!=', False), ('date_start', '<=', self.date_to), ('date_end', '>=', self.date_from)])

    def _to_amount(self, cents):
        return covered.from_units(cents, self.currency_id.decimal_places)

    def _to_cents(self, amount):
        return covered.to_units(amount, self.currency_id.decimal_places)

    def _write_figures(self, division):
        late = self._read_late_totals()
        guard.sealed(self).write({
            'income': self._to_amount(division.turnover),
            'other_income': self._to_amount(division.other),
            'expense': self._to_amount(division.expense),
            'late_income': self._to_amount(late['turnover'] + late['other']),
            'late_expense': self._to_amount(late['expense']),
            'result': self._to_amount(division.result),
            'host_amount': self._to_amount(division.host),
            'reserve_amount': self._to_amount(division.reserve),
            'contribution_amount': self._to_amount(division.contributions),
            'amount_to_share': self._to_amount(division.to_share),
            'date_computed': clock.now(self.env),
        })

    def _write_lines(self, to_share, members):
        """The lines of each key, in place of those that there were."""
        self.ensure_one()
        # sudo: lines that nobody makes by hand; who may write the share was asked.
        lines = guard.sealed(self.env['coop.revenue.share.line'].sudo())
        lines.search([('share_id', '=', self.id)]).unlink()
        vals_list = []
        for key in self.key_ids:
            rule, amounts, unshared, problem = key._to_rule(), {}, 0, False
            try:
                shares = sharing.share(max(to_share, 0), members, rule)
                amounts, unshared = shares.amounts, shares.unshared
            except sharing.SharingError as error:
                problem = self._explain_problem(error)
            key.sudo().write({'problem': problem, 'unshared': self._to_amount(unshared)})  # sudo: see above
            vals_list += [{
                'share_id': self.id,
                'key_id': key.id,
                'membership_id': member.number,
                'minutes': sum(member.minutes.values()),
                'counted_hours': max(0, sum(
                    minutes * rule.weights.get(kind, 100) for kind, minutes in member.minutes.items())) / 6000,
                'details': [[kind, minutes] for kind, minutes in sorted(member.minutes.items())],
                'amount': self._to_amount(amounts[member.number]),
            } for member in members if member.number in amounts]
        lines.create(vals_list)

    def _explain_problem(self, error):
        if error.reason == 'floor':
            return self.env._(
                "What each is to get at least adds up to %s, which is more than there is to share: lower it.",
                self.currency_id.format(self._to_amount(error.needed)))
        return {
            'nobody': self.env._("Nobody took part in this period: choose other dates."),
            'no_hours': self.env._("No validated hours count in this period: validate them first, or share in equal parts."),
            'no_presence': self.env._(
                "Everybody missed all their half-days: sign the attendance first, or don't count absences."),
        }[error.reason]

    def _forget_figures(self):
        """Figures of another period or key are worse than none."""
        if not self:
            return
        # sudo: nobody writes figures and lines by hand; who changes the share or its keys may do that.
        everything = guard.sealed(self.sudo())
        everything.write({**dict.fromkeys(self._figures, 0), 'date_computed': False})
        everything.env['coop.revenue.share.line'].search([('share_id', 'in', self.ids)]).unlink()
        everything.key_ids.write({'problem': False, 'unshared': 0})

    # ------------------------------------------------------------
    # What keeps it from being proposed
    # ------------------------------------------------------------

    def _compute_warning(self):
        for share in self:
            share.warning = share._find_obstacle() or False

    def _find_obstacle(self):
        """Why the share can't be proposed or posted now, in a sentence that says what to do; nothing, when it can."""
        self.ensure_one()
        if self.state not in ('draft', 'proposed', 'adopted') or not self.date_from or not self.date_to:
            return None
        drafts = self._find_drafts()
        if drafts:
            known = drafts._filtered_access('read')
            return self.env._(
                "Drafts of the period that are to be posted or deleted first, or the result would not be right: %s.",
                "; ".join(self._describe_draft(draft, draft in known) for draft in drafts[:5])
                + (" …" if len(drafts) > 5 else ""))
        other = self._find_overlap()
        if other:
            return self.env._(
                "“%(other)s” covers some of these days already: choose a period that begins after %(end)s.",
                other=other.name, end=format_date(self.env, other.date_to))
        strange = self._find_earlier().filtered(lambda share: share.basis != self.basis)
        if strange:
            return self.env._(
                "“%s” was not shared on the same basis: an invoice would count twice, or not at all. Choose the same one.",
                strange[0].name)
        return self._find_obstacle_in_figures()

    def _describe_draft(self, draft, is_known):
        """A draft entry or payment: its day and, for who may read it, whose it is and its amount."""
        if not is_known:
            # sudo: the day of an entry that somebody else is to post.
            return self.env._("an entry of %s", format_date(self.env, draft.sudo().date))
        amount = draft.amount if draft._name == 'account.payment' else draft.amount_total
        return self.env._(
            "%(day)s, %(partner)s, %(amount)s", day=format_date(self.env, draft.date),
            partner=draft.partner_id.name or draft.journal_id.name, amount=draft.currency_id.format(amount))

    def _find_obstacle_in_figures(self):
        if not self.date_computed:
            return self.env._("Read the books and the hours with “Compute”, then compare the keys.")
        if self.amount_to_share <= 0:
            return self._explain_loss()
        if not self.key_id:
            return self.env._("Choose the key that the group is to vote on.")
        return self.key_id.problem or None

    def _explain_loss(self):
        terms = {
            'income': self.currency_id.format(self.income), 'expense': self.currency_id.format(self.expense),
            'result': self.currency_id.format(self.result), 'host': self.currency_id.format(self.host_amount)}
        if self.result <= 0:
            return self.env._(
                "There is nothing to share: %(income)s came in and %(expense)s went out, which leaves %(result)s. "
                "Share a longer period, or wait for the next invoices.", **terms)
        return self.env._(
            "There is nothing to share: of the result of %(result)s nothing is left after the host's share of %(host)s, the "
            "reserve and the contributions.", **terms)

    def _find_drafts(self):
        """What would change the result of the period once it is posted: draft entries with the cohort's analytic account that
        are dated in it, or bills that are not dated yet. When what is collected counts, the cohort's draft payments, and no
        invoices.

        :return: ``account.move`` or, when only payments are missing, ``account.payment``
        """
        self.ensure_one()
        dated = Domain('date', '>=', self.date_from) & Domain('date', '<=', self.date_to)
        undated = Domain('move_type', 'in', ('in_invoice', 'in_refund', 'in_receipt')) & Domain('invoice_date', '=', False)
        # sudo: whether there are any, whoever shares the money; they are opened with the reader's own rights.
        moves = self.env['account.move'].sudo().search(
            Domain('state', '=', 'draft') & Domain('coop_share_id', '=', False) & (dated | undated)
            & Domain('line_ids', 'any', Domain('account_id.internal_group', 'in', ('income', 'expense'))
                     & Domain('analytic_distribution', 'in', self.cohort_id.sudo().analytic_account_id.ids)), order='date, id')
        if self.basis == 'collected':
            moves = moves.filtered(lambda move: not move.is_invoice(include_receipts=True))
            if not moves:
                return self.env['account.payment'].sudo().search(
                    dated & Domain('state', '=', 'draft') & Domain('cohort_id', '=', self.cohort_id.id),
                    order='date, id').sudo(False)
        return moves.sudo(False)

    def _find_overlap(self):
        """Another share, proposed or decided, that has a day of this one's period."""
        self.ensure_one()
        return self.search([
            ('cohort_id', '=', self.cohort_id.id), ('state', 'in', BINDING), ('id', '!=', self._origin.id),
            ('date_from', '<=', self.date_to), ('date_to', '>=', self.date_from)], limit=1)

    def _check_can_be_shared(self):
        obstacle = self._find_obstacle()
        if obstacle:
            raise UserError(obstacle)
