"""How data goes out: as a page, as a stream, as one thing; with a tag to ask again by."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from uuid import UUID

import orjson
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from samtun.api.queries import Selection
from samtun.directory.hsds import Json

Write = Callable[[Sequence[UUID]], list[Json]]

_FRESH_FOR = "public, max-age=60"


def listing(
    request: HttpRequest, selection: Selection, write: Write, *, page: int, per_page: int, form: str
) -> HttpResponseBase:
    """One page of the selection, or all of it as newline-delimited JSON."""
    if form == "ndjson":
        return _stream(selection, write)
    total = selection.count()
    pages = -(-total // per_page)
    wanted = selection.ids(offset=(page - 1) * per_page, limit=per_page) if page <= pages else []
    contents = write(wanted) if wanted else []
    return document(
        request,
        {
            "total_items": total,
            "total_pages": pages,
            "page_number": page,
            "size": len(contents),
            "first_page": page == 1,
            "last_page": page >= pages,
            "empty": not contents,
            "contents": contents,
        },
    )


def one(request: HttpRequest, found: list[Json]) -> HttpResponse:
    """The one thing asked for.

    Raises:
        Http404: there is none.
    """
    if not found:
        raise Http404
    return document(request, found[0])


def document(request: HttpRequest, data: Json) -> HttpResponse:
    """`data` as JSON, or 304 when the one who asks has it already."""
    return json_bytes(request, orjson.dumps(data))


def json_bytes(request: HttpRequest, body: bytes) -> HttpResponse:
    """The same for JSON that is written already."""
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    response = HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = _FRESH_FOR
    answer = get_conditional_response(request, etag=tag, response=response)
    return answer if isinstance(answer, HttpResponse) else response


def _stream(selection: Selection, write: Write) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_lines(selection, write), content_type="application/x-ndjson")
    response.headers["Cache-Control"] = _FRESH_FOR
    return response


def _lines(selection: Selection, write: Write) -> Iterator[bytes]:
    for ids in selection.chunks():
        yield b"".join(orjson.dumps(each) + b"\n" for each in write(ids))
