"""The documents' own fixed words, in the language that is active."""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext, ngettext

from samtun.documents.content import Heading


def written_date(day: date) -> str:
    """E.g. "21. november 2026", or "21 November 2026" in English."""
    return format_date(day, "j F Y" if get_language() == "en" else "j. F Y")


def headings() -> dict[Heading, str]:
    """The headings of a service's page."""
    return {
        Heading.ABOUT: gettext("What it is"),
        Heading.FOR_WHOM: gettext("Who it is for"),
        Heading.HOW: gettext("How to get it"),
        Heading.BRING: gettext("What to bring"),
        Heading.WAIT: gettext("Waiting time"),
        Heading.WHEN: gettext("When"),
        Heading.WHERE: gettext("Where"),
        Heading.PRICE: gettext("What it costs"),
        Heading.LANGUAGES: gettext("Languages"),
        Heading.ACCESSIBILITY: gettext("Accessibility"),
    }


def common(*, url: str, made_on: date, is_example: bool) -> dict[str, str]:
    """What stands on every document; `{page}` and `{pages}` are filled in when it is set."""
    return {
        "scan": gettext("Point your phone's camera at the code, or go to:"),
        "newest": gettext("The web page has the newest information."),
        "made": gettext("Made on %(date)s") % {"date": written_date(made_on)},
        "code": gettext("QR code for the address %(url)s") % {"url": url},
        "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "contact": gettext("Contact"),
        "example": gettext("Example data – not a real service") if is_example else "",
    }


def other_language(text_language: str) -> str:
    """A line that says which language a text is in, when a reader could stumble over it."""
    reader = get_language() or "nb"
    if not text_language or (text_language == "en") == (reader == "en"):
        return ""
    if text_language == "en":
        return gettext("The text is in English.")
    return gettext("The text is in Norwegian.")


def confirmed(day: date | None, keeper: str) -> str:
    """When somebody last confirmed that it is right, and who keeps it; may be empty."""
    lines = []
    if day:
        lines.append(gettext("Last confirmed on %(date)s.") % {"date": written_date(day)})
    if keeper:
        lines.append(gettext("Kept up to date by %(name)s.") % {"name": keeper})
    return " ".join(lines)


def covers(area: str) -> str:
    """Whom a service covers."""
    return gettext("For people in %(area)s") % {"area": area} if area else ""


def list_words(title: str, count: int) -> dict[str, str]:
    """Words of a visitor's own list."""
    counted = ngettext("%(count)s service", "%(count)s services", count)
    return {
        "title": title or gettext("My list"),
        "count": counted % {"count": count},
        "share": gettext("Open the list on a phone to share it or to see what has changed."),
        "empty": gettext("The list is empty."),
        "how": gettext("How to get it"),
    }


def booklet_words(title: str, region: str, *, is_example: bool) -> dict[str, str]:
    """Words of the booklet."""
    return {
        "title": title or gettext("Help for carers in %(region)s") % {"region": region},
        "example": gettext("Example data – not real services") if is_example else "",
        "subtitle": gettext("The resource map on paper"),
        "contents": gettext("Contents"),
        "urgent": gettext("When it is urgent"),
        "urgent_lead": gettext("Call at once if somebody is in danger."),
        "whom": gettext("Who to contact"),
        "whom_lead": gettext(
            "Not sure where to start? Call or write. You do not need to know what to ask for."
        ),
        "see": gettext("See page %(page)s") % {"page": "{page}"},
        "by_name": gettext("Services from A to Å"),
        "by_municipality": gettext("Services by municipality"),
        "whole_region": gettext("What is for the whole region stands in the list from A to Å."),
        "about": gettext("About this booklet"),
        "about_text": gettext(
            "The booklet shows what the map held when it was made. "
            "Opening hours, prices and people change."
        ),
    }


def region_map(region: str) -> str:
    """The map's name, for running heads."""
    return gettext("The resource map for %(region)s") % {"region": region}
