"""Dates, times of day and recurrence parts in the many ways people write them."""

import re
from datetime import date, time, timedelta

from samtun.directory.exchange.cleaning import Cleaner, Findings, as_text

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})(?:[T ].*)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T.*)?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")  # of a spreadsheet: days since 1899-12-30
_SERIALS = range(25_569, 73_051)  # 1970 to 2099
_YEAR_BEFORE = (_ISO_DATE, _YEAR_FIRST, _COMPACT_DATE)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})(?:[T ].*)?")
_WORDED = re.compile(r"(?:(\d{1,2})\.?\s+)?([a-zæøå]{3,9})\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "mai may", "jun", "jul", "aug", "sep", "okt oct", "nov",
         "des dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = re.compile(
    r"(?:kl\.?\s*)?(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap])?\.?m?\.?"
    r"\s*(?:Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_COMPACT_TIME = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_DAYS = {
    "MO": ("1", "mon", "man", "mån"), "TU": ("2", "tue", "tir", "tys"),
    "WE": ("3", "wed", "ons"), "TH": ("4", "thu", "tor"), "FR": ("5", "fri", "fre"),
    "SA": ("6", "sat", "lør", "lau"), "SU": ("7", "sun", "søn", "sun"),
}  # fmt: skip
_DAY_PART = re.compile(r"[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)")


def day(column: str, value: object, findings: Findings) -> str | None:
    """A date as YYYY-MM-DD. 01/02/2026 is read as in Norway, the day first."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = as_text(value).strip()
    found = _date_in(text)
    if found is None:
        findings.repaired("bad_date", column, text)
        return None
    if found.isoformat() != text:
        findings.repaired("mended_date", column, text, after=found.isoformat())
    return found.isoformat()


def _date_in(text: str) -> date | None:
    parts: tuple[int, int, int] | None = None
    serial = _SERIAL.fullmatch(text)
    if serial and int(serial[1]) in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(serial[1]))
    if match := next(filter(None, (form.fullmatch(text) for form in _YEAR_BEFORE)), None):
        parts = (int(match[1]), int(match[2]), int(match[3]))
    elif match := _DAY_FIRST.fullmatch(text):
        parts = (int(match[3]), int(match[2]), int(match[1]))
        if parts[1] > 12 >= parts[2]:  # the month first, as in the USA
            parts = (parts[0], parts[2], parts[1])
    elif match := _WORDED.fullmatch(text.lower()):
        number = _MONTHS.get(match[2][:3])
        if number and (match[1] or match[3]):
            parts = (int(match[4]), number, int(match[1] or match[3]))
    try:
        found = date(*parts) if parts else None
    except ValueError:
        return None
    return found if found and 1900 <= found.year <= 2200 else None


def clock(column: str, value: object, findings: Findings) -> str | None:
    """A time of day as HH:MM:SS; 24:00 is midnight."""
    if isinstance(value, time):
        return value.isoformat("seconds")
    text = as_text(value).strip()
    found = _time_in(text)
    if found is None:
        findings.repaired("bad_time", column, text)
        return None
    written = found.isoformat("seconds")
    if text not in (written, written[:5]):
        findings.repaired("mended_time", column, text, after=written)
    return written


def _time_in(text: str) -> time | None:
    compact = _COMPACT_TIME.fullmatch(text)
    if compact:
        return time(int(compact[1]), int(compact[2]))
    match = _TIME.fullmatch(text.split("T")[-1] if _ISO_DATE.match(text) else text)
    if not match:
        return None
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    if (hour, minute, second) == (24, 0, 0):
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def weekday(text: str) -> str:
    """MO … SU for a day by number (1 is Monday), English or Norwegian name; else empty."""
    word = text.strip().lower()
    for code, spellings in _DAYS.items():
        if word == code.lower() or word == spellings[0] or word.startswith(spellings[1:]):
            return code
    return ""


def weekdays(column: str, value: object, findings: Findings) -> str:
    """BYDAY of RFC 5545; day names and numbers are understood."""
    text = as_text(value).strip()
    parts = [part for part in re.split(r"[,;\s/]+", text.upper()) if part]
    known = [part if _DAY_PART.fullmatch(part) else weekday(part) for part in parts]
    result = ",".join(part for part in known if part)
    if len(result) > 100:
        result = ""
    if result != text:
        findings.repaired("mended_days" if result else "bad_days", column, text, after=result)
    return result


def numbers(maximum: int, lowest: int, highest: int) -> Cleaner:
    """A list of whole numbers as RFC 5545 writes it, at most `maximum` characters long."""

    def clean(column: str, value: object, findings: Findings) -> str:
        text = re.sub(r"\s", "", as_text(value))
        parts = text.split(",")
        right = all(re.fullmatch(r"[+-]?\d{1,3}", p) and lowest <= int(p) <= highest for p in parts)
        if not right or len(text) > maximum:
            findings.repaired("bad_number", column, text)
            return ""
        return text

    return clean
