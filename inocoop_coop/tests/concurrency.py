"""People who press at the same moment: real transactions, committed, each with a connection of its own."""
import os
import signal
import threading
from unittest.mock import patch

from odoo import api, sql_db
from odoo.api import SUPERUSER_ID
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger

TIMEOUT = 120  # seconds


class Transaction:
    """A transaction that is committed at its end: ``with Transaction(registry) as env``."""

    def __init__(self, registry, uid=SUPERUSER_ID):
        self.registry = registry
        self.uid = uid

    def __enter__(self):
        self.cursor = self.registry.cursor()
        return api.Environment(self.cursor, self.uid, {'lang': 'en_US'})

    def __exit__(self, exc_type, _exception, _traceback):
        with self.cursor:  # commits, or rolls back
            if exc_type:
                self.cursor.rollback()


class ConcurrencyCase(BaseCase):
    """What is committed stays in the database: a test removes what it made."""

    # Every transaction reads this row before any of them writes: so their snapshots are of the same moment.
    watched = ('res.company', 1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())

    def _transaction(self, uid=SUPERUSER_ID):
        return Transaction(self.registry, uid)

    def _at_once(self, *actions, uids=None, retry=True):
        """Do these at once, each as a request of its own.

        :param actions: functions of an environment
        :param uids: who does each of them; without it, the superuser
        :param bool retry: whether a request is tried again after a conflict, as Odoo's server does
        :return: for each, ``None`` or the exception it ended with
        """
        all_have_read = threading.Barrier(len(actions), timeout=TIMEOUT)
        outcomes = [TimeoutError()] * len(actions)

        def request(rank, action):
            first = iter((True,))

            def attempt():
                # The snapshot of this transaction is taken here; a second try takes a new one.
                model, number = self.watched
                env[model].sudo().browse(number).read(['display_name'])
                if next(first, False):
                    all_have_read.wait()
                action(env)

            try:
                with self.registry.cursor() as cr:
                    env = api.Environment(cr, uids[rank] if uids else SUPERUSER_ID, {'lang': 'en_US'})
                    if retry:
                        retrying(attempt, env)
                    else:
                        attempt()
                        env.cr.commit()
                outcomes[rank] = None
            except Exception as error:  # whatever it is, the test says it
                outcomes[rank] = error

        threads = [threading.Thread(target=request, args=pair) for pair in enumerate(actions)]
        # The runner of the tests holds the registry's lock, for which these would wait.
        # Conflicts that are tried again are logged; muted here, as each thread would unmute the other.
        with patch.object(Registry, '_lock', threading.RLock()), mute_logger('odoo.service.model', 'odoo.sql_db'):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(TIMEOUT)
        return outcomes

    def _do_and_be_killed(self, action, model, method):
        """A process of its own does this and is killed (SIGKILL) when the given step is done, before the commit.

        :param action: a function of an environment
        :param str model: whose method the step is
        :param str method: its name
        """
        child = os.fork()
        if child:
            _child, status = os.waitpid(child, 0)
            self.assertEqual(os.WTERMSIG(status), signal.SIGKILL, "It was killed where it should be.")
            return
        try:  # the child: it has the parent's connections too, and must touch none of them
            kept = sql_db._Pool
            sql_db._Pool = sql_db.ConnectionPool(4)
            connection = sql_db.db_connect(self.registry.db_name)
            original = getattr(self.registry[model], method)

            def die(records, *args, **kwargs):
                original(records, *args, **kwargs)
                records.env.flush_all()
                os.kill(os.getpid(), signal.SIGKILL)

            with (patch.object(self.registry[model], method, die), patch.object(self.registry, '_db', connection),
                  self._transaction() as env):
                action(env)
            del kept
        finally:
            os._exit(1)
