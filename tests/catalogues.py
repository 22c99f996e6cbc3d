"""The texts of each package and their translations.

    python tests/catalogues.py

adds texts that are new in the source to the package's catalogues, untranslated, and drops those
that are gone; `tests/test_translations.py` fails while one is missing or untranslated.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, Token, TokenType

PACKAGES = Path(__file__).resolve().parent.parent / "src" / "samtun"
LANGUAGES = ("nb", "nn")
_PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_CONTEXT = {"pgettext", "pgettext_lazy"}
_QUOTED = r"""(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"""
_TRANSLATE = re.compile(
    rf"^(?:translate|trans)\s+{_QUOTED}(?:.*\bcontext\s+[\"'](?P<context>[^\"']*))?"
)
_UNDERSCORE = re.compile(rf"\b_\(\s*{_QUOTED}\s*\)")
_BLOCK = re.compile(r"^blocktrans(?:late)?\b")
_BLOCK_CONTEXT = re.compile(r"\bcontext\s+[\"']([^\"']*)")


class Message(NamedTuple):
    """A text in the source."""

    text: str
    plural: str = ""
    context: str = ""


def texts_of(package: Path) -> set[Message]:
    """Every text that the Python and the templates of `package` send through gettext."""
    found: set[Message] = set()
    for path in package.rglob("*.py"):
        found |= set(_in_python(ast.parse(path.read_text(encoding="utf-8"))))
    for path in package.rglob("*.html"):
        found |= set(_in_template(path.read_text(encoding="utf-8")))
    return found


def _in_python(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [one.value for one in node.args if isinstance(one, ast.Constant)]
        texts = [word for word in words if isinstance(word, str)]
        if name in _PLAIN and texts:
            yield Message(texts[0])
        elif name in _PLURAL and len(texts) >= 2:
            yield Message(texts[0], plural=texts[1])
        elif name in _CONTEXT and len(texts) >= 2:
            yield Message(texts[1], context=texts[0])


def _in_template(source: str) -> Iterator[Message]:
    for match in _UNDERSCORE.finditer(source):
        yield Message(_unescaped(match["text"]))
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type is not TokenType.BLOCK:
            continue
        if match := _TRANSLATE.match(token.contents):
            yield Message(_unescaped(match["text"]), context=match["context"] or "")
        elif _BLOCK.match(token.contents):
            yield _block(token, tokens)


def _block(opening: Token, tokens: Iterator[Token]) -> Message:
    parts = [""]
    for token in tokens:
        if token.token_type is TokenType.BLOCK and token.contents.startswith("endblocktrans"):
            break
        if token.token_type is TokenType.BLOCK and token.contents.strip() == "plural":
            parts.append("")
        elif token.token_type is TokenType.VAR:
            parts[-1] += f"%({token.contents.strip()})s"
        else:
            parts[-1] += token.contents.replace("%", "%%")
    texts = [_trimmed(part) if "trimmed" in opening.contents else part for part in parts]
    context = _BLOCK_CONTEXT.search(opening.contents)
    return Message(texts[0], texts[1] if len(texts) > 1 else "", context[1] if context else "")


def _trimmed(text: str) -> str:
    return " ".join(line.strip() for line in text.strip().splitlines())


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\'", "'")


def catalogue_path(package: Path, language: str) -> Path:
    """Where the translations of `package` into `language` lie."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(package: Path, language: str) -> Catalog:
    """The translations of `package` into `language`; empty when there are none yet."""
    path = catalogue_path(package, language)
    if not path.exists():
        return Catalog(
            locale=language,
            project="Samtun",
            charset="utf-8",
            fuzzy=False,
            header_comment="# Samtun",
        )
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def missing(package: Path, language: str) -> list[Message]:
    """Texts of `package` without a full translation into `language`."""
    known = catalogue(package, language)
    return sorted(message for message in texts_of(package) if not _is_translated(known, message))


def _is_translated(known: Catalog, message: Message) -> bool:
    entry = known.get(message.text, context=message.context or None)
    if entry is None or entry.fuzzy:
        return False
    strings = entry.string if isinstance(entry.string, (list, tuple)) else [entry.string]
    return all(strings) and bool(message.plural) == isinstance(entry.id, (list, tuple))


def stale(package: Path, language: str) -> list[str]:
    """Translations whose text is no longer in the source."""
    texts = {message.text for message in texts_of(package)}
    entries = (entry for entry in catalogue(package, language) if entry.id)
    ids = (entry.id[0] if isinstance(entry.id, (list, tuple)) else entry.id for entry in entries)
    return sorted(text for text in ids if text not in texts)


def renew(package: Path, language: str) -> None:
    """Add new texts to the catalogue and drop those that are gone; translations stay."""
    known = catalogue(package, language)
    for text in stale(package, language):
        known.delete(text)
    for message in sorted(texts_of(package)):
        if known.get(message.text, context=message.context or None) is None:
            identifier = (message.text, message.plural) if message.plural else message.text
            known.add(identifier, context=message.context or None)
    path = catalogue_path(package, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, known, width=100, sort_output=True, no_location=True, omit_header=False)


def packages_with_texts() -> list[Path]:
    """The packages that say something to people."""
    return sorted(path for path in PACKAGES.iterdir() if path.is_dir() and texts_of(path))


if __name__ == "__main__":
    for one in packages_with_texts():
        for language in LANGUAGES:
            renew(one, language)
            sys.stdout.write(f"{one.name} {language}: {len(missing(one, language))} to translate\n")
