from odoo import fields, models

from .coop_cohort_documents import PEOPLE


class CoopCommittee(models.Model):
    """The meetings of a body, and who leads them."""
    _inherit = 'coop.committee'

    meeting_ids = fields.One2many('coop.meeting', 'committee_id', string="Meetings", groups=PEOPLE)
    meeting_count = fields.Integer("Number of Meetings", compute='_compute_meeting_count', groups=PEOPLE)

    def _compute_meeting_count(self):
        counts = dict(self.env['coop.meeting']._read_group([('committee_id', 'in', self.ids)], ['committee_id'], ['__count']))
        for committee in self:
            committee.meeting_count = counts.get(committee._origin, 0)

    def _get_mandates_on(self, day):
        """The mandates on the body that cover a day; one that was ended at once does not cover its last day."""
        # sudo: who sits on a body of a cohort that the user may read anyway.
        return self.sudo().mandate_ids.filtered(
            lambda mandate: mandate.date_from <= day <= mandate.date_to and not (mandate.is_ended and day >= mandate.date_to))

    def _get_leading_mandates(self, day):
        """Whose mandates lead the body's meetings on a day: its chair and secretary.

        An assembly has none of its own: the board's lead it.
        """
        # sudo: see above.
        bodies = self.sudo()
        bodies |= bodies.filtered(lambda body: body.kind == 'assembly').cohort_id.committee_ids.filtered(
            lambda body: body.kind == 'board')
        return bodies._get_mandates_on(day).filtered(lambda mandate: mandate.role in ('chair', 'secretary'))

    def action_view_meetings(self):
        """Open the meetings of this body, and plan one."""
        self.ensure_one()
        self.check_access('read')
        return {
            **self.env['ir.actions.act_window']._for_xml_id('inocoop_coop.coop_meeting_action'),
            'domain': [('committee_id', '=', self.id)],
            'context': {'default_committee_id': self.id},
        }
