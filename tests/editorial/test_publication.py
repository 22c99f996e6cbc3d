"""Publishing a page freezes it; taking it away withdraws it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Locale

from samtun.editorial.actions import folders, schedule
from samtun.editorial.models import ModulePage
from samtun.learning.errors import LearningError
from samtun.learning.models import Course, Module, ModuleVersion
from tests.factories import directory as make
from tests.factories import editorial

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:  # noqa: ANN401
    settings.MEDIA_ROOT = tmp_path / "media"


def page(**fields: object) -> ModulePage:
    return editorial.module_page(make.organization(municipality=make.municipality()), **fields)


def test_a_draft_is_met_by_no_reader() -> None:
    page().save_revision()
    assert not Module.objects.exists()


def test_publishing_freezes_what_the_page_says() -> None:
    made = page(title="Hvem er pårørende?", goals="Du ser.\r\nDu spør.")
    editorial.publish(made)
    version = ModuleVersion.objects.get()
    assert (version.module.pk, version.language) == (made.translation_key, "nb")
    assert version.content["title"] == "Hvem er pårørende?"
    assert version.content["goals"] == ["Du ser.", "Du spør."]
    block = version.content["lessons"][0]["blocks"][0]
    assert (block["kind"], block["value"]) == ("text", {"html": "<p>Spør.</p>"})


def test_a_translation_keeps_the_ids_of_lessons_and_blocks() -> None:
    made = page()
    editorial.publish(made)
    nynorsk = made.copy_for_translation(Locale.objects.get(language_code="nn"))
    nynorsk.title = "Kven er pårørande?"
    editorial.publish(nynorsk)
    first, second = ModuleVersion.objects.order_by("pk")
    assert (second.language, second.module.pk) == ("nn", first.module.pk)
    ids = [[one["id"] for one in version.content["lessons"]] for version in (first, second)]
    assert ids[0] == ids[1]
    assert Module.objects.get().language == "nb"


def test_a_substantial_revision_raises_the_edition_and_is_said_once() -> None:
    made = page()
    editorial.publish(made)
    made.summary, made.is_substantial, made.what_changed = "Nytt.", True, "Nye regler"
    editorial.publish(made)
    latest = ModuleVersion.objects.latest("number")
    assert (latest.edition, latest.what_changed) == (2, "Nye regler")
    form = ModulePage.get_edit_handler().get_form_class()(instance=made)
    assert (form.initial["is_substantial"], form.initial["what_changed"]) == (False, "")


def test_a_course_has_its_modules_and_needs_them_published() -> None:
    module = page()
    course = editorial.course_page(module, themes=["seeing"])
    with pytest.raises(LearningError):
        editorial.publish(course)
    editorial.publish(module)
    editorial.publish(course)
    made = Course.objects.get()
    assert (made.sectors, made.themes, made.minutes) == (["health"], ["seeing"], 4)
    assert made.course_modules.get().module.pk == module.translation_key


def test_what_is_taken_away_is_withdrawn_and_stays() -> None:
    module = page()
    course = editorial.course_page(module)
    editorial.publish(module)
    editorial.publish(course)
    with pytest.raises(LearningError):
        module.unpublish()
    module.refresh_from_db()
    course.unpublish()
    assert Course.objects.get().withdrawn_at
    course.refresh_from_db()
    course.delete()
    assert Course.objects.get().versions.count() == 1


def test_it_is_published_when_its_hour_has_come_and_not_before() -> None:
    made = page()
    now = timezone.now()
    made.go_live_at = now + timedelta(hours=1)
    revision = made.save_revision()
    revision.publish()
    assert schedule.publish_due() == 0
    assert not Module.objects.exists()
    made.revisions.update(approved_go_live_at=now - timedelta(minutes=1))
    content = revision.content | {"go_live_at": (now - timedelta(minutes=1)).isoformat()}
    made.revisions.update(content=content)
    assert schedule.publish_due() == 1
    assert Module.objects.count() == 1


def test_what_cannot_be_published_stops_nothing_else() -> None:
    due = timezone.now() - timedelta(minutes=1)
    module = page()
    course = editorial.course_page(page())  # whose module is not published
    for one in (course, module):
        one.save_revision()
        one.revisions.update(approved_go_live_at=due)
    assert schedule.publish_due() == 1
    assert (Module.objects.count(), Course.objects.count()) == (1, 0)
    course.refresh_from_db()
    assert not course.live


def test_a_page_belongs_to_the_organisation_of_its_folder() -> None:
    made = page()
    other = make.organization(municipality=make.municipality())
    folders.make(organization=other, by=None)
    made.move(folders.module_folder(other, "nb"), pos="last-child")
    made = ModulePage.objects.get(pk=made.pk)
    made.full_clean()
    assert made.organization == other
