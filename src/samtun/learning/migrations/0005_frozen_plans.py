# ruff: noqa: S608  (constants of this file)
"""The database itself refuses to change what somebody has agreed to.

A version is frozen from the first agreement on: its `digest` is set. Then its goals, items and rules
are neither added to, changed nor deleted, its own text and days stay, and so do the plan's title and
whose it is. The first agreement can be taken back while the version is still a draft. Only the
reference from an item to an event that is deleted is emptied.

On SQLite a later migration that rebuilds one of these tables drops its triggers: call `forbid` at
its end. `allow` is for the reverse migration and for tests that empty all tables.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "what was agreed on cannot be changed"
PLAN, VERSION, AGREEMENT = "learning_plan", "learning_planversion", "learning_agreement"
GOAL, ITEM, RULE = "learning_goal", "learning_item", "learning_rule"

Refusal = tuple[str, str, str, str]  # name, event, table, and when it is refused

_OF_PLAN = ("title", "language", "region_id", "municipality_id", "adviser_id")
_OF_VERSION = ("plan_id", "number", "aim", "starting_point", "what_changed", "starts_on", "ends_on")
_OF_ITEM = (
    "id", "version_id", "key", "position", "kind", "title", "description", "course_id", "module_id",
    "url", "is_together", "is_required", "minutes", "valid_months", "renew_days",
    "follows_revisions",
)  # fmt: skip


def _differ(columns: tuple[str, ...], vendor: str) -> str:
    word = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return "(" + " OR ".join(f"NEW.{one} {word} OLD.{one}" for one in columns) + ")"


def _frozen(version: str) -> str:
    return f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = {version} AND v.digest <> '')"


def _frozen_item(item: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {ITEM} i JOIN {VERSION} v ON v.id = i.version_id"
        f" WHERE i.id = {item} AND v.digest <> '')"
    )


def _of_rows(vendor: str) -> list[Refusal]:
    """Goals, items and rules of a frozen version: none comes, changes or goes."""
    event = _differ(("event_id",), vendor)
    changes = f"({_differ(_OF_ITEM, vendor)} OR ({event} AND NEW.event_id IS NOT NULL))"
    version = f"({_frozen('OLD.version_id')} OR {_frozen('NEW.version_id')})"
    item = f"({_frozen_item('OLD.item_id')} OR {_frozen_item('NEW.item_id')})"
    return [
        ("goal_no_insert", "INSERT", GOAL, _frozen("NEW.version_id")),
        ("goal_no_update", "UPDATE", GOAL, version),
        ("goal_no_delete", "DELETE", GOAL, _frozen("OLD.version_id")),
        ("item_no_insert", "INSERT", ITEM, _frozen("NEW.version_id")),
        ("item_no_update", "UPDATE", ITEM, f"{version} AND {changes}"),
        ("item_no_delete", "DELETE", ITEM, _frozen("OLD.version_id")),
        ("rule_no_insert", "INSERT", RULE, _frozen_item("NEW.item_id")),
        ("rule_no_update", "UPDATE", RULE, item),
        ("rule_no_delete", "DELETE", RULE, _frozen_item("OLD.item_id")),
    ]


def _of_version(vendor: str) -> list[Refusal]:
    """Its text stays; nothing but a draft becomes agreed on, and nothing becomes a draft again."""
    taken_back = "(NEW.digest = '' AND OLD.status = 'draft' AND NEW.status = 'draft')"
    changes = (
        # A draft that nobody has said yes to becomes nothing else.
        "(OLD.digest = '' AND NEW.digest = '' AND NEW.status <> OLD.status)",
        # A yes is taken back only while the other side has not said theirs.
        f"(OLD.digest <> '' AND NEW.digest <> OLD.digest AND NOT {taken_back})",
        "(OLD.status <> 'draft' AND NEW.status = 'draft')",
        f"(OLD.digest <> '' AND {_differ(_OF_VERSION, vendor)})",
        f"(OLD.status = 'evaluated' AND {_differ(('status', 'evaluation'), vendor)})",
    )
    return [
        ("version_no_update", "UPDATE", VERSION, f"({' OR '.join(changes)})"),
        ("version_no_delete", "DELETE", VERSION, "OLD.digest <> ''"),
    ]


def _of_plan_and_agreements(vendor: str) -> list[Refusal]:
    """Whose plan it is, and who said yes to what."""
    version = f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v"
    # Of an agreement only the reference to a person whose account is gone is emptied.
    kept = _differ(("version_id", "side", "digest", "agreed_at", "person_name"), vendor)
    person = f"({_differ(('person_id',), vendor)} AND NEW.person_id IS NOT NULL)"
    plan = f"{_differ(_OF_PLAN, vendor)} AND {version}.plan_id = OLD.id AND v.digest <> '')"
    other = f"NOT {version}.id = NEW.version_id AND v.digest = NEW.digest)"
    settled = f"{version}.id = OLD.version_id AND v.status <> 'draft')"
    return [
        ("plan_no_update", "UPDATE", PLAN, plan),
        ("agreement_other_text", "INSERT", AGREEMENT, other),
        ("agreement_no_update", "UPDATE", AGREEMENT, f"({kept} OR {person})"),
        ("agreement_no_delete", "DELETE", AGREEMENT, settled),
    ]


def _refusals(vendor: str) -> list[Refusal]:
    rows = [*_of_rows(vendor), *_of_version(vendor), *_of_plan_and_agreements(vendor)]
    if vendor != "sqlite":
        return rows
    # INSERT OR REPLACE deletes without asking the triggers above.
    there = "EXISTS (SELECT 1 FROM {0} WHERE id = NEW.id)"
    kept = {"goal": GOAL, "item": ITEM, "rule": RULE, "version": VERSION, "plan": PLAN}
    replaced = [
        (f"{name}_no_replace", "INSERT", table, there.format(table)) for name, table in kept.items()
    ]
    return [*rows, *replaced]


def forbid(connection: BaseDatabaseWrapper) -> None:
    """From now on the database refuses to change what was agreed on."""
    vendor = connection.vendor
    statements = []
    for name, event, table, when in _refusals(vendor):
        if vendor == "sqlite":
            statements.append(
                f"CREATE TRIGGER agreed_{name} BEFORE {event} ON {table} WHEN {when}"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        else:
            statements += _postgresql(name, event, table, when)
    _run(connection, statements)


def _postgresql(name: str, event: str, table: str, when: str) -> list[str]:
    """A function each: conditions of triggers themselves cannot ask other tables there."""
    back = "OLD" if event == "DELETE" else "NEW"
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
    function = (
        f"CREATE OR REPLACE FUNCTION agreed_{name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF {when} THEN {refuse}; END IF; RETURN {back}; END $$"
    )
    trigger = (
        f"CREATE TRIGGER agreed_{name} BEFORE {event} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION agreed_{name}()"
    )
    return [function, trigger]


def allow(connection: BaseDatabaseWrapper) -> None:
    """Take the refusal away."""
    statements = []
    for name, _event, table, _when in _refusals(connection.vendor):
        if connection.vendor == "sqlite":
            statements.append(f"DROP TRIGGER IF EXISTS agreed_{name}")
        else:
            statements.append(f"DROP TRIGGER IF EXISTS agreed_{name} ON {table}")
            statements.append(f"DROP FUNCTION IF EXISTS agreed_{name}()")
    _run(connection, statements)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _forbid(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    forbid(schema_editor.connection)


def _allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    allow(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("learning", "0004_evidence_only_grows")]

    operations = [
        migrations.AddField("rule", "unit_to_choose", models.CharField(blank=True, max_length=300)),
        migrations.AddConstraint(
            "rule",
            models.CheckConstraint(
                condition=models.Q(("unit__isnull", True), ("unit_to_choose", ""), _connector="OR"),
                name="rule_unit_chosen_or_not",
            ),
        ),
        migrations.RunPython(_forbid, _allow),
    ]
