"""Tagged PDFs (PDF/UA-1, ISO 14289-1) of services, a whole region, and what happens there."""

import json
import logging
from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext, override

from samtun.documents.content import Booklet, ListSheet, Sheet
from samtun.documents.errors import DocumentError
from samtun.documents.event_content import AttendanceList, Poster, Programme
from samtun.documents.event_pages import attendance_page, poster_page, programme_page
from samtun.documents.letters import drawable_tree
from samtun.documents.pages import Tree, booklet_page, list_page, sheet_page
from samtun.documents.press import PressError, print_pdf

_log = logging.getLogger(__name__)
# Four million letters are some thousand pages; more is a mistake or an attack.
MOST_LETTERS = 4_000_000
_NOT_TEXT = frozenset({"url", "qr", "label", "kind", "language", "text_language"})


def service_pdf(sheet: Sheet) -> bytes:
    """One service, normally on one page of A4.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    return made_pdf("sheet", lambda: sheet_page(sheet), sheet.language, sheet.made_on)


def list_pdf(listed: ListSheet) -> bytes:
    """A visitor's own list on A4, several services to a page.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    return made_pdf("list", lambda: list_page(listed), listed.language, listed.made_on)


def booklet_pdf(booklet: Booklet) -> bytes:
    """A region's whole map as a booklet, A5.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    return made_pdf("booklet", lambda: booklet_page(booklet), booklet.language, booklet.made_on)


def poster_pdf(poster: Poster) -> bytes:
    """An event on one page of A4, to hang up.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    return made_pdf("poster", lambda: poster_page(poster), poster.language, poster.made_on)


def programme_pdf(programme: Programme) -> bytes:
    """What happens in a region in a month, A4.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    return made_pdf(
        "programme", lambda: programme_page(programme), programme.language, programme.made_on
    )


def attendance_pdf(listed: AttendanceList) -> bytes:
    """Who comes, with boxes to tick; A4, turned when there are many dates.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    return made_pdf("attendance", lambda: attendance_page(listed), listed.language, listed.made_on)


def made_pdf(template: str, page: Callable[[], Tree], language: str, made_on: date) -> bytes:
    """What `templates/{template}.typ` draws of `page`, in its language.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    with override(language):
        data = json.dumps(drawable_tree(page(), exempt=_NOT_TEXT), ensure_ascii=False)
        if len(data) > MOST_LETTERS:
            raise DocumentError(gettext("There is too much text for one PDF."))
        try:
            return print_pdf(template, data, made_on)
        except PressError as error:
            _log.warning("No %s PDF was made: %s", template, error)
            raise DocumentError(
                gettext("The PDF could not be made just now. The web page has the same content.")
            ) from error
