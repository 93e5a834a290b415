# Read by `odoo shell`, which gives env and commits nothing by itself.
# ruff: noqa: F821
"""The time of computing a share, and of one SQL aggregate over the same lines, as one line of JSON."""
import json
import statistics
import time

MEMBERS, LINES, TURNS = 15, 100_000, 9

env = env(context={'lang': 'en_US', 'tracking_disable': True})
program = env.ref('inocoop_coop.program_young_adults')
program.seats = MEMBERS
cohort = env['coop.cohort'].create({'name': "Bench", 'program_id': program.id, 'date_start': '2025-10-01'})
cohort.action_start()
memberships = env['coop.membership'].create([
    {'name': f"Member {number}", 'cohort_id': cohort.id, 'birthdate': '2005-05-05', 'wants_login': False}
    for number in range(1, MEMBERS + 1)])
memberships.action_activate()
task = env['project.task'].create({'name': "Bench", 'project_id': cohort.project_id.id})
kind = env['coop.hour.kind'].search([('code', '=', 'work')])
line = env['account.analytic.line'].create({
    'name': "Bench", 'task_id': task.id, 'project_id': task.project_id.id, 'employee_id': memberships[0].employee_id.id,
    'unit_amount': 1, 'date': '2025-10-02', 'coop_kind_id': kind.id})
line.action_validate_hours()
invoice = env['account.move'].create({
    'move_type': 'out_invoice', 'partner_id': env['res.partner'].create({'name': "Bench"}).id, 'invoice_date': '2025-11-10',
    'date': '2025-11-10', 'invoice_line_ids': [(0, 0, {
        'name': "Bench", 'quantity': 1, 'price_unit': 9000, 'tax_ids': False,
        'analytic_distribution': {str(cohort.analytic_account_id.id): 100}})]})
invoice.action_post()
env.flush_all()

# The other lines are copies of that one: as many as a hundred cohorts write in a year.
columns = [name for name, field in line._fields.items()
           if field.store and field.column_type and name not in ('id', 'employee_id', 'date', 'unit_amount')]
copied = ', '.join(f'"{name}"' for name in columns)
employees = memberships.employee_id.ids
env.cr.execute(f"""
    INSERT INTO account_analytic_line ({copied}, employee_id, date, unit_amount)
    SELECT {copied}, (%s)[1 + number %% %s], DATE '2025-10-01' + number %% 90, 0.25 + number %% 16 * 0.25
      FROM account_analytic_line, generate_series(2, %s) AS number WHERE id = %s
""", [employees, len(employees), LINES, line.id])
env.cr.execute("ANALYZE account_analytic_line")
env.invalidate_all()
share = env['coop.revenue.share'].create({
    'cohort_id': cohort.id, 'date_from': '2025-10-01', 'date_to': '2025-12-31',
    'key_ids': [(0, 0, {'name': "Half and half", 'equal': 50})]})


def measure(act):
    times = []
    for _turn in range(TURNS):
        env.flush_all()
        env.invalidate_all()
        started = time.perf_counter()
        act()
        env.flush_all()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def aggregate():
    env.cr.execute("""
        SELECT employee_id, coop_kind_id, SUM(ROUND(unit_amount::numeric * 60)) FROM account_analytic_line
         WHERE cohort_id = %s AND date BETWEEN '2025-10-01' AND '2025-12-31' AND coop_state = 'validated'
      GROUP BY employee_id, coop_kind_id
    """, [cohort.id])
    return env.cr.fetchall()


share.action_compute()
assert sum(minutes for _employee, _kind, minutes in aggregate()) == sum(share.line_ids.mapped('minutes'))
print(json.dumps({'share': measure(share.action_compute), 'aggregate': measure(aggregate), 'lines': LINES, 'members': MEMBERS}))
