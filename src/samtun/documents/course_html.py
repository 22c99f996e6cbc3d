"""Reads the few tags of a lesson's rich text into blocks that a template can draw.

`p h3 ul ol li strong em a blockquote`; whatever else there is, only its text is kept.
"""

from html.parser import HTMLParser

from samtun.documents.blocks import Block, Span, safe_url

_KINDS = {"p": "paragraph", "h3": "heading", "ul": "bullets", "ol": "numbers"}
_MOST_DEEP = 12


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._strong = self._emphasis = self._quoted = self._lists = 0
        self._urls: list[str] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote":
            self._quoted += 1
        elif tag in {"ul", "ol"}:
            self._lists = min(self._lists + 1, _MOST_DEEP)
            if self._lists == 1:
                self._begin(_KINDS[tag])
        elif tag == "li" and self._lists:
            self.blocks[-1]["items"].append([])
            self._is_open = True
        elif tag in _KINDS and not self._lists:
            self._begin("quote" if self._quoted else _KINDS[tag])
            self.blocks[-1]["items"].append([])
        else:
            self._style(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._quoted = max(self._quoted - 1, 0)
        elif tag in {"ul", "ol"}:
            self._lists = max(self._lists - 1, 0)
            self._is_open = self._lists > 0
        elif tag in {"p", "h3"} and not self._lists:
            self._is_open = False
        elif tag == "strong":
            self._strong = max(self._strong - 1, 0)
        elif tag == "em":
            self._emphasis = max(self._emphasis - 1, 0)
        elif tag == "a" and self._urls:
            self._urls.pop()

    def handle_data(self, data: str) -> None:
        if not self._is_open or not self.blocks[-1]["items"]:
            if not data.strip():
                return
            self._begin("paragraph")
            self.blocks[-1]["items"].append([])
        self.blocks[-1]["items"][-1].append(self._span(" ".join(data.split("\n"))))

    def _span(self, text: str) -> Span:
        url = self._urls[-1] if self._urls else ""
        return {
            "text": text,
            "strong": self._strong > 0,
            "emphasis": self._emphasis > 0,
            "url": url,
        }

    def _begin(self, kind: str) -> None:
        self.blocks.append({"kind": kind, "items": []})
        self._is_open = True

    def _style(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "strong":
            self._strong += 1
        elif tag == "em":
            self._emphasis += 1
        elif tag == "a":
            self._urls.append(safe_url(attrs.get("href") or ""))


def html_blocks(html: str) -> list[Block]:
    """The blocks of `html`; lists below lists are drawn at one level. Never raises."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for block in reader.blocks:
        block["items"] = [spans for spans in block["items"] if any(one["text"] for one in spans)]
    return [block for block in reader.blocks if block["items"]]
