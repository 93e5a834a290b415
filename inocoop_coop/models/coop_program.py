from odoo import fields, models


class CoopProgram(models.Model):
    """A kind of cooperative: for whom, how long, how many, with which bodies."""
    _name = 'coop.program'
    _description = "Programme"
    _inherit = ['mail.thread']
    _order = 'sequence, name'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    company_id = fields.Many2one(
        'res.company', index=True, help="Leave it empty for a programme that all companies may run.")
    description = fields.Html(translate=True)

    # For whom
    age_min = fields.Integer(
        "Youngest Age", required=True, default=18, tracking=True,
        help="In completed years on the day the person starts; included.")
    age_max = fields.Integer(
        "Oldest Age", required=True, default=25, tracking=True,
        help="In completed years on the day the person starts; included: 25 accepts until the eve of the 26th birthday.")
    territory_id = fields.Many2one('coop.territory', index='btree_not_null', ondelete='restrict')

    # How long, how many
    duration = fields.Integer("Duration (months)", required=True, default=6)
    seats = fields.Integer(required=True, default=9, help="How many members can be active at the same time.")

    # Business
    next_action_days = fields.Integer(
        "Call Back After (days)", required=True, default=3,
        help="When nobody plans a next action on a lead, the call back is planned in so many days.")

    # Money
    host_rate = fields.Float(
        "Host's Share (%)", default=10.0, tracking=True, help="Share of the turnover, net of tax, that the host keeps.")
    reserve_rate = fields.Float(
        "Reserve (%)", tracking=True, help="Share of the result that stays in the cooperative.")

    committee_template_ids = fields.One2many('coop.committee.template', 'program_id', string="Bodies", copy=True)
    cohort_ids = fields.One2many('coop.cohort', 'program_id', string="Cohorts")
    cohort_count = fields.Integer("Number of Cohorts", compute='_compute_cohort_count')

    _check_ages = models.Constraint(
        'CHECK(age_min >= 0 AND age_max >= age_min)', "The oldest age can't be below the youngest one.")
    _check_duration = models.Constraint('CHECK(duration > 0)', "A programme must last at least one month.")
    _check_seats = models.Constraint('CHECK(seats > 0)', "A programme needs at least one seat.")
    _check_next_action_days = models.Constraint(
        'CHECK(next_action_days >= 0)', "Nobody can be called back before they were met: write zero days or more.")
    _check_rates = models.Constraint(
        'CHECK(host_rate BETWEEN 0 AND 100 AND reserve_rate BETWEEN 0 AND 100)',
        "A rate is a percentage: between 0 and 100.")

    def _compute_cohort_count(self):
        counts = dict(self.env['coop.cohort']._read_group(
            [('program_id', 'in', self.ids)], ['program_id'], ['__count']))
        for program in self:
            program.cohort_count = counts.get(program, 0)

    def copy_data(self, default=None):
        data = super().copy_data(default=default)
        if 'name' in (default or {}):
            return data
        return [
            dict(vals, name=self.env._("%s (copy)", program.name)) for program, vals in zip(self, data, strict=True)
        ]

    def action_view_cohorts(self):
        """Open the cohorts of this programme."""
        self.ensure_one()
        return {
            **self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_cohort_action'),
            'domain': [('program_id', '=', self.id)],
            'context': {'default_program_id': self.id},
        }
