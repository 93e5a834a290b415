from odoo import models

from ..rules import covered


class CoopGatedMixin(models.AbstractModel):
    """What of a document is not any more as it was decided, in words."""
    _inherit = 'coop.gated.mixin'

    def _describe_changes(self, old, new):
        """What is not any more as it was decided.

        :param old: what was decided, as ``_get_covered_content`` gave it
        :param new: what the document says now
        :return: sentences; none, when both are the same
        """
        if not isinstance(old, dict) or old == new:
            return []
        words = self._get_covered_words()
        sentences = [
            self._describe_change(words[key], show(old.get(key), old), show(new.get(key), new))
            for key, show in self._get_covered_formats().items() if old.get(key) != new.get(key)]
        for before, now in covered.match_lines(old.get('lines') or (), new.get('lines') or ()):
            sentences += self._describe_line_change(before, now)
        return sentences

    def _describe_change(self, what, before, now):
        return self.env._("the %(what)s was %(before)s and is %(now)s", what=what, before=before, now=now)

    def _get_covered_words(self):
        return {
            'cohorts': self.env._("cohort"), 'partner': self.env._("customer"), 'currency': self.env._("currency"),
            'total': self.env._("total"), 'quantity': self.env._("quantity"), 'unit': self.env._("unit"),
            'price': self.env._("unit price"), 'discount': self.env._("discount"), 'taxes': self.env._("taxes")}

    def _get_covered_formats(self):
        """How what was covered is shown: ``{key: function of the value and of the whole content}``."""
        def name(model):
            # sudo: names that stand, or stood, on a document that the user reads.
            records = self.env[model].sudo()
            return lambda value, _content: "“%s”" % (", ".join(
                records.browse(value if isinstance(value, list) else [value] if value else ()).exists().mapped('display_name'))
                or self.env._("nothing"))

        return {
            'cohorts': name('coop.cohort'),
            'partner': name('res.partner'),
            'currency': lambda value, _content: str(value),
            'total': self._format_covered_total,
        }

    def _format_covered_total(self, units, content):
        # sudo: how a currency is written, also one that was archived since.
        currencies = self.env['res.currency'].sudo().with_context(active_test=False)
        currency = currencies.search([('name', '=', content.get('currency'))])
        return currency.format(covered.from_units(units or 0, currency.decimal_places)) if currency else str(units)

    def _describe_line_change(self, before, now):
        # sudo: the name of a product that stands on the document.
        product = self.env['product.product'].sudo().browse((before or now)['product']).exists().display_name or ""
        if not now:
            return [self.env._("“%s” was taken out", product)]
        if not before:
            return [self.env._("“%s” was added", product)]
        words = self._get_covered_words()
        records = {'unit': self.env['uom.uom'].sudo(), 'taxes': self.env['account.tax'].sudo()}  # sudo: see above

        def show(key, value):
            if key not in records:
                return value
            numbers = value if isinstance(value, list) else [value]
            return ", ".join(records[key].browse(numbers).exists().mapped('name')) or self.env._("nothing")

        return [
            self.env._(
                "the %(what)s of “%(product)s” was %(before)s and is %(now)s", what=words.get(key, key), product=product,
                before=show(key, before.get(key)), now=show(key, now.get(key)))
            for key in now if before.get(key) != now.get(key)]
