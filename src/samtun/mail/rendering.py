"""From the parts of a letter to plain text and to HTML that any mail program and reader can show.

No pictures, nothing fetched from anywhere, nothing that tells when a letter is read. All text is
escaped here and nowhere else.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samtun.mail.letters import Button, Entry, List, Part, Text

_SPACE = re.compile(r"\s")
_EMPTY_LINES = re.compile(r"\n\s*\n")
# Characters that turn the direction of what follows, so that an address seems another.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def cleaned(text: str) -> str:
    """`text` without control characters; line ends stay."""
    if text.isprintable():  # nearly always: nothing of what is left out below, and no line end
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter == "\n" or _is_shown(letter)).strip()


def one_line(text: str) -> str:
    """`text` on one line: what a header can hold."""
    return " ".join(cleaned(_SPACE.sub(" ", text)).split())


def as_text(parts: Iterable[Part]) -> str:
    """The letter as plain text; every address is written out."""
    return "\n\n".join(filter(None, (_text_of(part) for part in parts))) + "\n"


def as_html(parts: Iterable[Part]) -> SafeString:
    """The letter's content as HTML, without a frame and without styles."""
    return _joined(_html_of(part) for part in parts)


def _is_shown(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in _TURNING


def _text_of(part: Part) -> str:
    match part:
        case Text():
            return cleaned(part.text)
        case Button():
            return f"{one_line(part.label)}:\n{part.url}"
        case List():
            return "\n".join(f"- {one_line(point)}" for point in part.points)
        case Entry():
            title = one_line(part.title)
            head = "\n".join(filter(None, (title, "-" * min(len(title), 60), cleaned(part.text))))
            return "\n\n".join((head, *(_text_of(button) for button in part.buttons)))


def _html_of(part: Part) -> SafeString:
    match part:
        case Text():
            return _paragraphs(cleaned(part.text))
        case Button():
            return _wrapped("p", _link(part))
        case List():
            points = (_wrapped("li", escape(one_line(point))) for point in part.points)
            return _wrapped("ul", _joined(points))
        case Entry():
            title = _wrapped("h2", escape(one_line(part.title)))
            buttons = _joined(_wrapped("p", _link(button)) for button in part.buttons)
            return _wrapped("section", _joined((title, _paragraphs(cleaned(part.text)), buttons)))


def _paragraphs(text: str) -> SafeString:
    blocks = (block.strip() for block in _EMPTY_LINES.split(text))
    lines = (_joined(map(escape, block.split("\n")), "<br>") for block in blocks if block)
    return _joined(_wrapped("p", line) for line in lines)


def _link(button: Button) -> SafeString:
    label, url = escape(one_line(button.label)), escape(button.url)
    return mark_safe(f'<a class="ds-button" href="{url}">{label}</a>')  # noqa: S308  # both escaped


def _wrapped(name: str, content: SafeString) -> SafeString:
    return mark_safe(f"<{name}>{content}</{name}>\n")  # noqa: S308  # the content is escaped


def _joined(pieces: Iterable[SafeString], between: str = "") -> SafeString:
    return mark_safe(between.join(pieces))  # noqa: S308  # the pieces are escaped
