"""Spreadsheets that somebody has sent in and not yet applied: files of theirs, for an hour."""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

from django.conf import settings

from samtun.people.models import User

KEPT_SECONDS = 3600


class UploadGone(LookupError):  # noqa: N818  (what it is)
    """There is no such file, it is somebody else's, or its hour is over."""


@dataclass(slots=True)
class Upload:
    """A file that somebody sent in. `done`: what became of rows, once they are being applied."""

    id: UUID
    person: str
    versions: dict[str, int] = field(default_factory=dict)  # what the preview stood on, by row
    done: dict[str, list[Any]] = field(default_factory=dict)  # row: [kind, name, reasons]

    @property
    def file(self) -> Path:
        """The spreadsheet."""
        return _folder() / f"{self.id}.xlsx"

    @property
    def state(self) -> Path:
        """What is remembered of it."""
        return _folder() / f"{self.id}.json"

    def remember(self) -> None:
        """Write what is remembered; whole or not at all."""
        new = self.state.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(json.dumps(asdict(self), default=str), encoding="utf-8")
        new.replace(self.state)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "uploads"


def keep(chunks: Iterable[bytes], *, by: User) -> Upload:
    """Keep the file for an hour, readable by this installation only."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    upload = Upload(uuid4(), str(by.pk))
    upload.file.touch(mode=0o600)
    with upload.file.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
    upload.remember()
    return upload


def of(person: User, key: UUID) -> Upload:
    """What `person` sent in as `key`.

    Raises:
        UploadGone: there is none, it is somebody else's, or its hour is over.
    """
    try:
        state = _folder() / f"{key}.json"
        if time.time() - state.stat().st_mtime > KEPT_SECONDS:
            raise UploadGone
        known = json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UploadGone from error
    if known["person"] != str(person.pk):
        raise UploadGone
    return Upload(key, **{name: known[name] for name in ("person", "versions", "done")})


def opened(upload: Upload) -> IO[bytes]:
    """The file, to be read.

    Raises:
        UploadGone: somebody else is at it, or it is gone.
    """
    try:
        return upload.file.open("rb")
    except OSError as error:
        raise UploadGone from error


def drop(upload: Upload) -> None:
    """Delete it now."""
    upload.file.unlink(missing_ok=True)
    upload.state.unlink(missing_ok=True)


def forget_old() -> int:
    """Delete what has had its hour; for the daily tidying, and whenever somebody sends a file."""
    gone = 0
    for path in _folder().glob("*"):
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
