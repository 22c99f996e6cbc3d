"""A few dates to come, for pages that are about something else; nothing where nothing comes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString

from samtun import search
from samtun.directory.enums import Taxonomies
from samtun.events import finding
from samtun.events.enums import EventStatus, OccurrenceStatus
from samtun.events.models import Event
from samtun.events.queries.calendar import (
    Dated,
    coming,
    dated,
    is_anything_coming,
    one_of_each,
    topics,
)
from samtun.events.queries.wanted import Wanted
from samtun.front.event_rows import Style, dated_rows
from samtun.front.frame import Frame
from samtun.search.text import normalise

ON_REGION_PAGE = 4
BESIDE_RESULTS = 3
OF_A_SERVICE = 4
FOR_CHILDREN = 4
_LOOKED_AT = 40  # dates read to find so many different events
_LONG = 5  # letters of a word that names something
_CLEARLY = 0.5  # as what was read out of a question is said back

_HOLDS = Q(status=OccurrenceStatus.SCHEDULED, event__status=EventStatus.PUBLISHED)


def in_region(frame: Frame, now: datetime) -> SafeString:
    """What comes next where the visitor lives, each event once."""
    return _rows(_read(_wanted(frame)), ON_REGION_PAGE, frame, now)


def for_children(frame: Frame, now: datetime) -> SafeString:
    """What comes next that speaks to children."""
    found = _read(_wanted(frame), Q(event__is_for_children=True))
    return _rows(found, FOR_CHILDREN, frame, now)


def of_service(service: UUID, frame: Frame, now: datetime) -> SafeString:
    """The next dates of what belongs to a service."""
    found = _read(Wanted(frame.scope.numbers), Q(event__service=service))
    return dated_rows(found[:OF_A_SERVICE], Style.of(frame, now))


def matching(
    text: str,
    needs: Mapping[str, float],
    groups: Mapping[str, float],
    frame: Frame,
    now: datetime,
) -> SafeString:
    """What comes next and fits a question well, what is called so first; often nothing."""
    rows = _called(text, frame, now) if text else []
    rows = one_of_each([*rows, *_about(needs, groups, frame)], BESIDE_RESULTS)
    return dated_rows(rows, Style.of(frame, now)) if rows else SafeString()


def _called(text: str, frame: Frame, now: datetime) -> list[Dated]:
    """What search finds and is called by a word of the question."""
    words = [word for word in normalise(text).split() if len(word) >= _LONG]
    if not (words and is_anything_coming(frame.scope.slug)):
        return []
    query = search.Query(
        text=text,
        scope=frame.scope.numbers,
        language=frame.language,
        limit=BESIDE_RESULTS * 2,
        now=timezone.localtime(now),
    )
    found = finding.find(query)
    if not found:
        return []
    rows = one_of_each(_read(_wanted(frame), Q(event__in=found)), len(found))
    return [row for row in rows if any(word in normalise(row.name) for word in words)]


def _about(needs: Mapping[str, float], groups: Mapping[str, float], frame: Frame) -> list[Dated]:
    """What comes next that is about what was clearly read out of a question, the nearest first.

    What is meant for other life situations than those asked about is left out.
    """
    used = topics(frame.scope.slug)
    weights = _clear(needs, used.get(Taxonomies.NEEDS, frozenset()))
    own = _clear(groups, used.get(Taxonomies.TARGET_GROUPS, frozenset()))
    if not (weights or own):
        return []
    tagged = Event.terms.through.objects.filter(
        Q(taxonomyterm__taxonomy__slug=Taxonomies.NEEDS, taxonomyterm__code__in=weights)
        | Q(taxonomyterm__taxonomy__slug=Taxonomies.TARGET_GROUPS, taxonomyterm__code__in=own)
    )
    found = _read(_wanted(frame), Q(event__in=tagged.values("event")))
    codes = _codes({row.event for row in found})
    scores = {event: _score(each, weights, own, {*groups}) for event, each in codes.items()}
    fitting = [row for row in one_of_each(found, _LOOKED_AT) if scores.get(row.event, 0) > 0]
    fitting.sort(key=lambda row: (-scores[row.event], row.starts_at))
    return fitting


def _clear(read: Mapping[str, float], used: frozenset[str]) -> dict[str, float]:
    return {code: weight for code, weight in read.items() if weight >= _CLEARLY and code in used}


def _score(
    codes: Mapping[str, set[str]],
    needs: Mapping[str, float],
    groups: Mapping[str, float],
    asked: set[str],
) -> float:
    """How well an event fits; nothing for one that is meant for others."""
    meant_for = codes.get(Taxonomies.TARGET_GROUPS, set())
    if meant_for and asked and meant_for.isdisjoint(asked):
        return 0
    about_need = sum(needs.get(code, 0) for code in codes.get(Taxonomies.NEEDS, ()))
    return about_need + 2 * sum(groups.get(code, 0) for code in meant_for)


def _codes(events: Iterable[UUID]) -> dict[UUID, dict[str, set[str]]]:
    found: dict[UUID, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Event.terms.through.objects.filter(event__in=events)
    for event, taxonomy, code in rows.values_list(
        "event_id", "taxonomyterm__taxonomy__slug", "taxonomyterm__code"
    ):
        found[event][taxonomy or ""].add(code)
    return found


def _wanted(frame: Frame) -> Wanted:
    chosen = frame.municipality.number if frame.municipality else ""
    return Wanted(frame.scope.numbers, municipality=chosen)


def _read(wanted: Wanted, condition: Q | None = None) -> list[Dated]:
    found = coming(wanted.occurrences().filter(_HOLDS))
    return dated(found.filter(condition) if condition else found, 0, _LOOKED_AT)


def _rows(found: list[Dated], limit: int, frame: Frame, now: datetime) -> SafeString:
    return dated_rows(one_of_each(found, limit), Style.of(frame, now))
