"""The database itself holds that evidence only grows, and that a certificate says what it said.

Evidence is never deleted; of a row only references may change, and only to nothing. Of a
certificate `withdrawn_at` and `withdrawn_why` may change, and `facts` may be emptied: that, and
emptying the learner's name, is how somebody is forgotten. On SQLite a later migration that rebuilds
one of these tables drops the triggers with it: call `forbid` at its end. `allow` is for the reverse
migration and for tests that empty all tables.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "what somebody has done is never changed"
TABLES = {"evidence": "learning_evidence", "certificate": "learning_certificate"}
KEPT = {
    "evidence": (
        "id", "learner_id", "kind", "item_key", "edition", "title", "language", "minutes",
        "done_on", "learnt", "reason", "facts", "key", "made_at",
    ),
    "certificate": (
        "id", "code", "learner_id", "evidence_id", "plan_key", "language", "key", "issued_at",
    ),
}  # fmt: skip
# Of evidence: to nothing, never to another. Of a certificate: emptied.
REFERENCES = ("course_id", "module_id", "made_by_id")


def _changed(kind: str, differs: str, empty: str) -> str:
    """What of a row may not become different."""
    said = [f'OLD."{name}" {differs} NEW."{name}"' for name in KEPT[kind]]
    if kind == "evidence":
        said += [
            f'(NEW."{name}" IS NOT NULL AND OLD."{name}" {differs} NEW."{name}")'
            for name in REFERENCES
        ]
    else:
        said.append(f'(OLD."facts" {differs} NEW."facts" AND NEW."facts" {differs} {empty})')
    return " OR ".join(said)


def _sqlite(kind: str, table: str) -> tuple[str, ...]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    there = f'SELECT 1 FROM {table} WHERE id = NEW.id OR "key" = NEW."key"'  # noqa: S608
    return (
        f"""CREATE TRIGGER {kind}_no_update BEFORE UPDATE ON {table}
            WHEN {_changed(kind, "IS NOT", "'{}'")} {refuse}""",
        f"CREATE TRIGGER {kind}_no_delete BEFORE DELETE ON {table} {refuse}",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"""CREATE TRIGGER {kind}_no_replace BEFORE INSERT ON {table}
            WHEN EXISTS ({there}) {refuse}""",
    )


def _sqlite_again(kind: str) -> tuple[str, ...]:
    return tuple(
        f"DROP TRIGGER IF EXISTS {kind}_no_{what}" for what in ("update", "delete", "replace")
    )


FUNCTION = f"""CREATE OR REPLACE FUNCTION evidence_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$"""


def _postgresql(kind: str, table: str) -> tuple[str, ...]:
    refuse = "EXECUTE FUNCTION evidence_only_grows()"
    changed = _changed(kind, "IS DISTINCT FROM", "'{}'::jsonb")
    return (
        f"""CREATE TRIGGER {kind}_no_update BEFORE UPDATE ON {table}
            FOR EACH ROW WHEN ({changed}) {refuse}""",
        f"CREATE TRIGGER {kind}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"""CREATE TRIGGER {kind}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT {refuse}""",
    )


def _postgresql_again(kind: str, table: str) -> tuple[str, ...]:
    return tuple(
        f"DROP TRIGGER IF EXISTS {kind}_no_{what} ON {table}"
        for what in ("update", "delete", "truncate")
    )


def forbid(connection: BaseDatabaseWrapper) -> None:
    """From now on the database refuses to change what somebody has done."""
    if connection.vendor == "sqlite":
        _run(connection, *(one for item in TABLES.items() for one in _sqlite(*item)))
    else:
        _run(connection, FUNCTION, *(one for item in TABLES.items() for one in _postgresql(*item)))


def allow(connection: BaseDatabaseWrapper) -> None:
    """Take the refusal away."""
    if connection.vendor == "sqlite":
        _run(connection, *(one for kind in TABLES for one in _sqlite_again(kind)))
    else:
        gone = (one for item in TABLES.items() for one in _postgresql_again(*item))
        _run(connection, *gone, "DROP FUNCTION IF EXISTS evidence_only_grows()")


def _run(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _forbid(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    forbid(schema_editor.connection)


def _allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    allow(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("learning", "0003_live_sessions")]

    operations = [migrations.RunPython(_forbid, _allow)]
