from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_amount
from odoo.tools.safe_eval import safe_eval

DOCUMENTS = [
    ('sale.order', "Confirming a quotation"),
    ('purchase.order', "Confirming a purchase"),
    ('account.payment', "Paying a supplier"),
]

# Where the rules in force are remembered for the time of a transaction, and what is read of them.
IN_FORCE = 'coop_decision_rules_in_force'
FACTS = ('active', 'amount', 'amount_basis', 'cohort_id', 'document', 'domain', 'program_id', 'template_id')


class CoopDecisionRule(models.Model):
    """Which document needs which body's decision, above which amount, by which method.

    Commitments are bound by it, never bookkeeping: a bill that came in can always be posted. How a
    document is kept from being confirmed is in ``coop_gated_mixin.py``. A later document adds itself
    to ``document`` with ``selection_add`` and inherits that mixin.
    """
    _name = 'coop.decision.rule'
    _description = "Decision Rule"
    _inherit = ['mail.thread']
    _order = 'program_id, sequence, id'

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean("In Force", default=True, tracking=True)
    sequence = fields.Integer(default=10)

    # Which document
    document = fields.Selection(DOCUMENTS, string="What Is Decided", required=True, default='sale.order', tracking=True)
    program_id = fields.Many2one('coop.program', string="Programme", required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(related='program_id.company_id')
    cohort_id = fields.Many2one(
        'coop.cohort', index='btree_not_null', ondelete='cascade', domain="[('program_id', '=', program_id)]",
        help="Empty: for every cohort of the programme.")
    currency_id = fields.Many2one('res.currency', compute='_compute_currency_id')
    amount = fields.Monetary(
        "Above", tracking=True, help="A document of exactly this amount needs no decision. In the company's currency.")
    amount_basis = fields.Selection(
        [('untaxed', "Without tax"), ('total', "Tax included")], string="Amount", required=True, default='total', tracking=True)
    domain = fields.Char("Only Those", default='[]', tracking=True, help="Which documents the rule is for, besides their amount.")

    # Who decides, and how
    template_id = fields.Many2one(
        'coop.committee.template', string="Body", required=True, index=True, ondelete='restrict', tracking=True,
        domain="[('program_id', '=', program_id)]", help="This body of each cohort decides on the documents of its cohort.")
    method_id = fields.Many2one(
        'coop.voting.method', string="Voting Method", required=True, index=True, ondelete='restrict', tracking=True,
        domain="[('kind', '!=', 'election'), ('program_id', 'in', (False, program_id))]")
    duration = fields.Integer(
        "Vote Lasts (hours)", compute='_compute_duration', store=True, readonly=False, precompute=True, tracking=True,
        help="From the opening of the vote to its deadline.")
    override_allowed = fields.Boolean(
        "Exceptions Allowed", tracking=True,
        help="The facilitator may release a document without the decision, for a reason that is entered in the register.")
    description = fields.Text(compute='_compute_description', help="The rule as members read it on a document.")

    _check_amount = models.Constraint('CHECK(amount >= 0)', "A rule begins above 0 or above an amount, not below.")
    _check_duration = models.Constraint('CHECK(duration > 0)', "A vote lasts at least one hour.")

    # ------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------

    @api.depends('program_id.company_id')
    @api.depends_context('company')
    def _compute_currency_id(self):
        for rule in self:
            rule.currency_id = (rule.program_id.company_id or self.env.company).currency_id

    @api.depends('method_id')
    def _compute_duration(self):
        for rule in self:
            rule.duration = rule.method_id.duration or rule.duration

    @api.depends('document', 'amount', 'amount_basis', 'domain', 'template_id.name', 'method_id.name', 'name')
    @api.depends_context('lang', 'company')
    def _compute_description(self):
        for rule in self:
            rule.description = rule._describe(rule.template_id.name) if rule.template_id and rule.method_id else False

    def _describe(self, body_name):
        """The rule in a sentence: “Above 500 €, “Marketing committee” decides by simple majority.”"""
        self.ensure_one()
        method = self.method_id.name
        terms = {'body': body_name, 'method': method[:1].lower() + method[1:]}
        if self.amount:
            terms['amount'] = format_amount(
                self.env, self.amount, self.currency_id, trailing_zeroes=not self.amount.is_integer())
            if self.amount_basis == 'untaxed':
                sentence = self.env._("Above %(amount)s without tax, “%(body)s” decides by %(method)s.", **terms)
            elif self.document != 'account.payment':
                sentence = self.env._("Above %(amount)s, tax included, “%(body)s” decides by %(method)s.", **terms)
            else:
                sentence = self.env._("Above %(amount)s, “%(body)s” decides by %(method)s.", **terms)
        else:
            sentence = self.env._("“%(body)s” decides by %(method)s.", **terms)
        if self._get_domain():
            return self.env._("%(rule)s: %(sentence)s", rule=self.name, sentence=sentence)
        return sentence

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains('program_id', 'template_id', 'cohort_id', 'method_id')
    def _check_programme(self):
        for rule in self:
            if rule.template_id.program_id != rule.program_id:
                raise ValidationError(self.env._(
                    "“%(body)s” is a body of another programme: choose one of “%(program)s”.",
                    body=rule.template_id.name, program=rule.program_id.name))
            if rule.cohort_id and rule.cohort_id.program_id != rule.program_id:
                raise ValidationError(self.env._(
                    "“%(cohort)s” belongs to another programme than “%(program)s”.",
                    cohort=rule.cohort_id.name, program=rule.program_id.name))
            if rule.method_id.kind == 'election' or rule.method_id.program_id not in (self.env['coop.program'], rule.program_id):
                raise ValidationError(self.env._(
                    "A document is not decided by “%s”: choose consent or a majority that this programme has.",
                    rule.method_id.name))

    @api.constrains('document', 'domain')
    def _check_domain(self):
        for rule in self:
            try:
                with self.env.cr.savepoint(flush=False):
                    self.env[rule.document].search(rule._get_domain(), limit=1)
            except Exception as error:
                raise ValidationError(self.env._(
                    "The condition of “%(rule)s” can't be read: %(error)s. Choose it again with the button beside it.",
                    rule=rule.name, error=error)) from error

    def _get_domain(self):
        """The documents that the rule is for; all of them, when it says nothing."""
        self.ensure_one()
        conditions = safe_eval(self.domain or '[]')
        return Domain(conditions) if conditions else Domain.TRUE

    # ------------------------------------------------------------
    # Which documents
    # ------------------------------------------------------------

    @api.model
    def _get_for(self, model, cohorts):
        """The rules for documents of this model in these cohorts."""
        rules = self._get_in_force(model) if cohorts else self.browse()
        return rules.filtered(lambda rule: any(map(rule._is_for, cohorts)))

    @api.model
    def _get_in_force(self, model):
        """The rules for documents of this model, in one query of a transaction: each change of a document asks for them."""
        found = self.env.cr.cache.setdefault(IN_FORCE, {})
        if model not in found:
            # sudo: they bind everyone, whatever rules they may read.
            found[model] = self.sudo().search_fetch([('active', '=', True), ('document', '=', model)], FACTS).ids
        return self.browse(found[model])

    def _is_for(self, cohort):
        self.ensure_one()
        return self.program_id == cohort.program_id and self.cohort_id in (self.env['coop.cohort'], cohort)

    def _applies_to(self, documents):
        """Those of these documents that the rule binds: of its cohorts, above its amount and of its condition.

        :param documents: records of the rule's model that inherit ``coop.gated.mixin``, with all rights
        :return: some of them; one pass in memory for all
        """
        self.ensure_one()
        bound = documents.filtered(lambda document: document._is_gated() and self._is_exceeded_by(document))
        bound = bound.filtered(lambda document: any(map(self._is_for, document._get_gate_cohorts())))
        domain = self._get_domain()
        return bound.filtered_domain(domain) if not domain.is_true() else bound

    def _is_exceeded_by(self, document):
        amount = document._get_gate_amount(self.amount_basis)
        # Rounding makes no amount larger than one it was not larger than: mostly, the currency is not even read.
        return amount > self.amount and document._get_company_currency().compare_amounts(amount, self.amount) > 0

    def _get_body(self, cohort):
        """The body of this cohort that decides; none, when it does not have it any more."""
        self.ensure_one()
        return cohort.committee_ids.filtered(lambda body: body.template_id == self.template_id)[:1]

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self._forget_in_force()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self._forget_in_force()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_in_force()
        return result

    def _forget_in_force(self):
        self.env.cr.cache.pop(IN_FORCE, None)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        # sudo: whether it was decided on anything, which keeps the rule; nothing of it comes out.
        decisions = self.env['coop.decision'].sudo().with_context(active_test=False)
        decisions = decisions.search([('rule_id', 'in', self.ids)], limit=1)
        if decisions:
            raise ValidationError(self.env._(
                "“%s” was applied: it can't be deleted, or nobody would know why it was decided. Archive it instead.",
                decisions.rule_id.name))
