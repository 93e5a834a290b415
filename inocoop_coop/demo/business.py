"""What is sold: leads, quotations, orders and the interventions they lead to."""
from datetime import timedelta
from functools import partial

from odoo.fields import Command

from .days import moment, next_worked
from .gates import AFTER_LUNCH, GatedChapter
from .orders import (
    CANCELLED,
    DONE,
    DRAFT,
    LOST,
    MATERIALS,
    NEW,
    NOT_OURS,
    QUALIFIED,
    SENT,
    SERVICES,
)
from .partners import CUSTOMERS, MUNICIPALITIES
from .pictures import photo, signature
from .roster import WORK_HOURS

# Days from the first contact.
TO_VISIT, TO_QUOTE, TO_SEND, TO_ANSWER = 1, 3, 4, 7
VOTED_FIRST = 'lucas'  # on the quotation that waits today
# The stages of a cohort's project, in their order.
TO_PLAN, PLANNED, IN_PROGRESS, FINISHED = range(4)


def ordered_quantity(deal):
    """Hours for a service by the hour, pieces for one at a fixed price."""
    by_hour = SERVICES[deal.service][1]
    return len(deal.crew) * deal.halves * WORK_HOURS if by_hour else deal.quantity


class Business(GatedChapter):
    """Each deal goes from a first contact to an intervention, or stops on its way."""

    def events(self):
        for deal in self.run.deals:
            asked = self.run.days.on(*deal.asked)
            quoted = next_worked(asked + timedelta(days=TO_QUOTE))
            answered = next_worked(asked + timedelta(days=TO_ANSWER))
            yield asked, partial(self.meet, deal, asked)
            if deal.fate == NEW:
                continue
            visited = next_worked(asked + timedelta(days=TO_VISIT))
            yield visited, partial(self.qualify, deal, visited)
            if deal.fate == QUALIFIED:
                continue
            yield quoted, partial(self.quote, deal, quoted)
            if deal.fate == DRAFT:
                waits = self.get_day_of_waiting()
                yield moment(waits, *AFTER_LUNCH), partial(self.await_decision, deal)
                continue
            sent = next_worked(asked + timedelta(days=TO_SEND))
            yield moment(sent, *AFTER_LUNCH), partial(self.send, deal, sent)
            answer = {LOST: self.lose, CANCELLED: self.cancel, DONE: self.confirm}.get(deal.fate)
            if answer:
                yield moment(answered, *AFTER_LUNCH), partial(answer, deal, answered)
            if deal.fate == DONE:
                yield from self.events_of_work(deal, answered)

    def events_of_work(self, deal, answered):
        half_days = self.run.plan[deal]
        yield moment(answered, *AFTER_LUNCH), partial(self.plan, deal, answered)
        yield half_days[0].day, partial(self.begin, deal, half_days[0].day)
        if deal.signed:
            signed_at = moment(half_days[-1].day, *half_days[-1].ends)
            yield signed_at, partial(self.sign, deal, signed_at)
            return
        finished = next_worked(half_days[-1].day + timedelta(days=1))
        yield finished, partial(self.finish, deal, finished)

    # ------------------------------------------------------------
    # From the first contact to the answer
    # ------------------------------------------------------------

    def meet(self, deal, day):
        """A first contact becomes a lead in the pipeline of the cohort."""
        env = self.story.on(day, deal.seller)
        partner = self.get_customer(deal.customer, env)
        self.run.leads[deal] = env['crm.lead'].create({
            'name': deal.title,
            'type': 'opportunity',
            'partner_id': partner.id,
            'user_id': env.uid,
            'team_id': self.run.cohort.team_id.id,
            'coop_service_id': self.story.products[deal.service].product_tmpl_id.id,
            'expected_revenue': ordered_quantity(deal) * SERVICES[deal.service][2],
            'date_open': moment(day, 10),
            'date_deadline': next_worked(day + timedelta(days=TO_ANSWER)),
        })

    def get_customer(self, key, env):
        """The customer, known already or met by who asks."""
        partners = self.story.partners
        if key not in partners:
            name, code, is_company = CUSTOMERS[key]
            municipality, postcodes = MUNICIPALITIES[code]
            partners[key] = env['res.partner'].create({
                'name': name,
                'is_company': is_company,
                'zip': postcodes,
                'city': municipality,
                'country_id': env.ref('base.fr').id,
                'email': f'{key}@example.org',
                'lang': env.lang,
            })
        return partners[key].with_env(env)

    def qualify(self, deal, day):
        self._move_lead(deal, day, 1)

    def quote(self, deal, day):
        """The seller writes a quotation from the lead."""
        env = self.story.on(day, deal.seller)
        product = self.story.products[deal.service].with_env(env)
        partner = self.get_customer(deal.customer, env)
        term = env.ref(
            f'account.account_payment_term_{30 if partner.is_company else 15}days', raise_if_not_found=False)
        self.run.orders[deal] = env['sale.order'].create({
            'partner_id': partner.id,
            'opportunity_id': self.run.leads[deal].id,
            'user_id': env.uid,
            'team_id': self.run.cohort.team_id.id,
            'date_order': moment(day, 11),
            'validity_date': day + timedelta(days=30),
            'payment_term_id': term.id if term else False,
            'order_line': [Command.create({
                'product_id': product.id,
                'name': f"{product.display_name}\n{deal.title}",
                'product_uom_qty': ordered_quantity(deal),
            })],
        })
        self._move_lead(deal, day, 2)
        self.propose_decision(self.run.orders[deal], deal.seller, day)

    def await_decision(self, deal):
        """The committee is voting on the quotation today."""
        self.let_wait(self.run.orders[deal], deal.seller, [VOTED_FIRST])

    def send(self, deal, day):
        """What the committee agrees to goes out; the seller means to ask again."""
        self.decide(self.run.orders[deal], deal.seller, day, refuses=deal.reason == NOT_OURS)
        if deal.reason == NOT_OURS:
            return
        env = self.story.on(day, deal.seller)
        self.run.orders[deal].with_env(env).action_quotation_sent()
        if deal.fate == SENT:
            self.run.leads[deal].with_env(env).activity_schedule(
                'mail.mail_activity_data_call', summary="Relancer le client",
                date_deadline=next_worked(self.story.today + timedelta(days=2)), user_id=env.uid)

    def confirm(self, deal, day):
        """The customer agrees: the order makes a task in the cohort's project."""
        env = self.story.on(day, self.run.clerks['confirm'])
        order = self.run.orders[deal].with_env(env)
        # Quotations that went out before the group gave itself the rule.
        self.decide(order, deal.seller, day)
        order.action_confirm()
        order.date_order = moment(day, 15)
        self.run.tasks[deal] = order.order_line.sudo().task_id
        lead = self.run.leads[deal].with_env(env)
        lead.action_set_won()
        lead.date_closed = moment(day, 15)

    def lose(self, deal, day):
        """The customer says no, and why."""
        env = self.story.on(day, deal.seller)
        reasons = self.story.on(day)['crm.lost.reason']
        reason = reasons.search([('name', '=', deal.reason)], limit=1) or reasons.create({'name': deal.reason})
        lead = self.run.leads[deal].with_env(env)
        env['crm.lead.lost'].create({'lead_ids': lead.ids, 'lost_reason_id': reason.id}).action_lost_reason_apply()
        lead.date_closed = moment(day, 15)
        self._cancel_order(deal, env)

    def cancel(self, deal, day):
        """The customer puts it off: the quotation is cancelled, the lead stays."""
        self._cancel_order(deal, self.story.on(day, deal.seller))

    def _cancel_order(self, deal, env):
        self.run.orders[deal].with_env(env)._action_cancel()

    def _move_lead(self, deal, day, rank):
        """To the next stage, where the pipeline has as many."""
        lead = self.run.leads[deal].with_env(self.story.on(day, deal.seller))
        stages = lead.env['crm.stage'].search([('is_won', '=', False), ('team_ids', 'in', lead.team_id.ids)])
        if len(stages) > rank:
            lead.stage_id = stages[rank]

    # ------------------------------------------------------------
    # The intervention
    # ------------------------------------------------------------

    def plan(self, deal, day):
        """The HR committee says who goes, and when."""
        half_days = self.run.plan[deal]
        users = [self.story.users[person].id for person in deal.crew if not self.run.writer]
        task = self.run.tasks[deal].with_env(self.story.on(day, self.run.clerks['plan']))
        task.write({
            'user_ids': (users or self.story.users[self.run.writer].ids) if deal.has_team else False,
            'coop_material_note': MATERIALS[deal.service],
            'planned_date_start': moment(half_days[0].day, *half_days[0].begins),
            'planned_date_end': moment(half_days[-1].day, *half_days[-1].ends),
            'date_deadline': moment(half_days[-1].day, *half_days[-1].ends),
            'stage_id': self._get_stage(PLANNED).id,
        })

    def begin(self, deal, day):
        self._get_task_of_crew(deal, day).stage_id = self._get_stage(IN_PROGRESS)

    def finish(self, deal, day):
        """The crew was done the evening before. Hours deliver themselves; what has a fixed price is noted as delivered."""
        self._get_task_of_crew(deal, day).write({'stage_id': self._get_stage(FINISHED).id, 'state': '1_done'})
        if not SERVICES[deal.service][1]:
            env = self.story.on(day, self.run.clerks['confirm'])
            self.run.orders[deal].with_env(env).order_line.qty_delivered = deal.quantity

    def sign(self, deal, at):
        """The crew takes a picture before and one after; the customer signs on the phone, which closes the intervention."""
        env = self.story.on(at, deal.crew[0])
        task = self.run.tasks[deal].with_env(env)
        task.coop_photo_ids = [Command.link(picture.id) for picture in env['ir.attachment'].create([
            {'name': f"{name}.jpg", 'raw': photo(deal.service, is_done), 'res_model': task._name}
            for name, is_done in (("Avant", False), ("Après", True))])]
        task.action_ask_signature()
        env['coop.task.signature'].create({
            'task_id': task.id, 'signed_by': deal.signed, 'signature': signature(deal.signed)}).action_sign()

    def _get_task_of_crew(self, deal, day):
        return self.run.tasks[deal].with_env(self.story.on(day, self.run.writer or deal.crew[0]))

    def _get_stage(self, rank):
        return self.run.cohort.sudo().project_id.type_ids.sorted('sequence')[rank]
