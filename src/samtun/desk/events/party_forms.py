"""The desk's forms of those who come. They validate, and save nothing.

An organiser may do more than a visitor (larger parties, after closing), but what the event does
not ask about is not asked here either.
"""

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samtun.directory.editing.form_widgets import choice, line, lines, tick
from samtun.events.enums import SignUp
from samtun.events.models import Event, Intake, Message, Party
from samtun.events.models.event import LARGEST_CAPACITY
from samtun.organisations.enums import Language
from samtun.organisations.models import Municipality
from samtun.organisations.queries import municipality_names
from samtun.organisations.texts import Text, in_language

LONGEST_ANSWER = 500
LONGEST_MESSAGE = 3_000
_ODD_IN_PHONE = re.compile(r"[^\d+\s().-]")
_FEWEST_DIGITS = 5


class Quiet(forms.Form):
    """Without the browser's own bubbles: errors are said at the field, in the page's language."""

    use_required_attribute = False


class PartyForm(Quiet):
    """Who, how many, how to reach them, and what the organiser asks about."""

    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("A first name is enough."),
        max_length=120, widget=line(),
    )  # fmt: skip
    size = forms.IntegerField(
        label=gettext_lazy("How many come, all told"), min_value=1, max_value=LARGEST_CAPACITY,
        initial=1, widget=line("number", inputmode="numeric", min="1"),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Phone"), required=False, max_length=40, widget=line("tel"),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, max_length=254, widget=line("email"),
        help_text=gettext_lazy("With an address they get letters. Without one, you must call."),
    )  # fmt: skip

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:  # noqa: ANN401  (of Django)
        super().__init__(*args, **kwargs)
        self.event = event
        self.whys: dict[str, Text] = {}
        if event.sign_up == SignUp.ANONYMOUS:
            for field in ("name", "phone", "email"):
                del self.fields[field]
            return
        self._ask()
        if event.asks_municipality:
            self.fields["municipality"] = forms.ChoiceField(
                label=_("Which municipality do they live in?"), required=False, widget=choice(),
                choices=municipality_choices(event), help_text=_("For the numbers. May be empty."),
            )  # fmt: skip

    def _ask(self) -> None:
        language = get_language() or "nb"
        for question in self.event.questions:
            label, why = (
                in_language(question.get(key) or {}, language, original=self.event.language)
                for key in ("label", "why")
            )
            self.fields[f"answer_{question['kind']}"] = forms.CharField(
                label=label.value, help_text=why.value, max_length=LONGEST_ANSWER,
                required=bool(question.get("is_required")), widget=line(),
            )  # fmt: skip

    def clean_phone(self) -> str:
        """A number that a phone can dial."""
        phone: str = self.cleaned_data["phone"].strip()
        too_short = sum(sign.isdigit() for sign in phone) < _FEWEST_DIGITS
        if phone and (_ODD_IN_PHONE.search(phone) or too_short):
            raise forms.ValidationError(_("Write the number with digits."))
        return phone

    def clean(self) -> dict[str, Any]:
        """There is one way to reach them, unless nobody is named."""
        given: dict[str, Any] = super().clean() or {}
        tried = {"phone", "email"} & set(self.errors)
        if "phone" in self.fields and not tried and not self._can_be_reached(given):
            self.add_error("phone", _("Write a phone number or an e-mail address."))
        return given

    def _can_be_reached(self, given: dict[str, Any]) -> bool:
        return bool(given.get("phone") or given.get("email"))

    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of `events.actions.parties.change`."""
        given = dict(self.cleaned_data)
        answers = {
            name.removeprefix("answer_"): given.pop(name)
            for name in list(given)
            if name.startswith("answer_")
        }
        if self.event.sign_up != SignUp.ANONYMOUS:
            given["answers"] = {kind: text for kind, text in answers.items() if text}
        if "municipality" in given:
            number = given["municipality"]
            given["municipality"] = Municipality.objects.filter(pk=number).first()
        return given


class NewPartyForm(PartyForm):
    """Somebody calls and wants to come."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:  # noqa: ANN401  (of Django)
        kwargs["initial"] = {"form_key": uuid.uuid4(), "language": event.language}
        super().__init__(*args, event=event, **kwargs)
        self.fields["is_first_time"] = forms.NullBooleanField(
            label=_("Is it their first time?"), required=False, widget=_yes_no()
        )
        if event.sign_up != SignUp.ANONYMOUS:
            self.fields["language"] = forms.ChoiceField(
                label=_("Language of the letters"), choices=Language.choices, widget=choice()
            )
            if event.is_for_children:
                self._ask_for_a_grown_up()
        self.order_fields(["name", "age", "size", "phone", "email", "guardian_says_yes"])

    def _ask_for_a_grown_up(self) -> None:
        self.fields["age"] = forms.IntegerField(
            label=_("How old is the child?"), min_value=0, max_value=120, required=False,
            widget=line("number", inputmode="numeric"),
        )  # fmt: skip
        self.fields["guardian_says_yes"] = forms.BooleanField(
            label=_("I am talking with a parent, who says that the child may come"),
            required=False, widget=tick(),
            help_text=_("If not: write below how to reach one. The place is held meanwhile."),
        )  # fmt: skip
        self.fields["guardian_name"] = forms.CharField(
            label=_("The parent's name"), required=False, max_length=120, widget=line()
        )
        self.fields["guardian_phone"] = forms.CharField(
            label=_("The parent's phone"), required=False, max_length=40, widget=line("tel")
        )
        self.fields["guardian_email"] = forms.EmailField(
            label=_("The parent's e-mail"), required=False, max_length=254, widget=line("email")
        )

    def _can_be_reached(self, given: dict[str, Any]) -> bool:
        """A child may be reached through its parent."""
        by_parent = given.get("guardian_phone") or given.get("guardian_email")
        return bool(by_parent) or super()._can_be_reached(given)

    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of `events.actions.parties.sign_up`."""
        given = super().values()
        given["is_guardian"] = given.pop("guardian_says_yes", False)
        return given


class SeatsForm(Quiet):
    """How many there is room for."""

    capacity = forms.IntegerField(
        label=gettext_lazy("Seats"), required=False, min_value=1, max_value=LARGEST_CAPACITY,
        help_text=gettext_lazy("Empty: no limit."),
        widget=line("number", inputmode="numeric", min="1"),
    )  # fmt: skip


class MessageForm(Quiet):
    """Word to those who come."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=Message._meta.get_field("subject").max_length,
        widget=line(), help_text=gettext_lazy("Example: We meet at the library this time"),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("What you want to say"), max_length=LONGEST_MESSAGE, widget=lines(8),
        help_text=gettext_lazy(
            "Others at home may read it. Write nothing about illness, and nobody's name."
        ),
    )  # fmt: skip
    to_waiting = forms.BooleanField(
        label=gettext_lazy("Also to those who wait for a place"), required=False, widget=tick()
    )


def initial_of(party: Party) -> dict[str, Any]:
    """What the form of a party shows before anything is changed."""
    answers = {f"answer_{kind}": text for kind, text in party.answers.items()}
    names = ("name", "size", "phone", "email")
    return {
        **{name: getattr(party, name) for name in names},
        "municipality": party.municipality_id or "",
        **answers,
    }


def municipality_choices(event: Event) -> list[tuple[str, Any]]:
    """Those the event is for, then all others."""
    names = municipality_names()
    own = sorted(one.pk for one in event.municipalities.all())
    near = [(number, names.get(number, number)) for number in own]
    others = sorted(
        ((number, name) for number, name in names.items() if number not in own),
        key=lambda each: each[1],
    )
    return [("", _("Not known")), (_("Near"), near), (_("Elsewhere"), others)]


def question_labels(event: Event, language: str) -> dict[str, str]:
    """What each kind of answer is an answer to."""
    return {
        question["kind"]: in_language(
            question.get("label") or {}, language, original=event.language
        ).value
        for question in event.questions
    }


def may_sign_up(intake: Intake) -> bool:
    """Whether there is a list at all."""
    return intake.event.sign_up != SignUp.NONE


def _yes_no() -> forms.Select:
    widget = forms.NullBooleanSelect(attrs={"class": "ds-input"})
    widget.choices = [("unknown", _("Not asked")), ("true", _("Yes")), ("false", _("No"))]
    return widget
