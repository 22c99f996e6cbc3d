"""What of the map waits for a person."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, ngettext

from samtun.desk.area import results_url
from samtun.desk.waiting.cards import Act, Card, Line, Urgency
from samtun.directory.enums import SuggestionKind, Taxonomies
from samtun.directory.queries import gaps, waiting
from samtun.directory.queries.kept import services_of
from samtun.directory.queries.terms import terms
from samtun.directory.queries.waiting import BadLink, Kind, WaitingService
from samtun.organisations.queries import municipality_names
from samtun.people.grants import Reach, grants_of
from samtun.people.models import User
from samtun.people.rules import HOLDERS, may

_VIEW = "directory.view_service"


def cards(person: User) -> Iterator[Card]:
    """Everything in the map that `person` could do something about; six queries at most."""
    grants = grants_of(person)
    mine = grants.reach(HOLDERS["directory.change_service"])
    if grants.reach(HOLDERS[_VIEW]):
        yield from _services(waiting.services(services_of(person), person), mine)
        yield _links(grants.reach(HOLDERS[_VIEW]), mine)
        yield _drafts(person)
    if grants.reach(HOLDERS["directory.view_suggestion"]):
        yield _suggestions(person)
    if grants.reach(HOLDERS["directory.view_missed_search"]):
        yield _missed(person)
    yield _gaps(grants.reach(HOLDERS["directory.view_freshness"]), person)


def _services(found: Sequence[WaitingService], mine: Reach) -> Iterator[Card]:
    """Five kinds of entries that wait, each its own card."""
    for kind, (urgency, icon, said) in _KINDS.items():
        title, about, note = said()
        ours = [each for each in found if each.kind == kind]
        yield Card(
            key=kind,
            title=title,
            count=ours[0].total if ours else 0,
            lines=[_service(each, note, mine) for each in ours],
            urgency=urgency,
            icon=icon,
            url=_all(kind, mine),
            about=about,
        )


def _service(each: WaitingService, note: str, mine: Reach) -> Line:
    act = None
    if each.kind in {"mine", "silent"} and each.place in mine:
        act = _still_right(each.id)
    day = date_format(each.on, "j. F Y") if each.on else gettext("not known")
    return Line(
        title=each.name,
        language=each.language,
        note=note % {"day": day, "owner": each.owner},
        url=service_url(each.id),
        act=act,
    )


def _still_right(service: UUID) -> Act:
    url = reverse("desk:confirmations_answer")
    return Act(gettext("Still right"), url, name="svar", value=f"riktig:{service}")


def service_url(service: UUID) -> str:
    """The page of the entry on the desk."""
    return reverse("desk:offer", args=[service])


def _all(kind: Kind, mine: Reach) -> str:
    """Where all entries that wait in this way can be seen, if anywhere."""
    if kind in {"mine", "silent"} and mine:
        return reverse("desk:confirmations")
    work = {"mine": "overdue", "silent": "overdue", "unkept": "unkept"}.get(kind)
    return f"{reverse('desk:offers')}?arbeid={work}" if work else ""


def _mine() -> tuple[str, str, str]:
    return (
        gettext("You know whether these are right"),
        gettext(
            "You look after them, and it is time to look. If all is as before, one press will do."
        ),
        gettext("should be confirmed by %(day)s"),
    )


def _silent() -> tuple[str, str, str]:
    return (
        gettext("Nobody answers"),
        gettext(
            "We have asked three times. Call whoever gives the help, or confirm it if you know."
        ),
        gettext("should have been confirmed by %(day)s"),
    )


def _unkept() -> tuple[str, str, str]:
    return (
        gettext("Nobody looks after these"),
        gettext("Give each of them a keeper: a person here, or an e-mail address at the provider."),
        "%(owner)s",
    )


def _ending() -> tuple[str, str, str]:
    return (
        gettext("Ends soon"),
        gettext("Gone from the map the day after. Change the date if it goes on."),
        gettext("the last day is %(day)s"),
    )


def _publishing() -> tuple[str, str, str]:
    return (
        gettext("Published soon"),
        gettext("They become public by themselves on their day."),
        gettext("published on %(day)s"),
    )


_KINDS: dict[Kind, tuple[Urgency, str, Callable[[], tuple[str, str, str]]]] = {
    "mine": (Urgency.YOURS, "check", _mine),
    "silent": (Urgency.SILENT, "clock", _silent),
    "unkept": (Urgency.UNKEPT, "person", _unkept),
    "ending": (Urgency.SOON, "calendar", _ending),
    "publishing": (Urgency.SOON, "calendar", _publishing),
}


def _suggestions(person: User) -> Card:
    found = waiting.suggestions(person)
    kinds = dict(SuggestionKind.choices)
    return Card(
        key="suggestions",
        title=gettext("Somebody has told us something"),
        count=found[0].total if found else 0,
        lines=[
            Line(
                title=each.service or gettext("An offer that somebody misses"),
                note=f"{kinds[each.kind]} · {ago(each.made_at)}",
                url=reverse("desk:suggestion", args=[each.id]),
            )
            for each in found
        ],
        urgency=Urgency.SOMEBODY_WAITS,
        icon="samtale",
        url=reverse("desk:suggestions"),
        about=gettext("A visitor or a keeper has written. An answer takes a minute."),
    )


def _links(reach: Reach, mine: Reach) -> Card:
    found = waiting.bad_links(reach)
    return Card(
        key="links",
        title=gettext("Links that lead nowhere"),
        count=found[0].total if found else 0,
        lines=[_link(each, is_mine=each.place in mine) for each in found],
        urgency=Urgency.WRONG,
        icon="web",
        url=reverse("desk:links") if mine else "",
        about=gettext("Find the new address, or take the link away."),
    )


def _link(each: BadLink, *, is_mine: bool) -> Line:
    gone, moved = gettext("the page is gone: %(url)s"), gettext("has moved: %(url)s")
    act = None
    if each.has_moved and is_mine:
        url = reverse("desk:link_mend", args=[each.id])
        act = Act(gettext("Use the new address"), url, name="svar", value="ny")
    return Line(
        title=each.name,
        language=each.language,
        note=(moved if each.has_moved else gone) % {"url": _short(each.url)},
        url=f"{service_url(each.service)}#id_url" if is_mine else service_url(each.service),
        act=act,
    )


def _short(url: str) -> str:
    bare = url.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare if len(bare) <= 60 else f"{bare[:59]}…"


def _drafts(person: User) -> Card:
    found = waiting.drafts(person)
    return Card(
        key="drafts",
        title=gettext("You were writing"),
        count=found[0].total if found else 0,
        lines=[
            Line(
                title=each.name or gettext("A new offer"),
                note=gettext("not saved · %(when)s") % {"when": ago(each.changed_at)},
                url=_draft_url(each.service),
            )
            for each in found
        ],
        urgency=Urgency.UNFINISHED,
        icon="edit",
        about=gettext("What you typed is kept. Save it, or throw it away."),
    )


def _draft_url(service: UUID | None) -> str:
    return service_url(service) if service else reverse("desk:offer_new")


def _missed(person: User) -> Card:
    found = waiting.missed_searches(person)
    return Card(
        key="missed",
        title=gettext("Searched for in vain"),
        count=found[0].total if found else 0,
        lines=[
            Line(
                title=f"«{each.words}»",
                note=ngettext("%(times)d time", "%(times)d times", each.times)
                % {"times": each.times},
                url=reverse("desk:missed"),
            )
            for each in found
        ],
        urgency=Urgency.MISSED,
        icon="search",
        url=reverse("desk:missed"),
        about=gettext(
            "Is there such an offer? Enter it. Is it there under another word? Add the word."
        ),
    )


def _gaps(reach: Reach, person: User) -> Card:
    """A region without a map of its own is not asked about: nobody sees the gaps."""
    numbers = sorted(reach.municipalities)
    found = gaps.unmet(numbers)
    return Card(
        key="gaps",
        title=gettext("Needs that nobody meets"),
        count=len(found),
        lines=_gap_lines(found[: waiting.LINES], person),
        urgency=Urgency.GAP,
        icon="map",
        url=reverse("desk:gaps"),
        about=gettext(
            "Nobody gives this to the municipality. Offers for the whole country are not counted."
        ),
    )


def _gap_lines(pairs: Sequence[tuple[str, str]], person: User) -> list[Line]:
    labels = terms(Taxonomies.NEEDS, get_language() or "nb")
    names = municipality_names()
    new = reverse("desk:offer_new") if may(person, "directory.add_service") else ""
    return [
        Line(
            title=labels[need].label if need in labels else need,
            note=names.get(number, number),
            url=f"{new}?{urlencode({'behov': need, 'kommune': number})}"
            if new
            else results_url(need, number),
        )
        for need, number in pairs
    ]


def ago(moment: datetime) -> str:
    """How many days ago, in words."""
    days = (timezone.localdate() - timezone.localdate(moment)).days
    if days <= 0:
        return gettext("today")
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
