from odoo import api, fields, models
from odoo.tools import SQL

from ..rules import offer


class CoopOffer(models.Model):
    """What a cohort can do about one service of the catalogue, today.

    The founding idea of these cooperatives: each person's skills, pooled, make an offer. Who has all
    that a service needs leads it; who has some of it learns beside them; and where nobody leads, the
    shortest training that would open the service is told. The rule is in ``rules/offer.py``.
    """
    _name = 'coop.offer'
    _description = "Service That a Cohort Can Offer"
    _auto = False
    _order = 'cohort_id desc, product_tmpl_id'
    _rec_name = 'product_tmpl_id'
    _depends = {
        'coop.cohort': ['active', 'company_id', 'state'],
        'product.template': ['active', 'company_id', 'coop_is_insured', 'sale_ok', 'service_tracking', 'type'],
    }

    product_tmpl_id = fields.Many2one('product.template', string="Service", readonly=True)
    cohort_id = fields.Many2one('coop.cohort', readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    is_insured = fields.Boolean("Covered by the Insurance", readonly=True)
    list_price = fields.Float(related='product_tmpl_id.list_price')
    currency_id = fields.Many2one(related='product_tmpl_id.currency_id')
    uom_id = fields.Many2one(related='product_tmpl_id.uom_id', string="Unit")
    skill_ids = fields.Many2many(related='product_tmpl_id.coop_skill_ids', string="Skills It Needs")

    can_be_offered = fields.Boolean(compute='_compute_offer', search='_search_can_be_offered')
    leader_ids = fields.Many2many('coop.membership', string="Can Lead", compute='_compute_offer')
    learner_ids = fields.Many2many('coop.membership', string="Can Learn Beside", compute='_compute_offer')
    missing_skill_ids = fields.Many2many(
        'hr.skill', string="What Is Missing", compute='_compute_offer',
        help="The shortest training that would open this service.")
    nearest_ids = fields.Many2many(
        'coop.membership', string="For Whom", compute='_compute_offer', help="For whom this training would be enough to lead.")
    nearest_count = fields.Integer("For How Many", compute='_compute_offer')

    @property
    def _table_query(self):
        return SQL("""
            SELECT (cohort.id::bigint << 31) + service.id AS id,
                   cohort.id AS cohort_id, cohort.company_id, service.id AS product_tmpl_id,
                   COALESCE(service.coop_is_insured, FALSE) AS is_insured
              FROM coop_cohort cohort
              JOIN product_template service
                ON service.company_id IS NULL OR service.company_id = cohort.company_id
             WHERE cohort.active AND cohort.state IN ('recruiting', 'running')
               AND service.active AND service.sale_ok AND service.type = 'service'
               AND service.service_tracking = 'task_global_project'
        """)

    @api.depends('cohort_id', 'product_tmpl_id')
    def _compute_offer(self):
        active, members = self._get_skills_of_members()
        # sudo: the people that the user has just found are not asked for again, one line after the other.
        for line in self.sudo():
            service = line.product_tmpl_id
            found = offer.match(service.coop_skill_ids.ids, service.coop_lead_level, members.get(line.cohort_id.id, {}))
            training = found.trainings[0] if found.trainings else offer.Training((), ())
            line.can_be_offered = found.can_be_offered
            line.leader_ids = active.browse(found.leaders)
            line.learner_ids = active.browse(found.learners)
            line.missing_skill_ids = self.env['hr.skill'].browse(training.skills)
            line.nearest_ids = active.browse(training.people)
            line.nearest_count = len(training.people)

    def _get_skills_of_members(self):
        """What the active members of these cohorts know: two queries, whatever their number.

        :return: these members, and ``{cohort number: {membership number: {skill number: level in percent}}}``
        """
        # As the user: what they may read of a cohort is all there is to count.
        members = {}
        active = self.env['coop.membership'].search_fetch(
            [('cohort_id', 'in', self.cohort_id.ids), ('state', '=', 'active')], ['cohort_id'])
        for member in active:
            members.setdefault(member.cohort_id.id, {})[member.id] = {}
        for member, skill, level in self.env['coop.skill.line']._read_group(
                [('membership_id', 'in', active.ids), ('level', '>', 0)], ['membership_id', 'skill_id'], ['level:max']):
            members[member.cohort_id.id][member.id][skill.id] = level
        return active, members

    @api.model
    def _search_can_be_offered(self, operator, value):
        if operator != 'in':
            return NotImplemented
        offers = self.search([('cohort_id', '!=', False)])
        return [('id', 'in', offers.filtered(lambda line: line.can_be_offered in value).ids)]

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_view_matrix(self):
        """Open who knows what of the skills that this service needs."""
        self.ensure_one()
        self.check_access('read')
        return {
            **self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_skill_line_action'),
            'name': self.product_tmpl_id.display_name,
            'domain': [('cohort_id', '=', self.cohort_id.id), ('skill_id', 'in', self.skill_ids.ids)],
        }
