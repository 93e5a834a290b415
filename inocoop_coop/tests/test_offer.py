from odoo.tests import tagged, warmup

from .common import TODAY
from .test_catalogue import CatalogueCommon


@tagged('post_install', '-at_install')
class TestOffer(CatalogueCommon):
    """What a cohort can offer today, who leads it and what training would open the rest."""

    def _offer(self, cohort, service, user=None):
        return self.env['coop.offer'].with_user(user or self.lea.user_id).search([
            ('cohort_id', '=', cohort.id), ('product_tmpl_id', '=', service.product_tmpl_id.id)])

    def test_a_service_is_offered_when_someone_has_all_its_skills(self):
        offer = self._offer(self.autumn, self.gardening)
        self.assertTrue(offer.can_be_offered)
        self.assertEqual((offer.leader_ids, offer.learner_ids), (self.lea, self.yanis))
        self.assertFalse(offer.missing_skill_ids)

    def test_anyone_leads_a_service_that_needs_nothing(self):
        offer = self._offer(self.autumn, self.painting)
        self.assertEqual(offer.leader_ids, self.lea + self.yanis)
        self.assertFalse(offer.learner_ids)

    def test_what_nobody_can_lead_says_which_training_opens_it_and_for_whom(self):
        self.gardening.product_tmpl_id.coop_lead_level = 60
        offer = self._offer(self.autumn, self.gardening)
        self.assertFalse(offer.can_be_offered)
        self.assertEqual((offer.missing_skill_ids, offer.nearest_ids, offer.nearest_count), (self.hedges, self.lea, 1))
        self.assertEqual(offer.learner_ids, self.lea + self.yanis)

    def test_saying_a_skill_opens_a_service(self):
        offer = self._offer(self.winter, self.gardening, self.chloe.user_id)
        self.assertEqual((offer.can_be_offered, offer.nearest_count), (False, 1))
        self.assertEqual(offer.missing_skill_ids, self.hedges + self.tools_skill)
        for skill in offer.missing_skill_ids:
            self._line(self.chloe, skill, self.chloe.user_id).skill_level_id = self.good
        offer.invalidate_recordset()
        self.assertEqual((offer.can_be_offered, offer.leader_ids), (True, self.chloe))

    def test_a_cohort_without_members_offers_nothing(self):
        empty = self._create_cohort("Empty", TODAY)
        empty.action_start()
        for service in (self.gardening, self.painting):
            offer = self._offer(empty, service, self.manager)
            self.assertFalse(offer.can_be_offered)
            self.assertEqual(offer.missing_skill_ids, service.coop_skill_ids)
            self.assertFalse(offer.nearest_ids)

    def test_only_what_is_sold_and_makes_an_intervention_is_in_the_catalogue(self):
        self.assertTrue(self._offer(self.autumn, self.painting))
        self.assertFalse(self._offer(self.autumn, self.tools))
        for values in ({'sale_ok': False}, {'active': False}):
            self.painting.product_tmpl_id.write(values)
            self.assertFalse(self._offer(self.autumn, self.painting), values)
            self.painting.product_tmpl_id.write(dict.fromkeys(values, True))
        other = self.env['res.company'].create({'name': "Other association"})
        self.painting.product_tmpl_id.company_id = other
        self.assertFalse(self._offer(self.autumn, self.painting, self.manager))

    def test_a_closed_cohort_offers_nothing_any_more(self):
        self._close(self.autumn)
        self.assertFalse(self._offer(self.autumn, self.gardening, self.facilitator))

    def test_offers_are_found_by_whether_they_stand(self):
        self.gardening.product_tmpl_id.coop_lead_level = 60
        offers = self.env['coop.offer'].with_user(self.lea.user_id)
        both = offers.search([('product_tmpl_id', 'in', (self.gardening + self.painting).product_tmpl_id.ids)])
        for domain, service in (
            ([('can_be_offered', '=', True)], self.painting), ([('can_be_offered', '!=', True)], self.gardening),
            ([('can_be_offered', '=', False)], self.gardening), ([('can_be_offered', '!=', False)], self.painting),
        ):
            self.assertEqual((offers.search(domain) & both).product_tmpl_id, service.product_tmpl_id, domain)

    def test_nobody_sees_what_another_cohort_can_do(self):
        for user in (self.chloe.user_id, self.other_facilitator, self.other_psychologist):
            self.assertFalse(self._offer(self.autumn, self.gardening, user), user.login)
        self.assertTrue(self._offer(self.autumn, self.gardening, self.psychologist))
        self.assertFalse(self.env['coop.offer'].with_user(self.accountant).has_access('read'))

    def test_the_matrix_of_a_service_shows_its_own_skills(self):
        self._say(self.yanis, self.heights, self.good)
        action = self._offer(self.autumn, self.gardening).action_view_matrix()
        lines = self.env['coop.skill.line'].with_user(self.lea.user_id).search(action['domain'])
        self.assertEqual(lines.skill_id, self.hedges + self.tools_skill)

    # ------------------------------------------------------------
    # What it costs
    # ------------------------------------------------------------

    @warmup
    def test_all_offers_cost_the_same_few_queries_at_one_size_and_at_double(self):
        self._assert_queries()
        for index in range(2):
            cohort = self._create_cohort(f"More {index}", TODAY)
            cohort.action_start()
            for name in ("Ana", "Bob", "Cid"):
                member = self._admit(cohort, f"{name} {index}", wants_login=False)
                member.action_activate()
                self._say(member, self.hedges, self.good)
        for service in (self.gardening, self.painting):
            service.copy()
        self._assert_queries()

    def _assert_queries(self):
        offers = self.env['coop.offer'].with_user(self.manager).search([])
        self.env.flush_all()
        self.env.invalidate_all(flush=False)
        offers.env.user.mapped('name')  # who asks, once for each request
        offers.mapped('product_tmpl_id.name')
        # Who is there, what they know, what the services need.
        with self.assertQueryCount(3):
            offers.mapped('can_be_offered')
