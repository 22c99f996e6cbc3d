"""What the component page shows: invented, and in every state a component has."""

from typing import Any

from samtun.ui.context import UrgentNumber

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
        "chips": [{"label": "Gratis", "url": "#"}, {"label": "Vang", "url": "#"}],
        "clear_url": "#",
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


def _rows() -> list[dict[str, Any]]:
    open_now = {
        "url": "#temakafe",
        "slug": "temakafe-fagernes",
        "name": "Temakafé på Fagernes",
        "summary": "Kom innom for kaffe, vafler og prat. Hver gang er det et lite tema.",
        "organization": "Pårørendeprosjektet i Valdres",
        "places": "Fagernes",
        "distance": "1,2 km",
        "is_open": True,
        "facts": [
            {"icon": "price", "text": "Gratis"},
            {"icon": "people", "text": "Møt opp"},
        ],
        "list_url": "/valdres/liste/?t=temakafe-fagernes",
    }
    in_nynorsk = {
        "url": "#avlasting",
        "slug": "avlasting-vang",
        "name": "Avlasting i heimen",
        "language": "nn",
        "summary": "Nokon kjem heim til dykk, så du kan kvile eller reise bort nokre timar.",
        "organization": "Vang kommune",
        "places": "Vang, Vestre Slidre og Øystre Slidre",
        "facts": [{"icon": "phone", "text": "Telefon"}],
        "list_url": "/valdres/liste/?t=avlasting-vang",
    }
    shortest = {
        "url": "#kort",
        "slug": "kort",
        "name": "Et tilbud med et navn som er så langt at det må brytes over flere linjer på en "
        "liten skjerm, uten at noe faller utenfor",
        "organization": "Nord-Aurdal kommune",
        "list_url": "/valdres/liste/?t=kort",
    }
    return [open_now, in_nynorsk, shortest]


def _facets() -> list[dict[str, Any]]:
    return [
        {
            "name": "behov",
            "title": "Behov",
            "is_open": True,
            "options": [
                {"value": "samtale", "label": "Samtale og støtte", "count": 34, "is_chosen": True},
                {"value": "familievern", "label": "Familievern", "count": 4, "depth": 1},
                {"value": "sorg", "label": "Sorg og etterlatte", "count": 9},
                {"value": "sprak", "label": "Språk og tilgjengelighet", "count": 0},
            ],
        },
        {
            "name": "kommune",
            "title": "Kommune",
            "is_open": False,
            "options": [{"value": "3454", "label": "Vang", "count": 18}],
        },
    ]


def _pages() -> dict[str, Any]:
    return {
        "previous_url": "",
        "next_url": "#2",
        "entries": [
            {"number": 1, "url": "#1", "is_current": True},
            {"number": 2, "url": "#2", "is_current": False},
            {"number": None},
            {"number": 9, "url": "#9", "is_current": False},
        ],
    }
