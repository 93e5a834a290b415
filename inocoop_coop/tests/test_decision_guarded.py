from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..tools import clock, guard
from .decisions import DecisionCommon


@tagged('post_install', '-at_install')
class TestDecisionGuarded(DecisionCommon):
    """No call from outside writes a ballot, a roll, a result or a state, except through the actions and their checks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decision = cls._open(cls.simple)
        cls._vote(cls.decision, {'yes': 2})
        # Everybody who could ever try: also who administers the database.
        cls.callers = (cls.members[3], cls.chair, cls.facilitator, cls.manager, cls.env.ref('base.user_admin'))

    def _call(self, user, model, method, *args, **kwargs):
        """As the web client calls: plain values, a context of one's own making."""
        forged = {guard.CONTEXT_KEY: True, clock.CONTEXT_KEY: '2020-01-01', 'su': True}
        return call_kw(self.env[model].with_user(user), method, list(args), {'context': forged, **kwargs})

    def test_states_and_results_are_not_written(self):
        version = self.decision.version_id
        values = {
            'state': 'adopted', 'version_id': version.id, 'date_closed': '2026-01-01 00:00:00',
            'date_deadline': '2030-01-01 00:00:00',
            'elected_ids': [(6, 0, self.members.partner_id.ids)], 'proposer_id': self.members[5].partner_id.id,
            'res_model': 'sale.order',
            'res_id': 1, 'rule_id': False, 'meeting_id': False, 'review_result': 'worked', 'review_note': "Fine",
        }
        for user in self.callers:
            for name, value in values.items():
                with self.assertRaises(UserError, msg=f"{user.login} {name}"):
                    self._call(user, 'coop.decision', 'write', [self.decision.id], {name: value})
                with self.assertRaises(UserError, msg=f"{user.login} {name}"):
                    self._call(user, 'coop.decision', 'web_save', [self.decision.id], {name: value}, specification={})
        self.assertEqual(self.decision.state, 'voting')

    def test_a_decision_is_not_made_with_a_state_or_for_a_document(self):
        values = {'name': "Forged", 'committee_id': self.assembly.id, 'method_id': self.simple.id}
        for user in self.callers:
            for extra in (
                    {'state': 'adopted'}, {'res_model': 'sale.order', 'res_id': 1}, {'proposer_id': self.lea.partner_id.id}):
                if extra.get('proposer_id') == user.partner_id.id:
                    continue
                with self.assertRaises(UserError):
                    self._call(user, 'coop.decision', 'create', [{**values, **extra}])
            result = self._call(user, 'coop.decision', 'load', ['name', 'committee_id/.id', 'method_id/.id', 'state'],
                                [["Imported", str(self.assembly.id), str(self.simple.id), "Adopted"]])
            self.assertFalse(result['ids'], "An import is no way around.")

    def test_rows_of_a_vote_are_not_written_by_anybody(self):
        ballot, elector = self.decision.sudo().ballot_ids[0], self.decision.elector_ids[0]
        version = self.decision.version_id
        writes = {
            ballot: {'choice': 'no'}, elector: {'recused': True}, version: {'outcome': 'adopted'},
        }
        creates = {
            'coop.ballot': {'decision_id': self.decision.id, 'version_id': version.id, 'choice': 'yes'},
            'coop.elector': {'decision_id': self.decision.id, 'version_id': version.id, 'partner_id': self.chloe.partner_id.id},
            'coop.decision.version': {'decision_id': self.decision.id, 'number': 9, 'proposal': "<p>Forged</p>"},
            'coop.nomination': {'decision_id': self.decision.id, 'nominator_id': self.lea.partner_id.id,
                                'candidate_id': self.lea.partner_id.id, 'reason': "Me"},
        }
        for user in self.callers:
            for record, values in writes.items():
                with self.assertRaises(AccessError, msg=record):
                    self._call(user, record._name, 'write', record.ids, values)
                with self.assertRaises(AccessError, msg=record):
                    self._call(user, record._name, 'unlink', record.ids)
                with self.assertRaises(UserError):
                    self._call(user, record._name, 'copy', record.ids)
            for model, values in creates.items():
                with self.assertRaises(AccessError, msg=model):
                    self._call(user, model, 'create', [values])
                loaded = self._try_load(user, model, values)
                self.assertFalse(loaded, f"{user.login} imported a {model}")
        for record, values in writes.items():
            # A server action runs with all rights, and is refused too.
            with self.assertRaises(AccessError, msg=record):
                record.sudo().write(values)
            with self.assertRaises(AccessError):
                record.sudo().unlink()
        for model, values in creates.items():
            with self.assertRaises(AccessError, msg=model):
                self.env[model].sudo().create(values)

    def test_the_decisions_own_lists_are_no_way_around(self):
        ballot = self._sealed(self.decision).ballot_ids[0]
        for user in self.callers:
            for values in ({'ballot_ids': [(1, ballot.id, {'choice': 'no'})]}, {'ballot_ids': [(2, ballot.id)]},
                           {'elector_ids': [(1, self.decision.elector_ids[0].id, {'recused': True})]},
                           {'version_ids': [(1, self.decision.version_id.id, {'proposal': "<p>Forged</p>"})]}):
                with self.assertRaises(UserError):
                    self._call(user, 'coop.decision', 'write', [self.decision.id], values)
        self.assertEqual(self._sealed(self.decision).ballot_ids.mapped('choice'), ['yes', 'yes'])

    def test_private_steps_are_no_endpoints(self):
        for method in ('_close_vote', '_open_vote', '_on_adopted', '_count', '_set_proposal', '_make_version', '_keep_vote',
                       '_cron_votes', '_write_to', '_forget_order', '_seat_elected'):
            with self.assertRaises(AccessError):
                self._call(self.manager, 'coop.decision', method, [self.decision.id])

    def test_a_vote_over_rpc_is_the_callers_own(self):
        self._sealed(self.decision).date_deadline = datetime(2099, 1, 1)  # a call from outside brings no clock of the tests
        self._call(self.members[5], 'coop.decision', 'cast_vote', [self.decision.id], 'no')
        own = self._elector(self.decision, self.members[5])
        ballot = self._sealed(self.decision).ballot_ids.filtered(lambda ballot: ballot.elector_id == own)
        self.assertEqual(ballot.choice, 'no')
        with self.assertRaises(AccessError):
            self._call(self.members[5], 'coop.decision', 'cast_vote', [self.decision.id], 'no',
                       on_behalf_of=self._elector(self.decision, self.members[6]).id)

    def _try_load(self, user, model, values):
        names = list(values)
        fields_ = [f'{name}/.id' if name.endswith('_id') else name for name in names]
        try:
            return self._call(user, model, 'load', fields_, [[str(values[name]) for name in names]])['ids']
        except AccessError:
            return False
