import logging
from collections import defaultdict
from contextlib import contextmanager

import psycopg2

from odoo.exceptions import AccessError, MissingError, RedirectWarning, UserError, ValidationError
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from .access_table import OPERATIONS, ROLES, parse
from .roles import MODELS, RolesCommon

_logger = logging.getLogger(__name__)


def _named(*errors):
    return {f'odoo.exceptions.{error.__name__}' for error in errors}


REFUSED = _named(AccessError, MissingError)
EXPLAINED = _named(UserError, ValidationError, RedirectWarning)
OUR_GROUPS = ('confined', 'member', 'psychologist', 'facilitator', 'manager')


class RolesCase(RolesCommon):
    """A cell of the table is tried, and what it did undone."""

    @contextmanager
    def _rolled_back(self):
        """What happens inside is undone, whoever does it: the server of a test works in the same transaction."""
        self.env.flush_all()
        self.env.cr.execute('SAVEPOINT cell')
        try:
            yield
        finally:
            self.env.transaction.clear()
            self.env.cr.execute('ROLLBACK TO SAVEPOINT cell')
            self.env.cr.execute('RELEASE SAVEPOINT cell')

    def _try(self, role, what, whose, letter):
        """The letter that stands for what happens when this role does that."""
        call = self._prepare_call(role, what, whose, letter)
        if not call:
            return '.'
        with self._rolled_back():
            error, result = self._call(role, *call)
            changed = not error and letter != 'r' and call[0].startswith(('coop.', 'res.users'))
        if changed:
            # What users hold is kept in memory, where nothing is rolled back.
            self.env.registry.clear_cache()
        if error in REFUSED:
            return '-'
        if error:
            self.assertIn(error, EXPLAINED, (role, what, whose, letter, result))
            # Who may do nothing there may get another sentence first. Companies are kept apart by sentences.
            if whose == 'company' or role in ('done', 'left'):
                return '-'
            model = self.env[call[0]].with_user(self.roles[role])
            rows = model if letter == 'c' else model.browse(call[2][0])
            return letter.upper() if rows.has_access(OPERATIONS[letter]) else '-'
        if letter == 'r':
            # Odoo masks some rows instead of hiding them.
            ids, [field] = call[2]
            told = self.env[call[0]].sudo().browse(ids).read([field])
            return letter if result == self._as_sent(told) else '-'
        return letter

    def _call(self, role, model, method, arguments):
        """Call the method as the role.

        :return: the name of the error, if there is one, and what the method returns or the error says
        """
        raise NotImplementedError

    @staticmethod
    def _as_sent(rows):
        return [{name: list(value) if isinstance(value, tuple) else value for name, value in row.items()} for row in rows]

    @staticmethod
    def _quiet():
        return mute_logger('odoo.http', 'odoo.addons.base.models.ir_rule', 'odoo.addons.base.models.ir_model', 'odoo.sql_db')


@tagged('post_install', '-at_install')
class TestRoles(RolesCase, HttpCase):
    """Each role does what the table says and nothing else, over RPC, as anybody can call it."""

    def _call(self, role, model, method, arguments, **options):
        answer = self.opener.post(f'{self.base_url()}/web/dataset/call_kw/{model}/{method}', json={
            'id': 0, 'jsonrpc': '2.0', 'method': 'call',
            'params': {'model': model, 'method': method, 'args': arguments, 'kwargs': options}}, timeout=60).json()
        if 'error' in answer:
            return answer['error']['data']['name'], answer['error']['data']['message']
        return None, answer['result']

    def _log_in(self, role):
        user = self.roles[role]
        user.password = f'{user.login}-{user.login}'
        self.authenticate(user.login, f'{user.login}-{user.login}')

    def _walk(self, role):
        self._log_in(role)
        with self._quiet():
            return {line: ''.join(self._try(role, *line, letter) for letter in OPERATIONS) for line in self._get_lines()}

    def _find(self, role, table):
        """What each model gives when it is searched for all rows of the table, and what the table lets be read."""
        asked, readable = defaultdict(list), defaultdict(list)
        for (what, whose), cell in table.items():
            # A private appointment is there, and masked.
            if cell[0] == '.' or what == 'private.appointment':
                continue
            row, model = self._get_row(role, what, whose), MODELS.get(what, what)
            asked[model] += row.ids
            readable[model] += row.ids if cell[0] == 'r' else []
        found = {}
        with self._quiet():
            for model, ids in asked.items():
                error, result = self._call(role, model, 'search', [[('id', 'in', ids)]], context={'active_test': False})
                self.assertIn(error, {None, *REFUSED})
                found[model] = set() if error else set(result)
        return found, {model: set(ids) for model, ids in readable.items()}

    def _check(self, role):
        expected = {line: cells[role] for line, cells in parse().items()}
        found = self._walk(role)
        self.assertEqual(list(found), list(expected), "the table has another line for each row, or another order")
        differences = [f"{what} {whose}: {expected[what, whose]} in the table, really {cell}"
                       for (what, whose), cell in found.items() if cell != expected[what, whose]]
        self.assertEqual(differences, [], f"{ROLES[role]}:\n" + '\n'.join(differences))
        searched, readable = self._find(role, expected)
        self.assertEqual(searched, readable)

    def test_a_member_without_a_mandate_does_what_the_table_says(self):
        self._check('member')

    def test_a_member_with_every_door_does_what_the_table_says(self):
        self._check('doors')

    def test_who_only_interviews_does_what_the_table_says(self):
        self._check('hiring')

    def test_who_completed_does_what_the_table_says(self):
        self._check('done')

    def test_who_left_early_does_what_the_table_says(self):
        self._check('left')

    def test_a_facilitator_does_what_the_table_says(self):
        self._check('facil')

    def test_a_psychologist_does_what_the_table_says(self):
        self._check('psych')

    def test_a_programme_manager_does_what_the_table_says(self):
        self._check('manag')

    def test_an_accountant_does_what_the_table_says(self):
        self._check('accnt')

    def test_an_auditor_and_a_clerk_do_what_the_table_says(self):
        self._check('audit')
        self._check('clerk')

    def test_an_administrator_without_a_role_does_what_the_table_says(self):
        self._check('admin')

    def test_a_portal_user_does_what_the_table_says(self):
        self._check('portal')

    def test_who_is_not_logged_in_is_answered_nothing(self):
        self.authenticate(None, None)
        with self._quiet():
            for what, whose in self._get_lines():
                for letter in OPERATIONS:
                    call = self._prepare_call('member', what, whose, letter)
                    if call and whose in ('all', 'own', 'mine'):
                        error, _message = self._call('public', *call)
                        self.assertEqual(error, 'odoo.http.SessionExpiredException', call)

    def test_every_role_has_its_test(self):
        self.assertEqual(set(ROLES), set(self.roles))


@tagged('post_install', '-at_install')
class TestRolesNeedEach(RolesCase, TransactionCase):
    """Of what gives the roles their access, nothing is there for nothing."""

    def _call(self, role, model, method, arguments):
        records = self.env(user=self.roles[role], su=False, context={'lang': 'en_US', 'tz': 'UTC'})[model]
        if method != 'create':
            ids, *arguments = arguments
            records = records.browse(ids)
        try:
            result = getattr(records, method)(*arguments)
            self.env.flush_all()
        except (AccessError, MissingError, UserError, RedirectWarning) as error:
            return f'odoo.exceptions.{type(error).__name__}', str(error)
        except psycopg2.IntegrityError as error:  # as the server says it
            return 'odoo.exceptions.ValidationError', str(error)
        return None, self._as_sent(result) if method == 'read' else None

    @contextmanager
    def _without(self, query):
        """Remove a line below the ORM, so that no check of Odoo's steps in, and put it back."""
        with self._rolled_back():
            self.env.cr.execute(query)
            self.env.invalidate_all()
            self.env.registry.clear_all_caches()
            yield
        self.env.registry.clear_all_caches()

    def _is_needed(self, query, cells):
        """Whether, without it, one of the cells is not what the table says. It must be so again afterwards."""
        with self._quiet():
            changed = None
            with self._without(query):
                for role, line, letter, expected in cells:
                    if self._try(role, *line, letter) != expected:
                        changed = role, line, letter, expected
                        break
            if changed:
                role, line, letter, expected = changed
                self.assertEqual(self._try(role, *line, letter), expected, changed)
        return bool(changed)

    def _check_each_is_needed(self, removals):
        """Remove one thing at a time.

        :param removals: for each its name, the query that removes it and the cells that may change
        """
        killed, survived = [], []
        for name, query, cells in removals:
            (killed if self._is_needed(query, cells) else survived).append(name)
        self.assertEqual(survived, [])
        _logger.info("killed %s of %s", len(killed), len(killed) + len(survived))

    def _get_cells(self):
        """The cells, letter by letter: the role, the line, what is done and what the table says of it."""
        return [
            (role, line, letter, said) for line, row in parse().items() for role, cell in row.items()
            for letter, said in zip(OPERATIONS, cell, strict=True) if said != '.']

    def _get_holders(self, group):
        return {role for role, user in self.roles.items() if group in user.all_group_ids}

    def _get_ours(self, model):
        return self.env[model].browse(
            self.env['ir.model.data'].search([('module', '=', 'inocoop_coop'), ('model', '=', model)]).mapped('res_id'))

    def test_without_any_one_access_line_or_group_a_cell_changes(self):
        allowed = [cell for cell in self._get_cells() if cell[2] == cell[3]]
        removals = []
        for line in self._get_ours('ir.model.access'):
            model, holders = line.model_id.model, self._get_holders(line.group_id)
            granted = {letter for letter, operation in OPERATIONS.items() if line[f'perm_{operation}']}
            removals.append((line.name, SQL("DELETE FROM ir_model_access WHERE id = %s", line.id), [
                cell for cell in allowed if cell[0] in holders and cell[2] in granted
                # A dialog has its lines made with it.
                and model.startswith(MODELS.get(cell[1][0], cell[1][0]))]))
        for name in OUR_GROUPS:
            group = self.env.ref(f'inocoop_coop.group_{name}')
            holders = self._get_holders(group)
            for implied in group.implied_ids:
                removals.append((
                    f"{group.full_name} > {implied.full_name}",
                    SQL("DELETE FROM res_groups_implied_rel WHERE gid = %s AND hid = %s", group.id, implied.id),
                    [cell for cell in allowed if cell[0] in holders]))
        self._check_each_is_needed(removals)

    def test_without_any_one_rule_beside_the_confinement_a_cell_changes(self):
        # Those of confinement.py are removed one by one in test_confinement.py; who knows where a member is paid, the table
        # does not say, and test_revenue_share_payment.py does.
        rules = self._get_ours('ir.rule').filtered(
            lambda rule: 'scoped to cohorts' not in rule.name and rule.model_id.model != 'res.partner.bank')
        self._check_each_is_needed([
            (rule.name, SQL("UPDATE ir_rule SET active = FALSE WHERE id = %s", rule.id), [
                cell for cell in self._get_cells() if MODELS.get(cell[1][0], cell[1][0]) == rule.model_id.model])
            for rule in rules])
