"""A look never reaches our own network, whatever somebody writes in an address."""

import socket
import threading
from collections.abc import Iterator

import pytest

from samtun.directory.enums import LinkProblem
from samtun.directory.keeping.links import targets
from samtun.directory.keeping.links.errors import CannotLook
from samtun.directory.keeping.links.looking import Looker, Manners
from samtun.directory.keeping.links.network import Network
from tests.directory.keeping import web as webs
from tests.directory.keeping.web import Web, looker, says, serving

INTERNAL = (
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",  # noqa: S104
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "192.0.0.1", "192.0.2.1", "192.88.99.1",
    "192.168.1.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001::1", "2001:db8::1",
    "2002:7f00:1::", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "nonsense", "",
)  # fmt: skip
PUBLIC = ("8.8.8.8", "151.101.1.6", "2a00:1450:400f::1")
UNFIT = (
    "ftp://kafe.no/", "file:///etc/passwd", "gopher://kafe.no/", "javascript:alert(1)",
    "//kafe.no/",
    "http://kafe.no:22/", "http://kafe.no:6379/", "https://kafe.no:8443/", "http://kafe.no:0x50/",
    "http://ola@kafe.no/", "http://kafe.no@127.0.0.1/", "http://ola:ord@kafe.no/",
    "http://kafe.no\\@127.0.0.1/", "http://kafe.no/\r\nHost: indre", "http://kafe.no/ x",
    "http://localhost/", "http://database/", "http://kafe.local/", "http://metadata.internal/",
    "http://kafe.example/", "http://kafe.test/", "http://kafe.invalid/", "http://www.example.com/",
    "http://[::1/", "http:///", "http://./", "http://" + "a" * 64 + ".no/", "",
)  # fmt: skip
# All of them are 127.0.0.1, 0.0.0.0 or 169.254.169.254 to the system.
SPELLINGS = (
    "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/",
    "http://0/", "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://2852039166/", "http://169.254.169.254/latest/",
    "http://[64:ff9b::127.0.0.1]/", "http://127.0.0.1./", "http://①②⑦.0.0.1/",
)  # fmt: skip


@pytest.fixture
def web() -> Iterator[Web]:
    """A server behind our own doors."""
    with serving() as server:
        server.pages = {"/": says(200), "/robots.txt": says(404)}
        yield server


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Fails a look that opens a connection."""
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, where: opened.append(where))
    return opened


@pytest.mark.parametrize("address", INTERNAL)
def test_address_that_is_not_on_the_open_internet_is_refused(address: str) -> None:
    assert not targets.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_address_on_the_open_internet_is_let_through(address: str) -> None:
    assert targets.is_public(address)


@pytest.mark.parametrize("url", UNFIT)
def test_url_that_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(CannotLook) as refusal:
        targets.target_of(url)
    assert refusal.value.problem == LinkProblem.ADDRESS


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_spelling_of_an_inner_address_gets_a_connection(
    url: str, no_connection: list[object]
) -> None:
    seen = Looker(Network("Samtun-test"), Manners(pause=0)).look(url)
    assert seen.problem in {LinkProblem.ADDRESS, LinkProblem.NO_HOST}
    assert no_connection == []


def test_name_with_one_inner_address_among_several_is_refused(
    no_connection: list[object],
) -> None:
    network = Network("Samtun-test", resolve=lambda _host, _port: ["8.8.8.8", "10.0.0.1"])
    assert Looker(network).look("http://kafe.no/").problem == LinkProblem.ADDRESS
    assert no_connection == []


def test_name_that_changes_its_address_is_connected_to_where_it_was_checked(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the second answer would be ours. Nobody asks a second time."""
    answers = [["8.8.8.8"], ["127.0.0.1"]]
    where: list[object] = []

    def connect(_self: socket.socket, address: object) -> None:
        where.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    network = Network("Samtun-test", resolve=lambda _host, _port: answers.pop(0))
    assert Looker(network).look("http://kafe.no/").problem == LinkProblem.NO_ANSWER
    assert where == [("8.8.8.8", 80)]


def test_name_that_is_ours_at_the_second_request_is_refused_then(web: Web) -> None:
    """Each request checks anew: robots.txt from outside opens no door for the page."""
    answers = [[webs.HERE], ["169.254.169.254"]]
    looks = looker(web, resolve=lambda _host, _port: answers.pop(0))
    assert looks.look(web.url()).problem == LinkProblem.ADDRESS
    assert web.asked == ["GET /robots.txt"]


@pytest.mark.parametrize(
    "inside",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://localhost/",
        "file:///etc/passwd",
        "http://ola@intern.no/",
        "//10.0.0.1/",
    ],
)
def test_redirect_into_our_network_is_not_followed(web: Web, inside: str) -> None:
    web.pages["/ut"] = says(302, Location=inside)
    looks = looker(web, resolve=lambda host, _port: [webs.HERE if host == "kafe.no" else host])
    seen = looks.look(web.url("/ut", host="kafe.no"))
    assert seen.problem == LinkProblem.ADDRESS
    assert web.asked == ["GET /robots.txt", "HEAD /ut"]


def test_robots_txt_that_leads_inside_is_not_followed(web: Web) -> None:
    web.pages["/robots.txt"] = says(301, Location="http://169.254.169.254/robots.txt")
    looks = looker(web, resolve=lambda host, _port: [webs.HERE if host == "kafe.no" else host])
    assert looks.look(web.url(host="kafe.no")).problem == LinkProblem.ADDRESS


def test_proxy_of_the_environment_is_not_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    assert looker(web).look(web.url()).problem is None


def test_name_that_nobody_answers_for_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "RESOLVE_WITHIN", 0.05)
    late = threading.Event()

    def answers_late(*_asked: object, **_how: object) -> list[object]:
        late.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", answers_late)
    with pytest.raises(CannotLook) as refusal:
        targets.resolved("treg.no", 80)
    assert refusal.value.problem == LinkProblem.NO_ANSWER
    late.set()
