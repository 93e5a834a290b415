from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.dialog import open_dialog


class CoopMembership(models.Model):
    """What a member knows, and the way to say it."""
    _inherit = 'coop.membership'

    skill_line_ids = fields.One2many(
        'coop.skill.line', 'membership_id', string="Skills",
        groups='inocoop_coop.group_facilitator,inocoop_coop.group_psychologist,inocoop_coop.group_confined')
    can_write_skills = fields.Boolean("May Say Their Skills", compute='_compute_can_write_skills')

    def _compute_can_write_skills(self):
        lines = self.env['coop.skill.line']
        written = lines.has_access('write') and lines.search([('membership_id', 'in', self.ids)])._filtered_access('write')
        for membership in self:
            membership.can_write_skills = bool(written) and membership in written.membership_id

    def action_view_skills(self):
        """Open what this member knows: a tap on a skill, a tap on its level."""
        self.ensure_one()
        self.check_access('read')
        return {
            **self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_skill_line_action_own'),
            'name': self.env._("Skills of %s", self.name),
            'domain': [('membership_id', '=', self.id)],
        }

    def action_add_skill(self):
        """Ask for a skill that no service needs yet.

        :raise UserError: when the person is not active: nobody counts on their skills
        """
        self.ensure_one()
        self.check_access('read')
        # sudo: the number of the employee of someone whom the user may read; who may write for them is
        # asked when it is saved.
        employee = self.sudo().employee_id
        if self.state != 'active' or not employee:
            raise UserError(self.env._("%s is not active: skills are told of active members.", self.name))
        return {
            **open_dialog('hr.employee.skill', self.env._("Another skill of %s", self.name), employee_id=employee.id),
            'views': [(self.env.ref('inocoop_coop.hr_employee_skill_view_form').id, 'form')],
        }
