"""What happens is found in everyday words; nothing private, over or put away is."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from samtun import search
from samtun.events import finding
from samtun.events.actions import events
from samtun.events.enums import EventStatus, Occasion, OccurrenceStatus
from samtun.events.models import Event, Occurrence
from tests.factories import directory as make
from tests.factories import events as happening

pytestmark = pytest.mark.django_db


def coming(name: str = "Strikkekveld", **fields: object) -> Event:
    return happening.one_off(name=name, **fields).event


def names(text: str, scope: frozenset[str] | None = None) -> list[str]:
    keys = finding.find(search.Query(text=text, scope=scope, now=timezone.localtime()))
    found = Event.objects.in_bulk(keys)
    return [found[key].name for key in keys]


@pytest.mark.parametrize("has_index", [True, False])
def test_an_event_is_found_with_the_index_and_without(has_index: bool) -> None:  # noqa: FBT001
    coming()
    if has_index:
        finding.rebuild()
    assert names("strikkekveld") == ["Strikkekveld"]
    assert finding.state() == ("ok" if has_index else "missing")


@pytest.mark.parametrize("has_index", [True, False])
def test_an_event_for_others_is_not_found(has_index: bool) -> None:  # noqa: FBT001
    coming("Strikkekveld i Vang")
    if has_index:
        finding.rebuild()
    assert names("strikkekveld", frozenset({"3451"})) == ["Strikkekveld i Vang"]
    assert names("strikkekveld", frozenset({"0301"})) == []


@pytest.mark.parametrize("has_index", [True, False])
@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CANCELLED, EventStatus.ARCHIVED])
def test_what_is_not_public_or_cancelled_is_not_found(status: str, has_index: bool) -> None:  # noqa: FBT001
    coming(status=status)
    if has_index:
        finding.rebuild()
    assert names("strikkekveld") == []


@pytest.mark.parametrize("has_index", [True, False])
def test_what_is_over_since_the_index_was_made_is_not_found(has_index: bool) -> None:  # noqa: FBT001
    event = coming()
    if has_index:
        finding.rebuild()
    past = timezone.now() - timedelta(days=1)
    event.occurrences.update(starts_at=past - timedelta(hours=2), ends_at=past)
    assert names("strikkekveld") == []


def test_an_event_whose_dates_are_cancelled_is_not_found() -> None:
    event = coming()
    finding.rebuild()
    event.occurrences.update(status=OccurrenceStatus.CANCELLED)
    assert names("strikkekveld") == []


def test_the_kind_of_meeting_and_the_theme_of_a_date_are_words_to_find_by() -> None:
    event = coming("Kvelder i Etnedal", occasion=Occasion.COPING_COURSE)
    Occurrence.objects.filter(event=event).update(theme="Fremtidsfullmakt")
    finding.rebuild()
    assert names("mestringskurs") == ["Kvelder i Etnedal"]
    assert names("fremtidsfullmakt") == ["Kvelder i Etnedal"]


def test_a_published_event_is_found_from_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    finding.rebuild()
    event = coming(status=EventStatus.DRAFT)
    with django_capture_on_commit_callbacks(execute=True):
        events.publish(event=event, by=None)
    assert names("strikkekveld") == ["Strikkekveld"]
    with django_capture_on_commit_callbacks(execute=True):
        events.archive(event=event, by=None)
    Event.objects.update(status=EventStatus.PUBLISHED)
    assert names("strikkekveld") == []  # it is out of the index


def test_nothing_private_is_in_the_index() -> None:
    secret = make.location(name="Qvitreheimen", is_confidential=True)
    event = coming(location=secret, join_url="https://qvitre.example/rom")
    happening.party(event.intakes.get(), name="Qvitrefrid")
    finding.rebuild()
    folder = Path(settings.SEARCH_INDEX_DIR).with_name("search-events")
    files = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"strikkekveld" in files.lower()
    assert b"qvitre" not in files.lower()
    assert names("qvitreheimen") == []


def test_an_index_that_cannot_follow_is_stale_and_the_change_is_kept(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    event = coming(status=EventStatus.DRAFT)
    with django_capture_on_commit_callbacks(execute=True):
        events.publish(event=event, by=None)
    assert finding.state() == "stale"
    assert names("strikkekveld") == ["Strikkekveld"]
    assert finding.rebuild() == 1
    assert finding.state() == "ok"


@pytest.mark.parametrize("count", [1, 30])
def test_thirty_events_are_found_in_as_many_queries_as_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        coming()
    finding.rebuild()
    query = search.Query(text="strikkekveld", limit=50, now=timezone.localtime())
    with django_assert_num_queries(1):
        assert len(finding.find(query)) == count
