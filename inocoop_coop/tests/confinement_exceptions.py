"""Models that a scoped user can read and that no rule of ours confines, each with its reason.

``test_confinement.py`` fails for a model that is neither here nor in ``security/confinement.py``,
so whoever adds one says why it may be read. A reason is no proof: the same test also compares all
that can be read in these models before and after another cohort works.
"""


def _reasons(**groups):
    return {model: reason for reason, models in groups.items() for model in models.split()}


# Odoo or a mixin of ours lets them be read only where their document may be.
GUARDED_OTHERWISE = _reasons(
    reads_as_its_document='ir.attachment mail.message mail.activity mail.followers mail.alias rating.rating '
                          'mail.scheduled.message',
    inherits_the_rule_of_its_entry='account.bank.statement.line',
    inherits_the_rule_of_its_contact='res.users',
    own_rows_by_a_rule_of_odoo='auth.passkey.key auth_totp.device base_import.mapping discuss.gif.favorite ir.filters '
                               'mail.canned.response res.device res.device.log res.users.apikeys res.users.settings '
                               'res.users.settings.volumes res.users.settings.embedded.action spreadsheet.dashboard.share '
                               'payment.token project.task.stage.personal resource.calendar.leaves',
    channels_one_is_in='discuss.channel discuss.channel.member discuss.call.history',
)
# They belong to the company, to all its cohorts or to Odoo itself.
SHARED = _reasons(
    the_programmes_and_their_territories='coop.committee.template coop.municipality coop.program coop.territory '
                                         'coop.voting.method',
    the_catalogue_that_cohorts_sell_from='product.attribute product.attribute.value product.category product.combo '
        'product.combo.item product.document product.pricelist product.pricelist.item product.product product.supplierinfo '
        'product.tag product.template product.template.attribute.exclusion product.template.attribute.line '
        'product.template.attribute.value product.uom quotation.document sale.order.template sale.order.template.line '
        'sale.pdf.form.field uom.uom',
    how_the_host_keeps_its_books='account.account.tag account.age.report.configuration '
        'account.age.report.configuration.line account.cash.rounding account.fiscal.position account.fiscal.position.account '
        'account.incoterms account.journal.group account.lock_exception account.payment.method '
        'account.payment.term account.payment.term.line account.reconcile.model '
        'account.reconcile.model.line account.tax account.tax.group account.tax.repartition.line '
        'account_edi_proxy_client.user date.range date.range.type payment.method',
    how_the_host_is_organised='hr.department hr.employee.category hr.work.location res.company res.role resource.calendar '
        'resource.calendar.attendance project.role',
    words_to_choose_from='coop.hour.kind calendar.alarm calendar.event.type crm.lead.scoring.frequency.field crm.lost.reason '
        'crm.recurring.plan crm.tag hr.applicant.category hr.applicant.refuse.reason hr.recruitment.degree '
        'hr.recruitment.stage hr.resume.line.type hr.skill hr.skill.level hr.skill.type mail.activity.plan '
        'mail.activity.plan.template mail.activity.type project.project.stage project.tags res.partner.category '
        'res.partner.industry utm.campaign utm.medium utm.source utm.stage utm.tag',
    games_that_are_the_companys='gamification.badge gamification.challenge gamification.challenge.line '
        'gamification.goal.definition gamification.karma.rank digest.tip',
    what_odoo_is_made_of='iap.account iap.service ir.actions.report ir.default ir.embedded.actions ir.exports ir.exports.line '
        'ir.module.category ir.module.module ir.module.module.dependency ir.module.module.exclusion ir.sequence '
        'ir.sequence.date_range ir.ui.menu mail.alias.domain mail.guest mail.message.subtype mail.template report.layout '
        'report.paperformat res.groups res.groups.privilege res.lang sms.template spreadsheet.dashboard '
        'spreadsheet.dashboard.group web_tour.tour web_tour.tour.step',
    the_world='account.pain.regulatory.reporting '
        'res.bank res.country res.country.group res.country.state res.currency res.currency.rate',
)
