import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ..rules import register as rules
from ..tools import guard
from .decisions import DecisionCommon

GONE = "the decision that it is about is gone"


@tagged('post_install', '-at_install')
class TestRegisterCheck(DecisionCommon):
    """What an administrator of the database changes is found, and named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decisions = [cls._open(cls.simple), cls._open(cls.consent), cls._open(cls.absolute)]
        cls._vote(cls.decisions[0], {'yes': 6, 'no': 3})
        cls._vote(cls.decisions[1], {'consent': 8, 'objection': 1})
        cls._vote(cls.decisions[2], {'no': 9})
        cls.secret = cls._open(cls.election_one, candidate_ids=[
            (6, 0, cls.members[:3].partner_id.ids)], seat_committee_id=cls.board.id, seat_role='treasurer')
        cls._vote(cls.secret, [cls.members[0].partner_id.id] * 6 + [cls.members[1].partner_id.id] * 3)
        cls.register = cls.env['coop.register'].search([('cohort_id', '=', cls.autumn.id)])
        cls.env['coop.register']._append(
            cls.autumn, 'override', {'by': cls.facilitator.partner_id.id}, {}, document=cls.customer)
        cls.env.flush_all()
        cls.entries = {entry.number: entry for entry in cls.register.entry_ids}

    def _found_after(self, query, *values):
        """What the check says after this was done in the database; it is undone then."""
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute(SQL(query, *values))  # pylint: disable=sql-injection
            self.assertTrue(self.env.cr.rowcount, query)
            findings = self.register._verify()
            savepoint.rollback()
        self.env.invalidate_all()
        return findings

    def test_nothing_is_found_where_nobody_changed_anything(self):
        self.assertEqual(self.register.last_number, 5)
        self.assertEqual(self.register._verify(), [])

    # ------------------------------------------------------------
    # In the register
    # ------------------------------------------------------------

    def test_every_column_of_an_entry_is_watched(self):
        other = self.env['res.company'].create({'name': "Other"})
        registers = self.env['coop.register']
        winter = registers._append(self.winter, 'agreement', {'by': 1}).register_id
        self.env.flush_all()
        self.env.cr.execute("UPDATE coop_register_entry SET number = number + 100 WHERE register_id = %s", [winter.id])
        changes = {
            'number': 99, 'content': '{}', 'previous_hash': 'x', 'hash': 'x', 'kind': 'agreement', 'date': '2020-01-01',
            'decision_id': self.secret.id, 'version_id': self.secret.sudo().version_id.id, 'res_model': 'res.users', 'res_id': 1,
            'cohort_id': self.winter.id, 'company_id': other.id, 'register_id': winter.id}
        unwatched = {'id', 'names', 'create_uid', 'create_date', 'write_uid', 'write_date'}
        self.env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'coop_register_entry'")
        self.assertEqual({name for [name] in self.env.cr.fetchall()}, changes.keys() | unwatched)
        for number in (1, 2, 3):
            for column, value in changes.items():
                found = self._found_after(
                    "UPDATE coop_register_entry SET %s = %s WHERE id = %s", SQL.identifier(column), value,
                    self.entries[number].id)
                self.assertTrue(found, column)
                self.assertIn(found[0][0], (number, 99), (column, found))
        for column in ('kind', 'date', 'decision_id', 'version_id', 'res_id', 'cohort_id', 'company_id'):
            [first, *_others] = self._found_after(
                "UPDATE coop_register_entry SET %s = %s WHERE id = %s", SQL.identifier(column), changes[column],
                self.entries[1].id)
            label = self.env['coop.register.entry']._fields[column].get_description(self.env)['string']
            self.assertEqual(first, (1, f"Entry 1: its “{label}” is not the one that was written."))

    def test_each_entry_whose_content_was_changed_is_named(self):
        for number, entry in self.entries.items():
            for content in (entry.content.replace('{', '{ ', 1), '{}', 'not JSON', '[]', '1', ''):
                found = self._found_after("UPDATE coop_register_entry SET content = %s WHERE id = %s", content, entry.id)
                self.assertEqual(found, [(
                    number, f"Entry {number}: what it says, its number or its hash was changed after it was written.")])

    def test_each_entry_that_is_gone_is_named(self):
        for number, entry in self.entries.items():
            found = self._found_after("DELETE FROM coop_register_entry WHERE id = %s", entry.id)
            self.assertEqual(found, [(number, f"Entry {number} is gone.")])
        found = self._found_after("DELETE FROM coop_register_entry WHERE register_id = %s AND number > 2", self.register.id)
        self.assertEqual(found, [(3, "Entries 3 to 5 are gone.")])
        found = self._found_after("DELETE FROM coop_register_entry WHERE register_id = %s", self.register.id)
        self.assertEqual(found, [(1, "Entries 1 to 5 are gone.")])

    def test_the_subject_that_is_shown_is_watched_too(self):
        entry = self.entries[1]
        self.env.cr.execute(
            "UPDATE coop_register_entry SET names = jsonb_set(names, '{subject}', to_jsonb('A car for me'::text)) WHERE id = %s",
            [entry.id])
        self.env.invalidate_all()
        found = entry.register_id._verify()
        self.assertEqual([number for number, _sentence in found], [entry.number])
        self.assertIn("Subject", found[0][1])

    def test_every_column_of_the_register_is_watched(self):
        other = self.env['res.company'].create({'name': "Other"})
        cohort = self._create_cohort("Spring", self.autumn.date_start)
        changes = {'last_number': 4, 'last_hash': 'x', 'cohort_id': cohort.id, 'company_id': other.id}
        self.env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'coop_register'")
        self.assertEqual(
            {name for [name] in self.env.cr.fetchall()},
            changes.keys() | {'id', 'create_uid', 'create_date', 'write_uid', 'write_date'})
        for column, value in {**changes, 'last_hash': None}.items():
            self.assertTrue(self._found_after(
                "UPDATE coop_register SET %s = %s WHERE id = %s", SQL.identifier(column), value, self.register.id))
        found = self._found_after("UPDATE coop_register SET last_hash = 'x' WHERE id = %s", self.register.id)
        self.assertEqual([number for number, _sentence in found], [0])
        self.assertIn("remembers another last entry", found[0][1])

    def test_an_entry_that_was_added_is_named(self):
        found = self._found_after(
            """INSERT INTO coop_register_entry (register_id, cohort_id, company_id, number, date, kind, content, hash)
               SELECT register_id, cohort_id, company_id, 6, date, kind, content, hash FROM coop_register_entry WHERE id = %s""",
            self.entries[5].id)
        self.assertEqual(found[0][0], 6)
        self.assertIn((6, "Entry 6 was added past the register's own count."), found)

    # ------------------------------------------------------------
    # The whole chain
    # ------------------------------------------------------------

    def _write_again_from(self, number):
        """What an administrator can do who knows how hashes are made: change an entry and write the chain again."""
        previous = self.entries[number].previous_hash
        for entry in self.register.entry_ids.sorted('number').filtered(lambda entry: entry.number >= number):
            content = json.loads(entry.content)
            content['forged'] = True
            text = rules.canonical(content)
            own = rules.digest(previous, entry.number, text)
            self.env.cr.execute(
                "UPDATE coop_register_entry SET content = %s, previous_hash = %s, hash = %s WHERE id = %s",
                [text, previous, own, entry.id])
            previous = own
        self.env.cr.execute("UPDATE coop_register SET last_hash = %s WHERE id = %s", [previous, self.register.id])
        self.env.invalidate_all()

    def test_a_chain_that_was_written_again_is_found_with_an_old_hash(self):
        old = {number: entry.hash for number, entry in self.entries.items()}
        for number in old:
            with self.env.cr.savepoint() as savepoint:
                self._write_again_from(number)
                self.assertEqual(self.register._verify(), [], "Nothing in the database tells.")
                for kept, known_hash in old.items():
                    found = self.register._verify(known_hash)
                    if kept < number:
                        self.assertEqual(found, [])
                    else:
                        [(where, sentence)] = found
                        self.assertEqual(where, 0)
                        self.assertIn("the register was written again after that", sentence)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_a_register_whose_end_was_cut_off_is_found_with_an_old_hash(self):
        old = self.register.last_hash
        self.env.cr.execute("DELETE FROM coop_register_entry WHERE id = %s", [self.entries[5].id])
        self.env.cr.execute("UPDATE coop_register SET last_number = 4, last_hash = %s", [self.entries[4].hash])
        self.env.invalidate_all()
        self.assertEqual(self.register._verify(), [])
        self.assertTrue(self.register._verify(old))
        self.assertEqual(self.register._verify(self.entries[4].hash), [])

    def test_a_hash_is_found_as_it_was_copied_and_what_is_none_is_refused(self):
        for number, entry in self.entries.items():
            for copied in (entry.hash, f" {entry.hash.upper()}\n", entry.hash.removeprefix('$1$'),
                           f"{entry.hash[:40]}\n{entry.hash[40:]}"):
                self.assertEqual(self.register._find_hash(copied), number)
                self.assertEqual(self.register._verify(copied), [])
        for wrong in ("abc", entry.hash[:-1], 5, ['x'], "x" * 64):
            with self.assertRefused(UserError, "not a hash of a register"):
                self.register._verify(wrong)

    # ------------------------------------------------------------
    # In the decisions
    # ------------------------------------------------------------

    def _assert_found(self, number, sentence, query, *values):
        self.assertEqual(self._found_after(query, *values), [(number, f"Entry {number}: {sentence}.")], query)

    def test_a_proposal_that_is_not_the_one_that_was_voted_is_named(self):
        self._assert_found(
            1, "the proposal that was voted is not what stands in the decision now",
            "UPDATE coop_decision_version SET proposal = '<p>We buy two.</p>' WHERE decision_id = %s", self.decisions[0].id)

    def test_ballots_that_are_not_those_that_were_counted_are_named(self):
        sentence = "the ballots that were counted are not those of the decision now"
        changes = (
            "UPDATE coop_ballot SET choice = 'abstain' WHERE id = (SELECT min(id) FROM coop_ballot WHERE decision_id = %s)",
            "DELETE FROM coop_ballot WHERE id = (SELECT min(id) FROM coop_ballot WHERE decision_id = %s)",
            """INSERT INTO coop_ballot (decision_id, version_id, choice, candidates)
               SELECT decision_id, version_id, choice, candidates FROM coop_ballot WHERE decision_id = %s LIMIT 1""",
        )
        for number, decision in enumerate([*self.decisions, self.secret], 1):
            for change in changes:
                self._assert_found(number, sentence, change, decision.id)
        self._assert_found(
            4, sentence, """UPDATE coop_ballot SET candidates = '[1]' WHERE id = (
                SELECT min(id) FROM coop_ballot WHERE decision_id = %s)""", self.secret.id)
        self._assert_found(
            1, sentence, """UPDATE coop_ballot SET elector_id = NULL WHERE id = (
                SELECT min(id) FROM coop_ballot WHERE decision_id = %s)""", self.decisions[0].id)

    def test_a_roll_that_was_changed_is_named(self):
        sentence = "the roll of those who could vote is not that of the decision now"
        first = self.decisions[0].sudo().elector_ids[0].id
        for change in (SQL("recused = TRUE"), SQL("voted = FALSE"), SQL("represented_by_id = id")):
            self._assert_found(1, sentence, "UPDATE coop_elector SET %s WHERE id = %s", change, first)
        found = self._found_after("UPDATE coop_elector SET partner_id = %s WHERE id = %s", self.chloe.partner_id.id, first)
        self.assertIn((1, f"Entry 1: {sentence}."), found)

    def test_a_result_that_was_changed_is_named(self):
        decision = self.decisions[2]
        self._assert_found(
            3, "the count that was written is not that of the decision now",
            """UPDATE coop_decision_version SET result = result || '{"yes": 9}' WHERE decision_id = %s""", decision.id)
        outcome = "the outcome that was written is not that of the decision now"
        self._assert_found(
            3, outcome, "UPDATE coop_decision_version SET outcome = 'adopted' WHERE decision_id = %s", decision.id)
        self._assert_found(3, outcome, "UPDATE coop_decision SET state = 'adopted' WHERE id = %s", decision.id)
        vote = "when and how it was voted is not what stands in the decision now"
        for change in (SQL("date_opened = '2020-01-01'"), SQL("date_closed = NULL"), SQL("round_number = 2"), SQL("number = 7"),
                       SQL("""terms = terms || '{"numerator": 0}'""")):
            self._assert_found(3, vote, "UPDATE coop_decision_version SET %s WHERE decision_id = %s", change, decision.id)
        subject = "what was voted on is not what the decision is about now"
        self._assert_found(
            3, subject, """UPDATE coop_decision_version SET covered = '{"total": 1}' WHERE decision_id = %s""", decision.id)
        self._assert_found(
            3, subject, "UPDATE coop_decision SET res_model = 'sale.order', res_id = 1 WHERE id = %s", decision.id)

    def test_what_can_not_be_read_as_a_vote_is_named(self):
        for change in (SQL("result = '[]'"), SQL("result = NULL"), SQL("result = '{\"yes\": 1.5}'"), SQL("terms = NULL")):
            found = self._found_after(
                "UPDATE coop_decision_version SET %s WHERE decision_id = %s", change, self.decisions[0].id)
            self.assertEqual({number for number, _sentence in found}, {1}, change)
        found = self._found_after("UPDATE coop_ballot SET candidates = '[1.5]' WHERE decision_id = %s", self.secret.id)
        self.assertEqual(found, [(4, "Entry 4: what stands in the decision now can't be read as a vote any more.")])

    def test_who_was_elected_is_watched(self):
        version = self.secret.sudo().version_id
        self.assertEqual(version.elected_ids, self.members[0].partner_id)
        sentence = "those who were elected are not those of the decision now"
        self._assert_found(
            4, sentence, "UPDATE coop_decision_version_elected_rel SET partner_id = %s WHERE version_id = %s",
            self.members[1].partner_id.id, version.id)
        self._assert_found(
            4, "the candidates are not those of the decision now",
            "DELETE FROM coop_decision_version_candidate_rel WHERE version_id = %s AND partner_id = %s",
            version.id, self.members[2].partner_id.id)

    def test_a_decision_that_is_gone_is_named(self):
        self.env.cr.execute("ALTER TABLE coop_register_entry DROP CONSTRAINT coop_register_entry_version_id_fkey")
        self.env.cr.execute("ALTER TABLE coop_register_entry DROP CONSTRAINT coop_register_entry_decision_id_fkey")
        self._assert_found(1, GONE, "DELETE FROM coop_decision WHERE id = %s", self.decisions[0].id)

    def test_what_happens_to_people_and_decisions_afterwards_is_no_finding(self):
        # An amendment and another vote
        rejected = self.decisions[1]
        rejected.action_amend("<p>We rent one.</p>", "Nobody could store it")
        self.assertEqual(self.register._verify(), [])
        rejected.action_open_vote()
        self.assertEqual(self.register._verify(), [])
        self._vote(rejected, {'consent': 9})
        self.assertEqual(self.register.last_number, 6)
        self.assertEqual(self.register._verify(), [])
        # Somebody leaves, is renamed and archived
        self.memberships[2].action_leave()
        self.lea.partner_id.name = "Léa Renamed"
        self.members[2].active = False
        self.members[2].partner_id.active = False
        self.assertEqual(self.register._verify(), [])
        # The cohort ends
        self._close(self.autumn)
        self.assertEqual(self.register._verify(), [])

    # ------------------------------------------------------------
    # The dialog
    # ------------------------------------------------------------

    def _check_as(self, user, known_hash=None):
        action = self.register.with_user(user).action_check()
        form = Form(self.env['coop.register.check'].with_user(user).with_context(**action['context']))
        if known_hash:
            form.known_hash = known_hash
        dialog = form.save()
        self.assertEqual(dialog.action_check()['res_id'], dialog.id)
        return dialog

    def test_whoever_reads_the_register_can_check_it(self):
        for user in (self.members[5], self.facilitator, self.psychologist, self.manager, self.accountant):
            dialog = self._check_as(user, self.entries[2].hash)
            self.assertEqual(dialog.result, 'ok', user.login)
            self.assertIn("All 5 entries are as they were written", dialog.report)
            self.assertIn(self.register.last_hash, dialog.report)
            self.assertIn("The hash that you gave is that of entry 2.", dialog.report)
        with self.assertRaises(AccessError):
            self._check_as(self.other_facilitator)
        with self.assertRaises(AccessError):
            self.env['coop.register.check'].with_user(self.chloe.user_id).create(
                {'register_id': self.register.id}).action_check()

    def test_who_may_not_read_the_register_any_more_can_not_check_it_either(self):
        dialog = self._check_as(self.members[5])
        self.memberships[5].action_leave()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            dialog.action_check()

    def test_the_dialog_lists_what_it_finds(self):
        self.env.cr.execute("UPDATE coop_register_entry SET content = '{}' WHERE id = %s", [self.entries[2].id])
        dialog = self._check_as(self.members[5], 'ab' * 32)
        self.assertEqual(dialog.result, 'bad')
        self.assertIn("Entry 2: what it says", dialog.report)
        self.assertIn("the register was written again after that", dialog.report)
        self.assertNotIn("as they were written", dialog.report)

    def test_a_wrong_hash_gets_a_sentence(self):
        with self.assertRefused(UserError, "not a hash of a register"):
            self._check_as(self.members[5], "hello")

    def test_the_dialog_knows_which_register_is_meant(self):
        lists = self.env['coop.register.entry']
        self.assertEqual(lists.with_user(self.members[5]).action_check()['context']['default_register_id'], self.register.id)
        self.env['coop.register']._append(self.winter, 'agreement', {'by': 1})
        self.assertFalse(lists.with_user(self.manager).action_check()['context']['default_register_id'])
        entry = self.entries[1].with_user(self.manager)
        self.assertEqual(entry.action_check()['context']['default_register_id'], self.register.id)
        self.assertEqual(lists.with_user(self.manager).action_print()['res_model'], 'coop.register')
        self.assertEqual(entry.action_print()['type'], 'ir.actions.report')

    def test_the_check_does_not_look_at_what_odoo_remembers(self):
        self.assertEqual(self.entries[1].kind, 'vote')  # is in the cache
        self.env.cr.execute("UPDATE coop_register_entry SET kind = 'agreement' WHERE id = %s", [self.entries[1].id])
        self.assertTrue(self.register._verify())

    def test_a_name_that_was_removed_is_no_finding(self):
        guard.sealed(self.entries[1].sudo()).names = {}
        self.assertEqual(self.register._verify(), [])
