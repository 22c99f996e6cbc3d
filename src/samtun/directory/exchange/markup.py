"""HTML from other systems as safe plain text with paragraphs and simple lists."""

import html
import re
from html.parser import HTMLParser

import nh3

_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>")
_OPEN_TAG = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_CLOSING = re.compile(r"</[a-zA-Z]")
_VOID = re.compile(r"<(?:br|hr|img|!)|<(?![a-zA-Z/!?])", re.IGNORECASE)
_DEEPEST = 500  # unclosed tags; the sanitiser takes quadratic time over them
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,12}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "tr"}
)
_SANITISER = nh3.Cleaner(
    tags={*_BLOCKS, "br", "li", "a"},
    clean_content_tags={"script", "style", "template", "iframe", "object", "noscript"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


def has_markup(text: str) -> bool:
    """Whether `text` holds HTML tags or entities."""
    return _has_tags(text) or bool(_ENTITY.search(text) and html.unescape(text) != text)


def _has_tags(text: str) -> bool:
    """Whether `text` holds tags; looks no further than the last that could end one."""
    if "<" not in text:
        return False
    return bool(_TAG.search(text, 0, text.rfind(">") + 1) or _OPEN_TAG.search(text))


def plain(text: str) -> str:
    """`text` without HTML: paragraphs as blank lines, list items as "- ", links as "word (url)".

    What scripts and styles hold is gone. Escaped HTML ("&lt;b&gt;") is taken as HTML too, so
    that the result holds no tag.
    """
    for _round in range(3):
        if not has_markup(text):
            return text
        text = _without_tags(text)
    return text.replace("<", "‹") if has_markup(text) else text


def _without_tags(text: str) -> str:
    words = _Words()
    if _is_deep(text):
        text = _TAG.sub(" ", text[: text.rfind(">") + 1]) + text[text.rfind(">") + 1 :]
        text = text.replace("<", "‹")
    words.feed(_SANITISER.clean(text) if _has_tags(text) else html.escape(html.unescape(text)))
    words.close()
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in words.text().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_deep(text: str) -> bool:
    """Whether more tags stay open than any text needs."""
    if text.count("<") <= _DEEPEST:
        return False
    closing = len(_CLOSING.findall(text))
    return text.count("<") - len(_VOID.findall(text)) - 2 * closing > _DEEPEST


class _Words(HTMLParser):
    """Collects the words of sanitised HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._parts.append("\n\n")
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "li":
            self._parts.append("\n- ")
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._parts.append("\n\n")
        elif tag == "a" and self._links:
            self._end_link(self._links.pop())

    def _end_link(self, address: str) -> None:
        bare = address.removeprefix("mailto:").removeprefix("tel:")
        if bare and bare not in "".join(self._parts[-3:]):
            self._parts.append(f" ({bare})")

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    def text(self) -> str:
        return "".join(self._parts)
