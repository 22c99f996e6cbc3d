"""A group session on paper: the way in, the agenda with minutes, and lines for names."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from samtun.documents import words
from samtun.documents.pages import Tree, language_of, name_of
from samtun.documents.pdf import made_pdf
from samtun.documents.qr import qr_picture

_LINES = 14
_LINES_AFTER = 4


@dataclass(frozen=True, kw_only=True)
class SessionPaper:
    """`url`, `page` and `code` are how one comes in; empty when it is over."""

    language: str
    title: str
    unit: str
    moment: str
    made_on: date
    url: str = ""
    page: str = ""
    code: str = ""
    points: tuple["SessionPoint", ...] = ()
    is_example: bool = False


@dataclass(frozen=True)
class SessionPoint:
    """A point of the agenda; `note` is what the group concluded."""

    hours: str
    title: str
    note: str = ""


def session_pdf(paper: SessionPaper) -> bytes:
    """The sheet, A4.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    return made_pdf("session", lambda: session_page(paper), paper.language, paper.made_on)


def session_page(paper: SessionPaper) -> Tree:
    """What `templates/session.typ` draws."""
    fixed = words.common(url=paper.url, made_on=paper.made_on, is_example=paper.is_example)
    return {
        "language": language_of(paper.language),
        "title": name_of(paper.title),
        "map_name": "",
        "unit": paper.unit,
        "moment": paper.moment,
        "url": paper.url,
        "page": paper.page,
        "code": paper.code,
        "qr": qr_picture(paper.url),
        "points": [vars(each) for each in paper.points],
        "lines": _LINES if paper.code else _LINES_AFTER,
        "words": {**fixed, **_words(is_example=paper.is_example)},
    }


def _words(*, is_example: bool) -> dict[str, str]:
    return {
        "private": gettext("Personal data – shred the list when the names are registered."),
        "join": gettext("Say that you are here"),
        "scan_session": gettext("Point your phone's camera at the code."),
        "or_type": gettext("Or open this page, and type the code:"),
        "agenda": gettext("What we do"),
        "names": gettext("Those who are here without a phone"),
        "names_lead": gettext("Write your first name. Whoever leads registers you afterwards."),
        "name": gettext("First name"),
        "example": gettext("Example data – not a real event") if is_example else "",
    }
