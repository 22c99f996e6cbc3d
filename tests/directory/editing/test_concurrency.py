"""Two really at once, on both databases: numbers without gaps, and nobody's work is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from samtun.directory.editing import actions
from samtun.directory.editing.errors import Changed
from samtun.directory.editing.reading import document_of
from samtun.directory.models import Service
from tests.factories import directory as make

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_of_two_at_once_the_second_is_told() -> None:
    service = make.service()
    done = at_once(saving(service, "Den ene", 0), saving(service, "Den andre", 0))
    assert sorted(done) == ["saved", "told of 2"]
    assert service.versions.count() == 2


def test_numbers_have_no_gaps() -> None:
    service = make.service()
    done = at_once(*(saving(service, f"Nummer {n}", None) for n in range(6)))
    assert done == ["saved"] * 6
    numbers = service.versions.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 8))
    newest = service.versions.get(number=7)
    assert newest.document == document_of(Service.objects.get(pk=service.pk))
