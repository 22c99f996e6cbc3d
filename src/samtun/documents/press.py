"""Runs Typst: small documents here, large ones in a process of their own with a time limit.

A template reads one JSON text, `sys.inputs.data`; nothing of a document is ever part of Typst
source. Typst cannot be interrupted, and a process that runs it keeps what it allocated: each
booklet of 170 services adds some 50 MB, a service's page next to nothing. A booklet therefore gets
a process that ends with it, which costs a third of a second and has a time limit.
"""

import datetime as dt
import subprocess
import sys
from functools import cache
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent
# A full page of text is some 6 kB of JSON, its QR code 10 kB more.
HERE_UP_TO = 60_000
TIME_LIMIT = 30.0


class PressError(Exception):
    """Typst refused the document, or took too long; the message is for the log."""


@cache
def _fonts() -> typst.Fonts:
    """Only ours and those inside Typst, so that a document is the same on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER / "fonts"])


def _seconds(made_on: dt.date) -> int:
    """Noon of the day, so that the same content gives the same bytes."""
    noon = dt.datetime.combine(made_on, dt.time(12), tzinfo=dt.UTC)
    return int(noon.timestamp())


def typeset(template: str, data: str, made_on: dt.date) -> bytes:
    """PDF/UA-1 of the template of this name, in this process.

    Raises:
        PressError: when Typst refuses the document.
    """
    try:
        return typst.compile(
            FOLDER / "templates" / f"{template}.typ",
            root=FOLDER / "templates",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            pdf_standards=["ua-1"],
            timestamp=_seconds(made_on),
        )
    except typst.TypstError as error:
        raise PressError(f"{error.message} {error.diagnostic}") from error


def _typeset_elsewhere(template: str, data: str, made_on: dt.date, limit: float) -> bytes:
    command = [sys.executable, "-I", str(FOLDER / "press.py"), template, made_on.isoformat()]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, fixed words only
            command, input=data.encode(), capture_output=True, timeout=limit, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise PressError(f"{template} took more than {limit} s") from error
    except (OSError, subprocess.CalledProcessError) as error:
        message = getattr(error, "stderr", None) or str(error).encode()
        raise PressError(message.decode(errors="replace")[-2000:]) from error
    return done.stdout


def print_pdf(template: str, data: str, made_on: dt.date, *, limit: float = TIME_LIMIT) -> bytes:
    """PDF/UA-1 of `data` (JSON) drawn by the template of this name.

    Raises:
        PressError: when Typst refuses the document or needs more than `limit` seconds.
    """
    if len(data) <= HERE_UP_TO:
        return typeset(template, data, made_on)
    return _typeset_elsewhere(template, data, made_on, limit)


if __name__ == "__main__":
    sys.stdout.buffer.write(
        typeset(sys.argv[1], sys.stdin.buffer.read().decode(), dt.date.fromisoformat(sys.argv[2]))
    )
