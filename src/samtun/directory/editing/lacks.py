"""What an entry still lacks to be useful, what a tired carer misses most first."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samtun.directory.editing.document import Document
from samtun.organisations.enums import LanguageForm
from samtun.organisations.models import Municipality
from samtun.organisations.recent import for_a_minute

HARD = 45.0  # of LIX; up to 35 is easy, from 45 on it is heavy
FEWEST_WORDS = 40  # below it LIX says nothing
SHORT = 40  # characters of a description that hardly says anything
_LETTERS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?:]+(?:\s|$)|\n+")
_READ = ("summary", "description", "eligibility_description", "application_process")


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing, in words to whoever edits, and the field to write it in."""

    code: str
    text: str
    field: str


Find = Callable[[Document], Lack | None]


def lacks_of(document: Document) -> list[Lack]:
    """What `document` lacks, the most useful first; no query but one remembered for a minute."""
    return list(_found(document))


def lix(text: str) -> float:
    """LIX (Björnsson, 1968): words in a sentence, plus the share of words over six letters.

    0 for a text too short to say anything of.
    """
    sentences = [one for one in _SENTENCE_ENDS.split(text) if _LETTERS.search(one)]
    words = [word for sentence in sentences for word in _LETTERS.findall(sentence)]
    if len(words) < FEWEST_WORDS:
        return 0.0
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


def _found(document: Document) -> Iterator[Lack]:
    for find in _IN_ORDER:
        if lack := find(document):
            yield lack


def _original(document: Document, name: str) -> str:
    return document["texts"].get(document["language"], {}).get(name, "")


def _path(document: Document, name: str) -> str:
    return f"texts.{document['language']}.{name}"


def _reach(document: Document) -> Lack | None:
    ways = (document["phones"], document["email"], document["url"])
    persons = [one for one in document["contacts"] if one["phone"] or one["email"]]
    if any(ways) or persons:
        return None
    return Lack("reach", _("There is no way to reach it: give a number or an address."), "phones")


def _next_step(document: Document) -> Lack | None:
    if _original(document, "application_process"):
        return None
    text = _("It does not say what to do first. Must one apply, call, or just come?")
    return Lack("next_step", text, _path(document, "application_process"))


def _need(document: Document) -> Lack | None:
    if document["needs"]:
        return None
    return Lack("need", _("No need is chosen, so it is hard to find."), "needs")


def _coverage(document: Document) -> Lack | None:
    if document["covers"] or document["covers_country"]:
        return None
    return Lack("coverage", _("It does not say whom it is for: choose municipalities."), "covers")


def _summary(document: Document) -> Lack | None:
    if _original(document, "summary"):
        return None
    text = _("One sentence for the list is missing.")
    return Lack("summary", text, _path(document, "summary"))


def _description(document: Document) -> Lack | None:
    if len(_original(document, "description")) >= SHORT:
        return None
    text = _("Tell a little more about what one gets.")
    return Lack("description", text, _path(document, "description"))


def _meeting(document: Document) -> Lack | None:
    if any(document[way] for way in ("meets_in_person", "meets_by_phone", "meets_online")):
        return None
    text = _("It does not say how one meets: in person, by phone or online.")
    return Lack("meeting", text, "meets_in_person")


def _place(document: Document) -> Lack | None:
    if document["places"] or not document["meets_in_person"]:
        return None
    return Lack("place", _("One meets in person, but where?"), "places")


def _hours(document: Document) -> Lack | None:
    if document["hours"]:
        return None
    return Lack("hours", _("When can one come or call?"), "hours")


def _price(document: Document) -> Lack | None:
    is_said = _original(document, "fees_description") or document["costs"]
    if is_said or document["is_free"] is not None:
        return None
    return Lack("price", _("Does it cost anything? Many dare not ask."), "is_free")


def _nynorsk(document: Document) -> Lack | None:
    has_nynorsk = document["texts"].get("nn", {}).get("name")
    names = [] if has_nynorsk else [
        name for number, name in _write_nynorsk() if number in document["covers"]
    ]  # fmt: skip
    if not names:
        return None
    text = _("%(names)s writes nynorsk, and the text is not there in nynorsk.")
    return Lack("nynorsk", text % {"names": ", ".join(names[:3])}, "texts.nn.name")


@for_a_minute
def _write_nynorsk() -> tuple[tuple[str, str], ...]:
    found = Municipality.objects.filter(language_form=LanguageForm.NYNORSK).order_by("name")
    return tuple(found.values_list("number", "name"))


def _hard(document: Document) -> Lack | None:
    read = "\n".join(_original(document, name) for name in _READ)
    if lix(read) < HARD:
        return None
    text = _("The text is heavy to read. Try shorter sentences and everyday words.")
    return Lack("hard", text, _path(document, "description"))


def _keeper(document: Document) -> Lack | None:
    if document["keeper"] or document["assurer_email"]:
        return None
    text = _("Nobody is asked whether it is still right: choose a keeper.")
    return Lack("keeper", text, "keeper")


_IN_ORDER: tuple[Find, ...] = (
    _reach, _next_step, _need, _coverage, _summary, _place, _description, _meeting, _hours,
    _price, _nynorsk, _hard, _keeper,
)  # fmt: skip
