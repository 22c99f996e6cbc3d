"""Where the index lies, and that it is whole.

    path/current                       the name of the generation that is read
    path/lock                          held by whoever writes
    path/<generation>/manifest.json    every file with its size and checksum; replaced atomically
    path/<generation>/…                Tantivy's files, the facts, the words, the vocabulary

A rebuild makes a new generation and then moves `current`; an update adds to a generation and then
replaces its manifest. Nothing is read that no manifest names.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from typing import IO
from zlib import crc32

import orjson

from samtun.search.errors import IndexDamaged, IndexMissing, IndexNotWritable

FORMAT = 2
MANIFEST = "manifest.json"
FACTS = "facts.jsonl"
_BLOCK = 1 << 20
_MAKERS = (
    *("analysis.py", "building.py", "compounds.py", "facts.py", "profiles.py", "spelling.py"),
    *("stemming.py", "text.py", "data/forms.tsv", "data/never_parts.txt", "data/parts.txt"),
    "data/short_parts.txt",
)
"""What decides the content of an index: one made by others of these is not understood rightly."""


@cache
def _maker() -> int:
    here = files("samtun.search")
    return reduce(lambda sum_, name: crc32(here.joinpath(name).read_bytes(), sum_), _MAKERS, FORMAT)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a generation with sizes and checksums, and which state of it this is."""

    revision: int
    files: dict[str, tuple[int, int]]

    def check(self, directory: Path) -> None:
        """Reads every file; raises IndexDamaged unless each is what was written."""
        for name, (size, checksum) in self.files.items():
            try:
                found = _checksum(directory / name, size)
            except OSError as error:
                raise IndexDamaged(f"{name} cannot be read: {error}") from error
            if found != (size, checksum):
                raise IndexDamaged(f"{name} is not what was written")


def _checksum(file: Path, size: int) -> tuple[int, int]:
    """Size and checksum of a file's first `size` bytes."""
    checksum, left = 0, size
    with file.open("rb") as stream:
        while left and (block := stream.read(min(_BLOCK, left))):
            checksum = crc32(block, checksum)
            left -= len(block)
    return size - left, checksum


def current_generation(path: Path) -> Path:
    """The directory that is read now; raises IndexMissing or IndexDamaged."""
    try:
        name = (path / "current").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise IndexMissing(f"no search index in {path}") from None
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"the search index in {path} cannot be read") from error
    if not name.isalnum() or not (path / name).is_dir():
        raise IndexDamaged(f"the search index in {path} has lost its files")
    return path / name


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a generation; raises IndexDamaged."""
    try:
        data = orjson.loads((directory / MANIFEST).read_bytes())
        if (data["format"], data["maker"]) != (FORMAT, _maker()):
            raise IndexDamaged("the search index was written by another version")
        files = {name: (size, checksum) for name, size, checksum in data["files"]}
        return Manifest(data["revision"], files)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"the manifest of the search index is unreadable: {error}") from error


def write_manifest(directory: Path, revision: int, known: Manifest | None = None) -> Manifest:
    """Describes the files as they are now. Unchanged files of a known manifest are not reread."""
    files: dict[str, tuple[int, int]] = {}
    for file in sorted(directory.rglob("*")):
        name = file.relative_to(directory).as_posix()
        if file.is_file() and name != MANIFEST and not name.endswith((".lock", ".new")):
            size = file.stat().st_size
            before = known.files.get(name) if known and _never_changes(name) else None
            files[name] = before if before and before[0] == size else _checksum(file, size)
    rows = [[name, size, checksum] for name, (size, checksum) in files.items()]
    data = {"format": FORMAT, "maker": _maker(), "revision": revision, "files": rows}
    replace_file(directory / MANIFEST, orjson.dumps(data))
    return Manifest(revision, files)


def _never_changes(name: str) -> bool:
    return not name.endswith(("meta.json", ".managed.json", FACTS))


def replace_file(file: Path, data: bytes) -> None:
    """Writes a file whole or not at all, and on the disk before it is seen."""
    new = file.with_name(file.name + ".new")
    with new.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)


@contextmanager
def writing(path: Path, patience: float | None = None) -> Iterator[None]:
    """One writer at a time, over all processes.

    Raises:
        IndexNotWritable: no permission.
        IndexDamaged: another still writes after `patience` seconds. Without it, waits for long.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        stream = (path / "lock").open("ab")
    except OSError as error:
        raise IndexNotWritable(f"cannot write in {path}: {error}") from error
    with stream:
        if patience is None:
            fcntl.flock(stream, fcntl.LOCK_EX)
        else:
            _try_to_lock(stream, monotonic() + patience)
        yield


def _try_to_lock(stream: IO[bytes], until: float) -> None:
    while True:
        try:
            return fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if monotonic() > until:
                raise IndexDamaged("the search index is being rebuilt") from error
            sleep(0.01)


@contextmanager
def new_generation(path: Path) -> Iterator[Path]:
    """A directory to build in; it becomes the current one if all goes well, else it is removed."""
    directory = path / ("g" + token_hex(6))
    try:
        directory.mkdir()
        yield directory
        write_manifest(directory, 1)
        replace_file(path / "current", directory.name.encode())
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    remove_others(path, directory)


def remove_others(path: Path, kept: Path) -> None:
    """Older generations and what an interrupted rebuild left. Open readers keep their files."""
    for other in path.iterdir():
        if other.is_dir() and other != kept:
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def unexpected_structure() -> Iterator[None]:
    """Files that are whole, but not as this version writes them, are damaged too."""
    try:
        yield
    except (LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise IndexDamaged(f"the search index is of another make: {error!r}") from error


@contextmanager
def tantivy_errors() -> Iterator[None]:
    """Whatever Tantivy throws at unreadable files becomes IndexDamaged.

    A panic in Rust arrives as a BaseException of its own that cannot be imported.
    """
    try:
        yield
    except (ValueError, OSError, RuntimeError, SystemError) as error:
        raise IndexDamaged(f"the search index cannot be read: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamaged("the search index cannot be read") from error
