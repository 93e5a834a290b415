from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL


class CoopSkillLine(models.Model):
    """One skill of one member: the matrix of who knows what.

    A member has a line for each skill that a service of the catalogue needs, with or without a
    level, and for what else they know. The lines are read from Odoo's own skills of the employee,
    and saying a level here is saying it there, with its history.
    """
    _name = 'coop.skill.line'
    _description = "Skill of a Member"
    _auto = False
    _order = 'skill_type_id, skill_id, membership_id'
    _rec_name = 'skill_id'
    _depends = {
        'coop.membership': ['active', 'cohort_id', 'company_id', 'employee_id', 'state', 'user_id'],
        'hr.employee.skill': ['employee_id', 'skill_id', 'skill_level_id', 'valid_to'],
        'hr.skill': ['skill_type_id'],
        'hr.skill.level': ['level_progress'],
        'hr.skill.type': ['active'],
        'product.template': ['active', 'company_id', 'coop_skill_ids', 'sale_ok', 'type'],
    }

    membership_id = fields.Many2one('coop.membership', string="Member", readonly=True)
    cohort_id = fields.Many2one('coop.cohort', readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    user_id = fields.Many2one('res.users', readonly=True)
    skill_id = fields.Many2one('hr.skill', readonly=True)
    skill_type_id = fields.Many2one('hr.skill.type', string="Kind of Skill", readonly=True)
    skill_level_id = fields.Many2one(
        'hr.skill.level', string="Level", domain="[('skill_type_id', '=', skill_type_id)]",
        help="How well: leave it empty for what one does not know yet.")
    level = fields.Integer("Level (%)", readonly=True, aggregator='max')
    is_needed = fields.Boolean("Needed by a Service", readonly=True)

    @property
    def _table_query(self):
        # What is held now, as Odoo counts it: a skill that was lost or changed has an end. Of several
        # certificates the best one counts.
        return SQL("""
            WITH held AS (
                SELECT DISTINCT ON (own.employee_id, own.skill_id)
                       own.employee_id, own.skill_id, own.skill_level_id, step.level_progress
                  FROM hr_employee_skill own
                  JOIN hr_skill_level step ON step.id = own.skill_level_id
                 WHERE own.valid_to IS NULL OR own.valid_to >= (now() AT TIME ZONE 'UTC')::date
              ORDER BY own.employee_id, own.skill_id, step.level_progress DESC, own.id DESC
            ), needed AS (
                SELECT DISTINCT need.skill_id, service.company_id
                  FROM coop_product_skill_rel need
                  JOIN product_template service ON service.id = need.product_tmpl_id
                 WHERE service.active AND service.sale_ok AND service.type = 'service'
            )
            SELECT (member.id::bigint << 31) + skill.id AS id,
                   member.id AS membership_id, member.cohort_id, member.company_id, member.user_id,
                   skill.id AS skill_id, skill.skill_type_id, held.skill_level_id,
                   COALESCE(held.level_progress, 0) AS level,
                   needs.is_needed
              FROM coop_membership member
        CROSS JOIN hr_skill skill
              JOIN hr_skill_type kind ON kind.id = skill.skill_type_id AND kind.active
         LEFT JOIN held ON held.employee_id = member.employee_id AND held.skill_id = skill.id
      JOIN LATERAL (
                SELECT EXISTS(
                    SELECT 1 FROM needed
                     WHERE needed.skill_id = skill.id
                       AND (needed.company_id IS NULL OR needed.company_id = member.company_id)) AS is_needed
                ) needs ON needs.is_needed OR held.skill_level_id IS NOT NULL
             WHERE member.active AND member.state = 'active' AND member.employee_id IS NOT NULL
        """)

    @api.depends('skill_id', 'membership_id')
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.skill_id.display_name}, {line.membership_id.display_name}"

    # The row is a view: there is nothing to write in it.
    def write(self, vals):  # pylint: disable=method-required-super
        """Say a level, or that there is none; the rest of a line is read from elsewhere.

        :raise UserError: for anything else, and for a level of another kind of skill
        """
        if vals.keys() != {'skill_level_id'}:
            raise UserError(self.env._("Only the level of a skill is said here."))
        self.check_access('write')
        level = self.env['hr.skill.level'].browse(vals['skill_level_id'] or []).exists()
        if vals['skill_level_id'] and not level:
            raise UserError(self.env._("This level does not exist any more: choose another one."))
        for line in self:
            line._set_level(level)
        self.invalidate_model()
        return True

    def _set_level(self, level):
        """Say it to Odoo's own skills, which keep what was before."""
        self.ensure_one()
        if level and level.skill_type_id != self.skill_type_id:
            raise UserError(self.env._(
                "“%(level)s” is not a level of “%(kind)s”: choose one of these: %(levels)s.",
                level=level.name, kind=self.skill_type_id.name,
                levels=", ".join(self.skill_type_id.skill_level_ids.mapped('name'))))
        # sudo: a member has no say over employees, and over these few lines of their own they have. Who may
        # write this line was asked: one's own, or those of the cohorts one is in charge of.
        employee = self.membership_id.sudo().employee_id
        held = employee.current_employee_skill_ids.filtered(lambda own: own.skill_id == self.skill_id)
        if held.skill_level_id == level:
            return
        if not level:
            commands = [Command.delete(own.id) for own in held]
        elif held:
            commands = [Command.update(held[0].id, {'skill_level_id': level.id})]
        else:
            commands = [Command.create({
                'skill_id': self.skill_id.id, 'skill_type_id': self.skill_type_id.id, 'skill_level_id': level.id})]
        employee.write({'current_employee_skill_ids': commands})
