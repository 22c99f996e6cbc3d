"""What the files of the example's training tell, and how their days and keys are meant."""

import hashlib
import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Organization
from samtun.people.models import User

Entry = dict[str, Any]
REGION = "valdres"
_OSLO = ZoneInfo("Europe/Oslo")


def folder() -> Path:
    """Where the files are."""
    return Path(settings.EXAMPLE_DIR) / "training"


@cache
def read(name: str) -> Entry:
    """A file of the folder; not to be changed."""
    return tomllib.loads((folder() / name).read_text(encoding="utf-8"))


def day(offset: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=offset)


def moment(on: date, at: str = "12:00") -> datetime:
    """A time on the wall in Norway."""
    hour, minute = map(int, at.split(":"))
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=_OSLO)


def key(*parts: str) -> UUID:
    """The same each time the example is made."""
    return derived_id("training", REGION, *parts)


def unit(name: str) -> Organization:
    """An organisation of the example by its key."""
    return Organization.objects.get(pk=unit_key(name))


def unit_key(name: str) -> UUID:
    """The same, only its key."""
    return derived_id("organization", REGION, name)


def person(email: str) -> User:
    """Somebody with an account."""
    return User.objects.get(email=email)


def share(*parts: object) -> float:
    """A number from 0 up to 1 that looks like chance and is the same each time."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48
