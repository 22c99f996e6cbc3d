"""The example region's offers as a judge reads them: straight from the plain files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REGION = Path("examples/valdres")
SITUATIONS = frozenset(
    [
        "kreft",
        "demens",
        "psykisk",
        "rus",
        "somatisk",
        "nevro",
        "funksjon",
        "utvikling",
        "sjelden",
        "eldre",
        "spiseforstyrrelse",
        "selvmord",
        "livets-slutt",
        "fengsel",
        "vold",
        "samlivsbrudd",
    ]
)
_TEXTS = ("name", "summary", "description", "eligibility_description", "application_process")


@dataclass(frozen=True, slots=True)
class Offer:
    """One service of the region's files; `texts` maps a language to everything written in it."""

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

    @property
    def is_for_everyone(self) -> bool:
        """Meant for any illness or situation."""
        return not self.groups & SITUATIONS

    def takes_age(self, age: int) -> bool:
        """Whether somebody of that age may use it."""
        return (self.minimum_age or 0) <= age <= (self.maximum_age or 200)


def read_offers(region: Path = REGION) -> dict[str, Offer]:
    """All services of a region's files by key."""
    with (region / "region.toml").open("rb") as stream:
        municipalities = tomllib.load(stream)["region"]["municipalities"]
    offers: dict[str, Offer] = {}
    for path in sorted((region / "organisations").glob("*.toml")):
        with path.open("rb") as stream:
            content = tomllib.load(stream)
        for service in content.get("service", []):
            offers[service["key"]] = _offer(service, content["organization"], municipalities)
    return offers


def _offer(service: dict[str, Any], organisation: dict[str, Any], region: list[str]) -> Offer:
    covers = set(service.get("covers", ["region"]))
    if covers & {"region", "country"}:
        covers |= set(region)
    language = service.get("language", organisation.get("language", "nb"))
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
        texts=_texts(service, language) | _provider(organisation),
        keywords=tuple(service.get("keywords", ())),
    )


def _texts(service: dict[str, Any], original: str) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for name in _TEXTS:
        value = service.get(name, {})
        for language, text in ({original: value} if isinstance(value, str) else value).items():
            texts.setdefault(language, []).append(text)
    return {language: "\n".join(parts) for language, parts in texts.items()}


def _provider(organisation: dict[str, Any]) -> dict[str, str]:
    return {"provider": str(organisation["name"])}
