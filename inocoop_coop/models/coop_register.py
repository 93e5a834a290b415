from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import register as rules
from ..tools import clock, guard, language
from ..tools.dialog import open_dialog

WHERE = 'entry'  # the key of an entry's content that says of what the entry is


class CoopRegister(models.Model):
    """What a cohort decided: entries numbered without gaps, each with a hash over itself and the hash before.

    It is made with the first entry. Nobody writes in it, whatever their rights: a closing does. What is
    changed below Odoo is found by the check, see ``coop_register_check.py``.
    """
    _name = 'coop.register'
    _description = "Register of Decisions"
    _inherit = ['coop.sealed.mixin']
    _order = 'cohort_id'
    _rec_names_search = ['cohort_id']

    cohort_id = fields.Many2one('coop.cohort', required=True, readonly=True, ondelete='restrict')
    company_id = fields.Many2one(related='cohort_id.company_id', store=True, index=True)
    last_number = fields.Integer("Number of Entries", required=True, readonly=True, default=0)
    last_hash = fields.Char(readonly=True)
    entry_ids = fields.One2many('coop.register.entry', 'register_id', string="Entries", readonly=True)

    _cohort_unique = models.UniqueIndex('(cohort_id)', "A cohort has one register.")

    @api.depends('cohort_id')
    def _compute_display_name(self):
        for register in self:
            register.display_name = self.env._("Register of %s", register.cohort_id.name or "")

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    @api.model
    def _append(self, cohort, kind, content, names=None, decision=None, version=None, document=None):  # noqa: PLR0913, PLR0917
        """Write the next entry of the cohort's register. Who calls this has checked who asks, and has all rights.

        Two closings at once come one after the other: both write the register's row, and the database
        lets the second one start again. What is rolled back leaves no gap.

        :param cohort: whose register
        :param str kind: one of the entry's kinds
        :param dict content: identifiers, codes, whole numbers and ISO dates: what the hash is of. No names.
        :param dict names: names beside, which the hash is not of, so that a person can be forgotten later:
            ``{'subject': "New tools", 'partner:12': "Léa Martin"}``
        :param decision: the ``coop.decision`` it is about
        :param version: the ``coop.decision.version`` that was voted
        :param document: the record of any model it is about
        :return: the entry
        :raise TypeError: when the content has something else in it than texts and whole numbers
        """
        cohort.ensure_one()
        decision = decision or self.env['coop.decision']
        version = version or self.env['coop.decision.version']
        entries = self.env['coop.register.entry']
        columns = {
            'kind': kind,
            'date': clock.now(self.env).replace(microsecond=0),
            'decision_id': decision.id,
            'version_id': version.id,
            'res_model': document._name if document else False,
            'res_id': document.id if document else False,
        }
        if WHERE in content or any(record.cohort_id != cohort for record in decision):
            raise ValueError(f"this is no entry of cohort {cohort.id}: {content}")
        text = rules.canonical({**content, WHERE: {'cohort': cohort.id, **entries._write_columns(columns)}})
        register, number, previous = self._take_number(cohort)
        own = rules.digest(previous, number, text)
        # sudo: nobody has the right to write here.
        entry = guard.sealed(entries.sudo()).create({
            **columns, 'register_id': register.id, 'number': number, 'content': text, 'names': names or {},
            'previous_hash': previous, 'hash': own})
        entry.flush_recordset()
        self.env.cr.execute(SQL("UPDATE coop_register SET last_hash = %s WHERE id = %s", own, register.id))
        register.invalidate_recordset(['last_number', 'last_hash'], flush=False)
        return entries.browse(entry.id)

    @api.model
    def _take_number(self, cohort):
        """The next number, which nobody else takes until the commit.

        :return: the register, the number, and the hash of the entry before
        """
        cohort.flush_recordset()
        cr = self.env.cr
        take = SQL(
            "UPDATE coop_register SET last_number = last_number + 1 WHERE cohort_id = %s RETURNING id, last_number, last_hash",
            cohort.id)
        cr.execute(take)
        row = cr.fetchone()
        if not row:
            # Of two first entries at once, one waits here; the register it then finds is not in its snapshot, so it starts again.
            cr.execute(SQL(
                """INSERT INTO coop_register (cohort_id, company_id, last_number, create_uid, create_date, write_uid, write_date)
                   VALUES (%s, %s, 0, %s, %s, %s, %s) ON CONFLICT (cohort_id) DO NOTHING""",
                cohort.id, cohort.company_id.id, *[self.env.uid, fields.Datetime.now()] * 2))
            cr.execute(take)
            row = cr.fetchone()
        register_id, number, previous = row
        register = self.env['coop.register'].browse(register_id)
        register.invalidate_recordset(['last_number'], flush=False)
        return register, number, previous or ''

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_check(self):
        """Ask whether everything is as it was written, and for a hash from elsewhere to compare with."""
        self.check_access('read')
        return open_dialog('coop.register.check', self.env._("Check the register"), register_id=self._get_meant().id)

    def action_print(self):
        """Print the register; where several could be meant, choose one first."""
        self.check_access('read')
        register = self._get_meant()
        if not register:
            return self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_register_action')
        return self.env.ref('inocoop_coop.coop_register_report').report_action(register)

    def _get_print_lang(self):
        """The language in which the register is printed: the reader's, or else the host's."""
        self.ensure_one()
        return language.choose(self.env, self.env.context.get('lang'), self.cohort_id.host_id.lang)

    def _get_meant(self):
        """The one of these registers; without any, the only one that the user can read; or none."""
        registers = self or self.search(Domain.TRUE, limit=2)
        return registers if len(registers) == 1 else self.browse()
