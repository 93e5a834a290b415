"""The books: invoices and what is paid of them, purchases, bills."""
from datetime import timedelta
from functools import partial

from odoo.fields import Command

from .days import THU, moment, next_worked
from .gates import AFTER_LUNCH, GatedChapter
from .orders import DONE

TO_CREDIT = 6  # days from the invoice
TO_PAY = timedelta(days=30)  # a supplier's bill
VOTED_FIRST = 'theo'  # on the purchase that waits today
TO_SHARE = (14, THU)  # when a bill comes that is for two cohorts


class Books(GatedChapter):
    """Invoices follow the work, payments follow invoices."""

    def events(self):
        for deal in self.run.deals:
            if deal.fate == DONE:
                yield from self.events_of_invoice(deal)
        for purchase in self.run.purchases:
            yield from self.events_of_purchase(purchase)
        if self.run is self.story.main:
            day = self.run.days.on(*TO_SHARE)
            yield day, partial(self.share_bill, day)

    # ------------------------------------------------------------
    # Sales
    # ------------------------------------------------------------

    def events_of_invoice(self, deal):
        # On the Tuesday after the last week of work, when the hours are written.
        last_week = self.run.days.week_of(self.run.plan[deal][-1].day)
        invoiced = self.run.days.on(last_week + 1, 1)
        yield invoiced, partial(self.invoice, deal, invoiced)
        if deal.credited:
            credited = next_worked(invoiced + timedelta(days=TO_CREDIT))
            yield credited, partial(self.credit, deal, credited)
        if deal.paid is not None:
            paid = next_worked(invoiced + timedelta(days=deal.paid))
            yield paid, partial(self.receive_payment, deal, paid)

    def invoice(self, deal, day):
        """Sales ask for the invoice, from the work sheet when it is signed; the treasurer dates and posts it."""
        env = self.story.on(day, self.run.clerks['confirm'])
        order = self.run.orders[deal].with_env(env)
        if deal.signed:
            self.run.tasks[deal].with_env(env).action_invoice_work()
        else:
            env['sale.advance.payment.inv'].create({
                'sale_order_ids': order.ids, 'advance_payment_method': 'delivered'}).create_invoices()
        invoice = order.sudo().invoice_ids.with_env(self.story.on(day, self.run.clerks['invoice']))
        invoice.write({'invoice_date': day, 'date': day})
        invoice.action_post()
        self.run.invoices[deal] = invoice

    def credit(self, deal, day):
        """A part of the service was not as agreed: the treasurer credits it."""
        env = self.story.on(day, self.run.clerks['invoice'])
        invoice = self.run.invoices[deal].with_env(env)
        wizard = env['account.move.reversal'].with_context(active_model='account.move', active_ids=invoice.ids).create({
            'date': day, 'reason': "Une tournée non réalisée", 'journal_id': invoice.journal_id.id})
        refund = env['account.move'].browse(wizard.refund_moves()['res_id'])
        refund.invoice_date = day
        refund.invoice_line_ids.filtered('product_id').quantity = deal.credited
        refund.action_post()
        due = (invoice + refund).line_ids.filtered(lambda line: line.account_type == 'asset_receivable')
        due.filtered(lambda line: not line.reconciled).reconcile()
        env = self.story.on(day, self.run.clerks['confirm'])
        self.run.orders[deal].with_env(env).order_line.qty_delivered = deal.quantity - deal.credited

    def receive_payment(self, deal, day):
        self._pay(self.run.invoices[deal], day)

    def _pay(self, moves, day):
        """Through the button of the invoice."""
        env = self.story.on(day, self.run.clerks['invoice'])
        env['account.payment.register'].with_context(active_model='account.move', active_ids=moves.ids).create({
            'payment_date': day}).action_create_payments()

    # ------------------------------------------------------------
    # Purchases
    # ------------------------------------------------------------

    def events_of_purchase(self, purchase):
        supplier, lines, week_and_day, to_bill, to_payment = purchase
        ordered = self.run.days.on(*week_and_day)
        bills = []
        yield moment(ordered, *AFTER_LUNCH), partial(self.buy, ordered, supplier, lines, bills, to_bill)
        if to_bill is None:
            waits = moment(self.get_day_of_waiting(), *AFTER_LUNCH)
            yield waits, lambda: self.let_wait(bills[-1], self.run.clerks['buy'], [VOTED_FIRST])
            return
        billed = next_worked(ordered + timedelta(days=to_bill))
        yield billed, partial(self.receive_bill, billed, bills)
        if to_payment is not None:
            paid = next_worked(billed + timedelta(days=to_payment))
            yield paid, lambda: self._pay(bills[-1], paid)

    def buy(self, day, supplier, lines, trail, to_bill):
        """An order to a supplier; one whose bill nobody expects yet is still a request.

        :param list trail: gets the order, which the bill will follow
        """
        env = self.story.on(day, self.run.clerks['buy'])
        order = env['purchase.order'].create({
            'partner_id': self.story.partners[f'supplier_{supplier}'].id,
            'cohort_id': self.run.cohort.id,
            'date_order': moment(day, 10),
            'order_line': [Command.create({
                'product_id': self.story.products[supply].id,
                'product_qty': quantity,
                'price_unit': self.story.products[supply].standard_price,
                'date_planned': moment(next_worked(day + timedelta(days=2)), 10),
            }) for supply, quantity in lines],
        })
        trail.append(order)
        self.propose_decision(order, self.run.clerks['buy'], day)
        if to_bill is not None:
            self.decide(order, self.run.clerks['buy'], day)
            order.button_confirm()
            order.date_approve = moment(day, 15)

    def receive_bill(self, day, trail):
        """The supplier's bill, checked against the order and posted."""
        order = trail[-1].with_env(self.story.on(day, self.run.clerks['buy']))
        order.action_create_invoice()
        bill = order.invoice_ids.with_env(self.story.on(day, self.run.clerks['invoice']))
        bill.write({
            'invoice_date': day, 'date': day, 'invoice_date_due': day + TO_PAY, 'ref': f"{order.name}-{day:%d%m}"})
        bill.action_post()
        trail.append(bill)

    def share_bill(self, day):
        """The printer bills two cohorts on one sheet: the accountant gives each its line."""
        env = self.story.on(day, 'accountant')
        texts = {self.run.cohort: "Tracts des services", self.story.next_cohort: "Affiches du recrutement"}
        bill = env['account.move'].create({
            'move_type': 'in_invoice',
            'partner_id': self.story.partners['supplier_printer'].id,
            'invoice_date': day,
            'date': day,
            'invoice_date_due': day + TO_PAY,
            'ref': f"IMP-{day:%Y%m%d}",
            'invoice_line_ids': [Command.create({
                'product_id': self.story.products['leaflets'].id,
                'name': text,
                'quantity': quantity,
                'price_unit': self.story.products['leaflets'].standard_price,
                'analytic_distribution': {str(cohort.sudo().analytic_account_id.id): 100},
            }) for quantity, (cohort, text) in enumerate(texts.items(), start=2)],
        })
        bill.action_post()
