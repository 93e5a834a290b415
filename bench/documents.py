# Read by `odoo shell`, which gives env and commits nothing by itself.
# ruff: noqa: F821
"""Times and queries of three everyday actions, as one line of JSON."""
import json
import statistics
import time

from odoo.fields import Command

WARMING, COUNTED, LINES = 10, 40, 5
WITH_ADDON = 'coop.cohort' in env

env = env(context={'lang': 'en_US', 'tz': 'Europe/Paris', 'tracking_disable': False})
groups = [env.ref(name).id for name in (
    'base.group_user', 'sales_team.group_sale_salesman_all_leads', 'project.group_project_manager',
    'hr_timesheet.group_timesheet_manager', 'account.group_account_invoice')]
user = env['res.users'].with_context(no_reset_password=True).create({
    'name': "Bench", 'login': 'bench', 'group_ids': [Command.set(groups)]})
employee = env['hr.employee'].create({'name': "Bench", 'user_id': user.id})
customer = env['res.partner'].create({'name': "Bench customer", 'is_company': True})
product = env['product.product'].create({
    'name': "Bench service", 'type': 'service', 'list_price': 20, 'taxes_id': False, 'service_policy': 'delivered_timesheet',
    'service_tracking': 'task_global_project', 'uom_id': env.ref('uom.product_uom_hour').id})

if WITH_ADDON:
    program = env.ref('inocoop_coop.program_young_adults')
    cohort = env['coop.cohort'].create({'name': "Bench", 'program_id': program.id, 'date_start': '2026-01-05'})
    cohort.action_start()
    project, account, team = cohort.project_id, cohort.analytic_account_id, cohort.team_id
    env.ref('inocoop_coop.decision_rule_young_adults_quotation').active = True
    order_values = {'cohort_id': cohort.id}
else:
    plan = env['account.analytic.plan'].create({'name': "Bench"})
    account = env['account.analytic.account'].create({'name': "Bench", 'plan_id': plan.id})
    # A project as teams have them that keep their results apart: with a plan of their own besides Odoo's, with stages
    # of its own, and followed by who works in it.
    default_plan = env['account.analytic.plan'].browse(int(env['ir.config_parameter'].get_param('analytic.project_plan')))
    project = env['project.project'].create({
        'name': "Bench", 'allow_billable': True, 'privacy_visibility': 'followers', plan._column_name(): account.id,
        'account_id': env['account.analytic.account'].create({'name': "Bench", 'plan_id': default_plan.id}).id,
        'type_ids': [Command.create({'name': name}) for name in ("New", "Planned", "Done", "Cancelled")]})
    project.message_subscribe(env.user.partner_id.ids)
    team = env['crm.team'].create({'name': "Bench"})
    order_values = {'project_id': project.id}
task = env['project.task'].create({'name': "Bench", 'project_id': project.id})
env = env(user=user)


def make_order():
    return env['sale.order'].create({
        'partner_id': customer.id, 'team_id': team.id, **order_values,
        'order_line': [Command.create({'product_id': product.id, 'product_uom_qty': 1}) for _line in range(LINES)]})


def make_invoice():
    return env['account.move'].create({
        'move_type': 'out_invoice', 'partner_id': customer.id, 'invoice_date': '2026-01-15',
        'invoice_line_ids': [Command.create({
            'name': "Bench", 'quantity': 1, 'price_unit': 20, 'tax_ids': False, 'analytic_distribution': {str(account.id): 100},
        }) for _line in range(LINES)]})


def log_hours():
    return env['account.analytic.line'].create({
        'name': "Bench", 'task_id': task.id, 'project_id': project.id, 'employee_id': employee.id, 'unit_amount': 0.01,
        'date': '2026-01-15'})


def measure(prepare, act):
    """The median time in milliseconds and the median number of queries of an action."""
    times, queries = [], []
    for turn in range(WARMING + COUNTED):
        prepared = prepare() if prepare else None
        env.flush_all()
        env.transaction.reset()  # each action would be in a transaction of its own, and remembers nothing
        before, started = env.cr.sql_log_count, time.perf_counter()
        act(prepared) if prepare else act()
        env.flush_all()
        if turn >= WARMING:
            times.append((time.perf_counter() - started) * 1000)
            queries.append(env.cr.sql_log_count - before)
    return {'time': statistics.median(times), 'queries': statistics.median(queries)}


print(json.dumps({
    "confirming a quotation": measure(make_order, lambda order: order.action_confirm()),
    "logging a timesheet": measure(None, log_hours),
    "posting an invoice": measure(make_invoice, lambda invoice: invoice.action_post()),
}))
