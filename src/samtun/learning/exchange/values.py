"""What stands in the cells of a list of employees, understood or refused with a reason."""

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.learning.exchange.columns import bare

_EARLIEST = date(1950, 1, 1)
_LATEST = timedelta(days=3 * 366)
_SERIAL_ZERO = date(1899, 12, 30)  # how spreadsheets count days
_YEAR_FIRST = re.compile(r"(\d{4})[-./]?(\d{1,2})[-./]?(\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})")
_YES = frozenset(["ja", "j", "yes", "y", "true", "sann", "x", "1", "leder", "leiar", "leader"])
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ufffe\uffff]")


class WrongValueError(ValueError):
    """A cell cannot be understood; `str()` says why and what to write."""


def cleaned(text: str) -> str:
    """`text` on one line, without what nobody can see."""
    return " ".join(_CONTROL.sub(" ", text).split())


def day(text: str) -> date | None:
    """A day as people write it: 2026-08-01, 1.8.2026, 01/08/26, 20260801 or a serial number.

    Raises:
        WrongValueError: it is no day, or one that cannot be meant.
    """
    if not text:
        return None
    try:
        found = _day(text)
    except ValueError as error:
        raise _no_day(text) from error
    if found is None or not _EARLIEST <= found <= timezone.localdate() + _LATEST:
        raise _no_day(text)
    return found


def _day(text: str) -> date | None:
    if text.isdecimal() and len(text) == 5:
        return _SERIAL_ZERO + timedelta(days=int(text))
    if match := _YEAR_FIRST.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        year = int(match[3])
        return date(_whole_year(year), int(match[2]), int(match[1]))
    return None


def _whole_year(year: int) -> int:
    """Of two digits: up to next year is this century."""
    if year > 99:
        return year
    return 2000 + year if year <= timezone.localdate().year % 100 + 1 else 1900 + year


def _no_day(text: str) -> WrongValueError:
    return WrongValueError(
        _("“%(text)s” is not a day. Write it as 31.12.2026.") % {"text": text[:40]}
    )


def yes(text: str) -> bool:
    """Whether the cell says yes. A name (of their leader) does not."""
    return bare(text) in _YES


def address(text: str) -> str:
    """An e-mail address in small letters.

    Raises:
        WrongValueError: it is none.
    """
    found = text.removeprefix("mailto:").strip("<>; ").lower()
    if not found:
        return ""
    try:
        validate_email(found)
    except ValidationError as error:
        raise WrongValueError(
            _("“%(text)s” is not an e-mail address.") % {"text": text[:60]}
        ) from error
    if len(found) > 254:
        raise WrongValueError(_("The e-mail address is too long."))
    return found


def short(text: str, most: int) -> str:
    """`text` when it is not longer than a column holds.

    Raises:
        WrongValueError: it is longer.
    """
    if len(text) > most:
        raise WrongValueError(
            _("“%(text)s…” is too long. At most %(most)d characters.")
            % {"text": text[:30], "most": most}
        )
    return text
