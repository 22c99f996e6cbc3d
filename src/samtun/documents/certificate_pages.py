"""Turns a certificate into the plain tree that its template draws."""

from django.utils.translation import gettext, ngettext

from samtun.documents import words
from samtun.documents.certificate_content import CertificatePaper
from samtun.documents.pages import Tree, address_tree, language_of, name_of
from samtun.documents.qr import qr_picture

_HOUR = 60


def certificate_page(paper: CertificatePaper) -> Tree:
    """What `templates/certificate.typ` draws."""
    fixed = words.common(url=paper.url, made_on=paper.made_on, is_example=False)
    own = certificate_words(paper)
    return {
        "language": language_of(paper.language),
        "title": name_of(f"{own['heading']}: {paper.title}"),
        "map_name": paper.publisher,
        "name": name_of(paper.name),
        "course": name_of(paper.title),
        "parts": [
            {"title": name_of(part.title), "time": duration(part.minutes) if part.minutes else ""}
            for part in paper.parts
        ],
        "facts": _facts(paper),
        "withdrawn": paper.withdrawn,
        "code": paper.code,
        "address": address_tree(paper.url),
        "qr": qr_picture(paper.url),
        "words": {**fixed, **own},
    }


def _facts(paper: CertificatePaper) -> list[dict[str, str]]:
    found = [
        (gettext("Length"), duration(paper.minutes) if paper.minutes else ""),
        (gettext("Done on"), words.written_date(paper.done_on)),
        (gettext("Version"), paper.version),
        (gettext("Learnt"), gettext("Together with colleagues") if paper.is_together else ""),
        (gettext("Issued by"), paper.publisher),
    ]
    return [{"term": term, "text": text} for term, text in found if text]


def duration(minutes: int) -> str:
    """E.g. "1 time og 20 minutter", in the language that is active."""
    hours, rest = divmod(minutes, _HOUR)
    parts = []
    if hours:
        parts.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest})
    return gettext(" and ").join(parts)


def certificate_words(paper: CertificatePaper) -> dict[str, str]:
    """The fixed words of a certificate."""
    return {
        "heading": gettext("Training certificate")
        if paper.is_plan
        else gettext("Course certificate"),
        "this_says": gettext("This certifies that"),
        "has_done": gettext("has done the training in the plan")
        if paper.is_plan
        else gettext("has completed the course"),
        "contents": gettext("Contents"),
        "check": gettext("Check that the certificate is genuine"),
        "check_how": gettext("Point your phone's camera at the code, or go to:"),
        "code_label": gettext("Code"),
        "example": gettext("Example data – not a real certificate") if paper.is_example else "",
    }
