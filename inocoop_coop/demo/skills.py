"""What the services need, and what each person says they know."""
from datetime import timedelta
from functools import partial

from odoo.fields import Command

from .orders import ADVERT, ELECTRIC, GARDEN, PAINT, WINDOW
from .run import Chapter

HEDGES, MACHINES, PAINTING, WIRING, DESIGN = (
    "Taille et tonte", "Outils thermiques", "Peinture", "Habilitation électrique", "Sens de la décoration")
BEGINNER, GOOD, EXPERT = "Débutant", "À l'aise", "Confirmé"
LEVELS = {BEGINNER: 20, GOOD: 50, EXPERT: 100}

# What the intervention of each service needs of who leads it
NEEDS = {GARDEN: (HEDGES, MACHINES), PAINT: (PAINTING,), ELECTRIC: (WIRING,), ADVERT: (), WINDOW: (DESIGN,)}
# Whether the host's insurance covers it, and within which limits
INSURED = {
    GARDEN: {'coop_is_insured': True, 'coop_insurance_note': "Pas de travail à plus de deux mètres, ni de tronçonneuse."},
    PAINT: {'coop_is_insured': True},
    ELECTRIC: {'coop_is_insured': False, 'coop_insurance_note': "L'assureur demande une habilitation électrique à jour."},
    ADVERT: {'coop_is_insured': True},
    WINDOW: {'coop_is_insured': True},
}
# Nobody may wire yet: a training would open that service.
KNOWN = {
    'lucas': {HEDGES: EXPERT, MACHINES: GOOD},
    'enzo': {HEDGES: GOOD, WIRING: BEGINNER},
    'theo': {PAINTING: GOOD, MACHINES: BEGINNER, WIRING: BEGINNER},
    'ines': {PAINTING: BEGINNER, DESIGN: BEGINNER},
    'chloe': {DESIGN: EXPERT},
    'chair': {DESIGN: GOOD},
    'member': {HEDGES: BEGINNER},
}


def make_trades(env):
    """The skills of the trades, which an administrator lays down once: ``{name: skill}``."""
    trades = env['hr.skill.type'].create({
        'name': "Métiers",
        'skill_ids': [Command.create({'name': name}) for name in (HEDGES, MACHINES, PAINTING, WIRING, DESIGN)],
        'skill_level_ids': [
            Command.create({'name': name, 'level_progress': progress, 'default_level': name == GOOD})
            for name, progress in LEVELS.items()],
    })
    return {skill.name: skill for skill in trades.skill_ids}


class Skills(Chapter):
    """In the first week, each person says what they know, and the group sees what it can offer."""

    def events(self):
        day = self.run.days.start + timedelta(days=2)
        for person, levels in KNOWN.items():
            yield day, partial(self.say, person, levels, day)

    def say(self, person, levels, day):
        """A tap on a skill, a tap on its level."""
        lines = self.story.on(day, person)['coop.skill.line'].search([
            ('membership_id', '=', self.run.memberships[person].id)])
        for line in lines.filtered(lambda line: line.skill_id.name in levels):
            level = line.skill_type_id.skill_level_ids.filtered(
                lambda level, line=line: level.name == levels[line.skill_id.name])
            line.skill_level_id = level
