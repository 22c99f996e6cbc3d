"""Services as a spreadsheet that can be read in again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from samtun.directory.editing.document import Document
from samtun.directory.editing.reading import TERMS, documents_of
from samtun.directory.enums import ServiceStatus
from samtun.directory.exchange.spreadsheet_columns import (
    ID,
    LONGEST_CELL,
    VERSION,
    Names,
    columns,
)
from samtun.directory.models import Service, ServiceVersion
from samtun.directory.queries.kept import organizations_of
from samtun.directory.queries.terms import terms
from samtun.documents.spreadsheets import Cell, defused
from samtun.organisations.queries import municipality_names
from samtun.people.models import User

_BATCH = 500
_PIECE = 64 * 1024
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(services: QuerySet[Service], person: User) -> Iterator[bytes]:
    """All of `services` as XLSX, in pieces: a row each, and a second sheet of what may be written.

    The first row is for people, the second holds the codes that the reading goes by.
    """
    book = Workbook(write_only=True)
    names = names_for(person)
    _fill(book, services, names)
    _fill_allowed(book.create_sheet(_("What you can write")), names)
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _fill(book: Any, services: QuerySet[Service], names: Names) -> None:  # noqa: ANN401
    every = columns()
    sheet = book.create_sheet(_("Offers"))
    sheet.freeze_panes = "D3"
    for number in range(len(every) + 2):
        sheet.column_dimensions[get_column_letter(number + 1)].width = 38 if number < 2 else 24
    headings = [_("Identifier (leave it)"), _("Version (leave it)"), *(c.heading for c in every)]
    sheet.append([_styled(sheet, one, Font(bold=True)) for one in headings])
    codes = [ID, VERSION, *(column.code for column in every)]
    sheet.append([_styled(sheet, one, Font(italic=True, color="666666")) for one in codes])
    for service, version, document in with_documents(services):
        cells = [column.written(document, names) for column in every]
        sheet.append([_cell(cell) for cell in (str(service.pk), version, *cells)])


def _styled(sheet: Any, text: str, font: Font) -> WriteOnlyCell:  # noqa: ANN401
    cell = WriteOnlyCell(sheet, value=_cell(text))
    cell.font = font
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(cell: Cell) -> Cell:
    """No text that a spreadsheet would run, and none that it cannot hold."""
    return _UNWRITABLE.sub("", defused(cell))[:LONGEST_CELL] if isinstance(cell, str) else cell


def with_documents(services: QuerySet[Service]) -> Iterator[tuple[Service, int, Document]]:
    """Each of `services` with the number of its newest version and all that is in it, by name."""
    keys = iter(services.order_by("name", "pk").values_list("pk", flat=True))
    while batch := list(islice(keys, _BATCH)):
        found = Service.objects.select_related("organization").in_bulk(batch)
        here = [found[key] for key in batch if key in found]
        versions = newest_versions(batch)
        for service, document in zip(here, documents_of(here), strict=True):
            yield service, versions.get(service.pk, 0), document


def newest_versions(services: Iterable[UUID]) -> dict[UUID, int]:
    """The number of the newest version of each; those that nobody has changed have none."""
    rows = ServiceVersion.objects.filter(service__in=list(services)).values_list("service")
    return dict(rows.annotate(newest=Max("number")))


def names_for(person: User) -> Names:
    """The organisations whose services `person` may change, and everybody who works here."""
    mine = organizations_of(person, "directory.change_service").values_list("pk", "name")
    by_id = {str(key): name for key, name in mine}
    counts = Counter(name.lower() for name in by_id.values())
    names = {name.lower(): key for key, name in by_id.items() if counts[name.lower()] == 1}
    people = User.objects.filter(is_active=True, roles__isnull=False).distinct()
    keepers = {str(key): email for key, email in people.values_list("pk", "email")}
    return Names(
        organizations={**{key: key for key in by_id}, **names},
        organization_names=by_id,
        keepers={email.lower(): key for key, email in keepers.items()},
        keeper_addresses=keepers,
    )


def _fill_allowed(sheet: Any, names: Names) -> None:  # noqa: ANN401  (openpyxl has no types)
    """What may be written in the columns that know only some words."""
    sheet.column_dimensions["B"].width = sheet.column_dimensions["C"].width = 40
    headings = (_("Column"), _("Write this"), _("It means"))
    sheet.append([_styled(sheet, one, Font(bold=True)) for one in headings])
    for row in _allowed(names):
        sheet.append([_cell(cell) for cell in row])


def _allowed(names: Names) -> Iterator[tuple[str, str, str]]:
    language = get_language() or "nb"
    for field, taxonomy in TERMS.items():
        for code, term in terms(taxonomy, language).items():
            yield field, code, term.label
    for status in ServiceStatus:
        yield "status", status.value, str(status.label)
    for number, name in municipality_names().items():
        yield "covers", number, name
    for key, name in names.organization_names.items():
        yield "organization", name if names.organizations.get(name.lower()) == key else key, name
