"""Workers in processes of their own, with a database that all of them see."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from tests import migrated


class Workers:
    """Starts `samtun worker` and other commands beside the test."""

    def __init__(self, data: Path, mail_url: str) -> None:
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "samtun.config.settings",
            "SAMTUN_DATA_DIR": str(data),
            "SAMTUN_MAIL_URL": mail_url,
            "SAMTUN_MAIL_FROM": "post@samtun.example",
        }
        if connection.vendor == "postgresql":
            self.environment["DATABASE_URL"] = _address_of_test()
        else:
            self.environment.pop("DATABASE_URL", None)
            migrated.lay(data)

    def run(self, program: str) -> str:
        """Run Python in a process of its own; what it printed."""
        command = [sys.executable, "-c", program]
        return subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True, timeout=120
        ).stdout

    def ask(self, program: str) -> str:
        """The same, with Django set up and the outbox at hand."""
        return self.run(f"import django; django.setup()\n{_IMPORTS}{program}").strip()

    @contextmanager
    def begin(self, program: str) -> Iterator["subprocess.Popen[str]"]:
        """The same, while the block lasts; what it prints can be read as it comes."""
        words = f"import django; django.setup()\n{program}"
        with subprocess.Popen(
            [sys.executable, "-c", words], env=self.environment, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    @contextmanager
    def start(self, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
        """A worker that is gone when the block ends."""
        command = [sys.executable, "-m", "samtun.cli", "worker", *words]
        with subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            try:
                yield process
            finally:
                process.kill()


_IMPORTS = """
from samtun.mail import actions as mail
from samtun.mail.letters import Text
from samtun.mail.models import Letter
def post(number):
    mail.post(to=f"person{number}@kommune.example", subject=str(number), parts=[Text("Hei")],
              language="nb", purpose="test")
"""


def _address_of_test() -> str:
    """The server's address, with the database of this test."""
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
