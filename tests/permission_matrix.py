"""Who may do what, asked of the rules themselves and written to docs/permissions.md.

    python -m tests.permission_matrix

A test fails when the committed file is not what the rules say.
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samtun.people.models import User

FILE = Path(__file__).resolve().parent.parent / "docs" / "permissions.md"
_HEAD = """# Who may do what

Made by `python -m tests.permission_matrix`, which asks the rules themselves with invented people;
a test fails when this file is old. Declared in each package's `rules.py`.

| mark | the person may do it to what belongs to |
|---|---|
| O | what the role is for (for an organisation: with all its units) |
| M | another organisation in the same municipality |
| R | another municipality of the same region |
| E | elsewhere |
| · | nothing |
| own | what is the person's own only |

"""
_PERIOD = "A role of a day gone by or to come grants nothing; a closed account has none."
_BESIDE = (
    "Beside these: one's own account (name, ways to sign in, sessions, what is stored about one) is"
    " open to whoever has signed in, and to nobody else."
)
_LAST = (
    "The last system administrator, the last editor of a region, and the last editor of an"
    " organisation that no editor above it or of its region reaches, cannot end, be changed, closed"
    " or deleted: somebody else gets the role first."
)
_AREAS = "OMRE"
# Things that no organisation has.
_OF_THE_AREA = {"directory.view_missed_search", "directory.settle_missed_search",
                "organisations.change_region"}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """Something that belongs somewhere, and perhaps to somebody."""

    place: Any
    kind: str = "coordinator"
    person_id: object = None


@dataclass(frozen=True)
class World:
    """Two regions; the things of each area, of organisations and of areas themselves."""

    region: Any
    municipality: Any
    unit: Any
    things: dict[str, Any]
    areas: dict[str, Any]


def text() -> str:
    """The whole file. Needs a database, which it fills."""
    from django.utils import translation  # noqa: PLC0415  # settings first

    with translation.override("en"):
        world = _world()
        rows = _rows(world)
        return _HEAD + _roles() + _table(rows) + _giving()


def _world() -> World:
    from samtun.organisations.models import Place  # noqa: PLC0415
    from tests.factories import directory as make  # noqa: PLC0415

    here, near = make.municipality("3451", "Nord-Aurdal"), make.municipality("3454", "Vang")
    away = make.municipality("3330", "Gol")
    region = make.region("valdres", here, near)
    elsewhere = make.region("hallingdal", away)
    unit = make.organization(municipality=here)
    homes = (unit, make.organization(municipality=here), make.organization(municipality=near),
             make.organization(municipality=away))  # fmt: skip
    areas = (Place(None, "3451", region.id), None, Place(None, "3454"), Place(region=elsewhere.id))
    return World(
        region, here, unit,
        dict(zip(_AREAS, [home.place for home in homes], strict=True)),
        {mark: place for mark, place in zip(_AREAS, areas, strict=True) if place},
    )  # fmt: skip


def _rows(world: World) -> dict[str, dict[str, str]]:
    """For each role and scope, what each permission reaches."""
    from samtun.people.enums import SCOPES_OF, RoleKind  # noqa: PLC0415
    from samtun.people.rules import HOLDERS  # noqa: PLC0415
    from tests.factories import people  # noqa: PLC0415

    scopes = {"everything": {}, "region": {"region": world.region},
              "municipality": {"municipality": world.municipality},
              "organization": {"organization": world.unit}}  # fmt: skip
    rows = {}
    for kind in RoleKind:
        for scope in SCOPES_OF[kind]:
            person = people.person()
            people.role(person, kind, **scopes[scope])
            rows[f"{kind.label}, {scope}"] = {
                permission: _cell(world, person, permission) for permission in sorted(HOLDERS)
            }
    return rows


def _cell(world: World, person: "User", permission: str) -> str:
    from samtun.people.rules import may  # noqa: PLC0415

    things = world.areas if permission in _OF_THE_AREA else world.things
    reached = [mark for mark, place in things.items() if may(person, permission, Thing(place))]
    own = may(person, permission, Thing(world.things["E"], person_id=person.pk))
    if own and "E" not in reached:
        reached.append("own")
    return " ".join(reached) or "·"


def _roles() -> str:
    from django.utils import translation  # noqa: PLC0415

    from samtun.people.enums import NEED_SECOND_FACTOR, ROLE_DESCRIPTIONS, RoleKind  # noqa: PLC0415

    lines = ["## Roles", "", "| role | in Norwegian | what it is | second factor |",
             "|---|---|---|---|"]  # fmt: skip
    for kind in RoleKind:
        factor = "required" if kind in NEED_SECOND_FACTOR else "offered"
        if kind == RoleKind.EMPLOYEE:
            factor += "; required over several units"
        english = str(kind.label)
        with translation.override("nb"):
            lines.append(f"| {english} | {kind.label} | {ROLE_DESCRIPTIONS[kind]} | {factor} |")
    return "\n".join([*lines, "", ""])


def _table(rows: dict[str, dict[str, str]]) -> str:
    permissions = sorted(next(iter(rows.values())))
    lines = ["## Permissions", "", _PERIOD, ""]
    lines.append("| permission | " + " | ".join(rows) + " |")
    lines.append("|---" * (len(rows) + 1) + "|")
    lines += [
        f"| `{permission}` | " + " | ".join(row[permission] for row in rows.values()) + " |"
        for permission in permissions
    ]
    lines += ["", _BESIDE, ""]
    return "\n".join([*lines, ""])


def _giving() -> str:
    from samtun.people.enums import RoleKind  # noqa: PLC0415
    from samtun.people.rules import GIVES  # noqa: PLC0415

    lines = ["## Who gives, changes and ends which role", "",
             "Within what the giver's own role reaches: nobody gives more than they have.", "",
             "| giver | roles |", "|---|---|"]  # fmt: skip
    for giver, kinds in GIVES.items():
        given = ", ".join(str(kind.label).lower() for kind in RoleKind if kind in kinds)
        lines.append(f"| {RoleKind(giver).label} | {given} |")
    lines += ["", _LAST, ""]
    return "\n".join(lines)


def main() -> None:
    """Write the file, with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAMTUN_DATA_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")
        import django  # noqa: PLC0415
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0)
        FILE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
