from odoo import api, models

from ..security.confinement import RULES


class IrRule(models.Model):
    _inherit = 'ir.rule'

    @api.model
    def _load_confinement(self, rules=RULES):
        """Make the rules that keep whoever is scoped inside their cohorts, or bring them up to date.

        :param dict rules: ``{model: (what is read, what is written)}``, each the text of a domain;
            another addon calls this with rules for its own models
        """
        records = []
        for model, (read, write) in rules.items():
            if model not in self.env:
                continue
            for mode, domain in (('read', read), ('write', write)):
                changes = mode == 'write'
                records.append({
                    'xml_id': f"inocoop_coop.{model.replace('.', '_')}_rule_confined_{mode}",
                    'noupdate': False,
                    'values': {
                        'name': f"{model}: who is scoped to cohorts {mode}s there only",
                        'model_id': self.env['ir.model']._get_id(model),
                        'domain_force': f"{domain} if user.is_coop_scoped else [(1, '=', 1)]",
                        'perm_read': not changes, 'perm_write': changes, 'perm_create': changes, 'perm_unlink': changes,
                    },
                })
        self._load_records(records, update=True)
