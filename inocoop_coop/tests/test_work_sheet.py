import base64
import io
from datetime import datetime

from pdfminer.high_level import extract_text
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import TODAY
from .planning import PlanningCommon, at
from .presences import draw

TREASURER = 'account.group_account_invoice'


def picture(colour='black', size=(60, 20)):
    """A small picture in base64, as a phone sends it."""
    stream = io.BytesIO()
    Image.new('RGB', size, colour).save(stream, 'PNG')
    return base64.b64encode(stream.getvalue())


@tagged('post_install', '-at_install')
class TestWorkSheet(PlanningCommon):
    """What the customer signs when the work is done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fixed = cls.env['product.product'].create({
            'name': "Garden shed", 'type': 'service', 'service_policy': 'delivered_manual', 'list_price': 300,
            'service_tracking': 'task_global_project', 'taxes_id': False,
            'coop_skill_ids': [Command.set(cls.pruning.ids)], 'coop_safety_note': "<p>Wear goggles.</p>"})
        cls.customer.write({'street': "1 Main street", 'zip': "62700", 'city': "Bruay", 'lang': 'en_US'})
        cls.site = cls.env['res.partner'].create({
            'name': "Workshop", 'parent_id': cls.customer.id, 'type': 'delivery', 'street': "9 Canal quay", 'city': "Béthune"})
        cls.order = cls._order(cls.fixed)
        cls.task = cls.order.tasks_ids
        cls.task.write({
            'name': "Shed of the workshop", 'user_ids': [Command.set((cls.lea_user + cls.yanis_user).ids)],
            'planned_date_start': at(15, 9), 'planned_date_end': at(15, 12), 'coop_material_note': "Saw and ladder"})

    @classmethod
    def _order(cls, product, quantity=2):
        order = cls.env['sale.order'].create({
            'partner_id': cls.customer.id, 'partner_shipping_id': cls.site.id, 'opportunity_id': cls._lead(cls.autumn).id,
            'order_line': [Command.create({'product_id': product.id, 'product_uom_qty': quantity})]})
        order.action_confirm()
        return order

    def _sign(self, task=None, user=None, person="Mrs Dumont", signature=None):
        task = (task or self.task).with_user(user or self.lea_user)
        action = task.action_ask_signature()
        dialog = Form(self.env[action['res_model']].with_user(user or self.lea_user).with_context(**action['context']))
        dialog.signed_by = person
        wizard = dialog.save()
        wizard.signature = draw() if signature is None else signature
        wizard.action_sign()

    def _photo(self, user=None, **values):
        return self.env['ir.attachment'].with_user(user or self.lea_user).create({
            'name': "before.png", 'datas': picture('green'), 'res_model': 'project.task', 'res_id': self.task.id, **values})

    # ------------------------------------------------------------
    # What an intervention comes with
    # ------------------------------------------------------------

    def test_an_intervention_of_an_order_knows_where_to_go_and_what_it_takes(self):
        self.assertIn("9 Canal quay", self.task.coop_place)
        self.assertIn("Béthune", self.task.coop_place)
        self.assertNotIn("\n", self.task.coop_place)
        self.assertEqual(self.task.coop_skill_ids, self.pruning)
        self.assertEqual(self.task.partner_id, self.customer)

    def test_what_somebody_wrote_there_stays(self):
        task = self.task.with_user(self.lea_user)
        task.write({'coop_place': "Behind the church", 'coop_skill_ids': [Command.set(self.ladders.ids)]})
        self.task.sale_line_id = self._order(self.fixed).order_line
        self.assertEqual((task.coop_place, task.coop_skill_ids), ("Behind the church", self.ladders))

    def test_one_made_by_hand_goes_to_the_customer(self):
        task = self._task("Visit", partner_id=self.customer.id)
        self.assertIn("1 Main street", task.coop_place)
        self.assertFalse(self._task("Tidy up").coop_place)

    # ------------------------------------------------------------
    # Signing
    # ------------------------------------------------------------

    def test_signing_closes_the_intervention_and_says_who_signed_when_and_before_whom(self):
        self._sign()
        self.assertEqual(self.task.state, '1_done')
        self.assertEqual(self.task.stage_id.name, "Done")
        self.assertEqual((self.task.coop_signed_by, self.task.coop_signed_with_id), ("Mrs Dumont", self.lea_user))
        self.assertEqual(self.task.coop_signed_on, datetime(TODAY.year, TODAY.month, TODAY.day, 12))
        self.assertTrue(self.task.coop_signature)
        self.assertIn("Signed by Mrs Dumont", self.task.message_ids[:1].body + self.task.message_ids[1:2].body)

    def test_it_is_not_signed_without_a_name_or_with_what_is_no_picture(self):
        for person, signature, sentence in (
                (" ", picture(), "Write the name of who signs"),
                ("Mrs Dumont", b'', "Sign in the frame"),
                ("Mrs Dumont", base64.b64encode(b'<script>'), "This is no signature"),
                ("Mrs Dumont", b'not base64!', "This is no signature"),
                ("Mrs Dumont", draw(lines=()), "Nothing is drawn yet"),
                ("Mrs Dumont", picture('white'), "Nothing is drawn yet"),
                ("Mrs Dumont", picture(size=(5000, 10)), "too large")):
            with self.assertRefused(UserError, sentence):
                self.task.with_user(self.lea_user)._sign_work(person, signature)
        for wrong in (None, 7, ["a"], {'a': 1}):
            with self.assertRaises(UserError):
                self.task.with_user(self.lea_user)._sign_work(wrong, wrong)
        self.assertFalse(self.task.coop_signed_on)

    def test_it_is_signed_once_and_not_when_it_is_cancelled(self):
        self._sign()
        with self.assertRefused(UserError, "is signed already, by Mrs Dumont"):
            self.task.with_user(self.yanis_user).action_ask_signature()
        with self.assertRefused(UserError, "is signed already"):
            self.task.with_user(self.yanis_user)._sign_work("Mr Dumont", draw())
        other = self._task("Visit")
        other.state = '1_canceled'
        with self.assertRefused(UserError, "there is nothing to sign"):
            other.with_user(self.lea_user).action_ask_signature()

    def test_nobody_signs_for_another_cohort(self):
        with self.assertRaises(AccessError):
            self.task.with_user(self.chloe_user).action_ask_signature()
        wizard = self.env['coop.task.signature'].create({
            'task_id': self.task.id, 'signed_by': "Mrs Dumont", 'signature': picture()})
        with self.assertRaises(AccessError):
            wizard.with_user(self.chloe_user).action_sign()

    # ------------------------------------------------------------
    # What was signed stays
    # ------------------------------------------------------------

    def test_a_signature_is_not_written_by_hand(self):
        for vals in ({'coop_signed_by': "Me"}, {'coop_signature': picture()}, {'coop_signed_on': at(15, 9)},
                     {'coop_signed_with_id': self.lea_user.id}, {'coop_signed_sheet': picture()}):
            with self.assertRaises(AccessError):
                self.task.with_user(self.facilitator).write(vals)
            with self.assertRaises(AccessError):
                self._task("New", **vals)

    def test_what_was_signed_stays_as_it_was(self):
        photo = self._photo()
        self.task.with_user(self.lea_user).coop_photo_ids = photo
        self._sign()
        for user in (self.lea_user, self.facilitator, self.env.user):
            task = self.task.with_user(user)
            for vals in ({'name': "Other"}, {'coop_place': "Elsewhere"}, {'planned_date_end': at(15, 18)}, {'user_ids': [(5,)]},
                         {'coop_photo_ids': [(5,)]}, {'state': '01_in_progress'}, {'partner_id': False},
                         {'coop_material_note': "More"}, {'description': "<p>More</p>"}, {'active': False}):
                with self.assertRefused(UserError, "was signed by Mrs Dumont"):
                    task.write(vals)
            with self.assertRefused(UserError, "it stays"):
                task.unlink()
            with self.assertRefused(UserError, "which the customer signed: it stays"):
                photo.with_user(user).write({'datas': picture('red')})
            with self.assertRefused(UserError, "which the customer signed: it stays"):
                photo.with_user(user).unlink()
        # What says nothing of what was signed goes on.
        self.task.with_user(self.lea_user).write({'priority': '1', 'name': self.task.name, 'state': '1_done'})
        self._hours(self.task, self.lea)

    def test_a_photo_is_a_picture_and_belongs_to_its_intervention(self):
        task = self.task.with_user(self.lea_user)
        loose = self._photo(res_model=False, res_id=0)
        task.coop_photo_ids = loose
        self.assertEqual((loose.res_model, loose.res_id), ('project.task', self.task.id))
        self.assertTrue(loose.with_user(self.yanis_user).datas, "Who reads the intervention sees its photos.")
        with self.assertRefused(UserError, "is no picture"):
            task.coop_photo_ids = self._photo(name="notes.txt", datas=base64.b64encode(b'notes'), mimetype='text/plain')
        elsewhere = self.env['ir.attachment'].create({
            'name': "secret.png", 'datas': picture(), 'res_model': 'project.task',
            'res_id': self._task("Secret", cohort=self.winter).id})
        with self.assertRaises(UserError):
            task.write({'coop_photo_ids': [Command.link(elsewhere.id)]})

    # ------------------------------------------------------------
    # The invoice
    # ------------------------------------------------------------

    def test_signing_delivers_what_was_sold_at_a_fixed_price(self):
        line = self.order.order_line
        self.assertEqual(line.qty_delivered, 0)
        self._sign()
        self.assertEqual(line.qty_delivered, 2)
        self.assertEqual(self.order.invoice_status, 'to invoice')

    def test_it_is_delivered_when_all_its_interventions_are_done(self):
        second = self._task("Second day", partner_id=self.customer.id, sale_line_id=self.order.order_line.id)
        self._sign()
        self.assertEqual(self.order.order_line.qty_delivered, 0)
        self._sign(second)
        self.assertEqual(self.order.order_line.qty_delivered, 2)

    def test_what_is_sold_by_the_hour_is_delivered_by_its_hours(self):
        order = self._order(self.gardening, 4)
        self._hours(order.tasks_ids, self.lea, 3)
        self._sign(order.tasks_ids)
        self.assertEqual(order.order_line.qty_delivered, 3)

    def test_who_invoices_is_asked_to_and_does_it_in_one_click(self):
        self._give_groups(self.yanis_user, TREASURER)
        self._seat(self.board, self.yanis, role='treasurer')
        self._sign()
        asked = self.task.activity_ids
        self.assertEqual((asked.user_id, asked.summary), (self.yanis_user, f"Invoice {self.order.name}"))
        task = self.task.with_user(self.yanis_user)
        self.assertTrue(task.coop_to_invoice)
        with self.assertRefused(UserError, "Ask who invoices in your cohort"):
            self.task.with_user(self.lea_user).action_invoice_work()
        task.action_invoice_work()
        invoice = self.order.invoice_ids
        self.assertEqual((invoice.state, invoice.amount_untaxed), ('draft', 600))
        self.assertEqual(invoice.cohort_ids, self.autumn)
        self.assertFalse(self.task.activity_ids)
        self.assertFalse(task.coop_to_invoice)
        with self.assertRefused(UserError, "nothing to invoice"):
            task.action_invoice_work()

    def test_without_anybody_who_invoices_the_facilitator_is_asked(self):
        self._sign()
        self.assertEqual(self.task.activity_ids.user_id, self.facilitator)

    # ------------------------------------------------------------
    # On paper
    # ------------------------------------------------------------

    def _print(self, user=None, **context):
        # Nothing answers there: what else runs on this machine must not lend the print its style sheets.
        self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
        reports = self.env['ir.actions.report'].with_user(user or self.lea_user).with_context(
            force_report_rendering=True, **context)
        with self.allow_pdf_render():
            content, kind = reports._render_qweb_pdf('inocoop_coop.coop_work_sheet_report_document', self.task.ids)
        self.assertEqual(kind, 'pdf')
        return content, ' '.join(extract_text(io.BytesIO(content)).split())

    def test_the_sheet_says_where_when_who_and_what(self):
        _content, text = self._print()
        for said in ("Work sheet: Shed of the workshop", self.order.name, "Town hall", "9 Canal quay", "Léa Martin, Yanis Dupond",
                     "Garden shed", "2.00", "Saw and ladder", "Wear goggles.", "Pruning", "1/15/26", "9:00", "12:00",
                     "Name: ____", "Signature: ____", self.autumn.host_id.name, "Autumn"):
            self.assertIn(said, text)
        self.assertNotIn("300", text, "No price on what is left with the customer.")

    def test_the_signed_sheet_has_the_hours_the_photos_and_the_signature(self):
        self._hours(self.task, self.lea, 3)
        empty, _text = self._print()
        task = self.task.with_user(self.lea_user)
        task.coop_photo_ids = self._photo(datas=picture('green', (300, 200)))
        self._sign()
        content, text = self._print()
        for said in ("Signed by Mrs Dumont", "in presence of Léa Martin", "Hours", "03:00"):
            self.assertIn(said, text)
        self.assertNotIn("Name: ____", text)
        self.assertGreater(content.count(b'/Subtype /Image'), empty.count(b'/Subtype /Image'))

    def test_what_the_customer_signed_is_what_is_printed_later(self):
        self._hours(self.task, self.lea, 3)
        with self.allow_pdf_render():
            self.env['ir.config_parameter'].set_param('report.url', 'http://127.0.0.1:1')
            self.task.with_user(self.lea_user).with_context(force_report_rendering=True)._sign_work("Mrs Dumont", draw())
        self._hours(self.task, self.lea, 5)
        self.order.order_line.write({'name': "Garden palace", 'product_uom_qty': 9})
        self.fixed.coop_safety_note = "<p>Wear nothing.</p>"
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.lea_user, self.yanis_user, self.facilitator):
            _content, text = self._print(user)
            for said in ("Signed by Mrs Dumont", "03:00", "Garden shed", "Wear goggles."):
                self.assertIn(said, text)
            for said in ("05:00", "palace", "Wear nothing"):
                self.assertNotIn(said, text)
        with self.assertRaises(AccessError):
            self._print(self.chloe_user)
        with self.assertRaises(AccessError):
            self.task.with_user(self.facilitator).coop_signed_sheet = False

    def test_it_speaks_the_customers_language_when_it_is_installed(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.customer.lang = 'fr_FR'
        self.assertEqual(self.task.with_context(lang='en_US')._get_sheet_lang(), 'fr_FR')
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET lang = 'xx_XX' WHERE id = %s", [self.customer.id])
        self.env.invalidate_all()
        self.assertEqual(self.task.with_context(lang='en_US')._get_sheet_lang(), 'en_US')

    def test_nobody_prints_the_sheet_of_another_cohort(self):
        with self.assertRaises(AccessError):
            self.env['ir.actions.report'].with_user(self.chloe_user)._render_qweb_html(
                'inocoop_coop.coop_work_sheet_report_document', self.task.ids)
