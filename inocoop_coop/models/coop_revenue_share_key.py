from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import covered, sharing

LEAVERS = [
    ('full', "Like everybody"),
    ('time', "In proportion of their days"),
    ('nothing', "Nothing"),
]
ABSENCES = [
    ('ignored', "Don't count"),
    ('unjustified', "Without a reason: reduce the equal part"),
    ('all', "All: reduce the equal part"),
]


class CoopRevenueShareKey(models.Model):
    """A rule by which a result may be shared: several stand side by side, and the group votes on one."""
    _name = 'coop.revenue.share.key'
    _description = "Sharing Key"
    _order = 'share_id, sequence, id'

    share_id = fields.Many2one('coop.revenue.share', required=True, index=True, ondelete='cascade')
    cohort_id = fields.Many2one(related='share_id.cohort_id')
    company_id = fields.Many2one(related='share_id.company_id', store=True, index=True)
    currency_id = fields.Many2one(related='share_id.currency_id')
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    equal = fields.Integer("In Equal Parts (%)", help="The rest follows the validated hours.")
    weight_ids = fields.One2many(
        'coop.revenue.share.weight', 'key_id', string="Weights", copy=True,
        help="How much an hour of a kind counts; a kind that is not named counts fully.")
    floor = fields.Monetary("At Least", help="What each member gets at least; 0: nothing is guaranteed.")
    cap = fields.Monetary("At Most", help="What a member gets at most; 0: no limit.")
    leavers = fields.Selection(LEAVERS, string="Who Left Early", required=True, default='time')
    absences = fields.Selection(ABSENCES, string="Missed Half-Days", required=True, default='ignored')
    # For the rules: see the share's own.
    line_ids = fields.One2many('coop.revenue.share.line', 'key_id', string="Who Gets What", copy=False, groups=fields.NO_ACCESS)
    lowest = fields.Monetary("Lowest Share", compute='_compute_range')
    highest = fields.Monetary("Highest Share", compute='_compute_range')
    unshared = fields.Monetary("To the Reserve", readonly=True, copy=False, help="What nobody may get, because of the limit.")
    problem = fields.Char(readonly=True, copy=False, help="Why nothing can be shared by this key.")

    _check_equal = models.Constraint('CHECK(equal BETWEEN 0 AND 100)', "The equal part is a percentage: between 0 and 100.")
    _check_floor = models.Constraint(
        'CHECK(floor >= 0 AND cap >= 0 AND (cap = 0 OR floor <= cap))',
        "What each gets at least can't be above what each gets at most.")

    @api.depends('share_id.date_computed', 'share_id.state')
    @api.depends_context('uid')
    def _compute_range(self):
        # Of the lines that the reader may see: once it is decided, each their own.
        ranges = {key: (low, high) for key, low, high in self.env['coop.revenue.share.line']._read_group(
            [('key_id', 'in', self.ids)], ['key_id'], ['amount:min', 'amount:max'])}
        for key in self:
            key.lowest, key.highest = ranges.get(key._origin, (0, 0))

    @api.model
    def _prepare_usual(self):
        """The three keys that most groups look at first."""
        return [
            fields.Command.create({'sequence': sequence, 'name': name, 'equal': equal})
            for sequence, (name, equal) in enumerate((
                (self.env._("By the hours"), 0), (self.env._("In equal parts"), 100),
                (self.env._("Half in equal parts, half by the hours"), 50)), start=1)]

    def _to_rule(self):
        """The key as the plain rule takes it: cents, and weights in per cent by the number of the kind."""
        self.ensure_one()
        places = self.currency_id.decimal_places
        return sharing.Key(
            equal=self.equal, weights={weight.kind_id.id: weight.percentage for weight in self.weight_ids},
            floor=covered.to_units(self.floor, places), cap=covered.to_units(self.cap, places),
            leavers=self.leavers, absences=self.absences)

    def _get_covered_content(self):
        self.ensure_one()
        return {
            'equal': self.equal, 'floor': covered.to_text(self.floor), 'cap': covered.to_text(self.cap),
            'leavers': self.leavers, 'absences': self.absences,
            'weights': sorted([weight.kind_id.id, weight.percentage] for weight in self.weight_ids)}

    def _describe(self):
        """The key in a sentence, as the group votes on it."""
        self.ensure_one()
        if self.equal == 100:
            parts = [self.env._("in equal parts")]
        elif not self.equal:
            parts = [self.env._("by the validated hours")]
        else:
            parts = [self.env._(
                "%(equal)s %% in equal parts and %(rest)s %% by the validated hours", equal=self.equal, rest=100 - self.equal)]
        parts += [
            self.env._("an hour of “%(kind)s” counts %(percentage)s %%", kind=weight.kind_id.name, percentage=weight.percentage)
            for weight in self.weight_ids if self.equal != 100]
        if self.floor:
            parts.append(self.env._("at least %s each", self.currency_id.format(self.floor)))
        if self.cap:
            parts.append(self.env._("at most %s each", self.currency_id.format(self.cap)))
        labels = {name: dict(self._fields[name]._description_selection(self.env)) for name in ('leavers', 'absences')}
        parts.append(self.env._("who left early: %s", labels['leavers'][self.leavers].lower()))
        if self.equal and self.absences != 'ignored':
            parts.append(self.env._("missed half-days: %s", labels['absences'][self.absences].lower()))
        return ", ".join(parts)

    # ------------------------------------------------------------
    # CRUD: a key changes with its share, and takes the figures with it
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        keys = super().create(vals_list)
        keys._change_share()
        return keys

    def write(self, vals):
        if vals.keys() <= {'problem', 'unshared'} and self.env.su:
            return super().write(vals)
        self._change_share()
        result = super().write(vals)
        self._change_share()
        return result

    def unlink(self):
        self._change_share()
        return super().unlink()

    def _change_share(self):
        self.share_id._check_is_draft()
        self.share_id.filtered('date_computed')._forget_figures()

    def action_choose(self):
        """Put this key to the vote, and leave the others beside it.

        :raise UserError: when the share is no draft any more
        """
        self.ensure_one()
        self.share_id.check_access('write')
        if self.problem:
            raise UserError(self.env._("“%(key)s” can't be proposed: %(problem)s", key=self.name, problem=self.problem))
        self.share_id.key_id = self


class CoopRevenueShareWeight(models.Model):
    """How much an hour of one kind counts under a key."""
    _name = 'coop.revenue.share.weight'
    _description = "Weight of a Kind of Hours"
    _order = 'key_id, kind_id'

    key_id = fields.Many2one('coop.revenue.share.key', required=True, index=True, ondelete='cascade')
    kind_id = fields.Many2one('coop.hour.kind', string="Kind of Hours", required=True, index=True, ondelete='restrict')
    percentage = fields.Integer("An Hour Counts (%)", default=100)

    _kind_unique = models.UniqueIndex('(key_id, kind_id)', "A kind of hours has one weight under a key.")
    _check_percentage = models.Constraint('CHECK(percentage BETWEEN 0 AND 1000)', "An hour counts between 0 % and 1,000 %.")

    @api.model_create_multi
    def create(self, vals_list):
        weights = super().create(vals_list)
        weights.key_id._change_share()
        return weights

    def write(self, vals):
        self.key_id._change_share()
        result = super().write(vals)
        self.key_id._change_share()  # another one's, perhaps
        return result

    def unlink(self):
        self.key_id._change_share()
        return super().unlink()
