"""Run a command with DATABASE_URL set to a throw-away PostgreSQL cluster.

    python tests/with_postgresql.py pytest -m "not browser"

The cluster lives in a temporary folder, listens on a socket in it only, and is gone afterwards.
Where PostgreSQL is not installed nothing is run and a line says how to get it; when the variable
SAMTUN_REQUIRE names postgresql, that is an error instead.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROLE = "samtun"


def main(command: list[str]) -> int:
    """The exit code of `command`, or of the missing server."""
    binaries = find_binaries()
    if binaries is None:
        required = "postgresql" in os.environ.get("SAMTUN_REQUIRE", "")
        print(
            "PostgreSQL is not installed: its tests are skipped. On Debian: apt install postgresql"
        )
        return 1 if required else 0
    with cluster(binaries) as url:
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


def find_binaries() -> Path | None:
    """The newest installed server's folder, as Debian lays it or on the PATH."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(versions, key=lambda path: float(path.parent.parent.name))
    if newest:
        return newest[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """The address of a new, empty database server."""
    folder = Path(tempfile.mkdtemp(prefix="samtun-postgresql-"))
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    folder.chmod(0o755)
    run(binaries / "initdb", "-D", data, "-U", ROLE, "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run(binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield f"postgresql://{ROLE}@/postgres?host={folder}"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def run(*command: object) -> None:
    """Run as the postgres user where we are root, which the server refuses to be."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
