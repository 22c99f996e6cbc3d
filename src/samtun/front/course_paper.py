"""Courses as documents say them: from a `CoursePage` to the plain values of `documents`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext

from samtun.documents.course_content import (
    CoursePaper,
    Mark,
    PaperLesson,
    PaperModule,
    PaperSource,
    Piece,
)
from samtun.front import course_words
from samtun.front.course_asked import Reader
from samtun.front.course_page import ShownCourse
from samtun.learning.content import Block, shown
from samtun.learning.enums import BlockKind, QuizKind
from samtun.learning.grading import shuffled
from samtun.learning.queries.courses import CoursePage, ModuleOutline

_ROOM = 4  # empty lines after a reflection


def booklet(page: CoursePage, reader: Reader, today: date) -> CoursePaper:
    """The whole course for the reader's sector, or for all that it is for."""
    card = page.card
    course = ShownCourse(page, reader)
    own = [reader.sector] if reader.sector in card.sectors else list(card.sectors)
    return CoursePaper(
        language=reader.language,
        title=card.title,
        url=settings.PUBLIC_URL + course.url,
        made_on=today,
        summary=card.summary,
        for_whom=card.for_whom,
        goals=page.goals,
        facts=(course_words.minutes(card.minutes), course.card.company, course.card.sectors),
        made_by=", ".join(filter(None, (page.publisher, page.authors))),
        version=f"{page.number} ({date_format(page.published_at.date())})",
        modules=tuple(_module(page, each, own, reader) for each in page.modules),
        sources=tuple(_source(each) for each in course.sources),
        text_language=course.card.lang,
        is_example=card.is_example,
    )


def _module(
    page: CoursePage, outline: ModuleOutline, sectors: list[str], reader: Reader
) -> PaperModule:
    return PaperModule(
        title=outline.title,
        summary=outline.summary,
        lessons=tuple(
            PaperLesson(
                title=each.title,
                minutes=course_words.minutes(each.minutes),
                pieces=tuple(_pieces(page.lessons[outline.id, each.id]["blocks"], sectors)),
            )
            for each in outline.lessons
        ),
        text_language="" if outline.language == reader.language else outline.language,
    )


def _pieces(blocks: list[Block], sectors: list[str]) -> Iterator[Piece]:
    for block in shown(blocks, sectors):
        yield _piece(block)


def _piece(block: Block) -> Piece:
    value = block["value"]
    match block["kind"]:
        case BlockKind.TEXT:
            return Piece(html=value["html"])
        case BlockKind.PICTURE:
            said = (value.get("alt"), value.get("caption"), value.get("credit"))
            return Piece(label=gettext("Picture"), note=". ".join(filter(None, said)))
        case BlockKind.FILM:
            label, html = gettext("Film"), value.get("transcript") or ""
            return Piece(label=label, title=value["title"], html=html)
        case BlockKind.CASE:
            return Piece(
                label=gettext("A story"),
                title=value["title"],
                html=value["html"],
                lines=tuple(value.get("questions") or ()),
            )
        case BlockKind.REFLECTION:
            return Piece(label=gettext("Think for yourself"), lead=value["prompt"], room=_ROOM)
        case BlockKind.QUIZ:
            return _question(block)
    return _practical(block["kind"], value)


def _practical(kind: str, value: dict[str, Any]) -> Piece:
    """What one does something with."""
    match kind:
        case BlockKind.DISCUSSION:
            minutes = course_words.minutes(int(value.get("minutes") or 0))
            label = f"{gettext('Talk about it')} · {minutes}"
            return Piece(label=label, title=value["title"], html=value["html"], room=_ROOM)
        case BlockKind.CHECKLIST:
            return Piece(
                label=gettext("A checklist for where you work"),
                title=value["title"],
                note=value.get("introduction") or "",
                lines=tuple(point["text"] for point in value["points"]),
                mark=Mark.BOX,
            )
        case BlockKind.DOWNLOAD:
            return Piece(label=gettext("On the web"), note=value["title"])
        case BlockKind.SERVICES:
            note = value.get("introduction") or gettext("The course on the web shows the offers.")
            return Piece(label=gettext("On the web"), title=value["title"], note=note)
    return Piece()


def _question(block: Block) -> Piece:
    """Without the answer, in an order that does not tell it."""
    value = block["value"]
    kind = value["quiz"]
    options = shuffled(block) if kind in {QuizKind.ORDER, QuizKind.MATCH} else value["options"]
    lines = tuple(option["text"] for option in options)
    made = {"label": gettext("Try yourself"), "lead": value["question"]}
    match kind:
        case QuizKind.SHORT:
            return Piece(**made, room=1)
        case QuizKind.ORDER:
            note = gettext("Give each a number: 1 comes first.")
            return Piece(**made, lines=lines, mark=Mark.NUMBER, note=note)
        case QuizKind.MATCH:
            below = tuple(dict.fromkeys(sorted(option["match"] for option in options)))
            note = gettext("Choose what belongs to each.")
            return Piece(**made, lines=lines, below=below, note=note)
    note = gettext("Choose one.") if kind == QuizKind.ONE else gettext("Choose all that are right.")
    return Piece(**made, lines=lines, mark=Mark.BOX, note=note)


def _source(source: dict[str, str]) -> PaperSource:
    title, publisher = source.get("title", ""), source.get("publisher", "")
    said = ", ".join(filter(None, (title, publisher, source.get("year", ""))))
    return PaperSource(said=said, url=source.get("url", ""))
