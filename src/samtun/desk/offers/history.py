"""The versions of an offer, and two of them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from samtun.directory.editing.document import LABELS, Document
from samtun.directory.editing.versions import Difference, differences
from samtun.directory.editing.writing import changed_fields
from samtun.directory.models import Service, ServiceVersion

_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One version; `previous` is the number to compare it with, 0 for the first."""

    number: int
    at: datetime
    who: str
    why: str
    previous: int
    fields: str
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions."""

    old: int
    new: int
    differences: list[Difference]


def history_rows(
    service: Service, kept: Sequence[ServiceVersion], page: int
) -> tuple[list[HistoryRow], int]:
    """One page of `kept` (newest first) with what each changed, and how many pages there are.

    One query, for the documents of that page.
    """
    start = (max(page, 1) - 1) * _ON_A_PAGE
    shown = kept[start : start + _ON_A_PAGE + 1]
    numbers = [version.number for version in shown]
    found = ServiceVersion.objects.filter(service=service, number__in=numbers)
    documents = dict(found.values_list("number", "document"))
    rows = []
    for version, before in zip_longest(shown, shown[1:]):
        old = documents.get(before.number) if before else None
        rows.append(
            HistoryRow(
                number=version.number,
                at=version.at,
                who=str(version.person) if version.person else "",
                why=version.get_reason_display(),
                previous=before.number if before else 0,
                fields=_changed(old, documents[version.number]) if old else "",
                is_newest=version is kept[0],
            )
        )
    return rows[:_ON_A_PAGE], max(1, -(-len(kept) // _ON_A_PAGE))


def _changed(old: Document, new: Document) -> str:
    """The names of the fields that differ."""
    fields = changed_fields(old, new)
    labels = (LABELS.get(name.split(".")[-1].split(":")[0], name) for name in fields)
    return ", ".join(dict.fromkeys(map(str, labels)))


def comparison(
    service: Service, kept: Sequence[ServiceVersion], old: int | None, new: int | None
) -> Comparison | None:
    """What differs between the versions `old` and `new`, when both exist; the older first."""
    known = {version.number for version in kept}
    if old not in known or new not in known or old is None or new is None:
        return None
    first, last = sorted((old, new))
    found = ServiceVersion.objects.filter(service=service, number__in=(first, last))
    documents = dict(found.values_list("number", "document"))
    return Comparison(first, last, differences(documents[first], documents[last]))
