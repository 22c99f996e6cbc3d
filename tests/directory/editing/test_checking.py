"""What cannot be kept is said at its field; nothing anybody sends makes an error page."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from samtun.directory.editing import actions
from samtun.directory.editing.document import Document
from samtun.directory.editing.errors import Changed, Invalid
from samtun.directory.editing.reading import document_of
from samtun.directory.models import Service
from samtun.people.enums import RoleKind
from tests.directory.editing import scenes
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


def errors(service: Service, by: Any = None, **fields: Any) -> dict[str, list[str]]:  # noqa: ANN401
    """What is wrong when the service is saved with these fields."""
    with pytest.raises(Invalid) as refused:
        scenes.edit(service, by=by, **fields)
    return refused.value.errors


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"texts_nb_name": ""}, "texts.nb.name"),
        ({"texts_nb_name": "x" * 301}, "texts.nb.name"),
        ({"texts_nn_summary": "x" * 301}, "texts.nn.summary"),
        ({"texts_nb_description": "<script>alert(1)</script>"}, "texts.nb.description"),
        ({"texts_nb_description": "En <b>fet</b> tekst"}, "texts.nb.description"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://filer.example"}, "url"),
        ({"email": "kari snabel-a post"}, "email"),
        ({"assurer_email": "post@"}, "assurer_email"),
        ({"minimum_age": 20, "maximum_age": 10}, "maximum_age"),
        ({"maximum_age": 200}, "maximum_age"),
        ({"confirm_every_days": 1}, "confirm_every_days"),
        ({"publish_on": "2026-06-02", "end_on": "2026-06-01"}, "end_on"),
        ({"publish_on": "2026-02-30"}, "publish_on"),
        ({"needs": ["finnes-ikke"]}, "needs"),
        ({"covers": ["9999"]}, "covers"),
        ({"languages": ["norsk og engelsk"]}, "languages"),
        ({"language": "xx"}, "language"),
        ({"status": "deleted"}, "status"),
        ({"organization": str(uuid4())}, "organization"),
        ({"keeper": str(uuid4())}, "keeper"),
        ({"phones": [{"number": "ring meg"}]}, "phones.0.number"),
        ({"phones": [{"number": ""}]}, "phones.0.number"),
        ({"contacts": [{"email": "nei"}]}, "contacts.0.email"),
        ({"places": [{"name": "Huset", "postal_code": "0000"}]}, "places.0.postal_code"),
        ({"places": [{}]}, "places.0.name"),
        ({"hours": [{"days": ["MO"], "opens_at": "25:00"}]}, "hours.0.opens_at"),
        ({"hours": [{"days": [], "opens_at": "10:00"}]}, "hours.0.days"),
        ({"hours": [{"place": 3, "days": ["MO"], "opens_at": "10:00"}]}, "hours.0.place"),
        (
            {"hours": [{"days": ["MO"], "opens_at": "10:00", "valid_from": "2026-02-01",
                        "valid_to": "2026-01-01"}]},
            "hours.0.valid_to",
        ),
        ({"costs": [{"option": "Kaffe", "amount": "mye"}]}, "costs.0.amount"),
        ({"documents": [{"uri": "file:///etc/passwd"}]}, "documents.0.uri"),
        ({"phones": [{"number": "1"}] * 61}, "phones"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_at_its_field(fields: dict[str, Any], path: str) -> None:
    service = make.service()
    assert path in errors(service, **fields)
    assert not service.versions.exists()


def test_an_old_fault_does_not_stop_other_work() -> None:
    service = make.service(url="ftp://gammel.example", email="nei", name="<b>Kafé</b>")
    number = make.phone(service=service, number="ukjent")
    scenes.edit(service, texts_nb_summary="Ny setning.")
    number.refresh_from_db()
    service.refresh_from_db()
    assert (number.number, service.url, service.summary) == (
        "ukjent",
        "ftp://gammel.example",
        "Ny setning.",
    )
    assert "url" in errors(service, url="ftp://ny.example")


def test_control_characters_go_and_lines_stay_on_their_line() -> None:
    service = make.service()
    scenes.edit(
        service, texts_nb_name="Ka\x00fé\r\n på\u202e tunet ", texts_nb_description="a\r\nb"
    )
    service.refresh_from_db()
    assert (service.name, service.description) == ("Kafé på tunet", "a\nb")


def test_an_address_in_angles_is_no_markup() -> None:
    service = make.service()
    scenes.edit(service, texts_nb_description="Skriv til <post@x.example>; 5 < 6 og 7 > 2.")
    service.refresh_from_db()
    assert service.description == "Skriv til <post@x.example>; 5 < 6 og 7 > 2."


def test_nobody_moves_an_offer_to_an_organisation_they_do_not_reach() -> None:
    service, kari = scenes.offer()
    of_ola = make.organization()
    assert "organization" in errors(service, by=kari, organization=str(of_ola.pk))
    assert "organization" in errors(service, by=None, organization=str(of_ola.pk))
    unit = make.organization(parent_organization=service.organization)
    people.forget(kari)
    scenes.edit(service, by=kari, organization=str(unit.pk))
    service.refresh_from_db()
    assert service.organization_id == unit.pk


def test_nobody_makes_an_offer_for_an_organisation_they_do_not_reach() -> None:
    service, kari = scenes.offer()
    nils = scenes.kari(make.organization())
    document: dict[str, Any] = {**document_of(service)}
    for person in (nils, None):
        with pytest.raises(Invalid) as refused:
            actions.save(document=document, by=person)
        assert list(refused.value.errors) == ["organization"]
    assert actions.save(document=document, by=kari).pk != service.pk


def test_a_leader_reads_and_cannot_be_the_keeper() -> None:
    service, kari = scenes.offer()
    leader = people.person("Lars Leder")
    people.role(leader, RoleKind.LEADER, organization=service.organization)
    assert "keeper" in errors(service, by=kari, keeper=str(leader.pk))
    scenes.edit(service, by=kari, keeper=str(kari.pk))
    service.refresh_from_db()
    assert service.keeper_id == kari.pk


_anything = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | some.text(max_size=20)
    | some.sampled_from(["MO", "nb", "2026-01-01", "10:00", "<script>", "\ud800", "active"]),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(
            some.sampled_from(
                [
                    "nb",
                    "nn",
                    "id",
                    "name",
                    "number",
                    "place",
                    "days",
                    "week",
                    "location",
                    "words",
                    "x",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)
_hostile = (
    some.dictionaries(some.sampled_from(list(Document.__annotations__)), _anything) | _anything
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_hostile)
def test_whatever_is_sent_is_saved_or_refused(document: object) -> None:
    service = Service.objects.first() or make.full_service().service
    try:
        saved = actions.save(document=document, by=None, service=service)
    except (Invalid, Changed):
        return
    again = document_of(saved)
    actions.save(document=again, by=None, service=saved)
    assert document_of(Service.objects.get(pk=saved.pk)) == again
