"""Addresses are gathered from the map, looked at when due, and judged over time."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from samtun.directory.enums import LinkProblem, LinkState
from samtun.directory.keeping.links import checking, gathering
from samtun.directory.keeping.links.judging import judge
from samtun.directory.keeping.links.looking import Seen
from samtun.directory.models import Link, LinkHost, RequiredDocument
from tests.directory.keeping.web import Web, looker, says, serving
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def web() -> Iterator[Web]:
    """A server with a page that works and one that is gone."""
    with serving() as server:
        server.pages = {"/": says(200), "/borte": says(404)}
        yield server


def link(url: str, **fields: Any) -> Link:  # noqa: ANN401  (the fields of a link)
    """An address that an entry names."""
    host, _ = LinkHost.objects.get_or_create(name=url.split("/")[2])
    made = Link.objects.create(url=url, host=host, **fields)
    made.services.add(make.service(url=url))
    return made


def after(seen: Seen, days: int, **fields: Any) -> Link:  # noqa: ANN401
    """An address that looked like `seen` every day for so long."""
    made = Link(url="https://kafe.no/", pk=1, **fields)
    for day in range(days + 1):
        judge(made, seen, NOW + timedelta(days=day))
    return made


def test_addresses_of_public_entries_are_gathered_once_each() -> None:
    one = make.service(
        url="https://kafe.no/a",
        additional_urls=[{"label": "Program", "url": "https://kafe.no/b"}, "rot", None, {}],
    )
    make.service(url="https://kafe.no/a")
    RequiredDocument.objects.create(service=one, uri="https://skjema.no/1")
    make.service(url="https://utkast.no/", status="inactive")
    assert gathering.gather() == 3
    assert Link.objects.get(url="https://kafe.no/a").services.count() == 2
    assert set(LinkHost.objects.values_list("name", flat=True)) == {"kafe.no", "skjema.no"}


def test_gathering_twice_changes_nothing_and_keeps_what_is_known() -> None:
    make.service(url="https://kafe.no/a")
    gathering.gather()
    Link.objects.update(state=LinkState.GONE)
    gathering.gather()
    assert Link.objects.get().state == LinkState.GONE


def test_address_that_no_public_entry_names_any_longer_is_forgotten() -> None:
    service = make.service(url="https://kafe.no/a")
    other = make.service(url="https://kafe.no/b")
    gathering.gather()
    service.url = ""
    service.save()
    other.status = "defunct"
    other.save()
    assert gathering.gather() == 0
    assert not LinkHost.objects.exists()


@pytest.mark.parametrize("url", ["https://kafe.example/", "http://indre/", "http://ola@kafe.no/"])
def test_address_that_cannot_be_on_the_web_is_never_due(url: str) -> None:
    make.service(url=url)
    gathering.gather()
    assert checking.check_due(timezone.now(), looker=looker()) == 0
    assert Link.objects.get().state == LinkState.FORBIDDEN


def test_gathering_reads_the_same_number_of_times_for_one_and_for_thirty(
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    make.service(url="https://kafe.no/0")
    gathering.gather()
    for number in range(30):
        make.service(url=f"https://kafe.no/{number}")
    gathering.gather()
    with django_assert_num_queries(11):
        gathering.gather()


def test_due_addresses_are_looked_at_and_others_are_not(web: Web) -> None:
    works = link(web.url("/"))
    gone = link(web.url("/borte"))
    link(web.url("/senere"), look_again_at=timezone.now() + timedelta(days=1))
    assert checking.check_due(timezone.now(), looker=looker(web)) == 2
    works.refresh_from_db()
    gone.refresh_from_db()
    assert (works.state, gone.state) == (LinkState.OK, LinkState.GONE)
    assert works.look_again_at is not None
    assert works.look_again_at > timezone.now() + timedelta(days=6)
    assert checking.check_due(timezone.now(), looker=looker(web)) == 0


def test_rules_for_robots_are_kept_with_the_host_for_a_day(web: Web) -> None:
    link(web.url("/"))
    web.pages["/robots.txt"] = says(200, b"User-agent: *\nDisallow: /hemmelig")
    checking.check_due(timezone.now(), looker=looker(web))
    assert "hemmelig" in LinkHost.objects.get().robots
    Link.objects.update(look_again_at=None)
    checking.check_due(timezone.now(), looker=looker(web))
    assert web.asked.count("GET /robots.txt") == 1


def test_host_that_another_worker_has_is_left_alone(web: Web) -> None:
    link(web.url("/"))
    mine = checking._claim(timezone.now(), 10)
    assert [task.host.pk for task in mine] == [f"kafe.valdres.no:{web.port}"]
    assert checking.check_due(timezone.now(), looker=looker(web)) == 0
    later = timezone.now() + checking.CLAIMED_FOR + timedelta(seconds=1)
    assert checking.check_due(later, looker=looker(web)) == 1


def test_host_that_asks_for_peace_gets_it(web: Web) -> None:
    link(web.url("/"))
    link(web.url("/to"))
    web.pages["/"] = says(429, Retry_After="3600")
    checking.check_due(timezone.now(), looker=looker(web))
    assert [each for each in web.asked if "robots" not in each] == ["HEAD /"]
    soon = timezone.now() + timedelta(minutes=50)
    assert checking.check_due(soon, looker=looker(web)) == 0
    web.pages["/"] = says(200)
    later = timezone.now() + timedelta(minutes=70)
    assert checking.check_due(later, looker=looker(web)) == 2


def test_a_round_is_small(web: Web) -> None:
    for number in range(12):
        link(web.url(f"/{number}"))
        link(web.url(f"/{number}", host="annen.no"))
    assert checking.check_due(timezone.now(), looker=looker(web)) == 2 * checking.PER_HOST
    LinkHost.objects.update(rest_until=None)
    assert checking.check_due(timezone.now(), limit=3, looker=looker(web)) == 3


def test_the_log_names_no_address(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    link(web.url("/borte?fra=kari@example.no"))
    with caplog.at_level(logging.DEBUG):
        checking.check_due(timezone.now(), looker=looker(web))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("samtun")]
    assert ours == ["links looked at"]


def test_page_that_is_not_there_is_gone_at_once_and_back_when_it_is() -> None:
    gone = after(Seen(LinkProblem.NOT_FOUND, 404), days=0)
    assert gone.state == LinkState.GONE
    judge(gone, Seen(None, 200), NOW)
    assert (gone.state, gone.problem, gone.failures) == (LinkState.OK, "", 0)


@pytest.mark.parametrize(
    ("problem", "days", "state"),
    [
        (LinkProblem.NO_HOST, 2, LinkState.DOWN),
        (LinkProblem.NO_HOST, 3, LinkState.GONE),
        (LinkProblem.SERVER, 13, LinkState.DOWN),
        (LinkProblem.SERVER, 14, LinkState.GONE),
        (LinkProblem.NO_ANSWER, 13, LinkState.DOWN),
        (LinkProblem.CERTIFICATE, 13, LinkState.DOWN),
        (LinkProblem.ROBOTS, 90, LinkState.REFUSING),
        (LinkProblem.LOGIN, 90, LinkState.REFUSING),
        (LinkProblem.ADDRESS, 90, LinkState.FORBIDDEN),
    ],
)
def test_patience_before_an_address_is_called_gone(
    problem: LinkProblem, days: int, state: LinkState
) -> None:
    assert after(Seen(problem), days).state == state


def test_pauses_after_failures_double_up_to_a_limit() -> None:
    made = Link(url="https://kafe.no/", pk=1)
    pauses = []
    for _ in range(7):
        judge(made, Seen(LinkProblem.SERVER, 500), NOW)
        assert made.look_again_at is not None
        pauses.append((made.look_again_at - NOW).days)
    assert pauses == [1, 2, 4, 8, 16, 16, 16]


def test_page_that_moved_keeps_where_to() -> None:
    moved = after(Seen(None, 200, "https://kafe.no/ny"), days=0)
    assert (moved.state, moved.moved_to) == (LinkState.MOVED, "https://kafe.no/ny")


def test_server_that_is_asked_too_often_says_nothing_about_its_page() -> None:
    until: datetime = NOW + timedelta(hours=3)
    busy = after(Seen(LinkProblem.LOGIN, 429, rest_until=until), 0, state=LinkState.OK)
    assert (busy.state, busy.look_again_at) == (LinkState.OK, until)


def test_what_somebody_settled_is_open_again_when_the_state_is_another() -> None:
    settled = {"state": LinkState.GONE, "settled_state": LinkState.GONE}
    assert after(Seen(LinkProblem.NOT_FOUND, 404), 1, **settled).settled_state == LinkState.GONE
    assert after(Seen(None, 200, "https://kafe.no/ny"), 0, **settled).settled_state == ""
