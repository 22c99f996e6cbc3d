"""Longer texts as HTML: a small part of markdown, everything else as plain text.

The texts come from coordinators and from imports and are never trusted. HTML in them is shown as
text; links go to the web, an e-mail address or a telephone, nowhere else.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from samtun.documents.blocks import safe_url

# Beyond what anybody reads; it is shown without markdown, so that no text can keep a page waiting.
LONGEST_MARKDOWN = 20_000
LONGEST_KEPT = 4_000  # times `maxsize`: some megabytes at the most
# 10 00 50 10, 116 117, 800 30 196: a number to call is read as one, so no line breaks inside it.
_NUMBER = re.compile(r"(?<![\d,.])\d{2,3}(?: \d{2,3}){1,3}(?!,?\d)")
_OFF = ["image", "code", "fence", "hr", "html_block", "html_inline", "reference", "autolink"]


def _heading(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """The page has its own headings; one in a text would stand wrong among them."""
    return "<p><strong>" if tokens[index].nesting == 1 else "</strong></p>\n"


def _link(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    tokens[index].attrSet("rel", "nofollow noopener")
    return str(renderer.renderToken(tokens, index, options, env))


def _text(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    whole = _NUMBER.sub(
        lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), tokens[index].content
    )
    return str(escape(whole))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 12}).disable(
        _OFF
    )
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", _heading)
    parser.add_render_rule("link_open", _link)
    parser.add_render_rule("text", _text)
    parser.validateLink = lambda url: bool(safe_url(url))  # type: ignore[method-assign]
    return parser


_reader = _parser()


@lru_cache(maxsize=512)
def _kept(text: str) -> SafeString:
    return html(text)


def public_html(text: str) -> SafeString:
    """The same for what many read, such as what a service is; short texts are remembered."""
    return _kept(text) if len(text) <= LONGEST_KEPT else html(text)


def html(text: str) -> SafeString:
    """`text` as HTML that is safe in a page. Never raises."""
    if len(text) > LONGEST_MARKDOWN:
        return mark_safe(linebreaks(escape(text)))  # noqa: S308  (escaped here)
    return mark_safe(str(_reader.render(text)).strip())  # noqa: S308  (HTML is switched off)
