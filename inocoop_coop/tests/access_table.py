"""Who may do what, as it is enforced: one table, in words and letters.

``test_roles.py`` tries each cell over RPC as that user, and ``environment/access_table.py`` makes
``docs/access.md`` of it. Nothing is imported from Odoo here, so that the page can be made without it.

A cell is four letters, always in this order:

====  ===================================================================
r     reads it: finds it by searching and reads what it says
w     writes in it
c     creates one beside it: in that cohort, for that person
u     deletes it (unlink, as Odoo says)
====  ===================================================================

A capital letter: access allows it, and a rule of the cooperative or of the app refuses it here, with
a sentence that says why. ``-`` is refused, or not found at all; ``.`` is not tried: there is no such
row, or nobody can write it because it is a view of the database.
"""

OPERATIONS = {'r': 'read', 'w': 'write', 'c': 'create', 'u': 'unlink'}

ROLES = {
    'member': "Member, without a mandate",
    'doors': "Member, with every door that a mandate can open",
    'hiring': "Member who only interviews applicants",
    'done': "Member who completed",
    'left': "Member who left early",
    'facil': "Facilitator",
    'psych': "Work psychologist",
    'manag': "Programme manager",
    'accnt': "Accountant",
    'audit': "Auditor (reads the books)",
    'clerk': "Invoicing clerk of the host",
    'admin': "Administrator of the database, without a role in the cooperative",
    'portal': "Portal user (a funder's contact)",
}

# What a line is about, where the name of its model does not say it.
NOTES = {
    'coop.ballot.open': "someone's ballot while the vote is open (`coop.ballot`)",
    'customer': "contact: a customer or supplier",
    'person': "contact: a member",
    'applicant.contact': "contact: an applicant",
    'hours': "hours (`account.analytic.line`)",
    'service': "service of the catalogue (`product.template`)",
    'appointment': "appointment (`calendar.event`)",
    'private.appointment': "private appointment (`calendar.event`)",
    'attachment.of.lead': "attachment of a lead",
    'message.of.lead': "message on a lead",
    'message.of.membership': "message on a membership",
}

# Whose each line is: ``mine`` the user's own, ``own`` of their cohort and not their own, ``other`` of another cohort
# of the company, ``company`` of another company's cohort, ``all`` shared by all cohorts. For who has no cohort,
# ``own`` and ``other`` are two cohorts of their company.
TABLE = """
what                           whose   member doors  hiring done   left   facil  psych  manag  accnt  audit  clerk  admin  portal
coop.program                   all     r---   r---   ....   r---   r---   r---   r---   rwcU   r---   r---   r---   ----   ----
coop.program                   company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.committee.template        all     r---   r---   ....   r---   r---   r---   r---   rwcu   ----   ----   ----   ----   ----
coop.committee.template        company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.territory                 all     r---   r---   ....   r---   r---   r---   r---   rwcU   r---   r---   r---   ----   ----
coop.municipality              all     r---   r---   ....   r---   r---   rwc-   r---   rwcu   r---   r---   r---   ----   ----
coop.voting.method             all     r---   r---   ....   r---   r---   r---   r---   rwcu   ----   ----   ----   ----   ----
coop.voting.method             company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.hour.kind                 all     r---   r---   ....   r---   r---   r---   r---   rwcu   ----   ----   ----   ----   ----
customer                       all     r---   rwcu   ....   r---   r---   rwcu   r---   rwcu   r---   ....   ....   ....   ----
hr.recruitment.stage           all     ----   r---   r---   ----   ----   r---   ----   rwcu   ----   ....   ....   ....   ----
service                        all     r---   r---   ....   r---   r---   r---   r---   rwcu   r---   ....   ....   ....   ----
coop.demonstration.load        all     ..-.   ..-.   ....   ..-.   ..-.   ..-.   ..-.   ..-.   ..-.   ..-.   ..-.   ..c.   ..-.
coop.cohort                    own     r---   r---   ....   r---   r---   rw--   r---   rwcU   r---   r---   r---   ----   ----
coop.cohort                    other   ----   ----   ....   ----   ----   ----   ----   rwcU   r---   r---   r---   ----   ----
coop.cohort                    company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.membership                mine    r-.-   r-.-   ....   r-.-   r-.-   ....   ....   ....   ....   ....   ....   ....   ....
coop.membership                own     r---   r---   ....   r---   ----   rwcu   r---   rwcu   ----   ----   ----   ----   ----
coop.membership                other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ----   ----   ----   ----
coop.membership                company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.committee                 own     r---   r---   ....   r---   ----   rwcu   r---   rwcu   r---   r---   r---   ----   ----
coop.committee                 other   ----   ----   ....   ----   ----   ----   ----   rwcu   r---   r---   r---   ----   ----
coop.committee                 company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.mandate                   mine    r-.-   r-.-   ....   r-.-   r-.-   ....   ....   ....   ....   ....   ....   ....   ....
coop.mandate                   own     r---   r---   ....   r---   ----   rwcu   r---   rwcu   ----   ----   ----   ----   ----
coop.mandate                   other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ----   ----   ----   ----
coop.mandate                   company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.partnership               own     r---   r---   ....   r---   ----   rwcu   r---   rwcu   r---   r---   r---   ----   ----
coop.partnership               other   ----   ----   ....   ----   ----   ----   ----   rwcu   r---   r---   r---   ----   ----
coop.partnership               company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.meeting                   own     r---   rwcu   ....   r---   ----   rwcu   r---   rwcu   ----   ----   ----   ----   ----
coop.meeting                   other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ----   ----   ----   ----
coop.meeting                   company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.agenda.item               own     r---   rwcu   ....   r---   ----   rwcu   r---   rwcu   ----   ----   ----   ----   ----
coop.agenda.item               other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ----   ----   ----   ----
coop.agenda.item               company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.attendance                own     r---   r---   ....   r---   ----   rwcU   r---   rwcU   ----   ----   ----   ----   ----
coop.attendance                other   ----   ----   ....   ----   ----   ----   ----   rwcU   ----   ----   ----   ----   ----
coop.attendance                company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.presence                  mine    r-.-   r-.-   ....   r-.-   r-.-   ....   ....   ....   ....   ....   ....   ....   ....
coop.presence                  own     ----   ----   ....   ----   ----   rwcu   r---   rwcu   ----   ----   ----   ----   ----
coop.presence                  other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ----   ----   ----   ----
coop.presence                  company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.access.grant              own     ----   ----   ....   ----   ----   ----   ----   r---   ----   ----   ----   ----   ----
coop.access.grant              other   ----   ----   ....   ----   ----   ----   ----   r---   ----   ----   ----   ----   ----
coop.access.grant              company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.decision                  own     r-c-   r-c-   ....   r---   ----   rwcu   r---   rwcu   ----   ----   ----   ----   ----
coop.decision                  other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ----   ----   ----   ----
coop.decision                  company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.decision.version          own     r---   r---   ....   r---   ----   r---   r---   r---   ----   ----   ----   ----   ----
coop.decision.version          other   ----   ----   ....   ----   ----   ----   ----   r---   ----   ----   ----   ----   ----
coop.decision.version          company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.elector                   own     r---   r---   ....   r---   ----   r---   r---   r---   ----   ----   ----   ----   ----
coop.elector                   other   ----   ----   ....   ----   ----   ----   ----   r---   ----   ----   ----   ----   ----
coop.elector                   company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.ballot                    own     r---   r---   ....   r---   ----   r---   r---   r---   ----   ----   ----   ----   ----
coop.ballot                    other   ----   ----   ....   ----   ----   ----   ----   r---   ----   ----   ----   ----   ----
coop.ballot                    company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.ballot.open               own     ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.ballot.open               other   ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.ballot.open               company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.nomination                own     r---   r---   ....   r---   ----   r---   r---   r---   ----   ----   ----   ----   ----
coop.nomination                other   ----   ----   ....   ----   ----   ----   ----   r---   ----   ----   ----   ----   ----
coop.nomination                company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.register                  own     r---   r---   ....   r---   ----   r---   r---   r---   r---   r---   ----   ----   ----
coop.register                  other   ----   ----   ....   ----   ----   ----   ----   r---   r---   r---   ----   ----   ----
coop.register                  company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.register.entry            own     r---   r---   ....   r---   ----   r---   r---   r---   r---   r---   ----   ----   ----
coop.register.entry            other   ----   ----   ....   ----   ----   ----   ----   r---   r---   r---   ----   ----   ----
coop.register.entry            company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.decision.rule             own     r---   r---   ....   r---   ----   r---   r---   rwcu   ----   ----   ----   ----   ----
coop.decision.rule             other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ----   ----   ----   ----
coop.decision.rule             company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.revenue.share             own     r---   rwcu   ....   r---   r---   rwcu   ----   rwcu   rwcu   r---   rwcu   ----   ----
coop.revenue.share             other   ----   ----   ....   ----   ----   ----   ----   rwcu   rwcu   r---   rwcu   ----   ----
coop.revenue.share             company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.revenue.share.key         own     r---   rwcu   ....   r---   ----   rwcu   ----   rwcu   rwcu   r---   rwcu   ----   ----
coop.revenue.share.key         other   ----   ----   ....   ----   ----   ----   ----   rwcu   rwcu   r---   rwcu   ----   ----
coop.revenue.share.key         company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.revenue.share.weight      own     r---   rwcu   ....   r---   ----   rwcu   ----   rwcu   rwcu   r---   rwcu   ----   ----
coop.revenue.share.weight      other   ----   ----   ....   ----   ----   ----   ----   rwcu   rwcu   r---   rwcu   ----   ----
coop.revenue.share.weight      company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.revenue.share.line        own     r---   r---   ....   r---   ----   r---   ----   r---   r---   r---   r---   ----   ----
coop.revenue.share.line        other   ----   ----   ....   ----   ----   ----   ----   r---   r---   r---   r---   ----   ----
coop.revenue.share.line        company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
coop.skill.line                mine    rw..   rw..   ....   --..   --..   ....   ....   ....   ....   ....   ....   ....   ....
coop.skill.line                mine    rw..   rw..   ....   ....   ....   ....   ....   ....   ....   ....   ....   ....   ....
coop.skill.line                own     r-..   r-..   ....   r-..   --..   rw..   r-..   rw..   --..   --..   --..   --..   --..
coop.skill.line                other   --..   --..   ....   --..   --..   --..   --..   rw..   --..   --..   --..   --..   --..
coop.skill.line                company --..   --..   ....   --..   --..   --..   --..   --..   --..   --..   --..   --..   --..
coop.budget.line               own     r---   rwcu   ....   r---   ----   rwcu   ----   rwcu   rwcu   r---   rwcu   ----   ----
coop.budget.line               other   ----   ----   ....   ----   ----   ----   ----   rwcu   rwcu   r---   rwcu   ----   ----
coop.budget.line               company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ----   ----
crm.lead                       own     ----   rwc-   ....   ----   ----   rwc-   ----   rwcu   ----   ....   ....   ....   ----
crm.lead                       other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ....   ....   ....   ----
crm.lead                       company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
sale.order                     own     r---   rwc-   ....   r---   ----   rwc-   ----   rwcu   rw--   ....   ....   ....   ----
sale.order                     other   ----   ----   ....   ----   ----   ----   ----   rwcu   rw--   ....   ....   ....   ----
sale.order                     company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
sale.order.line                own     r---   rwcu   ....   r---   ----   rwcu   ----   rwcu   rw--   ....   ....   ....   ----
sale.order.line                other   ----   ----   ....   ----   ----   ----   ----   rwcu   rw--   ....   ....   ....   ----
sale.order.line                company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
purchase.order                 own     ----   rwcU   ....   ----   ----   rwcU   ----   rwcU   rw--   ....   ....   ....   ----
purchase.order                 other   ----   ----   ....   ----   ----   ----   ----   rwcU   rw--   ....   ....   ....   ----
purchase.order                 company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
purchase.order.line            own     ----   rwcu   ....   ----   ----   rwcu   ----   rwcu   rw--   ....   ....   ....   ----
purchase.order.line            other   ----   ----   ....   ----   ----   ----   ----   rwcu   rw--   ....   ....   ....   ----
purchase.order.line            company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
project.project                own     r---   r---   ....   ----   ----   rwcU   r---   rwcU   ----   ....   ....   ....   ----
project.project                other   ----   ----   ....   ----   ----   ----   ----   rwcU   ----   ....   ....   ....   ----
project.project                company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
project.task                   mine    rw.u   rw.u   ....   r-.-   r-.-   ....   ....   ....   ....   ....   ....   ....   ....
project.task                   own     rwcu   rwcu   ....   ----   ----   rwcu   r---   rwcu   ----   ....   ....   ....   ----
project.task                   other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ....   ....   ....   ----
project.task                   company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
hours                          mine    rwcu   rwcu   ....   r---   r---   ....   ....   ....   ....   ....   ....   ....   ....
hours                          own     ----   rwcu   ....   ----   ----   rwcu   r---   rwcu   ----   ....   ....   ....   ----
hours                          other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ....   ....   ....   ----
hours                          company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
account.move                   own     ----   rwcu   ....   ----   ----   rwcu   ----   rwcu   rwcu   r---   rwcu   ....   ----
account.move                   other   ----   ----   ....   ----   ----   ----   ----   rwcu   rwcu   r---   rwcu   ....   ----
account.move                   company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ....   ----
account.move.line              own     ----   rwcu   ....   ----   ----   rwcu   ----   rwcu   rwcu   r---   rwcu   ....   ----
account.move.line              other   ----   ----   ....   ----   ----   ----   ----   rwcu   rwcu   r---   rwcu   ....   ----
account.move.line              company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ....   ----
account.payment                own     ----   rwcu   ....   ----   ----   rwcu   ----   rwcu   rwcu   r---   rwcu   ....   ----
account.payment                other   ----   ----   ....   ----   ----   ----   ----   rwcu   rwcu   r---   rwcu   ....   ----
account.payment                company ----   ----   ....   ----   ----   ----   ----   ----   ----   ----   ----   ....   ----
hr.applicant                   own     ----   rwcu   rw--   ----   ----   rwcu   ----   rwcu   ----   ....   ....   ....   ----
hr.applicant                   other   ----   ----   ----   ----   ----   ----   ----   rwcu   ----   ....   ....   ....   ----
hr.applicant                   company ----   ----   ----   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
appointment                    own     rwcu   rwcu   ....   r---   ----   rwcu   r---   rwcu   rwcu   ....   ....   ....   ----
appointment                    other   ----   ----   ....   ----   ----   ----   ----   rwcu   rwcu   ....   ....   ....   ----
appointment                    company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
private.appointment            mine    rw.u   rw.u   ....   r-.-   r-.-   ....   ....   ....   ....   ....   ....   ....   ....
private.appointment            own     --.-   --.-   ....   --.-   --.-   --.-   --.-   --.-   --.-   ....   ....   ....   --.-
private.appointment            other   --.-   --.-   ....   --.-   --.-   --.-   --.-   --.-   --.-   ....   ....   ....   --.-
private.appointment            company --.-   --.-   ....   --.-   --.-   --.-   --.-   --.-   --.-   ....   ....   ....   --.-
person                         mine    r-.-   rw.U   ....   r-.-   r-.-   rw.U   r-.-   rw.U   r-.-   ....   ....   ....   r-.-
person                         own     r-.-   r-.-   ....   r-.-   --.-   r-.U   r-.-   r-.U   r-.-   ....   ....   ....   --.-
person                         other   --.-   --.-   ....   --.-   --.-   --.-   --.-   r-.U   r-.-   ....   ....   ....   --.-
person                         company --.-   --.-   ....   --.-   --.-   --.-   --.-   r-.-   r-.-   ....   ....   ....   --.-
applicant.contact              own     --.-   r-.-   r-.-   --.-   --.-   rw.u   --.-   rw.u   r-.-   ....   ....   ....   --.-
applicant.contact              other   --.-   --.-   --.-   --.-   --.-   --.-   --.-   rw.u   r-.-   ....   ....   ....   --.-
applicant.contact              company --.-   --.-   --.-   --.-   --.-   --.-   --.-   --.-   --.-   ....   ....   ....   --.-
res.users                      mine    rw.-   rw.-   ....   rw.-   rw.-   rw.-   rw.-   rw.-   rw.-   ....   ....   ....   rw.-
res.users                      own     r---   r---   ....   r---   ----   r---   r---   r---   r---   ....   ....   ....   ----
res.users                      other   ----   ----   ....   ----   ----   ----   ----   r---   r---   ....   ....   ....   ----
res.users                      company ----   ----   ....   ----   ----   ----   ----   r---   r---   ....   ....   ....   ----
hr.employee                    own     r---   r---   ....   r---   ----   r---   r---   r---   r---   ....   ....   ....   ----
hr.employee                    other   ----   ----   ....   ----   ----   ----   ----   r---   r---   ....   ....   ....   ----
hr.employee                    company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
hr.employee.public             mine    r-.-   r-.-   ....   r-.-   r-.-   ....   ....   ....   ....   ....   ....   ....   ....
hr.employee.public             own     r-.-   r-.-   ....   r-.-   --.-   r-.-   r-.-   r-.-   r-.-   ....   ....   ....   --.-
hr.employee.public             other   --.-   --.-   ....   --.-   --.-   --.-   --.-   r-.-   r-.-   ....   ....   ....   --.-
hr.employee.public             company --.-   --.-   ....   --.-   --.-   --.-   --.-   --.-   --.-   ....   ....   ....   --.-
hr.employee.skill              mine    rw.u   rw.u   ....   rw.u   rw.u   ....   ....   ....   ....   ....   ....   ....   ....
hr.employee.skill              own     r---   r---   ....   r---   ----   rwcu   r---   rwcu   ----   ....   ....   ....   ----
hr.employee.skill              other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ....   ....   ....   ----
hr.employee.skill              company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
attachment.of.lead             own     ----   rwcu   ....   ----   ----   rwcu   ----   rwcu   ----   ....   ....   ....   ----
attachment.of.lead             other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ....   ....   ....   ----
attachment.of.lead             company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
message.of.lead                own     ----   rwcu   ....   ----   ----   rwcu   ----   rwcu   ----   ....   ....   ....   ----
message.of.lead                other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ....   ....   ....   ----
message.of.lead                company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
message.of.membership          own     ----   ----   ....   ----   ----   rwcu   ----   rwcu   ----   ....   ....   ....   ----
message.of.membership          other   ----   ----   ....   ----   ----   ----   ----   rwcu   ----   ....   ....   ....   ----
message.of.membership          company ----   ----   ....   ----   ----   ----   ----   ----   ----   ....   ....   ....   ----
account.invoice.report         own     -...   r...   ....   -...   -...   r...   -...   r...   r...   r...   r...   ....   -...
account.invoice.report         other   -...   -...   ....   -...   -...   -...   -...   r...   r...   r...   r...   ....   -...
account.invoice.report         company -...   -...   ....   -...   -...   -...   -...   -...   -...   -...   -...   ....   -...
coop.result.line               own     r...   r...   ....   r...   -...   r...   -...   r...   r...   r...   r...   -...   -...
coop.result.line               other   -...   -...   ....   -...   -...   -...   -...   r...   r...   r...   r...   -...   -...
coop.result.line               company -...   -...   ....   -...   -...   -...   -...   -...   -...   -...   -...   -...   -...
sale.report                    own     -...   r...   ....   -...   -...   r...   -...   r...   -...   ....   ....   ....   -...
sale.report                    other   -...   -...   ....   -...   -...   -...   -...   r...   -...   ....   ....   ....   -...
sale.report                    company -...   -...   ....   -...   -...   -...   -...   -...   -...   ....   ....   ....   -...
purchase.report                own     -...   r...   ....   -...   -...   r...   -...   r...   -...   ....   ....   ....   -...
purchase.report                other   -...   -...   ....   -...   -...   -...   -...   r...   -...   ....   ....   ....   -...
purchase.report                company -...   -...   ....   -...   -...   -...   -...   -...   -...   ....   ....   ....   -...
timesheets.analysis.report     mine    r...   r...   ....   r...   r...   ....   ....   ....   ....   ....   ....   ....   ....
timesheets.analysis.report     own     -...   r...   ....   -...   -...   r...   -...   r...   -...   ....   ....   ....   -...
timesheets.analysis.report     other   -...   -...   ....   -...   -...   -...   -...   r...   -...   ....   ....   ....   -...
timesheets.analysis.report     company -...   -...   ....   -...   -...   -...   -...   -...   -...   ....   ....   ....   -...
coop.hours.report              mine    r...   r...   ....   r...   r...   ....   ....   ....   ....   ....   ....   ....   ....
coop.hours.report              own     r...   r...   ....   r...   -...   r...   r...   r...   -...   -...   -...   -...   -...
coop.hours.report              other   -...   -...   ....   -...   -...   -...   -...   r...   -...   -...   -...   -...   -...
coop.hours.report              company -...   -...   ....   -...   -...   -...   -...   -...   -...   -...   -...   -...   -...
report.project.task.user       own     r...   r...   ....   -...   -...   r...   -...   r...   -...   ....   ....   ....   -...
report.project.task.user       other   -...   -...   ....   -...   -...   -...   -...   r...   -...   ....   ....   ....   -...
report.project.task.user       company -...   -...   ....   -...   -...   -...   -...   -...   -...   ....   ....   ....   -...
coop.workload                  own     r...   r...   ....   r...   -...   r...   -...   r...   -...   -...   -...   -...   -...
coop.workload                  other   -...   -...   ....   -...   -...   -...   -...   r...   -...   -...   -...   -...   -...
coop.workload                  company -...   -...   ....   -...   -...   -...   -...   -...   -...   -...   -...   -...   -...
crm.activity.report            own     -...   r...   ....   -...   -...   r...   -...   r...   -...   ....   ....   ....   -...
crm.activity.report            other   -...   -...   ....   -...   -...   -...   -...   r...   -...   ....   ....   ....   -...
crm.activity.report            company -...   -...   ....   -...   -...   -...   -...   -...   -...   ....   ....   ....   -...
coop.offer                     own     r...   r...   ....   r...   -...   r...   r...   r...   -...   -...   -...   -...   -...
coop.offer                     other   -...   -...   ....   -...   -...   -...   -...   r...   -...   -...   -...   -...   -...
coop.offer                     company -...   -...   ....   -...   -...   -...   -...   -...   -...   -...   -...   -...   -...
coop.canvass                   own     ..c.   ..c.   ....   ..c.   ..c.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.membership.leave          own     ..-.   ..-.   ....   ..-.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.membership.access         own     ..-.   ..-.   ....   ..-.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.cohort.reopen             own     ..-.   ..-.   ....   ..-.   ..-.   ..-.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.register.check            own     ..c.   ..c.   ....   ..c.   ..-.   ..c.   ..c.   ..c.   ..c.   ..c.   ..-.   ..-.   ..-.
coop.decision.amend            own     ..c.   ..c.   ....   ..c.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.decision.nominate         own     ..c.   ..c.   ....   ..c.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.decision.proxy            own     ..c.   ..c.   ....   ..c.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.decision.review           own     ..c.   ..c.   ....   ..c.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.gate.override             own     ..-.   ..-.   ....   ..-.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.hours.log                 own     ..c.   ..c.   ....   ..-.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.hours.correction          own     ..-.   ..c.   ....   ..-.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.presence.sign             own     ..c.   ..c.   ....   ..c.   ..c.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.presence.absence          own     ..c.   ..c.   ....   ..c.   ..c.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.presence.correction       own     ..-.   ..-.   ....   ..-.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.presence.period           own     ..-.   ..-.   ....   ..-.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.task.signature            own     ..c.   ..c.   ....   ..-.   ..-.   ..c.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.ceiling.agreement         own     ..-.   ..-.   ....   ..-.   ..-.   ..-.   ..-.   ..c.   ..-.   ..-.   ..-.   ..-.   ..-.
coop.result.print              own     ..c.   ..c.   ....   ..c.   ..c.   ..c.   ..-.   ..c.   ..c.   ..c.   ..c.   ..-.   ..-.
coop.petty.cash.entry          own     ..-.   ..c.   ....   ..-.   ..-.   ..c.   ..-.   ..c.   ..c.   ..-.   ..c.   ..-.   ..-.
"""


def parse():
    """The table: ``{(what, whose): {role: cell}}``, in its order."""
    header, *lines = [line.split() for line in TABLE.strip().splitlines()]
    return {(what, whose): dict(zip(header[2:], cells, strict=True)) for what, whose, *cells in lines}
