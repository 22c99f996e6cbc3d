"""Editing an event on the desk: what its page shows, and what happens when it is sent."""

from functools import cached_property
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.desk.events.choices import EventChoices, event_choices
from samtun.desk.events.confirm import agreed, ask
from samtun.desk.events.data import cancelled_dates, data_of, new_data
from samtun.desk.events.forms import MORE_ROWS, EventForm
from samtun.desk.events.lacks import lacks_of
from samtun.desk.events.merging import Theirs, began_of, merged, same_in, who_changed
from samtun.desk.events.told import foreseen_of_saving, in_words_of
from samtun.desk.events.ways import ways_of
from samtun.desk.events.when import WHEN_FIELDS, WHEN_VALUES, boxes_of
from samtun.desk.page import page
from samtun.directory.editing.form_widgets import Data
from samtun.directory.editing.forms import typed
from samtun.events.actions import events as actions
from samtun.events.actions.errors import EventError, Invalid
from samtun.events.actions.values import EventValues
from samtun.events.enums import EventKind, EventStatus
from samtun.events.errors import SignUpError
from samtun.events.models import Event
from samtun.organisations.enums import Language
from samtun.people.access import PersonRequest

_SAVING = frozenset({"save", "publish"})


class Work:
    """One person at one event, or at a new one (`event` is None)."""

    def __init__(self, request: PersonRequest, event: Event | None) -> None:
        self.request = request
        self.event = event
        self.language = get_language() or Language.BOKMAL.value

    @cached_property
    def choices(self) -> EventChoices:
        """What can be chosen."""
        return event_choices(self.request.user, self.event, self.language)

    @cached_property
    def stored(self) -> Data:
        """The event as fields, or what a new one begins with."""
        if self.event:
            return data_of(self.event)
        keys = [key for key, _name in self.choices.organizations]
        return new_data(self.request.user, self.language, keys)

    @property
    def _kept_rule(self) -> str:
        event = self.event
        if event is None or not (event.rrule and event.starts_at):
            return ""
        return "" if boxes_of(event.rrule, event.starts_at) else event.rrule

    # -- the page ---------------------------------------------------------------------------------

    def first_page(self) -> HttpResponse:
        """The event as it is."""
        return self._page(self._form(self.stored, checked=False))

    def _form(self, data: Data, *, checked: bool) -> EventForm:
        return EventForm(data, self.choices, kept_rule=self._kept_rule, checked=checked)

    def _page(self, form: EventForm, **more: Any) -> HttpResponse:  # noqa: ANN401
        event = self.event
        context = {
            "form": form,
            "event": event,
            "is_public": event is not None and event.status == EventStatus.PUBLISHED,
            **(ways_of(self.request, event) if event else {}),
            "based_on": self._based_on(),
            "began": began_of(self.stored),
            "lacks": lacks_of(form),
            **more,
        }
        response = page(self.request, "desk/event_edit.html", context, room="events")
        response.status_code = 422 if form.problems and more.get("is_refused") else 200
        return response

    def _based_on(self) -> str:
        return self.event.last_modified.isoformat() if self.event else ""

    # -- what was sent ----------------------------------------------------------------------------

    def answer(self) -> HttpResponse:
        """Do what the button says."""
        data = typed(self.request.POST)
        button = data.get("do") or ""
        if button in _SAVING:
            return self._save(data, publish=button == "publish")
        name, _colon, value = button.partition(":")
        if name == "language" and value in Language.values:
            data.appendlist("in_language", value)
        elif name == "rows":
            for each in ("row-on", "row-begins", "row-ends"):
                data.setlist(each, [*data.getlist(each), *[""] * MORE_ROWS])
        return self._page(self._form(data, checked=False), shows_dates=True, focus=name)

    def _save(self, data: Data, *, publish: bool) -> HttpResponse:
        if self.event and data.get("based_on") != self._based_on():
            both, theirs = merged(data, self.stored, self._form(self.stored, checked=False).words)
            if theirs:
                return self._both(both, theirs)
        form = self._form(data, checked=True)
        if not form.is_valid():
            return self._page(form, is_refused=True)
        try:
            return self._saved(self._values(form, data), publish=publish)
        except Invalid as error:
            form.refuse(error.errors)
        except (EventError, SignUpError) as error:
            form.refuse({"": str(error)})
        return self._page(form, is_refused=True)

    def _values(self, form: EventForm, data: Data) -> EventValues:
        """What to save. Dates that nobody touched are left alone; cancelled ones stay known."""
        values = form.values()
        if self.event is None:
            return values
        if all(same_in(name, data, self.stored) for name in WHEN_FIELDS):
            return cast("EventValues", {k: v for k, v in values.items() if k not in WHEN_VALUES})
        if values.get("dates") and values["kind"] != EventKind.ONE_OFF:
            values["dates"] = [*values["dates"], *cancelled_dates(self.event, values["dates"])]
        return values

    def _both(self, data: Data, theirs: list[Theirs]) -> HttpResponse:
        """Somebody saved in between: their changes are in the form now; look, and save again."""
        who = who_changed(self.event)
        form = self._form(data, checked=False)
        return self._page(form, theirs=theirs, who=str(who) if who else _("Somebody"))

    def _saved(self, values: EventValues, *, publish: bool) -> HttpResponse:
        """Save, after asking first when people would be told."""
        event, person = self.event, self.request.user

        def save(*, cancel_dates: bool) -> Event:
            given: EventValues = {**values, "cancel_dates": cancel_dates}
            return actions.save(event=event, values=given, by=person)

        found = foreseen_of_saving(event, save) if event else None
        if event and found and not agreed(self.request, found):
            return ask(self.request, event, found, do="publish" if publish else "save")
        with transaction.atomic():
            self._lock()
            saved = save(cancel_dates=bool(found))
        return self._done(saved, publish=publish)

    def _lock(self) -> None:
        """Nobody saves between our looking and our saving.

        Raises:
            EventError: somebody did.
        """
        if self.event is None:
            return
        now = Event.objects.select_for_update().get(pk=self.event.pk)
        if now.last_modified != self.event.last_modified:
            raise EventError(_("Somebody else saved in the same moment. Try again."))

    def _done(self, saved: Event, *, publish: bool) -> HttpResponse:
        said = _("“%(name)s” is saved.")
        if publish:
            try:
                actions.publish(event=saved, by=self.request.user)
            except EventError as error:
                why = f"{said % {'name': saved.name}} {in_words_of(error)}"
                messages.warning(self.request, why)
                return redirect("desk:event", saved.pk)
            said = _("“%(name)s” is in the calendar now.")
        elif saved.status == EventStatus.DRAFT:
            said = _("“%(name)s” is saved as a draft. Only you who work here can see it.")
        messages.success(self.request, said % {"name": saved.name})
        return redirect("desk:event", saved.pk)
