# ruff: noqa: ANN401  (a value of any column)
"""Column by column: what the database lets nobody change, and the few things that it lets change.

A new column is held, or named here as one that may change.
"""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from samtun.learning.actions import certificates
from samtun.learning.enums import Side
from samtun.learning.models import (
    Agreement,
    Certificate,
    CourseVersion,
    Evidence,
    Goal,
    Item,
    ModuleVersion,
    Plan,
    PlanVersion,
    Rule,
)
from tests.factories import directory as make
from tests.factories import events, learning, people

pytestmark = pytest.mark.django_db

REFUSALS = (
    "what somebody has done is never changed|a published version cannot be changed"
    "|what was agreed on cannot be changed"
)
MAY_CHANGE: dict[type[models.Model], set[str]] = {
    Evidence: set(),
    Certificate: {"withdrawn_at", "withdrawn_why"},
    CourseVersion: {"is_current", "published_by"},
    ModuleVersion: {"is_current", "published_by"},
    Plan: {"is_template", "is_shared", "copied_from", "attribution", "is_example", "made_at",
           "archived_at"},
    PlanVersion: {"status", "changed_at", "agreed_at", "activated_at", "ended_at", "evaluation"},
    Agreement: set(),
    Goal: set(),
    Item: set(),
    Rule: set(),
}  # fmt: skip
HELD = [
    (model, field.name)
    for model, free in MAY_CHANGE.items()
    for field in model._meta.concrete_fields
    if not field.primary_key and field.name not in free
]


def row(model: type[models.Model]) -> Any:
    """One that is held."""
    if model in (Evidence, Certificate):
        done = learning.evidence(
            learning.learner(), course=learning.course(), module=learning.module(),
            made_by=people.person(), facts={"publisher": "Senteret"},
        )  # fmt: skip
        return done if model is Evidence else certificates.issue(evidence=done)
    if model in (CourseVersion, ModuleVersion):
        learning.course()
        return model._default_manager.get()
    return agreed()[model]


def agreed() -> dict[type[models.Model], Any]:
    """A plan to which one side has said yes."""
    plan = learning.plan()
    version = learning.version(plan, status="draft", agreed_at=None, activated_at=None)
    meeting = events.event(organization=make.organization())
    item = learning.item(version, module=learning.module(), event=meeting)
    rule = learning.rule(item, unit=make.organization())
    goal = Goal.objects.create(version=version, position=0, text="Flere", indicator="Andel")
    PlanVersion.objects.filter(pk=version.pk).update(digest="a" * 64)
    yes = Agreement.objects.create(
        version=version, side=Side.OWNER, digest="a" * 64, person=people.person()
    )
    return {Plan: plan, PlanVersion: version, Agreement: yes, Goal: goal, Item: item, Rule: rule}


REFERENCES: dict[str, Any] = {
    "learner": lambda: learning.learner("Ola Annen"),
    "course": learning.course,
    "module": learning.module,
    "made_by": lambda: people.person("Ola Annen"),
    "person": lambda: people.person("Ola Annen"),
    "evidence": lambda: learning.evidence(learning.learner()),
    "plan": learning.plan,
    "version": lambda: learning.version(status="draft", agreed_at=None),
    "item": lambda: learning.item(learning.version(status="draft", agreed_at=None)),
    "unit": make.organization,
    "adviser": make.organization,
    "event": lambda: events.event(organization=make.organization()),
    "region": lambda: make.region("hallingdal"),
    "municipality": lambda: make.municipality("3454", "Vang"),
}


def another(field: models.Field[Any, Any], now: Any) -> Any:
    """A value that the column does not have."""
    if field.is_relation:
        return REFERENCES[field.name]()
    if isinstance(field, models.BooleanField):
        return not now
    if isinstance(field, models.DateTimeField):
        return datetime(2001, 2, 3, 4, tzinfo=UTC)
    values = {
        models.DateField: date(2001, 2, 3), models.UUIDField: uuid4(), models.JSONField: ["x"],
        models.DecimalField: 77, models.IntegerField: 77,
    }  # fmt: skip
    found = [value for kind, value in values.items() if isinstance(field, kind)]
    return found[0] if found else "x"


@pytest.mark.parametrize(("model", "name"), HELD, ids=lambda one: getattr(one, "__name__", one))
def test_what_is_held_cannot_become_something_else(model: type[models.Model], name: str) -> None:
    made = row(model)
    field = model._meta.get_field(name)
    value = another(field, getattr(made, name))  # type: ignore[arg-type]
    with pytest.raises(IntegrityError, match=REFUSALS), transaction.atomic():
        model._default_manager.filter(pk=made.pk).update(**{name: value})


@pytest.mark.parametrize(("model", "at"), [(Goal, "version"), (Rule, "item"), (Item, "version")])
def test_nothing_is_moved_into_what_was_agreed_on(model: type[models.Model], at: str) -> None:
    held = agreed()
    draft = learning.version(status="draft", agreed_at=None)
    item = learning.item(draft)
    others: dict[type[models.Model], Any] = {
        Goal: lambda: Goal.objects.create(version=draft, position=0),
        Item: lambda: item,
        Rule: lambda: learning.rule(item),
    }
    other = others[model]()
    with pytest.raises(IntegrityError, match=REFUSALS), transaction.atomic():
        model._default_manager.filter(pk=other.pk).update(**{at: getattr(held[model], at)})


@pytest.mark.parametrize("model", [one for one in MAY_CHANGE if one not in (Plan, Agreement)])
def test_a_held_row_is_not_deleted(model: type[models.Model]) -> None:
    made = row(model)
    with pytest.raises(IntegrityError, match=REFUSALS), transaction.atomic():
        model._default_manager.filter(pk=made.pk)._raw_delete("default")  # type: ignore[attr-defined]


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("model", [one for one in MAY_CHANGE if one is not Agreement])
def test_a_held_row_is_not_replaced(model: type[models.Model]) -> None:
    row(model)
    table = model._meta.db_table
    with (
        pytest.raises(IntegrityError, match=REFUSALS),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize("model", [Evidence, Certificate, CourseVersion, ModuleVersion])
def test_a_held_table_is_not_emptied_at_once(model: type[models.Model]) -> None:
    row(model)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


def test_a_meeting_and_an_account_can_go_from_what_was_agreed_on() -> None:
    held = agreed()
    held[Item].event.delete()
    held[Agreement].person.delete()
    assert Item.objects.get().event is None
    assert Agreement.objects.get().person is None
    assert Agreement.objects.get().person_name == held[Agreement].person_name
