"""Searching what happens; an index of its own beside that of the services.

Only public words of published events go in: no private link, nothing about who comes, and no place
that is kept secret. Whether an event has a date to come is asked of the database, since time passes
without anybody saving anything.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from samtun import search
from samtun.directory.enums import Meeting, Taxonomies
from samtun.directory.finding import KeptIndex, Progress
from samtun.events.enums import EventStatus, Occasion, OccurrenceStatus
from samtun.events.models import Event, Occurrence
from samtun.organisations.models import Municipality, Organization

MOST = 100  # of what the index may give; more than a page shows
_BATCH = 500
_BODY = ("description", "for_whom", "programme", "led_by", "price", "children")
_WORD = re.compile(r"\w{2,40}")
# The kinds of meeting in people's words.
_CALLED: dict[str, tuple[str, ...]] = {
    Occasion.MEETING_PLACE: ("møteplass", "møtestad", "meeting place"),
    Occasion.COPING_COURSE: ("mestringskurs", "meistringskurs", "kurs", "coping course"),
    Occasion.GROUP: ("samtalegruppe", "conversation group"),
    Occasion.THEME_EVENING: ("temakveld", "foredrag", "theme evening", "talk"),
    Occasion.PROFESSIONAL_DAY: ("fagdag", "professional day"),
    Occasion.ACTIVITY: ("aktivitet", "activity"),
}
# Something elsewhere, or for everybody, is no answer to what happens near me.
_TOO_FAR = frozenset({"area", "general"})


def find(query: search.Query) -> list[UUID]:
    """Published events with a date to come, best first; never raises for what a visitor typed."""
    results = _kept.answer(replace(query, offset=0, limit=MOST))
    if results is None:
        found = list(_plain(query))
    elif results.relaxed in _TOO_FAR:
        found = []
    else:
        found = [UUID(hit.id) for hit in results.hits]
    coming = set(_coming().filter(pk__in=found).values_list("pk", flat=True))
    left = [key for key in found if key in coming]
    return left[query.offset : query.offset + query.limit]


def prepare() -> None:
    """Open the index now, so that the first visitor need not wait; a bad one is met later."""
    with suppress(search.SearchError):
        _kept.open()


def state() -> str:
    """`ok`, `missing`, `damaged` or `stale` (a change could not be written to it)."""
    return _kept.state()


def rebuild(progress: Progress | None = None) -> int:
    """Make the index anew; returns how many events there are.

    Raises:
        search.IndexNotWritable: no space or no permission; the old index still stands.
    """
    return _kept.rebuild(progress)


def refresh(events: Sequence[UUID]) -> None:
    """Bring the index, at commit, up to date with changed events.

    Call it inside the transaction of the change; `actions.showing.refresh` does.
    """
    entries = list(_entries(_public().filter(pk__in=events)))
    public = {entry.id for entry in entries}
    gone = [str(key) for key in events if str(key) not in public]
    transaction.on_commit(lambda: _kept.update(entries, gone))


def _public() -> QuerySet[Event]:
    return Event.objects.filter(status=EventStatus.PUBLISHED)


def _coming() -> QuerySet[Event]:
    dates = Occurrence.objects.filter(
        event=OuterRef("pk"), status=OccurrenceStatus.SCHEDULED, ends_at__gt=timezone.now()
    )
    return _public().filter(Exists(dates))


def _plain(query: search.Query) -> Iterable[UUID]:
    """The search of a bad day: plain words in the database, those in a name first."""
    found = _coming()
    if query.scope is not None:
        through = Event.municipalities.through.objects
        belongs = through.filter(event=OuterRef("pk"), municipality__in=query.scope)
        found = found.filter(Exists(belongs))
    words = _WORD.findall(query.text.casefold())[:8]
    in_name = found.filter(_any(words, ("name",)))
    anywhere = found.filter(_any(words, ("name", "summary", "description", "programme")))
    by_name = in_name.order_by("name", "pk").values_list("pk", flat=True)[:MOST]
    others = anywhere.order_by("name", "pk").values_list("pk", flat=True)[:MOST]
    return dict.fromkeys([*by_name, *others])


def _any(words: list[str], fields: tuple[str, ...]) -> Q:
    condition = Q()
    for word in words:
        for field in fields:
            condition |= Q(**{f"{field}__icontains": word})
    return condition


def _all(progress: Progress | None) -> Iterator[search.Entry]:
    keys = list(_public().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        yield from _entries(_public().filter(pk__in=part))
        if progress:
            progress(start + len(part))


def _entries(events: QuerySet[Event]) -> Iterator[search.Entry]:
    """What search knows of each; eight queries, however many they are."""
    themes = Occurrence.objects.filter(ends_at__gt=timezone.now()).exclude(theme="")
    found = events.select_related("organization", "location").prefetch_related(
        "terms__taxonomy",
        Prefetch("municipalities", Municipality.objects.only("number")),
        Prefetch("co_organizers", Organization.objects.only("name")),
        Prefetch("occurrences", themes.select_related("location"), to_attr="with_themes"),
        "location__addresses",
    )
    return map(_entry, found)


def _entry(event: Event) -> search.Entry:
    terms: dict[str, list[str]] = defaultdict(list)
    for term in event.terms.all():
        terms[str(term.taxonomy.slug)].append(term.code)
    organizers = [event.organization, *event.co_organizers.all()]
    return search.Entry(
        id=str(event.pk),
        texts={code: _text(event, code) for code in _languages(event)},
        provider=", ".join(one.name for one in organizers),
        keywords=_keywords(event),
        needs=tuple(terms[Taxonomies.NEEDS]),
        target_groups=tuple(terms[Taxonomies.TARGET_GROUPS]),
        municipalities=tuple(one.pk for one in event.municipalities.all()),
        places=_places(event),
        minimum_age=event.minimum_age,
        maximum_age=event.maximum_age,
        meeting=_meeting(event),
        is_free=event.is_free,
        for_children=event.is_for_children,
    )


def _languages(event: Event) -> list[str]:
    return [event.language, *(code for code in event.translations if code != event.language)]


def _text(event: Event, language: str) -> search.EntryText:
    """In `language` only: what is not translated is found in the original."""
    source = event.translations.get(language, {})
    if language == event.language:
        source = {name: getattr(event, name) for name in ("name", "summary", *_BODY)}
    body = "\n".join(source.get(name, "") for name in _BODY)
    return search.EntryText(
        name=source.get("name", ""), summary=source.get("summary", ""), body=body
    )


def _keywords(event: Event) -> tuple[str, ...]:
    """The kind of meeting in all languages, and what the dates to come are about."""
    dates: list[Occurrence] = vars(event)["with_themes"]
    themes = [date.theme for date in dates]
    others = [texts.get("theme", "") for date in dates for texts in date.translations.values()]
    return tuple(dict.fromkeys(filter(None, [*_CALLED.get(event.occasion, ()), *themes, *others])))


def _places(event: Event) -> tuple[str, ...]:
    """Nothing of a place that has become secret."""
    location = event.location
    if location is None or location.is_confidential:
        return ()
    cities = [address.city for address in location.addresses.all()]
    return tuple(dict.fromkeys(filter(None, [location.name, *cities])))


def _meeting(event: Event) -> frozenset[str]:
    ways = {Meeting.IN_PERSON: event.meets_in_person, Meeting.ONLINE: event.meets_online}
    return frozenset(str(way) for way, is_so in ways.items() if is_so)


def _folder() -> Path:
    folder = Path(settings.SEARCH_INDEX_DIR)
    return folder.with_name(f"{folder.name}-events")


def _rebuild(progress: Progress | None) -> int:
    return _kept.renew(_all(progress))


_kept = KeptIndex("search-events", _folder, _rebuild)
