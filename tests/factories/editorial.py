# ruff: noqa: ANN401  (the fields of any page pass through)
"""Makes pages for tests: `from tests.factories import editorial`."""

import json
from itertools import count
from typing import Any
from uuid import uuid4

from samtun.editorial.actions import folders
from samtun.editorial.models import CoursePage, ModulePage
from samtun.organisations.models import Organization

_numbers = count(1)


def lessons(*pieces: dict[str, Any], title: str = "De som står rundt") -> str:
    """A lesson with the pieces, or with a text, as it is stored."""
    text = {"type": "text", "id": str(uuid4()), "value": {"html": "<p>Spør.</p>", "sectors": []}}
    value = {"title": title, "minutes": 4, "blocks": list(pieces) or [text]}
    return json.dumps([{"type": "lesson", "id": str(uuid4()), "value": value}])


def module_page(organization: Organization, language: str = "nb", **fields: Any) -> ModulePage:
    """A draft of a module in the organisation's folder."""
    folders.make(organization=organization, by=None)
    number = next(_numbers)
    values = {"title": f"Modul {number}", "slug": f"modul-{number}", "summary": "Om å se."}
    page = ModulePage(**values | {"live": False, "lessons": lessons()} | fields)
    folder = folders.module_folder(organization, language)
    page.locale = folder.locale
    made: ModulePage = folder.add_child(instance=page)
    return made


def course_page(*modules: ModulePage, language: str = "nb", **fields: Any) -> CoursePage:
    """A draft of a course of the modules."""
    organization = modules[0].organization
    assert organization
    number = next(_numbers)
    values = {"title": f"Kurs {number}", "slug": f"kurs-{number}", "summary": "Et kort kurs."}
    chosen = [{"type": "module", "id": str(uuid4()), "value": one.pk} for one in modules]
    page = CoursePage(
        **values | {"live": False, "sectors": ["health"], "modules": json.dumps(chosen)} | fields
    )
    folder = folders.course_folder(organization, language)
    page.locale = folder.locale
    made: CoursePage = folder.add_child(instance=page)
    return made


def publish(page: Any) -> None:
    """As an editor would."""
    page.save_revision(clean=False).publish()
    page.refresh_from_db()
