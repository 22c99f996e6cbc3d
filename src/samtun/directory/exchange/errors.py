"""The package's one exception."""

from samtun.directory.exchange.messages import said
from samtun.directory.exchange.rows import Problem


class ExchangeError(Exception):
    """A whole file or data set cannot be read or written; `str` is fit for the user."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.problem = Problem(code, words)

    def __str__(self) -> str:
        return said(self.problem)
