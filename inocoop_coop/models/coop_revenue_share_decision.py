import json
from hashlib import sha256

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..rules import sharing
from ..tools import guard


class CoopDecisionRule(models.Model):
    """A body, in most cooperatives the assembly, decides how a result is shared."""
    _inherit = 'coop.decision.rule'

    document = fields.Selection(
        selection_add=[('coop.revenue.share', "Sharing a result")], ondelete={'coop.revenue.share': 'cascade'})


class CoopDecision(models.Model):
    """Who votes on a share sees what each would get beside what is proposed."""
    _inherit = 'coop.decision'

    share_table = fields.Html("What Each Gets", compute='_compute_share_table')

    @api.depends('res_model', 'res_id', 'state')
    @api.depends_context('uid', 'lang')
    def _compute_share_table(self):
        for decision in self:
            share = self.env['coop.revenue.share'].browse(
                decision.res_id if decision.res_model == 'coop.revenue.share' else ())
            # What was withdrawn or not adopted was never anybody's.
            is_open = decision.state in ('draft', 'discussion', 'voting', 'adopted')
            decision.share_table = share._render_comparison() if is_open and share.exists()._filtered_access('read') else False


class CoopRevenueShare(models.Model):
    """The share as a document that a body decides on: what it covers is every figure and every member's amount."""
    _inherit = 'coop.revenue.share'

    _gate_states = ('posted',)
    _gate_draft_states = ('draft', 'proposed', 'adopted')
    _gate_date = 'date_to'
    _gate_total = _gate_untaxed = 'amount_to_share'
    _gate_lines = None
    _gate_confirmation = frozenset({'state', 'move_id'})

    def action_propose(self):
        """Put the share to the body that decides, with the key that was chosen.

        :return: the action that opens the decision; the share itself, when no rule asks for one
        :raise UserError: what has to be done first: no figures, a loss, drafts in the books, days shared already
        """
        self.ensure_one()
        self.check_access('write')
        self._check_is_draft()
        self._lock_period()
        self._check_can_be_shared()
        self._check_is_up_to_date()
        # sudo: whether somebody decides at all, for who may not read the rules.
        if not self.env['coop.decision.rule'].sudo()._get_for(self._name, self.cohort_id.sudo()):
            raise UserError(self.env._(
                "No rule says who decides how “%(program)s” shares its results. A programme manager adds one under "
                "Configuration, Decision Rules: “Sharing a result”.", program=self.cohort_id.sudo().program_id.name))
        self._set_state('proposed')
        if self._get_missing():
            return self.action_propose_decision()
        self._set_state('adopted')
        return self._get_records_action()

    def _lock_period(self):
        """Two shares of a cohort are not proposed or posted at the same moment: the second one sees the first.

        A lock alone would let the second one go on with what it saw before it waited. The row is written, without changing
        it, so that PostgreSQL refuses the second one and Odoo starts it again.
        """
        self.env.cr.execute("UPDATE coop_cohort SET write_date = write_date WHERE id IN %s", [tuple(self.cohort_id.ids)])

    def _check_is_up_to_date(self):
        """What is voted on is what the books and the hours say that day, and what is booked is what was voted on.

        :raise UserError: when anything changed since the figures were read that changes what somebody gets
        """
        self.ensure_one()
        division, members = self._read_division(), self._read_members()
        amounts = ('turnover', 'other', 'expense', 'host', 'reserve', 'contributions', 'to_share')
        names = (
            'income', 'other_income', 'expense', 'host_amount', 'reserve_amount', 'contribution_amount', 'amount_to_share')
        try:
            shares = sharing.share(max(division.to_share, 0), members, self.key_id._to_rule()).amounts
        except sharing.SharingError:
            shares = {}
        now = {member.number: (sum(member.minutes.values()), shares[member.number]) for member in members if shares}
        # sudo: the hours and shares of all members, of which only whether they changed comes out.
        before = {line.membership_id.id: (line.minutes, self._to_cents(line.amount)) for line in self.sudo().chosen_line_ids}
        if [getattr(division, name) for name in amounts] != [self._to_cents(self[name]) for name in names] or now != before:
            raise UserError(self._explain_outdated())

    def _explain_outdated(self):
        if self.state == 'draft':
            return self.env._(
                "The books or the hours have changed since the figures of “%s” were read: press “Compute Again”, and look at "
                "them.", self.name)
        return self.env._(
            "The books or the hours have changed since the group decided on “%s”: set it back to draft, press “Compute Again” "
            "and propose it again.", self.name)

    # ------------------------------------------------------------
    # What is decided: see coop.gated.mixin
    # ------------------------------------------------------------

    def _get_covered_content(self):
        self.ensure_one()
        return {
            'document': self._name,
            'cohorts': self.cohort_id.ids,
            'period': [str(self.date_from), str(self.date_to)],
            'basis': self.basis,
            'currency': self.currency_id.name,
            'total': self._to_cents(self.amount_to_share),
            'steps': [self._to_cents(self[name]) for name in (
                'income', 'other_income', 'expense', 'host_amount', 'reserve_amount', 'contribution_amount')],
            'key': self.key_id._get_covered_content() if self.key_id else {},
            # What each gets is decided as well, and stays theirs: whoever reads the decision later finds a fingerprint.
            'amounts': self._get_fingerprint(),
            'lines': [],
        }

    def _get_fingerprint(self):
        # sudo: what everyone gets, of which nothing can be read in the result.
        amounts = sorted((line.membership_id.id, self._to_cents(line.amount)) for line in self.sudo().chosen_line_ids)
        return sha256(json.dumps([self.id, amounts]).encode()).hexdigest()

    def _get_gate_dependencies(self):
        return ['state', 'cohort_id', 'amount_to_share', 'date_from', 'date_to', 'key_id', 'chosen_line_ids.amount']

    def _get_covered_words(self):
        return {
            **super()._get_covered_words(), 'total': self.env._("amount to share"), 'period': self.env._("period"),
            'key': self.env._("key"), 'amounts': self.env._("amount of each member"),
            'steps': self.env._("result"), 'basis': self.env._("basis")}

    def _get_covered_formats(self):
        formats = super()._get_covered_formats()
        return {
            'cohorts': formats['cohorts'],
            'period': lambda value, _content: " – ".join(format_date(self.env, day) for day in value or ()),
            'total': formats['total'],
            'key': lambda value, _content: self.env._("another one") if value != self.key_id._get_covered_content() else (
                self.key_id.name or ""),
            'amounts': lambda value, content: self.env._("as now") if value == self._get_fingerprint() else (
                self.env._("another one")),
        }

    # ------------------------------------------------------------
    # The proposal
    # ------------------------------------------------------------

    def _prepare_subject(self):
        self.ensure_one()
        return self.env._("%(share)s: %(key)s", share=self.name, key=self.key_id.name)

    def _get_gate_name(self):
        self.ensure_one()
        return self.name

    def _prepare_proposal(self):
        """The steps from the turnover to what is shared, and the key in words. What each gets stands beside it as long as it is
        decided: see ``_render_comparison``."""
        self.ensure_one()
        steps = Markup().join(
            Markup("<tr><td>%s</td><td style='text-align: right'>%s</td></tr>") % (label, self.currency_id.format(amount))
            for label, amount in self._get_steps())
        return Markup("<p>%s</p><table class='table table-sm'><tbody>%s</tbody></table><p><b>%s</b></p>") % (
            self.env._("“%s” is to be booked and paid.", self.name), steps, self.env._("Key: %s.", self.key_id._describe()))

    def _render_comparison(self):
        """What each member would get by each key, as far as the reader may see it: everybody's while the group decides, then
        their own.

        :return: a table, or nothing
        """
        self.ensure_one()
        lines = self.env['coop.revenue.share.line'].search([('share_id', '=', self.id)])
        if not lines:
            return Markup()
        keys = lines.key_id
        keys = (self.key_id & keys) + (keys - self.key_id)
        amounts = {(line.key_id, line.membership_id): line.amount for line in lines}
        names = {line.membership_id: line.member_name or "" for line in lines}
        head = Markup().join(Markup("<th class='text-end'>%s</th>") % key.name for key in keys)
        rows = Markup().join(
            Markup("<tr><td>%s</td>%s</tr>") % (names[member], Markup().join(
                Markup("<td class='text-end%s'>%s</td>") % (
                    " fw-bold" if key == self.key_id else "", self.currency_id.format(amounts.get((key, member), 0)))
                for key in keys))
            for member in sorted(names, key=names.get))
        return Markup(
            "<table class='table table-sm'><thead><tr><th>%s</th>%s</tr></thead><tbody>%s</tbody></table>") % (
                self.env._("Member"), head, rows)

    def _get_steps(self):
        """From the turnover to what is shared: ``[(what, amount)]``."""
        self.ensure_one()
        return [
            (self.env._("Turnover net of tax"), self.income),
            *([(self.env._("Other income"), self.other_income)] if self.other_income else ()),
            (self.env._("Expenses"), -self.expense),
            (self.env._("Kept by the host"), -self.host_amount),
            (self.env._("Put in reserve"), -self.reserve_amount),
            (self.env._("Social contributions"), -self.contribution_amount),
            (self.env._("To share"), self.amount_to_share),
        ]

    # ------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------

    def _tell_decided(self):  # pylint: disable=missing-return
        """Adopted for what it says now: it may be posted."""
        super()._tell_decided()
        if self.state == 'proposed' and self._is_gate_open():
            guard.sealed(self).state = 'adopted'

    def _get_adopted_decision(self):
        """The decision that adopted these shares, the last one first; none, where an urgent exception stands in its place."""
        # sudo: the decision that a payment of the share refers to, for who reads the payment.
        return self.env['coop.decision'].sudo().search([
            ('res_model', '=', self._name), ('res_id', 'in', self.ids), ('state', '=', 'adopted')], order='id desc', limit=1)
