"""The database itself refuses to change the audit trail.

An event is never updated, and deleted only when it is older than three years, which the daily
tidying does. On SQLite a later migration that rebuilds this table (altering a column, not adding an
index) drops the triggers with it: call `forbid` at its end. `allow` is for the reverse migration and
for tests that empty all tables; nothing in the application calls it.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "people_auditevent"
REFUSAL = "the audit trail cannot be changed"
KEPT = "3 years"

SQLITE = (
    f"""CREATE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_no_delete BEFORE DELETE ON {TABLE}
        WHEN OLD.at > datetime('now', '-{KEPT}')
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    f"""CREATE TRIGGER audit_no_replace BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",  # noqa: S608  (constants of this file)
)
SQLITE_AGAIN = tuple(
    f"DROP TRIGGER IF EXISTS {name}"
    for name in ("audit_no_update", "audit_no_delete", "audit_no_replace")
)

POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '{KEPT}' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    f"""CREATE TRIGGER audit_rows BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()""",
    f"""CREATE TRIGGER audit_table BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()""",
)
POSTGRESQL_AGAIN = (
    f"DROP TRIGGER IF EXISTS audit_rows ON {TABLE}",
    f"DROP TRIGGER IF EXISTS audit_table ON {TABLE}",
    "DROP FUNCTION IF EXISTS audit_is_append_only()",
)


def forbid(connection: BaseDatabaseWrapper) -> None:
    """From now on the database refuses to change the trail."""
    _run(connection, SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def allow(connection: BaseDatabaseWrapper) -> None:
    """Take the refusal away."""
    _run(connection, SQLITE_AGAIN if connection.vendor == "sqlite" else POSTGRESQL_AGAIN)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _forbid(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    forbid(schema_editor.connection)


def _allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    allow(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_roles")]

    operations = [
        migrations.AddIndex(
            "auditevent", models.Index(fields=["object_type", "-id"], name="audit_type")
        ),
        migrations.AddIndex("auditevent", models.Index(fields=["at"], name="audit_at")),
        migrations.RunPython(_forbid, _allow),
    ]
