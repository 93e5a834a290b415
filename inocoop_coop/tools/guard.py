"""The seal under which an action may write what nobody writes by hand.

Every public method and every field of Odoo can be reached over RPC. A state that follows from an
action (a cohort that starts, a vote that closes) must not be written past the checks of that
action. The seal is an object, known by identity: a request from outside carries texts, numbers,
lists and dictionaries, and none of them is this object.
"""

CONTEXT_KEY = 'coop_action'
_SEAL = object()


def sealed(records):
    """The same records, whose guarded fields may be written.

    Only for methods that have checked who calls and what is allowed.
    """
    return records.with_context(**{CONTEXT_KEY: _SEAL})


def is_sealed(records):
    """Whether an action of ours is at work, and not a bare write."""
    return records.env.context.get(CONTEXT_KEY) is _SEAL
