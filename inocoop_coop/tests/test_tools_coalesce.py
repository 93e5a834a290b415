import threading

from odoo.tests import BaseCase

from ..tools.coalesce import coalesced


class TestCoalesce(BaseCase):
    """What many ask for at once is done once more after the last of them asked."""

    def test_each_of_those_who_come_one_after_the_other_gets_it_done(self):
        done = []
        for _ in range(3):
            coalesced('one by one', lambda: done.append(1))
        self.assertEqual(len(done), 3)

    def test_those_who_ask_while_it_is_done_share_one_more_time(self):
        began, go_on = threading.Event(), threading.Event()
        done = []

        def work():
            done.append(1)
            if len(done) == 1:
                began.set()
                go_on.wait(10)

        first = threading.Thread(target=coalesced, args=('together', work))
        first.start()
        began.wait(10)
        for _ in range(10):
            coalesced('together', work)
        self.assertEqual(len(done), 1, "They don't wait.")
        go_on.set()
        first.join(10)
        self.assertEqual(len(done), 2)

    def test_what_failed_is_tried_by_the_next_who_asks(self):
        def fail():
            raise ValueError("no connection")
        with self.assertRaises(ValueError):
            coalesced('failing', fail)
        done = []
        coalesced('failing', lambda: done.append(1))
        self.assertEqual(done, [1])
