import json
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from ..tools import clock, guard
from .common import TODAY, CoopCommon

# What a caller might put into the context, hoping that it is the seal of an action.
FORGED_SEALS = [True, 1, 'coop_action', {}, {'_SEAL': True}, [1], str(object())]


@tagged('post_install', '-at_install')
class TestGuardedFields(CoopCommon):
    """States change by actions alone: no form, import or call from outside writes them."""

    def test_a_state_is_not_written(self):
        for record, state in ((self.autumn, 'closed'), (self.winter, 'draft'), (self.sofia, 'active'), (self.lea, 'completed')):
            before = record.state
            with self.assertRefused(AccessError, "“(State|Status)” of a .* is not changed by hand: use the buttons"):
                record.with_user(self.manager).write({'state': state})
            self.assertEqual(record.state, before)

    def test_not_even_the_state_it_already_has(self):
        with self.assertRefused(AccessError, "is not changed by hand"):
            self.autumn.write({'state': 'running'})

    def test_whom_a_file_is_about_is_not_written(self):
        director = self.env['hr.employee'].create({'name': "Director", 'user_id': self.manager.id})
        sofia, lea = self.sofia.with_user(self.facilitator), self.lea.with_user(self.facilitator)
        for membership, vals in (
            (sofia, {'employee_id': director.id}), (sofia, {'user_id': self.manager.id}), (sofia, {'has_own_employee': True}),
            (lea, {'partner_id': self.manager.partner_id.id}), (lea, {'user_id': self.manager.id}),
            (lea, {'employee_id': director.id}), (lea, {'partner_id': False}),
        ):
            with self.subTest(vals=vals), self.assertRefused(AccessError, "is not changed by hand"):
                membership.write(vals)
        with self.assertRefused(AccessError, "is not changed by hand"):
            self._admit(self.autumn, "Forged", employee_id=director.id)
        with self.assertRefused(AccessError, "is not changed by hand"):
            self._admit(self.autumn, "Forged", user_id=self.manager.id)
        sofia.with_context(default_employee_id=director.id, default_user_id=self.manager.id).copy()
        self.assertFalse(self.env['coop.membership'].search([
            '|', ('employee_id', '=', director.id), ('user_id', '=', self.manager.id)]))

    def test_a_wrong_contact_is_mended_until_the_person_becomes_active(self):
        self.sofia.partner_id = self.manager.partner_id
        self.sofia.partner_id = self.accountant.partner_id
        self.lea.partner_id = self.lea.partner_id  # nothing changes
        self.lea.action_leave()
        with self.assertRefused(AccessError, "“Contact” of a .* is not changed by hand"):
            self.lea.partner_id = self.accountant.partner_id

    def test_what_a_cohort_has_in_the_other_apps_is_chosen_before_it_opens(self):
        spring = self._create_cohort("Spring", TODAY)
        summer = self._create_cohort("Summer", TODAY)
        summer.action_open_recruitment()
        for name in ('analytic_account_id', 'team_id', 'project_id', 'job_id'):
            other = self.winter[name].copy()
            spring[name] = other
            for cohort in self.autumn + summer:
                for value in (other.id, False):
                    with self.assertRefused(UserError, f"of “{cohort.name}” was settled when it opened"):
                        cohort.with_user(self.manager).write({name: value})
                cohort.write({name: cohort[name].id})  # nothing changes

    def test_nothing_is_born_in_another_state_than_the_first(self):
        with self.assertRefused(AccessError, "is not changed by hand"):
            self.env['coop.cohort'].create({
                'name': "Forged", 'program_id': self.program.id, 'date_start': TODAY, 'state': 'running'})
        with self.assertRefused(AccessError, "is not changed by hand"):
            self._admit(self.autumn, "Forged", state='active')

    def test_one_forged_record_among_honest_ones_is_found(self):
        honest = {'name': "Honest", 'program_id': self.program.id, 'date_start': TODAY}
        with self.assertRefused(AccessError, "is not changed by hand"):
            self.env['coop.cohort'].create([honest, {**honest, 'state': 'draft'}, {**honest, 'state': 'closed'}])

    def test_a_form_may_send_back_the_first_state_that_it_was_given(self):
        cohort = self.env['coop.cohort'].create({
            'name': "From a form", 'program_id': self.program.id, 'date_start': TODAY, 'state': 'draft'})
        self.assertEqual(cohort.state, 'draft')
        with Form(self.env['coop.cohort'].with_user(self.manager)) as form:
            form.name = "From a real form"
            form.program_id = self.program
        self.assertEqual(form.record.state, 'draft')

    def test_a_default_in_the_context_is_no_way_in(self):
        cohorts = self.env['coop.cohort'].with_context(default_state='closed')
        values = {'name': "Forged", 'program_id': self.program.id, 'date_start': TODAY}
        with self.assertRaises(AccessError):
            cohorts.create({**values, 'state': 'closed'})
        self._assert_first_state_or_refused(cohorts, values)
        memberships = self.env['coop.membership'].with_context(default_state='active')
        self._assert_first_state_or_refused(
            memberships, {'name': "Forged", 'cohort_id': self.autumn.id, 'birthdate': date(2005, 5, 5)})

    def test_members_nested_in_their_cohort_are_guarded_too(self):
        for command in ((0, 0, {'name': "Forged", 'birthdate': date(2005, 5, 5), 'state': 'active'}),
                        (1, self.sofia.id, {'state': 'active'})):
            with self.assertRefused(AccessError, "is not changed by hand"):
                self.autumn.write({'membership_ids': [command]})

    def test_an_import_changes_no_state(self):
        self.env['ir.model.data'].create({
            'module': '__test__', 'name': 'autumn', 'model': 'coop.cohort', 'res_id': self.autumn.id})
        result = self.env['coop.cohort'].with_user(self.manager).load(['id', 'state'], [['__test__.autumn', 'closed']])
        self.assertFalse(result['ids'])
        self.assertIn("is not changed by hand", result['messages'][0]['message'])
        result = self.env['coop.cohort'].with_user(self.manager).load(
            ['name', 'program_id/.id', 'date_start', 'state'], [["Forged", str(self.program.id), '2026-02-01', 'running']])
        self.assertFalse(result['ids'])
        self.assertEqual(self.autumn.state, 'running')

    def test_a_copy_starts_again_from_the_first_state(self):
        self.assertEqual(self.autumn.copy().state, 'draft')

    def test_no_text_number_list_or_dictionary_is_the_seal(self):
        for forged in FORGED_SEALS:
            self.assertFalse(guard.is_sealed(self.autumn.with_context(**{guard.CONTEXT_KEY: forged})), repr(forged))
            with self.assertRefused(AccessError, "is not changed by hand"):
                self.autumn.with_context(**{guard.CONTEXT_KEY: forged}).write({'state': 'closed'})

    def test_no_text_number_list_or_dictionary_is_the_clock(self):
        real = clock.now(self.env(context={}))
        for forged in ('2020-01-01', '2020-01-01 12:00:00', 0, {'moment': '2020-01-01 12:00:00'}, ['2020-01-01'], True):
            records = self.autumn.with_context(**{clock.CONTEXT_KEY: forged})
            self.assertGreaterEqual(clock.now(records.env), real, repr(forged))

    def test_the_clock_is_what_the_actions_read(self):
        self.assertEqual(clock.today(self.autumn), TODAY)
        clock.at(self.lea, date(2026, 2, 1)).action_complete()
        self.assertEqual(self.lea.date_end, date(2026, 2, 1))

    def test_the_seal_does_not_stay_on_what_an_action_returns_or_leaves(self):
        self.assertFalse(guard.is_sealed(self.autumn))
        renewed = self.env['coop.cohort'].browse(self.autumn.action_renew()['res_id'])
        self.assertFalse(guard.is_sealed(renewed))
        with self.assertRaises(AccessError):
            renewed.write({'state': 'running'})

    def _assert_first_state_or_refused(self, model, values):
        """Either the caller is refused, or what is made is in its first state: never in the forged one."""
        try:
            with self.env.cr.savepoint():
                record = model.create(values)
        except AccessError:
            return
        self.assertIn(record.state, ('draft', 'admitted'))


@tagged('post_install', '-at_install')
class TestGuardedFieldsOverTheWire(CoopCommon, HttpCase):
    """The same, tried as an attacker would: over JSON-RPC, logged in as the programme manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.password = 'marion-marion'
        cls.manager.password = cls.password

    def setUp(self):
        super().setUp()
        self.authenticate('marion', self.password)

    def test_a_state_is_not_written_over_the_wire(self):
        for context in ({}, {'coop_action': True}, *({'coop_action': forged} for forged in FORGED_SEALS)):
            error = self._call(self.autumn, 'write', {'state': 'closed'}, context=context)
            self.assertIn("is not changed by hand", error)
        self._call(self.autumn, 'web_save', {'state': 'closed'}, specification={}, context={'coop_action': True})
        self.autumn.invalidate_recordset()
        self.assertEqual(self.autumn.state, 'running')

    def test_a_state_is_not_created_over_the_wire(self):
        values = {'name': "Forged", 'program_id': self.program.id, 'date_start': '2026-02-01', 'state': 'closed'}
        for context in ({}, {'coop_action': True}, {'default_state': 'closed'}):
            self.assertIn("is not changed by hand", self._call(self.env['coop.cohort'], 'create', [values], context=context))
        del values['state']
        self._call(self.env['coop.cohort'], 'create', [values], context={'default_state': 'closed', 'coop_action': True})
        self.assertFalse(self.env['coop.cohort'].search([('name', '=', "Forged"), ('state', '!=', 'draft')]))

    def test_a_state_is_not_imported_over_the_wire(self):
        rows = [["Forged", str(self.program.id), '2026-02-01', 'closed']]
        result = self._call(
            self.env['coop.cohort'], 'load', ['name', 'program_id/.id', 'date_start', 'state'], rows,
            context={'coop_action': True})
        self.assertFalse(result['ids'])
        self.assertFalse(self.env['coop.cohort'].search([('name', '=', "Forged")]))

    def test_the_clock_is_not_set_back_over_the_wire(self):
        # The day is today's, and the last day can't be after the term's: today is after all of this.
        member = self.lea
        member.invalidate_recordset()
        self._call(member, 'action_complete', context={'coop_clock': '2025-11-11'})
        member.invalidate_recordset()
        self.assertNotEqual(member.date_end, date(2025, 11, 11))

    def test_a_sealed_method_is_not_called_over_the_wire(self):
        for method in ('_provision', '_end', '_set_openings_active', '_refuse_guarded_write'):
            self.assertIn('cannot be called remotely', self._call(self.autumn, method))

    def _call(self, records, method, *args, context=None, **kwargs):
        """Call a method as the web client does; what it answers, or the sentence of its refusal."""
        arguments = [records.ids, *args] if records or method.startswith(('action', 'web_save')) else list(args)
        with mute_logger('odoo.http'):  # each refusal is a warning in the log
            response = self.url_open(
                f'/web/dataset/call_kw/{records._name}/{method}', headers={'Content-Type': 'application/json'},
                data=json.dumps({'jsonrpc': '2.0', 'id': 1, 'method': 'call', 'params': {
                    'model': records._name, 'method': method, 'args': arguments,
                    'kwargs': {**kwargs, 'context': {'lang': 'en_US', **(context or {})}}}})).json()
        return response['error']['data']['message'] if 'error' in response else response.get('result')
