"""Two at the same event: what the other changed is put into the form, and said."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samtun.desk.events.facts import FactsForm
from samtun.desk.events.texts import TEXTS
from samtun.desk.events.when import WhenForm
from samtun.directory.editing.form_widgets import Data
from samtun.organisations.enums import Language
from samtun.people.models import AuditEvent, User

LONGEST_BEGAN = 200_000
Words = Callable[[str, list[str]], list[str]]
_NOT_TYPED = frozenset({"based_on", "began", "do", "told", "in_language"})


@dataclass(frozen=True, slots=True)
class Theirs:
    """Something that the other changed."""

    label: str
    theirs: str
    is_both: bool  # you changed it too, and yours stands in the form


def began_of(data: Data) -> str:
    """What a form began with, to be sent along."""
    return json.dumps({name: values for name, values in data.lists() if name not in _NOT_TYPED})


def merged(mine: Data, now: Data, words: Words) -> tuple[Data, list[Theirs]]:
    """`mine` with what has changed from what it began with to `now`; where both did, mine stays.

    `words`: the values of a field as a person reads them.
    """
    began, both, found = _read(mine.get("began") or ""), mine.copy(), []
    names = [name for name in {**dict(now.lists()), **began} if name not in _NOT_TYPED]
    for name in names:
        before, theirs, own = began.get(name, []), now.getlist(name), mine.getlist(name)
        if _same(theirs, before) or _same(theirs, own):
            continue
        is_both = not _same(own, before)
        if not is_both:
            both.setlist(name, theirs)
        found.append(Theirs(label_of(name), _shown(words(name, theirs)), is_both))
    return both, _once(found)


def same_in(name: str, one: Data, other: Data) -> bool:
    """Whether the field holds the same in both."""
    return _same(one.getlist(name), other.getlist(name))


def _same(one: list[str], other: list[str]) -> bool:
    return [each.strip() for each in one if each] == [each.strip() for each in other if each]


def _read(text: str) -> dict[str, list[str]]:
    """What was sent along; anything may stand in it."""
    try:
        found = json.loads(text[:LONGEST_BEGAN])
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: values
        for name, values in found.items()
        if isinstance(values, list) and all(isinstance(one, str) for one in values)
    }


def _once(found: list[Theirs]) -> list[Theirs]:
    return list({(one.label, one.theirs): one for one in found}.values())


def _shown(values: list[str]) -> str:
    return ", ".join(each for each in values if each)[:300]


def label_of(name: str) -> str:
    """What a field is called on the page."""
    for form in (WhenForm, FactsForm):
        if name in form.base_fields:
            return str(form.base_fields[name].label)
    language, _dash, key = name.partition("-")
    if language in Language.values:
        labels = {each.key: str(each.label) for each in TEXTS}
        return f"{labels.get(key, key)} ({Language(language).label})"
    return _("Questions") if language == "q" else _("Dates")


def who_changed(event: object) -> User | None:
    """Who did something to the event last."""
    pk = str(getattr(event, "pk", ""))
    found = AuditEvent.objects.filter(object_id=pk).select_related("actor").order_by("-pk")
    last = found.first()
    return last.actor if last else None
