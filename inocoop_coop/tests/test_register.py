import json
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from ..rules import register as rules
from ..tools import clock, guard
from .common import TODAY, CoopCommon
from .decisions import DecisionCommon
from .test_guarded_fields import FORGED_SEALS


@tagged('post_install', '-at_install')
class TestRegister(CoopCommon):
    """What is decided gets the next number of its cohort and a hash over itself and the hash before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registers = cls.env['coop.register']

    def _append(self, cohort=None, content=None, **values):
        return self.registers._append(cohort or self.autumn, 'override', content or {'by': 1}, **values)

    def test_entries_are_numbered_from_one_in_each_cohort(self):
        self.assertEqual([self._append().number for _time in range(3)], [1, 2, 3])
        self.assertEqual(self._append(self.winter).number, 1)
        self.assertEqual(self._append().number, 4)
        register = self.registers.search([('cohort_id', '=', self.autumn.id)])
        self.assertEqual((register.last_number, register.last_hash), (4, register.entry_ids[0].hash))
        self.assertEqual(register.entry_ids.mapped('number'), [4, 3, 2, 1])
        self.assertEqual(register.company_id, self.autumn.company_id)

    def test_each_entry_is_chained_to_the_one_before(self):
        first, second = self._append(), self._append(content={'by': 2, 'reason': "Léa's"})
        self.assertEqual(first.previous_hash, '')
        self.assertEqual(second.previous_hash, first.hash)
        for entry in first + second:
            self.assertEqual(entry.hash, rules.digest(entry.previous_hash, entry.number, entry.content))
        self.assertIn('"by":2,', second.content)
        self.assertEqual((second.cohort_id, second.company_id), (self.autumn, self.autumn.company_id))
        self.assertEqual(second.date.date(), TODAY)

    def test_what_is_rolled_back_leaves_no_gap(self):
        self._append()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.assertEqual(self._append().number, 2)
            raise ZeroDivisionError
        self.env.invalidate_all()
        self.assertEqual(self._append().number, 2)
        register = self.registers.search([('cohort_id', '=', self.autumn.id)])
        self.assertEqual(register._verify(), [])
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self._append(self.winter)
            raise ZeroDivisionError
        self.env.invalidate_all()
        self.assertEqual(self._append(self.winter).number, 1)

    def test_a_fraction_a_moment_or_an_object_is_not_written(self):
        for wrong in (1.5, TODAY, self.autumn, (1, 2)):
            with self.assertRaises(TypeError):
                self._append(content={'wrong': wrong})
        with self.assertRaises(ValueError):
            self._append(content={'entry': 1})
        self.assertFalse(self.registers.search([]))

    def test_the_clock_of_a_story_dates_the_entry(self):
        registers = clock.at(self.registers, date(2025, 11, 3))
        entry = registers._append(self.autumn, 'agreement', {'by': 1})
        self.assertEqual(entry.date.date(), date(2025, 11, 3))
        self.assertEqual(entry.register_id._verify(), [])

    def test_a_person_is_forgotten_and_the_register_stays_whole(self):
        lea = self.lea.partner_id
        entry = self._append(
            content={'by': lea.id, 'reason': "The mower broke"}, document=self.customer,
            names={f'partner:{lea.id}': "Léa Martin", 'document': "S00012"})
        self.assertEqual(
            entry._get_words(), "S00012: Léa Martin released “S00012” without the decision it needs. Reason: The mower broke")
        guard.sealed(entry).names = {'document': "S00012"}
        self.assertNotIn("Léa", entry._get_words())
        self.assertIn("somebody whose name was removed", entry._get_words())
        self.assertEqual(entry.register_id._verify(), [])

    def test_an_exception_is_told_without_names_beside(self):
        entry = self._append(content={'by': 5}, document=self.customer)
        self.assertEqual((entry.res_model, entry.res_id), ('res.partner', self.customer.id))
        self.assertIn(f"Contact {self.customer.id}", entry.words)
        self.assertEqual(entry.subject, "Urgent Exception")

    def test_a_cohort_with_a_register_is_not_deleted(self):
        cohort = self._create_cohort("Spring", TODAY)
        entry = self._append(cohort)
        with self.assertRefused(UserError, "entries of the register: 1"):
            cohort.unlink()
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), self.env.cr.savepoint():
            self.env.cr.execute("DELETE FROM coop_cohort WHERE id = %s", [cohort.id])
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), self.env.cr.savepoint():
            self.env.cr.execute("DELETE FROM coop_register WHERE id = %s", [entry.register_id.id])

    def test_no_number_is_there_twice(self):
        first, _second = self._append(), self._append()
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE coop_register_entry SET number = 2 WHERE id = %s", [first.id])


@tagged('post_install', '-at_install')
class TestRegisterSealed(CoopCommon, HttpCase):
    """Nobody adds, changes or removes an entry, whatever their rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry = cls.env['coop.register']._append(
            cls.autumn, 'override', {'by': 1, 'reason': "It was urgent"}, {'document': "S00012"}, document=cls.customer)
        cls.register = cls.entry.register_id
        cls.users = {
            'member': cls.lea.user_id, 'facilitator': cls.facilitator, 'psychologist': cls.psychologist,
            'manager': cls.manager, 'accountant': cls.accountant, 'admin': cls.env.ref('base.user_admin')}
        cls.env.flush_all()
        cls.before = cls._read_all()

    @classmethod
    def _read_all(cls):
        cls.env.flush_all()
        rows = []
        for table in ('coop_register', 'coop_register_entry'):
            rows += cls.env.execute_query(SQL("SELECT to_jsonb(t) FROM %s t ORDER BY id", SQL.identifier(table)))
        return rows

    def _attempts(self, entry, register):
        """What somebody might try, on records with the rights of some user."""
        values = {
            'register_id': register.id, 'number': 2, 'date': '2026-01-15 12:00:00', 'kind': 'override', 'content': '{}',
            'hash': 'x', 'previous_hash': 'x'}
        yield from (
            lambda: entry.create(values), lambda: entry.create([values]), entry.unlink, entry.copy,
            lambda: register.create({'cohort_id': self.winter.id}), register.unlink, register.copy,
            lambda: register.copy({'cohort_id': self.winter.id}),
            lambda: entry.web_save({'kind': 'vote'}, {}), lambda: entry.browse().web_save(values, {}),
            lambda: register.write({'entry_ids': [(0, 0, values)]}),
            lambda: register.write({'entry_ids': [(2, entry.id, 0)]}),
            lambda: register.write({'entry_ids': [(1, entry.id, {'content': '{}'})]}),
            lambda: register.write({'entry_ids': [(5, 0, 0)]}),
            lambda: entry.name_create("5"),
            lambda: entry.update({'number': 7}),
            lambda: entry.with_context(default_register_id=register.id).create({**values}),
        )
        for name in ('number', 'date', 'kind', 'content', 'names', 'hash', 'previous_hash', 'register_id', 'decision_id',
                     'res_model', 'res_id', 'cohort_id', 'company_id'):
            yield lambda name=name: entry.write({name: entry[name].id if entry._fields[name].relational else entry[name]})
        for name in ('last_number', 'last_hash', 'cohort_id', 'company_id'):
            yield lambda name=name: register.write({name: False})

    def test_no_role_and_not_even_the_superuser_writes_in_it(self):
        environments = [*(self.env(user=user, su=False) for user in self.users.values()), self.env(su=True)]
        for env in environments:
            for attempt in self._attempts(self.entry.with_env(env), self.register.with_env(env)):
                with self.assertRaises(UserError), self.env.cr.savepoint():  # of which AccessError is one
                    attempt()
                    self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self._read_all(), self.before, env.user.login)

    def test_no_forged_context_breaks_the_seal(self):
        for forged in FORGED_SEALS:
            entry = self.entry.sudo().with_context(**{guard.CONTEXT_KEY: forged})
            for attempt in self._attempts(entry, entry.register_id):
                with self.assertRaises(UserError), self.env.cr.savepoint():  # of which AccessError is one
                    attempt()
        self.assertEqual(self._read_all(), self.before)

    def test_even_an_action_of_ours_only_changes_the_names_beside(self):
        entry = guard.sealed(self.entry.sudo())
        for name in ('number', 'date', 'kind', 'content', 'hash', 'previous_hash', 'register_id', 'res_id'):
            with self.assertRefused(AccessError, "stays as it was written"):
                entry.write({name: False, 'names': {}})
        with self.assertRefused(AccessError, "stays as it was written"):
            entry.unlink()
        self.assertEqual(self._read_all(), self.before)

    def test_an_import_adds_and_changes_nothing(self):
        self.env['ir.model.data'].create([
            {'module': '__test__', 'name': record._table, 'model': record._name, 'res_id': record.id}
            for record in (self.entry, self.register)])
        for user in (*self.users.values(), self.env.user):
            entries = self.env['coop.register.entry'].with_user(user)
            for names, row in (
                (['id', 'content'], ['__test__.coop_register_entry', '{}']),
                (['register_id/.id', 'number', 'date', 'kind', 'content', 'hash'],
                 [str(self.register.id), '2', '2026-01-15 12:00:00', 'override', '{}', 'x']),
            ):
                self.assertFalse(entries.load(names, [row])['ids'])
            self.assertFalse(entries.env['coop.register'].load(
                ['id', 'last_hash'], [['__test__.coop_register', 'x']])['ids'])
            self.assertFalse(entries.env['coop.register'].load(['cohort_id/.id'], [[str(self.winter.id)]])['ids'])
        self.assertEqual(self._read_all(), self.before)

    def test_no_call_from_outside_writes_in_it(self):
        for user in self.users.values():
            user.password = f'{user.login}-{user.login}'
            self.authenticate(user.login, f'{user.login}-{user.login}')
            for model, method, arguments in (
                ('coop.register', '_append', [self.autumn.id, 'vote', {}]), ('coop.register', '_take_number', [self.autumn.id]),
                ('coop.register', '_verify', [self.register.ids]), ('coop.register.entry', '_write_columns', [{}]),
                ('coop.register.entry', 'write', [self.entry.ids, {'names': {}}]),
                ('coop.register.entry', 'write', [self.entry.ids, {'content': '{}'}]),
                ('coop.register.entry', 'unlink', [self.entry.ids]), ('coop.register', 'unlink', [self.register.ids]),
                ('coop.register.entry', 'create', [{'register_id': self.register.id, 'number': 2}]),
                ('coop.register', 'write', [self.register.ids, {'last_number': 0}]),
                ('coop.register.entry', 'web_save', [self.entry.ids, {'content': '{}'}, {}]),
            ):
                self.assertTrue(self._call(model, method, arguments), (user.login, method))
        self.env.invalidate_all()
        self.assertEqual(self._read_all(), self.before)

    def _call(self, model, method, arguments):
        """The refusal's sentence, if it is refused."""
        with mute_logger('odoo.http', 'odoo.addons.base.models.ir_model', 'odoo.addons.base.models.ir_rule', 'odoo.sql_db'):
            answer = self.url_open(
                f'/web/dataset/call_kw/{model}/{method}', headers={'Content-Type': 'application/json'},
                data=json.dumps({'jsonrpc': '2.0', 'id': 1, 'method': 'call', 'params': {
                    'model': model, 'method': method, 'args': arguments,
                    'kwargs': {'context': {'lang': 'en_US', guard.CONTEXT_KEY: True}}}})).json()
        return answer.get('error', {}).get('data', {}).get('message')


@tagged('post_install', '-at_install')
class TestRegisterReading(DecisionCommon):
    """Who reads the register, and what it says of a vote."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decision = cls._open(cls.simple)
        cls._vote(cls.decision, {'yes': 6, 'no': 3})
        cls.entry = cls.env['coop.register.entry'].search([])
        cls.other = cls.env['coop.register']._append(cls.winter, 'agreement', {'by': 1})

    def test_a_vote_that_closes_is_written_in_the_register(self):
        self.assertEqual(self.decision.state, 'adopted')
        entry = self.entry
        self.assertEqual((entry.number, entry.kind, entry.outcome), (1, 'vote', 'adopted'))
        self.assertEqual((entry.decision_id, entry.version_id), (self.decision.sudo(), self.decision.sudo().version_id))
        self.assertEqual(entry._get_words(), "Buy a mower: 6 yes, 3 no, 0 abstaining: more yes than no, adopted.")
        self.assertEqual(entry.body_name, "Assembly")

    def test_its_content_names_nobody(self):
        for partner in self.members.partner_id:
            self.assertNotIn(partner.name, self.entry.content)
            self.assertIn(partner.name, str(self.entry.names))

    def test_its_words_are_of_what_was_written_and_not_of_what_the_decision_says_now(self):
        self.env.cr.execute("""UPDATE coop_decision_version SET result = result || '{"yes": 9, "no": 0}'""")
        self.env.invalidate_all()
        self.assertEqual(self.entry.words, "Adopted: 6 yes, 3 no, 0 abstaining, 9 entitled.")

    def test_each_role_reads_the_registers_of_their_cohorts(self):
        both = self.entry + self.other
        for user, seen in (
            (self.members[5], self.entry), (self.facilitator, self.entry), (self.psychologist, self.entry),
            (self.other_facilitator, self.other), (self.other_psychologist, self.other), (self.chloe.user_id, self.other),
            (self.manager, both), (self.accountant, both),
        ):
            entries = self.env['coop.register.entry'].with_user(user)
            self.assertEqual(entries.search([]), seen.with_user(user), user.login)
            self.assertEqual(entries.env['coop.register'].search([]), seen.register_id, user.login)
            for entry in entries.search([]):
                self.assertTrue(entry._get_words())
            for hidden in (both - seen).with_user(user):
                with self.assertRaises(AccessError):
                    hidden.read(['words'])
        bystander = self._create_user('bystander', 'base.group_user')
        with self.assertRaises(AccessError):
            self.env['coop.register.entry'].with_user(bystander).search([])

    def test_it_is_searched_by_the_subject_of_its_decisions(self):
        for user in (self.members[5], self.accountant):
            entries = self.env['coop.register.entry'].with_user(user)
            self.assertEqual(entries.search([('subject', 'ilike', "mower")]), self.entry)
            self.assertFalse(entries.search([('subject', 'ilike', "tractor")]))

    def test_twenty_entries_are_read_with_the_queries_of_ten(self):
        def count(number):
            entries = self.env['coop.register.entry'].browse(ids[:number])
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            entries.mapped('words')
            return self.env.cr.sql_log_count - before
        ids = [self.env['coop.register']._append(
            self.autumn, 'vote', {'result': {'yes': number}}, decision=self.decision, version=self.decision.sudo().version_id).id
            for number in range(20)]
        count(1)  # what Odoo keeps for the next time
        self.assertEqual(count(20), count(10))
