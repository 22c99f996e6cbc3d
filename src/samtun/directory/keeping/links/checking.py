"""A round of looks: a few addresses that are due, each host by one worker at a time."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Min, Q

from samtun.directory.keeping.links.judging import judge
from samtun.directory.keeping.links.looking import Looker, Seen
from samtun.directory.keeping.links.network import Network
from samtun.directory.keeping.links.robots import Robots
from samtun.directory.models import Link, LinkHost

log = logging.getLogger(__name__)

LIMIT = 60  # addresses in a round
PER_HOST = 5
AT_ONCE = 4  # hosts
_OLDEST = F("look_again_at").asc(nulls_first=True)
CLAIMED_FOR = timedelta(minutes=20)  # longer than a round can take


@dataclass(frozen=True, slots=True)
class _Task:
    """A host that is ours for now, with what is due there."""

    host: LinkHost
    links: Sequence[Link]


def check_due(now: datetime, *, limit: int = LIMIT, looker: Looker | None = None) -> int:
    """Look at up to `limit` addresses that are due; returns how many were looked at.

    Several workers may do this at once: each claims hosts, and leaves the others' alone. One that
    dies in the middle keeps its claim for twenty minutes.
    """
    looker = looker or Looker(Network(user_agent()))
    tasks = _claim(now, limit)
    looker.robots.update(_known_robots(tasks))
    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="link-look") as threads:
        for task, seen in threads.map(lambda one: (one, _look_at(one, looker)), tasks):
            _save(task, seen, looker, now)
    looked = sum(len(task.links) for task in tasks)
    log.info("links looked at", extra={"count": looked})
    return looked


def user_agent() -> str:
    """Who we say we are, and where to read what we do."""
    return f"Samtun/1.0 (link check; +{settings.PUBLIC_URL}/)"


def _due(now: datetime, path: str = "") -> Q:
    return Q(**{f"{path}look_again_at__isnull": True}) | Q(**{f"{path}look_again_at__lte": now})


@transaction.atomic
def _claim(now: datetime, limit: int) -> list[_Task]:
    """Hosts with something due that nobody else looks at, those that waited longest first."""
    is_due = Link.objects.filter(_due(now), host__isnull=False)
    waiting = is_due.filter(Q(host__rest_until=None) | Q(host__rest_until__lte=now))
    names = (
        waiting.values("host")
        .annotate(oldest=Min("look_again_at"))
        .order_by(F("oldest").asc(nulls_first=True), "host")
    )
    hosts = LinkHost.objects.filter(
        Q(rest_until=None) | Q(rest_until__lte=now),
        pk__in=[row["host"] for row in names[:limit]],
    )
    if connection.features.has_select_for_update_skip_locked:
        hosts = hosts.select_for_update(skip_locked=True)
    tasks: list[_Task] = []
    for host in hosts:
        links = list(is_due.filter(host=host).order_by(_OLDEST, "pk")[:PER_HOST])
        tasks.append(_Task(host, links[: max(0, limit - sum(len(t.links) for t in tasks))]))
    tasks = [task for task in tasks if task.links]
    claimed = [task.host.pk for task in tasks]
    LinkHost.objects.filter(pk__in=claimed).update(rest_until=now + CLAIMED_FOR)
    return tasks


def _known_robots(tasks: list[_Task]) -> dict[str, Robots]:
    return {
        task.host.pk: Robots(task.host.robots, task.host.robots_read_at)
        for task in tasks
        if task.host.robots_read_at
    }


def _look_at(task: _Task, looker: Looker) -> list[Seen]:
    """One after the other; when the server asks for peace, the rest wait for another time."""
    seen: list[Seen] = []
    for link in task.links:
        seen.append(looker.look(link.url))
        if seen[-1].rest_until:
            break
    return seen


@transaction.atomic
def _save(task: _Task, seen: list[Seen], looker: Looker, now: datetime) -> None:
    for link, one in zip(task.links, seen, strict=False):
        judge(link, one, now)
        link.save(
            update_fields=["state", "status", "problem", "settled_state", "moved_to", "failures",
                           "failing_since", "looked_at", "look_again_at"]
        )  # fmt: skip
    host = task.host
    host.rest_until = seen[-1].rest_until if seen else None
    known = looker.robots.get(host.pk)
    if known:
        host.robots, host.robots_read_at = known.text, known.read_at
    host.save(update_fields=["rest_until", "robots", "robots_read_at"])
