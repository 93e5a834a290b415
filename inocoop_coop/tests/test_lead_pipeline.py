from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TODAY, CoopCommon


@tagged('post_install', '-at_install')
class TestLeadPipeline(CoopCommon):
    """Each cohort has a pipeline of its own, and sees no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.lea.user_id
        cls._give_groups(cls.seller, 'sales_team.group_sale_salesman_all_leads')

    def _stages(self, cohort):
        return self.env['crm.stage'].search([('team_ids', 'in', cohort.team_id.ids)])

    def test_a_cohort_opens_with_stages_of_its_own_once(self):
        stages = self._stages(self.autumn)
        self.assertEqual(stages.mapped('name'), ["Contact made", "Interested", "Quotation sent", "Won"])
        self.assertEqual(stages.mapped('is_won'), [False, False, False, True])
        self.assertFalse(stages & self._stages(self.winter))
        self.autumn._provision()
        self.assertEqual(self._stages(self.autumn), stages)

    def test_a_lead_starts_in_its_cohorts_first_stage_and_is_won_in_its_last(self):
        lead = self._lead(self.autumn)
        self.assertEqual(lead.stage_id, self._stages(self.autumn)[0])
        lead.with_user(self.seller).action_set_won()
        self.assertEqual(lead.stage_id, self._stages(self.autumn)[-1])

    def test_who_has_ordered_is_won(self):
        lead = self._lead(self.autumn)
        order = self._quotation(lead).with_user(self.seller)
        self.assertEqual(lead.won_status, 'pending')
        order.action_confirm()
        self.assertEqual((lead.won_status, lead.stage_id, lead.coop_won_count), ('won', self._stages(self.autumn)[-1], 1))
        self.assertFalse(lead.activity_ids, "There is nobody to call back any more.")
        # Odoo's own business stays as it is.
        other = self.env['crm.lead'].create({'name': "Roof", 'type': 'opportunity', 'team_id': False, 'user_id': False})
        self.env['sale.order'].create({
            'partner_id': self.customer.id, 'opportunity_id': other.id, 'team_id': False}).action_confirm()
        self.assertEqual(other.won_status, 'pending')

    def test_a_lead_that_comes_from_elsewhere_joins_the_cohorts_pipeline(self):
        lead = self.env['crm.lead'].create({'name': "Hedges", 'type': 'opportunity', 'team_id': False, 'user_id': False})
        shared = lead.stage_id
        self.assertFalse(shared.team_ids)
        lead.team_id = self.autumn.team_id
        self.assertEqual((lead.cohort_id, lead.stage_id), (self.autumn, self._stages(self.autumn)[0]))

    def test_other_business_keeps_the_shared_stages(self):
        team = self.env['crm.team'].create({'name': "Other business"})
        lead = self.env['crm.lead'].create({'name': "Roof", 'type': 'opportunity', 'team_id': team.id})
        self.assertFalse(lead.stage_id.team_ids)

    def test_the_empty_columns_of_the_own_pipeline_show_and_no_others(self):
        self._lead(self.autumn)
        leads = self.env['crm.lead'].with_user(self.seller)
        pipeline = leads.with_context(coop_pipeline=True)._read_group_stage_ids(leads.env['crm.stage'], [])
        self.assertEqual(pipeline.sudo(), self._stages(self.autumn))
        # Who has several cohorts sees the columns in which there is something.
        both = self.env['crm.lead'].with_user(self.manager).with_context(coop_pipeline=True)
        self.assertFalse(both._read_group_stage_ids(both.env['crm.stage'], []))
        own = both.with_context(default_team_id=self.winter.team_id.id)
        self.assertEqual(own._read_group_stage_ids(own.env['crm.stage'], []).sudo(), self._stages(self.winter))
        # Odoo's own pipeline is as it was.
        plain = self.env['crm.lead'].with_user(self.manager)
        self.assertIn(self.env.ref('crm.stage_lead1'), plain._read_group_stage_ids(plain.env['crm.stage'], []))

    def test_a_member_sees_only_the_stages_of_their_cohort(self):
        stages = self.env['crm.stage'].with_user(self.seller)
        found = stages.search([])
        self.assertLessEqual(set(self._stages(self.autumn).ids), set(found.ids))
        self.assertFalse(set(self._stages(self.winter).ids) & set(found.ids))
        with self.assertRaises(AccessError):
            self._stages(self.winter).with_user(self.seller).read(['name'])
        with self.assertRaises(AccessError):
            self._lead(self.autumn).with_user(self.seller).stage_id = self._stages(self.winter)[1]

    def test_stages_speak_the_languages_of_the_database(self):
        self.env['res.lang']._activate_lang('fr_FR')
        cohort = self._create_cohort("Spring", TODAY)
        cohort.action_start()
        names = self._stages(cohort).with_context(lang='fr_FR').mapped('name')
        self.assertEqual(names, [template['name'] for template in cohort.with_context(
            lang='fr_FR')._get_lead_stage_templates()])
        self.assertEqual(self._stages(cohort).with_context(lang='en_US')[0].name, "Contact made")

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------

    def test_contacts_leads_and_those_won_are_counted_for_each_member_and_service(self):
        contact, interested, _quoted, _won = self._stages(self.autumn)
        garden, paint = self.gardening.product_tmpl_id, self.painting.product_tmpl_id
        doors = [(self.lea, garden), (self.lea, garden), (self.lea, paint), (self.yanis, garden)]
        leads = [
            self._lead(self.autumn, coop_canvasser_id=member.id, coop_service_id=service.id) for member, service in doors]
        self.assertEqual({lead.stage_id for lead in leads}, {contact})
        leads[0].action_set_won()
        leads[1].stage_id = interested
        leads[1].action_set_lost()
        leads[3].action_set_lost()
        self.env.flush_all()
        found = self.env['crm.lead'].with_user(self.seller).with_context(active_test=False)._read_group(
            [('cohort_id', '=', self.autumn.id)], ['coop_canvasser_id', 'coop_service_id'],
            ['coop_contact_count:sum', 'coop_lead_count:sum', 'coop_won_count:sum'])
        self.assertEqual({(member, service): counts for member, service, *counts in found}, {
            (self.lea, garden): [2, 2, 1], (self.lea, paint): [1, 0, 0], (self.yanis, garden): [1, 0, 0]})

    def test_who_was_interested_once_stays_a_lead(self):
        contact, interested, *_rest = self._stages(self.autumn)
        lead = self._lead(self.autumn)
        self.assertEqual(lead.coop_lead_count, 0)
        for stage in (interested, contact):
            lead.stage_id = stage
            self.env.flush_all()  # each is a request of its own
        self.assertEqual(lead.coop_lead_count, 1)
