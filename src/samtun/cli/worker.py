"""`samtun worker`: letters, rounds and queued tasks, beside the pages."""

import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from signal import SIGINT
from threading import Event, Thread
from types import FrameType
from typing import Any

import click
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from samtun.config import rounds
from samtun.events.letters import composing
from samtun.mail import sending
from samtun.mail.errors import SettingsError
from samtun.mail.server import server

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between looks at the queue and at the outbox
AFTER_TROUBLE = 10.0  # seconds, so that a database that is away is not asked all the time
_FRAME = re.compile(r'^ *File "[^"\n]+", line \d+, in .+$', re.MULTILINE)


class TaskWorker(Worker):
    """Takes tasks from the queue; told to stop, it finishes the one at hand."""

    def __init__(self, *, once: bool = False) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=PAUSE,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop after this task; at once when somebody at the keyboard insists."""
        if not self.running and signum == SIGINT:
            super().shutdown(signum, frame)
        self.running = False

    def run_task(self, row: "DBTaskResult[Any, Any]") -> None:
        """Run it; of a failure keep where it happened, but no words, which may quote a row."""
        super().run_task(row)
        if row.status == TaskResultStatus.FAILED:
            row.traceback = "\n".join(_FRAME.findall(row.traceback))
            row.save(update_fields=["traceback"])


class WithoutWords(logging.Filter):
    """Of an exception in the log only its kind is kept, and where it came from."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean `record` in place; always lets it through."""
        kind, _, trace = record.exc_info or (None, None, None)
        if kind:
            while trace and trace.tb_next:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
            record.msg = f"{record.getMessage()} ({kind.__name__} at {where})"
            record.args, record.exc_info, record.exc_text = (), None, None
        return True


class Errands(Thread):
    """Letters and rounds, in a thread of their own: a long task keeps no letter waiting."""

    def __init__(self) -> None:
        super().__init__(name="errands")
        self.stop = Event()

    def run(self) -> None:
        """Go on until told to stop; trouble is logged and tried again."""
        pause = 0.0
        while not self.stop.wait(pause):
            errands = (start_rounds, self._compose, self._send)
            works = [self._attempt(errand) for errand in errands]
            pause = PAUSE if all(works) else AFTER_TROUBLE
        connections.close_all()

    def _compose(self) -> None:
        while not self.stop.is_set() and composing.compose_due():
            pass

    def _send(self) -> None:
        while not self.stop.is_set() and sending.send_due(should_stop=self.stop.is_set):
            pass

    @staticmethod
    def _attempt(errand: Callable[[], object]) -> bool:
        close_old_connections()
        try:
            errand()
        except Exception:  # whatever goes wrong, the next letter must not wait for us
            log.exception("trouble with an errand")
            close_old_connections()
            return False
        return True


def start_rounds() -> None:
    """Put the rounds that are due into the queue."""
    rounds.start_due(timezone.now())


@click.command()
@click.option("--once", is_flag=True, help="Do everything that is due, then end.")
@click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input ends.")
def worker(*, once: bool, with_parent: bool) -> None:
    """Send letters and do what is done in the background, until stopped.

    Any number may run beside each other. One is enough for a region.
    """
    for name in ("django_tasks", "django_tasks_db", __name__):
        logging.getLogger(name).addFilter(WithoutWords())
    _check_mail_settings()
    if once:
        _run_once()
    else:
        _run(with_parent=with_parent)


def _check_mail_settings() -> None:
    try:
        where = server()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    if where is None and not settings.DEMO:
        log.warning("SAMTUN_MAIL_URL is not set: letters wait in the outbox")


def _run_once() -> None:
    start_rounds()
    TaskWorker(once=True).run()
    while composing.compose_due():
        pass
    while sending.send_due():
        pass


def _run(*, with_parent: bool) -> None:
    tasks, errands = TaskWorker(), Errands()
    tasks.configure_signals()
    if with_parent:
        Thread(target=_stop_with_parent, args=(tasks,), daemon=True).start()
    errands.start()
    try:
        while tasks.running:
            _take_tasks(tasks, errands.stop)
    finally:
        errands.stop.set()
        errands.join()


def _take_tasks(tasks: TaskWorker, stop: Event) -> None:
    try:
        tasks.run()
    except DatabaseError:
        log.exception("the queue cannot be read")
        close_old_connections()
        stop.wait(AFTER_TROUBLE)


def _stop_with_parent(tasks: TaskWorker) -> None:
    """The other end of our input is held by whoever started us, and closes however they end."""
    while os.read(sys.stdin.fileno(), 1024):  # no buffer, whose lock would outlive us
        pass
    tasks.running = False


@contextmanager
def beside() -> Iterator[None]:
    """A worker in a process of its own for as long as the block lasts, and no longer."""
    command = [sys.executable, "-m", "samtun.cli", "worker", "--with-parent"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as child:  # noqa: S603  # our own command
        try:
            yield
        finally:
            if child.stdin:
                child.stdin.close()
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()
