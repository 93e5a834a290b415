from odoo import models


class IrUiMenu(models.Model):
    """Members find what is theirs first, and not what is made for those who prepare and configure."""
    _inherit = 'ir.ui.menu'

    # A menu's groups only open it; what a member gets through a mandate must not open these again.
    _hidden_from_members = (
        'inocoop_coop.coop_menu_prepare',
        'inocoop_coop.project_task_menu',
        # Odoo's own, which have nothing for a member in them.
        'base.menu_management',
        'spreadsheet_dashboard.spreadsheet_dashboard_menu_root',
    )

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        user = self.env.user
        if user.has_group('inocoop_coop.group_confined') and not user.has_group('base.group_system'):
            menus = (self.env.ref(xmlid, raise_if_not_found=False) for xmlid in self._hidden_from_members)
            hidden.extend(menu.id for menu in menus if menu)
        return hidden
