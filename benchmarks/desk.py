"""The desk at 10 000 entries: `python -m benchmarks.desk [entries]`.

A coordinator of a region of six municipalities opens her desk, the freshness and the gaps again
and again, through the whole of Django (session, roles, templates). Nothing is cached between
requests but what every page remembers for a minute.
"""

import os
import random
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

ENTRIES = 10_000
REPEATS = 120
ADDRESSES = {
    "the desk": ("/skrivebord/", 60.0),
    "freshness": ("/skrivebord/ferskhet/", 200.0),
    "gaps": ("/skrivebord/mangler/", 200.0),
}
NUMBERS = ("3449", "3450", "3451", "3452", "3453", "3454")


def main(entries: int) -> None:
    """Fill a database of its own and measure."""
    with tempfile.TemporaryDirectory(prefix="samtun-desk-") as folder:
        os.environ["SAMTUN_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "samtun.config.settings"
        os.environ.pop("DATABASE_URL", None)
        _start(Path(folder))
        person = _fill(entries)
        print(f"{entries} entries, coordinator of {len(NUMBERS)} municipalities")
        for name, (address, wanted) in ADDRESSES.items():
            measure(name, address, wanted, person)


def _start(folder: Path) -> None:
    import django  # noqa: PLC0415  # the settings read the folder chosen above
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    assert folder.exists()


def _fill(entries: int) -> object:
    from samtun.directory.actions.vocabularies import load_vocabularies  # noqa: PLC0415
    from samtun.organisations.actions import load_reference_facts  # noqa: PLC0415
    from samtun.organisations.models import Municipality, Region  # noqa: PLC0415

    load_reference_facts()
    load_vocabularies()
    places = list(Municipality.objects.filter(number__in=NUMBERS).order_by("number"))
    region = Region.objects.create(slug="valdres", names={"nb": "Valdres"})
    region.municipalities.set(places)
    chance = random.Random(1)
    person = _coordinator(region)
    services = _services(entries, places, chance, person)
    _attach(services, places, chance)
    _troubles(services, region, person, chance)
    return person


def _coordinator(region: object) -> object:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415

    from samtun.people.enums import RoleKind  # noqa: PLC0415
    from samtun.people.models import Role, User  # noqa: PLC0415

    person = User.objects.create_user("kari@valdres.example", name="Kari Eksempel")
    TOTP.activate(person, generate_totp_secret())
    Role.objects.create(person=person, kind=RoleKind.COORDINATOR, region=region)
    return person


def _services(count: int, places: list, chance: random.Random, person: object) -> list:
    """Half confirmed this half year, the rest older, a few never; one in ten has no keeper."""
    from django.utils import timezone  # noqa: PLC0415

    from samtun.directory.models import Service  # noqa: PLC0415
    from samtun.organisations.models import Organization  # noqa: PLC0415

    now, today = timezone.now(), timezone.localdate()
    owners = Organization.objects.bulk_create(
        Organization(name=f"Virksomhet {n}", municipality=chance.choice(places), last_modified=now)
        for n in range(max(count // 20, 6))
    )
    made = []
    for number in range(count):
        confirmed = today - timedelta(days=chance.randrange(1, 420))
        made.append(
            Service(
                slug=f"tilbud-{number}",
                name=f"Møteplass nummer {number}",
                organization=chance.choice(owners),
                last_modified=now,
                assured_date=None if chance.random() < 0.05 else confirmed,
                keeper=person if chance.random() < 0.3 else None,
                assurer_email="" if chance.random() < 0.1 else "post@virksomhet.example",
                confirm_due_on=confirmed + timedelta(days=180),
            )
        )
    return Service.objects.bulk_create(made, batch_size=2000)


def _attach(services: list, places: list, chance: random.Random) -> None:
    from samtun.directory.enums import Taxonomies  # noqa: PLC0415
    from samtun.directory.models import Attribute, ServiceArea, TaxonomyTerm  # noqa: PLC0415

    needs = list(TaxonomyTerm.objects.filter(taxonomy__slug=Taxonomies.NEEDS).order_by("position"))
    needs = needs[: len(needs) - 5]  # so that there are gaps
    areas, attributes = [], []
    for service in services:
        if chance.random() < 0.02:
            areas.append(ServiceArea(service=service, covers_country=True))
        else:
            covered = chance.sample(places, chance.choice((1, 1, 1, 2, 6)))
            areas += [ServiceArea(service=service, municipality=place) for place in covered]
        attributes += [
            Attribute(service=service, taxonomy_term=term) for term in chance.sample(needs, 2)
        ]
    ServiceArea.objects.bulk_create(areas, batch_size=2000)
    Attribute.objects.bulk_create(attributes, batch_size=2000)


def _troubles(services: list, region: object, person: object, chance: random.Random) -> None:
    """A region somewhat behind: 800 asked, 300 suggestions, 500 bad links, 200 missed searches."""
    from django.utils import timezone  # noqa: PLC0415

    from samtun.directory.enums import AskingStage, LinkState, SuggestionKind  # noqa: PLC0415
    from samtun.directory.models import (  # noqa: PLC0415
        Asking,
        Link,
        MissedSearch,
        ServiceDraft,
        Suggestion,
    )

    now, today = timezone.now(), timezone.localdate()
    some = chance.sample(services, min(len(services), 1600))
    Asking.objects.bulk_create(
        Asking(
            service=each,
            stage=chance.choice(AskingStage.values),
            since=today,
            first_asked_on=today - timedelta(days=40),
        )
        for each in some[:800]
    )
    Suggestion.objects.bulk_create(
        Suggestion(kind=SuggestionKind.ERROR, region=region, service=each, text="Feil", made_at=now)
        for each in some[800:1100]
    )
    links = Link.objects.bulk_create(
        Link(
            url=f"https://virksomhet.example/{number}",
            state=chance.choice((LinkState.GONE, LinkState.MOVED)),
            failing_since=now - timedelta(days=9),
        )
        for number in range(500)
    )
    for link, each in zip(links, some[1100:], strict=True):
        link.services.add(each)
    MissedSearch.objects.bulk_create(
        MissedSearch(region=region, digest=str(n), words=f"ord {n}", count=n % 9, last_on=today)
        for n in range(200)
    )
    ServiceDraft.objects.bulk_create(
        ServiceDraft(service=each, person=person, fields={"name": "Nytt navn"}) for each in some[:9]
    )


def measure(name: str, address: str, wanted: float, person: object) -> None:
    """A page again and again as `person`: its queries, and how long it takes; `wanted` in ms."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(SERVER_NAME="localhost")
    client.force_login(person)  # type: ignore[arg-type]
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        status = client.get(address).status_code
    assert status == 200, status
    queries = len(captured)
    taken, worked = [], []
    for _ in range(REPEATS):
        started, busy = perf_counter(), process_time()
        client.get(address)
        taken.append((perf_counter() - started) * 1000)
        worked.append((process_time() - busy) * 1000)
    p50, p95 = (sorted(taken)[int(len(taken) * share)] for share in (0.5, 0.95))
    verdict = "reached" if p95 <= wanted else "MISSED"
    print(
        f"  {name:10} {queries:3} queries   p50 {p50:6.1f} ms   p95 {p95:6.1f} ms"
        f" (aim ≤ {wanted:g}: {verdict})   processor, least and p50:"
        f" {min(worked):.1f} and {sorted(worked)[len(worked) // 2]:.1f} ms"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else ENTRIES)
