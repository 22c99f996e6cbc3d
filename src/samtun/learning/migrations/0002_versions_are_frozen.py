"""The database itself refuses to change or delete what was published.

Of a version only `is_current` and `published_by` (emptied with the account) may change. On SQLite a
later migration that rebuilds one of these tables drops the triggers with it: call `forbid` at its
end. `allow` is for the reverse migration and for tests that empty all tables.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "a published version cannot be changed"
TABLES = {"course": "learning_courseversion", "module": "learning_moduleversion"}
FROZEN = (
    "id", "language", "number", "edition", "is_substantial", "what_changed", "content", "digest",
    "published_at",
)  # fmt: skip


def _changed(kind: str, differs: str) -> str:
    columns = (*FROZEN, f"{kind}_id")
    return " OR ".join(f'OLD."{name}" {differs} NEW."{name}"' for name in columns)


def _sqlite(kind: str, table: str) -> tuple[str, ...]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    there = (
        f"SELECT 1 FROM {table} WHERE id = NEW.id OR ({kind}_id = NEW.{kind}_id"  # noqa: S608
        " AND language = NEW.language AND number = NEW.number)"
    )
    return (
        f"""CREATE TRIGGER {kind}_version_no_update BEFORE UPDATE ON {table}
            WHEN {_changed(kind, "IS NOT")} {refuse}""",
        f"CREATE TRIGGER {kind}_version_no_delete BEFORE DELETE ON {table} {refuse}",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"""CREATE TRIGGER {kind}_version_no_replace BEFORE INSERT ON {table}
            WHEN EXISTS ({there}) {refuse}""",
    )


def _sqlite_again(kind: str) -> tuple[str, ...]:
    return tuple(
        f"DROP TRIGGER IF EXISTS {kind}_version_no_{what}"
        for what in ("update", "delete", "replace")
    )


FUNCTION = f"""CREATE OR REPLACE FUNCTION version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$"""


def _postgresql(kind: str, table: str) -> tuple[str, ...]:
    refuse = "EXECUTE FUNCTION version_is_frozen()"
    return (
        f"""CREATE TRIGGER {kind}_version_no_update BEFORE UPDATE ON {table}
            FOR EACH ROW WHEN ({_changed(kind, "IS DISTINCT FROM")}) {refuse}""",
        f"""CREATE TRIGGER {kind}_version_no_delete BEFORE DELETE ON {table}
            FOR EACH ROW {refuse}""",
        f"""CREATE TRIGGER {kind}_version_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT {refuse}""",
    )


def _postgresql_again(kind: str, table: str) -> tuple[str, ...]:
    return tuple(
        f"DROP TRIGGER IF EXISTS {kind}_version_no_{what} ON {table}"
        for what in ("update", "delete", "truncate")
    )


def forbid(connection: BaseDatabaseWrapper) -> None:
    """From now on the database refuses to change what was published."""
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
        _run(connection, *gone, "DROP FUNCTION IF EXISTS version_is_frozen()")


def _run(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _forbid(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    forbid(schema_editor.connection)


def _allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    allow(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial")]

    operations = [migrations.RunPython(_forbid, _allow)]
