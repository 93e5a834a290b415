"""The world in which the table of ``access_table.py`` is tried: who asks, about which rows, and how."""
from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import new_test_user

from ..models.coop_committee_template import GRANTABLE_GROUPS
from ..tools import clock
from .common import TODAY, CoopCommon
from .documents import decide

MORNING = datetime(2026, 1, 20, 9)

# What stands in the table: the model, by default, is its name.
MODELS = {
    'coop.ballot.open': 'coop.ballot',
    'hours': 'account.analytic.line',
    'service': 'product.template',
    'appointment': 'calendar.event',
    'private.appointment': 'calendar.event',
    'customer': 'res.partner',
    'person': 'res.partner',
    'applicant.contact': 'res.partner',
    'attachment.of.lead': 'ir.attachment',
    'message.of.lead': 'mail.message',
    'message.of.membership': 'mail.message',
}
# What is written where a name is not what a user would change.
WRITES = {
    'coop.membership': {'street': "Changed"},
    'coop.mandate': {'voice': 'consultative'},
    'coop.partnership': {'note': "Changed"},
    'coop.attendance': {'status': 'present'},
    'coop.presence': {'half': 'afternoon'},
    'coop.access.grant': {'group_id': 1},
    'coop.decision.version': {'outcome': 'adopted'},
    'coop.elector': {'recused': True},
    'coop.ballot': {'choice': 'no'},
    'coop.ballot.open': {'choice': 'no'},
    'coop.nomination': {'reason': "Changed"},
    'coop.register': {'last_number': 0},
    'coop.revenue.share.weight': {'percentage': 50},
    'coop.revenue.share.line': {'amount': 1},
    'coop.skill.line': {'skill_level_id': False},
    'hr.employee.skill': {'valid_to': '2027-01-01'},
    'coop.register.entry': {'kind': 'agreement'},
    'sale.order': {'client_order_ref': "Changed"},
    'purchase.order': {'partner_ref': "Changed"},
    'account.move': {'ref': "Changed"},
    'account.payment': {'memo': "Changed"},
    'hr.applicant': {'partner_name': "Changed"},
    'person': {'city': "Changed"},
    'applicant.contact': {'city': "Changed"},
    'customer': {'city': "Changed"},
    'res.users': {'signature': "Changed"},
    'message.of.lead': {'body': "Changed"},
    'message.of.membership': {'body': "Changed"},
}
REPORTS = (
    'account.invoice.report',
    'coop.hours.report',
    'coop.offer',
    'coop.result.line',
    'coop.workload',
    'crm.activity.report',
    'purchase.report',
    'report.project.task.user',
    'sale.report',
    'timesheets.analysis.report',
)
# What is only made, by who opens the dialog.
DIALOGS = ('coop.canvass', 'coop.membership.leave', 'coop.membership.access', 'coop.cohort.reopen', 'coop.demonstration.load',
           'coop.register.check', 'coop.decision.amend', 'coop.decision.nominate', 'coop.decision.proxy', 'coop.decision.review',
           'coop.gate.override', 'coop.hours.log', 'coop.hours.correction', 'coop.presence.sign', 'coop.presence.absence',
           'coop.presence.correction', 'coop.presence.period', 'coop.task.signature', 'coop.ceiling.agreement',
           'coop.result.print', 'coop.petty.cash.entry')
MEMBERS = ('member', 'doors', 'done', 'left')
BOOKS = ('account.move', 'account.move.line', 'account.payment', 'account.invoice.report')
# Roles that are tried on these alone: the rest is Odoo's own.
PARTLY = {
    'hiring': ('hr.applicant', 'applicant.contact', 'hr.recruitment.stage'),
    'audit': ('coop.', *BOOKS),
    'clerk': ('coop.', *BOOKS),
    'admin': ('coop.',),
}

def is_tried(role, what):
    return role not in PARTLY or what.startswith(PARTLY[role])


def tried_operations(what):
    if what in REPORTS:
        return 'r'
    if what in DIALOGS:
        return 'c'
    if what == 'coop.skill.line':
        return 'rw'
    # A person comes with a file, an application or an employee: nobody makes one alone.
    return 'rwu' if what in ('private.appointment', 'person', 'applicant.contact', 'hr.employee.public') else 'rwcu'


class RolesCommon(CoopCommon):
    """One user for each role, and rows of three cohorts: theirs, another one, and one of another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # It is that day for who calls over RPC as well: mandates of the day count there.
        cls.startClassPatcher(patch.object(clock, 'now', lambda env: datetime(TODAY.year, TODAY.month, TODAY.day, 12)))
        cls.company = cls.env.company
        cls.other_company = cls.env['res.company'].create({
            'name': "Other association", 'country_id': cls.env.ref('base.fr').id, 'currency_id': cls.env.ref('base.EUR').id})
        cls.env['account.chart.template'].try_loading('generic_coa', company=cls.other_company, install_demo=False)
        cls.env.user.company_ids = [Command.link(cls.other_company.id)]
        cls.delegate = cls.env['res.partner'].create({'name': "Delegate"})
        cls.funder = cls.env['res.partner'].create({'name': "Funder", 'is_company': True})
        contact = cls.env['res.partner'].create({'name': "Funder's contact", 'parent_id': cls.funder.id})

        cls._body(cls.autumn, 'board').template_id.access_group_ids = [
            Command.set([cls.env.ref(xmlid).id for xmlid in GRANTABLE_GROUPS])]
        cls.roles = {
            'member': cls._member("Mila"),
            'doors': cls._member("Dora"),
            'hiring': cls._member("Hugo"),
            'done': cls._member("Colin"),
            'left': cls._member("Louis"),
            'facil': cls.facilitator,
            'psych': cls.psychologist,
            'manag': cls.manager,
            'accnt': cls.accountant,
            'audit': cls._create_user('audrey', 'account.group_account_readonly'),
            'clerk': cls._create_user('claude', 'account.group_account_invoice'),
            'admin': cls._create_user('adam', 'base.group_system'),
            'portal': new_test_user(cls.env, login='funder.contact', groups='base.group_portal', partner_id=contact.id),
        }
        cls._body(cls.autumn, 'committee').template_id.access_group_ids = cls.env.ref(
            'hr_recruitment.group_hr_recruitment_interviewer')
        cls._seat(cls.finance, cls.roles['hiring'].partner_id.coop_membership_ids)
        members = {role: user.partner_id.coop_membership_ids for role, user in cls.roles.items() if role in MEMBERS}
        for role in ('doors', 'done', 'left'):
            cls._seat(cls.board, members[role])

        cls.rows = {'all': cls._furnish_database()}
        cls.rows['own'] = cls._furnish(cls.autumn, cls.lea, cls.sofia)
        cls.rows['other'] = cls._furnish(cls.winter, cls.chloe, cls._admit(cls.winter, "Ines"))
        cls.rows['company'] = cls._furnish_other_company()
        cls.mine = {role: cls._furnish_person(user, members.get(role)) for role, user in cls.roles.items()}
        members['done'].action_complete()
        members['left'].action_leave()
        for role in ('done', 'left'):
            # Nobody counts on them any more: their lines are gone.
            del cls.mine[role]['coop.skill.line']
        cls.env.flush_all()

    @classmethod
    def _member(cls, name):
        membership = cls._admit(cls.autumn, name, email=f'{name.lower()}@example.com')
        membership.action_activate()
        return membership.user_id

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    @classmethod
    def _furnish_database(cls):
        cls.skill_type = cls.env['hr.skill.type'].create({
            'name': "Trades", 'skill_ids': [Command.create({'name': name}) for name in ("Hedges", "Lawns")],
            'skill_level_ids': [Command.create({'name': "Good", 'level_progress': 50, 'default_level': True})]})
        cls.gardening.coop_skill_ids = cls.skill_type.skill_ids[0]
        return {
            'coop.program': cls.program,
            'coop.committee.template': cls.board.template_id,
            'coop.territory': cls.territory,
            'coop.municipality': cls.elsewhere,
            'coop.voting.method': cls.env['coop.voting.method'].create({'name': "By lot"}),
            'coop.hour.kind': cls.env['coop.hour.kind'].create({'name': "Workshop", 'code': 'workshop'}),
            'customer': cls.env['res.partner'].create({'name': "Garden lovers", 'is_company': True}),
            'hr.recruitment.stage': cls.env['hr.recruitment.stage'].create({'name': "Second interview"}),
            'service': cls.env['product.template'].create({'name': "Window dressing", 'type': 'service'}),
            'coop.demonstration.load': cls.env['coop.demonstration.load'],
        }

    @classmethod
    def _furnish_other_company(cls):
        env = cls.env
        cls.env = env(context={**env.context, 'allowed_company_ids': cls.other_company.ids})
        try:
            program = cls.env['coop.program'].create({
                'name': "Theirs", 'age_min': 18, 'age_max': 25, 'duration': 6, 'seats': 9,
                'company_id': cls.other_company.id,
                'committee_template_ids': [
                    Command.create({'name': name, 'kind': kind}) for name, kind in (
                        ("Assembly", 'assembly'), ("Board", 'board'), ("Steering body", 'steering'))],
            })
            program.committee_template_ids[1].access_group_ids = cls.env.ref('purchase.group_purchase_user')
            cohort = cls.env['coop.cohort'].create({
                'name': "Theirs", 'program_id': program.id, 'date_start': date(2025, 10, 1),
                'facilitator_id': False, 'company_id': cls.other_company.id})
            cohort.action_start()
            olga, omar = cls._admit(cohort, "Olga", email='olga@example.com'), cls._admit(cohort, "Omar")
            olga.action_activate()
            rows = {
                'coop.program': program, 'coop.committee.template': program.committee_template_ids[0],
                'coop.voting.method': cls.env['coop.voting.method'].create({'name': "Theirs", 'program_id': program.id}),
                **cls._furnish(cohort, olga, omar)}
            return {what: records.with_env(env) for what, records in rows.items()}
        finally:
            cls.env = env

    @classmethod
    def _furnish(cls, cohort, member, admitted):
        """A row of a cohort for each line of the table.

        :param member: an active member, whose the rows are that are somebody's
        :param admitted: someone whose file has no more than that
        """
        env = cls.env
        seat = cls._seat(cls._body(cohort, 'board'), member)
        meeting = env['coop.meeting'].create({
            'committee_id': seat.committee_id.id, 'date_start': MORNING, 'agenda_ids': [Command.create({'name': "News"})]})
        lead = cls._lead(cohort)
        order = cls._quotation(lead)
        purchase = env['purchase.order'].create({
            'partner_id': cls.supplier.id, 'cohort_id': cohort.id,
            'order_line': [Command.create({'product_id': cls.tools.id, 'product_qty': 1, 'price_unit': 50})]})
        task, worked = env['project.task'].create([
            {'name': name, 'project_id': cohort.project_id.id} for name in ("Cut the hedges", "Rake the leaves")])
        invoice = cls._move('out_invoice', {cohort: 100}, {cohort: 100})
        posted = cls._move('out_invoice', {cohort: 100})
        posted.action_post()
        payment = env['account.payment'].create(cls._payment_values(cohort))
        applicant = env['hr.applicant'].create({
            'partner_name': "Applicant", 'email_from': f'applicant.{cohort.id}@example.com', 'job_id': cohort.job_id.id})
        event, private = env['calendar.event'].create([{
            'name': "Meeting", 'start': MORNING, 'stop': MORNING + timedelta(hours=1), 'privacy': privacy,
            'cohort_id': cohort.id, 'user_id': member.user_id.id, 'partner_ids': [Command.set(member.partner_id.ids)],
        } for privacy in ('public', 'private')])
        call = lead.activity_schedule('mail.mail_activity_data_call', summary="Call")
        call.action_feedback(feedback="Called")
        hours = cls._hours(worked, member)
        entry = env['coop.register']._append(cohort, 'override', {'by': member.partner_id.id}, document=order)
        decided = {}
        decide(cls, decided, cohort, member, "Furnished")
        ballot = cls._vote_in_a_jury(cohort, member)
        draft = env['coop.decision'].create({'name': "Draft", 'committee_id': cls._body(cohort, 'assembly').id})
        skill = cls._say_skill(member)
        env.flush_all()

        def report(model, **values):
            [(field, records)] = values.items()
            return env[model].search([(field, 'in', records.ids)], limit=1)

        return {
            'coop.cohort': cohort,
            'coop.membership': admitted,
            'coop.committee': env['coop.committee'].create({'name': "Fair", 'kind': 'committee', 'cohort_id': cohort.id}),
            'coop.mandate': seat,
            'coop.partnership': env['coop.partnership'].create({
                'cohort_id': cohort.id, 'partner_id': cls.funder.id, 'role': 'funder'}),
            'coop.meeting': meeting,
            'coop.agenda.item': meeting.agenda_ids,
            'coop.attendance': meeting.attendance_ids.filtered(lambda line: line.partner_id == member.partner_id),
            'coop.presence': env['coop.presence'].create({'membership_id': member.id, 'date': TODAY}),
            'coop.access.grant': env['coop.access.grant'].search([('user_id', '=', member.user_id.id)], limit=1),
            'coop.decision': draft,
            'coop.decision.version': decided['coop.decision'][0].version_id,
            'coop.elector': decided['coop.elector'][0],
            'coop.ballot': decided['coop.ballot'],
            'coop.ballot.open': ballot,
            'coop.nomination': decided['coop.nomination'],
            'coop.register': entry.register_id,
            'coop.register.entry': entry,
            'coop.decision.rule': env['coop.decision.rule'].create(cls._rule_values(cohort)),
            **cls._share_rows(cohort, member),
            'coop.skill.line': cls._get_skill_line(member),
            'coop.budget.line': env['coop.budget.line'].create({
                'name': "Plan", 'cohort_id': cohort.id, 'kind': 'income', 'amount': 100}),
            'crm.lead': lead,
            'sale.order': order,
            'sale.order.line': order.order_line,
            'purchase.order': purchase,
            'purchase.order.line': purchase.order_line,
            'project.project': cohort.project_id,
            'project.task': task,
            'hours': hours,
            'account.move': invoice,
            'account.move.line': invoice.invoice_line_ids[0],
            'account.payment': payment,
            'hr.applicant': applicant,
            'appointment': event,
            'private.appointment': private,
            'person': member.partner_id,
            'applicant.contact': applicant.partner_id,
            'res.users': member.user_id,
            'hr.employee': member.employee_id,
            'hr.employee.public': env['hr.employee.public'].browse(member.employee_id.id),
            'hr.employee.skill': skill,
            'attachment.of.lead': env['ir.attachment'].create({
                'name': "Sketch", 'res_model': 'crm.lead', 'res_id': lead.id, 'raw': b"Sketch"}),
            'message.of.lead': lead.message_post(body="They called", message_type='comment'),
            'message.of.membership': admitted.message_post(body="They called", message_type='comment'),
            'account.invoice.report': report('account.invoice.report', move_id=invoice),
            'coop.result.line': report('coop.result.line', move_id=posted),
            'sale.report': env['sale.report'].search([('order_reference', '=', f'sale.order,{order.id}')], limit=1),
            'purchase.report': report('purchase.report', order_id=purchase),
            'timesheets.analysis.report': report('timesheets.analysis.report', task_id=worked),
            'coop.hours.report': report('coop.hours.report', membership_id=member),
            'report.project.task.user': report('report.project.task.user', task_id=task),
            'coop.workload': report('coop.workload', task_id=worked),
            'crm.activity.report': report('crm.activity.report', lead_id=lead),
            'coop.offer': report('coop.offer', cohort_id=cohort),
            **{what: env[what] for what in DIALOGS if what != 'coop.demonstration.load'},
        }

    @classmethod
    def _say_skill(cls, member):
        return cls.env['hr.employee.skill'].create(cls._skill_values(member.employee_id))

    @classmethod
    def _skill_values(cls, employee, rank=0):
        return {
            'employee_id': employee.id, 'skill_type_id': cls.skill_type.id, 'skill_id': cls.skill_type.skill_ids[rank].id,
            'skill_level_id': cls.skill_type.skill_level_ids.id}

    @classmethod
    def _get_skill_line(cls, member):
        cls.env.flush_all()
        return cls.env['coop.skill.line'].search([('membership_id', '=', member.id)], limit=1)

    @classmethod
    def _share_rows(cls, cohort, member):
        """A share that is being compared: everyone in the cohort reads what each would get."""
        share = cls.env['coop.revenue.share'].create({
            'cohort_id': cohort.id, 'date_from': cohort.date_start, 'date_to': date(2026, 1, 31)})
        weight = cls.env['coop.revenue.share.weight'].create({
            'key_id': share.key_ids[0].id, 'kind_id': cls.env['coop.hour.kind'].search([], limit=1).id})
        share.action_compute()
        return {
            'coop.revenue.share': share, 'coop.revenue.share.key': share.key_ids[2], 'coop.revenue.share.weight': weight,
            'coop.revenue.share.line': share.line_ids.filtered(lambda line: line.membership_id == member)[:1]}

    @classmethod
    def _vote_in_a_jury(cls, cohort, member):
        """A member's ballot in a vote that is still open: someone else on the jury has not voted."""
        jury = cls.env['coop.committee'].create({'name': "Jury", 'kind': 'committee', 'cohort_id': cohort.id})
        for partner in (member.partner_id, cls.delegate):
            cls.env['coop.mandate'].create({
                'committee_id': jury.id, 'partner_id': partner.id, 'date_from': TODAY, 'date_to': cohort.date_end})
        decision = cls.env['coop.decision'].create({
            'name': "Open", 'proposal': "<p>Open</p>", 'committee_id': jury.id,
            'method_id': cls.env.ref('inocoop_coop.voting_method_simple').id})
        decision.action_submit()
        decision.action_open_vote()
        decision.with_user(member.user_id).cast_vote('yes')
        return decision.sudo().ballot_ids

    @classmethod
    def _furnish_person(cls, user, membership):
        """What is a person's own; without a membership that is little."""
        rows = {'person': user.partner_id, 'res.users': user}
        if not membership:
            return rows
        task, worked = cls.env['project.task'].create([
            {'name': "Mine", 'project_id': cls.autumn.project_id.id, 'user_ids': [Command.set(user.ids)]} for _time in range(2)])
        hours = cls._hours(worked, membership)
        skill = cls._say_skill(membership)
        cls.env.flush_all()
        return {
            **rows,
            'hr.employee.skill': skill,
            'coop.skill.line': cls._get_skill_line(membership),
            'coop.membership': membership,
            'coop.mandate': membership.mandate_ids[:1],
            'coop.presence': cls.env['coop.presence'].create({'membership_id': membership.id, 'date': TODAY}),
            'project.task': task,
            'hours': hours,
            'timesheets.analysis.report': cls.env['timesheets.analysis.report'].search([('task_id', '=', worked.id)], limit=1),
            'coop.hours.report': cls.env['coop.hours.report'].search([('membership_id', '=', membership.id)], limit=1),
            'private.appointment': cls.env['calendar.event'].create({
                'name': "Mine", 'start': MORNING, 'stop': MORNING + timedelta(hours=1), 'privacy': 'private',
                'cohort_id': cls.autumn.id, 'user_id': cls.psychologist.id,
                'partner_ids': [Command.set((user + cls.psychologist).partner_id.ids)]}),
            'hr.employee.public': cls.env['hr.employee.public'].browse(membership.employee_id.id),
        }

    # ------------------------------------------------------------
    # Calls
    # ------------------------------------------------------------

    @classmethod
    def _get_row(cls, role, what, whose):
        return cls.mine[role].get(what) if whose == 'mine' else cls.rows[whose][what]

    @classmethod
    def _prepare_call(cls, role, what, whose, operation):
        """What is asked: a model, a method and its arguments, or nothing where there is no such row."""
        row = cls._get_row(role, what, whose)
        model = MODELS.get(what, what)
        if row is None or operation not in tried_operations(what) or not is_tried(role, what):
            return None
        if operation == 'c':
            return None if whose == 'mine' and what != 'hours' else (model, 'create', [cls._prepare_values(role, what, whose)])
        assert len(row) == 1, (what, whose, row)
        if operation == 'r':
            return model, 'read', [row.ids, [cls._get_name_field(model)]]
        if operation == 'w':
            return model, 'write', [row.ids, WRITES.get(what, {'name': "Changed"})]
        return model, 'unlink', [row.ids]

    @classmethod
    def _get_name_field(cls, model):
        return {
            'coop.attendance': 'voice', 'coop.presence': 'half',
            'coop.membership': 'name', 'coop.mandate': 'committee_id', 'coop.partnership': 'role',
            'coop.skill.line': 'level', 'coop.offer': 'product_tmpl_id', 'hr.employee.skill': 'skill_level_id',
            'coop.access.grant': 'user_id', 'coop.register': 'cohort_id', 'coop.decision.version': 'proposal',
            'coop.revenue.share.weight': 'percentage', 'coop.revenue.share.line': 'amount',
            'coop.elector': 'partner_id', 'coop.ballot': 'choice', 'coop.nomination': 'reason',
            'coop.register.entry': 'number', 'calendar.event': 'name', 'account.move': 'ref', 'account.payment': 'memo',
            'mail.message': 'body', 'account.invoice.report': 'price_subtotal', 'coop.result.line': 'amount',
            'sale.report': 'price_subtotal',
            'purchase.report': 'untaxed_total', 'timesheets.analysis.report': 'unit_amount',
            'coop.hours.report': 'hours',
            'report.project.task.user': 'name', 'coop.workload': 'worked_hours', 'crm.activity.report': 'lead_id',
            'hr.applicant': 'partner_name',
        }.get(model, 'name')

    @classmethod
    def _payment_values(cls, cohort):
        return {
            'payment_type': 'inbound', 'partner_type': 'customer', 'partner_id': cls.customer.id, 'amount': 10,
            'cohort_id': cohort.id}

    @classmethod
    def _prepare_values(cls, role, what, whose):
        rows = cls.rows['own' if whose in ('mine', 'all') else whose]
        cohort = rows['coop.cohort']
        in_cohort = {'name': "New", 'cohort_id': cohort.id}
        company = cohort.company_id.id
        return {
            'coop.program': lambda: {'name': "New", 'company_id': whose == 'company' and company},
            'coop.committee.template': lambda: {'name': "New", 'kind': 'committee', 'program_id': cohort.program_id.id},
            'coop.territory': lambda: {'name': "New"},
            'coop.municipality': lambda: {'name': "New", 'code': '62996'},
            'coop.cohort': lambda: {
                'name': "New", 'program_id': cohort.program_id.id, 'company_id': company, 'date_start': '2026-02-01'},
            'coop.membership': lambda: {**in_cohort, 'birthdate': '2005-05-05'},
            'coop.committee': lambda: {**in_cohort, 'kind': 'committee'},
            'coop.mandate': lambda: {
                'committee_id': cls._body(cohort, 'steering').id, 'partner_id': cls.delegate.id,
                'date_from': str(TODAY), 'date_to': str(cohort.date_end)},
            'coop.partnership': lambda: {'cohort_id': cohort.id, 'partner_id': cls.supplier.id, 'role': 'operator'},
            'coop.meeting': lambda: {'name': "New", 'committee_id': cls._body(cohort, 'board').id, 'date_start': str(MORNING)},
            'coop.agenda.item': lambda: {'name': "New", 'meeting_id': rows['coop.meeting'].id},
            'coop.attendance': lambda: {'partner_id': cls.delegate.id, 'meeting_id': rows['coop.meeting'].id},
            'coop.access.grant': lambda: {
                'user_id': rows['res.users'].id, 'group_id': cls.env.ref('base.group_no_one').id},
            'coop.voting.method': lambda: {'name': "New", 'program_id': whose == 'company' and cohort.program_id.id},
            'coop.decision': lambda: {
                'name': "New", 'committee_id': cls._body(cohort, 'assembly').id,
                'method_id': cls.env.ref('inocoop_coop.voting_method_simple').id},
            'coop.decision.version': lambda: {'decision_id': rows['coop.decision'].id, 'number': 9},
            'coop.elector': lambda: {
                'decision_id': rows['coop.decision'].id, 'version_id': rows['coop.decision'].version_id.id,
                'partner_id': rows['person'].id},
            'coop.ballot': lambda: {
                'decision_id': rows['coop.decision'].id, 'version_id': rows['coop.decision'].version_id.id, 'choice': 'yes'},
            'coop.ballot.open': lambda: {
                'decision_id': rows['coop.decision'].id, 'version_id': rows['coop.decision'].version_id.id, 'choice': 'yes'},
            'coop.nomination': lambda: {
                'decision_id': rows['coop.decision'].id, 'nominator_id': rows['person'].id, 'candidate_id': rows['person'].id,
                'reason': "New"},
            'coop.decision.amend': lambda: {'decision_id': rows['coop.decision'].id},
            'coop.decision.nominate': lambda: {
                'decision_id': rows['coop.decision'].id, 'candidate_id': rows['person'].id, 'reason': "New"},
            'coop.decision.proxy': lambda: {
                'decision_id': rows['coop.decision'].id, 'holder_id': rows['coop.elector'].id},
            'coop.decision.review': lambda: {'decision_id': rows['coop.decision'].id, 'outcome': 'worked'},
            'coop.register': lambda: {'cohort_id': cohort.id},
            'coop.register.entry': lambda: {'register_id': rows['coop.register'].id, 'number': 2, 'content': '{}'},
            'crm.lead': lambda: {**in_cohort, 'type': 'opportunity', 'team_id': cohort.team_id.id},
            'sale.order': lambda: {'partner_id': cls.customer.id, 'cohort_id': cohort.id, 'team_id': cohort.team_id.id},
            'sale.order.line': lambda: {
                'order_id': rows['sale.order'].id, 'product_id': cls.gardening.id, 'product_uom_qty': 1},
            'purchase.order': lambda: {'partner_id': cls.supplier.id, 'cohort_id': cohort.id},
            'purchase.order.line': lambda: {
                'order_id': rows['purchase.order'].id, 'product_id': cls.tools.id, 'product_qty': 1, 'price_unit': 5},
            'project.project': lambda: in_cohort,
            'project.task': lambda: {'name': "New", 'project_id': cohort.project_id.id},
            'hours': lambda: {
                'name': "New", 'task_id': rows['project.task'].id, 'project_id': cohort.project_id.id, 'unit_amount': 1,
                **({} if whose == 'mine' else {'employee_id': rows['hr.employee'].id})},
            'account.move': lambda: {
                'move_type': 'out_invoice', 'partner_id': cls.customer.id,
                'invoice_line_ids': [(0, 0, cls._line_values(cohort))]},
            'account.move.line': lambda: {'move_id': rows['account.move'].id, **cls._line_values(cohort)},
            'account.payment': lambda: cls._payment_values(cohort),
            'hr.applicant': lambda: {'partner_name': "New", 'job_id': cohort.job_id.id},
            'appointment': lambda: {
                **in_cohort, 'start': '2026-01-20 09:00:00', 'stop': '2026-01-20 10:00:00', 'partner_ids': []},
            'customer': lambda: {'name': "New", 'is_company': True},
            'hr.recruitment.stage': lambda: {'name': "New"},
            'service': lambda: {'name': "New", 'type': 'service'},
            'res.users': lambda: {'name': "New", 'login': 'new', 'company_id': company, 'company_ids': [(6, 0, [company])]},
            'hr.employee': lambda: {'name': "New", 'company_id': company},
            'hr.employee.skill': lambda: cls._skill_values(rows['hr.employee'], 1),
            'attachment.of.lead': lambda: {'name': "New", 'res_model': 'crm.lead', 'res_id': rows['crm.lead'].id},
            'message.of.lead': lambda: {'body': "New", 'model': 'crm.lead', 'res_id': rows['crm.lead'].id},
            'message.of.membership': lambda: {
                'body': "New", 'model': 'coop.membership', 'res_id': rows['coop.membership'].id},
            'coop.membership.leave': lambda: {'membership_id': rows['coop.membership'].id},
            'coop.membership.access': lambda: {'line_ids': [(0, 0, {'name': "New", 'login': 'new', 'password': 'new'})]},
            'coop.cohort.reopen': lambda: {'cohort_id': cohort.id, 'reason': "New"},
            'coop.demonstration.load': dict,
            'coop.register.check': lambda: {'register_id': rows['coop.register'].id},
            'coop.decision.rule': lambda: cls._rule_values(cohort),
            'coop.revenue.share': lambda: {'cohort_id': cohort.id, 'date_from': '2026-02-01', 'date_to': '2026-02-28'},
            'coop.revenue.share.key': lambda: {'share_id': rows['coop.revenue.share'].id, 'name': "New"},
            'coop.revenue.share.weight': lambda: {
                'key_id': rows['coop.revenue.share.key'].id, 'kind_id': rows['coop.revenue.share.weight'].kind_id.id},
            'coop.revenue.share.line': lambda: {
                'share_id': rows['coop.revenue.share'].id, 'key_id': rows['coop.revenue.share.key'].id,
                'membership_id': rows['coop.membership'].id, 'amount': 1},
            'coop.budget.line': lambda: {**in_cohort, 'kind': 'expense', 'amount': 10},
            'coop.result.print': lambda: {'cohort_id': cohort.id},
            'coop.petty.cash.entry': lambda: {'cohort_id': cohort.id, 'name': "Stamps", 'amount': 5},
            'coop.gate.override': lambda: {'res_model': 'sale.order', 'res_id': rows['sale.order'].id, 'reason': "New"},
            'coop.hour.kind': lambda: {'name': "New", 'code': 'new'},
            'coop.presence': lambda: {'membership_id': rows['coop.membership'].id, 'date': '2026-01-20'},
            # One's own, for who has one.
            **{what: lambda: {'presence_id': cls.mine[role].get('coop.presence', rows['coop.presence']).id}
               for what in ('coop.presence.sign', 'coop.presence.absence')},
            'coop.presence.correction': lambda: {'presence_id': rows['coop.presence'].id, 'reason': "New"},
            'coop.presence.period': lambda: {'cohort_id': cohort.id},
            'coop.hours.log': lambda: {'task_id': rows['project.task'].id},
            'coop.hours.correction': lambda: {'line_id': rows['hours'].id, 'reason': "New"},
            'coop.task.signature': lambda: {'task_id': rows['project.task'].id, 'signed_by': "New"},
            'coop.canvass': lambda: {'cohort_id': cohort.id, 'who': "New"},
            'coop.ceiling.agreement': lambda: {'order_id': rows['purchase.order'].id, 'reason': "New"},
        }[what]()

    @classmethod
    def _rule_values(cls, cohort):
        return {
            'name': "New", 'document': 'sale.order', 'program_id': cohort.program_id.id, 'cohort_id': cohort.id,
            'amount': 1000000, 'template_id': cls._body(cohort, 'steering').template_id.id,
            'method_id': cls.env.ref('inocoop_coop.voting_method_simple').id}

    @classmethod
    def _line_values(cls, cohort):
        return {
            'name': "New", 'quantity': 1, 'price_unit': 10, 'tax_ids': [],
            'analytic_distribution': {str(cohort.analytic_account_id.id): 100}}

    @classmethod
    def _get_lines(cls):
        """The lines of the table, in its order: what, and whose."""
        order = list(dict.fromkeys([*cls.rows['all'], *cls.rows['own']]))
        for what in order:
            for whose in ('all', 'mine', 'own', 'other', 'company'):
                if whose == 'mine':
                    there = any(what in rows for rows in cls.mine.values())
                elif what in DIALOGS:
                    there = whose == ('all' if what == 'coop.demonstration.load' else 'own')
                else:
                    there = what in cls.rows[whose]
                if there:
                    yield what, whose
