"""What a visitor asks for, as it stands in the address of a results page.

Anything may stand in an address. What is unknown here is left out, so that a mistyped or hostile
parameter narrows nothing and breaks nothing.
"""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote_plus

from django.http import QueryDict

from samtun import search
from samtun.directory.enums import Meeting, Taxonomies
from samtun.directory.queries.terms import terms
from samtun.front.frame import Frame
from samtun.organisations.points import Point, point_called

PAGE_SIZE = 10
LAST_PAGE = 500
LONGEST_QUESTION = 300
MOST_VALUES = 12  # of one filter: more than anybody ticks, few enough to stay quick

Order = Literal["relevance", "distance"]
MOST_KEPT = 60
LONGEST_LIST = 12_000  # characters
_SLUG = re.compile(r"[-\w]{1,120}", re.ASCII)
_BY_DISTANCE = "avstand"
_YES = "1"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its filters; the fields are the parameters of the address."""

    text: str = ""
    needs: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    meeting: tuple[str, ...] = ()
    free: bool = False
    open_now: bool = False
    order: Order = "relevance"
    place: str = ""  # a place or postal code to measure distances from
    near: tuple[float, float] | None = None  # or a point, which is never looked up or kept
    page: int = 1
    with_map: bool = False
    literally: bool = False  # only the words themselves, nothing read into them
    kept: tuple[str, ...] = ()  # a list carried along, for browsers that do not keep one

    @property
    def narrows(self) -> bool:
        """Whether any filter is chosen."""
        return any((self.needs, self.situations, self.municipalities, self.ages, self.meeting)) or (
            self.free or self.open_now
        )

    def origin(self) -> Point | None:
        """The point that distances are measured from, when one is given and known."""
        if self.near:
            return Point("", *self.near)
        return point_called(self.place) if self.place else None

    def query(self, frame: Frame, origin: Point | None, now: datetime) -> search.Query:
        """The question as the index takes it."""
        return search.Query(
            text=self.text,
            scope=frame.scope.numbers,
            language=frame.language,
            filters=search.Filters(
                needs=self.needs,
                target_groups=self.situations,
                municipalities=self.municipalities,
                ages=self.ages,
                meeting=self.meeting,
                free=self.free,
                open_now=self.open_now,
            ),
            order="distance" if origin and self.order == "distance" else "relevance",
            origin=(origin.latitude, origin.longitude) if origin else None,
            offset=(self.page - 1) * PAGE_SIZE,
            limit=PAGE_SIZE,
            now=now,
        )


# The parameter of each field of `Asked`, in the order of the form.
_PARAMETERS = {
    "text": "q",
    "needs": "behov",
    "situations": "situasjon",
    "municipalities": "kommune",
    "ages": "alder",
    "meeting": "mote",
    "free": "gratis",
    "open_now": "apent",
    "place": "sted",
    "near": "naer",
    "order": "sorter",
    "literally": "ordrett",
    "with_map": "kart",
    "kept": "liste",
    "page": "side",
}
_SEVERAL = ("needs", "situations", "municipalities", "ages", "meeting")  # once for each value
_FILTERS = (*_SEVERAL, "free", "open_now")
_BARE = {"order": "relevance", "page": 1}


class Links:
    """Addresses of questions that differ a little from the one asked; a page has a score of them.

    Each begins with `?` and goes to the first page unless it says.
    """

    __slots__ = ("_written",)

    def __init__(self, asked: Asked) -> None:
        """Write every parameter of `asked` once."""
        self._written = {field: _written(field, getattr(asked, field)) for field in _PARAMETERS}

    def same(self) -> str:
        """The question as asked, on its page, without the `?`."""
        return "&".join(filter(None, self._written.values()))

    def to(self, **changes: Any) -> str:  # noqa: ANN401  (the fields of Asked)
        """The question with `changes`."""
        written = self._written | {"page": ""}
        for field, value in changes.items():
            written[field] = _written(field, value)
        return "?" + "&".join(filter(None, written.values()))

    def bare(self) -> str:
        """The question without any filter."""
        return self.to(**dict.fromkeys(_FILTERS))


def _written(field: str, value: Any) -> str:  # noqa: ANN401  (the fields of Asked)
    """The parameter for `value`, repeated for each of several; nothing where a bare page has it."""
    if not value or value == _BARE.get(field):
        return ""
    name = _PARAMETERS[field]
    values = value if field in _SEVERAL else (_in_address(field, value),)
    return "&".join([f"{name}={quote_plus(one, safe=',')}" for one in values])


def _in_address(field: str, value: Any) -> str:  # noqa: ANN401  (the fields of Asked)
    if field == "order":
        return _BY_DISTANCE
    if field in {"near", "kept"}:
        return ",".join(map(str, value))
    return _YES if value is True else str(value)


def asked(address: QueryDict, frame: Frame) -> Asked:
    """What the parameters ask for, as far as they make sense in this region."""

    def chosen(name: str, known: Set[str] | Iterable[str]) -> tuple[str, ...]:
        if name not in address:
            return ()
        values = dict.fromkeys(address.getlist(name)[:200])
        return tuple(value for value in values if value in known)[:MOST_VALUES]

    place = _line(address.get("sted", ""), 60)
    near = None if place else _point(address.get("naer", ""))
    by_distance = address.get("sorter") == _BY_DISTANCE
    return Asked(
        text=_line(address.get("q", ""), LONGEST_QUESTION),
        needs=chosen("behov", terms(Taxonomies.NEEDS, frame.language)),
        situations=chosen("situasjon", terms(Taxonomies.TARGET_GROUPS, frame.language)),
        municipalities=chosen("kommune", frame.scope.numbers),
        ages=chosen("alder", search.AGE_BANDS),
        meeting=chosen("mote", Meeting.values),
        free=address.get("gratis") == _YES,
        open_now=address.get("apent") == _YES,
        order="distance" if by_distance and (near or place) else "relevance",
        place=place,
        near=near,
        page=_page(address.get("side", "")),
        with_map=address.get("kart") == _YES,
        literally=address.get("ordrett") == _YES,
        kept=slugs_in(address.get("liste", "")),
    )


def slugs_in(text: str | None) -> tuple[str, ...]:
    """The services of a list in an address: `a,b`, each once, in order, at most MOST_KEPT."""
    written = (text or "")[:LONGEST_LIST].split(",")
    return tuple(dict.fromkeys(slug for slug in written if _SLUG.fullmatch(slug)))[:MOST_KEPT]


def _line(text: str | None, longest: int) -> str:
    """One line of printable text; a question longer than anybody writes is cut."""
    return " ".join((text or "")[: longest * 4].replace("\x00", " ").split())[:longest].strip()


def _page(text: str | None) -> int:
    """The page asked for, from 1; anything else is the first."""
    digits = (text or "")[:6]
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(max(int(digits), 1), LAST_PAGE)


def _point(text: str | None) -> tuple[float, float] | None:
    """`60.986,9.232` as a point, no finer than about a hundred metres."""
    parts = (text or "")[:40].split(",")
    try:
        latitude, longitude = (round(float(part), 3) for part in parts)
    except ValueError:
        return None
    on_earth = abs(latitude) <= 90 and abs(longitude) <= 180  # false for NaN too
    return (latitude, longitude) if on_earth else None
