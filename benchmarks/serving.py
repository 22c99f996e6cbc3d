"""Starting servers to measure, and weighing them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKERS = 2


@contextmanager
def samtun(data: Path, port: int) -> Iterator[int]:
    """Samtun with two workers on the data folder `data`; gives the process number."""
    command = [
        sys.executable,
        "-m",
        "samtun.cli",
        "serve",
        "--port",
        str(port),
        "--workers",
        str(WORKERS),
    ]
    with _running(command, port, {"SAMTUN_DATA_DIR": str(data)}) as number:
        yield number


@contextmanager
def hello(port: int) -> Iterator[int]:
    """The same server with nothing behind it."""
    options = ["--interface", "wsgi", "--port", str(port), "--workers", str(WORKERS)]
    command = [
        sys.executable,
        "-m",
        "granian",
        *options,
        "--log-level",
        "error",
        "benchmarks.hello:application",
    ]
    with _running(command, port, {}) as number:
        yield number


@contextmanager
def _running(command: list[str], port: int, variables: dict[str, str]) -> Iterator[int]:
    with subprocess.Popen(command, env={**os.environ, **variables}) as server:
        try:
            _wait_for(port, server)
            yield server.pid
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(3_000):  # a busy machine takes minutes to load it all
        if server.poll() is not None:
            break
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)  # the second worker
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def memory(process: int) -> float:
    """Megabytes that a process and its children hold; what they share is counted once (PSS)."""
    numbers = [process, *_children(process)]
    return sum(_pss(number) for number in numbers) / 1024


def _children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    direct = [int(number) for number in path.read_text(encoding="ascii").split()]
    return [*direct, *(below for number in direct for below in _children(number))]


def _pss(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
