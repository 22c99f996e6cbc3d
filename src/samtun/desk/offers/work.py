"""Editing an offer on the desk: what its page shows, and what happens when it is sent."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.desk.offers import suggestion_work
from samtun.desk.offers.address import public_address
from samtun.desk.page import page
from samtun.directory.editing import drafts, forms
from samtun.directory.editing.document import Document, empty
from samtun.directory.editing.errors import Changed, Invalid
from samtun.directory.editing.form_preview import Preview
from samtun.directory.editing.form_saving import Wish, finish
from samtun.directory.editing.form_settling import taken
from samtun.directory.editing.lacks import lacks_of
from samtun.directory.editing.merging import Conflict, merge
from samtun.directory.editing.reading import document_of
from samtun.directory.editing.similar import Similar, similar_to
from samtun.directory.editing.versions import base_of, newest_number
from samtun.directory.enums import PUBLIC_STATUSES, ServiceStatus
from samtun.directory.models import Service, ServiceDraft
from samtun.directory.queries.kept import organizations_of
from samtun.organisations.enums import Language
from samtun.people.models import User
from samtun.people.rules import may

_SAVING = frozenset({"save", "publish"})


class Work:
    """One person at one offer, or at a new one (`service` is None)."""

    def __init__(self, request: HttpRequest, person: User, service: Service | None) -> None:
        self.request = request
        self.person = person
        self.service = service
        self.language = get_language() or Language.BOKMAL.value

    @cached_property
    def document(self) -> Document:
        """The offer as it is stored; a new one has what can be known beforehand."""
        if self.service:
            return document_of(self.service)
        own = list(organizations_of(self.person).values_list("pk", "municipality")[:2])
        document = empty(language=self.language if self.language != "en" else "nb")
        document["keeper"] = str(self.person.pk)
        if len(own) == 1:
            document["organization"] = str(own[0][0])
            document["covers"] = [own[0][1]] if own[0][1] else []
        return document

    @cached_property
    def choices(self) -> forms.Choices:
        """What can be chosen."""
        return forms.choices_for(self.person, self.document, self.language)

    @cached_property
    def newest(self) -> int:
        """The number of the version that is stored."""
        return newest_number(self.service) if self.service else 0

    # -- the page ---------------------------------------------------------------------------------

    def first_page(self) -> HttpResponse:
        """The offer as it is, or the draft that is asked for."""
        wanted = self.request.GET.get("utkast", "")
        draft = self._draft(wanted) if wanted else None
        if draft:
            return self._page(self._form(_from_draft(draft), checked=False))
        form = self._form(forms.data_of(self.document), checked=False)
        if self.service is None or self.service.status not in PUBLIC_STATUSES:
            return self._page(form, unsaved=self._unsaved())
        form.data["confirmed"] = "on"
        return self._page(form, unsaved=self._unsaved())

    def _form(self, data: forms.Data, *, checked: bool, focus: str = "") -> forms.OfferForm:
        defaults = {"based_on": str(self.newest), "sheet": str(uuid4())}
        if self.service is None:
            defaults["draft"] = str(uuid4())
        for key, value in defaults.items():
            if not data.get(key):
                data[key] = value
        return forms.OfferForm(
            data, self.choices, document=self.document, checked=checked, focus=focus
        )

    def _draft(self, wanted: str) -> ServiceDraft | None:
        if self.service:
            return drafts.read(person=self.person, service=self.service)
        return drafts.read(person=self.person, draft=identifier(wanted))

    def _unsaved(self) -> list[ServiceDraft]:
        """Drafts to go on with."""
        if self.service:
            draft = drafts.read(person=self.person, service=self.service)
            return [draft] if draft else []
        return [each for each in drafts.drafts_of(self.person) if each.service_id is None]

    def _page(self, form: forms.OfferForm, **more: Any) -> HttpResponse:  # noqa: ANN401
        context = {
            "form": form,
            "work": self,
            "service": self.service,
            "is_public": self.document["status"] in PUBLIC_STATUSES,
            "is_archived": self.document["status"] == ServiceStatus.DEFUNCT,
            "public_url": public_address(self.service) if self.service else "",
            "organization_url": self._organization_url(),
            "may_add_organization": may(self.person, "organisations.add_organization"),
            "conflicts": self._conflicts(form),
            "alike": self._alike(form.document()) if self.service is None else [],
            "suggestion": suggestion_work.beside(self.request, self.service),
            **self.aside(form),
        }
        return page(self.request, "desk/offer_edit.html", context | more, room="offers")

    def _organization_url(self) -> str:
        """Where to change who gives the offer, for those who may."""
        giver = self.service.organization if self.service else None
        if giver is None or not may(self.person, "organisations.change_organization", giver):
            return ""
        return reverse("desk:organization", args=[giver.pk])

    def aside(self, form: forms.OfferForm) -> dict[str, Any]:
        """What stands beside the form: how it will look, and what it lacks."""
        document = form.document()
        shown = form.data.get("shown_in") or form.original
        language = shown if shown in Language.values else form.original
        return {
            "form": form,
            "preview": Preview(document, self.choices, language),
            "lacks": [(form.anchor_of(lack.field), lack.text) for lack in lacks_of(document)],
        }

    def fragment(self) -> dict[str, Any]:
        """The same for a form that was sent but is not saved."""
        return self.aside(self._form(forms.typed(self.request.POST), checked=False))

    def _alike(self, document: Document) -> list[tuple[Similar, str]]:
        """Offers that look the same and that this person may see, with their addresses."""
        found = []
        for one in similar_to(document, besides=self.service):
            if may(self.person, "directory.view_service", one.service):
                found.append((one, reverse("desk:offer", args=[one.service.pk])))
            elif one.service.status in PUBLIC_STATUSES:
                found.append((one, public_address(one.service)))
        return found

    def _conflicts(self, form: forms.OfferForm) -> list[Conflict]:
        """What two have written about the same thing, until one text has been chosen."""
        before = number(form.data.get("against"))
        if not self.service or before is None:
            return []
        base = base_of(self.service, before)
        theirs = base_of(self.service, number(form.data.get("based_on")) or 0)
        return merge(base, form.document(), theirs).conflicts if base and theirs else []

    # -- what was sent ----------------------------------------------------------------------------

    def answer(self) -> HttpResponse:
        """Do what the button says."""
        data = forms.typed(self.request.POST)
        button = forms.pressed(data)
        if button in _SAVING:
            return self._save(data, publish=button == "publish")
        if button == "discard":
            return self._discard(data)
        if button == "take":
            return self._take(data)
        changed = forms.after_button(data)
        return self._page(self._form(changed.data, checked=False, focus=changed.focus))

    def _save(self, data: forms.Data, *, publish: bool) -> HttpResponse:
        form = self._form(data, checked=True)
        if not form.is_valid():
            return self._page(form)
        is_new = self.service is None and not data.get("not_the_same")
        if is_new and self._alike(form.document()):
            return self._page(form, must_look_alike=True)
        try:
            saved = self._finish(form.document(), data, number(data.get("based_on")), publish)
        except Invalid as error:
            form.refuse(error.errors)
            return self._page(form)
        except Changed as changed:
            return self._both(form, changed, publish=publish)
        return self._done(saved, data, publish=publish)

    def _finish(
        self,
        document: Document,
        data: forms.Data,
        based_on: int | None,
        publish: bool,  # noqa: FBT001
    ) -> Service:
        wish = Wish(publish, bool(data.get("confirmed")), identifier(data.get("draft")))
        return finish(
            document=document,
            by=self.person,
            service=self.service,
            based_on=based_on,
            wish=wish,
        )

    def _both(self, form: forms.OfferForm, changed: Changed, *, publish: bool) -> HttpResponse:
        """Somebody saved in between: put both together, and ask about what collides."""
        assert self.service  # noqa: S101  (a new offer has nobody else)
        before = number(form.data.get("based_on")) or 0
        newest = changed.current_version
        base = base_of(self.service, before) or newest.document
        both = merge(base, form.document(), newest.document)
        data = _carried(forms.data_of(both.document), form.data)
        data["based_on"] = str(newest.number)
        if both.conflicts:
            data["against"] = str(before)
            again = self._form(data, checked=False)
            return self._page(again, changed=changed, who=_names(changed))
        try:
            saved = self._finish(both.document, data, newest.number, publish)
        except Invalid as error:
            again = self._form(data, checked=True)
            again.refuse(error.errors)
            return self._page(again)
        fields = ", ".join(dict.fromkeys(each.label for each in changed.differences))
        said = _("%(who)s changed this while you wrote: %(fields)s. Both changes are kept.")
        messages.info(self.request, said % {"who": _names(changed), "fields": fields})
        return self._done(saved, data, publish=publish)

    def _done(self, saved: Service, data: forms.Data, *, publish: bool) -> HttpResponse:
        if publish:
            said = _("“%(name)s” is on the map now.")
        elif saved.status == ServiceStatus.INACTIVE:
            said = _("“%(name)s” is saved as a draft. Only you who work here can see it.")
        else:
            said = _("“%(name)s” is saved.")
        messages.success(self.request, said % {"name": saved.name})
        if suggestion_work.answered_by_saving(self.request, saved, by=self.person):
            messages.success(self.request, _("What somebody told us is answered as well."))
        sheet = identifier(data.get("sheet")) or ""
        return redirect(f"{reverse('desk:offer', args=[saved.pk])}?lagret={sheet}")

    def _discard(self, data: forms.Data) -> HttpResponse:
        draft = identifier(data.get("do", "").partition(":")[2])
        drafts.drop(person=self.person, service=self.service, draft=draft)
        messages.info(self.request, _("The draft is thrown away."))
        return redirect(self.request.path)

    def _take(self, data: forms.Data) -> HttpResponse:
        """Put what the other wrote into the form."""
        form = self._form(data, checked=False)
        key = data.get("do", "").partition(":")[2]
        based_on = number(data.get("based_on")) or 0
        theirs = base_of(self.service, based_on) if self.service else None
        if theirs is None:
            return self._page(form)
        document = taken(key, theirs=theirs, mine=form.document())
        return self._page(self._form(_carried(forms.data_of(document), data), checked=False))

    def keep(self) -> ServiceDraft:
        """Keep what is typed. Raises `TooLarge`."""
        data = forms.typed(self.request.POST)
        return drafts.keep(
            person=self.person,
            service=self.service,
            fields={name: data.getlist(name) for name in data if name != "do"},
            based_on=number(data.get("based_on")) or 0,
            draft=identifier(data.get("draft")),
        )


_CARRIED = ("based_on", "against", "sheet", "draft", "confirmed", "not_the_same", "shown_in")


def _carried(data: forms.Data, sent: forms.Data) -> forms.Data:
    """`data` of a document, with what the page knows besides it."""
    for key in _CARRIED:
        if sent.get(key):
            data[key] = str(sent[key])
    shown = {*data.getlist("in_language"), *sent.getlist("in_language")}
    data.setlist("in_language", [each for each in Language.values if each in shown])
    return data


def _from_draft(draft: ServiceDraft) -> forms.Data:
    fields = draft.fields if isinstance(draft.fields, dict) else {}
    data: forms.Data = MultiValueDict()
    for name, values in fields.items():
        if isinstance(values, list):
            data.setlist(name, [str(value) for value in values])
    data["draft"] = str(draft.pk)
    return data


def _names(changed: Changed) -> str:
    people: Iterable[str] = (str(one.person) for one in changed.since if one.person)
    return ", ".join(dict.fromkeys(people)) or _("Somebody")


def number(text: str | None) -> int | None:
    """The number of a version, as a page sends it."""
    is_number = bool(text) and str(text).isascii() and str(text).isdigit() and len(str(text)) <= 9
    return int(str(text)) if is_number else None


def identifier(text: str | None) -> UUID | None:
    """An identifier, as a page sends it."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
