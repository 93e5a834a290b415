import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import CoopCommon


class CatalogueCommon(CoopCommon):
    """What the services need. Gardening: hedges and tools, at 50 %; painting: nothing.

    ========  ===============  ==============
    member    hedges           tools
    ========  ===============  ==============
    Léa       good (50 %)      expert (100 %)
    Yanis     beginner (20 %)  not yet
    ========  ===============  ==============
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trades = cls.env['hr.skill.type'].create({
            'name': "Trades",
            'skill_ids': [Command.create({'name': name}) for name in ("Hedges", "Tools", "Heights")],
            'skill_level_ids': [
                Command.create({'name': name, 'level_progress': progress, 'default_level': name == "Good"})
                for name, progress in (("Beginner", 20), ("Good", 50), ("Expert", 100))],
        })
        cls.hedges, cls.tools_skill, cls.heights = cls.trades.skill_ids
        cls.beginner, cls.good, cls.expert = cls.trades.skill_level_ids
        cls.gardening.coop_skill_ids = cls.hedges + cls.tools_skill
        cls._say(cls.lea, cls.hedges, cls.good)
        cls._say(cls.lea, cls.tools_skill, cls.expert)
        cls._say(cls.yanis, cls.hedges, cls.beginner)

    @classmethod
    def _say(cls, membership, skill, level):
        return cls.env['hr.employee.skill'].create({
            'employee_id': membership.employee_id.id, 'skill_type_id': skill.skill_type_id.id, 'skill_id': skill.id,
            'skill_level_id': level.id})

    def _line(self, membership, skill, user=None):
        lines = self.env['coop.skill.line'].with_user(user or self.manager)
        return lines.search([('membership_id', '=', membership.id), ('skill_id', '=', skill.id)])


@tagged('post_install', '-at_install')
class TestCatalogue(CatalogueCommon):
    """The services, and what members know: each says it of themselves, and their own cohort reads it."""

    # ------------------------------------------------------------
    # Services
    # ------------------------------------------------------------

    def test_a_member_reads_what_a_service_asks_and_a_programme_manager_writes_it(self):
        service = self.gardening.product_tmpl_id
        service.with_user(self.manager).write({
            'coop_safety_note': "<p>Gloves</p>", 'coop_is_insured': True, 'coop_insurance_note': "Not above two metres"})
        read = service.with_user(self.lea.user_id)
        self.assertEqual((read.coop_skill_ids, read.coop_is_insured), (self.hedges + self.tools_skill, True))
        self.assertIn("Gloves", read.coop_safety_note)
        with self.assertRaises(AccessError):
            read.coop_is_insured = False
        with self.assertRaises(AccessError):
            service.with_user(self.facilitator).coop_is_insured = False

    def test_an_order_makes_the_intervention_from_the_services_model(self):
        model = self.env['project.task'].with_user(self.manager).create({
            'name': "Hedge round", 'is_template': True, 'description': "<p>Measure, cut, rake</p>"})
        self.assertFalse(model.project_id)
        self.gardening.product_tmpl_id.with_user(self.manager).task_template_id = model
        order = self._quotation(self._lead(self.autumn))
        order.action_confirm()
        task = order.order_line.task_id
        self.assertEqual((task.project_id, task.cohort_id, task.is_template), (self.autumn.project_id, self.autumn, False))
        self.assertIn("Measure", task.description)
        # Who wrote the model does not get the work.
        self.assertFalse(task.user_ids)

    def test_the_level_to_lead_is_a_percentage(self):
        for level in (0, 101, -1):
            with self.assertRaises(psycopg2.IntegrityError), mute_logger('odoo.sql_db'), self.env.cr.savepoint():
                self.gardening.product_tmpl_id.coop_lead_level = level
                self.env.flush_all()

    # ------------------------------------------------------------
    # The matrix
    # ------------------------------------------------------------

    def test_each_member_has_a_line_for_each_skill_a_service_needs_and_for_what_else_they_know(self):
        self._say(self.yanis, self.heights, self.good)
        lines = self.env['coop.skill.line'].with_user(self.lea.user_id).search([('cohort_id', '=', self.autumn.id)])
        self.assertEqual({(line.membership_id, line.skill_id, line.level) for line in lines}, {
            (self.lea, self.hedges, 50), (self.lea, self.tools_skill, 100),
            (self.yanis, self.hedges, 20), (self.yanis, self.tools_skill, 0), (self.yanis, self.heights, 50)})
        self.assertEqual(lines.filtered(lambda line: not line.is_needed).skill_id, self.heights)

    def test_a_skill_that_ended_or_whose_kind_is_archived_counts_no_more(self):
        held = self.lea.employee_id.employee_skill_ids.filtered(lambda own: own.skill_id == self.hedges)
        held.write({'valid_from': '2020-01-01', 'valid_to': '2020-12-31'})
        self.assertEqual(self._line(self.lea, self.hedges).level, 0)
        self.trades.active = False
        self.assertFalse(self._line(self.lea, self.hedges))

    def test_who_left_or_was_only_admitted_is_not_counted_on(self):
        self.yanis.action_leave(reason="Moved")
        lines = self.env['coop.skill.line'].search([('cohort_id', '=', self.autumn.id)])
        self.assertEqual(lines.membership_id, self.lea)

    def test_a_service_of_another_company_asks_nothing_of_this_one(self):
        other = self.env['res.company'].create({'name': "Other association"})
        self.painting.product_tmpl_id.write({'company_id': other.id, 'coop_skill_ids': [Command.set(self.heights.ids)]})
        self.assertFalse(self._line(self.lea, self.heights))
        self.painting.product_tmpl_id.company_id = False
        self.assertTrue(self._line(self.lea, self.heights))

    # ------------------------------------------------------------
    # Saying it
    # ------------------------------------------------------------

    def test_a_member_says_their_own_level_and_takes_it_back(self):
        line = self._line(self.yanis, self.tools_skill, self.yanis.user_id)
        with Form(line, view='inocoop_coop.coop_skill_line_view_form') as form:
            form.skill_level_id = self.good
        self.assertEqual((line.level, line.skill_level_id), (50, self.good))
        line.skill_level_id = self.expert
        self.assertEqual(self._line(self.yanis, self.tools_skill).level, 100)
        line.skill_level_id = False
        self.assertEqual(line.level, 0)
        self.assertFalse(self.yanis.employee_id.current_employee_skill_ids.filtered(
            lambda own: own.skill_id == self.tools_skill))

    def test_what_was_known_before_is_kept(self):
        held = self.yanis.employee_id.employee_skill_ids
        held.valid_from = '2020-01-01'
        self._line(self.yanis, self.hedges, self.yanis.user_id).skill_level_id = self.expert
        self.assertEqual(self.yanis.employee_id.employee_skill_ids.skill_level_id, self.beginner + self.expert)
        self.assertTrue(held.valid_to)

    def test_nobody_says_it_of_another_member_but_the_facilitator(self):
        for user in (self.lea.user_id, self.chloe.user_id, self.other_facilitator, self.psychologist):
            line = self._line(self.yanis, self.hedges).with_user(user)
            with self.assertRaises(AccessError):
                line.skill_level_id = self.expert
        self._line(self.yanis, self.hedges, self.facilitator).skill_level_id = self.expert
        self.assertEqual(self._line(self.yanis, self.hedges).level, 100)

    def test_a_level_of_another_kind_or_another_field_is_refused_in_words(self):
        languages = self.env['hr.skill.type'].create({
            'name': "Languages", 'skill_ids': [Command.create({'name': "Ch'ti"})],
            'skill_level_ids': [Command.create({'name': "B2", 'level_progress': 60})]})
        line = self._line(self.yanis, self.hedges, self.yanis.user_id)
        with self.assertRefused(UserError, "“B2” is not a level of “Trades”: choose one of these: Beginner, Good, Expert"):
            line.skill_level_id = languages.skill_level_ids
        with self.assertRefused(UserError, "Only the level"):
            line.membership_id = self.lea
        with self.assertRefused(UserError, "does not exist any more"):
            line.write({'skill_level_id': 2 ** 30})

    def test_another_skill_is_added_from_ones_own_file(self):
        own = self.yanis.with_user(self.yanis.user_id)
        self.assertTrue(own.can_write_skills)
        action = own.action_add_skill()
        skills = self.env['hr.employee.skill'].with_user(self.yanis.user_id).with_context(**action['context'])
        with Form(skills, view=action['views'][0][0]) as form:
            form.skill_type_id = self.trades
            form.skill_id = self.heights
            form.skill_level_id = self.good
        self.assertEqual(self._line(self.yanis, self.heights).level, 50)
        # On someone else's file the button is not there, and calling it all the same saves nothing.
        other = self.lea.with_user(self.yanis.user_id)
        self.assertFalse(other.can_write_skills)
        action = other.action_add_skill()
        with self.assertRaises(AccessError):
            self.env['hr.employee.skill'].with_user(self.yanis.user_id).with_context(**action['context']).create({
                'skill_type_id': self.trades.id, 'skill_id': self.heights.id, 'skill_level_id': self.good.id})
        with self.assertRefused(UserError, "is not active"):
            self.sofia.with_user(self.facilitator).action_add_skill()

    def test_skills_open_from_the_file(self):
        action = self.yanis.with_user(self.yanis.user_id).action_view_skills()
        lines = self.env['coop.skill.line'].with_user(self.yanis.user_id).search(action['domain'])
        self.assertEqual(lines.membership_id, self.yanis)
        with Form(self.yanis.with_user(self.yanis.user_id)) as form:
            self.assertEqual(len(form.skill_line_ids), 2)

    # ------------------------------------------------------------
    # Who reads it
    # ------------------------------------------------------------

    def test_skills_are_read_inside_the_cohort_only(self):
        held = self.lea.employee_id.employee_skill_ids
        for user in (self.yanis.user_id, self.facilitator, self.psychologist, self.manager):
            self.assertEqual(self.env['hr.employee.skill'].with_user(user).search([('id', 'in', held.ids)]), held, user.login)
        bystander = self._create_user('bystander', 'base.group_user')
        for user in (self.chloe.user_id, self.other_facilitator, self.other_psychologist, self.accountant, bystander):
            found = self.env['hr.employee.skill'].with_user(user).search([('id', 'in', held.ids)])
            self.assertFalse(found, user.login)
            with self.assertRaises(AccessError):
                held.with_user(user).read(['skill_level_id'])
            self.assertFalse(held.with_user(user)._filtered_access('write'), user.login)

    def test_a_colleagues_skills_stay_as_odoo_shows_them(self):
        colleague = self.env['hr.employee'].create({'name': "Colleague"})
        held = self.env['hr.employee.skill'].create({
            'employee_id': colleague.id, 'skill_type_id': self.trades.id, 'skill_id': self.hedges.id,
            'skill_level_id': self.good.id})
        self.assertTrue(held.with_user(self.accountant).has_access('read'))
        self.assertFalse(held.with_user(self.facilitator).has_access('write'))
        self.assertFalse(held.with_user(self.manager).has_access('write'))
