from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CoopCommon


@tagged('post_install', '-at_install')
class TestCompanies(CoopCommon):
    """Several associations in one database: each has its cohorts, and nothing of the others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env['res.company'].create({'name': "Other association"})
        cls.stranger = cls.env['res.partner'].create({
            'name': "Stranger", 'is_company': True, 'company_id': cls.other_company.id})

    def test_a_partner_of_another_company_has_no_part_in_a_cohort(self):
        for refused in (
            lambda: self.autumn.write({'host_id': self.stranger.id}),
            lambda: self.env['coop.partnership'].create({'cohort_id': self.autumn.id, 'partner_id': self.stranger.id}),
            lambda: self.env['coop.partnership'].create({
                'cohort_id': self.autumn.id, 'partner_id': self.customer.id, 'contact_id': self.stranger.id}),
            lambda: self.env['coop.mandate'].create({'committee_id': self.board.id, 'partner_id': self.stranger.id}),
        ):
            with self.assertRefused(UserError, "Stranger"):
                refused()

    def test_the_bodies_of_another_companys_programme_are_not_read(self):
        program = self.env['coop.program'].create({
            'name': "Theirs", 'company_id': self.other_company.id,
            'committee_template_ids': [Command.create({'name': "Their board", 'kind': 'board'})]})
        templates = self.env['coop.committee.template'].with_user(self.manager)
        found = templates.search([])
        self.assertIn(self.board.template_id, found)
        self.assertNotIn(program.committee_template_ids, found)

    def test_a_member_who_works_in_another_company_makes_nothing_for_this_cohort(self):
        user = self.lea.user_id
        user.company_ids = [Command.link(self.other_company.id)]
        memberships = self.env['coop.membership'].with_user(user)
        self.assertEqual(memberships._get_own_cohort(), self.autumn)
        self.assertFalse(memberships.with_company(self.other_company)._get_own_cohort())
