"""The worker and the post from the command line."""

import logging
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result
from django.db import DatabaseError, OperationalError
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from samtun.cli import main
from samtun.cli.worker import Errands, TaskWorker, WithoutWords, worker
from samtun.config import rounds
from samtun.mail import actions as mail
from samtun.mail.enums import LetterState
from samtun.mail.letters import Text
from samtun.mail.models import Letter
from samtun.mail.queries import is_bounced
from tests.mail.test_keeping import TO, posted, report

SECRET = "kari@kommune.example"


@task()
def fail() -> NoReturn:
    """What a database may say: it quotes the row."""
    raise OperationalError(f"duplicate key\nDETAIL: Key (email)=({SECRET}) exists")


def run(*words: str, given: bytes = b"") -> Result:
    """Run a command with `given` on standard input."""
    return CliRunner().invoke(main, list(words), input=given, catch_exceptions=False)


@pytest.mark.django_db(transaction=True)
def test_worker_once_does_all_that_is_due_and_ends(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    mine = tuple(one for one in rounds.ROUNDS if "directory" not in one.task)
    monkeypatch.setattr(rounds.start_due, "__defaults__", (mine,))
    mail.post(to=TO, subject="Hei", parts=[Text("Hei")], language="nb", purpose="test")
    settings.DEMO = True
    assert run("worker", "--once").exit_code == 0
    assert Letter.objects.get().state == LetterState.SHOWN
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
    assert DBTaskResult.objects.count() == len(mine)


@pytest.mark.django_db(transaction=True)
def test_a_task_that_fails_leaves_no_words_behind(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("django_tasks").addFilter(WithoutWords())
    fail.enqueue()
    TaskWorker(once=True).run()
    row = DBTaskResult.objects.get()
    assert row.exception_class_path == "django.db.utils.OperationalError"
    assert "in fail" in row.traceback
    assert SECRET not in f"{row.traceback}{caplog.text}"
    assert "OperationalError at" in caplog.text


@pytest.mark.django_db
def test_errands_go_on_after_trouble(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def trouble() -> NoReturn:
        raise DatabaseError(SECRET)

    monkeypatch.setattr("samtun.cli.worker.close_old_connections", lambda: None)
    logging.getLogger("samtun.cli.worker").addFilter(WithoutWords())
    assert not Errands._attempt(trouble)
    assert Errands._attempt(lambda: None)
    assert "DatabaseError at" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_worker_says_once_that_letters_wait(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAIL_URL = ""
    monkeypatch.setattr(rounds.start_due, "__defaults__", ((),))
    CliRunner().invoke(worker, ["--once"], catch_exceptions=False)
    assert caplog.text.count("letters wait in the outbox") == 1


@pytest.mark.django_db
def test_settings_that_cannot_be_understood_stop_the_worker(settings: Settings) -> None:
    settings.MAIL_URL = "smtp://me:hemmelig@host/?tls=perhaps"
    result = run("worker", "--once")
    assert result.exit_code == 1
    assert "SAMTUN_MAIL_URL" in result.output
    assert "hemmelig" not in result.output


@pytest.mark.django_db
def test_mail_bounce_marks_the_address_and_names_nobody() -> None:
    result = run("mail", "bounce", given=report(posted()))
    assert (result.exit_code, result.output) == (0, "1 addresses are marked.\n")
    assert is_bounced(TO)


@pytest.mark.django_db
@pytest.mark.parametrize("given", [b"", b"\xff\x00\xfe", b"Content-Type: multipart/report\n\n--"])
def test_mail_bounce_ends_well_whatever_comes(given: bytes) -> None:
    assert run("mail", "bounce", given=given).exit_code == 0
