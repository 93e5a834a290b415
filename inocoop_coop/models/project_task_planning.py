from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

USUAL_HOURS = 2  # of an intervention that somebody plans without saying when it ends
MOST_DAYS = 31  # what lasts longer is a wrong date, or several interventions
AROUND = relativedelta(months=1)  # the cohort's dates: to get ready, and to finish what was promised


class ProjectTask(models.Model):
    """An intervention: when and where it is, what to bring, who goes and what they must know how to do.

    Its dates are those of ``project_timeline``. What clashes is in ``project_task_flags.py``, and what
    the customer signs in ``project_task_sheet.py``.
    """
    _inherit = 'project.task'

    coop_place = fields.Char(
        "Place", compute='_compute_coop_place', store=True, readonly=False,
        help="Where to go. It is proposed from the order's delivery address, or else from the customer's.")
    coop_material_note = fields.Text("Materials", help="What to bring: tools, products, keys.")
    coop_skill_ids = fields.Many2many(
        'hr.skill', 'coop_task_skill_rel', 'task_id', 'skill_id', string="Needed Skills",
        compute='_compute_coop_skill_ids', store=True, readonly=False,
        help="What each person of the team has to know how to do. It comes from the service that was sold.")

    # ------------------------------------------------------------
    # What is proposed
    # ------------------------------------------------------------

    @api.depends('partner_id', 'sale_order_id')
    def _compute_coop_place(self):
        for task in self:
            # What somebody wrote there stays, once it is saved.
            if task.coop_place and task._origin:
                task.coop_place = task.coop_place
            else:
                task.coop_place = task._get_usual_place()

    def _get_usual_place(self):
        self.ensure_one()
        if not self.project_id:
            return False
        # sudo: the address of their own customer, for those who go there.
        partner = self.sudo().sale_order_id.partner_shipping_id or self.sudo().partner_id
        lines = partner._display_address(without_company=True).splitlines() if partner else []
        return ", ".join(filter(None, (line.strip() for line in lines))) or False

    @api.depends('sale_line_id')
    def _compute_coop_skill_ids(self):
        for task in self:
            needed = task._get_usual_skills()
            if needed and not (task.coop_skill_ids and task._origin):
                task.coop_skill_ids = needed
            else:
                task.coop_skill_ids = task.coop_skill_ids

    def _get_usual_skills(self):
        # sudo: what the service that was sold needs, for those who do it.
        return self.sudo().sale_line_id.product_id.coop_skill_ids.sudo(self.env.su)

    # ------------------------------------------------------------
    # When
    # ------------------------------------------------------------

    @api.depends('cohort_id')
    def _compute_planned_date_start(self):
        # project_timeline takes the moment somebody is put on a task for its start. In a cohort that
        # would make everyone busy at moments that nobody chose.
        return super(ProjectTask, self.filtered(lambda task: not task.cohort_id))._compute_planned_date_start()

    @api.depends('cohort_id', 'planned_date_start')
    def _compute_planned_date_end(self):
        planned = self.filtered('cohort_id')
        result = super(ProjectTask, self - planned)._compute_planned_date_end()
        for task in planned:
            if task.planned_date_start and not task.planned_date_end:
                task.planned_date_end = task.planned_date_start + timedelta(hours=task.allocated_hours or USUAL_HOURS)
        return result

    @api.constrains('planned_date_start', 'planned_date_end')
    def _check_planned_dates(self):
        placed = self.filtered('cohort_id')
        result = super(ProjectTask, self - placed)._check_planned_dates()
        for task in placed:
            reason = task._explain_dates()
            if reason:
                raise ValidationError(self.env._("“%(task)s”: %(reason)s", task=task.name, reason=reason))
        return result

    def _explain_dates(self):
        """What is wrong with its dates, as a sentence; nothing when they are right, or when it has none yet."""
        self.ensure_one()
        start, stop = self.planned_date_start, self.planned_date_end
        if start and stop and not start < stop:
            return self.env._("it has to end after it starts. Look at its dates.")
        if bool(start) != bool(stop):
            return self.env._("give it both a start and an end, or neither as long as it is not planned.")
        # Asked before anybody counts the days between the two.
        if start and stop - start > timedelta(days=MOST_DAYS):
            return self.env._(
                "an intervention lasts at most %s days: look at its dates, or make several interventions of it.", MOST_DAYS)
        cohort = self.sudo().cohort_id  # sudo: a name and two dates
        if start and cohort and not (
                datetime.combine(cohort.date_start - AROUND, time.min) <= start
                and stop < datetime.combine(cohort.date_end + AROUND, time.min) + timedelta(days=1)):
            return self.env._(
                "“%(cohort)s” works from %(start)s to %(end)s: choose dates of that time.", cohort=cohort.name,
                start=format_date(self.env, cohort.date_start), end=format_date(self.env, cohort.date_end))
        return ""

    def _get_zone(self):
        """The time zone of its cohort: one for all, whoever reads."""
        self.ensure_one()
        return self.sudo().cohort_id._get_zone()  # sudo: no more than a time zone
