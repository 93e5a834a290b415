import json

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..rules import register as rules
from .coop_register import WHERE


class CoopRegister(models.Model):
    """Whether the register is as it was written, and what was voted is what stands in the decisions now."""
    _inherit = 'coop.register'

    def _verify(self, known_hash=None):
        """What is not as it was written; nothing in a register that nobody touched.

        It reads the database, not what Odoo remembers. An administrator of the database could write
        the whole chain again, with right hashes: only a hash that was kept elsewhere (in a mail, in
        printed minutes) tells. Who calls this has checked that the reader may read the register.

        :param str known_hash: such a hash, as it was copied
        :return: ``[(number of the entry, sentence)]``; the number is 0 for the register itself
        :raise UserError: when the known hash can't be one
        """
        self.ensure_one()
        self.env.flush_all()
        self.env.invalidate_all(flush=False)
        [[cohort_id, company_id, last_number, last_hash]] = self.env.execute_query(SQL(
            "SELECT cohort_id, company_id, last_number, last_hash FROM coop_register WHERE id = %s", self.id))
        rows = self._fetch_entries()
        chain = [tuple(row[name] or default for name, default in (
            ('number', 0), ('content', ''), ('previous_hash', ''), ('hash', ''))) for row in rows]
        broken = rules.verify(chain, last_number, last_hash or '')
        findings = [(finding.number, self._explain(finding)) for finding in broken]
        # What an altered entry says can't be compared with anything.
        untrue = {finding.number for finding in broken if finding.code == 'altered'}
        trusted = [(row, self._read_content(row)) for row in rows if row['number'] not in untrue]
        for row, content in trusted:
            findings += self._verify_columns(row, content, cohort_id, company_id)
        findings += self._verify_votes(trusted)
        number = self._find_hash(known_hash, rows) if known_hash else None
        if number == 0:
            findings.append((0, self.env._(
                "No entry has the hash that you gave. If it comes from a mail or a printed document of this cohort, the "
                "register was written again after that.")))
        return sorted(findings, key=lambda finding: finding[0] or last_number + 1)

    def _fetch_entries(self):
        names = (
            'number', 'content', 'previous_hash', 'hash', 'kind', 'date', 'decision_id', 'version_id', 'res_model', 'res_id',
            'cohort_id', 'company_id', 'names')
        rows = self.env.execute_query(SQL(
            "SELECT %s FROM coop_register_entry WHERE register_id = %s ORDER BY number, id",
            SQL(', ').join(map(SQL.identifier, names)), self.id))
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _find_hash(self, known_hash, rows=None):
        """The number of the entry that has this hash; 0 when none has it.

        :raise UserError: when it can't be a hash
        """
        cleaned = rules.clean_hash(known_hash) if isinstance(known_hash, str) else None
        if not cleaned:
            raise UserError(self.env._(
                "This is not a hash of a register: it has 64 digits and letters from a to f after “$1$”. Copy it once more, "
                "from the beginning to the end."))
        rows = self._fetch_entries() if rows is None else rows
        return next((row['number'] for row in rows if row['hash'] == cleaned), 0)

    def _explain(self, finding):
        sentences = {
            'altered': lambda: self.env._(
                "Entry %s: what it says, its number or its hash was changed after it was written.", finding.number),
            'unlinked': lambda: self.env._(
                "Entry %s does not follow on the one before: one of the two was written again.", finding.number),
            'duplicate': lambda: self.env._("Entry %s is there more than once.", finding.number),
            'beyond': lambda: self.env._("Entry %s was added past the register's own count.", finding.number),
            'header': lambda: self.env._(
                "The register remembers another last entry than it has: its memory was changed, or its last entry was written "
                "again."),
        }
        if finding.code in sentences:
            return sentences[finding.code]()
        if finding.number == finding.last:
            return self.env._("Entry %s is gone.", finding.number)
        return self.env._("Entries %(first)s to %(last)s are gone.", first=finding.number, last=finding.last)

    # ------------------------------------------------------------
    # An entry and what it is of
    # ------------------------------------------------------------

    @staticmethod
    def _read_content(row):
        try:
            content = json.loads(row['content'])
        except ValueError:
            return {}
        return content if isinstance(content, dict) else {}

    def _verify_columns(self, row, content, cohort_id, company_id):
        """Compare what the entry's columns say with its content."""
        entries = self.env['coop.register.entry']
        said = content.get(WHERE)
        said = said if isinstance(said, dict) else {}
        # sudo: the number of the company of a register that the reader may read.
        company_of_cohort = self.env['coop.cohort'].sudo().browse(cohort_id).company_id.id
        really = {'cohort': cohort_id, **entries._write_columns(row)}
        labels = {
            'cohort': 'cohort_id', 'kind': 'kind', 'date': 'date', 'decision': 'decision_id', 'version': 'version_id',
            'document': 'res_id'}
        changed = [field for key, field in labels.items() if said.get(key) != really[key]]
        subject = (row['names'] or {}).get('subject')
        if subject and content.get('subject_sha256') not in (None, rules.digest_of_text(subject)):
            changed.append('subject')  # one that is gone is no finding: a person may be forgotten
        if row['cohort_id'] != cohort_id and 'cohort_id' not in changed:
            changed.append('cohort_id')
        if {row['company_id'], company_id} != {company_of_cohort}:
            changed.append('company_id')
        return [(row['number'], self.env._(
            "Entry %(number)s: its “%(field)s” is not the one that was written.", number=row['number'],
            field=entries._fields[field].get_description(self.env)['string'])) for field in changed]

    # ------------------------------------------------------------
    # A vote and what stands in its decision
    # ------------------------------------------------------------

    def _verify_votes(self, trusted):
        """Compare each vote with what stands in its decision now."""
        # sudo: who reads the register may ask whether it is true; only the name of what differs is told.
        versions = {
            version.id: version for version in
            self.env['coop.decision.version'].sudo().browse({row['version_id'] for row, _content in trusted} - {None}).exists()}
        findings = []
        for row, content in trusted:
            if row['kind'] != 'vote' or 'proposal_sha256' not in content:
                continue
            version = versions.get(row['version_id'])
            # Of two sentences that say the same, one.
            sentences = dict.fromkeys(self._compare_vote(version, content) if version else [
                self.env._("the decision that it is about is gone")])
            findings += [(row['number'], self.env._("Entry %(number)s: %(what)s.", number=row['number'], what=sentence))
                         for sentence in sentences]
        return findings

    def _compare_vote(self, version, content):
        """What of the vote is not what was written, in words."""
        version = version.with_context(active_test=False)  # people are archived later
        decision = version.decision_id
        vote = self.env._("when and how it was voted is not what stands in the decision now")
        subject = self.env._("what was voted on is not what the decision is about now")
        sentences = {
            'decision': subject, 'version': vote, 'terms': vote, 'opened': vote, 'closed': vote, 'round': vote,
            'subject_sha256': self.env._("the subject of the decision is not the one that was voted"),
            'proposal_sha256': self.env._("the proposal that was voted is not what stands in the decision now"),
            'ballots_sha256': self.env._("the ballots that were counted are not those of the decision now"),
            'roll': self.env._("the roll of those who could vote is not that of the decision now"),
            'candidates': self.env._("the candidates are not those of the decision now"),
            'result': self.env._("the count that was written is not that of the decision now"),
            'outcome': self.env._("the outcome that was written is not that of the decision now"),
            'covered': subject, 'rule': subject, 'document': subject,
        }
        try:
            now = decision._prepare_entry(version, content.get('how'))
            written = [sentence for key, sentence in sentences.items() if self._differs(now.get(key), content.get(key))]
        except (TypeError, ValueError, KeyError, AttributeError):
            return [self.env._("what stands in the decision now can't be read as a vote any more")]
        result = content.get('result')
        if isinstance(result, dict) and sorted(result.get('elected') or []) != sorted(version.elected_ids.ids):
            written.append(self.env._("those who were elected are not those of the decision now"))
        # A later version may be under discussion, or decided otherwise; who was elected in an earlier round stays so.
        if decision.version_id == version and decision.state != content.get('outcome') and not (
                decision.elected_ids and decision.state == 'adopted'):
            written.append(sentences['outcome'])
        return written

    @staticmethod
    def _differs(one, other):
        def text(value):
            return json.dumps(value, sort_keys=True, default=fields.Datetime.to_string)
        return text(one) != text(other)
