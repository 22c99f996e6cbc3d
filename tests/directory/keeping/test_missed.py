"""Searches that found nothing are counted, and say nothing about anybody."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from samtun.directory.keeping import missed
from samtun.directory.models import MissedSearch
from samtun.organisations.models import Region
from samtun.people.models import AuditEvent
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _new_process() -> None:
    missed.calm.forget()


@pytest.fixture
def valdres() -> Region:
    """Where somebody searches."""
    return make.region("valdres")


def searched(region: Region, text: str, times: int = 1) -> None:
    """Different people search for `text`, each long after the other."""
    for _ in range(times):
        missed.calm.forget()
        missed.remember(region.pk, text)


def test_words_can_be_read_from_the_third_time(valdres: Region) -> None:
    searched(valdres, "Sorggruppe for menn", times=2)
    row = MissedSearch.objects.get()
    assert (row.words, row.count, row.last_on) == ("", 2, timezone.localdate())
    assert "sorg" not in str(MissedSearch.objects.values().get())
    searched(valdres, "  sorggruppe   FOR menn!")
    row.refresh_from_db()
    assert (row.words, row.count) == ("sorggruppe for menn", 3)


def test_regions_are_counted_apart(valdres: Region) -> None:
    searched(valdres, "sorggruppe")
    searched(make.region("hallingdal"), "sorggruppe")
    digests = MissedSearch.objects.values_list("digest", flat=True)
    assert len(set(digests)) == 2


def test_digest_is_of_no_use_without_our_key(valdres: Region, settings: Any) -> None:  # noqa: ANN401
    before = missed.digest_of(valdres.pk, "sorggruppe")
    settings.SECRET_KEY = "another"
    assert missed.digest_of(valdres.pk, "sorggruppe") != before


@pytest.mark.parametrize(
    "text",
    [
        "ring 99 88 77 66", "010190 12345", "01.01.1990", "+47 61 35 00 00", "kari@valdres.example",
        "(61)350000", "61-35-00-00", "９９８８７７６６", "5 5 5 5 5", "", "   ", "?!", "a" * 81,
    ],
)  # fmt: skip
def test_what_may_say_who_somebody_is_is_never_kept(text: str, valdres: Region) -> None:
    searched(valdres, text, times=3)
    assert not MissedSearch.objects.exists()


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Avlastning 2900 Fagernes", "avlastning 2900 fagernes"), ("adhd 16-18 år", "adhd 16 18 år"),
     ("AA-møte", "aa møte"), ("Å være pårørende", "å være pårørende"), ("røde_kors", "røde_kors")],
)  # fmt: skip
def test_words_are_counted_together_however_they_are_written(text: str, kept: str) -> None:
    assert missed.plain(text) == kept


def test_page_that_is_read_again_is_no_second_search(valdres: Region) -> None:
    for _ in range(5):
        missed.remember(valdres.pk, "sorggruppe")
    assert MissedSearch.objects.get().count == 1


def test_robot_is_soon_not_counted(valdres: Region) -> None:
    for number in range(200):
        missed.remember(valdres.pk, f"tull {number:x} tøys")
    assert MissedSearch.objects.count() <= 2 * missed._A_MINUTE


def test_table_is_bounded_and_keeps_what_was_asked_most(
    valdres: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missed, "MOST", 12)
    monkeypatch.setattr(missed, "_ROOM", 2)
    monkeypatch.setattr(missed, "_TRIM_EVERY", 1)
    searched(valdres, "sorggruppe", times=3)
    for number in range(30):
        searched(valdres, f"tull {number}")
    assert MissedSearch.objects.count() == 10
    assert MissedSearch.objects.filter(words="sorggruppe").exists()


def test_one_search_is_one_write(
    valdres: Region,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    is_sqlite = connection.vendor == "sqlite"
    with django_assert_num_queries((3 if is_sqlite else 0) + 3):  # waiting time; savepoint, write
        searched(valdres, "sorggruppe")


def test_failure_is_never_seen(
    valdres: Region, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("database is locked: sorggruppe")

    monkeypatch.setattr(missed, "_count", fail)
    with caplog.at_level(logging.DEBUG):
        missed.remember(valdres.pk, "sorggruppe")
    assert "sorggruppe" not in caplog.text


def test_busy_database_is_hardly_waited_for(
    valdres: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        return
    waits = []

    def count(*_: object) -> None:
        with connection.cursor() as cursor:
            waits.append(cursor.execute("PRAGMA busy_timeout").fetchone()[0])

    monkeypatch.setattr(missed, "_count", count)
    missed.remember(valdres.pk, "sorggruppe")
    assert waits == [50]


def test_usual_patience_comes_back(valdres: Region) -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()
        missed.remember(valdres.pk, "sorggruppe")
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == before


def test_what_nobody_searches_for_any_longer_is_deleted(valdres: Region) -> None:
    searched(valdres, "sorggruppe", times=3)
    MissedSearch.objects.update(last_on=timezone.localdate() - missed.STAYS)
    missed.tidy()
    assert MissedSearch.objects.exists()
    MissedSearch.objects.update(last_on=timezone.localdate() - missed.STAYS - timedelta(days=1))
    missed.tidy()
    assert not MissedSearch.objects.exists()


def test_what_is_seen_to_is_written_in_the_trail_without_its_words(valdres: Region) -> None:
    searched(valdres, "sorggruppe", times=3)
    missed.settle(MissedSearch.objects.get(), by=people.person())
    assert MissedSearch.objects.get().is_settled
    assert "sorggruppe" not in str(AuditEvent.objects.values().get())
