from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..security.confinement import RULES

# Rows of these name anyone by design: who wrote, who is told. Core checks what they are about.
OPEN_MODELS = ('mail.message', 'mail.notification', 'mail.mail', 'bus.', 'discuss.')
# A cohort can be handed over, and an activity is about a document of any app.
HANDED_OVER = 'coop.cohort'
MOVED = {*RULES, 'mail.activity'} - {HANDED_OVER}


class Base(models.AbstractModel):
    """What a value links to is what the user may read, and where a writing leads is where they may write.

    Odoo lets a many2one be set to any number: the row behind it is then named, its values are copied by
    what is computed with all rights, and the document may have moved to where its writer has no access.
    For who is scoped to cohorts, both are asked.
    """
    _inherit = 'base'

    @api.model_create_multi
    def create(self, vals_list):
        if self._asks_for_reach():
            proposed = {
                key.removeprefix('default_'): value for key, value in self.env.context.items() if key.startswith('default_')}
            self._check_links_within_reach([*vals_list, proposed])
        return super().create(vals_list)

    def write(self, vals):
        if not self._asks_for_reach():
            return super().write(vals)
        self._check_links_within_reach([vals])
        result = super().write(vals)
        if self._name in MOVED:
            links = [self._fields[name] for name in vals if name in self._fields]
            if any(field.type == 'many2one' for field in links):
                self.check_access('write')
            for field in links:
                if field.type == 'many2one_reference':
                    # Who has an activity may write it, whatever document it is about.
                    for record in self.filtered(field.model_field):
                        self.env[record[field.model_field]].browse(record[field.name]).check_access('write')
        return result

    def onchange(self, values, field_names, fields_spec):
        """See ``web``: what a form would show."""
        if self._asks_for_reach():
            self._check_links_within_reach([values])
        return super().onchange(values, field_names, fields_spec)

    def _asks_for_reach(self):
        return not self.env.su and self.env.user.is_coop_scoped and not self._name.startswith(OPEN_MODELS)

    def _check_links_within_reach(self, vals_list):
        """Refuse numbers of rows that a rule hides from the user.

        :raise AccessError: without a word about the row
        """
        linked = {}
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if isinstance(value, dict):
                    value = value.get('id')  # noqa: PLW2901 (a form also sends the row with its number)
                if not field or field.type != 'many2one' or type(value) is not int:
                    continue
                if field.comodel_name in RULES or field.comodel_name == 'res.users':
                    linked.setdefault(field.comodel_name, {})[value] = field
        for model, fields_by_number in linked.items():
            rows = self.env[model].browse(fields_by_number)
            # What the document has already stays.
            known = {record[field.name].id for field in set(fields_by_number.values()) for record in self.sudo()._origin}
            rows = rows.filtered(lambda row, known=known: row.id not in known).sudo().exists()
            # The rule alone: who may not open employees may still write hours for the own one.
            domain = Domain(self.env['ir.rule']._compute_domain(model, 'read'))
            hidden = rows - rows.with_context(active_test=False).filtered_domain(domain)
            if hidden:
                label = fields_by_number[hidden[0].id].get_description(self.env)['string']
                raise AccessError(self.env._(
                    "“%s”: choose among what you can see. This one is not in a cohort of yours.", label))
