"""Who is scoped to which cohorts, and what of the standard apps this hides: one table.

Groups in Odoo grant and never restrict: a sales or accounting group opens the documents of every
cohort, their lines and reports. The rules made from this table have no group, so they restrict
whoever is scoped (see ``res_users.py``): members, facilitators and psychologists. A member reads
the cohorts they take part in and writes while they are active and the cohort is not closed; a
facilitator reads and writes the cohorts they are in charge of; a psychologist reads the cohorts
whose members they follow. For everyone else the rules say nothing.

A rule is the text of a domain, evaluated with ``user``. A model is either in ``RULES``, in
``BOUND`` (its rows are about a document of any app, and say no more than that document) or, with
the reason, in the exceptions of ``test_confinement.py``.
"""

# ------------------------------------------------------------
# Cohorts
# ------------------------------------------------------------

# Who left early keeps what is their own, and not what the others went on to do.
READ = """[
    '|', '|', ('facilitator_id', '=', user.id), ('psychologist_id', '=', user.id),
    ('membership_ids', 'any', [('user_id', '=', user.id), ('state', '!=', 'left')])]"""
WRITE = """[
    '|', ('facilitator_id', '=', user.id),
    '&', ('state', '!=', 'closed'), ('membership_ids', 'any', [('user_id', '=', user.id), ('state', '=', 'active')])]"""
CONFINED = 'inocoop_coop.group_confined'
NOTHING = "[(0, '=', 1)]"


def any_of(*domains):
    """A domain that holds when one of these does."""
    *others, last = domains
    return ''.join(f"['|'] + {domain} + " for domain in others) + last


def all_of(*domains):
    """A domain that holds when each of these does."""
    *others, last = domains
    return ''.join(f"['&'] + {domain} + " for domain in others) + last


def within(path, domain):
    """A domain on what the path leads to."""
    return f"[('{path}', 'any', {domain})]"


def empty(path):
    """A domain that holds when the path leads nowhere."""
    return f"[('{path}', '=', False)]"


def mine(path):
    """A domain that holds for what is the user's own."""
    return f"[('{path}', '=', user.id)]"


def of_cohort(path='cohort_id', beside=()):
    """Rules of a document whose cohort is there; other domains let it be read as well.

    What a member makes is their cohort's. A facilitator of several may make something before they
    say for which.

    :return: what is read, and what is written
    """
    document = path.rpartition('.')[0]
    author = f"[('{document + '.' if document else ''}create_uid', '=', 0 if user.has_group('{CONFINED}') else user.id)]"
    unplaced = all_of(empty(path), author)
    return any_of(within(path, READ), unplaced, *beside), any_of(within(path, WRITE), unplaced)


def unless_other(path):
    """Rules of what most cohorts share, and some have for themselves: others' own is hidden."""
    return any_of(empty(path), within(path, READ)), any_of(empty(path), within(path, WRITE))


# ------------------------------------------------------------
# People
# ------------------------------------------------------------

# A contact is a person's when somebody takes part, applied or answers for a minor by it. Customers,
# suppliers, partners and colleagues are not.
NOBODY = all_of(empty('coop_membership_ids'), empty('applicant_ids'), empty('coop_ward_ids'))
RECRUITS = "user.has_group('hr_recruitment.group_hr_recruitment_interviewer')"
PERSON = any_of(
    "[('id', '=', user.partner_id.id)]",
    NOBODY,
    within('coop_membership_ids.cohort_id', READ),
    # Applicants are known to who recruits.
    within('applicant_ids.cohort_id', f"({READ} if {RECRUITS} else {NOTHING})"),
    "[('coop_ward_ids.cohort_id.facilitator_id', '=', user.id)]",
)
# A colleague's own address is theirs to write.
PERSON_WRITE = any_of(
    "[('id', '=', user.partner_id.id)]",
    all_of(NOBODY, empty('user_ids')),
    *(f"[('{path}.cohort_id.facilitator_id', '=', user.id)]"
      for path in ('coop_membership_ids', 'applicant_ids', 'coop_ward_ids')),
)
EMPLOYEE = within('work_contact_id', PERSON)

# ------------------------------------------------------------
# Documents that others lead to
# ------------------------------------------------------------

# An invoice that no cohort has yet is its author's; so is what a member books besides.
OWN_MOVE = all_of(empty('cohort_ids'), mine('create_uid'))
# The entry of a share says what each member got: the facilitator reads it, the treasurer who pays them, and each member
# their own statement.
PAYS_MEMBERS = within('cohort_ids.committee_ids', """[
    ('active', '=', True), ('mandate_ids', 'any', [
        ('partner_id', '=', user.partner_id.id), ('role', '=', 'treasurer'), ('is_current', '=', True)])]""")
NO_SHARE = any_of(empty('coop_share_id'), "[('cohort_ids.facilitator_id', '=', user.id)]", PAYS_MEMBERS)
MOVE = any_of(all_of(within('cohort_ids', READ), NO_SHARE), OWN_MOVE)
# What is for several cohorts is changed by who may write in each of them.
MOVE_WRITE = any_of(
    all_of(within('cohort_ids', WRITE), f"[('cohort_ids', 'not any', ['!'] + {WRITE})]", NO_SHARE), OWN_MOVE)
# Confidential hours are the person's and of those who follow them. The others see totals: see coop.hours.report.
HOURS = any_of(
    empty('coop_kind_id'), "[('coop_kind_id.is_confidential', '=', False)]", mine('user_id'),
    mine('cohort_id.facilitator_id'), mine('cohort_id.psychologist_id'))
# Who only follows people reads their hours, and nothing of invoices and bills.
NO_MONEY = (
    f"([(1, '=', 1)] if user.has_group('{CONFINED}') or user.has_group('inocoop_coop.group_facilitator') "
    "else [('project_id', '!=', False)])")
# While the group decides, everyone in the cohort sees what each would get; then each sees their own.
SHARE_LINE = any_of(
    all_of(within('cohort_id', READ), "[('share_state', 'in', ('draft', 'proposed'))]"),
    "[('membership_id.user_id', '=', user.id)]",
    "[('cohort_id.facilitator_id', '=', user.id)]",
)
# When somebody was there is known to who keeps the attendance, and why they were not.
KEEPS_ATTENDANCE = within('cohort_id.committee_ids', """[
    ('active', '=', True), ('validates_hours', '=', True), ('mandate_ids', 'any', [
        ('partner_id', '=', user.partner_id.id), ('voice', '=', 'deliberative'), ('is_current', '=', True)])]""")
PRESENCE = any_of(
    mine('membership_id.user_id'), mine('cohort_id.facilitator_id'), mine('cohort_id.psychologist_id'), KEEPS_ATTENDANCE)
# A private to-do is its author's by Odoo's own rule.
TASK = any_of(within('cohort_id', READ), empty('project_id'), "[('user_ids', 'in', user.id)]")
# What a private appointment is about, and with whom, is for those who go.
ATTENDS = any_of(mine('user_id'), "[('partner_ids', 'in', user.partner_id.id)]")
EVENT = any_of(ATTENDS, all_of(within('cohort_id', READ), "[('privacy', '!=', 'private')]"))


def only(domain):
    """The same rule for reading and writing."""
    return domain, domain


# model: what is read, what is written
RULES = {
    # Ours
    'coop.cohort': (any_of(READ, "[('membership_ids.user_id', '=', user.id)]"), WRITE),
    'coop.membership': of_cohort(beside=[mine('user_id')]),
    'coop.committee': of_cohort(beside=["[('mandate_ids.membership_id.user_id', '=', user.id)]"]),
    'coop.mandate': of_cohort(beside=["[('membership_id.user_id', '=', user.id)]"]),
    'coop.partnership': of_cohort(),
    'coop.budget.line': of_cohort(),
    # Who leaves during a vote stays on its roll, and may vote.
    'coop.decision': of_cohort(beside=[
        "['&', ('state', '=', 'voting'), ('version_id.elector_ids.partner_id', '=', user.partner_id.id)]"]),
    'coop.decision.version': of_cohort('decision_id.cohort_id'),
    'coop.elector': of_cohort('decision_id.cohort_id'),
    'coop.ballot': of_cohort('decision_id.cohort_id'),
    'coop.nomination': of_cohort('decision_id.cohort_id'),
    'coop.decision.rule': unless_other('cohort_id'),
    'coop.register': of_cohort(),
    'coop.register.entry': of_cohort(),
    'coop.meeting': of_cohort(),
    'coop.agenda.item': of_cohort('meeting_id.cohort_id'),
    'coop.attendance': of_cohort('meeting_id.cohort_id'),
    # All of a cohort see what its members know; each says it of themselves.
    'coop.skill.line': (
        within('cohort_id', READ),
        any_of(all_of(within('cohort_id', WRITE), mine('user_id')), "[('cohort_id.facilitator_id', '=', user.id)]")),
    'coop.offer': only(within('cohort_id', READ)),
    'coop.revenue.share': of_cohort(beside=["[('line_ids.membership_id.user_id', '=', user.id)]"]),
    'coop.revenue.share.key': of_cohort('share_id.cohort_id', beside=["[('line_ids.membership_id.user_id', '=', user.id)]"]),
    'coop.revenue.share.weight': of_cohort('key_id.share_id.cohort_id'),
    'coop.revenue.share.line': (SHARE_LINE, NOTHING),
    'coop.presence': (PRESENCE, mine('cohort_id.facilitator_id')),
    # Documents
    'crm.lead': of_cohort(),
    'sale.order': of_cohort(),
    'purchase.order': of_cohort(),
    'project.project': of_cohort(),
    'account.payment': of_cohort(),
    'hr.applicant': of_cohort(),
    'account.analytic.line': tuple(all_of(domain, HOURS, NO_MONEY) for domain in of_cohort(beside=[mine('user_id')])),
    'project.task': (TASK, any_of(within('cohort_id', WRITE), empty('project_id'))),
    'calendar.event': (EVENT, any_of(within('cohort_id', WRITE), all_of(empty('cohort_id'), ATTENDS))),
    'account.move': (MOVE, MOVE_WRITE),
    # Their lines and what hangs on them
    'sale.order.line': of_cohort('order_id.cohort_id'),
    'purchase.order.line': of_cohort('order_id.cohort_id'),
    'account.move.line': tuple(
        all_of(within('move_id', move), any_of(empty('cohort_id'), within('cohort_id', cohort)))
        for move, cohort in ((MOVE, READ), (MOVE_WRITE, WRITE))),
    'account.partial.reconcile': tuple(
        all_of(within('debit_move_id.move_id', move), within('credit_move_id.move_id', move)) for move in (MOVE, MOVE_WRITE)),
    # Made before its entries are named.
    'account.full.reconcile': (
        within('reconciled_line_ids.move_id', MOVE),
        any_of(within('reconciled_line_ids.move_id', MOVE_WRITE), empty('reconciled_line_ids'))),
    'account.bank.statement': only(mine('create_uid')),
    'payment.transaction': only(any_of(within('sale_order_ids.cohort_id', READ), within('invoice_ids', MOVE))),
    'project.milestone': of_cohort('project_id.cohort_id'),
    'project.update': of_cohort('project_id.cohort_id'),
    'project.collaborator': of_cohort('project_id.cohort_id'),
    'project.sale.line.employee.map': of_cohort('project_id.cohort_id'),
    'project.task.recurrence': only(within('task_ids', TASK)),
    'project.task.type': tuple(
        any_of(all_of(empty('project_ids'), "[('user_id', 'in', [False, user.id])]"), within('project_ids.cohort_id', cohort))
        for cohort in (READ, WRITE)),
    'hr.applicant.skill': of_cohort('applicant_id.cohort_id'),
    'calendar.attendee': only(within('event_id', EVENT)),
    'calendar.recurrence': only(within('calendar_event_ids', EVENT)),
    'calendar.filters': only(mine('user_id')),
    'account.analytic.line.calendar.employee': only(mine('user_id')),
    'product.attribute.custom.value': of_cohort('sale_order_line_id.order_id.cohort_id'),
    # What a cohort has of its own in the apps
    'account.analytic.account': unless_other('cohort_ids'),
    # A cash box of one cohort, among the host's journals and accounts.
    'account.account': unless_other('petty_cash_cohort_ids'),
    'account.journal': unless_other('petty_cash_cohort_ids'),
    'account.payment.method.line': tuple(
        any_of(empty('journal_id'), within('journal_id', domain)) for domain in unless_other('petty_cash_cohort_ids')),
    # Where the host's money is booked by itself is for who keeps its books.
    'account.analytic.distribution.model': (mine('create_uid'), NOTHING),
    'crm.team': unless_other('cohort_ids'),
    'crm.stage': tuple(
        any_of(empty('team_ids'), within('team_ids', any_of(empty('cohort_ids'), within('cohort_ids', cohort))))
        for cohort in (READ, WRITE)),
    'crm.team.member': tuple(within('crm_team_id', domain) for domain in unless_other('cohort_ids')),
    'crm.lead.scoring.frequency': only(NOTHING),
    'hr.job': unless_other('cohort_ids'),
    'hr.job.skill': tuple(within('job_id', domain) for domain in unless_other('cohort_ids')),
    'hr.recruitment.source': tuple(within('job_id', domain) for domain in unless_other('cohort_ids')),
    'hr.talent.pool': only(NOTHING),
    # People
    'res.partner': (PERSON, PERSON_WRITE),
    'res.partner.bank': only(any_of(
        "[('partner_id', '=', user.partner_id.id)]", within('partner_id', NOBODY),
        "[('partner_id.coop_membership_ids.cohort_id.facilitator_id', '=', user.id)]")),
    'hr.employee': only(EMPLOYEE),
    'hr.employee.public': only(EMPLOYEE),
    'hr.employee.skill': only(within('employee_id', EMPLOYEE)),
    'hr.employee.location': only(within('employee_id', EMPLOYEE)),
    'hr.resume.line': only(within('employee_id', EMPLOYEE)),
    'resource.resource': only(any_of(within('employee_id', EMPLOYEE), all_of(empty('employee_id'), empty('user_id')))),
    'gamification.badge.user': only(mine('user_id')),
    'gamification.goal': only(mine('user_id')),
    # Files for the bank are made for the host as a whole: see environment/companions.txt.
    'account.payment.order': only(mine('create_uid')),
    'account.payment.line': only(mine('order_id.create_uid')),
    'account.payment.lot': only(mine('order_id.create_uid')),
    # Messages
    'mail.notification': only(any_of(
        "[('res_partner_id', '=', user.partner_id.id)]", "[('author_id', '=', user.partner_id.id)]")),
    'snailmail.letter': only(mine('user_id')),
    # Figures
    'coop.result.line': only(within('cohort_id', READ)),
    'account.invoice.report': only(all_of(within('move_id', MOVE), any_of(empty('cohort_id'), within('cohort_id', READ)))),
    'sale.report': only(within('cohort_id', READ)),
    'purchase.report': only(within('cohort_id', READ)),
    'timesheets.analysis.report': only(all_of(any_of(within('cohort_id', READ), mine('user_id')), HOURS)),
    'coop.hours.report': only(any_of(within('cohort_id', READ), mine('user_id'))),
    'report.project.task.user': only(within('task_id', TASK)),
    'crm.activity.report': only(within('lead_id.cohort_id', READ)),
    'coop.workload': only(within('cohort_id', READ)),
    'purchase.bill.union': only(any_of(within('vendor_bill_id', MOVE), within('purchase_order_id.cohort_id', READ))),
    'purchase.bill.line.match': only(any_of(within('aml_id.move_id', MOVE), within('pol_id.order_id.cohort_id', READ))),
    'digest.digest': only(NOTHING),
}
