from markupsafe import Markup

from odoo import fields, models
from odoo.tools import format_datetime


class CoopRegisterCheck(models.TransientModel):
    """Ask whether a register is as it was written; whoever may read it may ask."""
    _name = 'coop.register.check'
    _description = "Check a Register"

    register_id = fields.Many2one(
        'coop.register', required=True, ondelete='cascade',
        default=lambda self: self.env['coop.register']._get_meant())
    known_hash = fields.Text(
        "Hash From Elsewhere",
        help="From a mail about a closed vote, printed minutes or a printed register: it tells whether the register was "
             "written again since.")
    result = fields.Selection([('ok', "As It Was Written"), ('bad', "Not As It Was Written")], readonly=True)
    report = fields.Html(readonly=True)

    def action_check(self):
        """Check the register and say in sentences what was found.

        :raise AccessError: when the register is none that the caller may read
        :raise UserError: when the hash from elsewhere can't be one
        """
        self.ensure_one()
        self.register_id.check_access('read')
        # sudo: the check reads all of a register that the caller may read, and says what is not as it was.
        register = self.register_id.sudo()
        known_hash = (self.known_hash or "").strip()
        findings = register._verify(known_hash)
        lines = [sentence for _number, sentence in findings] or self._describe_sound(register)
        if known_hash and (number := register._find_hash(known_hash)):
            lines.append(self.env._("The hash that you gave is that of entry %s.", number))
        self.write({
            'result': 'bad' if findings else 'ok',
            'report': Markup().join(Markup("<p>%s</p>") % line for line in lines),
        })
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Check the register"),
            'res_model': self._name,
            'res_id': self.id,
            'view_mode': 'form',
            'target': 'new',
        }

    def _describe_sound(self, register):
        """What is said of a register in which nothing was found."""
        last = register.entry_ids[:1]
        if not last:
            return [self.env._("Nothing is written in this register yet.")]
        return [
            self.env._("All %s entries are as they were written, and what was voted is what stands in the decisions now.",
                       register.last_number)
            if register.last_number > 1 else
            self.env._("Its only entry is as it was written, and what was voted is what stands in the decision now."),
            self.env._("Last entry: number %(number)s, %(date)s, %(subject)s.",
                       number=last.number, date=format_datetime(self.env, last.date, dt_format='short'), subject=last.subject),
            self.env._("Its hash: %s", last.hash),
        ]
