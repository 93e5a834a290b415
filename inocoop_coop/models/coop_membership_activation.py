import secrets
import unicodedata
from datetime import date, timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import email_normalize, single_email_re
from odoo.tools.sql import escape_psql

from ..tools import clock, guard

# No letters or figures that are taken for one another when copied from a sheet of paper.
PASSWORD_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'  # noqa: S105 (an alphabet, not a password)
PASSWORD_LENGTH = 12


class CoopMembership(models.Model):
    """What becoming active makes: a contact, an employee, a user if wanted, and doors that open."""
    _inherit = 'coop.membership'

    def action_activate(self):
        """Make the person a working member of the cohort.

        Finds or makes the contact, the employee that hours are counted on and, if wanted, the user;
        seats the person in the assembly and lets them into the cohort's project and sales team.

        :return: for those who got a login without an e-mail, the action that shows it once
        :raise UserError: when the cohort is not open, or the person is active already
        :raise ValidationError: when a rule is broken (age, seats, guardian's agreement, dates)
        """
        self.check_access('write')
        for membership in self:
            if membership.state == 'active':
                raise UserError(self.env._("%s is already active.", membership.name))
            if membership.cohort_id.state not in ('recruiting', 'running'):
                raise UserError(self.env._(
                    "“%s” is not open: open its recruitment or start it, then activate its members.",
                    membership.cohort_id.name))
        for membership in self:
            # Who comes back stays, as planned, until the cohort ends.
            back = {'date_end': membership.cohort_id.date_end} if membership.state in ('completed', 'left') else {}
            guard.sealed(membership).write({'state': 'active', **back})
        # The rules first, the seats among them: an invitation that was sent is not taken back.
        self.cohort_id.flush_recordset(['active_member_count'])
        passwords = {}
        for membership in self:
            # sudo: a facilitator administers neither contacts, employees nor users. The contact is
            # this person's, the employee and user are that contact's, and the user gets the member
            # group and nothing else.
            membership_sudo = membership.sudo()
            sealed = guard.sealed(membership_sudo)
            if not membership_sudo.partner_id:
                membership_sudo.partner_id = membership_sudo._find_or_create_partner()
            if membership_sudo.wants_login and not membership_sudo.user_id:
                sealed.user_id, password = membership_sudo._find_or_create_user()
                if password:
                    passwords[membership] = password
            sealed.employee_id = membership_sudo._find_or_create_employee()
        self._open_doors()
        if passwords:
            return self.env['coop.membership.access']._show(passwords)

    def _find_or_create_partner(self):
        """The contact of this person: the one with the same name and e-mail, or a new one.

        The e-mail alone does not tell: brothers and sisters may share their parents'.
        """
        email = email_normalize(self.email)
        if email:
            twin = self.env['res.partner'].search([
                ('email_normalized', '=', email), ('name', '=ilike', escape_psql(self.name)), ('is_company', '=', False),
                ('company_id', 'in', [False, self.company_id.id]),
            ], limit=1)
            if twin:
                return twin
        return self.env['res.partner'].create({
            'name': self.name,
            'email': self.email,
            'phone': self.phone,
            # Not where the person lives: all of the cohort read its contacts. See the employee.
            'country_id': self.company_id.country_id.id,
            'lang': self.env.lang,
        })

    def _find_or_create_employee(self):
        employees = self.env['hr.employee'].with_context(active_test=False)
        employee = self.employee_id or employees.search([
            ('company_id', '=', self.company_id.id),
            '|', ('work_contact_id', '=', self.partner_id.id), ('user_id', 'in', self.user_id.ids),
        ], order='active desc, id', limit=1)
        if not employee:
            guard.sealed(self).has_own_employee = True
            return employees.create({
                'name': self.name,
                'company_id': self.company_id.id,
                'work_contact_id': self.partner_id.id,
                'user_id': self.user_id.id,
                'job_id': self.cohort_id.job_id.id,
                'work_email': self.email,
                'work_phone': self.phone,
                'private_street': self.street,
                'private_zip': (self.municipality_id.postcodes or "").split(" ")[0],
                'private_city': self.municipality_id.name,
                'private_country_id': self.company_id.country_id.id,
            })
        # A colleague who is also a member keeps the job they have; who was gone is called back.
        if not employee.active or self._is_employee_of_memberships(employee):
            guard.sealed(self).has_own_employee = True
            employee.write({'active': True, 'job_id': self.cohort_id.job_id.id})
        if self.user_id and not employee.user_id:
            employee.user_id = self.user_id
        return employee

    def _is_employee_of_memberships(self, employee):
        """Whether someone is an employee only because they are a member."""
        return bool(self.env['coop.membership'].sudo().with_context(active_test=False).search_count(
            [('employee_id', '=', employee.id), ('has_own_employee', '=', True)], limit=1))

    def _find_or_create_user(self):
        """The user of this person, and the password to hand over when no e-mail can carry one.

        :return: ``(user, password)``; the password is ``None`` for a user who exists already or who
            gets an invitation by e-mail
        :raise UserError: when the login is taken by someone else
        """
        users = self.env['res.users'].with_context(active_test=False)
        member_group = self.env.ref('inocoop_coop.group_member')
        user = users.search([('partner_id', '=', self.partner_id.id)], limit=1)
        if user:
            if user.share and not (user.active and user._is_portal()):
                raise UserError(self.env._(
                    "%s has a user that is not a person's own: ask an administrator.", self.name))
            if user.share:
                user.group_ids = [Command.set(member_group.ids)]
            elif user._is_admin() or not user.all_group_ids & member_group:
                # A colleague who is also a member keeps their own access: adding the member group
                # would confine them to the cohort.
                return user, None
            user.active = True
            user.company_ids = [Command.link(self.company_id.id)]
            return user, None
        login = (self.login or "").strip() or email_normalize(self.email) or self._make_login()
        if users.search_count([('login', '=', login)], limit=1):
            raise UserError(self.env._(
                "The login “%(login)s” is already someone else's. Write another one on %(name)s's file, under “Login”.",
                login=login, name=self.name))
        invited = bool(single_email_re.match(login) and self.email)
        password = None if invited else ''.join(secrets.choice(PASSWORD_ALPHABET) for _i in range(PASSWORD_LENGTH))
        user = users.with_context(no_reset_password=not invited).create({
            'name': self.name,
            'login': login,
            'partner_id': self.partner_id.id,
            'company_id': self.company_id.id,
            'company_ids': [Command.set(self.company_id.ids)],
            'group_ids': [Command.set(member_group.ids)],
            'lang': self.partner_id.lang or self.env.lang,
            'tz': self.env.user.tz or 'Europe/Paris',
            **({'password': password} if password else {}),
        })
        self.login = login
        return user, password

    def _make_login(self):
        """A login made from the name: ``lea.martin``, then ``lea.martin2`` for her namesake."""
        plain = unicodedata.normalize('NFKD', self.name).encode('ascii', 'ignore').decode().lower()
        words = ''.join(letter if letter.isalnum() else ' ' for letter in plain).split()
        base = '.'.join(words) or self.env._("member")
        taken = set(self.env['res.users'].with_context(active_test=False).search(
            [('login', '=like', f'{base}%')]).mapped('login'))
        login, number = base, 1
        while login in taken:
            number += 1
            login = f'{base}{number}'
        return login

    # ------------------------------------------------------------
    # Doors
    # ------------------------------------------------------------

    def _open_doors(self):
        """Let the members into what the cohort shares."""
        for membership in self:
            # sudo: followers and team members of the cohort's own project and team, nobody else's.
            membership_sudo = membership.sudo()
            cohort = membership_sudo.cohort_id
            cohort.project_id.message_subscribe(partner_ids=membership_sudo.partner_id.ids)
            user = membership_sudo.user_id
            if user and user not in cohort.team_id.member_ids:
                cohort.team_id.member_ids = [Command.link(user.id)]
            membership_sudo._seat_in_assembly()

    def _close_doors(self):
        """End what lets a former member act; what they did stays theirs to read."""
        for membership in self:
            # sudo: see _open_doors.
            membership_sudo = membership.sudo()
            cohort = membership_sudo.cohort_id
            cohort.team_id.member_ids = [Command.unlink(user_id) for user_id in membership_sudo.user_id.ids]
            cohort.project_id.message_unsubscribe(partner_ids=membership_sudo.partner_id.ids)
            employee = membership_sudo.employee_id
            elsewhere = self.env['coop.membership'].sudo().with_context(active_test=False).search_count(
                [('employee_id', 'in', employee.ids), ('state', '=', 'active')], limit=1)
            if employee and not elsewhere and membership_sudo._is_employee_of_memberships(employee):
                # No hours can be written for someone who is not there any more.
                employee.active = False

    def _seat_in_assembly(self):
        """Every member sits in the assembly: there is nothing to elect."""
        for assembly in self.cohort_id.committee_ids.filtered(lambda committee: committee.kind == 'assembly'):
            date_from = self.date_start
            seats = assembly.mandate_ids.filtered(lambda mandate: mandate.partner_id == self.partner_id)
            ended_today = seats.filtered(lambda mandate: mandate.is_ended and mandate.date_to == clock.today(self))
            if ended_today:
                # Who leaves and comes back on one day never stood up.
                ended_today.date_to = self.date_end
                continue
            seated_until = max(seats.mapped('date_to'), default=date.min)
            if seated_until >= date_from:
                # Who comes back sits again from today, not for the time away.
                date_from = max(clock.today(self), seated_until + timedelta(days=1))
            if date_from <= self.date_end:
                self.env['coop.mandate'].create({
                    'committee_id': assembly.id,
                    'partner_id': self.partner_id.id,
                    'date_from': date_from,
                    'date_to': self.date_end,
                })
