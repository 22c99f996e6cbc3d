"""Rich text as readers get it: the few tags that `learning.content` allows, and nothing else."""

import re

import nh3
from wagtail.rich_text import expand_db_html

_SANITISER = nh3.Cleaner(
    tags={"p", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote"},
    clean_content_tags={"script", "style"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
)
# What the editor in the browser writes, and what it means.
_NAMES = {"b": "strong", "i": "em", "h2": "h3", "h4": "h3"}
_TAG = re.compile(r"<(/?)(b|i|h2|h4)(?=[\s>])")
_EMPTY = re.compile(r"<(p|h3|li|blockquote)>\s*</\1>")


def clean(source: str) -> str:
    """`source` as stored by an editor, as safe HTML."""
    named = _TAG.sub(lambda found: f"<{found[1]}{_NAMES[found[2]]}", expand_db_html(source))
    return _EMPTY.sub("", _SANITISER.clean(named)).strip()
