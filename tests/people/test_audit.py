"""The trail of what was done: nobody can change it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from samtun.people import audit
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=3 * 366)


def event(**fields: object) -> AuditEvent:
    """Kari changed an offer."""
    about = make.service(organization=make.organization(municipality=make.municipality()))
    made = audit.record("service.changed", by=people.person(), about=about)
    if fields:  # a moment of its own: written anew, for nobody can change it
        return AuditEvent.objects.create(action=made.action, object_type="x", **fields)
    return made


def refused() -> pytest.RaisesExc[IntegrityError]:
    """What the database says."""
    return pytest.raises(IntegrityError, match="audit trail cannot be changed")


def test_an_event_cannot_be_changed() -> None:
    made = event()
    with refused(), transaction.atomic():
        AuditEvent.objects.filter(pk=made.pk).update(action="nothing.happened")
    made.refresh_from_db()
    assert made.action == "service.changed"


def test_an_event_cannot_be_deleted() -> None:
    made = event()
    with refused(), transaction.atomic():
        AuditEvent.objects.filter(pk=made.pk).delete()
    assert AuditEvent.objects.filter(pk=made.pk).exists()


def test_an_event_cannot_be_written_over() -> None:
    made = event()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.bulk_create(
            [AuditEvent(pk=made.pk, action="nothing.happened", object_type="x")],
            update_conflicts=True, unique_fields=["id"], update_fields=["action"],
        )  # fmt: skip


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_replacing_a_row_is_refused_too() -> None:
    made = event()
    replace = (
        "INSERT OR REPLACE INTO people_auditevent (id, at, action, object_type, object_id,"
        " object_name, details) VALUES (%s, '2026-01-01', 'x', 'x', '', '', '{}')"
    )
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replace, [made.pk])


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_the_table_cannot_be_emptied_at_once() -> None:
    event()
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE people_auditevent")


def test_an_event_older_than_three_years_may_be_tidied_away() -> None:
    old = event(at=timezone.now() - LONG_AGO)
    young = event()
    AuditEvent.objects.filter(pk=old.pk).delete()
    assert list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))[-1] == young.pk
    assert not AuditEvent.objects.filter(pk=old.pk).exists()


def test_the_refusal_can_be_taken_away_and_put_back() -> None:
    trail = import_module("samtun.people.migrations.0003_audit_is_append_only")
    made = event()
    trail.allow(connection)
    AuditEvent.objects.filter(pk=made.pk).update(action="x")
    trail.forbid(connection)
    with refused(), transaction.atomic():
        AuditEvent.objects.filter(pk=made.pk).update(action="y")


@pytest.mark.django_db(transaction=True)
def test_tables_are_emptied_after_a_test_with_real_transactions() -> None:
    event()


def test_an_event_is_in_the_trail_of_the_organisation_and_its_region() -> None:
    region = make.region()
    made = event()
    assert made.region_id == region.id
    assert made.place.organization is not None


def test_a_look_at_a_list_is_in_the_trail_of_whoever_looked() -> None:
    region = make.region()
    unit = make.organization(municipality=make.municipality())
    kari = people.person()
    people.role(kari, RoleKind.REGION_EDITOR, region=region)
    people.role(kari, RoleKind.LEADER, organization=unit)
    audit.looked(by=kari, at="people")
    looks = AuditEvent.objects.filter(action="looked.at", object_id="people")
    assert {one.region_id for one in looks} == {region.id}
    assert {one.organization_id for one in looks} == {None, unit.id}


def test_people_are_not_named_in_the_trail() -> None:
    made = audit.record("account.closed", by=None, about=people.person("Ola Prøve"))
    assert "Ola" not in f"{made.object_name} {made.details}"
