"""What a look means for an address, seen together with the looks before it."""

from datetime import datetime, timedelta

from samtun.directory.enums import LinkProblem, LinkState
from samtun.directory.keeping.links.looking import Seen
from samtun.directory.models import Link

WELL_FOR = timedelta(days=7)
REFUSED_FOR = timedelta(days=30)
LONGEST_PAUSE = timedelta(days=16)
GONE_AFTER = timedelta(days=14)  # of looks that failed, each of them
HOST_GONE_AFTER = timedelta(days=3)  # of a name that nobody knows
TOO_MANY = 429
_SPREAD = 12 * 60  # minutes: what was gathered in one night is not looked at in one hour

_REFUSED = {
    LinkProblem.ROBOTS: LinkState.REFUSING,
    LinkProblem.LOGIN: LinkState.REFUSING,
    LinkProblem.ADDRESS: LinkState.FORBIDDEN,
}


def judge(link: Link, seen: Seen, now: datetime) -> None:
    """Write into `link`, unsaved, what `seen` means, and when to look again."""
    link.looked_at = now
    if seen.status == TOO_MANY:  # it says nothing about the page
        link.look_again_at = seen.rest_until
        return
    link.status = seen.status
    link.problem, link.moved_to = seen.problem or "", ""
    if seen.problem is None:
        _works(link, seen, now)
    elif seen.problem in _REFUSED:
        _is_refused(link, _REFUSED[seen.problem], now)
    else:
        _fails(link, seen.problem, now)
    if seen.rest_until:
        link.look_again_at = seen.rest_until  # our own pauses do not count against what it asks
    if link.settled_state != link.state:
        link.settled_state = ""


def _works(link: Link, seen: Seen, now: datetime) -> None:
    link.state = LinkState.MOVED if seen.moved_to else LinkState.OK
    link.moved_to = seen.moved_to[:2000]
    _forget_failures(link)
    link.look_again_at = now + WELL_FOR + _spread(link)


def _is_refused(link: Link, state: LinkState, now: datetime) -> None:
    """That robots are kept out says nothing about people."""
    link.state = state
    _forget_failures(link)
    link.look_again_at = now + REFUSED_FOR + _spread(link)


def _fails(link: Link, problem: LinkProblem, now: datetime) -> None:
    """A page that is not there is gone at once; the rest may come back."""
    link.failures = min(link.failures + 1, 1000)
    link.failing_since = link.failing_since or now
    patience = {
        LinkProblem.NOT_FOUND: timedelta(),
        LinkProblem.NO_HOST: HOST_GONE_AFTER,
    }.get(problem, GONE_AFTER)
    is_gone = now - link.failing_since >= patience
    link.state = LinkState.GONE if is_gone else LinkState.DOWN
    link.look_again_at = now + min(timedelta(days=2 ** min(link.failures - 1, 10)), LONGEST_PAUSE)


def _forget_failures(link: Link) -> None:
    link.failures, link.failing_since = 0, None


def _spread(link: Link) -> timedelta:
    return timedelta(minutes=(link.pk or 0) * 37 % _SPREAD)
