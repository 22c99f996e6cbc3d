"""`make bench`: the figures of the README, measured on this machine.

SAMTUN_BENCH_SETS chooses the sizes of the national set (default "4000 100000").
"""

import gzip
import importlib.metadata
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import load, questions, serving
from benchmarks.relevance import run as relevance

API_PAGE = "/api/hsds/v3/services?per_page=50&page={page}"
WARM_UP = 100
DOCUMENTS = {
    "PDF of a service": "/valdres/tilbud/temakafe-fagernes/pdf/",
    "PDF of a list of two": "/valdres/liste/pdf/?t=temakafe-fagernes,kreftkoordinator-valdres",
    "PDF booklet of the region": "/valdres/hefte/",
}
PARTS = (
    "desk", "night", "audit",
    "sign_up", "last_place", "calendar", "feeds", "reminders",
    "obligations", "leader", "learning_reminders", "progress", "lessons",
)  # fmt: skip
LIMITS = {4000: {"page": 12.0, "index": 2.0}, 100_000: {"page": 24.0, "index": 45.0}}


def main() -> None:
    """Measure all and print it as it comes."""
    tell_machine()
    limits = measure_hello()
    for count in map(int, os.environ.get("SAMTUN_BENCH_SETS", "4000 100000").split()):
        with tempfile.TemporaryDirectory(prefix="samtun-bench-") as folder:
            measure_set(count, Path(folder), limits)
    measure_first_visit()
    for name in PARTS:
        measure_apart(name)
    relevance.main()


def tell_machine() -> None:
    """What this was measured on."""
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("django", "granian", "tantivy")
    )
    print(f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}")
    print(f"Python {platform.python_version()}, {versions}; load generator on the same cores\n")


def measure_hello() -> float:
    """A bare answer of the same server, a second, with four clients."""
    port = serving.free_port()
    with serving.hello(port):
        load.run(port, ["/"], clients=4, requests=WARM_UP)
        measured = load.run(port, ["/"], clients=4, requests=8000)
    print(f"bare hello: {measured.per_second:.0f}/s, p95 {measured.percentile(0.95):.2f} ms\n")
    return measured.per_second


def measure_set(count: int, folder: Path, hello: float) -> None:
    """Index, search, pages and API over a national set of `count` services."""
    prepared = prepare(count, folder)
    wanted = LIMITS.get(count, {})
    print(f"{count} services")
    say("index built, s", prepared["index"], wanted.get("index"))
    say("search alone p50, ms", prepared["p50"])
    say("search alone p95, ms", prepared["p95"], 3.0)
    port = serving.free_port()
    with serving.samtun(folder, port) as process:
        django = throughput(port, ["/-/healthy"], 4000)
        print(f"  Django's own hello: {django:.0f}/s, {django / hello:.2f} of the bare one")
        measure_pages(port, wanted, (hello, django))
        say("memory with two workers, MB", serving.memory(process), 250.0)
    print()


def prepare(count: int, folder: Path) -> dict[str, float]:
    """Make the set in a process of its own."""
    environment = {
        **os.environ,
        "SAMTUN_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "samtun.config.settings",
    }
    command = [sys.executable, "-m", "benchmarks.national_data", str(count)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure_pages(port: int, wanted: dict[str, float], limits: tuple[float, float]) -> None:
    """Result pages and API lists: one client for latency, four for throughput."""
    pages = questions.result_pages("norge")
    load.run(port, pages, clients=4, requests=WARM_UP)
    alone = load.run(port, pages, clients=1, requests=600)
    say("results page p50, ms", alone.percentile(0.5))
    say("results page p95, ms", alone.percentile(0.95), wanted.get("page"))
    compare("result pages/s, 4 clients", throughput(port, pages, 2000), limits)
    lists = [API_PAGE.format(page=number) for number in range(1, 40)]
    compare("API lists of 50/s, 4 clients", throughput(port, lists, 2000), limits)


def throughput(port: int, paths: Sequence[str], requests: int) -> float:
    """Answers a second to four clients."""
    load.run(port, paths, clients=4, requests=WARM_UP)
    return load.run(port, paths, clients=4, requests=requests).per_second


def compare(name: str, per_second: float, limits: tuple[float, float]) -> None:
    """A throughput beside the wanted 500 and the two hellos."""
    say(name, per_second, 500.0, at_least=True)
    hello, django = limits
    print(f"    {per_second / hello:.3f} of the bare hello, {per_second / django:.2f} of Django's")


def measure_first_visit() -> None:
    """What a first visit to the region page of the example transfers, compressed."""
    with tempfile.TemporaryDirectory(prefix="samtun-bench-") as folder:
        environment = {**os.environ, "SAMTUN_DATA_DIR": folder}
        for command in ("demo --prepare-only", "collect"):
            words = [sys.executable, "-m", "samtun.cli", *command.split()]
            subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
        port = serving.free_port()
        with serving.samtun(Path(folder), port):
            say("first visit to /valdres/, kB", first_visit(port) / 1000, 60.0)
            measure_documents(port)
    print()


def measure_apart(name: str) -> None:
    """A part that fills a database of its own, in a process of its own."""
    print(f"{name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="samtun-bench-") as folder:
        environment = {**os.environ, "SAMTUN_DATA_DIR": folder}
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], env=environment, check=False
        )
    if done.returncode:  # too slow, or wrong: what comes after is measured all the same
        print(f"  {name} MISSED")
    print()


def measure_documents(port: int) -> None:
    """PDFs as the first to ask gets them: booklets are kept, so a second one would tell nothing."""
    for name, path in DOCUMENTS.items():
        first = load.run(port, [path], clients=1, requests=1)
        say(f"{name}, s", first.percentile(0.5) / 1000)


def first_visit(port: int) -> int:
    """Bytes of the page and all it asks for at once, as a browser would get them."""
    client = load.Client(port)
    _, page = client.get("/valdres/")
    assets = set(
        re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2|svg|ico))"', page.decode())
    )
    sizes = {"page": len(gzip.compress(page, 6))}
    for path in assets:
        _, body = client.get(path, "Accept-Encoding: gzip, br\r\n")
        sizes[path] = len(body)
        for font in re.findall(rb"url\([\"']?(/static/[^)\"']+woff2)", body):
            sizes[font.decode()] = len(client.get(font.decode())[1])
    client.close()
    return sum(sizes.values())


def say(name: str, value: float, wanted: float | None = None, *, at_least: bool = False) -> None:
    """One figure, and whether it is what we want."""
    verdict = ""
    if wanted is not None:
        reached = value >= wanted if at_least else value <= wanted
        verdict = (
            f"   (aim {'≥' if at_least else '≤'} {wanted:g}: {'reached' if reached else 'MISSED'})"
        )
    print(f"  {name:32} {value:10.2f}{verdict}")


if __name__ == "__main__":
    main()
