"""Signing up with 50 at once, on PostgreSQL, by the real server: `python -m benchmarks.sign_up`.

Everybody wants the same date, so everybody waits for the same row. Measured three times: people
arrive 10 a second (50 with the form before them, who need five seconds each), and 50 a second,
whether the ones before have been answered or not, and timed from when they arrived; and 50 that
each send the next form as soon as the last is answered, which is as much as the machine can do.
Server, database and load generator share the cores; the database writes without `fsync`.

`python -m benchmarks.sign_up 100` sends a hundred forms each way instead of a thousand. The first
form that is not taken within a minute, or is refused, ends it.
"""

import re
import sys
import threading
import uuid
from collections.abc import Callable
from itertools import count
from time import perf_counter, sleep
from urllib.parse import urlencode

from benchmarks import load, on_postgresql, serving

AT_ONCE = 50
RATES = (10, 50)  # arrivals a second
WARM_UP = 20
ARRIVALS = 1_000
LONGEST = 60.0  # seconds for one form
WANTED = 40.0
FORMS_ARE_OPEN = 4  # seconds; a form that is sent faster is taken for a robot's

_numbers = count(1)


class Sender(load.Client):
    """One browser, of a network of its own for each form that it sends."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self._socket.settimeout(LONGEST)

    def post(self, path: str, fields: dict[str, str]) -> int:
        """The status of the answer."""
        number = next(_numbers)
        network = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        said = fields | {"epost": f"anne{number}@example.org", "skjema": str(uuid.uuid4())}
        body = urlencode(said).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {load.HOST}\r\nX-Forwarded-For: {network}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._socket.sendall(head.encode("ascii") + body)
        answer = self._until(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", answer)
        self._exactly(int(length[1]) if length else 0)
        return int(answer[9:12])


def main(arrivals: int) -> None:
    """Start the database and the server, and measure that many forms each way."""
    with on_postgresql.database("sign-up", SAMTUN_PROXIES="1") as folder, on_postgresql.tables():
        path = _event()
        port = serving.free_port()
        with serving.samtun(folder, port):
            fields = _form(port, path)
            _closed(port, path, fields, requests=WARM_UP)
            for rate in RATES:
                say(f"{rate} arrive a second", _open(port, path, fields, arrivals, rate))
            say("50 always there", _closed(port, path, fields, requests=arrivals))
        _check(arrivals * (len(RATES) + 1) + WARM_UP)


def _event() -> str:
    """Without a limit, in a region; the path of its form."""
    from samtun.organisations.actions import load_reference_facts  # noqa: PLC0415
    from samtun.organisations.models import Municipality, Region  # noqa: PLC0415
    from tests.factories import events as happening  # noqa: PLC0415

    load_reference_facts()
    place = Municipality.objects.get(number="3451")
    region = Region.objects.create(slug="valdres", names={"nb": "Valdres"})
    region.municipalities.add(place)
    intake = happening.one_off(place, capacity=None)
    return f"/valdres/kalender/{intake.event.slug}/pamelding/{intake.pk}/"


def _form(port: int, path: str) -> dict[str, str]:
    """What everybody writes, with the stamp of a form that has been open for a while."""
    status, page = load.Client(port).get(path)
    assert status == 200, status
    stamp = re.search(rb'name="stempel"[^>]*value="([^"]+)"', page)
    assert stamp, "the form has no stamp"
    sleep(FORMS_ARE_OPEN)
    return {"stempel": stamp[1].decode(), "navn": "Anne", "vei": "epost", "antall": "1"}


def _open(port: int, path: str, fields: dict[str, str], requests: int, rate: int) -> load.Measured:
    started = perf_counter() + 0.5

    def arrive(number: int) -> float:
        due = started + number / rate
        sleep(max(due - perf_counter(), 0))
        return due

    return _run(port, path, fields, requests, arrive)


def _closed(port: int, path: str, fields: dict[str, str], *, requests: int) -> load.Measured:
    return _run(port, path, fields, requests, lambda _number: perf_counter())


def _run(
    port: int, path: str, fields: dict[str, str], requests: int, arrive: Callable[[int], float]
) -> load.Measured:
    """`arrive` waits for the time of the form with that number, and says when it was."""
    taken: list[float] = []
    turns = iter(range(requests))
    lock, is_broken = threading.Lock(), threading.Event()

    def work() -> None:
        try:
            send(Sender(port))
        except BaseException:
            is_broken.set()  # the others stop too: else they would wait for what never comes
            raise

    def send(client: Sender) -> None:
        while not is_broken.is_set():
            with lock:
                number = next(turns, None)
            if number is None:
                return client.close()
            due = arrive(number)
            status = client.post(path, fields)
            assert status == 302, status
            taken.append(perf_counter() - due)
        return None

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    started = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == requests, f"{requests - len(taken)} forms were not taken"
    return load.Measured(sorted(taken), perf_counter() - started)


def say(name: str, measured: load.Measured) -> None:
    """One line of figures."""
    p50, p95 = measured.percentile(0.5), measured.percentile(0.95)
    verdict = "reached" if p95 <= WANTED else "MISSED"
    print(
        f"  {name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms (aim ≤ {WANTED:g}: {verdict}),"
        f" {measured.per_second:.0f} sign-ups a second",
        flush=True,
    )


def _check(sent: int) -> None:
    """Every form that was taken is one party, and the books add up."""
    from samtun.events.models import Intake, Party  # noqa: PLC0415

    taken = Intake.objects.get().taken
    assert taken == Party.objects.count() == sent, "the books do not add up"
    print(f"  {taken} parties, as many in the books, no error")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARRIVALS)
