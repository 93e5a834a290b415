import logging
from contextlib import ExitStack
from unittest.mock import patch

from odoo.addons.account.models import partner as core_partner
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.account_journal import AccountJournal
from ..models.coop_bound_mixin import CoopBoundMixin
from ..models.res_partner import ResPartner
from ..security.confinement import RULES
from .common import CoopCommon
from .confinement_exceptions import GUARDED_OTHERWISE, SHARED
from .documents import populate

_logger = logging.getLogger(__name__)

MARK = 'zanzibar'
# All that mandates may open.
DOORS = (
    'sales_team.group_sale_salesman_all_leads', 'account.group_account_invoice', 'purchase.group_purchase_user',
    'hr_recruitment.group_hr_recruitment_interviewer', 'hr_timesheet.group_hr_timesheet_approver')

# Who wrote a row and when says nothing that the row does not say.
VOLATILE = {'create_uid', 'write_uid', 'create_date', 'write_date'}
# What is seen to change when another cohort works, and why that tells nothing of it.
NUMBERING = {
    # Invoices are numbered without a gap in the whole company: the next number is no secret.
    ('account.move', 'highest_name'), ('ir.sequence', 'number_next_actual'),
}
# Models whose rows are one person's, so that another one of the same cohort does not see them either.
PERSONAL = {
    'account.analytic.distribution.model', 'account.analytic.line.calendar.employee', 'account.bank.statement',
    'account.bank.statement.line', 'calendar.filters', 'crm.lead.scoring.frequency', 'discuss.call.history',
    'discuss.channel', 'discuss.channel.member', 'gamification.badge.user', 'gamification.goal', 'hr.applicant.skill',
    'hr.employee.location', 'hr.talent.pool', 'mail.notification', 'project.task.stage.personal', 'res.partner.bank',
    'resource.calendar.leaves', 'snailmail.letter',
}
MOST_ROWS = 500  # rows of a model that are read at most: more of them only repeat


@tagged('post_install', '-at_install', 'confinement')
class TestConfinement(CoopCommon):
    """What a cohort does shows nowhere to who is scoped to another one, whatever doors their mandates open.

    Everything that a member, a facilitator and a psychologist of the autumn cohort can read, count,
    group and find in any model is noted; then the winter cohort gets a row in every model that can
    carry one; then everything is noted again. The two must be the same.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_groups(cls.lea.user_id, *DOORS)
        for user in (cls.lea.user_id, cls.facilitator, cls.psychologist):
            cls._give_groups(user, 'base.group_allow_export')
        cls.observers = {'member': cls.lea.user_id, 'facilitator': cls.facilitator, 'psychologist': cls.psychologist}
        # Whoever may read employees as well.
        cls.recruiter = cls._create_user('rita', 'inocoop_coop.group_facilitator,hr.group_hr_user')
        cls.own = populate(cls, cls.autumn, 'own')
        cls.before = {name: cls._look(user) for name, user in cls.observers.items()}
        cls.hidden = populate(cls, cls.winter, MARK)
        cls.after = {name: cls._look(user) for name, user in cls.observers.items()}

    # ------------------------------------------------------------
    # Looking
    # ------------------------------------------------------------

    @classmethod
    def _readable_models(cls, user):
        env = cls.env(user=user, su=False, context={'lang': 'en_US', 'tz': 'UTC', 'active_test': False})
        models = (env[name] for name in sorted(env.registry))
        return [model for model in models if not (model._abstract or model._transient) and model.has_access('read')]

    @classmethod
    def _look(cls, user):
        """All that the user can find out: ``{(model, what): value}``."""
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        seen = {}
        # Graphs without data are drawn with random samples.
        with patch('random.randint', return_value=1), mute_logger('odoo.models', 'odoo.sql_db'):
            for model in cls._readable_models(user):
                if model._name.startswith('ir.module') or model._name == 'res.bank':
                    continue  # thousands of rows that come with the installation
                cls.env.invalidate_all(flush=False)
                seen.update({(model._name, *what): value for what, value in cls._look_at(model)})
        return seen

    @classmethod
    def _look_at(cls, model):
        records = model.search([], limit=MOST_ROWS, order='id')
        yield ('#rows',), set(records.ids)
        yield ('#number',), model.search_count([])
        names = [
            name for name, field in model._fields.items()
            if field.type != 'binary' and name not in VOLATILE and model._has_field_access(field, 'read')]
        for name, values in cls._read(records, names).items():
            yield (name,), values
        for name in names:
            field = model._fields[name]
            if not (field.relational and (field.store or field.search) and field.comodel_name in RULES):
                continue
            # A model's own order may leave it open which of two rows comes first.
            yield (name, 'set'), cls._try(lambda name=name: model.search([(name, '!=', False)], order='id').ids)
            yield (name, 'any'), cls._try(lambda name=name: model.search([(name, 'any', [])], order='id').ids)
            if field.store and field.type != 'one2many':
                yield (name, 'sorted'), cls._try(lambda name=name: model.search([], order=f'{name}, id').ids)
                yield (name, 'grouped'), cls._try(
                    lambda name=name: [(str(group), count) for group, count in model._read_group([], [name], ['__count'])])

    @classmethod
    def _try(cls, function):
        """What the function gives, or the kind of its error."""
        try:
            with cls.env.cr.savepoint(flush=False):
                return function()
        except Exception as error:  # an error tells as much as a value
            return type(error).__name__

    @classmethod
    def _read(cls, records, names):
        """``{field: {number: value}}``; field by field where they can't be read at once."""
        rows = cls._try(lambda: records.read(names))
        if isinstance(rows, list):
            return {name: {row['id']: row[name] for row in rows} for name in names}
        values = {}
        for name in names:
            rows = cls._try(lambda name=name: records.read([name]))
            values[name] = {row['id']: row[name] for row in rows} if isinstance(rows, list) else {0: rows}
        return values

    @staticmethod
    def _compare(before, after):
        """What changed, a line each."""
        for key in sorted(before.keys() | after.keys(), key=str):
            old, new = before.get(key), after.get(key)
            if old == new or key[:2] in NUMBERING:
                continue
            if isinstance(old, dict) and isinstance(new, dict):
                # New rows are told of once, by their number.
                changed = {row: (old[row], new[row]) for row in old.keys() & new.keys() if old[row] != new[row]}
                if changed:
                    yield f"{key}: {str(changed)[:300]}"
            else:
                yield f"{key}: {str(old)[-150:]} -> {str(new)[-150:]}"

    # ------------------------------------------------------------
    # Nothing of another cohort
    # ------------------------------------------------------------

    maxDiff = None

    def test_what_another_cohort_does_changes_nothing_that_can_be_seen(self):
        for name, before in self.before.items():
            with self.subTest(observer=name):
                self.assertEqual(list(self._compare(before, self.after[name])), [])

    def test_no_row_of_another_cohort_is_found_read_exported_or_named(self):
        for name, user in self.observers.items():
            for model, hidden in self.hidden.items():
                rows = hidden.with_user(user).with_context(active_test=False)
                if not rows.browse().has_access('read'):
                    continue
                with self.subTest(observer=name, model=model):
                    self.assertFalse(rows.search([('id', 'in', rows.ids)]))
                    self.assertFalse(rows._filtered_access('read'))
                    for row in rows[:3]:
                        with self.assertRaises(AccessError):
                            row.read(['display_name'])
                        with self.assertRaises(AccessError):
                            row.export_data(['id', 'display_name'])
                    if rows._rec_name and rows._fields[rows._rec_name].store:
                        self.assertFalse([name for _id, name in rows.name_search(MARK)])

    def test_no_row_of_another_cohort_is_written_or_deleted(self):
        for name, user in self.observers.items():
            for model, hidden in self.hidden.items():
                rows = hidden.with_user(user)
                with self.subTest(observer=name, model=model):
                    for operation in ('write', 'unlink'):
                        allowed = rows.browse().has_access(operation)
                        self.assertFalse(rows._filtered_access(operation) if allowed else rows.browse())

    def test_what_is_their_own_shows(self):
        for name in ('member', 'facilitator'):
            for model, rows in self.own.items():
                seen = self.before[name].get((model, '#rows'))
                # Of a chart of accounts not all rows are looked at.
                if seen is not None and len(seen) < MOST_ROWS and model not in PERSONAL:
                    with self.subTest(observer=name, model=model):
                        self.assertTrue(set(rows.ids) & seen)

    # ------------------------------------------------------------
    # No model is forgotten
    # ------------------------------------------------------------

    def test_every_model_that_can_be_read_is_confined_or_has_a_reason_not_to_be(self):
        unknown = {
            model._name for user in self.observers.values() for model in self._readable_models(user)
        } - RULES.keys() - GUARDED_OTHERWISE.keys() - SHARED.keys()
        self.assertFalse(unknown, "Give these a rule in security/confinement.py, or a reason in confinement_exceptions.py.")

    def test_every_confined_model_has_a_row_that_could_show(self):
        empty = {model for model in RULES if model in self.env and not self.hidden.get(model)}
        # A digest is the company's, and no row of a cohort.
        self.assertEqual(empty, {'digest.digest'})

    def test_no_exception_is_left_of_a_model_that_has_a_rule(self):
        self.assertFalse(RULES.keys() & (SHARED.keys() | GUARDED_OTHERWISE.keys()))

    # ------------------------------------------------------------
    # Each rule is needed
    # ------------------------------------------------------------

    def test_without_any_one_of_the_rules_something_shows(self):
        killed, survived = [], []
        observers = (*self.observers.values(), self.recruiter)
        for model in RULES:
            if not self.hidden.get(model):
                continue
            for mode, operations in (('read', ['read']), ('write', ['write', 'create', 'unlink'])):
                granted = [
                    (user, operation) for user in observers for operation in operations
                    if self.env[model].with_user(user).has_access(operation)]
                if not granted:
                    continue  # none of these roles may do it to any row, so there is nothing to confine
                rule = self.env.ref(f"inocoop_coop.{model.replace('.', '_')}_rule_confined_{mode}")
                rule.active = False
                shows = any(self.hidden[model].with_user(user)._filtered_access(operation) for user, operation in granted)
                rule.active = True
                (killed if shows else survived).append(f"{model} {mode}")
        self.assertEqual(survived, [])
        _logger.info("killed %s of %s", len(killed), len(killed) + len(survived))

    def test_without_any_one_of_the_other_protections_something_shows(self):
        registry = self.env.registry
        lead, purchase = registry['crm.lead']._fields, registry['purchase.order']._fields
        protections = {
            ('mail.followers', 'mail.alias', 'rating.rating'): [patch.object(
                CoopBoundMixin, '_get_document_domain', lambda rows: Domain.TRUE)],
            ('account.journal',): [patch.object(AccountJournal, '_is_balance_hidden', lambda journals: False)],
            ('res.partner',): [patch.object(ResPartner, '_credit_debit_get', core_partner.ResPartner._credit_debit_get)],
            ('crm.lead',): [
                patch.object(lead[name], 'compute_sudo', True) for name in ('duplicate_lead_ids', 'duplicate_lead_count')],
            ('purchase.order',): [patch.object(purchase['partner_bill_count'], 'compute_sudo', True)],
        }
        killed, survived = [], []
        for models, removals in protections.items():
            for model in models:
                with ExitStack() as stack, patch('random.randint', return_value=1):
                    for removal in removals:
                        stack.enter_context(removal)
                    self.env.invalidate_all()
                    records = self.env[model].with_user(self.lea.user_id).with_context(
                        lang='en_US', tz='UTC', active_test=False)
                    unprotected = {(model, *what): value for what, value in self._look_at(records)}
                    protected = {key: value for key, value in self.after['member'].items() if key[0] == model}
                    shows = bool(list(self._compare(protected, unprotected)))
                    (killed if shows else survived).append(model)
        self.env.invalidate_all()
        self.assertEqual(survived, [])
        _logger.info("killed %s of %s", len(killed), len(killed) + len(survived))
