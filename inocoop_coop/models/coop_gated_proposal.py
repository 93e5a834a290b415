from markupsafe import Markup

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..rules import covered
from ..tools import clock, guard
from ..tools.dialog import open_dialog
from .coop_gated_status import PROPOSABLE


class CoopGatedMixin(models.AbstractModel):
    """Putting a document to the body that decides, and the urgent exception."""
    _inherit = 'coop.gated.mixin'

    # ------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------

    def action_propose_decision(self):
        """Put the document to the bodies that decide, with what it says as the proposal.

        What is in discussion already, and was changed since, is amended: both wordings stay.

        :return: the action that opens the decision
        :raise UserError: when nothing has to be decided, or no body is there to do it
        :raise AccessError: when the caller may not write the document, or takes no part in its cohort
        """
        self.ensure_one()
        self.check_access('write')
        if self._is_inside_gate():
            raise UserError(self.env._("“%s” is confirmed: there is nothing to propose any more.", self.display_name))
        if self.state not in self._gate_draft_states:
            raise UserError(self.env._("“%s” is cancelled: set it back to draft, then propose it.", self.display_name))
        requirements = self._get_missing()
        if not requirements:
            raise UserError(self.env._("“%s” needs no decision now: you can confirm it.", self.display_name))
        decisions = self.env['coop.decision']
        for requirement in requirements:
            if not requirement.body:
                raise UserError(self._explain_next_step(requirement))
            decision = requirement.decision.sudo(False)
            if requirement.state in PROPOSABLE and not requirement.is_undecided():
                decision = self._propose_to(requirement)
            elif requirement.state == 'proposed' and requirement.changes:
                decision.action_amend(self._prepare_proposal(), self._join(requirement.changes))
            decisions |= decision
        return decisions._get_records_action()

    def _propose_to(self, requirement):
        """A decision in discussion about the document; who may make decisions in this cohort may make it."""
        decisions = self.env['coop.decision']
        if not decisions.has_access('create'):
            raise AccessError(self.env._(
                "Members and facilitators propose decisions: ask one of “%s” to propose this one.", requirement.cohort.name))
        decision = guard.sealed(decisions).create({
            'name': self._prepare_subject(),
            'committee_id': requirement.body.id,
            'method_id': requirement.rule.method_id.id,
            'duration': requirement.rule.duration,
            'proposal': self._prepare_proposal(),
            'rule_id': requirement.rule.id,
            'res_model': self._name,
            'res_id': self.id,
        }).with_env(self.env)
        decision._note_covered()
        decision.action_submit()
        return decision

    def _prepare_subject(self):
        self.ensure_one()
        partner = self.sudo().partner_id  # sudo: the name that stands on the document
        return self.env._("%(document)s, %(partner)s", document=self._get_gate_name(), partner=partner.name or "")

    def _get_gate_name(self):
        """How the document is called where it is decided on."""
        self.ensure_one()
        return f"{self.env['ir.model']._get(self._name).name} {self.display_name}"

    def _prepare_proposal(self):
        """What the document says, for those who decide and can't open it."""
        self.ensure_one()
        document = self.sudo()  # sudo: names that stand on a document that the user may write
        currency = document.currency_id
        facts = [(self._get_covered_words()['partner'], document.partner_id.display_name), *self._get_proposal_facts(), (
            self.env._("total, tax included") if self._gate_lines else self.env._("amount"),
            currency.format(document[self._gate_total]))]
        paragraphs = Markup().join(
            Markup("<li>%s</li>") % self.env._("%(what)s: %(value)s", what=what[:1].upper() + what[1:], value=value or "")
            for what, value in facts)
        return Markup("<p>%s</p>%s<ul>%s</ul>") % (
            self.env._("“%s” is to be confirmed.", self._get_gate_name()), self._prepare_proposal_lines(), paragraphs)

    def _get_proposal_facts(self):
        """More of the document that those who decide should read: ``[(what, value)]``."""
        return []

    def _prepare_proposal_lines(self):
        lines = self.sudo()._get_covered_lines()  # sudo: see _prepare_proposal
        if not lines:
            return Markup()
        cells = Markup("<tr><td>%s</td><td style='text-align: right'>%s %s</td><td style='text-align: right'>%s</td>"
                       "<td style='text-align: right'>%s</td></tr>")
        rows = Markup().join(cells % (
            line.name, covered.to_text(line[line._covered_quantity]), line.product_uom_id.name or "",
            line.currency_id.format(line.price_unit), line.currency_id.format(line.price_subtotal),
        ) for line in lines)
        heads = Markup("<th>%s</th>") % self.env._("What") + Markup().join(
            Markup("<th style='text-align: right'>%s</th>") % head
            for head in (self.env._("Quantity"), self.env._("Unit price"), self.env._("Without tax")))
        return Markup("<table class='table table-sm'><thead><tr>%s</tr></thead><tbody>%s</tbody></table>") % (heads, rows)

    def _join(self, sentences):
        text = self.env._("; ").join(sentences)
        return f"{text[:1].upper()}{text[1:]}."

    # ------------------------------------------------------------
    # Urgent exception
    # ------------------------------------------------------------

    def action_open_override(self):
        """Ask why the document is released without the decision it needs."""
        self.ensure_one()
        return open_dialog('coop.gate.override', self.env._("Urgent exception"), res_model=self._name, res_id=self.id)

    def action_override(self, reason):
        """Release the document, as it is now, without the decision it needs: it is entered in the register.

        :param str reason: why it can't wait, in a sentence
        :raise UserError: when nothing is missing, a rule allows no exception, or there is no reason
        :raise AccessError: when the caller is not in charge of the cohort
        """
        self.ensure_one()
        self.check_access('write')
        requirements = self._get_requirements()[self]
        missing = self._get_overridden(requirements)
        reason = reason.strip() if isinstance(reason, str) else ""
        if all(requirement.state == 'covered' for requirement in requirements) or self._is_inside_gate():
            raise UserError(self.env._("“%s” needs no exception: no decision is missing.", self.display_name))
        if not missing:
            raise UserError(self.env._(
                "The rules of the programme allow no exception for “%s”: it waits for the decision.", self.display_name))
        if not self._may_override(missing):
            raise AccessError(self.env._(
                "Only the facilitator of the cohort and the programme manager make an urgent exception: ask them."))
        if not reason:
            raise UserError(self.env._("Say in a sentence why this can't wait: it is entered in the register."))
        for requirement in missing:
            self._enter_override(requirement, reason)

    def _get_overridden(self, requirements):
        """What an exception would stand in for; nothing, when one of the rules allows none."""
        missing = [requirement for requirement in requirements if requirement.state != 'covered']
        return missing if all(requirement.rule.override_allowed for requirement in missing) else []

    def _may_override(self, requirements):
        return self.env.user.has_group('inocoop_coop.group_facilitator') and all(
            requirement.cohort.sudo(False).has_access('write') for requirement in requirements)

    def _enter_override(self, requirement, reason):
        user = self.env.user.partner_id
        name = self._get_gate_name()
        document = self.sudo()  # sudo: what the register keeps of it, and the message on it, after the checks above
        self.env['coop.register'].sudo()._append(requirement.cohort, 'override', {
            'rule': requirement.rule.id,
            'body': requirement.body.id,
            'covered': document._get_covered_content(),
            'by': user.id,
            'reason': reason,
        }, names={
            'subject': name, 'document': name, 'body': requirement.body_name,
            f'partner:{user.id}': user.name,
        }, document=document)
        # What is discussed about it has no object any more; a vote that runs says what the group thinks of it.
        if requirement.state == 'proposed':
            requirement.decision.sudo(False).action_withdraw(
                self.env._("Released by the facilitator as an urgent exception: it is entered in the register."))
        # Those who would have decided are told at once.
        people = requirement.body.current_partner_ids if not clock.is_silent(self.env) else user.browse()
        document.message_post(
            body=self.env._(
                "%(person)s released this without the decision of “%(body)s”, as an urgent exception: %(reason)s",
                person=user.name, body=requirement.body_name, reason=reason),
            subject=self.env._("Urgent exception: %s", name), partner_ids=people.ids, author_id=user.id,
            subtype_xmlid='mail.mt_note')  # a customer may follow it

    # ------------------------------------------------------------
    # Who looks after it
    # ------------------------------------------------------------

    def _get_gate_watcher(self, requirement, document):
        """The user who is to look at a document: the body's chair, who else sits there, or the facilitator.

        Only who may open it is asked.
        """
        # sudo: who sits where, to find whom to ask.
        mandates = requirement.body.sudo().current_mandate_ids.sorted(lambda mandate: (mandate.role != 'chair', mandate.id))
        seated = mandates.partner_id.user_ids.filtered(lambda user: not user.share)
        for user in (*seated, *requirement.cohort.sudo().facilitator_id):
            if document.with_user(user).has_access('read'):
                return user
        return self.env['res.users']

    def _ask_to_look(self, requirement, summary, note, document=None):
        """An activity for whom it concerns, and the same in the discussion of the document.

        :param str summary: in a few words
        :param str note: what happened, and what is to be done
        :param document: another document than this one, on which it is said
        """
        document = (self if document is None else document).sudo()  # sudo: it is said there, whoever brought it about
        document.message_post(body=note)
        user = self._get_gate_watcher(requirement, document)
        if user:
            document.activity_schedule('mail.mail_activity_data_todo', user_id=user.id, summary=summary, note=note)

    def _tell_decided(self):
        """Say on the document that it may be confirmed, or what is missing still."""
        self.ensure_one()
        missing = self._get_missing()
        if not missing:
            body = self.env._("Everything is decided: this may be confirmed now.")
        else:
            body = self._describe_missing(missing[0])
        self.message_post(body=body)

    def _describe_missing(self, requirement):
        if requirement.changes:
            return self.env._(
                "It was changed since the vote was opened, and the decision does not cover it: %s Propose it again.",
                self._join(requirement.changes))
        return self.env._("Another decision is missing: %s", requirement.describe())
