from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class CoopCohortMixin(models.AbstractModel):
    """A document of the standard apps that belongs to a cohort.

    The cohort fills itself in along the chain: a quotation has it from its lead, a task from its
    project, hours from their task. A model says where it looks, in order, with
    ``_cohort_sources``: paths that lead to cohorts.
    """
    _name = 'coop.cohort.mixin'
    _description = "Document of a cohort"

    _cohort_sources = ()
    # Paths read like sources, whose first field is itself filled in from the cohort: it must not
    # trigger in return.
    _cohort_hints = ()
    # Whether a document that nothing else places belongs to the cohort of the member who makes it.
    # Not for what a member may well do in private: an appointment, a to-do.
    _cohort_of_its_author = False

    cohort_id = fields.Many2one(
        'coop.cohort', compute='_compute_cohort_id', store=True, readonly=False, precompute=True,
        index='btree_not_null', ondelete='restrict', check_company=True,
        help="The cohort whose business this is. It follows from what the document comes from.")

    @api.depends(lambda self: self._cohort_sources)
    def _compute_cohort_id(self):
        for document in self:
            if document._is_settled():
                document.cohort_id = document.cohort_id
                continue
            origins, cohort = document._get_origin_cohort()
            if not cohort and self._cohort_of_its_author:
                cohort = document.cohort_id or self.env['coop.membership']._get_own_cohort()
            elif not cohort and not origins:
                cohort = document.cohort_id
            document.cohort_id = cohort

    @api.constrains(lambda self: ('cohort_id', *(path.split('.')[0] for path in self._cohort_sources)))
    def _check_cohort_of_sources(self):
        # sudo: whether two cohorts are the same, for an origin that the user may not read.
        for document in self.sudo():
            for path in self._cohort_sources:
                cohorts = document.mapped(path)
                if len(cohorts) == 1 and cohorts != document.cohort_id:
                    origin = path.split('.')[0]
                    raise ValidationError(self.env._(
                        "“%(document)s” belongs to %(cohort)s, and its %(origin)s to %(origin_cohort)s: they must be of "
                        "one cohort.",
                        document=document.display_name, origin=self._fields[origin].get_description(self.env)['string'],
                        cohort=document.cohort_id.sudo(False)._tell(), origin_cohort=cohorts.sudo(False)._tell()))

    @api.constrains('cohort_id')
    def _check_company_of_cohort(self):
        # Not every app has it asked by itself; and what has no company at all could name any cohort.
        if 'company_id' in self._fields and not self._check_company_auto:
            self.filtered('company_id')._check_company(['cohort_id'])
        self.cohort_id._check_companies_of_user()

    def write(self, vals):
        moves = {'cohort_id', *(path.split('.')[0] for path in (*self._cohort_sources, *self._cohort_hints))} & vals.keys()
        if not moves or self.env.su or not self.env.user.is_coop_scoped:
            return super().write(vals)
        # Odoo asks before a document is written whether it may be, and not where it goes.
        placed = self.sudo().filtered('cohort_id').sudo(False)
        result = super().write(vals)
        if not all(document.cohort_id for document in placed.sudo()) or not self.has_access('write'):
            raise AccessError(self.env._(
                "You can't move this out of the cohorts you work in: %s. Ask your programme manager.",
                ", ".join(self.sudo().mapped('display_name'))))
        return result

    def _is_settled(self):
        """Whether the document stays in its cohort, whatever becomes of what it comes from."""
        return False

    def _get_known_cohort(self):
        """The cohort as it is known by now. It is not asked for: it may wait for the field that is asking."""
        self.ensure_one()
        field = self._fields['cohort_id']
        waiting = self.env.is_to_compute(field, self) or (not self._origin and 'cohort_id' not in self._cache)
        return self.env['coop.cohort'] if waiting else self.cohort_id

    def _get_origin_cohort(self):
        """Where the document comes from, and the one cohort that this gives.

        :return: whether there is an origin at all, and its cohort (empty when there is none or
            when there are several: then nobody can say which)
        """
        self.ensure_one()
        origins = False
        for path in (*self._cohort_sources, *self._get_cohort_hints()):
            origin = self[path.split('.')[0]]
            if not origin:
                continue
            origins = True
            cohorts = origin.mapped(path.split('.', 1)[1])
            if len(cohorts) == 1:
                return True, cohorts
        return origins, self.env['coop.cohort']

    def _get_cohort_hints(self):
        return self._cohort_hints
