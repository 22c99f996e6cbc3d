"""Texts in several languages: the reader's own where it exists, else the original, marked so."""

from collections.abc import Mapping
from typing import NamedTuple

Translations = dict[str, dict[str, str]]


class Text(NamedTuple):
    """A text and the language it is in; `language` belongs in the `lang` attribute."""

    value: str
    language: str

    def __str__(self) -> str:
        return self.value


# A reader of one Norwegian form reads the other before a foreign language.
_FALLBACKS = {"nb": ("nb", "nn"), "nn": ("nn", "nb"), "en": ("en",)}


def in_language(texts: Mapping[str, str], language: str, *, original: str = "nb") -> Text:
    """The text of `texts` (by language) for a reader of `language`.

    Falls back to the other Norwegian form, then to the original, then to whatever there is;
    an empty mapping gives an empty text.
    """
    for candidate in (*_FALLBACKS.get(language, (language,)), original, *texts):
        if value := texts.get(candidate):
            return Text(value, candidate)
    return Text("", language)


def text_of(row: Mapping[str, object], field: str, language: str) -> Text:
    """The text of `field` in a row of `.values()` that has `language` and `translations`."""
    original = str(row["language"])
    value = str(row[field] or "")
    if language == original:
        return Text(value, original)
    translations = row["translations"]
    by_language = {original: value}
    if isinstance(translations, dict):
        by_language |= {code: texts.get(field, "") for code, texts in translations.items()}
    return in_language(by_language, language, original=original)
