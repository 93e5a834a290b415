from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import guard

# A rule says who decides on its document, and how: who proposes it does not choose another body or an easier method.
SET_BY_THE_RULE = frozenset({'committee_id', 'method_id', 'duration'})


class CoopDecision(models.Model):
    """A decision about a document: what it covers is read when the vote opens, and its result is told on the document."""
    _inherit = 'coop.decision'

    document_name = fields.Char("About", compute='_compute_document_name')

    @api.depends('res_model', 'res_id')
    def _compute_document_name(self):
        for decision in self:
            # sudo: how the document is called, for who reads the decision about it: its subject says it too.
            document = decision.sudo()._get_document()
            decision.document_name = document._get_gate_name() if document else False

    def write(self, vals):
        if not guard.is_sealed(self) and SET_BY_THE_RULE & vals.keys() and self.sudo().rule_id:
            raise UserError(self.env._(
                "Who decides on “%s”, by which method and for how long is said by a rule of the programme.",
                self.filtered(lambda decision: decision.sudo().rule_id)[0].name))
        return super().write(vals)

    def _get_document(self):
        """The document that the decision is about, with the rights of the decision's reader; nothing, when it is gone."""
        self.ensure_one()
        if not self.res_id or self.res_model not in self.env:
            return None
        return self.env[self.res_model].browse(self.res_id).exists() or None

    def _get_gated_document(self):
        """The same with all rights, for what follows from the decision; not under the seal of its actions."""
        document = self.sudo()._get_document()
        return document.with_context(**{guard.CONTEXT_KEY: None}) if document is not None else None

    # ------------------------------------------------------------
    # What is decided
    # ------------------------------------------------------------

    def _get_covered_content(self):
        document = self._get_gated_document()
        return document._get_covered_content() if document is not None else super()._get_covered_content()

    def action_amend(self, proposal=None, reason=None):
        """See ``coop_decision.py``. What is decided on a document is what the document says, and no other words for it.

        :raise UserError: when the text is not the document's own summary: the document is changed, and brings it along
        """
        document = self._get_gated_document() if self.sudo().rule_id else None
        if document is not None and proposal != document._prepare_proposal():
            raise UserError(self.env._(
                "“%s” says what its document says: change the document, and press “Update the Proposal” there.", self.name))
        return super().action_amend(proposal, reason)

    def _note_covered(self):
        """Keep with the wording what the document says while it is written."""
        # sudo: of the version that an action just made.
        guard.sealed(self.version_id.sudo()).covered = self._get_covered_content()

    def _make_version(self, **values):
        version = super()._make_version(**values)
        if self.rule_id:
            self._note_covered()
        return version

    def _check_ready_for_vote(self):
        super()._check_ready_for_vote()
        rule = self.sudo().rule_id
        if not rule:
            return
        document = self._get_gated_document()
        if document is None:
            raise UserError(self.env._("What “%s” is about was deleted: withdraw the proposal.", self.name))
        changes = document._describe_changes(self.version_id.covered, document._get_covered_content())
        if changes:
            raise UserError(self.env._(
                "“%(decision)s” does not say any more what its document says: %(changes)s Press “Update the Proposal” on the "
                "document, then open the vote.", decision=self.name, changes=document._join(changes)))
        # The rule may have changed since it was proposed.
        if rule._get_body(self.sudo().cohort_id) != self.sudo().committee_id:
            raise UserError(self.env._(
                "Another body decides on this now. Withdraw “%s”, and propose the document again.", self.name))
        if (self.method_id, self.duration) != (rule.method_id, rule.duration):
            guard.sealed(self).write({'method_id': rule.method_id.id, 'duration': rule.duration})

    # ------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------

    def _on_closed(self):  # pylint: disable=missing-return
        super()._on_closed()
        document = self._get_gated_document() if self.rule_id else None
        if document is not None:
            document.message_post(body=self.env._(
                "“%(body)s” voted on this: %(result)s", body=self.committee_id.name, result=self.version_id._describe_outcome()))

    def _on_adopted(self):  # pylint: disable=missing-return
        super()._on_adopted()
        document = self._get_gated_document() if self.rule_id else None
        if document is not None:
            document._tell_decided()

    def action_open_document(self):
        """Open the document that the decision is about.

        :raise UserError: when it is about none, or the document is gone
        """
        self.ensure_one()
        self.check_access('read')
        document = self._get_document()
        if document is None:
            raise UserError(self.env._("“%s” is about no document, or it was deleted.", self.name))
        document.check_access('read')
        return document._get_records_action()
