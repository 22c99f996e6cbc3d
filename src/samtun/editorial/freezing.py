"""A page as plain content (`learning.content`), which is what is frozen when it is published."""

from collections.abc import Callable
from typing import Any

from samtun.editorial.keeping import Keep, keep
from samtun.editorial.models import CoursePage, EditorialDocument, EditorialImage, ModulePage
from samtun.editorial.rich import clean
from samtun.learning.content import Block, CourseContent, Lesson, ModuleContent, Option
from samtun.learning.enums import BlockKind

Value = Any  # a StructValue of `editorial.blocks`
Child = Any  # of a stream or list, with its id
PICTURE = "max-1280x1280|format-webp"


def module_content(page: ModulePage, keep: Keep = keep) -> ModuleContent:
    """A module in the language of its page."""
    return {
        "title": page.title,
        "summary": page.summary,
        "goals": _lines(page.goals),
        "lessons": [_lesson(child, number, keep) for number, child in enumerate(page.lessons)],
        "sources": _sources(page.sources),
    }


def course_content(page: CoursePage, keep: Keep = keep) -> CourseContent:
    """A course in the language of its page; its modules are the same in all languages."""
    picture = _picture(page.picture, {}, keep) if page.picture else {}
    return {
        "title": page.title,
        "summary": page.summary,
        "for_whom": page.for_whom,
        "goals": _lines(page.goals),
        "picture": picture,
        "modules": [str(one.value.translation_key) for one in page.modules if one.value],
        "authors": page.authors,
        "sources": _sources(page.sources),
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _sources(stream: Any) -> list[dict[str, str]]:  # noqa: ANN401  (a StreamValue)
    names = ("title", "publisher", "year", "url", "read_on")
    return [{name: str(child.value.get(name) or "") for name in names} for child in stream]


def _lesson(child: Child, number: int, keep: Keep) -> Lesson:
    """What is not saved yet has no id; then its place will do, for a preview."""
    place = child.id or f"lesson-{number}"
    return {
        "id": place,
        "title": child.value["title"],
        "minutes": child.value["minutes"] or 1,
        "blocks": [
            _block(piece, f"{place}-{position}"[-36:], keep)
            for position, piece in enumerate(child.value["blocks"])
        ],
    }


def _block(piece: Child, place: str, keep: Keep) -> Block:
    return {
        "id": piece.id or place,
        "kind": piece.block_type,
        "sectors": list(piece.value["sectors"] or ()),
        "value": _KINDS[piece.block_type](piece.value, keep),
    }


def _text(value: Value, _keep: Keep) -> dict[str, Any]:
    return {"html": _html(value["html"])}


def _html(text: Any) -> str:  # noqa: ANN401  (a RichText or None)
    return clean(text.source) if text else ""


def _of_picture(value: Value, keep: Keep) -> dict[str, Any]:
    return _picture(value["image"], value, keep)


def _picture(image: EditorialImage | None, said: Any, keep: Keep) -> dict[str, Any]:  # noqa: ANN401
    """A draft may lack what is needed to publish it."""
    if image is None:
        return {"src": "", "width": 0, "height": 0, "alt": "", "caption": "", "credit": ""}
    rendition = image.get_rendition(PICTURE)
    return {
        "src": keep(rendition.file, rendition.file.name),
        "width": rendition.width,
        "height": rendition.height,
        "alt": said.get("alt") or image.alt_text,
        "caption": said.get("caption") or "",
        "credit": said.get("credit") or image.credit,
    }


def _film(value: Value, keep: Keep) -> dict[str, Any]:
    poster = value["poster"]
    return {
        "title": value["title"],
        "src": _file(value["file"], keep) if value["file"] else "",
        "address": value["address"] or "",
        "poster": _picture(poster, {}, keep)["src"] if poster else "",
        "minutes": value["minutes"],
        "captions": [
            {"language": one["language"], "src": _file(one["file"], keep)}
            for one in value["captions"]
        ],
        "transcript": _html(value["transcript"]),
    }


def _file(document: EditorialDocument | None, keep: Keep) -> str:
    return keep(document.file, document.filename) if document else ""


def _case(value: Value, _keep: Keep) -> dict[str, Any]:
    return {
        "title": value["title"],
        "html": _html(value["html"]),
        "questions": [str(one) for one in value["questions"]],
    }


def _reflection(value: Value, _keep: Keep) -> dict[str, Any]:
    return {"prompt": value["prompt"]}


def _discussion(value: Value, _keep: Keep) -> dict[str, Any]:
    return {
        "title": value["title"],
        "html": _html(value["html"]),
        "minutes": value["minutes"],
    }


def _quiz(value: Value, _keep: Keep) -> dict[str, Any]:
    return {
        "quiz": value["quiz"],
        "question": value["question"],
        "options": [
            _option(child, number) for number, child in enumerate(value["options"].bound_blocks)
        ],
        "explanation": _html(value["explanation"]),
    }


def _option(child: Child, number: int) -> Option:
    value = child.value
    return {
        "id": child.id or f"option-{number}",
        "text": value["text"],
        "is_right": bool(value["is_right"]),
        "match": value["match"] or "",
        "feedback": value["feedback"] or "",
    }


def _checklist(value: Value, _keep: Keep) -> dict[str, Any]:
    return {
        "title": value["title"],
        "introduction": value["introduction"] or "",
        "points": [
            {"id": child.id or f"point-{number}", "text": str(child.value)}
            for number, child in enumerate(value["points"].bound_blocks)
        ],
    }


def _download(value: Value, keep: Keep) -> dict[str, Any]:
    document = value["file"]
    return {
        "title": value["title"],
        "src": _file(document, keep),
        "filename": document.filename if document else "",
        "size": (document and document.get_file_size()) or 0,
    }


def _services(value: Value, _keep: Keep) -> dict[str, Any]:
    return {
        "title": value["title"],
        "introduction": value["introduction"] or "",
        "needs": list(value["needs"] or ()),
        "situations": list(value["situations"] or ()),
    }


_KINDS: dict[str, Callable[[Value, Keep], dict[str, Any]]] = {
    BlockKind.TEXT: _text,
    BlockKind.PICTURE: _of_picture,
    BlockKind.FILM: _film,
    BlockKind.CASE: _case,
    BlockKind.REFLECTION: _reflection,
    BlockKind.DISCUSSION: _discussion,
    BlockKind.QUIZ: _quiz,
    BlockKind.CHECKLIST: _checklist,
    BlockKind.DOWNLOAD: _download,
    BlockKind.SERVICES: _services,
}
