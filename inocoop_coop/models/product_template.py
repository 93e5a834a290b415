from odoo import api, fields, models


class ProductTemplate(models.Model):
    """A service that the cohorts sell: what it asks of who renders it, and whether the host's insurance covers it.

    What is done in an intervention is Odoo's own task template (``task_template_id``). A service of
    the catalogue has no project, because its task goes where the order's cohort plans: so its
    template has none either.
    """
    _inherit = 'product.template'

    coop_skill_ids = fields.Many2many(
        'hr.skill', 'coop_product_skill_rel', 'product_tmpl_id', 'skill_id', string="Skills It Needs",
        help="Who leads the intervention has all of these.")
    coop_lead_level = fields.Integer(
        "Level to Lead (%)", default=50,
        help="Whoever leads has each of the skills at this level or above. Who has less learns beside them.")
    coop_safety_note = fields.Html(
        "Safety", translate=True, help="What everyone reads before they start: protection, tools, what never to do.")
    coop_is_insured = fields.Boolean("Insured", help="Whether the host's insurance covers this work.")
    coop_insurance_note = fields.Text(
        "What the Insurance Says", translate=True, help="Limits of the cover, and whom to ask: “not above two metres”.")

    _check_coop_lead_level = models.Constraint(
        'CHECK(coop_lead_level BETWEEN 1 AND 100)', "The level to lead is a percentage: between 1 and 100.")

    @api.model
    def _get_catalogue_domain(self):
        """What cohorts sell: the services that make an intervention."""
        return [('type', '=', 'service'), ('sale_ok', '=', True), ('service_tracking', '=', 'task_global_project')]

    def _explain_insurance(self):
        """What to mind about these services: who is not covered, and the limits of who is. A line for each."""
        lines = []
        for service in self:
            note = (service.coop_insurance_note or "").strip()
            if not service.coop_is_insured:
                lines.append(" ".join(filter(None, (self.env._(
                    "The host's insurance does not cover “%s”: ask before you promise it.", service.name), note))))
            elif note:
                lines.append(self.env._("“%(service)s” is insured: %(note)s", service=service.name, note=note))
        return "\n".join(lines)
