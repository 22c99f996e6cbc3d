"""How hard the public texts are to read: LIX per page and language, in `make check`.

LIX (Björnsson, 1968) is the mean number of words in a sentence plus the share, in per cent, of
words of more than six letters. Up to 35 is easy; we aim there and fail above `LIMIT`. Every
heading, list item and paragraph counts as a sentence; words that only name a service, a place or
an address are read too, since a visitor reads them.
"""

import os
import re
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from statistics import mean
from typing import NamedTuple

AIM = 35.0
LIMIT = 42.0
FEWEST_WORDS = 40
LANGUAGES = {"nb": "", "nn": "/nn", "en": "/en"}
PAGES = (
    "/",
    "/valdres/",
    "/valdres/barn-og-unge/",
    "/valdres/sok/?q=avlastning",
    "/valdres/sok/?q=zzqx",
    "/valdres/liste/",
    "/om/",
    "/om/tilgjengelighet/",
    "/om/personvern/",
    "/om/data/",
    "/finnes/ikke/",
)
_LETTERS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?:]+(?:\s|$)")
_BLOCKS = frozenset(
    [
        *("p", "h1", "h2", "h3", "h4", "li", "dt", "dd", "td", "th", "button", "label"),
        *("legend", "summary", "a", "option", "figcaption", "div", "section"),
    ]
)
_SILENT = frozenset(("script", "style", "svg", "template", "head"))


class Visible(HTMLParser):
    """Collects the text a visitor reads, a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a new line."""
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        """So does its end."""
        self._silent -= tag in _SILENT
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        """Text outside scripts and drawings."""
        if not self._silent:
            self.lines[-1] += data


class Measure(NamedTuple):
    """How hard a text is, and how many words that says it of."""

    lix: float
    words: int


def lix(lines: list[str]) -> Measure:
    """LIX of lines, each at least one sentence when it holds a word."""
    sentences = [
        sentence
        for line in lines
        for sentence in _SENTENCE_ENDS.split(line)
        if _LETTERS.search(sentence)
    ]
    words = [word for sentence in sentences for word in _LETTERS.findall(sentence)]
    if not words:
        return Measure(0.0, 0)
    long = sum(len(word) > 6 for word in words)
    return Measure(len(words) / len(sentences) + 100 * long / len(words), len(words))


def of_page(html: str) -> Measure:
    """LIX of what a visitor reads on a page."""
    parser = Visible()
    parser.feed(html)
    return lix([" ".join(line.split()) for line in parser.lines])


def main() -> int:
    """Print a table; 1 when a page or service is too hard."""
    with tempfile.TemporaryDirectory(prefix="samtun-lix-") as folder:
        os.environ.update(
            SAMTUN_DATA_DIR=folder,
            DJANGO_SETTINGS_MODULE="samtun.config.settings",
            SAMTUN_LOG_LEVEL="CRITICAL",
        )
        os.environ.pop("DATABASE_URL", None)
        worst = _pages()
        worst += _services()
    for name, measure in worst:
        print(f"TOO HARD  {name}: LIX {measure.lix:.0f}")
    return 1 if worst else 0


def _pages() -> list[tuple[str, Measure]]:
    from django.test import Client  # noqa: PLC0415  # after the settings are chosen

    from samtun.cli import main as samtun  # noqa: PLC0415

    samtun(["demo", "--prepare-only"], standalone_mode=False)
    visitor = Client(SERVER_NAME="localhost")
    hard = []
    print(f"{'LIX (aim ≤ 35)':34}{'  '.join(LANGUAGES)}")
    for page in PAGES:
        measures = {
            language: of_page(visitor.get(prefix + page).content.decode())
            for language, prefix in LANGUAGES.items()
        }
        print(f"{page:34}" + "  ".join(f"{one.lix:.0f}" for one in measures.values()))
        hard += [
            (f"{prefix}{page}", measures[language])
            for language, prefix in LANGUAGES.items()
            if measures[language].lix > LIMIT and measures[language].words >= FEWEST_WORDS
        ]
    return hard


def _services() -> list[tuple[str, Measure]]:
    """The texts of the example region's services."""
    from samtun.directory.models import Service  # noqa: PLC0415

    fields = ("summary", "description", "eligibility_description", "application_process")
    found: dict[str, list[tuple[str, Measure]]] = {language: [] for language in LANGUAGES}
    for service in Service.objects.order_by("slug"):
        originals = {field: getattr(service, field) for field in fields}
        for language, texts in {**service.translations, service.language: originals}.items():
            lines = [line for field in fields for line in (texts.get(field) or "").splitlines()]
            found[language].append((f"{service.slug} ({language})", lix(lines)))
    for language, measures in found.items():
        values = [one.lix for _, one in measures if one.words]
        above = sum(value > AIM for value in values)
        print(f"services in {language}: mean {mean(values):.0f}, {above} of {len(values)} above")
    return [
        one
        for measures in found.values()
        for one in measures
        if one[1].lix > LIMIT and one[1].words >= FEWEST_WORDS
    ]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
