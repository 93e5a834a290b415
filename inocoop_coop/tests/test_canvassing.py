from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import CoopCommon


@tagged('post_install', '-at_install')
class TestCanvassing(CoopCommon):
    """From the first knock on a door to the quotation, as a member does it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller, cls.plain = cls.lea.user_id, cls.yanis.user_id
        cls._give_groups(cls.seller, 'sales_team.group_sale_salesman_all_leads')
        cls.garden = cls.gardening.product_tmpl_id

    def _knock(self, user, **values):
        """Fill in the three fields as this user and note them."""
        canvass = self.env['coop.canvass'].with_user(user)
        with Form(canvass, view='inocoop_coop.coop_canvass_view_form') as form:
            form.who = values.pop('who', "Mrs Roy")
            form.service_id = self.garden
            form.where = "12 rue Foch, 62700 Bruay"
            for name, value in values.items():
                form[name] = value
        before = self.env['crm.lead'].search([])
        result = form.record.action_note()
        return result, self.env['crm.lead'].search([]) - before

    # ------------------------------------------------------------
    # Three fields
    # ------------------------------------------------------------

    def test_a_member_without_the_pipeline_notes_who_what_and_where(self):
        result, lead = self._knock(self.plain, phone="0601020304", note="Ring twice")
        self.assertRecordValues(lead, [{
            'name': "Gardening, Mrs Roy", 'contact_name': "Mrs Roy", 'coop_service_id': self.garden.id,
            'street': "12 rue Foch", 'zip': '62700', 'city': "Bruay", 'phone': "0601020304",
            'cohort_id': self.autumn.id, 'team_id': self.autumn.team_id.id, 'coop_canvasser_id': self.yanis.id,
            'source_id': self.env.ref('inocoop_coop.utm_source_door_to_door').id, 'coop_territory_state': 'inside',
            'type': 'opportunity', 'user_id': False}])
        self.assertEqual(len(lead.activity_ids), 1)
        # Noted, and on to the next door.
        self.assertIn("Mrs Roy", result['params']['message'])
        self.assertEqual(result['params']['next']['res_model'], 'coop.canvass')
        # It opens nothing.
        with self.assertRaises(AccessError):
            lead.with_user(self.plain).read(['name'])
        with Form(self.env['coop.canvass'].with_user(self.plain)) as form:
            form.who = "Mrs Roy"
        with self.assertRaises(AccessError):
            form.record.action_note_and_open()

    def test_who_sells_notes_it_and_opens_it(self):
        with Form(self.env['coop.canvass'].with_user(self.seller)) as form:
            form.who = "Mrs Roy"
        action = form.record.action_note_and_open()
        lead = self.env['crm.lead'].with_user(self.seller).browse(action['res_id'])
        self.assertEqual((lead.user_id, lead.coop_canvasser_id, lead.cohort_id), (self.seller, self.lea, self.autumn))

    def test_nobody_makes_their_own_figures(self):
        _result, lead = self._knock(self.plain)
        for user in (self.seller, self.facilitator):
            with self.assertRefused(AccessError, "is not changed by hand"):
                lead.with_user(user).coop_contact_count = 50
            with self.assertRefused(AccessError, "is not changed by hand"):
                self.env['crm.lead'].with_user(user).create({
                    'name': "Fifty doors", 'cohort_id': self.autumn.id, 'coop_contact_count': 50})
        with self.assertRefused(AccessError, "Yanis Dupond met them: ask your facilitator"):
            lead.with_user(self.seller).coop_canvasser_id = self.lea
        lead.with_user(self.facilitator).coop_canvasser_id = self.lea
        lead.with_user(self.seller).coop_canvasser_id = self.yanis
        self.assertRecordValues(lead, [{'coop_contact_count': 1, 'coop_canvasser_id': self.yanis.id}])
        # Doubles are still merged.
        _result, double = self._knock(self.plain)
        (lead + double).with_user(self.facilitator).merge_opportunity()

    def test_a_facilitator_notes_for_a_member(self):
        _result, lead = self._knock(self.facilitator, membership_id=self.yanis)
        self.assertEqual((lead.coop_canvasser_id, lead.cohort_id), (self.yanis, self.autumn))
        _result, lead = self._knock(self.facilitator)
        self.assertFalse(lead.coop_canvasser_id)

    def test_in_the_pipeline_it_is_three_fields_too(self):
        action = self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.crm_lead_action')
        self.assertIn('kanban', action['view_mode'])
        leads = self.env['crm.lead'].with_user(self.seller).with_context(default_type='opportunity', coop_pipeline=True)
        with Form(leads, view='inocoop_coop.crm_lead_view_form_quick_create') as form:
            form.contact_name = "Mr Blanc"
            form.coop_service_id = self.garden
            form.coop_where = "Béthune"
        self.assertRecordValues(form.record, [{
            'name': "Gardening, Mr Blanc", 'city': "Béthune", 'coop_canvasser_id': self.lea.id, 'cohort_id': self.autumn.id,
            'coop_territory_state': 'inside', 'user_id': self.seller.id}])
        self.assertTrue(form.record.activity_ids)

    def test_a_change_of_the_place_is_one_line(self):
        lead = self._lead(self.autumn, partner_id=False).with_user(self.seller)
        lead.coop_where = "rue Foch, 62400 Béthune"
        self.assertRecordValues(lead, [{'street': "rue Foch", 'zip': '62400', 'city': "Béthune"}])
        self.assertEqual(lead.coop_where, "rue Foch, 62400 Béthune")
        lead.coop_where = False
        self.assertRecordValues(lead, [{'street': "", 'zip': "", 'city': ""}])

    # ------------------------------------------------------------
    # The quotation
    # ------------------------------------------------------------

    def test_the_quotation_starts_with_the_service(self):
        lead = self._lead(self.autumn, coop_service_id=self.garden.id).with_user(self.seller)
        action = lead.action_sale_quotations_new()
        with Form(self.env['sale.order'].with_user(self.seller).with_context(**action['context'])) as form:
            self.assertEqual(form.partner_id, self.customer)
        order = form.record
        self.assertEqual((order.order_line.product_id, order.cohort_id, order.opportunity_id), (
            self.gardening, self.autumn, lead))
        self.assertRecordValues(order.order_line, [{'price_unit': 20, 'product_uom_qty': 1, 'price_subtotal': 20}])
        # Without one it starts empty.
        lead.coop_service_id = False
        self.assertNotIn('default_order_line', lead.action_new_quotation()['context'])

    # ------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------

    def test_without_a_name_nothing_is_noted(self):
        canvass = self.env['coop.canvass'].with_user(self.plain).create({'who': "   "})
        with self.assertRefused(UserError, "Who did you meet"):
            canvass.action_note()

    def test_a_place_that_nobody_knows_is_noted_and_to_be_checked(self):
        _result, lead = self._knock(self.plain, where="the yellow house behind the mill")
        self.assertEqual((lead.city, lead.coop_territory_state), ("the yellow house behind the mill", 'unknown'))

    def test_a_service_that_is_not_sold_or_of_another_company_is_refused(self):
        other = self.env['res.company'].create({'name': "Other association"})
        theirs = self.garden.copy({'company_id': other.id})
        gone = self.garden.copy({'sale_ok': False})
        archived = self.garden.copy({'active': False})
        for service in (self.tools.product_tmpl_id, gone, archived):
            canvass = self.env['coop.canvass'].with_user(self.plain).create({'who': "Mrs Roy", 'service_id': service.id})
            with self.assertRefused(UserError, "is not a service that “Autumn” sells"):
                canvass.action_note()
        with self.assertRaises(UserError):
            self.env['coop.canvass'].with_user(self.plain).create({
                'who': "Mrs Roy", 'service_id': theirs.id}).action_note()
        with self.assertRaises(UserError):
            self._lead(self.autumn, coop_service_id=theirs.id)
        with self.assertRefused(ValidationError, "is not a service that is sold"):
            self._lead(self.autumn, coop_service_id=self.tools.product_tmpl_id.id)

    def test_nobody_canvasses_in_anothers_name_or_for_another_cohort(self):
        canvass = self.env['coop.canvass'].with_user(self.plain)
        with self.assertRefused(AccessError, "each in their own name"):
            canvass.create({'who': "Mrs Roy", 'membership_id': self.lea.id}).action_note()
        with self.assertRaises(AccessError):
            canvass.create({'who': "Mrs Roy", 'cohort_id': self.winter.id}).action_note()
        with self.assertRefused(ValidationError, "someone of another cohort"):
            self._lead(self.autumn, coop_canvasser_id=self.chloe.id)

    def test_who_left_or_whose_cohort_is_closed_canvasses_no_more(self):
        canvass = self.env['coop.canvass'].with_user(self.plain).create({'who': "Mrs Roy"})
        self.yanis.action_leave(reason="Moved")
        with self.assertRaises(UserError):
            canvass.action_note()
        self.yanis.action_activate()
        self._close(self.autumn)
        with self.assertRaises(UserError):
            canvass.action_note()

    def test_who_was_in_an_earlier_cohort_canvasses_for_the_one_they_are_in(self):
        earlier = self._create_cohort("Earlier", date(2025, 1, 1))
        self._admit(earlier, "Yanis Dupond", partner_id=self.yanis.partner_id.id)
        _result, lead = self._knock(self.plain)
        self.assertEqual((lead.cohort_id, lead.coop_canvasser_id), (self.autumn, self.yanis))

    def test_nobody_sees_what_another_cohort_canvassed(self):
        _result, lead = self._knock(self.plain)
        for user in (self.chloe.user_id, self.other_facilitator):
            user.group_ids = [Command.link(self.env.ref('sales_team.group_sale_salesman_all_leads').id)]
            self.assertFalse(self.env['crm.lead'].with_user(user).search([('id', '=', lead.id)]))
