from odoo import api, models
from odoo.fields import Domain

FILES = 'coop.membership'


class IrAttachment(models.Model):
    """What is attached to someone's file is for those who keep the files: the others only see who takes part."""
    _inherit = 'ir.attachment'

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        yield from super()._inaccessible_comodel_records(model_and_ids, operation)
        if not self._reads_files():
            yield from ((FILES, number) for number in model_and_ids.get(FILES, ()))

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not bypass_access and not self._reads_files():
            domain = Domain(domain) & Domain('res_model', '!=', FILES)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _reads_files(self):
        return self.env.su or self.env[FILES].has_access('write')
