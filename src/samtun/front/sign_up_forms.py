"""What somebody writes who comes to a meeting place; the forms validate and save nothing.

Fields are drawn by the templates. One way to be reached is enough: `vei` says which, and what was
typed for the other is left alone.
"""

import re
import unicodedata
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.events.enums import QuestionKind, SignUp
from samtun.events.models import Event, Intake, Party
from samtun.events.models.party import MOST_ANSWERS
from samtun.front.forms import Words
from samtun.organisations.models import Municipality
from samtun.organisations.texts import Text, in_language

EMAIL, PHONE = "epost", "telefon"
MYSELF, MY_CHILD = "selv", "barn"
LONGEST_NAME = 80
LONGEST_ANSWER = 300
OLDEST = 120
_WAYS = ((EMAIL, _("E-mail")), (PHONE, _("Phone")))
# Marks that nobody sees: they turn the direction of writing, or have no width.
_UNSEEN = re.compile(r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:no|com|net|org|ru|io|info)\b", re.IGNORECASE)
_NOT_DIALLED = re.compile(r"[\s().\-/\u2010-\u2015]+")


class Line(Words):
    """One line without what nobody sees."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401  (as the base class has it)
        """What was written, on one line."""
        return " ".join(_UNSEEN.sub("", super().to_python(value)).split())


class NameField(Line):
    """A name, or a first name. It stands in a letter, so it leads nowhere."""

    def clean(self, value: Any) -> str:  # noqa: ANN401  (as the base class has it)
        """The name.

        Raises:
            forms.ValidationError: too long, or with a web address in it.
        """
        name = super().clean(value)
        if _ADDRESS.search(name):
            raise forms.ValidationError(gettext("Write only a name here."))
        return str(name)


class AddressField(forms.EmailField):
    """An e-mail address, also one that was copied together with what nobody sees."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401  (as the base class has it)
        """The address as it was meant.

        Raises:
            forms.ValidationError: it holds what no calendar and no header can.
        """
        written = _UNSEEN.sub("", super().to_python(value) or "").strip()
        if not written.isprintable():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return written.removeprefix("mailto:")


class PhoneField(Line):
    """A Norwegian number, however it is grouped, or an international one with its `+`."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401  (as the base class has it)
        """`12 34 56 78` or `+4612345678`.

        Raises:
            forms.ValidationError: nobody could dial it.
        """
        written = unicodedata.normalize("NFKC", super().to_python(value))
        if not written:
            return ""
        number = re.sub(r"^00", "+", _NOT_DIALLED.sub("", written)).removeprefix("+47")
        if re.fullmatch(r"[0-9]{8}", number):
            return " ".join(re.findall("..", number))
        if re.fullmatch(r"\+[1-9][0-9]{6,14}", number):
            return number
        raise forms.ValidationError(
            gettext(
                "Write a phone number with eight digits, or one from abroad that begins with +."
            )
        )


class PartyForm(forms.Form):
    """What can be changed afterwards too: who, how many, how to reach them, the answers."""

    navn = NameField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Write a name. A first name is enough.")},
    )
    vei = forms.ChoiceField(
        label=_("How can we reach you?"),
        choices=_WAYS,
        error_messages={"required": _("Choose e-mail or phone.")},
    )
    epost = AddressField(
        label=_("Your e-mail"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Write the e-mail address like this: name@example.no")},
    )
    telefon = PhoneField(label=_("Your phone number"), max_length=40, required=False)
    antall = forms.TypedChoiceField(label=_("How many of you come?"), coerce=int)
    kommune = forms.ChoiceField(label=_("Where do you live?"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (of the base class)
        intake: Intake,
        language: str,
        municipalities: Iterable[Municipality],
        least: int = 1,
        **fields: Any,  # noqa: ANN401  (of the base class)
    ) -> None:
        """`least`: so many may be chosen whatever the limits are, since a party has as many."""
        super().__init__(*args, **fields)
        self.use_required_attribute = False
        self.intake, self.event, self.language = intake, intake.event, language
        self.places = {one.number: one for one in municipalities}
        self._offer_sizes(max(least, most_of(intake)))
        self._ask()
        self._place()
        if self.event.sign_up == SignUp.ANONYMOUS:
            self._keep_only("antall")

    def _keep_only(self, *names: str) -> None:
        self.fields = {name: self.fields[name] for name in names if name in self.fields}

    def _offer_sizes(self, most: int) -> None:
        choice = self.fields["antall"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  (for the type checker)
        choice.choices = [(number, str(number)) for number in range(1, most + 1)]
        wrong = gettext("Choose how many of you come, at most %(most)d.") % {"most": most}
        choice.error_messages |= {"required": wrong, "invalid_choice": wrong}

    def _ask(self) -> None:
        """What the organiser needs to know, each with the reason."""
        self.asked: list[tuple[str, Text]] = []  # the name of the field, and why it is there
        for kind, label, why, is_required in questions_of(self.event, self.language):
            self.fields[f"svar_{kind}"] = Words(
                label=label.value,
                max_length=LONGEST_ANSWER,
                required=is_required,
                error_messages={"required": gettext("Answer this: %(label)s") % {"label": label}},
            )
            self.asked.append((f"svar_{kind}", why))

    def _place(self) -> None:
        if not (self.event.asks_municipality and self.places):
            del self.fields["kommune"]
            return
        choice = self.fields["kommune"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  (for the type checker)
        places = [(number, one.name) for number, one in self.places.items()]
        choice.choices = [("", _("Another place, or I would rather not say")), *places]

    @property
    def questions(self) -> list[tuple[forms.BoundField, Text]]:
        """The organiser's questions, each with why it is asked."""
        return [(self[name], why) for name, why in self.asked if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """One way to be reached, and it is the one chosen."""
        said = super().clean() or {}
        if "vei" in self.fields:
            self._reached(said)
        return said

    def _reached(self, said: dict[str, Any], whose: str = "") -> None:
        """Keep the way that was chosen; what stands in the other field is no error."""
        way = said.get(f"{whose}vei") or ""
        for other in {EMAIL, PHONE} - {way}:
            self.errors.pop(f"{whose}{other}", None)
            said[f"{whose}{other}"] = ""
        field = f"{whose}{way}"
        if way and not said.get(field) and field not in self.errors:
            missing = {
                EMAIL: gettext("Write an e-mail address."),
                PHONE: gettext("Write a phone number."),
            }
            self.add_error(field, missing[way])

    def values(self) -> dict[str, Any]:
        """What was said, as `events.actions.parties.change` takes it."""
        said = self.cleaned_data
        if self.event.sign_up == SignUp.ANONYMOUS:
            return {"size": said["antall"]}
        answers = {name.removeprefix("svar_"): said.get(name) or "" for name, _why in self.asked}
        return {
            "size": said["antall"],
            "name": said["navn"],
            "email": said["epost"],
            "phone": said["telefon"],
            "answers": {kind: text for kind, text in answers.items() if text},
            "municipality": self.places.get(said.get("kommune", "")),
        }


class SignUpForm(PartyForm):
    """What is asked once. Of children also who is asked whether it is fine."""

    forste_gang = forms.BooleanField(label=_("This is the first time that I come"), required=False)
    hvem = forms.ChoiceField(
        label=_("Who signs up?"),
        choices=((MYSELF, _("I sign up myself")), (MY_CHILD, _("I sign up my child"))),
        error_messages={"required": _("Choose who signs up.")},
    )
    alder = forms.IntegerField(
        label=_("How old are you?"),
        min_value=1,
        max_value=OLDEST,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write how old you are, with digits.")
        ),
    )
    foresatt = forms.BooleanField(
        label=_("I have parental responsibility for the child"), required=False
    )
    voksen_navn = NameField(
        label=_("What is the grown-up called?"), max_length=LONGEST_NAME, required=False
    )
    voksen_vei = forms.ChoiceField(
        label=_("How can we reach the grown-up?"), choices=_WAYS, required=False
    )
    voksen_epost = AddressField(
        label=_("The grown-up's e-mail"), max_length=254, required=False,
        error_messages={"invalid": _("Write the e-mail address like this: name@example.no")},
    )  # fmt: skip
    voksen_telefon = PhoneField(
        label=_("The grown-up's phone number"), max_length=40, required=False
    )
    skjema = forms.UUIDField(required=False, widget=forms.HiddenInput)
    CHILDREN = (
        "hvem", "alder", "foresatt", "voksen_navn", "voksen_vei", "voksen_epost", "voksen_telefon",
    )  # fmt: skip
    field_order = ("hvem", "alder", "foresatt", "navn", "vei", "epost", "telefon", "antall")

    def __init__(self, *args: Any, **fields: Any) -> None:  # noqa: ANN401  (of the base class)
        super().__init__(*args, **fields)
        if not self.event.is_for_children or self.event.sign_up == SignUp.ANONYMOUS:
            for name in self.CHILDREN:
                self.fields.pop(name, None)

    def _keep_only(self, *names: str) -> None:
        super()._keep_only(*names, "skjema")

    def clean(self) -> dict[str, Any]:
        """A child names a grown-up; a parent says that they are one."""
        said = super().clean()
        if "hvem" in self.fields:
            if said.get("hvem") == MY_CHILD:
                self._by_a_parent(said)
            elif said.get("hvem") == MYSELF:
                self._by_a_child(said)
        return said

    def _by_a_parent(self, said: dict[str, Any]) -> None:
        for name in ("alder", "voksen_navn", "voksen_vei", "voksen_epost", "voksen_telefon"):
            self.errors.pop(name, None)
            said[name] = None if name == "alder" else ""
        if not said.get("foresatt"):
            self.add_error(
                "foresatt",
                gettext("Tick that you have parental responsibility, or let the child sign up."),
            )

    def _by_a_child(self, said: dict[str, Any]) -> None:
        said["foresatt"] = False
        age = said.get("alder")
        if age is None:
            if "alder" not in self.errors:
                self.add_error("alder", gettext("Write how old you are, with digits."))
            return
        if age >= self.event.consent_age:
            for name in ("voksen_navn", "voksen_vei", "voksen_epost", "voksen_telefon"):
                self.errors.pop(name, None)
                said[name] = ""
            return
        if not said.get("voksen_navn") and "voksen_navn" not in self.errors:
            self.add_error("voksen_navn", gettext("Write the name of a grown-up we can ask."))
        said["voksen_vei"] = said.get("voksen_vei") or EMAIL
        self._reached(said, "voksen_")

    def form_key(self) -> uuid.UUID:
        """What makes two presses of the button one sign-up; a new one for a new form."""
        written = self.data.get("skjema", "") if self.is_bound else ""
        try:
            return uuid.UUID(written)
        except ValueError:
            return uuid.uuid4()

    def values(self) -> dict[str, Any]:
        """What was said, as `events.actions.parties.sign_up` takes it."""
        said = self.cleaned_data
        return super().values() | {
            "language": self.language,
            "is_first_time": said.get("forste_gang") or None,
            "age": said.get("alder"),
            "guardian_name": said.get("voksen_navn") or "",
            "guardian_email": said.get("voksen_epost") or "",
            "guardian_phone": said.get("voksen_telefon") or "",
            "is_guardian": bool(said.get("foresatt")),
            "form_key": self.form_key(),
        }


def most_of(intake: Intake) -> int:
    """The largest party that can ever have seats."""
    capacity = intake.event.maximum_party if intake.capacity is None else intake.capacity
    return max(1, min(intake.event.maximum_party, capacity))


def questions_of(event: Event, language: str) -> list[tuple[str, Text, Text, bool]]:
    """(kind, label, why, is_required) of what the organiser asks, for a reader of `language`."""
    found = []
    for one in event.questions[:MOST_ANSWERS]:
        kind = one.get("kind")
        if kind not in QuestionKind.values:
            continue
        label = in_language(one.get("label") or {}, language, original=event.language)
        label = label if label.value else Text(str(QuestionKind(kind).label), language)
        why = in_language(one.get("why") or {}, language, original=event.language)
        found.append((kind, label, why, bool(one.get("is_required"))))
    return found


def shown_of(party: Party) -> dict[str, Any]:
    """What stands in the form when `party` opens it."""
    way = EMAIL if party.email or not party.phone else PHONE
    answers = {f"svar_{kind}": text for kind, text in party.answers.items()}
    return answers | {
        "navn": party.name,
        "vei": way,
        "epost": party.email,
        "telefon": party.phone,
        "antall": party.size,
        "kommune": party.municipality_id or "",
    }
