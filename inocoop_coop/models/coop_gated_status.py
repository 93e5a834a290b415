from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

GATE_STATES = [
    ('none', "No decision needed"),
    ('needed', "To be proposed"),
    ('proposed', "In discussion"),
    ('voting', "Vote open"),
    ('covered', "Decided"),
    ('void', "Changed since it was decided"),
    ('refused', "Not adopted"),
]
# Of several decisions that a document needs, the one that is furthest behind tells where it stands.
FURTHEST_BEHIND = ('void', 'refused', 'needed', 'proposed', 'voting', 'covered')
PROPOSABLE = ('needed', 'void', 'refused')
CHANGED = 'proposed'  # what is in discussion is brought up to date with the same button


class CoopGatedMixin(models.AbstractModel):
    """What the page of a document says of the decisions it needs."""
    _inherit = 'coop.gated.mixin'

    gate_state = fields.Selection(GATE_STATES, string="Decision", compute='_compute_gate')
    gate_text = fields.Html("What Has to Be Decided", compute='_compute_gate', export_string_translation=False)
    gate_body_name = fields.Char("Body", compute='_compute_gate', export_string_translation=False)
    gate_action = fields.Selection(
        [('propose', "Propose"), ('update', "Update"), ('open', "Open")], compute='_compute_gate',
        export_string_translation=False)
    gate_changed = fields.Boolean(compute='_compute_gate', export_string_translation=False)
    gate_can_open_vote = fields.Boolean(compute='_compute_gate_can_open_vote', export_string_translation=False)
    gate_overridable = fields.Boolean(compute='_compute_gate', export_string_translation=False)
    gate_decision_count = fields.Integer("Decisions", compute='_compute_gate_decision_count')

    @api.depends(lambda self: self._get_gate_dependencies())
    @api.depends_context('uid', 'lang', 'tz')
    def _compute_gate(self):
        """All documents of a list at once: see ``_get_requirements``."""
        required = self._get_requirements() if self._has_gates() else {}
        for document in self:
            requirements = sorted(
                required.get(document, ()), key=lambda requirement: FURTHEST_BEHIND.index(requirement.state))
            first = requirements[0] if requirements else None
            document.gate_state = first.state if first else 'none'
            document.gate_text = document._describe_gate(requirements) if requirements else False
            document.gate_body_name = first.body.name if first else False
            document.gate_action = document._get_gate_action(first) if first else False
            document.gate_changed = bool(first and first.state in ('proposed', 'voting') and first.changes)
            document.gate_overridable = bool(
                first and document._get_overridden(requirements) and document._may_override(requirements))

    def _get_gate_dependencies(self):
        if self._abstract:
            return []
        names = ['state', 'cohort_id', 'partner_id', 'currency_id', self._gate_total, self._gate_date]
        if self._gate_lines:
            names += [f'{self._gate_lines}.{name}' for name in ('product_id', 'price_unit', 'discount', 'tax_ids')]
        return names

    def _get_gate_action(self, requirement):
        """What the button beside it does."""
        if not requirement.body or requirement.state == 'covered':
            return False
        if requirement.is_undecided():
            return 'open'
        if requirement.state in PROPOSABLE:
            return 'propose'
        return 'update' if requirement.state == CHANGED and requirement.changes else 'open'

    @api.depends('gate_state', 'gate_changed')
    @api.depends_context('uid')
    def _compute_gate_can_open_vote(self):
        """Whether the user may put to the vote what is proposed: apart from the rest, for a page shows it and no list."""
        for document in self:
            proposed = document._get_proposed() if document.gate_state == 'proposed' and not document.gate_changed else None
            document.gate_can_open_vote = bool(proposed and proposed.has_access('write') and proposed._is_steward())

    def _get_proposed(self):
        """The first decision about the document that is in discussion, with the rights of the user."""
        self.ensure_one()
        for requirement in self._get_requirements()[self]:
            if requirement.state == 'proposed':
                return requirement.decision.sudo(False)
        return self.env['coop.decision']

    def _compute_gate_decision_count(self):
        # What the user may read of the decisions about these documents.
        decisions = self.env['coop.decision']
        counts = dict(decisions._read_group(
            [('res_model', '=', self._name), ('res_id', 'in', self.ids)], ['res_id'], ['__count'],
        )) if decisions.has_access('read') and self.ids else {}
        for document in self:
            document.gate_decision_count = counts.get(document.id, 0)

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _describe_gate(self, requirements):
        """The block at the top of the document: a paragraph for each decision it needs."""
        return Markup().join(
            Markup("<p class='mb-1'>%s</p>") % Markup("<br/>").join(self._describe_requirement(requirement))
            for requirement in requirements)

    def _describe_requirement(self, requirement):
        """What is needed and why, how far it is, and what changed."""
        decision = requirement.decision
        if requirement.state == 'covered' and not requirement.decision:
            return [self.env._("Released by the facilitator as an urgent exception: it is entered in the register.")]
        sentences = [Markup("<b>%s</b>") % requirement.describe()]
        if not requirement.body:
            return [*sentences, self._explain_next_step(requirement)]
        if requirement.state == 'proposed':
            sentences.append(self.env._("“%s” is being discussed.", decision.name))
        elif requirement.state == 'voting':
            sentences.append(self._describe_vote(decision))
        elif decision:
            sentences.append(decision.outcome_text or "")
        if requirement.changes:
            changes = self.env._("; ").join(requirement.changes)
            sentences.append({
                'proposed': self.env._("It was changed since it was proposed: %s.", changes),
                'voting': self.env._(
                    "It was changed since the vote was opened: %s. The vote is on what it said before. Withdraw the proposal and "
                    "make it again, or set the document back to what it said.", changes),
                'void': self.env._("It was changed since, and the decision does not cover it any more: %s.", changes),
                'refused': self.env._("It was changed since: %s.", changes),
            }[requirement.state])
        return [sentence for sentence in sentences if sentence]

    def _describe_vote(self, decision):
        participation = decision.participation or ""
        if not decision.date_deadline:
            return self.env._("The vote is open in a meeting. %s", participation)
        return self.env._(
            "Vote open until %(deadline)s, %(participation)s.",
            deadline=format_datetime(self.env, decision.date_deadline, dt_format='short'), participation=participation)

    # ------------------------------------------------------------
    # The way to the decisions
    # ------------------------------------------------------------

    def action_view_decisions(self):
        """Open the decisions about this document; the only one by itself."""
        self.ensure_one()
        self.check_access('read')
        decisions = self.env['coop.decision'].search([('res_model', '=', self._name), ('res_id', '=', self.id)])
        if len(decisions) == 1:
            return decisions._get_records_action()
        return decisions._get_records_action(
            name=self.env._("Decisions"), view_mode='list,form', views=[(False, 'list'), (False, 'form')])

    def action_open_gate_vote(self):
        """Put to the vote what was proposed about this document; the decision's own action checks who asks.

        :return: the action that opens the decision
        :raise UserError: when nothing is proposed, or the document was changed since
        """
        self.ensure_one()
        self.check_access('read')
        decision = self._get_proposed()
        if not decision:
            raise UserError(self.env._("Nothing about “%s” waits for a vote to open: propose it first.", self.display_name))
        decision.action_open_vote()
        return decision._get_records_action()

    def action_open_gate_decision(self):
        """Open the decision that is under way about this document."""
        self.ensure_one()
        self.check_access('read')
        under_way = [
            requirement.decision for requirement in self._get_requirements()[self]
            if requirement.state in ('proposed', 'voting') or requirement.is_undecided()]
        return under_way[0].sudo(False)._get_records_action() if under_way else self.action_view_decisions()
