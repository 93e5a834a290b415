from odoo import api, models
from odoo.exceptions import AccessError

from ..tools import guard


class CoopGuardedMixin(models.AbstractModel):
    """What changes only by an action, and never by a bare write.

    A model names the guarded fields; its actions write them through ``guard.sealed(records)``.
    Forms, imports and calls from outside get a refusal that says to use the buttons.
    """
    _name = 'coop.guarded.mixin'
    _description = "Fields that change only by an action"

    _guarded_fields = frozenset({'state'})

    @api.model_create_multi
    def create(self, vals_list):
        if not guard.is_sealed(self):
            # The form sends back the defaults it was given: these are no forgery.
            defaults = self._get_guarded_defaults()
            forged = {name for vals in vals_list for name in defaults.keys() & vals.keys() if vals[name] != defaults[name]}
            if forged:
                self._refuse_guarded_write(forged)
            # Said outright, or the caller's context could propose another first value.
            vals_list = [{**vals, **defaults} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not guard.is_sealed(self):
            guarded = self._guarded_fields & vals.keys()
            if guarded:
                self._refuse_guarded_write(guarded)
        return super().write(vals)

    def _get_guarded_defaults(self):
        """The fields' own defaults, whatever a caller's context proposes."""
        defaults = {name: self._fields[name].default for name in self._guarded_fields}
        return {name: default(self) if default else False for name, default in defaults.items()}

    def _refuse_guarded_write(self, names):
        labels = [self._fields[name].get_description(self.env)['string'] for name in sorted(names)]
        raise AccessError(self.env._(
            "“%(fields)s” of a %(document)s is not changed by hand: use the buttons at the top of its page.",
            fields=", ".join(labels), document=self.env['ir.model']._get(self._name).name,
        ))
