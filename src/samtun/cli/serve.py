"""Serving pages with granian."""

from contextlib import nullcontext

import click
from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer

from samtun.cli import worker

# A request holds the interpreter lock most of its time: threads of one worker hinder each other.
BLOCKING_THREADS = 1


def run(*, host: str, port: int, workers: int) -> None:
    """Serve until stopped."""
    server = MPServer(
        "samtun.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        log_level=LogLevels.warning,
        log_access=False,  # an address can hold what somebody searched for
        respawn_failed_workers=True,
        workers_kill_timeout=5,  # one that a Ctrl-C caught at a bad moment would never end
        websockets=False,
    )
    server.serve()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--with-worker", is_flag=True, hidden=True, help="For `samtun demo`.")
def serve(host: str, port: int, workers: int, *, with_worker: bool) -> None:
    """Serve pages and the open data; put a proxy with TLS in front."""
    if settings.DEBUG:
        click.echo("SAMTUN_DEBUG is on: never on an open network.", err=True)
    with worker.beside() if with_worker else nullcontext():
        run(host=host, port=port, workers=workers)
