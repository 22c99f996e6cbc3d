"""The index follows the database, and a bad index stops nobody."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from samtun import search
from samtun.directory import finding
from samtun.directory.models import Listing, Service
from samtun.directory.queries.listed import listings_of
from tests.factories import directory as make

pytestmark = pytest.mark.django_db


def names(text: str, scope: frozenset[str] | None = None) -> list[str]:
    """The names found for `text`."""
    query = search.Query(text=text, scope=scope, limit=10, now=timezone.localtime())
    hits = finding.find(query).results.hits
    return [data["texts"]["nb"]["name"] for _, data in listings_of([hit.id for hit in hits])]


def spoil_index() -> None:
    """Overwrite every file of the index."""
    for path in Path(settings.SEARCH_INDEX_DIR).rglob("*"):
        if path.is_file():
            path.write_bytes(b"rubbish")


def test_a_service_is_found_after_a_rebuild() -> None:
    make.service(name="Sorggruppe for foreldre", slug="sorggruppe")
    assert finding.rebuild() == 1
    assert names("sorg") == ["Sorggruppe for foreldre"]


def test_a_changed_service_is_found_by_its_new_name_at_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    service = make.service(name="Turgruppe")
    finding.rebuild()
    with django_capture_on_commit_callbacks(execute=True):
        Service.objects.filter(pk=service.pk).update(name="Sangkor for alle")
        finding.refresh([service.pk])
    assert names("sangkor") == ["Sangkor for alle"]
    assert names("turgruppe") != ["Turgruppe"]


def test_a_service_no_longer_offered_disappears(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    service = make.service(name="Turgruppe")
    finding.rebuild()
    with django_capture_on_commit_callbacks(execute=True):
        Service.objects.filter(pk=service.pk).update(status="defunct")
        finding.refresh([service.pk])
    assert names("turgruppe") == []
    assert not Listing.objects.exists()


def test_a_missing_index_is_told_and_the_database_answers() -> None:
    make.service(name="Turgruppe")
    finding.refresh(list(Service.objects.values_list("pk", flat=True)))
    answer = finding.find(search.Query(text="tur", now=timezone.localtime()))
    assert finding.state() == "missing"
    assert answer.is_plain
    assert answer.results.total == 1


def test_a_damaged_index_is_noticed_and_the_database_answers() -> None:
    make.service(name="Turgruppe")
    finding.rebuild()
    spoil_index()
    answer = finding.find(search.Query(text="turgruppe", now=timezone.localtime()))
    assert answer.is_plain
    assert answer.results.total == 1
    assert finding.state() == "damaged"
    finding.rebuild()
    assert finding.state() == "ok"


def test_an_index_that_cannot_follow_is_stale_and_the_change_is_kept(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    finding.rebuild()
    service = make.service(name="Turgruppe")
    spoil_index()
    with django_capture_on_commit_callbacks(execute=True):
        finding.refresh([service.pk])
    assert Listing.objects.filter(service=service).exists()
    assert finding.state() == "stale"


def test_a_change_before_there_is_an_index_is_no_trouble(
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    service = make.service(name="Temakafe")
    with django_capture_on_commit_callbacks(execute=True):
        finding.refresh([service.pk])
    assert caplog.records == []
    assert finding.state() == "stale"  # being made, it may lack the change
    finding.rebuild()
    assert finding.state() == "ok"


def test_the_plain_search_keeps_to_the_region() -> None:
    own, other = make.service(name="Turgruppe her"), make.service(name="Turgruppe der")
    make.area(own, make.municipality("3451"))
    make.area(other, make.municipality("0301", "Oslo"))
    finding.refresh([own.pk, other.pk])
    assert names("turgruppe", frozenset({"3451"})) == ["Turgruppe her"]


def test_a_confidential_place_is_in_no_listing_and_no_search_entry() -> None:
    service = make.full_service().service
    finding.rebuild()
    shown = str(Listing.objects.get(service=service).data)
    files = b"".join(
        path.read_bytes() for path in Path(settings.SEARCH_INDEX_DIR).rglob("*") if path.is_file()
    )
    for secret in make.SECRET_WORDS:
        assert secret not in shown
        assert secret.encode() not in files


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_is_read_in_one_query(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    services = [make.full_service().service for _ in range(count)]
    finding.refresh([service.pk for service in services])
    with django_assert_num_queries(1):
        assert len(listings_of([str(one.pk) for one in services])) == count


@pytest.mark.parametrize("count", [1, 30])
def test_renewing_takes_as_many_queries_for_thirty_as_for_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keys = [make.full_service().service.pk for _ in range(count)]
    with django_assert_num_queries(12):
        finding.refresh(keys)


def test_half_a_character_in_a_translation_stops_nothing() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL refuses it before anybody can read it")
    make.service(name="Turgruppe", translations={"en": {"name": "Walk \ud83d together"}})
    assert finding.rebuild() == 1
    assert Listing.objects.get().data["texts"]["en"]["name"] == "Walk ? together"


def test_whoever_comes_second_finds_the_index_rebuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    make.service(name="Turgruppe")
    finding.rebuild()
    monkeypatch.setattr(finding, "_rebuild", lambda _progress: pytest.fail("rebuilt again"))
    monkeypatch.setattr(connections, "close_all", lambda: None)
    finding._kept.rebuild_quietly()
    assert finding.state() == "ok"
