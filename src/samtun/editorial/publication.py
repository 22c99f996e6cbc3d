"""From a page that is published to the version that is frozen, and back when it is taken away."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context

from samtun.editorial.fields import Blocks
from samtun.editorial.freezing import course_content, module_content
from samtun.editorial.models import CoursePage, EditorialPage, ModulePage
from samtun.learning.actions import publishing
from samtun.learning.errors import LearningError
from samtun.learning.models import Course, Module
from samtun.organisations.models import Organization
from samtun.people.models import User


def publish(page: EditorialPage) -> None:
    """Freeze what a course or module page says now; folders need nothing.

    Raises:
        LearningError: it cannot be published like that.
    """
    _check(page)
    if isinstance(page, ModulePage):
        publishing.publish_module(
            module_id=page.translation_key, content=module_content(page), **_shared(page, Module)
        )
    elif isinstance(page, CoursePage):
        publishing.publish_course(
            course_id=page.translation_key,
            content=course_content(page),
            sectors=page.sectors,
            themes=page.themes,
            company=page.company,
            is_open=page.is_open,
            position=page.position,
            **_shared(page, Course),
        )


def _check(page: EditorialPage) -> None:
    """What a draft may lack is there; the way of review does not ask the form again."""
    for field in page._meta.get_fields():
        if isinstance(field, Blocks):
            value = getattr(page, field.name)
            try:
                value.stream_block.clean(value)
            except ValidationError as error:
                what = capfirst(str(field.verbose_name))
                raise LearningError(
                    _("Something is missing or wrong in: %(what)s.") % {"what": what}
                ) from error


def obstacle(page: EditorialPage) -> str:
    """Why `page` cannot be published as it is, or nothing. Publishes nothing."""
    try:
        with transaction.atomic():
            publish(page)
            transaction.set_rollback(True)
    except LearningError as error:
        return str(error)
    return ""


def withdraw(page: EditorialPage) -> None:
    """Take the language of `page` away from readers, or all when it is the original's.

    Raises:
        LearningError: a course that can be taken has the module.
    """
    language, by = page.locale.language_code, who()
    if isinstance(page, ModulePage):
        if module := Module.objects.filter(pk=page.translation_key).first():
            publishing.withdraw(module=module, language=language, by=by)
    elif isinstance(page, CoursePage) and (
        course := Course.objects.filter(pk=page.translation_key).first()
    ):
        publishing.withdraw(course=course, language=language, by=by)


def who() -> User | None:
    """Whoever publishes just now; nobody when it is the worker."""
    user: User | None = get_active_log_context().user
    return user


def _shared(page: EditorialPage, kind: type[Course] | type[Module]) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "organization": _publisher(page),
        "language": page.locale.language_code,
        "is_substantial": page.is_substantial,
        "what_changed": page.what_changed,
        "by": who(),
        "is_original": is_original(page, kind),
        "is_example": _publisher(page).is_example,
    }


def _publisher(page: EditorialPage) -> Organization:
    if page.organization is None:
        raise LearningError("A page that nobody answers for cannot be published")
    found: Organization = page.organization
    return found


def is_original(page: EditorialPage, kind: type[Course] | type[Module]) -> bool:
    """Whether the others are translations of it: what was published first, else written first."""
    known = kind._default_manager.filter(pk=page.translation_key).first()
    if known:
        return bool(known.language == page.locale.language_code)
    same = EditorialPage.objects.filter(translation_key=page.translation_key)
    first = same.order_by("pk").values_list("pk", flat=True).first()
    return first in {page.pk, None}
