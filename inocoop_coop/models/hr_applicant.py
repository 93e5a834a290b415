from odoo import api, models
from odoo.exceptions import AccessError


class CoopInterviewedMixin(models.AbstractModel):
    """Whom one names as an interviewer gets recruitment's access: it is not given to members past their mandates."""
    _name = 'coop.interviewed.mixin'
    _description = "Has interviewers"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if any(vals.get('interviewer_ids') for vals in vals_list):
            records._check_interviewers()
        return records

    def write(self, vals):
        result = super().write(vals)
        if 'interviewer_ids' in vals:
            self._check_interviewers()
        return result

    def _check_interviewers(self):
        if self.env.su or not self.env.user.is_coop_scoped:
            return
        # sudo: who of the interviewers is a member, whoever may read users.
        if any(user.has_group('inocoop_coop.group_confined') for user in self.sudo().interviewer_ids):
            raise AccessError(self.env._(
                "A member interviews by a mandate on the HR committee: only a programme manager can name one here."))


class HrApplicant(models.Model):
    """An application is for the cohort whose job position it is for."""
    _name = 'hr.applicant'
    _inherit = ['hr.applicant', 'coop.interviewed.mixin', 'coop.cohort.mixin']

    _cohort_sources = ('job_id.cohort_ids',)
