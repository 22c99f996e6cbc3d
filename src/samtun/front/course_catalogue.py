"""The catalogue of courses: what is asked for, what can be chosen, and what there is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from samtun.front import course_words
from samtun.front.course_asked import Reader, reader_of
from samtun.learning.enums import Company, Sector, Theme
from samtun.learning.queries.courses import LENGTHS, CourseCard, every_card


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; the names of its parts in the address are `NAMES`."""

    sector: str = ""
    theme: str = ""
    minutes: str = ""
    company: str = ""
    form: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return self != Wanted()


NAMES = {
    "sector": "sektor",
    "theme": "tema",
    "minutes": "lengde",
    "company": "sammen",
    "form": "form",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, with how many courses there are then."""

    label: str
    url: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Choices of which one may be chosen."""

    key: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def is_open(self) -> bool:
        """Whether one of them is chosen."""
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A course in the list, in words."""

    card: CourseCard
    url: str
    lang: str  # where its texts are not in the reader's language
    minutes: str
    company: str
    sectors: str
    languages: tuple[str, ...]
    drawing: str


class Catalogue:
    """What the page of all courses shows."""

    def __init__(self, request: HttpRequest) -> None:
        self.reader = reader_of(request)
        self.wanted = _wanted(request, self.reader)
        self.all = every_card(self.reader.language)

    @cached_property
    def cards(self) -> list[ShownCard]:
        """The courses that are asked for."""
        return [shown(card, self.reader) for card in self._fitting(self.wanted)]

    @cached_property
    def groups(self) -> list[Group]:
        """What can be chosen; what would find nothing is left out unless it is chosen."""
        company = [
            (Company.ALONE, gettext("Alone")),
            (Company.TOGETHER, gettext("Together with colleagues")),
        ]
        found = [
            self._group("sector", gettext("Where you work"), _labels(Sector.choices)),
            self._group("theme", gettext("What it is about"), _labels(Theme.choices)),
            self._group("minutes", gettext("How long it takes"), _lengths()),
            self._group("company", gettext("Alone or together"), company),
            self._group("form", gettext("Language"), _labels(settings.LANGUAGES)),
        ]
        return [group for group in found if len(group.choices) > 1 or group.is_open]

    @property
    def all_url(self) -> str:
        """The catalogue with nothing chosen."""
        return self._url(Wanted())

    def _fitting(self, wanted: Wanted) -> list[CourseCard]:
        return [
            card
            for card in self.all
            if card.fits(
                sector=wanted.sector,
                theme=wanted.theme,
                company=wanted.company,
                minutes=wanted.minutes,
                form=wanted.form,
            )
        ]

    def _group(self, key: str, title: str, options: Iterable[tuple[str, str]]) -> Group:
        own = getattr(self.wanted, key)
        made = []
        for code, label in options:
            count = len(self._fitting(replace(self.wanted, **{key: code})))
            is_chosen = code == own
            to = replace(self.wanted, **{key: "" if is_chosen else code})
            if count or is_chosen:
                made.append(Choice(label, self._url(to), count, is_chosen))
        return Group(key, title, tuple(made))

    def _url(self, wanted: Wanted) -> str:
        asked = {name: getattr(wanted, key) for key, name in NAMES.items()}
        asked |= {"kommune": self.reader.municipality, "region": self.reader.region}
        given = {name: value for name, value in asked.items() if value}
        return f"{self.reader.home}?{urlencode(given)}" if given else self.reader.home


def shown(card: CourseCard, reader: Reader) -> ShownCard:
    """A course in words for `reader`."""
    return ShownCard(
        card=card,
        url=reader.course_url(card.slug),
        lang="" if card.language == reader.language else card.language,
        minutes=course_words.minutes(card.minutes),
        company=course_words.company(card.company),
        sectors=", ".join(course_words.sectors(card)),
        languages=tuple(course_words.languages(card)),
        drawing=course_words.drawing(card),
    )


def _wanted(request: HttpRequest, reader: Reader) -> Wanted:
    """What is no choice of ours is ignored."""
    known: dict[str, set[str]] = {
        "theme": set(Theme.values),
        "minutes": set(LENGTHS),
        "company": {Company.ALONE, Company.TOGETHER},
        "form": {code for code, _ in settings.LANGUAGES},
    }
    asked = {key: request.GET.get(NAMES[key], "") for key in known}
    kept = {key: value for key, value in asked.items() if value in known[key]}
    return Wanted(sector=reader.sector, **kept)


def _labels(choices: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in choices]


def _lengths() -> list[tuple[str, str]]:
    return [
        ("short", gettext("10 minutes or less")),
        ("middle", gettext("10 to 20 minutes")),
        ("long", gettext("More than 20 minutes")),
    ]
