from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ..rules import terms
from ..tools import clock, guard


class CoopAccessGrant(models.Model):
    """An access group that a user holds because of a mandate, and only because of it.

    The ledger of what mandates gave: what stands in it is taken back when no mandate gives it any
    more, and what does not stand in it was given by someone else and is never touched. Programme
    managers read it; nobody writes it but the comparison below.
    """
    _name = 'coop.access.grant'
    _description = "Access Given by a Mandate"
    _order = 'user_id, group_id, id'
    _rec_name = 'group_id'

    user_id = fields.Many2one('res.users', required=True, index=True, ondelete='cascade')
    group_id = fields.Many2one('res.groups', string="Access", required=True, index=True, ondelete='cascade')
    mandate_ids = fields.Many2many('coop.mandate', string="By", compute='_compute_mandate_ids')
    create_date = fields.Datetime("Since", readonly=True)

    _user_group_unique = models.UniqueIndex('(user_id, group_id)', "A mandate's access is noted once for each user.")

    @api.depends('user_id', 'group_id')
    def _compute_mandate_ids(self):
        giving = defaultdict(lambda: self.env['coop.mandate'])
        for mandate, group in self._get_giving_mandates(self.user_id):
            giving[mandate.membership_id.user_id.id, group.id] |= mandate.with_env(self.env)
        for grant in self:
            # sudo: only numbers are compared; what is shown of a mandate is read with the reader's rights.
            grant.mandate_ids = giving[grant.sudo().user_id.id, grant.sudo().group_id.id]._filtered_access('read')

    # ------------------------------------------------------------
    # The comparison
    # ------------------------------------------------------------

    @api.model
    def _cron_sync_access(self):
        """Give and take what begins and ends by date.

        Every hour, as midnight comes at another hour in each time zone; what a conflict kept from
        being done is done an hour later.
        """
        self._sync_access()

    @api.model
    def _sync_access(self, users=None):
        """Give these users what their mandates give now, and take back what no mandate gives any more.

        What somebody holds directly before a mandate gives it is not noted, hence never taken away.
        What another group implies stays by itself: only the direct membership is taken back.

        :param users: whom to look at; without any, all those whom a mandate gives or gave something
        """
        # sudo: who notes a mandate administers no users. What is given is on the list of the
        # templates, and only confined users get it.
        grants = self.sudo()
        if users is not None:
            if not users:
                return
            users = users.sudo()
            self._lock_users(users)
        wanted = defaultdict(grants.env['res.groups'].browse)
        for mandate, group in grants._get_giving_mandates(users):
            wanted[mandate.membership_id.user_id] |= group
        noted = defaultdict(grants.browse)
        for grant in grants.search(Domain.TRUE if users is None else Domain('user_id', 'in', users.ids)):
            noted[grant.user_id] |= grant

        new, over, changes = [], grants.browse(), defaultdict(grants.env['res.users'].browse)
        for user in wanted.keys() | noted.keys():
            to_give = wanted[user] - user.group_ids
            past = noted[user].filtered(lambda grant, user=user: grant.group_id not in wanted[user])
            new += [{'user_id': user.id, 'group_id': group.id} for group in to_give - noted[user].group_id]
            over |= past
            if to_give or past:
                changes[to_give, past.group_id] |= user
        if not changes:
            return
        if users is None:
            self._lock_users(grants.env['res.users'].union(*changes.values()))
        taken = over.mapped(lambda grant: (grant.user_id, grant.group_id))
        over.unlink()
        grants.create(new)
        for (to_give, to_take), people in changes.items():
            guard.sealed(people).write({'group_ids': [
                *(Command.link(group.id) for group in to_give), *(Command.unlink(group.id) for group in to_take)]})
        self._give_back(taken)

    @api.model
    def _take_back_all(self):
        """Take back all that mandates gave."""
        # sudo: see _sync_access.
        for group, users, grants in self.sudo()._read_group([], ['group_id'], ['user_id:recordset', 'id:recordset']):
            grants.unlink()
            guard.sealed(users).write({'group_ids': [Command.unlink(group.id)]})

    @api.model
    def _lock_users(self, users):
        """Make two transactions that decide on the same person's access come one after the other.

        Each sees only what was there when it began: two mandates that end at the same moment would
        each leave the access to the other one. A lock alone does not tell; a row that both write
        does, and the later transaction starts again.
        """
        self.env.cr.execute(SQL(
            """UPDATE res_users SET write_date = write_date WHERE id IN (
                   SELECT id FROM res_users WHERE id IN %s ORDER BY id FOR NO KEY UPDATE)""",
            tuple(users.ids)))

    @api.model
    def _get_giving_mandates(self, users=None):
        """The mandates that give access now, each with each group it gives.

        Those with a deliberative voice, on their days, of active members whose user is confined: no
        rule would keep a colleague who sits there inside the cohort.

        :param users: whose; without any, everyone's
        :return: a list of ``(mandate, group)``, with all rights
        """
        day = clock.now(self.env).date()
        domain = (
            # A day more on both sides: which day it is depends on where the person is.
            Domain('date_to', '>=', day - timedelta(days=1)) & Domain('date_from', '<=', day + timedelta(days=1))
            & Domain('is_ended', '=', False) & Domain('voice', '=', 'deliberative')
            & Domain('cohort_id.state', '!=', 'closed')
            & Domain('committee_id.active', '=', True) & Domain('committee_id.template_id.access_group_ids', '!=', False)
            & Domain('membership_id.state', '=', 'active') & Domain('membership_id.active', '=', True)
            & Domain('membership_id.user_id.active', '=', True)
        )
        if users is not None:
            domain &= Domain('membership_id.user_id', 'in', users.ids)
        # sudo: see _sync_access.
        mandates = self.env['coop.mandate'].sudo().search(domain)
        if not mandates:
            return []
        confined = self.env['ir.model.data']._xmlid_to_res_id('inocoop_coop.group_confined')
        grantable = self.env['coop.committee.template'].sudo()._get_safe_groups()
        return [
            (mandate, group)
            for mandate in mandates
            if mandate._is_of_its_membership()
            and confined in mandate.membership_id.user_id.all_group_ids.ids
            and terms.is_current(
                clock.today(self.with_context(tz=mandate.membership_id.user_id.tz or 'UTC')),
                mandate.date_from, mandate.date_to)
            for group in mandate.committee_id.template_id.access_group_ids & grantable
        ]

    @api.model
    def _give_back(self, taken):
        """A hook for apps that give one of the groups of the list by themselves.

        :param taken: a list of ``(user, group)`` that mandates no longer give
        """
        # Who was named interviewer on a job position or an application during the mandate still is.
        interviewer = self.env.ref('hr_recruitment.group_hr_recruitment_interviewer')
        users = self.env['res.users'].sudo().union(*(user for user, group in taken if group == interviewer))
        if not users:
            return
        for model in ('hr.job', 'hr.applicant'):
            named = self.env[model].sudo()._read_group([('interviewer_ids', 'in', users.ids)], ['interviewer_ids'])
            still = users.browse().union(*(user for [user] in named))
            (users & still)._create_recruitment_interviewers()
