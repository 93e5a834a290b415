import json

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .coop_decision import STATES

OUTCOMES = [state for state in STATES if state[0] in ('adopted', 'rejected', 'no_quorum', 'tied')]


class CoopRegisterEntry(models.Model):
    """One line of a register: what was decided, when, and the hash that chains it to the line before.

    The content is numbers and codes. Names stand beside it and outside of the hash: a person can be
    forgotten, and the register stays whole.
    """
    _name = 'coop.register.entry'
    _description = "Entry of the Register"
    _inherit = ['coop.sealed.mixin']
    _order = 'register_id, number desc'
    _rec_name = 'number'

    register_id = fields.Many2one('coop.register', required=True, readonly=True, index=True, ondelete='restrict')
    cohort_id = fields.Many2one(related='register_id.cohort_id', store=True, index=True)
    company_id = fields.Many2one(related='register_id.company_id', store=True, index=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    date = fields.Datetime(required=True, readonly=True)
    kind = fields.Selection(
        [('vote', "Vote"), ('override', "Urgent Exception"), ('agreement', "Agreement")], required=True, readonly=True)

    # What it is about
    decision_id = fields.Many2one('coop.decision', readonly=True, index='btree_not_null', ondelete='restrict')
    version_id = fields.Many2one(
        'coop.decision.version', readonly=True, index='btree_not_null', ondelete='restrict')
    res_model = fields.Char("Model of the Document", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field='res_model', readonly=True)

    # What it says, and the chain
    content = fields.Text(required=True, readonly=True, help="What the hash is of: numbers and codes, as they were written.")
    names = fields.Json(readonly=True, export_string_translation=False)
    previous_hash = fields.Char("Hash Before", readonly=True)
    hash = fields.Char(required=True, readonly=True)

    # In words
    subject = fields.Char(compute='_compute_words', search='_search_subject')
    body_name = fields.Char("Body", compute='_compute_words')
    outcome = fields.Selection(OUTCOMES, compute='_compute_words')
    words = fields.Text("What Was Decided", compute='_compute_words')

    _number_unique = models.UniqueIndex('(register_id, number)', "The register has this number already.")

    # ------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------

    @api.depends('register_id', 'number')
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = self.env._("No. %(number)s, %(cohort)s", number=entry.number, cohort=entry.cohort_id.name or "")

    @api.depends('kind', 'content', 'names')
    @api.depends_context('lang')
    def _compute_words(self):
        outcomes = dict(OUTCOMES)
        # sudo: the result is said to whoever reads the register.
        versions = self.sudo().version_id.exists()
        for entry in self:
            outcome = entry._get_content().get('outcome')
            entry.outcome = outcome if isinstance(outcome, str) and outcome in outcomes else False
            entry.subject = entry._get_subject()
            entry.body_name = entry._get_name('body')
            entry.words = entry._describe(versions)

    def _search_subject(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        # sudo (any!): the subject is said in the register to whoever reads it.
        return Domain('decision_id', 'any!', [('name', operator, value)])

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        # An action that forgets a person changes the names beside. Nothing changes the rest.
        if vals.keys() - {'names'}:
            self._refuse()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse()

    def _refuse(self):
        raise AccessError(self.env._(
            "What stands in the register stays as it was written. If it was decided otherwise since, a new decision says so."))

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _get_words(self):
        """What the entry says, in a sentence or two in the reader's language: its subject and what was decided."""
        self.ensure_one()
        return self.env._("%(subject)s: %(words)s", subject=self.subject, words=self.words)

    def _get_content(self):
        """The content as a dictionary; empty when somebody wrote something else there."""
        self.ensure_one()
        try:
            content = json.loads(self.content or '{}')
        except ValueError:
            content = None
        return content if isinstance(content, dict) else {}

    def _get_name(self, key, default=""):
        """A name that stands beside the content."""
        names = self.names if isinstance(self.names, dict) else {}
        return names.get(key) or default

    def _get_subject(self):
        # sudo: the subject of what was decided is said to whoever reads the register.
        return (self._get_name('subject') or self.sudo().decision_id.name or self._get_name('document')
                or dict(self._fields['kind']._description_selection(self.env)).get(self.kind, ""))

    def _describe(self, versions):
        """What was decided, without its subject.

        :param versions: those that are there of what these entries are about, with all rights
        """
        content = self._get_content()
        if not content:
            return ""
        if self.kind == 'vote':
            return self._describe_vote(content, versions & self.sudo().version_id)
        describe = {'override': self._describe_override, 'agreement': self._describe_agreement}
        return describe[self.kind](content) if self.kind in describe else ""

    def _describe_vote(self, content, version):
        # The decision's own words, as long as they are of what was written here.
        if version and version.result == content.get('result') and version.outcome == content.get('outcome'):
            return version._describe_outcome()
        result = content.get('result')
        result = result if isinstance(result, dict) else {}
        return self.env._(
            "%(outcome)s: %(yes)s yes, %(no)s no, %(abstain)s abstaining, %(entitled)s entitled.",
            outcome=dict(self._fields['outcome']._description_selection(self.env)).get(self.outcome, content.get('outcome')),
            **{name: result.get(name, "-") for name in ('yes', 'no', 'abstain', 'entitled')})

    def _describe_override(self, content):
        return self.env._(
            "%(person)s released “%(document)s” without the decision it needs. Reason: %(reason)s",
            person=self._name_person(content.get('by')), document=self._name_document(),
            reason=content.get('reason') or self._get_name('reason', "-"))

    def _describe_agreement(self, content):
        return self.env._(
            "%(person)s agreed for the host to “%(document)s”. Reason: %(reason)s",
            person=self._name_person(content.get('by')), document=self._name_document(),
            reason=content.get('reason') or self._get_name('reason', "-"))

    def _name_person(self, number):
        return self._get_name(f'partner:{number}') or self.env._("somebody whose name was removed")

    def _name_document(self):
        model = self.env['ir.model']._get(self.res_model).name if self.res_model in self.env else self.res_model
        return self._get_name('document') or f"{model or ''} {self.res_id or ''}".strip()

    # ------------------------------------------------------------
    # The chain
    # ------------------------------------------------------------

    @api.model
    def _write_columns(self, columns):
        """What an entry is of, as its content keeps it: the same whether it comes from Odoo or from the database."""
        return {
            'kind': columns['kind'],
            'date': fields.Datetime.to_string(columns['date']),
            'decision': columns['decision_id'] or 0,
            'version': columns['version_id'] or 0,
            'document': [columns['res_model'] or '', columns['res_id'] or 0],
        }

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_check(self):
        """Check the register these entries are of."""
        return self.register_id.action_check()

    def action_print(self):
        """Print the register these entries are of."""
        return self.register_id.action_print()
