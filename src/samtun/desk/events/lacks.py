"""What an event still lacks before people can find it and come, in words to whoever makes it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from samtun.desk.events.forms import EventForm

Lack = tuple[str, str]  # anchor, text


def lacks_of(form: EventForm) -> list[Lack]:
    """What is missing, what people miss most first."""
    return [*_when_and_where(form), *_for_whom(form), *_more(form)]


def _when_and_where(form: EventForm) -> Iterator[Lack]:
    data = form.data
    if not data.get("on"):
        yield "id_on", _("It has no date yet.")
    if not (data.get("meets_in_person") or data.get("meets_online")):
        yield "id_meets_in_person", _("It does not say whether one meets at a place or online.")
    if data.get("meets_in_person") and not data.get("location"):
        yield "id_location", _("People meet at a place, but where?")
    if data.get("meets_online") and not data.get("join_url"):
        yield "id_join_url", _("The link to join is missing. You can add it later.")


def _for_whom(form: EventForm) -> Iterator[Lack]:
    data, original = form.data, form.texts.original
    if not data.get(f"{original}-summary"):
        yield f"id_{original}-summary", _("One sentence for the list is missing.")
    if not (data.getlist("municipalities") or data.getlist("regions")):
        yield "id_regions", _("It does not say whom it is for: choose municipalities.")
    if not data.getlist("needs"):
        yield "id_needs", _("No need is chosen, so it is hard to find.")


def _more(form: EventForm) -> Iterator[Lack]:
    data, original = form.data, form.texts.original
    if not (data.get("contact_phone") or data.get("contact_email")):
        yield "id_contact_name", _("Whom can one ask? Give a number or an address.")
    if not data.get("is_free") and not data.get(f"{original}-price"):
        yield "id_is_free", _("Does it cost anything? Many dare not ask.")
    if not data.get("nn-name") and original == "nb":
        yield "id_nn-name", _("It is not written in nynorsk.")
