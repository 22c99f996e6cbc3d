"""A look at one address, the way a considerate visitor would take it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from django.utils import timezone

from samtun.directory.enums import LinkProblem
from samtun.directory.keeping.links.errors import CannotLook
from samtun.directory.keeping.links.network import MOST_READ, Deadline, Network, Reply
from samtun.directory.keeping.links.robots import NOBODY, Robots
from samtun.directory.keeping.links.targets import Target, target_of

MOST_REDIRECTS = 5
PAUSE = 2.0  # seconds between two requests to the same host
LONGEST_REST = timedelta(days=7)  # whatever a server asks for
_FOR_GOOD = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REFUSALS = frozenset({401, 403, 405, 407, 429, 451, 999})


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look showed. `moved_to`: where the server says that the page is from now on."""

    problem: LinkProblem | None = None
    status: int | None = None
    moved_to: str = ""
    rest_until: datetime | None = None  # the server asks for peace until then


@dataclass
class Manners:
    """How long we wait between requests to the same host; shared by all threads of a round."""

    pause: float = PAUSE
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str, pause: float = 0.0) -> float:
        """Wait for our turn at `host`, and say how long that took."""
        wanted = max(self.pause, pause)
        with self._guard:
            now = time.monotonic()
            turn = max(now, self._last.get(host, -wanted) + wanted)
            self._last[host] = turn
        if turn > now:
            self.sleep(turn - now)
        return turn - now


@dataclass
class Looker:
    """Looks at addresses for one round. `robots` is what is known of hosts, and grows."""

    network: Network
    manners: Manners = field(default_factory=Manners)
    robots: dict[str, Robots] = field(default_factory=dict)

    def look(self, url: str) -> Seen:
        """What is at `url` now; never raises for what the address or its server does."""
        deadline = Deadline()
        try:
            return self._follow(url, deadline)
        except CannotLook as found:
            return Seen(found.problem, found.status, rest_until=found.rest_until)
        except ValueError:  # an address, or what a server sends us on to, that nobody can read
            return Seen(LinkProblem.ADDRESS)

    def _follow(self, url: str, deadline: Deadline) -> Seen:
        here, moved_to, for_good = url, "", True
        for _ in range(MOST_REDIRECTS + 1):
            reply = self._reply(here, deadline)
            where = reply.headers.get("location", "").strip()
            if reply.status not in _REDIRECTS or not where:
                return _judged(url, reply, moved_to)
            here = urljoin(here, where)
            for_good = for_good and reply.status in _FOR_GOOD
            moved_to = here.partition("#")[0] if for_good else moved_to
        raise CannotLook(LinkProblem.REDIRECTS)

    def _reply(self, url: str, deadline: Deadline) -> Reply:
        """HEAD, and GET where a server does not know better than to refuse it."""
        target = target_of(url, self.network.ports)
        rules = self._rules(target, deadline)
        if not rules.allow(target.path):
            raise CannotLook(LinkProblem.ROBOTS)
        reply = self._ask("HEAD", target, deadline, pause=rules.pause())
        if reply.status >= 400 and not _asks_for_peace(reply):
            reply = self._ask("GET", target, deadline, pause=rules.pause())
        return reply

    def _ask(
        self, method: str, target: Target, deadline: Deadline, *, pause: float = 0.0, read: int = 0
    ) -> Reply:
        deadline.extend(self.manners.wait(target.name, pause))
        return self.network.ask(method, target, deadline, read=read)

    def _rules(self, target: Target, deadline: Deadline) -> Robots:
        known = self.robots.get(target.name)
        now = timezone.now()
        if known is None or not known.is_fresh(now):
            known = Robots(self._robots_text(target, deadline), now)
            self.robots[target.name] = known
        return known

    def _robots_text(self, target: Target, deadline: Deadline) -> str:
        """The server's robots.txt. None there: all is allowed; one that fails: nothing is."""
        here = target.robots_url
        for _ in range(MOST_REDIRECTS + 1):
            where = target_of(here, self.network.ports)
            reply = self._ask("GET", where, deadline, read=MOST_READ)
            onward = reply.headers.get("location", "").strip()
            if reply.status in _REDIRECTS and onward:
                here = urljoin(here, onward)
                continue
            if _asks_for_peace(reply):
                raise CannotLook(LinkProblem.ROBOTS, reply.status, _rest_until(reply))
            if reply.status >= 500:
                return NOBODY
            return reply.body.decode("utf-8", "replace") if reply.status == 200 else ""
        return ""


def _judged(url: str, reply: Reply, moved_to: str) -> Seen:
    problem = _problem_of(reply)
    if problem is not None:
        return Seen(problem, reply.status, rest_until=_rest_until(reply))
    return Seen(None, reply.status, "" if _is_trivial(url, moved_to) else moved_to)


def _problem_of(reply: Reply) -> LinkProblem | None:
    if reply.status < 400:
        return None
    if reply.status in {404, 410}:
        return LinkProblem.NOT_FOUND
    if reply.status in _REFUSALS or "cf-mitigated" in reply.headers:
        return LinkProblem.LOGIN
    return LinkProblem.SERVER if reply.status >= 500 else LinkProblem.LOGIN


def _asks_for_peace(reply: Reply) -> bool:
    return reply.status == 429 or (reply.status == 503 and "retry-after" in reply.headers)


def _rest_until(reply: Reply) -> datetime | None:
    """`Retry-After`, in seconds or as a date, within reason; RFC 9110, 10.2.3."""
    if not _asks_for_peace(reply):
        return None
    now = timezone.now()
    asked = reply.headers.get("retry-after", "").strip()
    until = now + timedelta(hours=1)
    if asked.isascii() and asked.isdigit():
        until = now + timedelta(seconds=min(int(asked[:9]), LONGEST_REST.total_seconds()))
    elif asked:
        until = _date(asked) or until
    return min(max(until, now), now + LONGEST_REST)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _is_trivial(old: str, new: str) -> bool:
    """Only https, `www.` or a slash more or less: the old address will do."""
    return not new or _bare(old) == _bare(new)


def _bare(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removeprefix("www.")
    return host, parts.path.rstrip("/"), parts.query
