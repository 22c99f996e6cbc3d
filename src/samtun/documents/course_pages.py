"""A course on paper: the plain tree that `templates/course.typ` draws, and the PDF of it."""

from django.utils.translation import gettext

from samtun.documents import words
from samtun.documents.blocks import safe_url
from samtun.documents.course_content import CoursePaper, PaperLesson, PaperModule, Piece
from samtun.documents.course_html import html_blocks
from samtun.documents.pages import Tree, address_tree, language_of, name_of
from samtun.documents.pdf import made_pdf
from samtun.documents.qr import qr_picture

_MOST_ROOM = 12


def course_pdf(paper: CoursePaper) -> bytes:
    """A whole course, A4.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    return made_pdf("course", lambda: course_tree(paper), paper.language, paper.made_on)


def course_tree(paper: CoursePaper) -> Tree:
    """What `templates/course.typ` draws."""
    fixed = words.common(url=paper.url, made_on=paper.made_on, is_example=paper.is_example)
    return {
        "language": language_of(paper.language),
        "text_language": language_of(paper.text_language, paper.language),
        "title": name_of(paper.title),
        "map_name": "",
        "summary": paper.summary,
        "for_whom": paper.for_whom,
        "goals": [goal for goal in paper.goals if goal],
        "facts": [fact for fact in paper.facts if fact],
        "made_by": paper.made_by,
        "version": paper.version,
        "note": words.other_language(paper.text_language),
        "modules": [_module(each, paper) for each in paper.modules],
        "sources": [{"said": name_of(one.said), "url": safe_url(one.url)} for one in paper.sources],
        "address": address_tree(paper.url),
        "qr": qr_picture(paper.url),
        "words": {**fixed, **_words(is_example=paper.is_example)},
    }


def _words(*, is_example: bool) -> dict[str, str]:
    return {
        "kind": gettext("Course"),
        "goals": gettext("What you learn"),
        "for_whom": gettext("For whom"),
        "made_by": gettext("Made by"),
        "version": gettext("Version"),
        "sources": gettext("Sources"),
        "web": gettext("On the web you can answer the questions and see what is right."),
        "example": gettext("Example data – an invented publisher") if is_example else "",
    }


def _module(module: PaperModule, paper: CoursePaper) -> Tree:
    return {
        "title": name_of(module.title),
        "summary": module.summary,
        "language": language_of(module.text_language, paper.language),
        "note": words.other_language(module.text_language),
        "lessons": [_lesson(each) for each in module.lessons],
    }


def _lesson(lesson: PaperLesson) -> Tree:
    return {
        "title": name_of(lesson.title),
        "minutes": lesson.minutes,
        "pieces": [_piece(each) for each in lesson.pieces],
    }


def _piece(piece: Piece) -> Tree:
    return {
        "tag": piece.label,
        "title": piece.title.strip(),
        "lead": piece.lead,
        "blocks": html_blocks(piece.html),
        "lines": [line for line in piece.lines if line.strip()],
        "mark": str(piece.mark),
        "below": [line for line in piece.below if line.strip()],
        "room": min(piece.room, _MOST_ROOM),
        "note": piece.note,
    }
