"""Two really at once, on both databases: numbers without gaps, and nobody's work is lost."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest
from django.db import connection, connections, transaction

from samtun.directory.editing import actions
from samtun.directory.editing.document import empty
from samtun.directory.editing.errors import Changed
from samtun.directory.editing.reading import document_of
from samtun.directory.models import Service
from samtun.people.models import User
from tests.directory.editing import scenes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """An offer in a database that threads can share: on SQLite a file instead of memory."""
    made, _kari = scenes.offer()
    if connection.vendor == "sqlite":
        name = str(tmp_path / "shared.sqlite3")
        with sqlite3.connect(name) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = WAL")
        copy.close()
        monkeypatch.setitem(connections.settings["default"], "NAME", name)
    return made


def numbers_of(service: Service) -> str:
    """The numbers of its versions, and whether the newest is what is stored."""
    kept = list(service.versions.order_by("number"))
    is_true = kept[-1].document == document_of(Service.objects.get(pk=service.pk))
    return f"{[one.number for one in kept]} {is_true}"


def at_once(*works: Callable[[], str]) -> list[str]:
    """What each of `works` gave, all begun at the same moment."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], str]) -> str:
        try:
            barrier.wait(timeout=20)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def saving(service: Service, summary: str, based_on: int | None) -> Callable[[], str]:
    """Writes the summary."""

    def work() -> str:
        texts = {"nb": {"summary": summary}}
        try:
            actions.save(document={"texts": texts}, by=None, service=service, based_on=based_on)
        except Changed as told:
            return f"told of {told.current_version.number}"
        return "saved"

    return work


def test_of_two_at_once_the_second_is_told(service: Service) -> None:
    done = at_once(saving(service, "Den ene", 0), saving(service, "Den andre", 0))
    assert sorted(done) == ["saved", "told of 2"]
    assert at_once(lambda: numbers_of(service)) == ["[1, 2] True"]


def test_numbers_have_no_gaps(service: Service) -> None:
    done = at_once(*(saving(service, f"Nummer {n}", None) for n in range(4)))
    assert done == ["saved"] * 4
    assert at_once(lambda: numbers_of(service)) == ["[1, 2, 3, 4, 5] True"]


def making(service: Service) -> str:
    """Kari makes an offer of that organisation that is called as every other; gives its address."""
    document: dict[str, Any] = {**empty(str(service.organization_id))}
    document["texts"]["nb"]["name"] = "Temakafé"
    return actions.save(document=document, by=User.objects.get()).slug


def test_two_new_offers_of_the_same_name_have_an_address_each(service: Service) -> None:
    is_made = Event()

    def first() -> str:
        with transaction.atomic():
            slug = making(service)
            is_made.set()
            sleep(0.5)  # the other one meets a row that it cannot see
        return slug

    def second() -> str:
        assert is_made.wait(timeout=20)
        return making(service)

    one, other = at_once(first, second)
    assert one == "temakafe"
    assert other.startswith("temakafe-")
    assert at_once(lambda: str(Service.objects.filter(slug__in=[one, other]).count())) == ["2"]
