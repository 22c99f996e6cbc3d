"""The parts of the offer form that are the same in every language and stand once."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.directory.editing.form_choices import Choice, Choices, Group
from samtun.directory.editing.form_widgets import (
    Data,
    QuietForm,
    choice_field,
    day_field,
    line,
    text_field,
    tick_field,
)
from samtun.organisations.enums import Language

_FREE = [("", _("It varies, or we do not know")), ("yes", _("No, it is free")), ("no", _("Yes"))]
_EVERY_DAYS = (30, 60, 90, 180, 365)
_TICKS = ("covers_country", "is_for_children", "is_urgent", "meets_in_person", "meets_by_phone",
          "meets_online")  # fmt: skip
_TEXTS = ("url", "email", "assurer_email")
_ONE_OF_A_LIST = ("organization", "language", "keeper")
ONLY_ON_THE_DESK = ("organization", "language", "is_urgent", "keywords", "keeper", "assurer_email",
                    "confirm_every_days", "publish_on", "end_on", "is_closed")  # fmt: skip


class FactsForm(QuietForm):
    """Everything but texts and rows."""

    organization = choice_field(_("Who gives it"))
    language = choice_field(
        _("Which language is the original?"),
        Language.choices,
        _("The one you write first. The others are translations of it."),
    )
    needs = forms.MultipleChoiceField(label=_("What it helps with"))
    target_groups = forms.MultipleChoiceField(label=_("Life situations"))
    covers = forms.MultipleChoiceField(label=_("Where they live"))
    covers_more = text_field(
        _("Other municipalities"),
        help_text=_("Names with a comma between. Example: Gol, Hemsedal"),
    )
    covers_country = tick_field(_("The whole country"))
    minimum_age = text_field(_("From age"), line(inputmode="numeric"))
    maximum_age = text_field(_("To age"), line(inputmode="numeric"))
    is_for_children = tick_field(_("It is for children and young people, and written to them"))
    is_urgent = tick_field(_("It is help at once, in danger or crisis"))
    meets_in_person = tick_field(_("We meet"))
    meets_by_phone = tick_field(_("By phone"))
    meets_online = tick_field(_("On the web"))
    url = text_field(_("Page on the web"), line("url"), _("Example: https://kafe.example/tema"))
    email = text_field(
        _("E-mail"), line("email"), _("An address that somebody reads. Everybody sees it.")
    )
    is_free = choice_field(_("Does it cost anything?"), _FREE)
    spoken = forms.MultipleChoiceField(label=_("Languages spoken"))
    keywords = text_field(
        _("Words people may search for"),
        help_text=_("Everyday words that are not in the text, with a comma between."),
    )
    is_closed = tick_field(_("Closed for a while"))
    keeper = choice_field(
        _("Keeper, a colleague"),
        help_text=_("The keeper gets a letter when it is time to check that all is right."),
    )
    assurer_email = text_field(
        _("Or an e-mail address at the provider"),
        line("email"),
        _("They need no account. Visitors do not see the address."),
    )
    confirm_every_days = choice_field(_("How often we ask"))
    publish_on = day_field(_("Publish on"), _("A draft goes public that morning."))
    end_on = day_field(_("Last day"), _("The day after, it is taken off the map by itself."))

    def __init__(self, data: Data, choices: Choices, *, for_keeper: bool) -> None:
        """`for_keeper`: without what only the desk decides."""
        super().__init__(data)
        self.choices = choices
        chosen = {
            "organization": [("", gettext("Choose")), *choices.organizations],
            "needs": flat(choices.needs),
            "target_groups": flat(choices.target_groups),
            "covers": list(choices.municipalities),
            "spoken": list(choices.spoken),
            "keeper": [("", gettext("Nobody")), *choices.keepers],
            "confirm_every_days": _intervals(str(data.get("confirm_every_days") or "")),
        }
        for key, values in chosen.items():
            self.fields[key].choices = values  # type: ignore[attr-defined]  # those that choose
        for key in ONLY_ON_THE_DESK if for_keeper else ():
            del self.fields[key]

    def said(self) -> dict[str, Any]:
        """What the document gets of it, not looked at yet; notes what nobody could choose."""
        made: dict[str, Any] = {key: bool(self.typed(key)) for key in _TICKS if key in self.fields}
        made |= {key: self.text(key) for key in _TEXTS if key in self.fields}
        made |= {key: self._chosen(key) for key in _ONE_OF_A_LIST if key in self.fields}
        made |= {key: _number(self.text(key)) for key in ("minimum_age", "maximum_age")}
        made["is_free"] = {"yes": True, "no": False}.get(self.text("is_free"))
        made |= {key: self._ticked(key) for key in ("needs", "target_groups")}
        made["languages"] = self._ticked("spoken")
        made["covers"] = [*self._ticked("covers"), *self._more_municipalities()]
        if "keywords" in self.fields:
            made["keywords"] = _words(self.text("keywords"))
            made["confirm_every_days"] = _number(self.text("confirm_every_days"))
            made |= {key: self.text(key) or None for key in ("publish_on", "end_on")}
        return made

    def _chosen(self, key: str) -> str | None:
        value = self.text(key)
        if value not in dict(self.fields[key].choices):  # type: ignore[attr-defined]
            self.wrong(key, [gettext("Choose one of those that are there.")])
            return ""
        return value or (None if key == "keeper" else "")

    def _ticked(self, key: str) -> list[str]:
        known = dict(self.fields[key].choices)  # type: ignore[attr-defined]
        values = self.typed(key) or []
        if strange := [value for value in values if value not in known]:
            said = gettext("This cannot be chosen here: %(what)s.")
            self.wrong(key, [said % {"what": ", ".join(strange)[:100]}])
        return [value for value in values if value in known]

    def _more_municipalities(self) -> list[str]:
        """Numbers of the municipalities named; a name that is not one is said to be so."""
        names = self.choices.municipality_names
        known = {name.casefold(): number for number, name in names.items()}
        known |= {number: number for number in names}
        words = _words(self.text("covers_more"))
        if strange := [word for word in words if word.casefold() not in known]:
            said = gettext("There is no municipality called %(names)s.")
            self.wrong("covers_more", [said % {"names": ", ".join(strange)[:200]}])
        return [known[word.casefold()] for word in words if word.casefold() in known]


def flat(groups: tuple[Group, ...]) -> list[Choice]:
    """All boxes of `groups` one after the other."""
    return [one for group in groups for one in (group.head, *group.boxes) if one[0]]


def _words(text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in text.replace(";", ",").split(","))
    return list(dict.fromkeys(filter(None, parts)))


def _number(text: str) -> int | str | None:
    """A number; what is none stays as it was typed, for `cleaning` to say so."""
    is_number = text.isascii() and text.isdigit() and len(text) <= 4
    return int(text) if is_number else text or None


def _intervals(current: str) -> list[Choice]:
    days = set(_EVERY_DAYS)
    if current.isascii() and current.isdigit() and len(current) <= 4:
        days.add(int(current))
    said = gettext("Every %(count)s days")
    default = ("", gettext("As often as the region says"))
    return [default, *((str(each), said % {"count": each}) for each in sorted(days))]
