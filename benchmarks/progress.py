"""Keeping progress with 200 learners at once, on PostgreSQL: `python -m benchmarks.progress`.

200 connections stay open, each of somebody who has signed in. Together they send 20 calls a second
(each learner one in ten seconds, as people answer), then 50, each with an answer and a place,
whether the ones before have been answered or not, timed from when they wanted to send. Server,
database and load generator share the cores; the database writes without `fsync`. Afterwards every
answer is counted.
"""

import json
import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter, sleep
from typing import Any

from benchmarks import load, on_postgresql, serving

LEARNERS = 200
EACH = 4
RATES = (20, 50)  # calls a second of all together
WARM_UP = 60
WANTED = 20.0  # milliseconds, 95 of 100
PATH = "/kurs/mitt/framdrift/"
TOKEN = "a" * 32  # of the form: the cookie and the header say the same


@dataclass(frozen=True, slots=True)
class Lesson:
    """What all of them answer."""

    course: str
    module: str
    lesson: str
    block: str


class Sender(load.Client):
    """The device of one learner."""

    def __init__(self, port: int, session: str) -> None:
        super().__init__(port)
        self.session = session

    def send(self, lesson: Lesson) -> None:
        """An answer and where one is."""
        body = json.dumps([_event(lesson, "answer"), _event(lesson, "place")]).encode()
        head = (
            f"POST {PATH} HTTP/1.1\r\nHost: {load.HOST}\r\n"
            f"Cookie: samtun_session={self.session}; samtun_form={TOKEN}\r\n"
            f"X-CSRFToken: {TOKEN}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._socket.sendall(head.encode("ascii") + body)
        answer = self._until(b"\r\n\r\n").lower()
        length = int(answer.split(b"content-length:")[1].split(b"\r\n")[0])
        said = self._exactly(length)
        assert answer[9:12] == b"200", said
        assert len(json.loads(said)["kept"]) == 2, said


def _event(lesson: Lesson, kind: str) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()), "kind": kind, "course": lesson.course, "module": lesson.module,
        "lesson": lesson.lesson, "block": lesson.block, "language": "nb", "number": 1,
        "value": "o1", "at": datetime.now(UTC).isoformat(),
    }  # fmt: skip


def main() -> None:
    """Start the database and the server, and measure."""
    with on_postgresql.database("progress") as folder:
        with on_postgresql.tables():
            lesson, sessions = _lesson(), [_signed_in() for _ in range(LEARNERS)]
        port = serving.free_port()
        with serving.samtun(folder, port):
            for number in range(WARM_UP):
                Sender(port, sessions[number % LEARNERS]).send(lesson)
            for rate in RATES:
                say(rate, _sent(port, lesson, sessions, rate))
        _check()


def _sent(port: int, lesson: Lesson, sessions: list[str], rate: int) -> list[float]:
    """Milliseconds of each call; each learner's turn comes after the others'."""
    taken: list[float] = []
    begins = perf_counter() + 2

    def learn(number: int) -> None:
        device = Sender(port, sessions[number])
        for turn in range(EACH):
            due = begins + (turn * LEARNERS + number) / rate
            sleep(max(due - perf_counter(), 0))
            device.send(lesson)
            taken.append((perf_counter() - due) * 1_000)

    threads = [threading.Thread(target=learn, args=(number,)) for number in range(LEARNERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == LEARNERS * EACH, "not every call was answered"
    return taken


def say(rate: int, taken: list[float]) -> None:
    """The figures of one measurement."""
    ordered = sorted(taken)
    half, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    verdict = "reached" if most <= WANTED else "MISSED"
    print(
        f"  progress, {LEARNERS} at once, {rate} a second: p50 {half:.1f} ms, p95 {most:.1f} ms"
        f" (aim ≤ {WANTED:g}: {verdict})",
        flush=True,
    )


def _lesson() -> Lesson:
    """Of a course of its own."""
    from tests.factories import learning  # noqa: PLC0415

    course = learning.course()
    module = course.course_modules.get().module
    first = module.versions.get().content["lessons"][0]
    return Lesson(str(course.pk), str(module.pk), first["id"], first["blocks"][1]["id"])


def _signed_in() -> str:
    """The session of somebody new."""
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from samtun.learning.actions.progress import learner_of  # noqa: PLC0415
    from tests.factories import people  # noqa: PLC0415

    person = people.person("Eli Ansatt")
    learner_of(person)
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _check() -> None:
    """Every answer that was sent is kept, once."""
    from samtun.learning.models import Answer  # noqa: PLC0415

    kept = Answer.objects.count()
    assert kept == LEARNERS * EACH * len(RATES) + WARM_UP, f"{kept} answers are kept"
    print(f"  {kept} answers, each kept once")


if __name__ == "__main__":
    main()
