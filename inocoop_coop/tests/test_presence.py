from datetime import date, datetime, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools import clock
from .common import TODAY
from .presences import PresenceCommon, draw

TOMORROW = TODAY + timedelta(days=1)


@tagged('post_install', '-at_install')
class TestPresence(PresenceCommon):
    """Half-days are expected, then signed by the person, or noted absent by somebody else."""

    # ------------------------------------------------------------
    # Who is expected when
    # ------------------------------------------------------------

    def test_everyone_who_takes_part_is_expected_on_both_halves_of_a_working_day(self):
        self.assertEqual(len(self.presences), 4 * 2 * 2)  # Léa, Yanis, Hugo, Colin; Sofia is admitted only
        self.assertEqual(set(self.presences.mapped('state')), {'expected'})
        self.assertEqual(self.presences.membership_id, self.lea + self.yanis + self.hugo + self.colin)

    def test_no_weekend_no_holiday_and_nothing_outside_the_term(self):
        self.env['resource.calendar.leaves'].create({
            'name': "Day off", 'company_id': self.env.company.id, 'resource_id': False,
            'date_from': datetime(2026, 1, 19, 0), 'date_to': datetime(2026, 1, 19, 22)})
        nora = self._admit(self.autumn, "Nora Petit", date_start=date(2026, 1, 21))
        nora.action_activate()
        new = self.autumn.with_user(self.facilitator)._expect_presences(TODAY, date(2026, 1, 21))
        self.assertEqual(set(new.mapped('date')), {date(2026, 1, 20), date(2026, 1, 21)})
        self.assertEqual(set(new.filtered(lambda row: row.membership_id == nora).mapped('date')), {date(2026, 1, 21)})
        self.assertFalse(self.autumn._expect_presences(TODAY, date(2026, 1, 21)))
        self.assertFalse(self.autumn._expect_presences(date(2026, 4, 1), date(2026, 4, 30)))
        for first, last in ((TODAY, TODAY - timedelta(days=1)), (TODAY, TODAY + timedelta(days=800))):
            with self.assertRefused(UserError, "same year"):
                self.autumn._expect_presences(first, last)

    def test_the_facilitator_expects_everyone_of_a_month_in_one_dialog(self):
        action = self.autumn.with_user(self.facilitator).action_open_presence_period()
        form = Form(self.env['coop.presence.period'].with_user(self.facilitator).with_context(**action['context']))
        self.assertEqual((form.date_from, form.date_to), (date(2026, 1, 1), date(2026, 1, 31)))
        form.date_from = date(2026, 2, 1)
        self.assertEqual(form.date_to, date(2026, 2, 28))
        period = form.save()
        opened = self.env['coop.presence'].search(period.action_expect()['domain'])
        self.assertEqual(len(opened), 20 * 2 * 4)
        with self.assertRefused(UserError, "expected on these days already"):
            period.action_expect()
        with self.assertRaises(AccessError):
            self.env['coop.presence.period'].with_user(self.lea_user).create({'cohort_id': self.autumn.id})
        with self.assertRaises(AccessError):
            self.autumn.with_user(self.lea_user)._expect_presences(TODAY, TODAY)

    def test_a_half_day_is_noted_once_and_inside_the_term(self):
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            self.env['coop.presence'].create({'membership_id': self.lea.id, 'date': TODAY, 'half': 'morning'})
        with self.assertRefused(ValidationError, "Léa Martin takes part from .* not expected on"):
            self.env['coop.presence'].create({'membership_id': self.lea.id, 'date': date(2026, 5, 5)})

    def test_who_leaves_is_not_expected_any_more(self):
        self._half(self.colin).with_user(self.colin.user_id).action_sign(draw())
        self.colin.with_user(self.facilitator).action_leave()
        self.assertEqual(len(self.presences.exists().filtered(lambda row: row.membership_id == self.colin)), 2)
        counts = self.env['coop.presence']._count_half_days(self.autumn, TODAY, TOMORROW)
        self.assertEqual(counts[self.colin.id], {'expected': 2, 'signed': 1, 'justified': 0, 'unjustified': 0})

    # ------------------------------------------------------------
    # Signing
    # ------------------------------------------------------------

    def test_a_member_signs_on_their_own_phone(self):
        presence = self._half(self.yanis).with_user(self.yanis_user)
        self.assertTrue(presence.may_sign)
        action = presence.action_sign()
        dialog = Form(self.env['coop.presence.sign'].with_user(self.yanis_user).with_context(**action['context'])).save()
        with self.assertRefused(UserError, "Sign first"):
            dialog.action_sign()
        dialog.signature = draw()
        dialog.action_sign()
        self.assertFalse(dialog.exists())
        self.assertRecordValues(presence, [{
            'state': 'signed', 'signed_on': clock.now(self.env), 'signed_with_id': self.yanis_user.id, 'may_sign': False}])
        self.assertEqual(presence.signature.decode(), draw())

    def test_on_a_shared_tablet_each_signs_under_the_login_of_who_hands_it_round(self):
        for user, half in ((self.facilitator, 'morning'), (self.lea_user, 'afternoon')):
            for membership in (self.yanis, self.colin, self.lea):
                presence = self._half(membership, half).with_user(user)
                presence.action_sign(draw())
                self.assertEqual((presence.state, presence.signed_with_id), ('signed', user))

    def test_nobody_signs_for_others_on_their_own_login(self):
        presence = self._half(self.yanis)
        for user in (self.psychologist, self.hugo_user, self.colin.user_id, self.chloe.user_id, self.other_facilitator):
            with self.assertRaises(AccessError):
                presence.with_user(user).action_sign(draw())
        with self.assertRefused(AccessError, "Each signs for themselves"):
            presence.with_user(self.psychologist).action_sign()
        self.assertEqual(presence.state, 'expected')

    def test_it_is_signed_on_its_day_once_and_with_a_drawing(self):
        with self.assertRefused(UserError, "has not come yet"):
            self._half(self.yanis, day=TOMORROW).with_user(self.yanis_user).action_sign(draw())
        presence = self._half(self.yanis).with_user(self.yanis_user)
        for bad in ("", 5, [], True):
            with self.assertRefused(UserError, "Sign in the frame"):
                presence.action_sign(bad)
        with self.assertRefused(UserError, "Nothing is drawn yet"):
            presence.action_sign(draw(lines=()))
        with self.assertRefused(UserError, "This is no signature"):
            presence.action_sign("bm90IGFuIGltYWdl")
        presence.action_sign(draw())
        with self.assertRefused(UserError, "is noted already"):
            presence.action_sign(draw())

    def test_it_is_signed_on_the_day_of_the_cohort_whatever_the_caller_says(self):
        presence = self._half(self.yanis, day=TOMORROW).with_user(self.yanis_user).with_context(tz='Pacific/Kiritimati')
        self.assertFalse(presence.may_sign)
        with self.assertRefused(UserError, "has not come yet"):
            presence.action_sign(draw())
        self.env.company.partner_id.tz = 'Pacific/Kiritimati'  # where it is the 16th already
        presence.invalidate_recordset()
        self.assertTrue(presence.may_sign)
        presence.with_context(tz='UTC').action_sign(draw())
        self.assertEqual(presence.state, 'signed')

    def test_it_is_signed_within_a_week_and_later_only_with_the_facilitator(self):
        old, older = self.env['coop.presence'].create([
            {'membership_id': self.lea.id, 'date': TODAY - timedelta(days=days)} for days in (7, 8)])
        older_lea = older.with_user(self.lea_user)  # who is on the HR committee, too
        self.assertFalse(older_lea.may_sign)
        with self.assertRefused(UserError, "more than 7 days ago: ask your facilitator"):
            older_lea.action_sign(draw())
        for presence, user in ((old, self.lea_user), (older, self.facilitator)):
            self.assertTrue(presence.with_user(user).may_sign)
            presence.with_user(user).action_sign(draw())
            self.assertEqual((presence.state, presence.signed_with_id), ('signed', user))

    # ------------------------------------------------------------
    # Absences
    # ------------------------------------------------------------

    def test_an_absence_is_noted_with_its_reason(self):
        for user, half in ((self.facilitator, 'morning'), (self.lea_user, 'afternoon')):
            presence = self._half(self.yanis, half).with_user(user)
            action = presence.action_note_absent()
            dialog = Form(self.env['coop.presence.absence'].with_user(user).with_context(**action['context']))
            dialog.reason, dialog.is_justified = 'illness', True
            dialog.save().action_note()
            self.assertRecordValues(presence, [{
                'state': 'absent', 'reason': 'illness', 'is_justified': True, 'noted_by_id': user.id}])
            presence.action_note_absent('unknown')
            self.assertFalse(presence.is_justified)

    def test_nobody_notes_their_own_absence_nor_does_who_keeps_no_attendance(self):
        with self.assertRefused(AccessError, "never one's own"):
            self._half(self.lea).with_user(self.lea_user).action_note_absent('illness', True)
        for user in (self.yanis_user, self.psychologist):
            with self.assertRefused(AccessError, "Absences are noted by"):
                self._half(self.yanis).with_user(user).action_note_absent('illness', True)
        for wrong in ('holiday', ['illness'], {'illness': 1}, 5, True):
            with self.assertRefused(UserError, "a reason of the list"):
                self._half(self.yanis).with_user(self.facilitator).action_note_absent(wrong, True)

    # ------------------------------------------------------------
    # The lock, and the trace
    # ------------------------------------------------------------

    def test_what_is_signed_stays(self):
        presence = self._half(self.yanis)
        presence.action_sign(draw())
        for user in (self.env.user, self.manager, self.facilitator):
            for vals in ({'date': TOMORROW}, {'half': 'afternoon'}, {'membership_id': self.lea.id}):
                with self.assertRefused(UserError, "which leaves a trace"):
                    presence.with_user(user).write(vals)
            for vals in ({'state': 'expected'}, {'signature': draw()}, {'signed_on': False}, {'reason': 'illness'}):
                with self.assertRefused(AccessError, "not changed by hand"):
                    presence.with_user(user).write(vals)
            with self.assertRefused(UserError, "which leaves a trace"):
                presence.with_user(user).unlink()
        with self.assertRefused(UserError, "which leaves a trace"):
            presence.action_note_absent('illness')
        for user in (self.yanis_user, self.lea_user):
            with self.assertRaises(AccessError):
                presence.with_user(user).write({'half': 'afternoon'})

    def test_the_facilitator_corrects_and_the_page_says_so(self):
        presence = self._half(self.yanis).with_user(self.facilitator)
        with self.assertRefused(UserError, "Nothing is noted"):
            presence.action_correct("Mistake")
        presence.action_sign(draw())
        for bad in ("", "  ", 5):
            with self.assertRefused(UserError, "Say why"):
                presence.action_correct(bad)
        presence.action_correct("Colin signed on this line")
        self.assertRecordValues(presence, [{'state': 'expected', 'signature': False, 'signed_on': False}])
        self.assertRegex(presence.message_ids[0].body, "The signature of 2026-01-15 .*taken back: Colin signed on this line")
        self.assertEqual(presence.message_ids[0].author_id, self.facilitator.partner_id)
        presence.action_note_absent('illness', True)
        presence.action_correct("Came later")
        # Why somebody was away is no longer told.
        self.assertNotIn("llness", presence.message_ids[0].body)
        for user in (self.lea_user, self.yanis_user, self.psychologist):
            with self.assertRaises(AccessError):
                presence.with_user(user).action_correct("Mistake")

    # ------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------

    def test_a_member_sees_their_own_and_who_keeps_the_attendance_everyones(self):
        self._half(self.colin).action_note_absent('illness')
        for user, seen in ((self.yanis_user, self.yanis), (self.hugo_user, self.hugo),
                           (self.lea_user, self.presences.membership_id), (self.facilitator, self.presences.membership_id),
                           (self.psychologist, self.presences.membership_id), (self.chloe.user_id, self.chloe.browse())):
            found = self.env['coop.presence'].with_user(user).search([('id', 'in', self.presences.ids)])
            self.assertEqual(found.sudo().membership_id, seen, user.login)
        self.hr.mandate_ids.filtered(lambda mandate: mandate.membership_id == self.lea).action_end()
        self.assertEqual(
            self.env['coop.presence'].with_user(self.lea_user).search([]).membership_id, self.lea)
        rule = self.env.ref('inocoop_coop.coop_presence_rule_confined_read')
        rule.active = False
        self.assertGreater(len(self.env['coop.presence'].with_user(self.yanis_user).search([]).sudo().membership_id), 1)

    # ------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------

    def test_half_days_are_counted_in_one_query(self):
        self._half(self.yanis).action_sign(draw())
        self._half(self.yanis, 'afternoon').action_note_absent('illness', True)
        self._half(self.lea).action_note_absent('unknown')
        self.env.flush_all()
        with self.assertQueryCount(1):
            counts = self.env['coop.presence']._count_half_days(self.autumn, TODAY, TODAY)
        nothing = {'expected': 2, 'signed': 0, 'justified': 0, 'unjustified': 0}
        self.assertEqual(counts, {
            self.yanis.id: {'expected': 2, 'signed': 1, 'justified': 1, 'unjustified': 0},
            self.lea.id: {'expected': 2, 'signed': 0, 'justified': 0, 'unjustified': 1},
            self.hugo.id: nothing, self.colin.id: nothing})
        self.assertEqual(self.env['coop.presence']._count_half_days(self.winter, TODAY, TODAY), {})
