"""Logs say what happened, never who asked for what."""

import logging
import re

# What a log record may carry with it; everything else (requests, form data, addresses) is dropped.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_ALLOWED = frozenset({"event", "region", "count", "seconds", "status_code", "route"})
# The signed links of letters and invitations: whoever reads one can use it.
_SIGNED = re.compile(r"/[0-9a-f]{32}\.[\w.~-]{20,}")


class WithoutPersonalData(logging.Filter):
    """Removes extras that may hold personal data, and queries and keys from addresses in messages.

    What someone searched for can tell that they, or somebody they love, are ill.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean `record` in place; always lets it through."""
        for name in set(vars(record)) - _STANDARD - _ALLOWED:
            delattr(record, name)
        if isinstance(record.args, tuple):
            record.args = tuple(_without_secrets(argument) for argument in record.args)
        return True


def _without_secrets(argument: object) -> object:
    if isinstance(argument, str) and argument.startswith("/"):
        return _SIGNED.sub("/-", argument.partition("?")[0])
    return argument
