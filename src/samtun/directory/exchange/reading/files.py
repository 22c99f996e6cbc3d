"""The files of a dump, whether they lie in a folder, in a zip, or are one file; never unpacked."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import IO

from samtun.directory.exchange.errors import ExchangeError

_LARGEST_TOTAL = 20 * 2**30  # bytes of all files, unpacked
_MOST_FILES = 20_000
_DEEPEST = 6


@dataclass(frozen=True)
class Member:
    """A file of a dump."""

    name: str  # its path within the dump
    open: Callable[[], IO[bytes]]
    why_not: str = ""  # the reason for leaving it unread, as a code of `messages`

    @property
    def stem(self) -> str:
        """Its name without folders and last suffix."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """Its last suffix in lower case, e.g. ".csv"."""
        return Path(self.name).suffix.lower()


def members(path: Path) -> list[Member]:
    """The files of the dump at `path`, by name.

    Raises:
        ExchangeError: when there is nothing to read, or a zip is broken, locked or a bomb.
    """
    try:
        if path.is_dir():
            return sorted(_in_folder(path), key=lambda member: member.name)
        if not path.exists():
            raise ExchangeError("does_not_exist", file=path)
        with path.open("rb") as stream:
            is_zip = stream.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}
    except OSError as error:
        raise ExchangeError("system_refused", file=path, reason=error.strerror) from error
    if is_zip or path.suffix.lower() == ".zip":
        return sorted(_in_zip(path), key=lambda member: member.name)
    return [_file(path, path.name)]


def _file(path: Path, name: str) -> Member:
    def open_it() -> BufferedReader:
        return path.open("rb")

    return Member(name, open_it)


def _in_folder(folder: Path) -> Iterator[Member]:
    count = 0
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if _is_hidden(parts) or (path.is_dir() and not path.is_symlink()):
            continue
        count += 1
        if count > _MOST_FILES:
            raise ExchangeError("too_many_files", file=folder, maximum=_MOST_FILES)
        yield replace(_file(path, "/".join(parts)), why_not=_why_not(path, len(parts)))


def _why_not(path: Path, depth: int) -> str:
    """What speaks against reading a file of a folder; a link may lead out of it."""
    if path.is_symlink():
        return "symbolic_link"
    if not path.is_file():
        return "no_plain_file"
    return "too_deep_down" if depth > _DEEPEST else ""


def _in_zip(path: Path) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ExchangeError("bad_zip", file=path.name, reason=error) from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MOST_FILES:
        raise ExchangeError("too_many_files", file=path.name, maximum=_MOST_FILES)
    if sum(info.file_size for info in infos) > _LARGEST_TOTAL:
        raise ExchangeError("file_too_large", file=path.name, maximum=_LARGEST_TOTAL)
    if any(info.flag_bits & 1 for info in infos):
        raise ExchangeError("locked_zip", file=path.name)
    for info in infos:
        if not _is_hidden(Path(info.filename).parts):
            yield _zipped(archive, info)


def _is_hidden(parts: tuple[str, ...]) -> bool:
    """What an operating system leaves behind. A path that climbs is only a name here."""
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    def open_it() -> IO[bytes]:
        try:
            return archive.open(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise ExchangeError("cannot_read", file=info.filename, reason=error) from error

    return Member(info.filename, open_it)


def wide_encoding(start: bytes) -> str | None:
    """UTF-16 by its mark; without one, by the empty half of its first letter."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if len(start) > 1 and not start[0] and start[1]:
        return "utf-16-be"
    return "utf-16-le" if len(start) > 1 and start[0] and not start[1] else None
