"""The blocks of a course file in one language, as Wagtail stores them.

Ids are derived from the file's, so that they are the same in every language and at every loading.
"""

from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt

from samtun.learning.enums import BlockKind
from samtun.organisations.identifiers import derived_id

Entry = dict[str, Any]
# The key of a picture or file that a name stands for: `("image" | "document", file name)`.
Find = Callable[[str, str], int]
_parser = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "code", "fence", "hr", "html_block", "html_inline"]
)


def html(text: str) -> str:
    """Markdown as the HTML of an editor."""
    return str(_parser.render(text)).strip()


def _nothing(_writer: "Writer", _block: Entry) -> Entry:
    return {}


class Writer:
    """Writes the lessons of one module in one language."""

    def __init__(self, module: str, language: str, find: Find) -> None:
        self.module, self.language, self.find = module, language, find

    def lessons(self, entry: Entry) -> list[Entry]:
        """The stream of all lessons."""
        return [
            self._child("lesson", lesson["id"], lesson, self._lesson(lesson))
            for lesson in entry["lesson"]
        ]

    def _lesson(self, lesson: Entry) -> Entry:
        return {
            "title": self._word(lesson, "title"),
            "minutes": lesson["minutes"],
            "blocks": [
                self._child(block["kind"], block["id"], block, self._block(block))
                for block in lesson["block"]
            ],
        }

    def _child(self, kind: str, key: str, _entry: Entry, value: Entry | str) -> Entry:
        return {"type": kind, "id": str(derived_id(kind, self.module, key)), "value": value}

    def _block(self, block: Entry) -> Entry:
        """Every word in the language, then what is not as simple as that."""
        words = {
            name: self._word(block, name)
            for name, value in block.items()
            if isinstance(value, dict) and name not in {"text", "transcript", "explanation"}
        }
        facts = {name: block[name] for name in ("minutes", "quiz") if name in block}
        made = _SPECIAL.get(block["kind"], _nothing)(self, block)
        sectors: Entry = {"sectors": block.get("sectors", [])}
        return sectors | words | facts | made

    def _word(self, entry: Entry, name: str) -> Any:  # noqa: ANN401  (a text, or a list of them)
        """What stands there, read as one line unless it is a list."""
        value = entry.get(name, {}).get(self.language, "")
        return value if isinstance(value, list) else " ".join(value.split())

    def _rich(self, entry: Entry, name: str) -> str:
        return html(entry.get(name, {}).get(self.language, ""))

    def _with_text(self, block: Entry) -> Entry:
        return {"html": self._rich(block, "text")}

    def _case(self, block: Entry) -> Entry:
        questions = self._word(block, "questions") or []
        return self._with_text(block) | {
            "questions": self._list(block, "question", list(enumerate(questions)))
        }

    def _list(self, block: Entry, kind: str, values: list[tuple[Any, Any]]) -> list[Entry]:
        """A list of a block with ids, from `(key, value)`."""
        return [
            {
                "type": "item",
                "id": str(derived_id(kind, self.module, block["id"], str(key))),
                "value": value,
            }
            for key, value in values
        ]

    def _picture(self, block: Entry) -> Entry:
        return {"image": self.find("image", block["file"])}

    def _film(self, block: Entry) -> Entry:
        captions = [
            (name, {"language": name, "file": self.find("document", file)})
            for name, file in block.get("captions", {}).items()
        ]
        return {
            "file": self.find("document", block["src"]) if block.get("src") else None,
            "address": block.get("address", ""),
            "transcript": self._rich(block, "transcript"),
            "captions": self._list(block, "captions", captions),
        }

    def _quiz(self, block: Entry) -> Entry:
        options = [(option["id"], self._option(option)) for option in block["option"]]
        return {
            "options": self._list(block, "option", options),
            "explanation": self._rich(block, "explanation"),
        }

    def _option(self, option: Entry) -> Entry:
        words = {name: self._word(option, name) for name in ("text", "match", "feedback")}
        return words | {"is_right": bool(option.get("is_right"))}

    def _checklist(self, block: Entry) -> Entry:
        points = [(point["id"], self._word(point, "text")) for point in block["point"]]
        return {"points": self._list(block, "point", points)}

    def _download(self, block: Entry) -> Entry:
        return {"file": self.find("document", block["file"])}

    def _services(self, block: Entry) -> Entry:
        return {name: block.get(name, []) for name in ("needs", "situations")}


_SPECIAL: dict[str, Callable[[Writer, Entry], Entry]] = {
    BlockKind.TEXT: Writer._with_text,
    BlockKind.PICTURE: Writer._picture,
    BlockKind.FILM: Writer._film,
    BlockKind.CASE: Writer._case,
    BlockKind.DISCUSSION: Writer._with_text,
    BlockKind.QUIZ: Writer._quiz,
    BlockKind.CHECKLIST: Writer._checklist,
    BlockKind.DOWNLOAD: Writer._download,
    BlockKind.SERVICES: Writer._services,
}


def sources(owner: str, entries: list[Entry]) -> list[Entry]:
    """The stream of sources; they are said in the language they are in."""
    names = ("title", "publisher", "year", "url", "read_on")
    return [
        {
            "type": "source",
            "id": str(derived_id("source", owner, str(number))),
            "value": {name: str(one.get(name, "")) or None for name in names},
        }
        for number, one in enumerate(entries)
    ]
