"""Tables that one takes home."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from samtun.documents import spreadsheets
from samtun.documents.spreadsheets import Cell

KINDS = {
    "csv": (spreadsheets.rows_to_csv, spreadsheets.CSV_TYPE),
    "xlsx": (spreadsheets.rows_to_xlsx, spreadsheets.XLSX_TYPE),
}


def table_as_file(
    kind: str, name: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """The table as a file to save, called `name` and its kind.

    Raises:
        KeyError: `kind` is none of KINDS.
    """
    write, content_type = KINDS[kind]
    answer = HttpResponse(write(headers, rows), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
