"""Words that stand in every row of a list, translated once for each language.

A page of results would otherwise look up hundreds of translations.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext, override, pgettext

from samtun.directory.enums import Meeting, ServiceStatus

STALE_AFTER = timedelta(days=365)  # where nobody said how often it must be confirmed


def is_overdue(assured_on: str, due_on: str | None, today: date) -> bool:
    """Whether somebody should have confirmed it by now; days as in ISO 8601."""
    if due_on:
        return due_on < today.isoformat()
    return assured_on < (today - STALE_AFTER).isoformat()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; see `words`."""

    language: str
    meeting: dict[str, str]
    free: str
    closed: str
    call: str
    whole_country: str
    whole_region: str
    for_places: str
    and_more: str
    nearer_than_one: str
    never_assured: str
    assured: str
    not_assured_since: str

    def freshness(self, assured_on: str | None, due_on: str | None, today: date) -> str:
        """`confirmed in September 2026`, or since when nobody has confirmed it."""
        if not assured_on:
            return self.never_assured
        is_silent = is_overdue(assured_on, due_on, today)
        template = self.not_assured_since if is_silent else self.assured
        return template % {"month": month_of(assured_on[:7], self.language)}

    def distance(self, kilometres: float) -> str:
        """`3,4 km`; `under 1 km` when that is all one needs to know."""
        if kilometres < 1:
            return self.nearer_than_one
        number = f"{kilometres:.1f}" if kilometres < 10 else f"{kilometres:.0f}"
        return f"{number if self.language == 'en' else number.replace('.', ',')} km"

    def listed(self, names: list[str]) -> str:
        """`Vang`, `Vang og Etnedal`, `Vang, Etnedal og 2 til`."""
        if len(names) > 3:
            return self.and_more % {"names": ", ".join(names[:2]), "count": len(names) - 2}
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {_AND.get(self.language, 'og')} {names[-1]}"


_AND = {"en": "and"}


@lru_cache(maxsize=512)
def month_of(year_and_month: str, language: str) -> str:
    """`september 2026`."""
    with override(language):
        return formatted(date.fromisoformat(f"{year_and_month}-01"), "F Y")


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The words of `language`."""
    with override(language):
        return Words(
            language=language,
            meeting={str(way): str(way.label) for way in Meeting},
            free=gettext("Free"),
            closed=str(ServiceStatus.TEMPORARILY_CLOSED.label),
            call=gettext("Call"),
            whole_country=gettext("for the whole country"),
            # Translators: before the name of a region, e.g. "for all of Valdres".
            whole_region=gettext("for all of %(region)s"),
            # Translators: before names of municipalities, e.g. "for Vang and Etnedal".
            for_places=pgettext("before names of municipalities", "for %(names)s"),
            and_more=gettext("%(names)s and %(count)d more"),
            nearer_than_one=gettext("less than 1 km"),
            never_assured=gettext("not confirmed yet"),
            assured=gettext("confirmed in %(month)s"),
            not_assured_since=gettext("not confirmed since %(month)s"),
        )
