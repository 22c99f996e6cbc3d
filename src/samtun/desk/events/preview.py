"""An event as visitors will read it, for those who make it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language

from samtun.desk.events.when import SHOWN, in_words
from samtun.events.enums import OccurrenceStatus
from samtun.events.models import Event
from samtun.organisations.texts import Text

_PROSE = ("for_whom", "programme", "led_by", "getting_there", "children", "price")


@dataclass(frozen=True, slots=True)
class Preview:
    """What stands on the page, in the reader's language."""

    texts: dict[str, Text]
    dates: list[str]
    more: int
    place: str
    municipalities: list[str]
    co_organizers: list[str]
    terms: list[str]


def preview_of(event: Event) -> Preview:
    """`event` in the language of the page; seven queries."""
    language = get_language() or "nb"
    fields = ("name", "summary", "description", *_PROSE)
    ahead = event.occurrences.filter(
        status=OccurrenceStatus.SCHEDULED, ends_at__gt=timezone.now()
    ).order_by("starts_at")
    spans = list(ahead.values_list("starts_at", "ends_at"))
    return Preview(
        texts={name: event.text(name, language) for name in fields},
        dates=[in_words(each) for each in spans[:SHOWN]],
        more=max(0, len(spans) - SHOWN),
        place=_place(event),
        municipalities=[one.name for one in event.municipalities.order_by("name")],
        co_organizers=[one.name for one in event.co_organizers.order_by("name")],
        terms=[str(one.label(language)) for one in event.terms.order_by("position", "code")],
    )


def _place(event: Event) -> str:
    location = event.location
    if location is None or location.is_confidential:
        return event.room
    address = location.addresses.order_by("pk").first()
    parts = [location.name, getattr(address, "address_1", ""), getattr(address, "city", "")]
    return ", ".join(filter(None, (*parts, event.room)))
