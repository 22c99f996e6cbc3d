"""The machine somebody signed in from, told by its kind and no closer."""

import re

from django.utils.translation import gettext as _

_BROWSERS = (
    ("Edge", r"Edg/|EdgA/|EdgiOS/"),
    ("Opera", r"OPR/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


def kind_of(user_agent: str) -> str:
    """`Firefox/Windows`: enough to know one's own machines by, and no more."""
    return f"{_first(_BROWSERS, user_agent)}/{_first(_SYSTEMS, user_agent)}"


def is_kind(text: str) -> bool:
    """Whether `text` is such a kind already."""
    return re.fullmatch(r"\w*/\w*", text) is not None


def in_words(kind: str) -> str:
    """A kept kind for its owner to read."""
    browser, _slash, system = kind.partition("/")
    if not (browser and system):
        return _("A browser")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, user_agent)), "")
