from odoo import models
from odoo.exceptions import UserError

CHANGES = frozenset({
    'raw', 'datas', 'db_datas', 'store_fname', 'name', 'mimetype', 'res_model', 'res_id', 'res_field', 'url', 'type'})


class IrAttachment(models.Model):
    """The photos of a work sheet that was signed stay with it, as they were."""
    _inherit = 'ir.attachment'

    def write(self, vals):
        if CHANGES & vals.keys():
            self._check_no_signed_photo()
        return super().write(vals)

    def unlink(self):
        self._check_no_signed_photo()
        return super().unlink()

    def _check_no_signed_photo(self):
        photos = [attachment.id for attachment in self.sudo() if attachment.res_model == 'project.task']
        if not photos:
            return
        # sudo: whether it is on a signed sheet, whoever changes it.
        task = self.env['project.task'].sudo().with_context(active_test=False).search(
            [('coop_photo_ids', 'in', photos), ('coop_signed_on', '!=', False)], limit=1)
        if task:
            raise UserError(self.env._(
                "This photo is on the work sheet of “%s”, which the customer signed: it stays.", task.name))
