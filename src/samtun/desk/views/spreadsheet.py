"""Offers to a spreadsheet and in again: what each row would do first, the change then."""

import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samtun.desk.files import KINDS, table_as_file
from samtun.desk.page import page
from samtun.directory.exchange import spreadsheet, spreadsheet_uploads
from samtun.directory.exchange.spreadsheet import Line, NotReadable, Plan
from samtun.directory.exchange.spreadsheet_reading import LARGEST_FILE, MOST_ROWS
from samtun.directory.exchange.spreadsheet_uploads import Upload, UploadGone
from samtun.directory.queries.kept import services_of
from samtun.people import audit
from samtun.people.access import PersonRequest, requires

_PERMISSION = "directory.change_service"
_SECONDS = 20.0  # of changes in one request; the next goes on
_SHOWN = 200  # rows on the page; the report has all


@requires(_PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def spreadsheet_page(request: PersonRequest) -> HttpResponse:
    """Take the file, or send it in."""
    if request.method != "POST":
        return _page(request)
    file = request.FILES.get("fil")
    if file is None:
        return _page(request, gettext("Choose a file first."))
    if (file.size or 0) > LARGEST_FILE:
        return _page(request, gettext("The file is larger than 5 MB. Divide it."))
    spreadsheet_uploads.forget_old()
    upload = spreadsheet_uploads.keep(file.chunks(), by=request.user)
    try:
        found = _planned(upload, request)
    except NotReadable as error:
        spreadsheet_uploads.drop(upload)
        return _page(request, str(error))
    upload.versions = {str(line.number): line.based_on for line in found.lines if line.service}
    upload.remember()
    return redirect("desk:spreadsheet_upload", upload=upload.id)


def _page(request: PersonRequest, error: str = "") -> HttpResponse:
    count = services_of(request.user, _PERMISSION).count()
    context = {"error": error, "count": count, "is_many": count > MOST_ROWS, "most": MOST_ROWS}
    answer = page(request, "desk/spreadsheet.html", context, room="offers")
    answer.status_code = 422 if error else 200
    return answer


@requires(_PERMISSION)
@require_safe
def spreadsheet_file(request: PersonRequest) -> HttpResponse:
    """Everything the person looks after, as a file. Names and addresses are in it: noted."""
    services = services_of(request.user, _PERMISSION)
    audit.looked(by=request.user, at="spreadsheet")
    return _as_file(b"".join(spreadsheet.write(services, request.user)))


def _as_file(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=KINDS["xlsx"][1])
    name = f"{gettext('offers')}-{timezone.localdate().isoformat()}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@requires(_PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def spreadsheet_upload(request: PersonRequest, upload: UUID) -> HttpResponse:
    """What each row would do; a POST does it, a stretch at a time."""
    kept = _kept(request, upload)
    found = _planned(kept, request)
    if request.method == "POST":
        _apply(kept, found, request)
        return redirect("desk:spreadsheet_upload", upload=upload)
    lines = [_shown(line, kept) for line in found.lines]
    waiting = [line for line in lines if line["kind"] in ("new", "changed")]
    telling = sorted(
        (line for line in lines if line["kind"] != "unchanged"),
        key=lambda line: _ORDER[line["kind"]],
    )
    context = {
        "lines": telling[:_SHOWN],
        "hidden": len(lines) - len(telling[:_SHOWN]),
        "counts": [(kind, sum(1 for line in lines if line["kind"] == kind)) for kind in _ORDER],
        "waiting": len(waiting),
        "is_begun": bool(kept.done),
        "unknown": found.unknown,
        "upload": upload,
    }
    return page(request, "desk/spreadsheet_upload.html", context, room="offers")


_ORDER = {"refused": 0, "saved": 1, "new": 2, "changed": 3, "unchanged": 4}


def _kept(request: PersonRequest, upload: UUID) -> Upload:
    try:
        return spreadsheet_uploads.of(request.user, upload)
    except UploadGone as error:
        raise Http404 from error


def _planned(upload: Upload, request: PersonRequest) -> Plan:
    """Read anew each time: what is shown is what would happen now."""
    try:
        with spreadsheet_uploads.opened(upload) as file:
            return spreadsheet.plan(spreadsheet.read(file), by=request.user)
    except UploadGone as error:
        raise Http404 from error


def _apply(upload: Upload, found: Plan, request: PersonRequest) -> None:
    """Change what is not done yet, until the time of one request is up; then the page goes on."""
    begun = time.monotonic()
    left = [line for line in found.lines if str(line.number) not in upload.done]
    for line in left:
        spreadsheet.hold(line, upload.versions.get(str(line.number)))
    for line in spreadsheet.carry_out(left, by=request.user):
        if line.kind in ("new", "changed", "refused"):
            kind = "refused" if line.kind == "refused" else "saved"
            upload.done[str(line.number)] = [kind, line.name, line.reasons]
        if time.monotonic() - begun > _SECONDS:
            break
    upload.remember()
    saved = sum(1 for kind, *_ in upload.done.values() if kind == "saved")
    said = ngettext("%(count)d row is saved.", "%(count)d rows are saved.", saved)
    messages.success(request, said % {"count": saved})


def _shown(line: Line, upload: Upload) -> dict[str, Any]:
    """A row as it would be, or as it went."""
    kind, name, reasons = upload.done.get(str(line.number), (line.kind, line.name, line.reasons))
    said = {
        "new": gettext("New"),
        "changed": gettext("Would change"),
        "unchanged": gettext("Unchanged"),
        "refused": gettext("Refused"),
        "saved": gettext("Saved"),
    }
    return {
        "number": line.number,
        "name": name,
        "kind": kind,
        "said": said[kind],
        "reasons": reasons,
        "changes": line.changes if kind in ("new", "changed") else [],
        "service": line.service,
    }


@requires(_PERMISSION)
@require_safe
def spreadsheet_report(request: PersonRequest, upload: UUID) -> HttpResponse:
    """A word on every row, as a spreadsheet."""
    kept = _kept(request, upload)
    lines = [_shown(line, kept) for line in _planned(kept, request).lines]
    headers = [gettext("Row"), gettext("Name"), gettext("What happens"), gettext("Why"),
               gettext("Field"), gettext("Before"), gettext("After")]  # fmt: skip
    rows = [
        [line["number"], line["name"], line["said"], " ".join(line["reasons"]), *change]
        for line in lines
        for change in _changes(line)
    ]
    return table_as_file("xlsx", gettext("report"), headers, rows)


def _changes(line: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one.label, one.old, one.new) for one in line["changes"]] or [("", "", "")]
