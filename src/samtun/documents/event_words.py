"""The fixed words of documents about meeting places, in the language that is active."""

from django.utils.translation import gettext, ngettext


def poster_words(*, is_example: bool) -> dict[str, str]:
    """Words of a poster."""
    return {
        "when": gettext("When"),
        "next": gettext("Next dates"),
        "where": gettext("Where"),
        "for_whom": gettext("Who it is for"),
        "price": gettext("What it costs"),
        "sign_up": gettext("How to come"),
        "questions": gettext("Questions?"),
        "scan": gettext("Read more and see if anything has changed"),
        "example": gettext("Example data – not a real event") if is_example else "",
    }


def programme_words(region: str, *, is_example: bool) -> dict[str, str]:
    """Words of a month's programme."""
    return {
        "title": gettext("What happens in %(region)s") % {"region": region},
        "empty": gettext("Nothing is planned yet. Look in the calendar on the web."),
        "calendar": gettext("The calendar on the web has the newest information."),
        "example": gettext("Example data – not real events") if is_example else "",
    }


def attendance_words(*, parties: int, people: int, capacity: int | None) -> dict[str, str]:
    """Words of the list on paper."""
    counted = ngettext("%(count)s person", "%(count)s people", people) % {"count": people}
    limit = gettext("%(count)s places") % {"count": capacity} if capacity is not None else ""
    return {
        "private": gettext("Personal data – shred the list when the day is over."),
        "count": " · ".join(filter(None, (counted, limit))),
        "name": gettext("Name"),
        "people": gettext("How many"),
        "notes": gettext("Good to know"),
        "waiting": gettext("Waiting list"),
        "waiting_lead": gettext("If somebody does not come, the first who fits gets the place."),
        "nameless": gettext("Without a name"),
        "nobody": gettext("Nobody has signed up yet."),
        "walk_ins": gettext("Came without signing up"),
        "home": gettext("Municipality"),
        "first_time": gettext("First time"),
        "of": gettext("___ of %(count)s") % {"count": "{count}"},
    }
