"""How much somebody whom we do not know may have us write to people in a day.

Signing up, and what one does afterwards, counts together: a personal link is no leave to fill an
inbox, one's own or another's.
"""

from collections.abc import Iterable

from django.http import HttpRequest

from samtun.directory.keeping import limits
from samtun.front.private import sender_of

FROM_A_NETWORK = 200  # a day; a whole town hall, or a school, may share one
TO_AN_ADDRESS = 20  # a day: nobody fills somebody else's inbox through us
_PURPOSE = "sign_up"


def may_cause_letters(request: HttpRequest, addresses: Iterable[str | None]) -> bool:
    """Whether this network, and the inboxes that get letters by it, may have one more today."""
    return limits.may_send_to(
        sender_of(request),
        [one for one in addresses if one],
        purpose=_PURPOSE,
        most=FROM_A_NETWORK,
        most_each=TO_AN_ADDRESS,
    )
