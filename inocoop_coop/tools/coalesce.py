"""Work that many ask for at once, and that need be done only once after the last of them asked."""
import threading

_lock = threading.Lock()
_running = {}  # what is being done: whether someone has asked again since it began


def coalesced(key, work):
    """Do the work now, unless another thread of this process is at it: then let that thread do it once more.

    A hundred who vote at once would each open a connection to look whether theirs was the last vote.

    :param key: what the work is about; hashable
    :param work: function without parameters, which may be called several times
    """
    with _lock:
        if key in _running:
            _running[key] = True
            return
        _running[key] = False
    while True:
        try:
            work()
        except BaseException:
            with _lock:
                del _running[key]
            raise
        with _lock:
            if not _running[key]:
                del _running[key]
                return
            _running[key] = False
