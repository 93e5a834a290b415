from odoo import models
from odoo.tools import format_list


class CoopDecisionVersion(models.Model):
    """The arithmetic of a result, in words: "5 yes of 9 present or represented: more than half, adopted"."""
    _inherit = 'coop.decision.version'

    def _describe_outcome(self):
        """The result in a sentence or two, in the reader's language; nothing while there is none."""
        self.ensure_one()
        if not self.result:
            return {
                'amended': self.env._("Amended before the vote was closed: nothing was counted."),
                'withdrawn': self.env._("Withdrawn: nothing was counted."),
            }.get(self.outcome, "")
        result, terms = self.result, self.terms
        if self.outcome == 'no_quorum':
            return self.env._(
                "%(present)s of %(entitled)s present or represented, %(needed)s needed: no quorum, nothing is decided.",
                present=result['present'], entitled=result['entitled'], needed=result['quorum_needed'])
        method = self._get_rule()
        if method.is_by_names:
            return self._describe_election(result, terms)
        if method.is_by_consent:
            return self._describe_consent(result)
        return self._describe_majority(result, terms)

    def _describe_majority(self, result, terms):
        base = self._describe_base(terms['base'], result['base'])
        details = self.env._(
            "%(yes)s yes, %(no)s no, %(abstain)s abstaining", yes=result['yes'], no=result['no'], abstain=result['abstain'])
        ending = self._describe_ending()
        if terms['threshold'] == 'simple':
            comparison = {
                'adopted': self.env._("more yes than no"), 'tied': self.env._("as many yes as no"),
            }.get(self.outcome, self.env._("not more yes than no"))
            return self.env._("%(details)s: %(comparison)s, %(ending)s.", details=details, comparison=comparison, ending=ending)
        return self.env._(
            "%(yes)s yes of %(base)s: %(comparison)s, %(ending)s (%(details)s; %(needed)s needed).",
            yes=result['yes'], base=base, comparison=self._describe_threshold(terms), ending=ending, details=details,
            needed=result['needed'] if result['needed'] is not None else "-")

    def _describe_base(self, base, count):
        return {
            'expressed': self.env._("%s votes without abstentions", count),
            'cast': self.env._("%s votes cast", count),
            'present': self.env._("%s present or represented", count),
            'entitled': self.env._("%s entitled", count),
        }[base]

    def _describe_threshold(self, terms):
        half = (terms['numerator'], terms['denominator']) == (1, 2)
        everyone = terms['numerator'] == terms['denominator']
        part = f"{terms['numerator']}/{terms['denominator']}"
        met = self.outcome == 'adopted'
        if self.outcome == 'tied':
            return self.env._("exactly half on each side")
        if terms['threshold'] == 'more' and half:
            return self.env._("more than half") if met else self.env._("not more than half")
        if everyone:
            return self.env._("all of them") if met else self.env._("not all of them")
        if terms['threshold'] == 'more':
            return self.env._("more than %s", part) if met else self.env._("not more than %s", part)
        return self.env._("at least %s", part) if met else self.env._("less than %s", part)

    def _describe_consent(self, result):
        details = self.env._(
            "%(consents)s consent, %(objections)s object, %(abstain)s abstaining, %(silent)s did not answer",
            consents=result['yes'], objections=result['objections'], abstain=result['abstain'], silent=result['silent'])
        if result['objections']:
            return self.env._("%s: an objection stands, rejected. Amend it, so that the objection is met.", details)
        if self.outcome == 'adopted' and result['elected']:
            return self.env._(
                "%(details)s: no objection, %(person)s is elected.", details=details,
                person=self._name_people(result['elected']))
        if self.outcome == 'adopted':
            return self.env._("%s: no objection, adopted.", details)
        return self.env._("%s: nobody consented, rejected.", details)

    def _describe_election(self, result, terms):
        votes = format_list(self.env, [
            self.env._("%(person)s %(votes)s", person=self._name_people([number]), votes=count)
            for number, count in result['votes']])
        sentences = [self.env._(
            "Round %(round)s, %(voted)s voted of %(entitled)s entitled, %(blank)s blank: %(votes)s.", round=self.round_number,
            voted=result['voted'], entitled=result['entitled'], blank=result['abstain'], votes=votes or self.env._("no votes"))]
        if result['elected']:
            people = self._name_people(result['elected'])
            if result['needed'] is not None:
                sentences.append(self.env._(
                    "More than half of %(base)s, %(needed)s needed.", base=self._describe_base(terms['base'], result['base']),
                    needed=result['needed']))
            sentences.append(self.env._("Elected: %s.", people))
        if self.outcome == 'tied':
            why = self.env._("As many votes for one seat") if result['reason'] == 'tie' else self.env._("No majority")
            sentences.append(self.env._(
                "%(why)s: another round decides between %(people)s.", why=why, people=self._name_people(result['runoff'])))
        if result['vacant']:
            sentences.append(self.env._("Seats that stay free: %s.", result['vacant']))
        if self.outcome == 'rejected':
            sentences.append(self.env._("Nobody is elected."))
        return " ".join(sentences)

    def _describe_ending(self):
        return {
            'adopted': self.env._("adopted"), 'rejected': self.env._("rejected"),
            'tied': self.env._("undecided, to be voted again"),
        }.get(self.outcome, "")

    def _name_people(self, numbers):
        # sudo: names of candidates, whom every reader of the decision sees.
        return format_list(self.env, self.env['res.partner'].sudo().browse(numbers).mapped('name'))
