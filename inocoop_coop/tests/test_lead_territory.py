from odoo.fields import Command
from odoo.tests import Form, tagged, warmup

from .common import CoopCommon


@tagged('post_install', '-at_install')
class TestLeadTerritory(CoopCommon):
    """A lead knows whether the customer is on the territory, and whether the insurance covers the service."""

    def _state(self, **values):
        lead = self._lead(self.autumn, partner_id=False, **values)
        return lead.coop_territory_state, lead.coop_territory_text

    # ------------------------------------------------------------
    # The territory
    # ------------------------------------------------------------

    def test_it_is_told_from_the_town_and_its_postcode(self):
        self.assertEqual(self._state(zip='62700', city="BRUAY")[0], 'inside')
        self.assertEqual(self._state(zip='62401')[0], 'inside')
        self.assertEqual(self._state(zip='59000', city="Elsewhere")[0], 'outside')
        self.assertEqual(self._state(zip='75011', city="Paris")[0], 'outside')

    def test_it_is_told_from_the_customers_address(self):
        self.customer.write({'zip': '62400', 'city': "Béthune"})
        self.assertEqual(self._lead(self.autumn).coop_territory_state, 'inside')
        self.customer.write({'zip': '59000', 'city': "Elsewhere"})
        self.assertEqual(self._lead(self.autumn).coop_territory_state, 'outside')

    def test_what_can_not_be_known_is_asked(self):
        self.env['coop.municipality'].create({'name': "Labuissière", 'code': '62996', 'postcodes': '62700 62701'})
        for values, sentence in (
            ({'zip': '62700'}, "62700 covers towns on “Two towns” and others: which town is it"),
            ({'zip': '62700', 'city': "Maisnil"}, "“Maisnil” is not a town there"),
            ({'zip': '75011', 'city': "Bruay"}, "75011 is not its code"),
            ({'city': "Atlantis"}, "Nobody knows where “Atlantis” is"),
            ({}, "Nothing is said yet"),
        ):
            state, text = self._state(**values)
            self.assertEqual(state, 'unknown', values)
            self.assertIn(sentence, text)

    def test_it_follows_the_territory(self):
        lead = self._lead(self.autumn, zip='59000', city="Elsewhere")
        self.assertEqual(lead.coop_territory_state, 'outside')
        self.territory.municipality_ids = [Command.link(self.elsewhere.id)]
        self.assertEqual(lead.coop_territory_state, 'inside')
        self.program.territory_id = False
        self.assertFalse(lead.coop_territory_state)

    def test_abroad_is_outside_whatever_the_postcode(self):
        lead = self._lead(self.autumn, partner_id=False, zip='62700', city="Bruay", country_id=self.env.ref('base.de').id)
        self.assertEqual(lead.coop_territory_state, 'outside')

    def test_a_lead_without_a_cohort_has_no_territory(self):
        lead = self.env['crm.lead'].create({'name': "Other business", 'zip': '62700', 'type': 'opportunity'})
        self.assertFalse(lead.coop_territory_state)
        self.assertFalse(lead.coop_insurance_text)

    def test_strange_places_break_nothing(self):
        for city in ("%", "_", "\\", "'; --", "é" * 300):
            self.assertEqual(self._state(city=city)[0], 'unknown', city)
        for code in ("6", "%", "62 700", "627000000"):
            self._state(zip=code)

    @warmup
    def test_all_leads_on_a_screen_cost_the_same_few_queries(self):
        leads = self.env['crm.lead'].concat(*(
            self._lead(self.autumn, partner_id=False, zip=code, city=city)
            for code, city in (('62700', "Bruay"), ('59000', "Elsewhere"))))
        more = self.env['crm.lead'].concat(*(
            self._lead(self.autumn, partner_id=False, zip=f'590{index:02}', city=f"Town {index}") for index in range(10)))
        for records in (leads, leads + more):
            self.env.flush_all()
            self.env.invalidate_all(flush=False)
            records.mapped(lambda lead: (lead.zip, lead.country_id.code, lead.cohort_id.program_id.territory_id.name))
            # The towns with these names or postcodes, the territory's towns.
            with self.assertQueryCount(3):
                records.mapped('coop_territory_state')

    # ------------------------------------------------------------
    # The insurance
    # ------------------------------------------------------------

    def test_what_is_not_insured_warns_on_the_lead_and_on_the_quotation(self):
        service = self.gardening.product_tmpl_id
        lead = self._lead(self.autumn, coop_service_id=service.id)
        order = self._quotation(lead)
        for document in (lead, order):
            self.assertTrue(document.coop_is_uninsured)
            self.assertIn("The host's insurance does not cover “Gardening”", document.coop_insurance_text)
        service.write({'coop_is_insured': True, 'coop_insurance_note': "Not above two metres"})
        for document in (lead, order):
            document.invalidate_recordset()
            self.assertFalse(document.coop_is_uninsured)
            self.assertEqual(document.coop_insurance_text, "“Gardening” is insured: Not above two metres")
        service.coop_insurance_note = False
        order.invalidate_recordset()
        self.assertFalse(order.coop_insurance_text)

    def test_goods_and_other_business_need_no_insurance(self):
        order = self.env['sale.order'].create({
            'partner_id': self.customer.id, 'cohort_id': self.autumn.id,
            'order_line': [Command.create({'product_id': self.tools.id}), Command.create({
                'display_type': 'line_note', 'name': "A note"})]})
        self.assertFalse(order.coop_is_uninsured)
        other = self.env['sale.order'].create({
            'partner_id': self.customer.id, 'order_line': [Command.create({'product_id': self.gardening.id})]})
        self.assertFalse(other.coop_is_uninsured)

    def test_the_warnings_show_while_the_form_is_filled_in(self):
        self._give_groups(self.lea.user_id, 'sales_team.group_sale_salesman_all_leads')
        with Form(self.env['crm.lead'].with_user(self.lea.user_id).with_context(default_type='opportunity')) as form:
            form.name = "Hedges"
            form.coop_service_id = self.gardening.product_tmpl_id
            self.assertTrue(form.coop_is_uninsured)
            form.coop_where = "59000 Elsewhere"
            self.assertEqual(form.coop_territory_state, 'outside')
        self.assertRecordValues(form.record, [{
            'zip': '59000', 'city': "Elsewhere", 'coop_canvasser_id': self.lea.id, 'cohort_id': self.autumn.id}])
