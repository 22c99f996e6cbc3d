"""A search in vain is counted after the answer, and nothing ties it to whoever searched."""

import logging
from typing import Any

import pytest
from django.test import Client

from samtun.directory import finding
from samtun.directory.keeping import missed
from samtun.directory.models import MissedSearch
from samtun.front.views import search
from tests.front import scenes

pytestmark = pytest.mark.django_db
NOTHING = "/valdres/sok/?q=fallskjermhopping"


@pytest.fixture(autouse=True)
def _valdres() -> None:
    missed.calm.forget()
    scenes.valdres()
    scenes.offer("Temakafé", "temakafe")
    finding.rebuild()


def test_search_that_finds_nothing_is_counted_and_one_that_finds_something_is_not() -> None:
    Client().get("/valdres/sok/?q=temakafé")
    assert not MissedSearch.objects.exists()
    Client().get(NOTHING)
    row = MissedSearch.objects.get()
    assert (row.count, row.words, row.region.slug) == (1, "", "valdres")


@pytest.mark.parametrize(
    "url",
    [
        f"{NOTHING}&behov=moteplass",
        f"{NOTHING}&kommune=3451",
        f"{NOTHING}&ordrett=1",
        f"{NOTHING}&side=2",
        "/valdres/sok/?q=",
        "/valdres/sok/?q=mannen+min+slår+meg+fallskjermhopping",
        "/valdres/sok/?q=fallskjermhopping+99887766",
        "/valdres/sok/?q=kari@privat.example",
        "/valdres/sok/kart.json?q=fallskjermhopping",
    ],
)
def test_search_that_says_nothing_new_or_too_much_is_not_counted(url: str) -> None:
    assert Client().get(url).status_code == 200
    assert not MissedSearch.objects.exists()


def test_asking_only_for_headers_is_not_counted() -> None:
    Client().head(NOTHING)
    assert not MissedSearch.objects.exists()


def test_no_row_log_or_header_ties_a_search_to_a_visitor(
    caplog: pytest.LogCaptureFixture,
) -> None:
    known = {"User-Agent": "Netscape 4", "Referer": "https://privat.example/", "Cookie": "a=b"}
    with caplog.at_level(logging.DEBUG):
        response = Client(REMOTE_ADDR="203.0.113.77").get(NOTHING, headers=known)
    row = MissedSearch.objects.values().get()
    assert set(row) == {
        "id", "region_id", "digest", "words", "count", "last_on", "is_settled",
    }  # fmt: skip
    assert not response.cookies
    assert "ETag" not in response
    everything = f"{row}{response.headers}{caplog.text}"
    for trace in ("203.0.113", "Netscape", "privat.example", "fallskjerm"):
        assert trace not in everything


def test_page_is_the_same_when_nothing_can_be_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Client().get(NOTHING).content

    def fail(*_: object) -> None:
        raise missed.DatabaseError("locked")

    missed.calm.forget()
    monkeypatch.setattr(missed, "_write", fail)
    assert Client().get(NOTHING).content == before


def test_counting_comes_after_the_answer(monkeypatch: pytest.MonkeyPatch, rf: Any) -> None:  # noqa: ANN401
    counted: list[str] = []
    monkeypatch.setattr(missed, "remember", lambda _region, text: counted.append(text))
    response = search.results(rf.get(NOTHING), region="valdres")
    assert counted == []
    response.close()
    assert counted == ["fallskjermhopping"]
