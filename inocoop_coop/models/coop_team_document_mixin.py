from odoo import api, models


class CoopTeamDocumentMixin(models.AbstractModel):
    """A document of a cohort that is followed by a sales team: a lead, a quotation.

    A team that someone chooses says the cohort. A team that core proposes, because someone else
    follows the document, does not: who follows two cohorts would carry it from one to the other.

    It stands before the document's own class in ``_inherit``, because it overrules its team.
    """
    _name = 'coop.team.document.mixin'
    _description = "Document of a cohort's sales team"
    _inherit = 'coop.cohort.mixin'

    @api.depends('cohort_id')
    def _compute_team_id(self):  # pylint: disable=missing-return
        # sudo: the number of the cohort's own team, which a member need not read.
        teams = {document: document._get_team_cohort().sudo().team_id.sudo(False) for document in self}
        super(CoopTeamDocumentMixin, self.filtered(lambda document: not teams[document]))._compute_team_id()
        for document, team in teams.items():
            if team:
                document.team_id = team

    def _get_team_cohort(self):
        """The cohort whose team follows the document, whoever in it does."""
        self.ensure_one()
        return self._get_known_cohort() or self.team_id.cohort_ids
