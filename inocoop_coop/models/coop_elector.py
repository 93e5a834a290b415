from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS

PARTICIPATION_SHOWN_FROM = 3  # votes


class CoopElector(models.Model):
    """A line of a decision's roll: one person, one vote. The roll is frozen when the vote opens.

    Who wrote a line and when would say who voted when: Odoo is asked not to note it.
    """
    _name = 'coop.elector'
    _description = "Elector"
    _inherit = ['coop.sealed.mixin']
    _order = 'version_id, id'
    _log_access = False

    decision_id = fields.Many2one('coop.decision', required=True, index=True, ondelete='cascade')
    version_id = fields.Many2one('coop.decision.version', required=True, index=True, ondelete='cascade')
    partner_id = fields.Many2one('res.partner', string="Person", required=True, index=True, ondelete='restrict')
    mandate_id = fields.Many2one('coop.mandate', index='btree_not_null', ondelete='set null')
    represented_by_id = fields.Many2one(
        'coop.elector', index='btree_not_null', ondelete='set null')
    proxy_count = fields.Integer("Votes for Others", default=0)
    recused = fields.Boolean("Takes No Part")
    # Who has voted is only told from three votes on: the column itself is for the actions.
    voted = fields.Boolean(groups=NO_ACCESS)
    has_voted = fields.Boolean(compute='_compute_has_voted', compute_sudo=True)

    _person_unique = models.UniqueIndex('(version_id, partner_id)', "One person has one vote.")

    @api.depends('voted', 'version_id.date_closed')
    @api.depends_context('uid')
    def _compute_has_voted(self):
        counts = dict(self._read_group(
            [('version_id', 'in', self.version_id.ids), ('voted', '=', True)], ['version_id'], ['__count']))
        for elector in self:
            shown = (elector.version_id.date_closed or elector.partner_id == self.env.user.partner_id
                     or counts.get(elector.version_id, 0) >= PARTICIPATION_SHOWN_FROM)
            elector.has_voted = bool(shown and elector.voted)

    def _be_represented_by(self, holder):
        """Lend the voice to another elector, or take it back.

        The holder's row is written as well: two who lend theirs to one person at the same moment are
        told apart by the database, and the second one finds the limit reached.

        :raise UserError: when the holder carries as many voices as the method allows
        """
        self.ensure_one()
        before = self.represented_by_id
        if holder == before:
            return
        if holder:
            limit = self.version_id.terms['proxy_limit']
            if holder.recused or holder.represented_by_id:
                raise UserError(self.env._("%s does not vote themselves: choose someone else.", holder.partner_id.name))
            if holder.proxy_count >= limit:
                raise UserError(self.env._(
                    "%(holder)s votes for %(count)s already, and may for %(limit)s at most: choose someone else.",
                    holder=holder.partner_id.name, count=holder.proxy_count, limit=limit))
            holder.proxy_count += 1
        if before:
            before.proxy_count -= 1
        self.represented_by_id = holder

    def _notify_proxy(self, represented):
        """Tell the holder that they vote for someone."""
        for elector in self:
            elector.decision_id._write_to(
                elector.partner_id, 'inocoop_coop.mail_template_proxy', represented=represented.partner_id.name)

    def _compute_display_name(self):
        for elector in self:
            elector.display_name = elector.partner_id.name or ""
