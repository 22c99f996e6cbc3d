"""The example region's offers as a judge reads them: straight from the plain files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REGION = Path("examples/valdres")
SITUATIONS = frozenset(
    {"kreft", "demens", "psykisk", "rus", "somatisk", "nevro", "funksjon", "utvikling", "sjelden"}
    | {"eldre", "spiseforstyrrelse", "selvmord", "livets-slutt", "fengsel", "vold", "samlivsbrudd"}
)
"""The target groups that name an illness or situation, not a role."""

_TEXTS = ("name", "summary", "description", "eligibility_description", "application_process")


@dataclass(frozen=True, slots=True)
class Offer:
    """One service of the region's files.

    `texts` maps a language to what is written in it; `places` are where it is given.
    """

    key: str
    needs: frozenset[str]
    groups: frozenset[str]
    covers: frozenset[str]
    meeting: frozenset[str]
    is_free: bool
    is_urgent: bool
    for_children: bool
    minimum_age: int | None
    maximum_age: int | None
    texts: Mapping[str, str]
    keywords: tuple[str, ...]
    provider: str
    places: tuple[str, ...]

    @property
    def is_for_everyone(self) -> bool:
        """Meant for any illness or situation."""
        return not self.groups & SITUATIONS

    def takes_age(self, age: int) -> bool:
        """Whether somebody of that age may use it."""
        return (self.minimum_age or 0) <= age <= (self.maximum_age or 200)


def read_offers(region: Path = REGION) -> dict[str, Offer]:
    """All services of a region's files by key."""
    municipalities = _read(region / "region.toml")["region"]["municipalities"]
    files = [_read(path) for path in sorted((region / "organisations").glob("*.toml"))]
    places = {place["key"]: _place(place) for file in files for place in file.get("location", [])}
    return {
        service["key"]: _offer(service, file["organization"], municipalities, places)
        for file in files
        for service in file.get("service", [])
    }


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        return tomllib.load(stream)


def _place(location: dict[str, Any]) -> str:
    """Nothing for a place that is kept confidential."""
    if location.get("is_confidential"):
        return ""
    return (
        f"{location.get('name', '')} {location.get('postal_code', '')} {location.get('city', '')}"
    )


def _offer(
    service: dict[str, Any],
    organisation: dict[str, Any],
    region: list[str],
    places: Mapping[str, str],
) -> Offer:
    covers = set(service.get("covers", ["region"]))
    if covers & {"region", "country"}:
        covers |= set(region)
    return Offer(
        key=service["key"],
        needs=frozenset(service.get("needs", ())),
        groups=frozenset(service.get("target_groups", ())),
        covers=frozenset(covers),
        meeting=frozenset(service.get("meeting", ())),
        is_free=bool(service.get("is_free")),
        is_urgent=bool(service.get("is_urgent")),
        for_children=bool(service.get("for_children")),
        minimum_age=service.get("minimum_age"),
        maximum_age=service.get("maximum_age"),
        texts=_texts(service, service.get("language", organisation.get("language", "nb"))),
        keywords=tuple(service.get("keywords", ())),
        provider=str(organisation["name"]),
        places=tuple(places.get(at["location"], "") for at in service.get("at", ())),
    )


def _texts(service: dict[str, Any], original: str) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for name in _TEXTS:
        value = service.get(name, {})
        for language, text in ({original: value} if isinstance(value, str) else value).items():
            texts.setdefault(language, []).append(text)
    return {language: "\n".join(parts) for language, parts in texts.items()}
