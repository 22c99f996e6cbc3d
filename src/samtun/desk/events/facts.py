"""Everything of an event that is neither text nor time: where, for whom, and how one comes."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.desk.events.choices import EventChoices, uuid_or_none
from samtun.directory.editing.form_widgets import Data, choice, line, tick, ticks
from samtun.events.enums import Occasion, SignUp
from samtun.events.models.event import CONSENT_AGE, LARGEST_CAPACITY
from samtun.organisations.enums import Language

NEW = "new"
OLDEST = 120
_YES_NO = (("", _("Not said")), ("yes", _("Yes")), ("no", _("No")))
_HOURS = {
    0: _("When it begins"), 1: _("1 hour"), 2: _("2 hours"), 4: _("4 hours"), 6: _("6 hours"),
    12: _("12 hours"), 24: _("1 day"), 48: _("2 days"), 72: _("3 days"), 96: _("4 days"),
    120: _("5 days"), 168: _("1 week"), 336: _("2 weeks"),
}  # fmt: skip
_OFFERED = {
    "answer_hours": (2, 6, 12, 24, 48, 72, 168),
    "closes_hours_before": (0, 2, 12, 24, 48, 72, 168, 336),
    "remind_hours_before": (24, 48, 72, 168),
}


def _number(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:  # noqa: ANN401
    box = line(inputmode="numeric")
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, widget=box, **more
    )


def _short(label: Any, most: int, help_text: Any = "", kind: str = "text") -> forms.CharField:  # noqa: ANN401
    return forms.CharField(
        label=label, required=False, max_length=most, widget=line(kind), help_text=help_text
    )


def _pick(label: Any, help_text: Any = "", choices: Any = (), **more: Any) -> forms.ChoiceField:  # noqa: ANN401
    more.setdefault("required", False)
    return forms.ChoiceField(
        label=label, widget=choice(), help_text=help_text, choices=choices, **more
    )


def _box(label: Any, help_text: Any = "") -> forms.BooleanField:  # noqa: ANN401
    return forms.BooleanField(label=label, required=False, widget=tick(), help_text=help_text)


def _some(label: Any) -> forms.MultipleChoiceField:  # noqa: ANN401
    return forms.MultipleChoiceField(label=label, required=False, widget=ticks())


class FactsForm(forms.Form):
    """The boxes; what can be chosen comes from `EventChoices`."""

    use_required_attribute = False

    organization = _pick(_("Who arranges it"), required=True)
    language = _pick(_("Language of the original"), choices=Language.choices, required=True)
    occasion = _pick(_("What kind of meeting"), choices=Occasion.choices, required=True)
    # Where.
    meets_in_person = _box(_("People meet at a place"))
    meets_online = _box(_("People can take part online"))
    location = _pick(_("Place"))
    place_name = _short(_("Name of the place"), 300, _("Example: Fagernes bibliotek"))
    address_1 = _short(_("Street address"), 300)
    postal_code = _short(_("Postal code"), 20)
    city = _short(_("Town"), 120)
    accessibility = _short(
        _("Is it easy to get in?"), 500, _("Example: Step-free, lift, toilet for wheelchairs.")
    )
    room = _short(_("Room"), 120, _("Example: The library café, first floor"))
    join_url = forms.URLField(
        label=_("Link to join"), required=False, max_length=2000, widget=line("url"),
        assume_scheme="https",
        help_text=_("Only those who have signed up see it, from 24 hours before. It is never on "
                    "the public page or in calendars that others can see."),
    )  # fmt: skip
    # For whom.
    regions = _some(_("All of a region"))
    municipalities = _some(_("Municipalities"))
    co_organizers = _some(_("Arranged together with"))
    needs = _some(_("What it helps with"))
    target_groups = _some(_("Whom it is for"))
    minimum_age = _number(_("From the age of"), 0, OLDEST)
    maximum_age = _number(_("Up to the age of"), 0, OLDEST)
    children_welcome = _pick(_("Can a child come along?"), choices=_YES_NO)
    is_for_children = _box(_("It is for children, and the words speak to the child"))
    consent_age = _number(
        _("A child can sign up alone from the age of"), 13, 18,
        help_text=_(
            "Younger ones name a grown-up, who says yes or no. From 16 one decides about one's own "
            "health (pasient- og brukerrettighetsloven § 4-3), so 16 is right for most. 13 can do "
            "for something as open as a youth club. At 18 the parents' say is over."
        ),
    )  # fmt: skip
    # Coming.
    sign_up = forms.ChoiceField(
        label=_("Must one sign up?"), widget=forms.RadioSelect,
        choices=((SignUp.NONE, _("No, just come")),
                 (SignUp.ANONYMOUS, _("No, but one may say that one comes, without a name")),
                 (SignUp.REQUIRED, _("Yes, sign up with a name and one way to be reached"))),
    )  # fmt: skip
    capacity = _number(
        _("Seats"), 1, LARGEST_CAPACITY,
        help_text=_("On each date, or in the whole course. Empty: as many as want to."),
    )  # fmt: skip
    maximum_party = _number(
        _("How many can be signed up together"), 1, 50, help_text=_("So that families fit.")
    )
    has_waiting_list = _box(
        _("Waiting list when it is full"),
        _("Whoever is next is asked when seats become free."),
    )
    answer_hours = _pick(_("Time to answer when a seat is offered"))
    closes_hours_before = _pick(_("Sign-up closes before it begins"))
    opens_on = forms.DateField(
        label=_("Sign-up opens on"), required=False, widget=line("date"),
        help_text=_("Empty: as soon as it is published."),
    )  # fmt: skip
    asks_municipality = _box(
        _("Ask which municipality people come from"),
        _("For the numbers you report. They need not answer."),
    )
    remind_hours_before = _pick(_("Reminder before it begins"))
    evaluates = _box(
        _("Ask afterwards how it was"), _("Three short questions. Nobody sees who answered.")
    )
    # The rest.
    is_free = _pick(_("Is it free?"), choices=_YES_NO)
    service = _pick(
        _("Is it a part of an offer on the map?"),
        _("Then the dates are shown there too."),
    )
    contact_name = _short(_("Who answers questions"), 120)
    contact_phone = _short(_("Phone"), 40, kind="tel")
    contact_email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, widget=line("email")
    )
    keep_until = forms.DateField(
        label=_("Keep the list of those who came until"), required=False, widget=line("date"),
        help_text=_("Empty: it is deleted 30 days after the last date. The numbers stay."),
    )  # fmt: skip
    keep_reason = _short(
        _("Why it must be kept"), 300, _("Example: The funder asks for the list by 1 March.")
    )

    def __init__(self, data: Data, choices: EventChoices) -> None:
        """`data`: as it was typed; always drawn from, also when it comes from the event."""
        super().__init__(data)
        offered: dict[str, Any] = {
            "organization": _to_choose(choices.organizations),
            "location": (
                ("", gettext("Not decided yet")),
                *choices.places,
                (NEW, gettext("Another place, that I write below")),
            ),
            "regions": [(one.slug, one.names.get("nb", one.slug)) for one in choices.regions],
            "municipalities": choices.known.municipalities,
            "co_organizers": choices.co_organizers,
            "needs": _all_of(choices.known.needs),
            "target_groups": _all_of(choices.known.target_groups),
            "service": (("", gettext("No, it stands alone")), *choices.services),
        }
        for name, hours in _OFFERED.items():
            offered[name] = _hours(name, hours, data.get(name) or "")
        for name, each in offered.items():
            self.fields[name].choices = each  # type: ignore[attr-defined]
        self.regions_chosen = {one.slug: one.numbers for one in choices.regions}

    def clean(self) -> dict[str, Any]:
        """What belongs together."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        least, most = given.get("minimum_age"), given.get("maximum_age")
        if least is not None and most is not None and least > most:
            self.add_error("maximum_age", gettext("The second age is lower than the first."))
        if given.get("keep_until") and not given.get("keep_reason"):
            self.add_error("keep_reason", gettext("Say why it must be kept longer."))
        if given.get("location") == NEW and not (given.get("place_name") or given.get("address_1")):
            self.add_error("place_name", gettext("Write the name or the address of the place."))
        largest, seats = given.get("maximum_party"), given.get("capacity")
        if largest and seats and largest > seats:
            given["maximum_party"] = seats
        return given

    def values(self) -> dict[str, Any]:
        """As `EventValues` has them; after `is_valid`."""
        given = self.cleaned_data
        plain = {name: given[name] for name in _AS_TYPED}
        hours = {name: int(given[name] or 0) for name in _OFFERED}
        hours["answer_hours"] = hours["answer_hours"] or 24
        return (
            plain
            | hours
            | {
                "organization": UUID(given["organization"]),
                "service": uuid_or_none(given["service"]),
                "co_organizers": self._co_organizers(),
                "municipalities": self._municipalities(),
                "terms": [*given["needs"], *given["target_groups"]],
                "is_free": _answer(given["is_free"]),
                "children_welcome": _answer(given["children_welcome"]),
                "consent_age": given["consent_age"] or CONSENT_AGE,
                "maximum_party": given["maximum_party"] or 6,
                "keep_reason": given["keep_reason"] if given["keep_until"] else "",
                "place": self._place(),
            }
        )

    def _co_organizers(self) -> list[UUID]:
        given = self.cleaned_data
        return [UUID(one) for one in given["co_organizers"] if one != given["organization"]]

    def _municipalities(self) -> list[str]:
        given = self.cleaned_data
        whole = {number for slug in given["regions"] for number in self.regions_chosen[slug]}
        return sorted(whole | set(given["municipalities"]))

    def _place(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        if not given["meets_in_person"] or not given["location"]:
            return None
        if given["location"] != NEW:
            return {"location": UUID(given["location"])}
        return {"location": None, "name": given["place_name"]} | {
            name: given[name] for name in ("address_1", "postal_code", "city", "accessibility")
        }


_AS_TYPED = (
    "language", "occasion", "meets_in_person", "meets_online", "room", "join_url", "minimum_age",
    "maximum_age", "is_for_children", "sign_up", "capacity", "has_waiting_list", "opens_on",
    "asks_municipality", "evaluates", "contact_name", "contact_phone", "contact_email",
    "keep_until",
)  # fmt: skip


def _to_choose(known: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Of many none is chosen beforehand, since the first is seldom the right one."""
    return known if len(known) == 1 else (("", gettext("Choose who")), *known)


def _all_of(groups: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    heads = [group.head for group in groups if group.head[0]]
    return heads + [box for group in groups for box in group.boxes]


def _hours(name: str, offered: tuple[int, ...], now: str) -> list[tuple[str, str]]:
    """The usual ones in words, and the one that is stored."""
    known = set(offered)
    if now.isdigit() and int(now):
        known.add(min(int(now), 14 * 24))
    found = [(str(each), _in_words(each)) for each in sorted(known)]
    if name == "remind_hours_before":
        found.insert(0, ("0", gettext("None")))
    return found


def _in_words(hours: int) -> str:
    if hours in _HOURS:
        return str(_HOURS[hours])
    return gettext("%(hours)s hours") % {"hours": hours}


def _answer(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)
