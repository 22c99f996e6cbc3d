"""What Wagtail's administration shows of itself here, and what it does not."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from samtun.editorial.models import EditorialPage, ModulePage
from samtun.editorial.publication import obstacle
from samtun.editorial.rooms import rooms_of, without_room
from samtun.learning.actions.publishing import courses_with
from samtun.learning.models import Module

Hook = TypeVar("Hook", bound=Callable[..., object])
_SHOWN = frozenset({"explorer", "images", "documents"})


def _register(name: str) -> Callable[[Hook], Hook]:
    """As Wagtail's own, which is untyped."""
    register: Callable[[Hook], Hook] = hooks.register(name)
    return register


@_register("construct_main_menu")
def _menu(request: HttpRequest, items: list[Any]) -> None:
    """Pages, pictures and files; people, settings and reports are elsewhere or nobody's."""
    items[:] = [item for item in items if item.name in _SHOWN]


@_register("construct_homepage_panels")
def _home(request: HttpRequest, panels: list[Any]) -> None:
    """Room to write in first; then what Wagtail shows of one's own work."""
    panels.insert(0, RoomPanel())


class RoomPanel(Component):
    """Where one writes, and the organisations that one could begin to write for."""

    name = "room"
    order = 10
    template_name = "editorial/room.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Whose they are."""
        request = parent_context["request"]
        return {
            "request": request,
            "rooms": rooms_of(request.user),
            "organizations": without_room(request.user),
        }


@_register("construct_page_chooser_queryset")
def _choosable(pages: QuerySet[EditorialPage], request: HttpRequest) -> QuerySet[EditorialPage]:
    """Only what one may see in the tree; where a module is asked for, all of them at once."""
    policy = policy_registry.get_by_type(EditorialPage)
    match = request.resolver_match
    begins = match is not None and match.url_name == "wagtailadmin_choose_page"
    if begins and request.GET.get("page_type") == ModulePage._meta.label_lower:
        modules = EditorialPage.objects.type(ModulePage).select_related("locale")
        pages = modules.defer_streamfields().specific().order_by("-latest_revision_created_at")
    return pages.filter(pk__in=policy.explorable_instances(request.user).values("pk"))


@_register("before_publish_page")
def _publishable(request: HttpRequest, page: EditorialPage) -> HttpResponse | None:
    """What stands in the way is said, and the draft is kept."""
    if reason := obstacle(page.specific):
        messages.error(request, _("It is saved as a draft, but not published. %s") % reason)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@_register("before_unpublish_page")
@_register("before_delete_page")
def _removable(request: HttpRequest, page: EditorialPage) -> HttpResponse | None:
    """A module that a course needs stays."""
    module = Module.objects.filter(pk=page.translation_key).first()
    if not module or not isinstance(page.specific, ModulePage) or not page.live:
        return None
    if module.language == page.locale.language_code and (used := courses_with(module)):
        names = ", ".join(course.slug for course in used)
        messages.error(
            request,
            _("The module is part of a course that can be taken: %(courses)s.")
            % {"courses": names},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None
