"""Pictures, films and files of courses.

What has been published lies under the digest of what is in it: open to everybody, never changed.
The rest are editors' own uploads, for those who write in the same organisation. A file is shown as
what we know it to be, or given to be kept; and nothing in it can act on behalf of this site,
whatever somebody put there.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from samtun.editorial import uploads
from samtun.people.access import public
from samtun.people.models import User
from samtun.people.rules import may

PUBLISHED = "published"  # as `editorial.keeping` has it
_SHOWN = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt; charset=utf-8",
}
_KEPT = {".pdf": "application/pdf"}  # what else there is, is just bytes
_POLICY = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
_FOREVER = "public, max-age=31536000, immutable"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z", re.ASCII)
_CHUNK = 256 * 1024


@public
@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file at `path`, or the part of it that a player asks for (RFC 9110, 14)."""
    file, is_published = _file(path)
    if not is_published and not _may_see(request, file):
        raise Http404
    stat = file.stat()
    etag = quote_etag(f"{stat.st_mtime_ns:x}-{stat.st_size:x}")
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag)
    response = unchanged or _answer(request, file, stat.st_size, etag)
    response["ETag"] = etag
    response["Cache-Control"] = _FOREVER if is_published else "private, no-cache"
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _may_see(request: HttpRequest, file: Path) -> bool:
    """An upload: whoever writes where it belongs."""
    person = request.user
    if not isinstance(person, User) or not may(person, "editorial.write"):
        return False
    name = file.relative_to(Path(settings.MEDIA_ROOT).resolve()).as_posix()
    return uploads.may_see(person, name)


def _file(path: str) -> tuple[Path, bool]:
    """The file below MEDIA_ROOT, and nothing outside or hidden; and whether it is published.

    Asked of where it is, not of how the address begins: that may go up again.

    Raises:
        Http404: there is none.
    """
    root = Path(settings.MEDIA_ROOT).resolve()
    try:
        found = (root / path).resolve()
        is_ours = found.is_relative_to(root) and found.is_file()
    except (OSError, ValueError):  # too long, or with a null byte
        raise Http404 from None
    parts = found.relative_to(root).parts if is_ours else ()
    if not parts or any(part.startswith(".") for part in parts):
        raise Http404
    return found, parts[0] == PUBLISHED


def _answer(request: HttpRequest, file: Path, size: int, etag: str) -> HttpResponseBase:
    part = _part(request, size, etag)
    if part is not None and part.start >= part.stop:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    wanted = part if part is not None else range(size)
    ending = file.suffix.lower()
    response = StreamingHttpResponse(
        _read(file, wanted),
        status=200 if part is None else 206,
        content_type=_SHOWN.get(ending) or _KEPT.get(ending, "application/octet-stream"),
    )
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(len(wanted))
    if part is not None:
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    if ending not in _SHOWN:
        disposition = content_disposition_header(as_attachment=True, filename=file.name)
        response["Content-Disposition"] = disposition or "attachment"
    return response


def _part(request: HttpRequest, size: int, etag: str) -> range | None:
    """The bytes asked for; None when all are, or when what is asked for is not understood."""
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if first:
        return range(int(first), min(int(last) + 1 if last else size, size))
    return range(max(size - int(last), 0), size) if last else None


def _read(file: Path, part: range) -> Iterator[bytes]:
    """Opened only when it is read: nobody reads the answer to a HEAD."""
    left = len(part)
    with file.open("rb") as source:
        source.seek(part.start)
        while left and (chunk := source.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
