"""What the component page shows: invented, and in every state a component has."""

from typing import Any

from django.utils.safestring import SafeString

from samtun.ui import rows
from samtun.ui.context import UrgentNumber
from samtun.ui.filters import Link, Option, chips, choices, group
from samtun.ui.paging import Page, pagination

NEEDS = (
    ("avlastning", "Avlastning og praktisk hjelp", "Et pusterom i hverdagen"),
    ("okonomi", "Økonomi, arbeid og rettigheter", "Støtte du kan ha krav på"),
    ("krise", "Akutt hjelp og krise", "Når det haster"),
    ("samtale", "Samtale og støtte", "Noen å snakke med"),
    ("moteplass", "Møteplasser og fellesskap", "Treff andre som forstår"),
    ("kurs", "Kurs og kunnskap", "Lær mer om sykdommen og om deg selv"),
    ("koordinering", "Kontaktpersoner og koordinering", "En som holder i trådene"),
    ("barnunge", "Barn, unge og familie", "For deg under 18, og for foreldre"),
    ("behandling", "Helsetjeneste og behandling", "Fastlege, legevakt og sykehjem"),
    ("sorg", "Sorg og etterlatte", "Når du har mistet noen"),
    ("sprak", "Språk og tilgjengelighet", "Tolk og hjelp på ditt språk"),
)
SITUATIONS = (
    ("kreft", "Kreft"),
    ("demens", "Demens"),
    ("psykisk", "Psykisk sykdom"),
    ("rus", "Rus og avhengighet"),
    ("somatisk", "Alvorlig kroppslig sykdom"),
    ("funksjon", "Funksjonsnedsettelse"),
    ("eldre", "Skrøpelig eldre"),
    ("etterlatte", "Etterlatte"),
)


def context() -> dict[str, Any]:
    """Everything `ui/components.html` needs."""
    return {
        **_frame(),
        **_ways_in(),
        "rows": _rows(),
        "facets": _facets(),
        "chips": chips([Link("Gratis", "#"), Link("Vang", "#")], clear_url="#"),
        "choices": choices([Link("Avlastning", "#avlastning"), Link("Demens", "#demens")]),
        "pages": _pages(),
        "days": [
            {"name": "Mandag", "hours": "stengt", "is_today": False},
            {"name": "Tirsdag", "hours": "11.00–14.00", "is_today": True},
            {"name": "Torsdag", "hours": "17.00–20.00", "is_today": False},
        ],
        "map_url": "#",
        "share_url": "#",
        "pdf_url": "#",
        "near_url": "#",
    }


def _frame() -> dict[str, Any]:
    return {
        "is_example": True,
        "list_url": "/valdres/liste/",
        "list_key": "valdres",
        "urgent_url": "#",
        "urgent_numbers": (
            UrgentNumber("Fare for liv", "113"),
            UrgentNumber("Legevakt", "116 117"),
        ),
        "trail": [
            {"name": "Valdres", "url": "#valdres"},
            {"name": "Møteplasser og fellesskap", "url": "#moteplass"},
            {"name": "Temakafé på Fagernes", "url": "#her"},
        ],
    }


def _ways_in() -> dict[str, Any]:
    sayings = (
        "Pappa drikker for mye",
        "Mamma er syk",
        "Jeg må passe på broren min",
        "Jeg er redd hjemme",
    )
    return {
        "tiles": [
            {"url": f"#{key}", "icon": key, "name": name, "note": note} for key, name, note in NEEDS
        ],
        "situations": [{"url": f"#{key}", "icon": key, "name": name} for key, name in SITUATIONS],
        "sayings": [{"url": "#", "text": text} for text in sayings],
    }


def _rows() -> SafeString:
    open_now = rows.Row(
        slug="temakafe-fagernes",
        url="#temakafe",
        name="Temakafé på Fagernes",
        place="Pårørendeprosjektet i Valdres · Fagernes · for hele Valdres · 1,2 km",
        summary="Kom innom for kaffe, vafler og prat. Hver gang er det et lite tema.",
        facts=[
            rows.fact("Ring 10 00 00 01", url="tel:+4710000001"),
            rows.fact("Gratis"),
            rows.fact("Oppmøte", icon="people"),
            rows.fact("bekreftet i september 2026", "muted"),
        ],
        add_url="/valdres/liste/?t=temakafe-fagernes",
    )
    in_nynorsk = rows.Row(
        slug="avlasting-vang",
        url="#avlasting",
        name="Avlasting i heimen",
        lang="nn",
        place="Vang kommune · for Vang, Vestre Slidre og Øystre Slidre",
        summary="Nokon kjem heim til dykk, så du kan kvile eller reise bort nokre timar.",
        summary_lang="nn",
        facts=[rows.fact("Midlertidig stengt", "strong")],
        remove_url="/valdres/liste/?t=",
    )
    shortest = rows.Row(
        slug="kort",
        url="#kort",
        name="Et tilbud med et navn som er så langt at det må brytes over flere linjer på en "
        "liten skjerm, uten at noe faller utenfor",
        place="Nord-Aurdal kommune",
    )
    return rows.rows([open_now, in_nynorsk, shortest])


def _facets() -> SafeString:
    needs = [
        Option("behov", "samtale", "Samtale og støtte").html(34, is_chosen=True),
        Option("behov", "familievern", "Familievern", is_below=True).html(4, is_chosen=False),
        Option("behov", "sorg", "Sorg og etterlatte").html(9, is_chosen=False),
        Option("behov", "sprak", "Språk og tilgjengelighet").html(0, is_chosen=False),
    ]
    municipalities = [Option("kommune", "3454", "Vang").html(18, is_chosen=False)]
    return group("Behov", needs, is_open=True) + group("Kommune", municipalities, is_open=False)


def _pages() -> SafeString:
    shown = [Page(1, "#1", is_current=True), Page(2, "#2"), None, Page(9, "#9")]
    return pagination(shown, next_url="#2")
