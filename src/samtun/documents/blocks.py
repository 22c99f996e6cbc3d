"""Reads the markdown subset of service texts into blocks that a template can draw.

Paragraphs, lists, strong, emphasis and links; a heading becomes a strong paragraph and anything
else is plain text. HTML is text too. Nothing of it is ever read as Typst source.
"""

from collections.abc import Iterator
from typing import TypedDict
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

_parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 12}).disable(
    ["image", "code", "fence", "blockquote", "hr", "html_block", "reference", "autolink"]
)


class Span(TypedDict):
    """A run of text in one style; `url` is empty or safe to link to."""

    text: str
    strong: bool
    emphasis: bool
    url: str


class Block(TypedDict):
    """`kind` is paragraph, bullets or numbers; each item is a line of spans."""

    kind: str
    items: list[list[Span]]


def safe_url(url: str) -> str:
    """`url` if a reader may be sent there from a PDF (web, e-mail, phone), else nothing."""
    if len(url) > 2000 or not url.isprintable() or " " in url:
        return ""
    try:
        scheme, host = urlsplit(url)[:2]
    except ValueError:
        return ""
    if scheme in {"http", "https"}:
        return url if host else ""
    return url if scheme in {"mailto", "tel"} else ""


def _spans(inline: Token) -> list[Span]:
    spans: list[Span] = []
    strong, emphasis, url = 0, 0, ""
    for token in inline.children or []:
        if token.type == "link_open":
            url = safe_url(str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            url = ""
        elif token.tag == "strong":
            strong += token.nesting
        elif token.tag == "em":
            emphasis += token.nesting
        else:
            text = token.content or (" " if token.type == "softbreak" else "\n")
            spans.append({"text": text, "strong": strong > 0, "emphasis": emphasis > 0, "url": url})
    return spans


def _strong(spans: list[Span]) -> list[Span]:
    return [{**span, "strong": True} for span in spans]


def _read(text: str) -> Iterator[Block]:
    depth, block, heading = 0, None, False
    for token in _parser.parse(text):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
            if depth == 1:
                kind = "bullets" if token.tag == "ul" else "numbers"
                block = Block(kind=kind, items=[])
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
            if depth == 0 and block:
                yield block
                block = None
        elif token.type == "heading_open":
            heading = True
        elif token.type == "inline":
            spans = _strong(_spans(token)) if heading else _spans(token)
            heading = False
            if block:
                block["items"].append(spans)
            else:
                yield Block(kind="paragraph", items=[spans])


def text_blocks(text: str) -> list[Block]:
    """The blocks of `text`; lists below lists are drawn at one level. Never raises."""
    return [block for block in _read(text) if any(block["items"])]
