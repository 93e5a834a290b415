from odoo import api, models


class CoopAccessSourceMixin(models.AbstractModel):
    """What decides which access mandates give.

    When one of the named fields changes, access follows in the same transaction: nobody keeps a door
    open until the scheduled job comes by.
    """
    _name = 'coop.access.source.mixin'
    _description = "What decides on the access that mandates give"

    _access_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env['coop.access.grant']._sync_access(records._get_access_users())
        return records

    def write(self, vals):
        if self._access_fields.isdisjoint(vals):
            return super().write(vals)
        # Those before and those after: a mandate may pass from one person to another.
        users = self._get_access_users()
        result = super().write(vals)
        self.env['coop.access.grant']._sync_access(users | self._get_access_users())
        return result

    def unlink(self):
        users = self._get_access_users()
        result = super().unlink()
        self.env['coop.access.grant']._sync_access(users)
        return result

    def _get_access_users(self):
        """The users whose access these records may change, seen with all rights."""
        raise NotImplementedError
