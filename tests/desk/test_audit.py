"""What was done: Kari reads of Valdres, Ola of his organisation, Nils of Gol."""

import ast
import io
import re
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone, translation
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from samtun.desk.trail import SENTENCES, told
from samtun.people import audit
from samtun.people.models import AuditEvent, User
from samtun.people.queries.trail import Asked, every, page_of
from samtun.people.rules import may
from tests.desk.test_people import World
from tests.desk.test_people import world as world
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src" / "samtun"


def changed(world: World, name: str = "Temakafé", by: User | None = None) -> AuditEvent:
    """An offer of Ola's organisation was changed."""
    service = make.service(organization=world.unit, name=name)
    details: dict[str, object] = {"fields": ["phones", "hours"]}
    return audit.record("service.changed", by=by or world.ola, about=service, details=details)


def elsewhere(world: World, name: str = "Hos Nils") -> AuditEvent:
    """An offer in Gol was changed."""
    unit = make.organization(municipality=make.municipality("3330"))
    about = make.service(organization=unit, name=name)
    return audit.record("service.changed", by=world.nils, about=about)


def seen_by(person: User, query: str = "") -> str:
    """The page."""
    response = people.signed_in(person).get(f"/skrivebord/logg/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_each_reads_only_what_they_look_after(world: World) -> None:
    changed(world)
    elsewhere(world)
    for person, own, other in (
        (world.kari, "Temakafé", "Hos Nils"),
        (world.ola, "Temakafé", "Hos Nils"),
        (world.nils, "Hos Nils", "Temakafé"),
    ):
        page = seen_by(person)
        assert own in page
        assert other not in page


def test_a_coordinator_reads_no_trail(world: World) -> None:
    client = people.signed_in(world.coordinator.person)
    assert client.get("/skrivebord/logg/").status_code == 404
    assert client.get("/skrivebord/logg/fil/csv/").status_code == 404


def test_reading_and_taking_home_are_in_the_trail(world: World) -> None:
    client = people.signed_in(world.kari)
    client.get("/skrivebord/logg/")
    b"".join(client.get("/skrivebord/logg/fil/csv/"))
    looks = AuditEvent.objects.filter(object_id="audit").order_by("pk")
    assert [one.details for one in looks] == [{}, {"file": "csv"}]


def test_an_event_is_a_sentence(world: World) -> None:
    with translation.override("en"):
        [one] = told([changed(world)])
        assert one.text == "Ola changed the offer Temakafé: phone, opening hours"


def test_an_event_of_nobody_with_an_account_says_who(world: World) -> None:
    about = make.service()
    with translation.override("en"):
        events = [
            audit.record("service.changed", by=None, about=about, details={"by": by})
            for by in ("keeper", "visitor", "night")
        ]
        assert [one.who for one in told(events)] == ["The keeper", "A visitor", "The system"]


def test_the_trail_outlives_the_account(world: World) -> None:
    changed(world)
    world.ola.delete()
    page = seen_by(world.kari)
    assert "Temakafé" in page


def test_pages_hang_together_without_gaps(world: World) -> None:
    made = [changed(world).pk for _ in range(7)]
    elsewhere(world)
    found: list[int] = []
    below = None
    while True:
        page = page_of(world.kari, Asked(), below=below, size=3)
        found += [event.pk for event in page.events]
        if page.older is None:
            break
        below = page.older
    assert found == made[::-1]
    assert sum(len(some) for some in every(world.ola, Asked())) == 7


def test_filters(world: World) -> None:
    one = changed(world)
    by_kari = changed(world, by=world.kari)
    role = audit.record("role.given", by=world.kari, about=world.coordinator)
    today = timezone.localdate()

    def asked(**fields: object) -> list[int]:
        page = page_of(world.kari, Asked(**fields))  # type: ignore[arg-type]
        return [event.pk for event in page.events]

    assert asked(actor=world.kari.pk) == [role.pk, by_kari.pk]
    assert asked(object_types=("people.role",)) == [role.pk]
    assert asked(object_types=("directory.service",)) == [by_kari.pk, one.pk]
    assert asked(object_id=one.object_id) == [one.pk]
    assert asked(since=today, until=today) == [role.pk, by_kari.pk, one.pk]
    assert asked(until=today.replace(year=today.year - 1)) == []
    assert asked(since=today.replace(year=today.year + 1)) == []


@pytest.mark.parametrize("reader", ["kari", "ola", "nils"])
def test_a_filter_opens_nothing_of_others(world: World, reader: str) -> None:
    events = [changed(world), elsewhere(world)]
    person = getattr(world, reader)
    for event in events:
        for asked in (
            Asked(actor=event.actor_id),
            Asked(object_id=event.object_id),
            Asked(object_types=("directory.service",)),
            Asked(),
        ):
            found = event.pk in {one.pk for one in page_of(person, asked).events}
            assert found == may(person, "people.view_audit", event)


def test_an_organisation_editor_reads_of_all_units(world: World) -> None:
    keys = []
    for number in range(40):
        unit = make.organization(parent_organization=world.unit)
        for _ in range(1 + (number == 3) * 60):
            about = make.service(organization=unit)
            keys.append(audit.record("service.changed", by=None, about=about).pk)
    found = [event.pk for some in every(world.ola, Asked()) for event in some]
    assert found == sorted(keys, reverse=True)
    some = page_of(world.ola, Asked(object_types=("directory.service",)))
    assert [event.pk for event in some.events] == found[:50]


def test_what_makes_no_sense_in_the_address_is_left_out(world: World) -> None:
    changed(world)
    assert "Temakafé" in seen_by(world.kari, "?person=x&slag=y&fra=2026-13-45&under=-1&til=%00")


def test_the_files_hold_the_same_and_run_nothing(world: World) -> None:
    changed(world, name="=1+1")
    client = people.signed_in(world.ola)
    text = b"".join(client.get("/skrivebord/logg/fil/csv/")).decode()
    assert "=1+1" in text
    response = client.get("/skrivebord/logg/fil/xlsx/?slag=tilbud")
    book = load_workbook(io.BytesIO(b"".join(response)))
    assert [row[1] for row in book.worksheets[0].values][1:] == ["Ola"]
    assert client.get("/skrivebord/logg/fil/exe/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_takes_as_many_queries_for_one_as_for_thirty(
    world: World, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        changed(world, by=people.person())
    client = people.signed_in(world.kari)
    client.get("/skrivebord/logg/")
    with django_assert_max_num_queries(14):
        client.get("/skrivebord/logg/")


def strings_of(path: Path) -> set[str]:
    """All plain strings of a module."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    constants = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def recorded_in(path: Path) -> set[str]:
    """The actions that `record` is called with there."""
    calls = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and "record" in ast.unparse(node.func).split(".")
    )
    first = (call.args[0] for call in calls if call.args)
    return {str(node.value) for node in first if isinstance(node, ast.Constant)}


def test_every_action_has_a_sentence() -> None:
    # Also those that reach `record` through a variable.
    of_ours = re.compile(r"^(service|suggestion|organization|role|card|account)\.[a-z_]+$")
    paths = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    named = {text for path in paths for text in strings_of(path) if of_ours.match(text)}
    recorded = {action for path in paths for action in recorded_in(path)}
    purposes_of_letters = {"account.invitation", "id"}
    assert sorted((named | recorded) - SENTENCES.keys() - purposes_of_letters) == []


def test_the_key_of_a_person_is_no_name(world: World) -> None:
    event = audit.record("role.given", by=world.kari, about=world.coordinator)
    assert UUID(event.object_id)
    assert "Guri" not in f"{event.object_name}{event.details}"
