"""Everything a cohort can have in the apps, so that a test can look for what shows of it elsewhere."""
from datetime import date, datetime

from odoo.fields import Command

from .common import TODAY


def populate(test, cohort, mark):
    """Give the cohort a row in every model that can carry one.

    :param CoopCommon test: the class whose world this is; the rows are made by the superuser
    :param str mark: stands in every text, so that it can be looked for
    :return: ``{model: rows}``
    """
    env = test.env
    rows = {}

    def add(model, /, **values):
        record = env[model].create(values)
        rows[model] = rows.get(model, env[model]) | record
        return record

    # The people
    guardian = add('res.partner', name=f"{mark} guardian")
    member = test._admit(cohort, f"{mark} member", email=f'{mark}@example.com', street=f"{mark} street")
    member.guardian_id = guardian
    member.action_activate()
    rows['coop.membership'] = member
    rows['res.partner'] |= member.partner_id
    rows['res.users'] = member.user_id
    rows['hr.employee'] = member.employee_id
    rows['hr.employee.public'] = env['hr.employee.public'].browse(member.employee_id.id)
    rows['resource.resource'] = member.employee_id.resource_id
    rows['coop.cohort'], rows['coop.committee'] = cohort, cohort.committee_ids
    rows['coop.mandate'] = member.mandate_ids
    rows['crm.team'], rows['hr.job'], rows['project.project'] = cohort.team_id, cohort.job_id, cohort.project_id
    rows['account.analytic.account'] = cohort.analytic_account_id
    rows['crm.team.member'] = cohort.team_id.crm_team_member_ids
    rows['mail.alias'] = cohort.project_id.alias_id
    cohort.project_id.alias_name = f'{mark}-project'
    rows['coop.register.entry'] = env['coop.register']._append(
        cohort, 'override', {'by': member.partner_id.id}, {'document': f"{mark} order"}, document=member)
    rows['coop.register'] = rows['coop.register.entry'].register_id

    # What is decided
    decide(test, rows, cohort, member, mark)
    add('coop.decision.rule', name=f"{mark} rule", document='sale.order', program_id=cohort.program_id.id, cohort_id=cohort.id,
        amount=1000000, template_id=cohort.committee_ids.template_id[:1].id,
        method_id=env.ref('inocoop_coop.voting_method_simple').id)

    add('coop.partnership', cohort_id=cohort.id, partner_id=test.customer.id, role='carrier', note=mark)
    add('res.partner.bank', partner_id=member.partner_id.id, acc_number=f'{mark} account')
    skill_type = env['hr.skill.type'].search([('name', '=', "Trades")]) or env['hr.skill.type'].create({
        'name': "Trades", 'skill_ids': [Command.create({'name': "Hedges"})],
        'skill_level_ids': [Command.create({'name': "Good", 'level_progress': 50, 'default_level': True})]})
    skill = {'skill_type_id': skill_type.id, 'skill_id': skill_type.skill_ids[0].id,
             'skill_level_id': skill_type.skill_level_ids[0].id}
    add('hr.employee.skill', employee_id=member.employee_id.id, **skill)
    test.gardening.coop_skill_ids = skill_type.skill_ids
    env.flush_all()
    rows['coop.skill.line'] = env['coop.skill.line'].search([('membership_id', '=', member.id)])
    rows['coop.offer'] = env['coop.offer'].search([('cohort_id', '=', cohort.id)])
    add('hr.resume.line', employee_id=member.employee_id.id, name=f"{mark} school", date_start=TODAY)
    add('resource.calendar.leaves', name=f"{mark} away", resource_id=member.employee_id.resource_id.id,
        date_from=datetime(2026, 1, 19, 8), date_to=datetime(2026, 1, 19, 17))
    if 'hr.employee.location' in env:
        place = env['hr.work.location'].search([], limit=1)
        add('hr.employee.location', employee_id=member.employee_id.id, date=TODAY, work_location_id=place.id)
    badge = env['gamification.badge'].search([], limit=1)
    add('gamification.badge.user', user_id=member.user_id.id, badge_id=badge.id, comment=mark)
    add('gamification.goal', user_id=member.user_id.id, target_goal=1,
        definition_id=env['gamification.goal.definition'].search([], limit=1).id)

    # Those who apply; one was refused, and is archived
    applicants = env['hr.applicant']
    for name in ("applicant", "refused"):
        applicants |= add(
            'hr.applicant', partner_name=f"{mark} {name}", email_from=f'{mark}.{name}@example.com', job_id=cohort.job_id.id)
    rows['res.partner'] |= applicants.partner_id
    applicants[1].active = False
    add('hr.applicant.skill', applicant_id=applicants[0].id, **skill)
    add('hr.talent.pool', name=f"{mark} pool")
    add('hr.job.skill', job_id=cohort.job_id.id, **skill)
    add('hr.recruitment.source', job_id=cohort.job_id.id, source_id=env['utm.source'].search([], limit=1).id)

    # What is sold
    lead = add('crm.lead', name=f"{mark} lead", type='opportunity', partner_id=test.customer.id, team_id=cohort.team_id.id,
               user_id=member.user_id.id, expected_revenue=777)
    rows['crm.stage'] = env['crm.stage'].search([('team_ids', 'in', cohort.team_id.ids)])
    rows['mail.message'] = lead.message_post(body=f"{mark} message", partner_ids=member.partner_id.ids, message_type='comment')
    rows['mail.notification'] = rows['mail.message'].notification_ids
    lead.message_subscribe(partner_ids=member.partner_id.ids)
    rows['mail.followers'] = lead.message_follower_ids
    rows['mail.activity'] = lead.activity_schedule('mail.mail_activity_data_todo', summary=f"{mark} activity",
                                                   user_id=member.user_id.id)
    done = lead.activity_schedule('mail.mail_activity_data_call', summary=f"{mark} call", user_id=member.user_id.id)
    done.action_feedback(feedback=mark)
    env.flush_all()
    rows['crm.activity.report'] = env['crm.activity.report'].search([('lead_id', '=', lead.id)])
    add('ir.attachment', name=f"{mark} attachment", res_model='crm.lead', res_id=lead.id, raw=mark.encode())
    add('crm.lead.scoring.frequency', variable='phone_state', value=mark, won_count=7, lost_count=7, team_id=cohort.team_id.id)
    order = test._quotation(lead, hours=7)
    order.client_order_ref = mark
    order.action_confirm()
    rows['sale.order'], rows['sale.order.line'] = order, order.order_line
    choice = env['product.template.attribute.value'].search([('product_tmpl_id', '=', test.painting.product_tmpl_id.id)])
    if not choice:
        colour = env['product.attribute'].create({'name': "Hue", 'create_variant': 'no_variant'})
        other = env['product.attribute.value'].create({'name': "Other", 'attribute_id': colour.id, 'is_custom': True})
        choice = env['product.template.attribute.line'].create({
            'product_tmpl_id': test.painting.product_tmpl_id.id, 'attribute_id': colour.id, 'value_ids': [Command.set(other.ids)],
        }).product_template_value_ids
    add('product.attribute.custom.value', custom_value=mark, sale_order_line_id=order.order_line.id,
        custom_product_template_attribute_value_id=choice.id)
    provider = env.ref('payment.payment_provider_transfer')
    add('payment.transaction', reference=f'{mark}-tx', amount=777, currency_id=env.company.currency_id.id,
        partner_id=test.customer.id, provider_id=provider.id, sale_order_ids=[Command.set(order.ids)],
        payment_method_id=env['payment.method'].with_context(active_test=False).search([], limit=1).id)

    # What is planned and worked
    task = order.order_line.task_id
    task.name = f"{mark} task"
    task.user_ids = member.user_id
    task.write({'planned_date_start': datetime(2026, 1, 20, 13), 'planned_date_end': datetime(2026, 1, 20, 17)})
    rows['project.task'] = task
    hours = test._hours(task, member, 7)
    rows['account.analytic.line'] = hours
    add('project.milestone', name=f"{mark} milestone", project_id=cohort.project_id.id)
    add('project.update', name=f"{mark} update", project_id=cohort.project_id.id, status='on_track')
    add('project.collaborator', project_id=cohort.project_id.id, partner_id=test.customer.id)
    rows['project.task.type'] = env['project.task.type'].create({
        'name': f"{mark} stage", 'project_ids': [Command.set(cohort.project_id.ids)]}) | cohort.project_id.type_ids
    rows['project.task.stage.personal'] = env['project.task.stage.personal'].search([('user_id', '=', member.user_id.id)])
    add('project.sale.line.employee.map', project_id=cohort.project_id.id, employee_id=member.employee_id.id,
        sale_line_id=order.order_line.id)
    recurring = env['project.task'].create({
        'name': f"{mark} recurring", 'project_id': cohort.project_id.id, 'recurring_task': True,
        'repeat_interval': 1, 'repeat_unit': 'week', 'repeat_type': 'forever'})
    rows['project.task'] |= recurring
    rows['project.task.recurrence'] = recurring.recurrence_id
    add('rating.rating', res_model_id=env['ir.model']._get_id('project.task'), res_id=task.id, rating=4, feedback=mark,
        partner_id=test.customer.id, consumed=True)

    # The books
    invoice = test._move('out_invoice', {cohort: 100})
    invoice.ref = f"{mark} invoice"
    invoice.action_post()
    payment = test._pay(invoice)
    bill = test._move('in_invoice', {cohort: 100})
    bill.invoice_line_ids.name = f"{mark} bill"
    bill.action_post()
    rows['account.move'] = invoice | bill | payment.move_id
    rows['account.payment'] = payment
    rows['account.move.line'] = rows['account.move'].line_ids
    rows['account.partial.reconcile'] = invoice.line_ids.matched_credit_ids
    rows['account.full.reconcile'] = invoice.line_ids.full_reconcile_id
    add('account.analytic.distribution.model', product_id=test.tools.id,
        analytic_distribution={str(cohort.analytic_account_id.id): 100})
    bank = env['account.journal'].search([('type', '=', 'bank')], limit=1)
    add('account.bank.statement', name=f"{mark} statement", line_ids=[Command.create({
        'payment_ref': f"{mark} line", 'amount': 777, 'journal_id': bank.id, 'date': TODAY})])
    rows['account.bank.statement.line'] = rows['account.bank.statement'].line_ids
    rows['account.move'] |= rows['account.bank.statement.line'].move_id
    add('snailmail.letter', model='account.move', res_id=invoice.id, partner_id=test.customer.id, company_id=env.company.id,
        user_id=env.uid, report_template=env.ref('account.account_invoices').id)
    if 'account.payment.order' in env:  # a companion: see environment/companions.txt
        transfer = add('account.payment.order', payment_type='outbound', description=mark,
                       payment_method_line_id=bank.outbound_payment_method_line_ids[:1].id)
        add('account.payment.line', order_id=transfer.id, partner_id=test.supplier.id, communication=mark, amount_currency=777)
        add('account.payment.lot', order_id=transfer.id, name=f"{mark} lot", date=TODAY, currency_id=env.company.currency_id.id)

    cohort.action_open_petty_cash()
    rows['account.journal'] = cohort.petty_cash_journal_id
    rows['account.journal'].name = f"{mark} cash box"
    rows['account.account'] = cohort.petty_cash_account_id
    rows['account.payment.method.line'] = env['account.payment.method.line'].search(
        [('journal_id', '=', cohort.petty_cash_journal_id.id)])
    cash = env['coop.petty.cash.entry'].create({
        'cohort_id': cohort.id, 'name': f"{mark} cakes", 'amount': 7, 'movement': 'received',
        'account_id': env['account.account'].search([('account_type', '=', 'income')], limit=1).id})
    cash.action_write()
    entries = env['account.bank.statement.line'].search([('journal_id', '=', rows['account.journal'].id)])
    rows['account.bank.statement.line'] |= entries
    rows['account.move'] |= entries.move_id
    rows['account.move.line'] |= entries.move_id.line_ids
    add('coop.budget.line', cohort_id=cohort.id, name=f"{mark} plan", kind='income', amount=777)

    # What is bought
    purchase = env['purchase.order'].create({
        'partner_id': test.supplier.id, 'cohort_id': cohort.id, 'partner_ref': mark,
        'order_line': [Command.create({'product_id': test.tools.id, 'product_qty': 7, 'price_unit': 111})]})
    purchase.button_confirm()
    rows['purchase.order'], rows['purchase.order.line'] = purchase, purchase.order_line

    # Appointments
    together = {'partner_ids': [Command.set(member.partner_id.ids)], 'cohort_id': cohort.id, 'user_id': member.user_id.id}
    event = add('calendar.event', name=f"{mark} meeting", start=datetime(2026, 1, 20, 9),
                stop=datetime(2026, 1, 20, 10), **together)
    private = add('calendar.event', name=f"{mark} private", privacy='private', start=datetime(2026, 1, 21, 9),
                  stop=datetime(2026, 1, 21, 10), **together)
    weekly = add(
        'calendar.event', name=f"{mark} weekly", start=datetime(2026, 1, 22, 9), stop=datetime(2026, 1, 22, 10),
        recurrency=True, rrule_type='weekly', thu=True, end_type='count', count=2, **together)
    rows['calendar.recurrence'] = weekly.recurrence_id
    rows['calendar.event'] |= weekly.recurrence_id.calendar_event_ids
    rows['calendar.attendee'] = (event | private).attendee_ids
    add('account.analytic.line.calendar.employee', user_id=member.user_id.id, employee_id=member.employee_id.id)
    add('calendar.filters', user_id=member.user_id.id, partner_id=member.partner_id.id)

    # A meeting of the assembly, with its minutes
    assembly = test._body(cohort, 'assembly')
    assembly_meeting = add(
        'coop.meeting', name=f"{mark} assembly", committee_id=assembly.id, date_start=datetime(2026, 1, 15, 9),
        location=f"{mark} room", chair_id=member.partner_id.id, secretary_id=member.partner_id.id,
        agenda_ids=[Command.create({'name': f"{mark} item", 'note': f"<p>{mark} was said</p>"})])
    assembly_meeting.attendance_ids.action_note_present()
    assembly_meeting.notes = f"<p>{mark} notes</p>"
    assembly_meeting.action_hold()
    assembly_meeting.action_approve()
    rows['coop.agenda.item'], rows['coop.attendance'] = assembly_meeting.agenda_ids, assembly_meeting.attendance_ids
    rows['calendar.event'] |= assembly_meeting.event_id
    rows['calendar.attendee'] |= assembly_meeting.event_id.attendee_ids

    # What is shared
    share = add('coop.revenue.share', cohort_id=cohort.id, date_from=date(2026, 1, 1), date_to=date(2026, 1, 31))
    rows['coop.revenue.share.key'] = share.key_ids
    add('coop.revenue.share.weight', key_id=share.key_ids[0].id, kind_id=env['coop.hour.kind'].search([], limit=1).id)
    share.action_compute()
    rows['coop.revenue.share.line'] = share.line_ids

    # Who was there
    rows['coop.presence'] = cohort._expect_presences(TODAY, TODAY)
    rows['coop.presence'].filtered(lambda row: row.membership_id == member)[0].action_note_absent('illness', True)

    # Conversations
    channel = env['discuss.channel'].with_user(member.user_id)._create_group(
        partners_to=member.partner_id.ids, name=f"{mark} group")
    rows['discuss.channel'] = channel.sudo()
    rows['discuss.channel.member'] = channel.sudo().channel_member_ids
    call = channel.sudo().message_post(body=f"{mark} call", message_type='notification')
    add('discuss.call.history', channel_id=channel.id, start_dt=datetime(2026, 1, 15, 9), start_call_message_id=call.id)

    # The figures made of all this
    env.flush_all()
    for model, domain in {
        'account.invoice.report': [('move_id', 'in', invoice.ids + bill.ids)],
        'sale.report': [('order_reference', '=', f'sale.order,{order.id}')],
        'purchase.report': [('order_id', '=', purchase.id)],
        'timesheets.analysis.report': [('task_id', '=', task.id)],
        'coop.hours.report': [('membership_id', '=', member.id)],
        'report.project.task.user': [('task_id', '=', task.id)],
        'coop.workload': [('task_id', '=', task.id)],
        'purchase.bill.union': [('purchase_order_id', '=', purchase.id)],
        'coop.result.line': [('cohort_id', '=', cohort.id)],
        'purchase.bill.line.match': [('pol_id', 'in', purchase.order_line.ids)],
    }.items():
        rows[model] = env[model].search(domain)
    return {model: records.sudo() for model, records in rows.items()}


def decide(test, rows, cohort, member, mark):
    """A vote that is over and an election for which someone was nominated."""
    env = test.env
    body = test._body(cohort, 'assembly')
    decision, election = env['coop.decision'].create([{
        'name': f"{mark} {kind}", 'proposal': f"<p>{mark} text</p>", 'committee_id': body.id,
        'method_id': env.ref(f'inocoop_coop.voting_method_{method}').id,
    } for kind, method in (('decision', 'simple'), ('election', 'election_consent'))])
    (decision + election).action_submit()
    election.with_user(member.user_id).action_nominate(member.partner_id.id, f"{mark} reason")
    decision.action_open_vote()
    decision.with_user(member.user_id).cast_vote('yes')
    if decision.state == 'voting':  # others were to vote too
        decision.action_close_vote()
    rows['coop.decision'] = decision | election
    rows['coop.decision.version'] = (decision | election).version_ids
    rows['coop.elector'], rows['coop.ballot'] = decision.elector_ids, decision.sudo().ballot_ids
    rows['coop.nomination'] = election.nomination_ids
    entry = env['coop.register.entry'].search([('decision_id', '=', decision.id)])
    rows['coop.register.entry'] = rows.get('coop.register.entry', entry) | entry
