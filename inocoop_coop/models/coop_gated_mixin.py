from contextlib import contextmanager
from dataclasses import dataclass, field

from odoo import api, models
from odoo.exceptions import UserError

from ..rules import covered


@dataclass
class Requirement:
    """A decision that a document needs, and how far it is.

    ========  ==========================================================================
    state     what it means
    ========  ==========================================================================
    needed    nobody has proposed it
    proposed  it is being discussed
    voting    the vote is open
    covered   it was adopted for what the document says now, or there is an exception
    void      it was adopted for something else than what the document says now
    refused   it was voted on and not adopted
    ========  ==========================================================================
    """

    rule: models.BaseModel
    cohort: models.BaseModel
    body: models.BaseModel
    decision: models.BaseModel  # the last one about it, or none
    state: str
    changes: list = field(default_factory=list)  # sentences: what is not any more as it was put to the vote

    @property
    def body_name(self):
        """How the body is called: one that the cohort does not have any more, as its programme calls it."""
        return self.body.name or self.rule.template_id.name

    def describe(self):
        """The rule in a sentence: which body decides, from where on and how."""
        return self.rule._describe(self.body_name)

    def is_undecided(self):
        """Whether the vote decided nothing, of what the document still says: it is voted again, and not proposed again."""
        return self.state == 'refused' and self.decision.state in ('no_quorum', 'tied') and not self.changes


class CoopGatedMixin(models.AbstractModel):
    """A document that commits the cooperative: some of them are confirmed only after a body decided.

    Which ones, a ``coop.decision.rule`` says. The guard stands in ``create`` and ``write`` on the
    guarded state, whoever asks and by whatever path: a button, an import, a scheduled job, a
    customer who signs. There is no way around it for the superuser either: what there is besides a
    decision is the urgent exception. Both are asked for in ``coop_gated_proposal.py``; what members
    see is in ``coop_gated_status.py``, and what changed is told in ``coop_gated_words.py``.

    A decision covers what is named by ``_get_covered_content`` and nothing else: when one of these
    things changes, it does not cover the document any more.
    """
    _name = 'coop.gated.mixin'
    _description = "Document that a body decides on"

    _gate_states = ()  # the values of ``state`` that are guarded
    _gate_draft_states = ('draft',)  # those in which the document waits to be confirmed
    _gate_date = 'date_order'  # the day whose exchange rate counts
    _gate_total, _gate_untaxed = 'amount_total', 'amount_untaxed'
    _gate_lines = 'order_line'
    # What a confirmation writes; anything else that is written with it changes the document first.
    _gate_confirmation = frozenset({'state', 'date_order', 'date_approve', 'locked'})

    # ------------------------------------------------------------
    # What a document says of itself
    # ------------------------------------------------------------

    def _is_gated(self):
        """Whether the document commits the cooperative at all."""
        self.ensure_one()
        return True

    def _is_inside_gate(self):
        self.ensure_one()
        return self.state in self._gate_states

    def _get_gate_cohorts(self):
        """Whose rules bind the document."""
        self.ensure_one()
        return self.cohort_id

    def _get_company_currency(self):
        self.ensure_one()
        return (self.company_id or self.env.company).currency_id

    def _get_gate_amount(self, basis):
        """What a rule compares its amount with, in the company's currency at the document's date.

        :param str basis: ``total`` (tax included) or ``untaxed``
        """
        self.ensure_one()
        amount = self[self._gate_total if basis == 'total' else self._gate_untaxed]
        currency = self._get_company_currency()
        if not self.currency_id or self.currency_id == currency:
            return amount
        return self.currency_id._convert(amount, currency, self.company_id or self.env.company, self[self._gate_date])

    def _get_covered_content(self):
        """What a decision about this document decides: numbers, codes and decimal texts, no names.

        :return: a dictionary that JSON can carry; two readings of an unchanged document are equal
        """
        self.ensure_one()
        currency = self.currency_id or self._get_company_currency()
        return {
            'document': self._name,
            'cohorts': sorted(self._get_gate_cohorts().ids),
            'partner': self.partner_id.id,
            'currency': currency.name,
            'total': covered.to_units(self[self._gate_total], currency.decimal_places),
            'lines': covered.sort_lines(line._get_covered_content() for line in self._get_covered_lines()),
        }

    def _get_covered_lines(self):
        if not self._gate_lines:
            return ()
        lines = self[self._gate_lines]
        return lines.filtered(lambda line: line._is_covered()).with_prefetch(lines._prefetch_ids)

    # ------------------------------------------------------------
    # Which decisions it needs, and how far they are
    # ------------------------------------------------------------

    def _get_requirements(self):
        """The decisions that these documents need, in a number of queries that does not grow with them.

        :return: ``{document: [Requirement]}``
        """
        # sudo: whether a document needs a decision and has it is so for everyone who may read the document. Of the
        # rules and decisions themselves, only the rule in words and the result come out on its page.
        documents = self.sudo()
        required = {document: [] for document in self}
        rules = self.env['coop.decision.rule'].sudo()._get_in_force(self._name)
        bound = {rule: rule._applies_to(documents) for rule in rules}
        concerned = documents.browse().union(*bound.values())
        if not concerned:
            return required
        decisions, exceptions = self._find_decisions(concerned, rules), self._find_exceptions(concerned)
        contents = {document: document._get_covered_content() for document in concerned}
        for rule, bound_documents in bound.items():
            for document in bound_documents:
                for cohort in document._get_gate_cohorts().filtered(rule._is_for):
                    body = rule._get_body(cohort)
                    about = [decision for decision in decisions.get((document._origin.id, rule), ())
                             if decision.committee_id == body and body]
                    released = [entry for number, rule_id, cohort_id, entry in exceptions
                                if (number, rule_id, cohort_id) == (document._origin.id, rule.id, cohort.id)]
                    state, decision, old = self._judge(contents[document], about, released)
                    required[document].append(
                        Requirement(rule, cohort, body, decision, state, self._describe_changes(old, contents[document])))
        return required

    def _get_missing(self):
        """The requirements that keep the document from being confirmed."""
        self.ensure_one()
        return [requirement for requirement in self._get_requirements()[self] if requirement.state != 'covered']

    def _find_decisions(self, documents, rules):
        """The decisions about these documents: ``{(number of the document, rule): [decision]}``, the last one first."""
        found = {}
        decisions = self.env['coop.decision'].sudo().with_context(active_test=False)
        for decision in decisions.search([
            ('res_model', '=', self._name), ('res_id', 'in', documents.ids), ('rule_id', 'in', rules.ids),
            ('state', '!=', 'withdrawn'),
        ]) if documents.ids else ():
            found.setdefault((decision.res_id, decision.rule_id), []).append(decision)
        return found

    def _find_exceptions(self, documents):
        """What the register says of urgent exceptions: ``[(number of the document, rule, cohort, content covered)]``."""
        return [
            (entry.res_id, content.get('rule'), entry.cohort_id.id, content.get('covered'))
            for entry, content in self._find_entries(documents, 'override')]

    def _find_entries(self, documents, kind):
        if not documents.ids:
            return
        entries = self.env['coop.register.entry'].sudo()  # sudo: see _get_requirements
        for entry in entries.search([('kind', '=', kind), ('res_model', '=', self._name), ('res_id', 'in', documents.ids)]):
            yield entry, entry._get_content()

    def _judge(self, content, decisions, exceptions):
        """How far a decision is.

        :param dict content: what the document says now
        :param decisions: those about it, the last one first
        :param exceptions: what was released by way of exception, the last one first
        :return: the state of the requirement, the decision that tells it, and what of the document was put to the vote
        """
        nobody = self.env['coop.decision']
        for decision in decisions:
            if decision.state == 'adopted' and decision.version_id.covered == content:
                return 'covered', decision, content
        if content in exceptions:
            return 'covered', nobody, content
        if decisions:
            last = decisions[0]
            states = {'draft': 'proposed', 'discussion': 'proposed', 'voting': 'voting', 'adopted': 'void'}
            return states.get(last.state, 'refused'), last, last.version_id.covered
        return ('void', nobody, exceptions[0]) if exceptions else ('needed', nobody, content)

    def _is_gate_open(self):
        """Whether nothing that has to be decided keeps the document from being confirmed."""
        return not self._get_missing()

    # ------------------------------------------------------------
    # The guard
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents.filtered(lambda document: document._is_inside_gate())._check_gate()
        return documents

    def write(self, vals):
        if not self._has_gates():
            return super().write(vals)
        if vals.get('state') in self._gate_states:
            changes = {name: value for name, value in vals.items() if name not in self._gate_confirmation}
            if changes:
                # What is confirmed is what it says after the changes.
                self.write(changes)
                return self.write({name: value for name, value in vals.items() if name not in changes})
            # Before anything follows from it.
            self.filtered(lambda document: not document._is_inside_gate())._check_gate()
        with self._keeping_covered():
            return super().write(vals)

    def _has_gates(self):
        """Whether anything at all is decided about such documents: mostly there is nothing to ask."""
        return bool(self.env['coop.decision.rule']._get_in_force(self._name))

    @contextmanager
    def _keeping_covered(self):
        """What happens inside leaves no document confirmed that says something else than what was decided."""
        before = {document: document.sudo()._get_covered_content() for document in self if document._is_inside_gate()}
        yield before
        changed = self.filtered(
            lambda document: document._is_inside_gate() and (
                document not in before or before[document] != document.sudo()._get_covered_content()))
        changed._check_gate(before)

    def _check_gate(self, before=None):
        """Refuse to confirm what no decision covers.

        :param dict before: what those documents said that were confirmed already
        :raise UserError: which body decides, and what to do next
        """
        for document, requirements in self._get_requirements().items():
            missing = [requirement for requirement in requirements if requirement.state != 'covered']
            if missing:
                # Without lines, it is only being made.
                was_confirmed = bool(before and document in before and before[document]['lines'])
                raise UserError(document._explain_refusal(missing[0], was_confirmed))

    def _explain_refusal(self, requirement, was_confirmed):
        """Why the document can't be confirmed, which body decides, and what to do next."""
        self.ensure_one()
        name = self.sudo().display_name
        if was_confirmed:
            return self.env._(
                "“%(document)s” is confirmed as it was decided: %(rule)s To change it, cancel it and set it back to draft, then "
                "propose it again.", document=name, rule=requirement.describe())
        sentence = self.env._(
            "“%(document)s” can't be confirmed yet. %(rule)s", document=name, rule=requirement.describe())
        return f"{sentence} {self._explain_next_step(requirement)}"

    def _explain_next_step(self, requirement):
        """What is to be done about a decision that is missing."""
        if not requirement.body:
            return self.env._(
                "“%(cohort)s” has no such body any more: ask the facilitator or the programme manager to set it up again.",
                cohort=requirement.cohort.name)
        if requirement.is_undecided():
            return self.env._("The vote decided nothing: open it again on the page of the decision.")
        return {
            'needed': self.env._("Propose it to them with the button at the top of its page."),
            'proposed': self.env._("It is being discussed: open the vote when everything is said."),
            'voting': self.env._("The vote is open: wait for its result."),
            'void': self.env._("It was changed since they decided: propose it to them again."),
            'refused': self.env._("They did not adopt it: change it and propose it again, or cancel it."),
        }[requirement.state]
