"""The page of a region, and the door for children and young people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samtun import search
from samtun.directory import finding
from samtun.directory.enums import Taxonomies
from samtun.directory.queries.listed import listings_of
from samtun.directory.queries.terms import terms, top_needs
from samtun.front import answers, crisis, happening_soon, rows
from samtun.front.answers import address
from samtun.front.frame import Frame, frame_of
from samtun.organisations.texts import in_language
from samtun.people.access import public
from samtun.ui.context import LANGUAGE_PREFIXES

# What each need is about, in the words of somebody who does not know what help is called.
NEED_NOTES = {
    "avlastning": _("A rest, and help at home"),
    "okonomi": _("Money and leave you may have a right to"),
    "krise": _("When it cannot wait"),
    "samtale": _("Somebody to talk to"),
    "moteplass": _("Meet others who understand"),
    "kurs": _("Learn about the illness and about coping"),
    "koordinering": _("Somebody who holds the threads"),
    "barnunge": _("For you under 18, and for parents"),
    "behandling": _("Doctor, nursing home, treatment"),
    "sorg": _("When you have lost somebody"),
    "sprak": _("Interpreter, and help in your language"),
}

# What children say. Each is a question in which the search hears a child, and then puts those first
# who speak to children; "somebody drinks" would be answered like an adult's.
SAYINGS = (
    _("Mum or dad is ill"),
    _("Mum or dad is often very sad"),
    _("Mum or dad drinks too much"),
    _("I am afraid at home"),
    _("Mum or dad hits"),
    _("My brother or sister is ill"),
    _("Mum or dad has died"),
    _("Mum and dad are getting divorced"),
    _("Mum or dad is in prison"),
    _("I have to help a lot because mum is ill"),
    _("I am a teenager and want to talk to somebody"),
)
SAYINGS_ON_REGION_PAGE = 4
PLACES_FOR_CHILDREN = 6


@public
@require_safe
def region_page(request: HttpRequest, region: str) -> HttpResponse:
    """The question field and all other ways in."""
    frame = frame_of(region, request.GET.get("kommune", ""))
    return render(request, "front/region.html", frame.context() | _ways_in(frame))


@public
@require_safe
def children(request: HttpRequest, region: str) -> HttpResponse:
    """In the words of children and young people; can be left in a hurry."""
    frame = frame_of(region, request.GET.get("kommune", ""))
    return render(
        request,
        "front/children.html",
        frame.context()
        | {
            "sayings": _sayings(frame),
            "crisis_lines": crisis.children_lines(frame.language),
            "rows": _places_for_children(frame),
            "happenings": happening_soon.for_children(frame, timezone.now()),
            "contacts": answers.contacts_for(frame),
            "search_url": f"{frame.url}sok/",
        },
    )


def _ways_in(frame: Frame) -> dict[str, Any]:
    groups = terms(Taxonomies.TARGET_GROUPS, frame.language).values()
    return {
        "introduction": in_language(frame.scope.introductions, frame.language),
        "search_url": f"{frame.url}sok/",
        "tiles": [
            _tile(frame, "behov", need.code, need.label, NEED_NOTES.get(need.code, ""))
            for need in top_needs(frame.language)
        ],
        "situations": [
            _tile(frame, "situasjon", one.code, one.label)
            for one in groups
            if one.facet == "situasjon"
        ],
        "roles": [
            _tile(frame, "situasjon", one.code, one.label) for one in groups if one.facet == "rolle"
        ],
        "children_url": address(f"{frame.url}barn-og-unge/", kommune=_chosen(frame)),
        "sayings": _sayings(frame)[:SAYINGS_ON_REGION_PAGE],
        "happenings": happening_soon.in_region(frame, timezone.now()),
        "calendar_url": address(f"{frame.url}kalender/", kommune=_chosen(frame)),
        "contacts": answers.contacts_for(frame),
        "without_contact": answers.without_own_contact(frame),
        "other_form": _other_form(frame),
        "courses_url": address(
            f"{LANGUAGE_PREFIXES.get(frame.language, '')}/kurs/", region=frame.scope.slug
        ),
    }


def _chosen(frame: Frame) -> str:
    return frame.municipality.number if frame.municipality else ""


def _tile(frame: Frame, parameter: str, code: str, name: str, note: object = "") -> dict[str, Any]:
    url = address(f"{frame.url}sok/", **{parameter: code, "kommune": _chosen(frame)})
    return {"url": url, "icon": code, "name": name, "note": note}


def _sayings(frame: Frame) -> list[dict[str, str]]:
    return [
        {
            "text": str(saying),
            "url": address(f"{frame.url}sok/", q=str(saying), kommune=_chosen(frame)),
        }
        for saying in SAYINGS
    ]


def _other_form(frame: Frame) -> str:
    """The page in the form of Norwegian that the chosen municipality writes, if another."""
    form = frame.municipality.language_form if frame.municipality else ""
    if form not in {"nb", "nn"} or form == frame.language:
        return ""
    return Frame(frame.scope, form, frame.municipality).home_url


def _places_for_children(frame: Frame) -> str:
    """Services that speak to the child itself, the best answers to a plain wish first."""
    wish = gettext("I am a child and want to talk to somebody about how it is at home")
    scope = frozenset({_chosen(frame)}) if frame.municipality else frame.scope.numbers
    query = search.Query(
        text=wish, scope=scope, language=frame.language, limit=60, now=timezone.localtime()
    )
    listed = listings_of([hit.id for hit in finding.find(query).results.hits])
    style = rows.Style.of(frame, timezone.localdate())
    chosen = [data for _, data in listed if data["is_for_children"]][:PLACES_FOR_CHILDREN]
    return rows.together(rows.row(data, style) for data in chosen)
