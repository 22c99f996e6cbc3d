"""What a look at an address finds, and how politely."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from django.utils import timezone

from samtun.directory.enums import LinkProblem
from samtun.directory.keeping.links import looking, network
from samtun.directory.keeping.links.looking import Manners, Seen
from samtun.directory.keeping.links.network import Deadline
from samtun.directory.keeping.links.robots import Robots
from samtun.directory.keeping.links.targets import target_of
from tests.directory.keeping import web as webs
from tests.directory.keeping.web import Web, looker, says, serving


@pytest.fixture
def web() -> Iterator[Web]:
    """A server with a page that works."""
    with serving() as server:
        server.pages = {"/": says(200, b"Velkommen"), "/robots.txt": says(404)}
        yield server


def test_page_that_works_is_asked_for_with_head_only(web: Web) -> None:
    assert looker(web).look(web.url()) == Seen(status=200)
    assert web.asked == ["GET /robots.txt", "HEAD /"]
    assert web.hosts == {f"kafe.valdres.no:{web.port}"}
    assert web.agents == {"Samtun-test"}


def test_server_that_refuses_head_is_asked_with_get(web: Web) -> None:
    def only_get(handler: webs.BaseHTTPRequestHandler) -> None:
        says(405 if handler.command == "HEAD" else 200)(handler)

    web.pages["/"] = only_get
    assert looker(web).look(web.url()) == Seen(status=200)
    assert web.asked[-2:] == ["HEAD /", "GET /"]


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (404, LinkProblem.NOT_FOUND),
        (410, LinkProblem.NOT_FOUND),
        (401, LinkProblem.LOGIN),
        (403, LinkProblem.LOGIN),
        (405, LinkProblem.LOGIN),
        (500, LinkProblem.SERVER),
        (502, LinkProblem.SERVER),
    ],
)
def test_what_a_server_answers_is_told_apart(web: Web, status: int, problem: LinkProblem) -> None:
    web.pages["/"] = says(status)
    assert looker(web).look(web.url()) == Seen(problem, status)


def test_page_that_asks_for_proof_of_being_human_refuses_robots(web: Web) -> None:
    web.pages["/"] = says(503, cf_mitigated="challenge")
    assert looker(web).look(web.url()).problem == LinkProblem.LOGIN


def test_page_that_moved_for_good_says_where(web: Web) -> None:
    web.pages["/"] = says(301, Location="/ny")
    web.pages["/ny"] = says(308, Location="/nyest#del")
    web.pages["/nyest"] = says(200)
    assert looker(web).look(web.url()) == Seen(status=200, moved_to=web.url("/nyest"))


def test_page_that_sends_on_for_now_has_not_moved(web: Web) -> None:
    web.pages["/"] = says(302, Location="/idag")
    web.pages["/idag"] = says(301, Location="/i-dag")
    web.pages["/i-dag"] = says(200)
    assert looker(web).look(web.url()) == Seen(status=200)


@pytest.mark.parametrize("onward", ["/tema/", "http://www.kafe.valdres.no:{port}/tema"])
def test_page_that_moved_by_a_slash_or_www_has_not_moved(web: Web, onward: str) -> None:
    web.pages |= {"/tema": says(301, Location=onward.format(port=web.port)), "/tema/": says(200)}
    seen = looker(web).look(web.url("/tema"))
    assert seen.moved_to == ""


def test_page_that_moved_to_a_page_that_is_gone_is_gone(web: Web) -> None:
    web.pages["/"] = says(301, Location="/borte")
    assert looker(web).look(web.url()) == Seen(LinkProblem.NOT_FOUND, 404)


def test_redirects_without_end_are_given_up(web: Web) -> None:
    web.pages["/"] = says(301, Location="/")
    assert looker(web).look(web.url()).problem == LinkProblem.REDIRECTS
    assert web.asked.count("HEAD /") == looking.MOST_REDIRECTS + 1


def test_robots_txt_is_respected_and_read_once(web: Web) -> None:
    web.pages["/robots.txt"] = says(200, b"User-agent: Samtun\nDisallow: /lukket\n")
    looks = looker(web)
    assert looks.look(web.url("/lukket/side")).problem == LinkProblem.ROBOTS
    assert looks.look(web.url()).problem is None
    assert web.asked == ["GET /robots.txt", "HEAD /"]


def test_robots_txt_that_fails_is_a_no(web: Web) -> None:
    web.pages["/robots.txt"] = says(500)
    assert looker(web).look(web.url()).problem == LinkProblem.ROBOTS


def test_robots_txt_is_stale_after_a_day() -> None:
    now = timezone.now()
    assert Robots("", now - timedelta(hours=23)).is_fresh(now)
    assert not Robots("", now - timedelta(hours=25)).is_fresh(now)


def test_retry_after_in_seconds_is_honoured(web: Web) -> None:
    web.pages["/"] = says(429, Retry_After="7200")
    seen = looker(web).look(web.url())
    assert seen.status == 429
    assert seen.rest_until is not None
    assert abs(seen.rest_until - timezone.now() - timedelta(hours=2)) < timedelta(minutes=1)
    assert web.asked == ["GET /robots.txt", "HEAD /"]


def test_retry_after_as_a_date_is_honoured(web: Web) -> None:
    until = (timezone.now() + timedelta(days=2)).replace(microsecond=0)
    web.pages["/"] = says(503, Retry_After=format_datetime(until.astimezone(), usegmt=False))
    assert looker(web).look(web.url()).rest_until == until


@pytest.mark.parametrize("odd", ["", "soon", "9" * 400, "-5", "Sun, 99 Foo 2026"])
def test_odd_retry_after_is_read_within_reason(web: Web, odd: str) -> None:
    web.pages["/"] = says(429, Retry_After=odd)
    rest = looker(web).look(web.url()).rest_until
    assert rest is not None
    assert rest <= timezone.now() + looking.LONGEST_REST


def test_dripping_server_is_hung_up_on(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "Deadline", lambda: Deadline(0.6))
    web.pages["/"] = webs.drips
    assert looker(web).look(web.url()).problem == LinkProblem.NO_ANSWER


def test_dripping_robots_txt_is_hung_up_on(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "Deadline", lambda: Deadline(0.6))
    web.pages["/robots.txt"] = webs.drips
    assert looker(web).look(web.url()).problem == LinkProblem.NO_ANSWER


def test_header_without_end_is_hung_up_on(web: Web) -> None:
    web.pages["/"] = webs.shouts
    assert looker(web).look(web.url()).problem == LinkProblem.NO_ANSWER


def test_packed_body_is_neither_unpacked_nor_read_whole(web: Web) -> None:
    bomb = gzip.compress(b"0" * 30_000_000)
    web.pages["/"] = says(200, bomb, Content_Encoding="gzip")
    target = target_of(web.url(), frozenset({web.port}))
    reply = looker(web).network.ask("GET", target, Deadline(), read=network.MOST_READ)
    assert reply.body == bomb[: network.MOST_READ]
    web.pages["/robots.txt"] = says(200, bomb, Content_Encoding="gzip")
    assert looker(web).look(web.url()).problem is None


def test_server_that_is_not_there_does_not_answer() -> None:
    with serving() as gone:
        pass
    assert looker(gone).look(gone.url()).problem == LinkProblem.NO_ANSWER


def test_norwegian_name_and_path_are_asked_for_as_they_should(web: Web) -> None:
    web.pages["/p%C3%A5r%C3%B8rende?s%C3%B8k=%C3%A5"] = says(200)
    url = web.url("/pårørende?søk=å", host="blåfjell.no")
    assert looker(web).look(url).status == 200
    assert web.hosts == {f"xn--blfjell-fxa.no:{web.port}"}


def test_valid_certificate_for_the_name_is_accepted(tmp_path: Path) -> None:
    served, trusts = webs.certificate(tmp_path, "kafe.valdres.no")
    with serving(served) as web:
        web.pages = {"/": says(200)}
        seen = looker(web, certificates=trusts).look(web.url(scheme="https"))
    assert seen == Seen(status=200)


def test_certificate_for_another_name_is_not_valid(tmp_path: Path) -> None:
    served, trusts = webs.certificate(tmp_path, "annen.valdres.no")
    with serving(served) as web:
        seen = looker(web, certificates=trusts).look(web.url(scheme="https"))
    assert seen.problem == LinkProblem.CERTIFICATE


def test_certificate_that_nobody_vouches_for_is_not_valid(tmp_path: Path) -> None:
    served, _trusts = webs.certificate(tmp_path, "kafe.valdres.no")
    with serving(served) as web:
        seen = looker(web).look(web.url(scheme="https"))
    assert seen.problem == LinkProblem.CERTIFICATE


def test_two_requests_to_a_host_are_paused_between_and_two_hosts_are_not() -> None:
    slept: list[float] = []
    manners = Manners(pause=2, sleep=slept.append)
    for host in ("a.no", "b.no", "a.no"):
        manners.wait(host)
    manners.wait("a.no", 10)
    assert [round(each) for each in slept] == [2, 12]


def test_crawl_delay_is_kept_within_reason() -> None:
    now = timezone.now()
    assert Robots("User-agent: *\nCrawl-delay: 7", now).pause() == 7
    assert Robots("User-agent: *\nCrawl-delay: 86400", now).pause() == 30


def test_waiting_for_manners_takes_nothing_from_the_time_for_answers(web: Web) -> None:
    looks = looker(web)
    looks.manners = Manners(pause=100, sleep=lambda _seconds: None)
    assert looks.look(web.url()).problem is None
