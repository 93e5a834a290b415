from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools import guard


class CoopDecisionRule(models.Model):
    """A body, in most cooperatives the assembly, decides how a result is shared."""
    _inherit = 'coop.decision.rule'

    document = fields.Selection(
        selection_add=[('coop.revenue.share', "Sharing a result")], ondelete={'coop.revenue.share': 'cascade'})


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
        """What is voted on is what the books say that day.

        :raise UserError: when an entry or hours were added since the figures were read
        """
        self.ensure_one()
        division = self._read_division()
        amounts = ('income', 'expense', 'host', 'reserve', 'contributions', 'to_share')
        names = ('income', 'expense', 'host_amount', 'reserve_amount', 'contribution_amount', 'amount_to_share')
        now = {member.number: sum(member.minutes.values()) for member in self._read_members()}
        # sudo: the hours of all members, of which only whether they changed comes out.
        before = {line.membership_id.id: line.minutes for line in self.sudo().chosen_line_ids}
        if [getattr(division, name) for name in amounts] != [self._to_cents(self[name]) for name in names] or now != before:
            raise UserError(self.env._(
                "The books or the hours have changed since the figures of “%s” were read: press “Compute Again”, and look at "
                "them.",
                self.name))

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
                'income', 'expense', 'host_amount', 'reserve_amount', 'contribution_amount')],
            'key': self.key_id._get_covered_content() if self.key_id else {},
            'lines': sorted(
                ({'product': line.membership_id.id, 'amount': self._to_cents(line.amount)} for line in self.chosen_line_ids),
                key=lambda line: line['product']),
        }

    def _get_gate_dependencies(self):
        return ['state', 'cohort_id', 'amount_to_share', 'date_from', 'date_to', 'key_id', 'chosen_line_ids.amount']

    def _get_covered_words(self):
        return {
            **super()._get_covered_words(), 'total': self.env._("amount to share"), 'period': self.env._("period"),
            'key': self.env._("key"), 'steps': self.env._("result"), 'basis': self.env._("basis")}

    def _get_covered_formats(self):
        formats = super()._get_covered_formats()
        return {
            'cohorts': formats['cohorts'],
            'period': lambda value, _content: " – ".join(format_date(self.env, day) for day in value or ()),
            'total': formats['total'],
            'key': lambda value, _content: self.env._("another one") if value != self.key_id._get_covered_content() else (
                self.key_id.name or ""),
        }

    def _describe_line_change(self, before, now):
        # sudo: the name of a member whose share the reader may see while it is voted on.
        member = self.env['coop.membership'].sudo().browse((before or now)['product']).name
        amounts = [self.currency_id.format(self._to_amount(line['amount'] if line else 0)) for line in (before, now)]
        return [self.env._(
            "the share of %(member)s was %(before)s and is %(now)s", member=member, before=amounts[0], now=amounts[1])]

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
        """The steps from the turnover to what is shared, the key in words, and what each gets by each key."""
        self.ensure_one()
        steps = Markup().join(
            Markup("<tr><td>%s</td><td style='text-align: right'>%s</td></tr>") % (label, self.currency_id.format(amount))
            for label, amount in self._get_steps())
        keys = self.key_id + (self.key_ids - self.key_id).filtered('line_ids')
        amounts = {(line.key_id, line.membership_id): line.amount for line in self.line_ids}
        # sudo: the names of the members of the cohort, for who proposes.
        members = self.chosen_line_ids.membership_id.sudo().sorted('name')
        head = Markup().join(Markup("<th style='text-align: right'>%s</th>") % key.name for key in keys)
        rows = Markup().join(
            Markup("<tr><td>%s</td>%s</tr>") % (member.name, Markup().join(
                Markup("<td style='text-align: right'>%s</td>") % self.currency_id.format(amounts.get((key, member), 0))
                for key in keys))
            for member in members)
        return Markup(
            "<p>%s</p><table class='table table-sm'><tbody>%s</tbody></table><p><b>%s</b></p>"
            "<table class='table table-sm'><thead><tr><th>%s</th>%s</tr></thead><tbody>%s</tbody></table>") % (
                self.env._("“%s” is to be booked and paid.", self.name), steps,
                self.env._("Key: %s.", self.key_id._describe()), self.env._("Member"), head, rows)

    def _get_steps(self):
        """From the turnover to what is shared: ``[(what, amount)]``."""
        self.ensure_one()
        return [
            (self.env._("Turnover net of tax"), self.income),
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
