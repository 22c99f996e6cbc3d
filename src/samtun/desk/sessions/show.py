"""What the one screen shows of a point: the lesson's pieces, without the answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from samtun.learning.content import Block, Lesson, ModuleContent, shown, under_the_title
from samtun.learning.enums import BlockKind, QuizKind
from samtun.learning.models import GroupSession, ModuleVersion
from samtun.learning.queries.checklists import Checklist, filled_in
from samtun.learning.queries.sessions import DISCUSSION, Step, sectors_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as the group sees it; `options` in an order that tells nothing."""

    id: str
    kind: str
    value: dict[str, Any]
    options: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    checklist: Checklist | None = None

    @property
    def text(self) -> str:
        """Of a text: what is written, under the point's title."""
        return under_the_title(self.value["html"])


@dataclass(frozen=True, slots=True)
class Screen:
    """A point of the agenda with what belongs to it."""

    pieces: tuple[Piece, ...] = ()
    language: str = ""
    sources: list[dict[str, str]] = field(default_factory=list)


def screen(session: GroupSession, version: ModuleVersion | None, step: Step | None) -> Screen:
    """What stands on the screen at `step`; two queries where there is a checklist."""
    if version is None or step is None or not step["lesson"]:
        return Screen()
    content: ModuleContent = version.content
    lesson = next((one for one in content["lessons"] if one["id"] == step["lesson"]), None)
    blocks = _blocks(session, lesson, step) if lesson else []
    marked = _marked(session, content, blocks)
    pieces = tuple(_piece(block, marked) for block in blocks)
    return Screen(pieces, version.language)


def _blocks(session: GroupSession, lesson: Lesson, step: Step) -> list[Block]:
    """A task alone; a lesson without the tasks that are points of their own."""
    blocks = shown(lesson["blocks"], sectors_of(session))
    if step["kind"] == DISCUSSION:
        return [block for block in blocks if block["id"] == step["block"]]
    own = {each["block"] for each in session.agenda if each["block"]}
    return [block for block in blocks if block["id"] not in own]


def _marked(
    session: GroupSession, content: ModuleContent, blocks: Iterable[Block]
) -> dict[str, Checklist]:
    if all(block["kind"] != BlockKind.CHECKLIST for block in blocks):
        return {}
    found = filled_in(session.unit, session.module, content, session.language)
    return {one.block: one for one in found}


def _piece(block: Block, marked: dict[str, Checklist]) -> Piece:
    value = block["value"]
    if block["kind"] != BlockKind.QUIZ:
        return Piece(block["id"], block["kind"], value, checklist=marked.get(block["id"]))
    options: Sequence[dict[str, Any]] = value["options"]
    match value["quiz"]:
        case QuizKind.SHORT:
            return _quiz(block, answers=[one["text"] for one in options])
        case QuizKind.ORDER:
            texts = [one["text"] for one in options]
            return _quiz(block, options=_mixed(texts), answers=texts)
        case QuizKind.MATCH:
            return _quiz(
                block,
                options=[one["text"] for one in options],
                partners=_mixed([one["match"] for one in options]),
                answers=[f"{one['text']} – {one['match']}" for one in options],
            )
    right = [one["text"] for one in options if one["is_right"]]
    return _quiz(block, options=[one["text"] for one in options], answers=right)


def _quiz(
    block: Block,
    *,
    options: Sequence[str] = (),
    partners: Sequence[str] = (),
    answers: Sequence[str] = (),
) -> Piece:
    return Piece(
        block["id"], block["kind"], block["value"], tuple(options), tuple(partners), tuple(answers)
    )


def _mixed(texts: Sequence[str]) -> list[str]:
    """The same order each time, and seldom the right one."""
    mixed = sorted(texts, key=lambda text: sha256(text.encode()).digest())
    return [*mixed[1:], mixed[0]] if mixed == list(texts) and len(mixed) > 1 else mixed
