from odoo import fields, models
from odoo.tools import SQL


class CoopHoursReport(models.Model):
    """What each member worked in a month, by kind, as totals: all that the others see of confidential hours.

    A row is a month of one person: a shorter period would tell when someone had an appointment.
    """
    _name = 'coop.hours.report'
    _description = "Hours by Member"
    _auto = False
    _order = 'month desc, membership_id, kind_id'
    _rec_name = 'membership_id'

    membership_id = fields.Many2one('coop.membership', string="Member", readonly=True)
    cohort_id = fields.Many2one('coop.cohort', readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    user_id = fields.Many2one('res.users', readonly=True, export_string_translation=False)
    month = fields.Date(readonly=True, help="Its first day.")
    kind_id = fields.Many2one('coop.hour.kind', string="Kind of Hours", readonly=True)
    validated_hours = fields.Float("Validated", readonly=True)
    entered_hours = fields.Float("To Validate", readonly=True)
    hours = fields.Float(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT MIN(line.id) AS id,
                      membership.id AS membership_id,
                      line.cohort_id AS cohort_id,
                      membership.company_id AS company_id,
                      membership.user_id AS user_id,
                      date_trunc('month', line.date)::date AS month,
                      line.coop_kind_id AS kind_id,
                      COALESCE(SUM(line.unit_amount) FILTER (WHERE line.coop_state = 'validated'), 0) AS validated_hours,
                      COALESCE(SUM(line.unit_amount) FILTER (WHERE line.coop_state = 'entered'), 0) AS entered_hours,
                      SUM(line.unit_amount) AS hours
                 FROM account_analytic_line line
                 JOIN coop_membership membership
                   ON membership.cohort_id = line.cohort_id AND membership.employee_id = line.employee_id
                WHERE line.project_id IS NOT NULL
             GROUP BY membership.id, line.cohort_id, date_trunc('month', line.date), line.coop_kind_id""")
