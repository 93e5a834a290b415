from odoo import fields, models


class CoopPartnership(models.Model):
    """A partner's part in a cohort: who carries it, hosts it, pays for it, sends people to it."""
    _name = 'coop.partnership'
    _description = "Partnership"
    _order = 'cohort_id desc, role, id'
    _rec_name = 'partner_id'
    _check_company_auto = True

    cohort_id = fields.Many2one(
        'coop.cohort', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(related='cohort_id.company_id', store=True, index=True)
    partner_id = fields.Many2one(
        'res.partner', required=True, index=True, ondelete='restrict', check_company=True,
        domain="[('is_company', '=', True)]")
    role = fields.Selection([
        ('carrier', "Carrier"),
        ('host', "Host"),
        ('funder', "Funder"),
        ('prescriber', "Prescriber"),
        ('operator', "Operator"),
    ], required=True, default='carrier',
        help="Carrier: answers for the project. Host: carries the contracts and issues the invoices. "
             "Funder: pays. Prescriber: sends people. Operator: works with the cohort.")
    contact_id = fields.Many2one(
        'res.partner', string="Contact Person", index='btree_not_null', check_company=True,
        domain="[('is_company', '=', False)]")
    # The person's own name: the organisation's, which a contact's full name begins with, stands beside.
    contact_name = fields.Char(related='contact_id.name', string="Name of the Contact Person")
    note = fields.Text("What They Bring")

    _part_unique = models.Constraint(
        'UNIQUE(cohort_id, partner_id, role)', "This partner already has this part in the cohort.")
