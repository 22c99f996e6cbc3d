"""What was done, for those who look after it; reading it is in the trail as well."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samtun.desk.files import KINDS as FILES
from samtun.desk.page import page
from samtun.desk.trail import Told, told
from samtun.documents.spreadsheets import Cell
from samtun.people import audit
from samtun.people.access import PersonRequest, requires
from samtun.people.models import User
from samtun.people.queries.colleagues import known_to
from samtun.people.queries.trail import Asked, every, page_of

VIEW = "people.view_audit"
_TYPES = {
    "tilbud": (_("Offers"), ("directory.service",)),
    "forslag": (_("Suggestions"), ("directory.suggestion",)),
    "organisasjoner": (_("Organisations"), ("organisations.organization", "organisations.region")),
    "folk": (_("People"), ("people.role", "people.invitation", "people.user")),
    "innsyn": (_("Lists that were opened"), ("Looked",)),
}


@requires(VIEW)
@require_safe
def trail(request: PersonRequest) -> HttpResponse:
    """A page of it, newest first."""
    asked = _asked(request)
    below = _number(request.GET.get("under", ""))
    found = page_of(request.user, asked, below=below)
    query = _query(request)
    context = {
        "told": told(found.events),
        "older": f"?{urlencode({**query, 'under': found.older})}" if found.older else "",
        "newest": f"?{urlencode(query)}" if below else "",
        "is_partial": found.older is not None and not found.events,
        "query": query,
        "files": [(kind, f"?{urlencode(query)}") for kind in FILES],
        "people": known_to(request.user),
        "kinds": [(key, name) for key, (name, _types) in _TYPES.items()],
    }
    response = page(request, "desk/audit.html", context, room="audit")
    audit.looked(by=request.user, at="audit")
    return response


@requires(VIEW)
@require_safe
def trail_file(request: PersonRequest, kind: str) -> StreamingHttpResponse:
    """All of it that is asked for, as a file that is written while it is read."""
    if kind not in FILES:
        raise Http404
    write, content_type = FILES[kind]
    audit.looked(by=request.user, at="audit", details={"file": kind})
    headers = [gettext("When"), gettext("Who"), gettext("What was done"), gettext("About")]
    rows = _rows(request.user, _asked(request), get_language() or "nb")
    response = StreamingHttpResponse(write(headers, rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="samtun-logg.{kind}"'
    return response


def _rows(person: User, asked: Asked, language: str) -> Iterator[list[Cell]]:
    for events in every(person, asked):
        with override(language):
            some = told(events)
        yield from (_row(one) for one in some)


def _row(one: Told) -> list[Cell]:
    return [localtime(one.event.at), one.who, one.text, one.event.object_id]


def _asked(request: PersonRequest) -> Asked:
    """What stands in the address; what makes no sense is left out."""
    given = request.GET
    _name, types = _TYPES.get(given.get("slag", ""), ("", ()))
    return Asked(
        actor=_key(given.get("person", "")),
        object_types=types,
        object_id=given.get("ting", "").replace("\x00", "")[:60],
        since=_day(given.get("fra", "")),
        until=_day(given.get("til", "")),
    )


def _query(request: PersonRequest) -> dict[str, str]:
    names = ("person", "slag", "ting", "fra", "til")
    return {name: value for name in names if (value := request.GET.get(name, ""))}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 2000 <= day.year < 2200 else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
