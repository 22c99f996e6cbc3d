"""Answers in a lesson's forms: from the fields of a plain form to the values that are graded.

The page remembers nothing: what was answered before comes along in a hidden field, so that an
answer to one question does not take away what was said about another.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from samtun.learning.content import Block
from samtun.learning.enums import BlockKind, QuizKind

LONGEST = 5_000  # letters of a reflection
_LONGEST_EARLIER = 20_000
ANSWERED = (BlockKind.QUIZ, BlockKind.REFLECTION, BlockKind.CHECKLIST)


def block_in(posted: QueryDict, blocks: Iterable[Block]) -> Block | None:
    """The block that was answered, if it is one of `blocks` that takes an answer."""
    asked = posted.get("block", "")
    found = (one for one in blocks if one["id"] == asked and one["kind"] in ANSWERED)
    return next(found, None)


def value_in(posted: QueryDict, block: Block) -> object:
    """What was answered to `block`, as `learning.grading` takes it."""
    if block["kind"] == BlockKind.CHECKLIST:
        return posted.getlist("answer")
    if block["kind"] == BlockKind.REFLECTION:
        return posted.get("answer", "")[:LONGEST]
    options = [option["id"] for option in block["value"].get("options", [])]
    match block["value"].get("quiz"):
        case QuizKind.MANY:
            return posted.getlist("answer")
        case QuizKind.ORDER:
            return _ordered(posted, options)
        case QuizKind.MATCH:
            given = {one: posted.get(f"match-{one}", "") for one in options}
            return {one: chosen for one, chosen in given.items() if chosen}
    return posted.get("answer", "")


def _ordered(posted: QueryDict, options: list[str]) -> list[str]:
    """The ids by the place each was given; those without a place are left out."""
    given = {one: posted.get(f"order-{one}", "") for one in options}
    placed = [one for one, place in given.items() if place.isascii() and place.isdigit()]
    return sorted(placed, key=lambda one: given[one].zfill(9)[:9])


def earlier(posted: Mapping[str, str]) -> dict[str, Any]:
    """What was answered before on this page, by block; nothing when that makes no sense."""
    text = posted.get("earlier", "")
    if not text or len(text) > _LONGEST_EARLIER:
        return {}
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()  # half a letter cannot be shown
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def carried(answers: Mapping[str, object]) -> str:
    """Answers for the hidden field; what is too long to carry is left behind."""
    text = json.dumps(dict(answers), ensure_ascii=False, separators=(",", ":"))
    return text if len(text) <= _LONGEST_EARLIER else ""
