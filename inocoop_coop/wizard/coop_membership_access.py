from odoo import api, fields, models
from odoo.fields import Command

from ..tools.dialog import open_dialog


class CoopMembershipAccess(models.TransientModel):
    """Show, once, the logins of those who have no e-mail to receive an invitation.

    The dialog is filled from the answer to the button and never saved: the passwords are written
    nowhere. They are handed over on paper, and the person changes theirs at the first visit.
    """
    _name = 'coop.membership.access'
    _description = "New Logins"

    line_ids = fields.One2many('coop.membership.access.line', 'access_id', string="Logins")

    @api.model
    def _show(self, passwords):
        """The dialog for these logins.

        :param dict passwords: ``{membership: password}``
        """
        lines = [
            # sudo: the login that was just made for this person, for who made it.
            Command.create({'name': membership.name, 'login': membership.sudo().user_id.login, 'password': password})
            for membership, password in passwords.items()
        ]
        return open_dialog(self._name, self.env._("Write these down: they are shown once"), line_ids=lines)


class CoopMembershipAccessLine(models.TransientModel):
    """One login to hand over."""
    _name = 'coop.membership.access.line'
    _description = "New Login"

    access_id = fields.Many2one('coop.membership.access', required=True, index=True, ondelete='cascade')
    name = fields.Char("Member")
    login = fields.Char()
    password = fields.Char()
