from odoo import fields, models
from odoo.tools import SQL


class CoopWorkload(models.Model):
    """How much each member is planned for and has worked: so that work is shared out fairly.

    Each person of a team counts the whole length of the intervention. One over several days counts the
    same hours on each of them, as ``rules/planning.py`` says. What is cancelled is not planned. Whoever
    has nothing in a week of their term stands there with zero.

    The hours of a person's own follow-up are nobody's business, and stand in no row.
    """
    _name = 'coop.workload'
    _description = "Hours Planned and Worked"
    _auto = False
    _order = 'date desc, membership_id, id'
    _rec_name = 'membership_id'
    _depends = {
        'project.task': [
            'active', 'cohort_id', 'is_template', 'partner_id', 'planned_date_end', 'planned_date_start', 'state', 'user_ids'],
        'account.analytic.line': ['cohort_id', 'date', 'employee_id', 'project_id', 'task_id', 'unit_amount'],
        'coop.membership': ['active', 'cohort_id', 'company_id', 'date_end', 'date_start', 'employee_id', 'state', 'user_id'],
        'coop.cohort': ['company_id', 'facilitator_id'],
        'res.partner': ['tz'],
    }

    membership_id = fields.Many2one('coop.membership', string="Member", readonly=True)
    cohort_id = fields.Many2one('coop.cohort', readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    date = fields.Date(readonly=True)
    task_id = fields.Many2one('project.task', string="Intervention", readonly=True)
    partner_id = fields.Many2one('res.partner', string="Customer", readonly=True)
    planned_hours = fields.Float("Hours Planned", readonly=True)
    worked_hours = fields.Float("Hours Worked", readonly=True)

    # A row is known by what it is made of: to number the rows would tell how many the other cohorts have. A browser counts
    # to 2^53: enough for 16 million tasks, 130,000 memberships and 256 days, of which an intervention has 31 at most.
    @property
    def _table_query(self):
        return SQL(
            """
            SELECT id, membership_id, cohort_id, company_id, date, task_id, partner_id, planned_hours, worked_hours
              FROM (%s UNION ALL %s UNION ALL %s) AS rows""",
            self._select_planned(), self._select_worked(), self._select_nothing())

    def _select_planned(self):
        return SQL(
            """
            SELECT ((task.id::bigint * 131072 + MOD(member.id, 131072)) * 256 + day.number) * 4 + 1 AS id,
                   member.id AS membership_id, member.cohort_id, member.company_id,
                   local.first_day + day.number AS date, task.id AS task_id, task.partner_id,
                   CASE WHEN local.daily > interval '0' THEN EXTRACT(EPOCH FROM local.daily)
                        ELSE EXTRACT(EPOCH FROM task.planned_date_end - task.planned_date_start) END / 3600.0 AS planned_hours,
                   0.0 AS worked_hours
              FROM project_task task
              JOIN coop_cohort cohort ON cohort.id = task.cohort_id
              JOIN res_company company ON company.id = cohort.company_id
              JOIN res_partner host ON host.id = company.partner_id
              LEFT JOIN res_users facilitator ON facilitator.id = cohort.facilitator_id
              LEFT JOIN res_partner facilitator_partner ON facilitator_partner.id = facilitator.partner_id
              JOIN project_task_user_rel team ON team.task_id = task.id
              JOIN coop_membership member ON member.cohort_id = task.cohort_id AND member.user_id = team.user_id
             CROSS JOIN LATERAL (
                   SELECT task.planned_date_start AT TIME ZONE 'UTC' AT TIME ZONE zone.name AS start,
                          task.planned_date_end AT TIME ZONE 'UTC' AT TIME ZONE zone.name AS stop
                     FROM (SELECT COALESCE(host.tz, facilitator_partner.tz, 'UTC') AS name) AS zone) AS moment
             CROSS JOIN LATERAL (
                   SELECT moment.start::date AS first_day, moment.stop::time - moment.start::time AS daily,
                          moment.stop::date - moment.start::date AS more_days) AS local
             CROSS JOIN LATERAL generate_series(
                   0, CASE WHEN local.daily > interval '0' THEN LEAST(local.more_days, 255) ELSE 0 END) AS day (number)
             WHERE task.active AND task.is_template IS NOT TRUE AND task.state != '1_canceled'
               AND task.planned_date_start < task.planned_date_end""")

    def _select_worked(self):
        return SQL(
            """
            SELECT line.id::bigint * 4 + 2, member.id, member.cohort_id, member.company_id, line.date, line.task_id,
                   task.partner_id, 0.0, line.unit_amount
              FROM account_analytic_line line
              JOIN coop_membership member ON member.cohort_id = line.cohort_id AND member.employee_id = line.employee_id
              LEFT JOIN project_task task ON task.id = line.task_id
             WHERE line.project_id IS NOT NULL%s""",
            self._where_not_confidential())

    def _where_not_confidential(self):
        """What leaves the hours of follow-up out."""
        return SQL("""
               AND NOT EXISTS (
                   SELECT FROM coop_hour_kind kind WHERE kind.id = line.coop_kind_id AND kind.is_confidential)""")

    def _select_nothing(self):
        return SQL(
            """
            SELECT (member.id::bigint * 4096 + week.number) * 4 + 3, member.id, member.cohort_id, member.company_id,
                   week.day::date, NULL::integer, NULL::integer,
                   0.0, 0.0
              FROM coop_membership member
             CROSS JOIN LATERAL generate_series(member.date_start, member.date_end, interval '1 week')
                   WITH ORDINALITY AS week (day, number)
             WHERE member.active AND member.state != 'admitted'""")
