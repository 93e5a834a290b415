from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import guard

REVIEWS = [('worked', "It worked"), ('partly', "It worked in part"), ('failed', "It did not work")]


class CoopDecision(models.Model):
    """What a decision leads to: tasks with people and dates, and a day on which the group looks back.

    Consent is "good enough until the next review": so a decision has a date of review, and the review
    records whether it worked.
    """
    _inherit = 'coop.decision'

    task_ids = fields.One2many('project.task', 'decision_id', string="Tasks")
    project_id = fields.Many2one(related='cohort_id.project_id', string="Project of the Cohort")
    task_count = fields.Integer("Number of Tasks", compute='_compute_task_count')
    review_date = fields.Date("Review On", tracking=True, help="When the group looks at what became of it.")
    review_user_id = fields.Many2one(
        'res.users', string="Who Brings It Back", compute='_compute_review_user_id', store=True, readonly=False,
        domain="[('share', '=', False)]")
    review_result = fields.Selection(REVIEWS, string="Review", readonly=True, copy=False, tracking=True)
    review_note = fields.Text("What We Learned", readonly=True, copy=False)

    @api.depends('task_ids')
    def _compute_task_count(self):
        counts = dict(self.env['project.task']._read_group([('decision_id', 'in', self.ids)], ['decision_id'], ['__count']))
        for decision in self:
            decision.task_count = counts.get(decision._origin, 0)

    @api.depends('proposer_id')
    def _compute_review_user_id(self):
        for decision in self:
            # sudo: the proposer's own user.
            user = decision.proposer_id.sudo().user_ids.filtered(lambda user: user.active and not user.share)[:1]
            decision.review_user_id = user.sudo(False) or decision.cohort_id.facilitator_id

    def _on_adopted(self):  # pylint: disable=missing-return
        super()._on_adopted()
        self._plan_review()

    def write(self, vals):
        result = super().write(vals)
        if {'review_date', 'review_user_id'} & vals.keys():
            self.filtered(lambda decision: decision.state == 'adopted')._plan_review()
        return result

    def _plan_review(self):
        """One activity on the day of review, for who brings it back to the group."""
        for decision in self:
            decision.activity_unlink(['inocoop_coop.mail_activity_review'])
            if decision.review_date and not decision.review_result:
                decision.activity_schedule(
                    'inocoop_coop.mail_activity_review', date_deadline=decision.review_date,
                    user_id=(decision.review_user_id or self.env.user).id)

    def action_review(self, outcome, note=None):
        """Record whether an adopted decision worked.

        :param str outcome: ``worked``, ``partly`` or ``failed``
        :param str note: what the group learned, in a sentence
        :raise UserError: when it was not adopted, or the outcome is none of these
        """
        self._check_steward()
        if outcome not in dict(REVIEWS):
            raise UserError(self.env._("Say whether it worked, worked in part or did not work."))
        for decision in self:
            if decision.review_result:
                raise UserError(self.env._(
                    "“%s” was reviewed already: say in the discussion what you found since, or propose another decision.",
                    decision.name))
            if decision.state != 'adopted':
                raise UserError(self.env._("“%s” was not adopted: there is nothing to review.", decision.name))
        guard.sealed(self).write({'review_result': outcome, 'review_note': note.strip() if isinstance(note, str) else False})
        for decision in self:
            decision.activity_feedback(['inocoop_coop.mail_activity_review'], feedback=note if isinstance(note, str) else "")

    def action_open_review(self):
        """Ask whether it worked."""
        self.ensure_one()
        return self._open_dialog('coop.decision.review', self.env._("Did it work?"))

    def action_view_tasks(self):
        """Open what was planned after this decision."""
        self.ensure_one()
        return {
            **self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.project_task_action'),
            'domain': [('decision_id', '=', self.id)],
            'context': {'default_decision_id': self.id, 'default_project_id': self.cohort_id.sudo().project_id.id},
        }
