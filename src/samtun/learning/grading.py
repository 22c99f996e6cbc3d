"""Whether an answer to a question of a lesson is right, and what to say about it.

Pure: nothing is read or kept. `value` comes from anybody, so whatever it is, it only ever counts as
an answer or as none. What an answer looks like, by the kind of question:

- one: the option's id · many: a list of ids · order: a list of ids, first to last
- match: `{option's id: id of the option whose match was chosen}` · short: a text
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from samtun.learning.content import Block, Option
from samtun.learning.enums import BlockKind, QuizKind

LONGEST = 500  # letters of a short text that are looked at
_MOST = 100  # parts of an answer that are looked at


@dataclass(frozen=True, slots=True)
class Said:
    """One option of the question after the answer.

    `was_chosen` is whether it was in the answer; `is_right` whether that was right of it: None
    where there is nothing to say, as for what was rightly left alone.
    """

    id: str
    text: str
    was_chosen: bool
    is_right: bool | None
    feedback: str
    solution: str = ""  # order: its place; match: what belongs to it


@dataclass(frozen=True, slots=True)
class Graded:
    """What came of an answer: `is_right` is None when nothing was answered, or nothing can be."""

    is_right: bool | None
    right: int = 0  # parts of the answer that are right, of `parts`
    parts: int = 0
    options: tuple[Said, ...] = ()
    language: str = ""

    @property
    def is_partly_right(self) -> bool:
        """Something is right, but not all."""
        return self.is_right is False and self.right > 0


def grade(block: Block, value: object, language: str = "") -> Graded:
    """What to tell somebody who answered `value` to the quiz `block`; never raises."""
    if block["kind"] != BlockKind.QUIZ:
        return Graded(None, language=language)
    how = _GRADERS.get(str(block["value"].get("quiz")))
    options = block["value"].get("options") or []
    if how is None or not options:
        return Graded(None, language=language)
    return how(options, value, language)


def shuffled(block: Block) -> list[Option]:
    """The options of `block` in an order that tells nothing, and is the same every time."""
    options: list[Option] = block["value"].get("options") or []

    def place(option: Option) -> bytes:
        return blake2b(f"{block['id']} {option['id']}".encode(), digest_size=8).digest()

    mixed = sorted(options, key=place)
    return [*mixed[1:], mixed[0]] if mixed == options and len(mixed) > 1 else mixed


def _one(options: list[Option], value: object, language: str) -> Graded:
    ids = {option["id"] for option in options}
    chosen = value if isinstance(value, str) and value in ids else None
    said = tuple(
        _said(
            option, option["id"] == chosen, option["is_right"] if option["id"] == chosen else None
        )
        for option in options
    )
    right = any(each.was_chosen and each.is_right for each in said)
    return Graded(None if chosen is None else right, int(right), 1, said, language)


def _many(options: list[Option], value: object, language: str) -> Graded:
    """Of what was not chosen nothing is said: that would tell the answer."""
    chosen = set(_words(value))
    said = tuple(
        _said(option, is_in := option["id"] in chosen, option["is_right"] if is_in else None)
        for option in options
    )
    wanted = sum(1 for option in options if option["is_right"])
    found = sum(1 for each in said if each.is_right)
    answered = any(each.was_chosen for each in said)
    is_right = found == wanted and all(each.is_right is not False for each in said)
    return Graded(is_right if answered else None, found, wanted, said, language)


def _order(options: list[Option], value: object, language: str) -> Graded:
    ids = [option["id"] for option in options]
    given = [one for one in dict.fromkeys(_words(value)) if one in ids]
    places = {one: place for place, one in enumerate(given)}
    said = tuple(
        _said(
            option,
            option["id"] in places,
            places.get(option["id"]) == place if given else None,
            str(place + 1),
        )
        for place, option in enumerate(options)
    )
    return _all_of(said, answered=bool(given), language=language)


def _match(options: list[Option], value: object, language: str) -> Graded:
    """Chosen by id, judged by text: two options may have the same match."""
    texts = {option["id"]: option["match"] for option in options}
    pairs = value if isinstance(value, Mapping) else {}
    chosen = {
        one: texts[other]
        for one in texts
        if isinstance(other := pairs.get(one), str) and other in texts
    }
    said = tuple(
        _said(
            option,
            option["id"] in chosen,
            chosen.get(option["id"]) == option["match"] if chosen else None,
            option["match"],
        )
        for option in options
    )
    return _all_of(said, answered=bool(chosen), language=language)


def _short(options: list[Option], value: object, language: str) -> Graded:
    text = plain(value) if isinstance(value, str) else ""
    said = tuple(
        _said(option, fits := plain(option["text"]) == text != "", fits or None)
        for option in options
    )
    right = any(each.was_chosen for each in said)
    return Graded(right if text else None, int(right), 1, said, language)


def plain(text: str) -> str:
    """`text` as it is compared: without case, punctuation and doubled spaces."""
    composed = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    kept = "".join(letter if letter.isalnum() else " " for letter in composed)
    return " ".join(kept.split())


def _all_of(said: tuple[Said, ...], *, answered: bool, language: str) -> Graded:
    right = sum(1 for each in said if each.is_right)
    is_right = right == len(said) if answered else None
    return Graded(is_right, right, len(said), said, language)


def _said(
    option: Option,
    was_chosen: bool,  # noqa: FBT001
    is_right: bool | None,  # noqa: FBT001
    solution: str = "",
) -> Said:
    feedback = option["feedback"] if was_chosen else ""
    return Said(option["id"], option["text"], was_chosen, is_right, feedback, solution)


def _words(value: object) -> list[str]:
    """The texts in a list that anybody may have sent."""
    if not isinstance(value, Iterable) or isinstance(value, str | bytes | Mapping):
        return []
    return [one for one, _ in zip(value, range(_MOST), strict=False) if isinstance(one, str)]


_GRADERS: dict[str, Callable[[list[Option], object, str], Graded]] = {
    QuizKind.ONE: _one,
    QuizKind.MANY: _many,
    QuizKind.ORDER: _order,
    QuizKind.MATCH: _match,
    QuizKind.SHORT: _short,
}
