"""Runs Typst, each document in a short-lived process of its own.

Measured: inside the server, Typst keeps what it allocates (some 90 MB after sixty services' pages,
50 MB more with every booklet of 170 services) and cannot be interrupted. A process of its own
costs about 50 ms of starting, gives all memory back, and can be stopped. So the server never even
loads Typst.
"""

import datetime as dt
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

FOLDER = Path(__file__).resolve().parent
TIME_LIMIT = 30.0
# A crowd asking for booklets waits in line instead of filling the machine.
_places = BoundedSemaphore(2)


class PressError(Exception):
    """Typst refused the document, or took too long; the message is for the log."""


def _noon(made_on: dt.date) -> int:
    """So that the same content gives the same bytes all day."""
    return int(dt.datetime.combine(made_on, dt.time(12), tzinfo=dt.UTC).timestamp())


def _run(command: list[str], data: bytes, limit: float) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own script, fixed words and a number
            command, input=data, capture_output=True, timeout=limit, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise PressError(f"took more than {limit} s") from error
    except subprocess.CalledProcessError as error:
        raise PressError(error.stderr.decode(errors="replace")[-2000:]) from error
    except OSError as error:
        raise PressError(f"could not be started: {error}") from error
    return done.stdout


def print_pdf(template: str, data: str, made_on: dt.date, *, limit: float = TIME_LIMIT) -> bytes:
    """PDF/UA-1 of `data` (JSON) drawn by the template of this name.

    Raises:
        PressError: when Typst refuses the document, or when it or its turn take more than `limit`
            seconds.
    """
    script = str(FOLDER / "typeset.py")
    command = [sys.executable, "-I", script, str(FOLDER), template, str(_noon(made_on))]
    if not _places.acquire(timeout=limit):
        raise PressError(f"no turn within {limit} s")
    try:
        return _run(command, data.encode(), limit)
    finally:
        _places.release()
