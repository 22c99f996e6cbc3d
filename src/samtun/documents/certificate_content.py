"""What a certificate says: plain frozen values, as in `content`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class CertificatePart:
    """A module of a course, or an item of a plan."""

    title: str
    minutes: int = 0
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class CertificatePaper:
    """That somebody has done a course or a plan. `url` is where anyone can check it.

    `code` stands as it is written, in groups. `made_on` is the day of issue, so that the same
    certificate is the same file for ever.
    """

    language: str
    name: str
    title: str
    publisher: str
    parts: tuple[CertificatePart, ...]
    minutes: int
    done_on: date
    made_on: date
    code: str
    url: str
    version: str = ""
    is_plan: bool = False
    is_together: bool = False  # learnt with colleagues
    withdrawn: str = ""  # that it does not hold any more
    is_example: bool = False
