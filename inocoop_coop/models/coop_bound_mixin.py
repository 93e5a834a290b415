from odoo import api, models
from odoo.fields import Domain

from ..security.confinement import RULES


class CoopBoundMixin(models.AbstractModel):
    """Rows about a document of any app, named by its model and number: they say no more than the document.

    A rule can't follow a model that stands in a column. For who is scoped to cohorts, such rows are
    searched, read and written where the document itself may be read.
    """
    _name = 'coop.bound.mixin'
    _description = "Rows about a document"

    _document_fields = ('res_model', 'res_id')  # the model, by name or as a many2one, and the number

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or self.env.su or not self.env.user.is_coop_scoped:
            return result
        # sudo: which document a row is about, to ask whether the user may read that document.
        forbidden = self - self.sudo().filtered_domain(self._get_document_domain()).sudo(False)
        if forbidden:
            return forbidden, lambda: self.env['ir.rule']._make_access_error(operation, forbidden)
        return None

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (bypass_access or self.env.su) and self.env.user.is_coop_scoped:
            domain = Domain(domain) & self._get_document_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_document_domain(self):
        """The rows whose document the user may read, as far as documents are confined."""
        model_field, number_field = self._document_fields
        by_name = self._fields[model_field].type == 'char'
        confined = {
            model: model if by_name else self.env['ir.model']._get_id(model) for model in RULES if model in self.env}
        readable = [
            Domain(model_field, '=', value) & Domain(number_field, 'in', self.env[model]._search([]))
            for model, value in confined.items() if self.env[model].has_access('read')
        ]
        return Domain(model_field, 'not in', list(confined.values())) | Domain.OR(readable)


class MailFollowers(models.Model):
    _name = 'mail.followers'
    _inherit = ['mail.followers', 'coop.bound.mixin']


class MailAlias(models.Model):
    _name = 'mail.alias'
    _inherit = ['mail.alias', 'coop.bound.mixin']

    _document_fields = ('alias_parent_model_id', 'alias_parent_thread_id')


class RatingRating(models.Model):
    _name = 'rating.rating'
    _inherit = ['rating.rating', 'coop.bound.mixin']

