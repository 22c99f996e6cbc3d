"""The form in which a leader decides something for one person."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.desk.people.forms import Plain
from samtun.learning.models import Employment
from samtun.learning.queries import standing
from samtun.learning.queries.standing import ItemRow
from samtun.organisations.models import Organization


class Verdict(TextChoices):
    """What a leader can say of one person and one item."""

    EXTEND = "extend", _("Needs more time")
    EXEMPT = "exempt", _("Does not have to do it")
    EQUIVALENT = "equivalent", _("Has learnt it earlier, elsewhere")
    DONE = "done", _("Was there, or has done it")


class DecisionForm(Plain):
    """Who, which item, what, and why."""

    employment = forms.ModelChoiceField(label=_("Who"), queryset=Employment.objects.none())
    item = forms.ChoiceField(label=_("What"))
    verdict = forms.ChoiceField(
        label=_("What do you decide?"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    day = forms.DateField(
        label=_("Date"),
        help_text=_(
            "More time: the new last day. Does not have to: until when, or empty for good. "
            "Done or learnt earlier: the day it was done."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("About the work, in a few words. Never write anything about health here."),
        max_length=300,
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  (a request's POST)
        *,
        unit: Organization,
        items: Sequence[ItemRow],
        today: date,
        asked: Mapping[str, str] | None = None,
    ) -> None:
        """`asked`: whom and what an address asks about, if it does."""
        asked = asked or {}
        start = {"employment": asked.get("hvem", ""), "item": asked.get("hva", "")}
        super().__init__(data, initial=start)
        self.today = today
        who: Any = self.fields["employment"]
        who.queryset = standing.employees_in(unit.pk, today)
        who.label_from_instance = lambda each: f"{each.learner.name} – {each.unit.name}"
        what: Any = self.fields["item"]
        what.choices = [(f"{each.plan}:{each.key}", each.title) for each in items]

    def clean(self) -> dict[str, Any]:
        """More time needs a day to come; what is done was done on a day that has been."""
        given = super().clean() or {}
        verdict, day = given.get("verdict"), given.get("day")
        if verdict == Verdict.EXTEND and (day is None or day <= self.today):
            self.add_error("day", gettext("Give the new last day. It must be a day to come."))
        if verdict == Verdict.EXEMPT and day is not None and day <= self.today:
            self.add_error("day", gettext("Give a day to come, or leave it empty."))
        if verdict in {Verdict.EQUIVALENT, Verdict.DONE} and (day is None or day > self.today):
            self.add_error("day", gettext("Give the day it was done."))
        return given

    @property
    def plan_and_item(self) -> tuple[UUID, UUID]:
        """The plan, and the key of the item in it."""
        plan, _colon, key = self.cleaned_data["item"].partition(":")
        return UUID(plan), UUID(key)
