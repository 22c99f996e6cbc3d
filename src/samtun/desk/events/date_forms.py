"""The small forms about one date, and about calling off or repeating the whole."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samtun.desk.events.choices import EventChoices
from samtun.desk.events.when import Span, in_sight, span
from samtun.directory.editing.form_widgets import choice, line, lines
from samtun.directory.models import Location
from samtun.events.models import Occurrence
from samtun.events.recurrence import OSLO

LONGEST_NOTICE = 500


def _notice(label: Any, help_text: Any) -> forms.CharField:  # noqa: ANN401  (texts said later)
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_NOTICE, widget=lines(3),
        help_text=help_text,
    )  # fmt: skip


class NoticeForm(forms.Form):
    """A word along with a cancellation."""

    use_required_attribute = False

    notice = _notice(
        _("Why, in a sentence"),
        _("It stands on the public page, and in the letter to those who have signed up. "
          "Example: The speaker is ill. We try again in the autumn."),
    )  # fmt: skip


class CopyForm(forms.Form):
    """When it begins again."""

    use_required_attribute = False

    first_on = forms.DateField(
        label=_("The first date this time"), widget=line("date"),
        help_text=_("The other dates come as many days later as the first one."),
    )  # fmt: skip

    def clean_first_on(self) -> date:
        """A day that somebody may mean."""
        return in_sight(self.cleaned_data["first_on"])


class _SpanForm(forms.Form):
    """A date and its times by the clock on the wall; `cleaned_data["span"]` when all are there."""

    use_required_attribute = False

    on = forms.DateField(label=_("Date"), widget=line("date"))
    begins = forms.TimeField(label=_("From"), widget=line("time"))
    ends = forms.TimeField(label=_("To"), widget=line("time"))

    def clean(self) -> dict[str, Any]:
        """Put the three together."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if all(given.get(name) for name in ("on", "begins", "ends")):
            try:
                given["span"] = span(given["on"], given["begins"], given["ends"])
            except ValidationError as error:
                self.add_error("ends", error)
        return given


class NewDateForm(_SpanForm):
    """One more date."""

    theme = forms.CharField(label=_("Theme"), required=False, max_length=200, widget=line())


class DateForm(_SpanForm):
    """Everything of one date."""

    theme = forms.CharField(
        label=_("Theme"), required=False, max_length=200, widget=line(),
        help_text=_("What this date is about, if it is something special."),
    )  # fmt: skip
    location = forms.ChoiceField(label=_("Place"), required=False, widget=choice())
    room = forms.CharField(
        label=_("Room"), required=False, max_length=120, widget=line(),
        help_text=_("Empty: as the event."),
    )  # fmt: skip
    join_url = forms.URLField(
        label=_("Link to join"), required=False, max_length=2000, assume_scheme="https",
        widget=line("url"), help_text=_("Empty: as the event. Only those who come see it."),
    )  # fmt: skip
    notice = _notice(
        _("Word to those who come"),
        _("It stands on the public page of this date. Example: Use the back door today."),
    )

    def __init__(self, data: Any, *, date: Occurrence, choices: EventChoices) -> None:  # noqa: ANN401
        """`date` as it is, and the places that can be chosen."""
        super().__init__(data, initial=_initial(date))
        known = list(choices.places)
        if date.location and str(date.location_id) not in dict(known):
            known.insert(0, (str(date.location_id), date.location.name))
        same = ("", str(_("The same as the event")))
        self.fields["location"].choices = [same, *known]  # type: ignore[attr-defined]

    @property
    def new_span(self) -> Span:
        """From when to when; after `is_valid`."""
        found: Span = self.cleaned_data["span"]
        return found

    def changes(self) -> dict[str, Any]:
        """What stands about it beside its time; after `is_valid`."""
        given = self.cleaned_data
        key = given["location"]
        return {
            "theme": given["theme"],
            "room": given["room"],
            "join_url": given["join_url"],
            "notice": given["notice"],
            "location": Location.objects.get(pk=UUID(key)) if key else None,
        }


def _initial(date: Occurrence) -> dict[str, Any]:
    begins, ends = date.starts_at.astimezone(OSLO), date.ends_at.astimezone(OSLO)
    return {
        "on": begins.date().isoformat(),
        "begins": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "theme": date.theme,
        "location": str(date.location_id or ""),
        "room": date.room,
        "join_url": date.join_url,
        "notice": date.notice,
    }
