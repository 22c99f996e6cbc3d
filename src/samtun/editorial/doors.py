"""Which of Wagtail's addresses are open, and to whom: what is not named here does not exist.

Wagtail asks its policies in most places, but not in all: some views show any page to whoever may
open the administration. So what an address is about is looked up here first, and is a 404 when it
is none of the person's business.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.permissions import policy_registry

from samtun.editorial import scripts
from samtun.editorial.models import EditorialDocument, EditorialImage, EditorialPage
from samtun.learning.errors import LearningError
from samtun.people.access import requires
from samtun.people.models import User

View = Callable[..., HttpResponseBase]

# Open addresses by namespace.
OPEN: dict[str, frozenset[str]] = {
    "": frozenset(
        {
            "wagtailadmin_home", "wagtailadmin_explore_root", "wagtailadmin_explore",
            "wagtailadmin_explore_results", "wagtail_bulk_action", "wagtailadmin_choose_page",
            "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search",
            "wagtailadmin_choose_page_external_link", "wagtailadmin_choose_page_email_link",
            "wagtailadmin_choose_page_phone_link", "wagtailadmin_dismissibles",
            "wagtailadmin_sprite", "wagtailadmin_javascript_catalog",
        }
    ),
    "wagtailadmin_api:pages": frozenset({"listing", "detail"}),
    "wagtailadmin_pages": frozenset(
        {
            "add", "preview_on_add", "choose_parent", "usage", "edit", "preview_on_edit",
            "view_draft", "add_subpage", "delete", "unpublish", "search", "search_results", "copy",
            "workflow_action", "collect_workflow_action_data", "confirm_workflow_cancellation",
            "workflow_preview", "lock", "unlock", "revisions_index", "revisions_view",
            "revisions_revert", "revisions_unschedule", "revisions_compare", "workflow_history",
            "workflow_history_detail", "history", "history_results",
        }
    ),
    "wagtailadmin_editing_sessions": frozenset({"ping", "release"}),
    "simple_translation": frozenset({"submit_page_translation"}),
    "wagtaildocs": frozenset(
        {"index", "index_results", "add", "edit", "delete", "add_multiple", "edit_multiple"}
        | {"create_multiple_from_uploaded_document", "delete_upload_multiple", "document_usage"}
    ),
    "wagtailimages": frozenset(
        {"index", "index_results", "add", "edit", "delete", "add_multiple", "edit_multiple"}
        | {"create_multiple_from_uploaded_image", "delete_upload_multiple", "image_usage"}
        | {"preview"}
    ),
    "wagtaildocs_chooser": frozenset({"choose", "choose_results", "chosen", "create"}),
    "wagtailimages_chooser": frozenset(
        {"choose", "choose_results", "chosen", "create", "select_format"}
    ),
}  # fmt: skip
# Where a folder or the root can be looked into, though nobody may change it.
_LOOKING = frozenset(
    {
        "wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_choose_page_child",
        "add", "preview_on_add", "add_subpage", "detail",
    }
)  # fmt: skip
_PAGE_KEYS = ("page_id", "parent_page_id")
_PAGE_BY_PK = frozenset(
    {("wagtailadmin_pages", "revisions_compare"), ("wagtailadmin_api:pages", "detail")}
)
_MEDIA: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "wagtailimages": (EditorialImage, ("image_id",)),
    "wagtailimages_chooser": (EditorialImage, ("image_id", "pk")),
    "wagtaildocs": (EditorialDocument, ("document_id", "doc_id")),
    "wagtaildocs_chooser": (EditorialDocument, ("pk",)),
}


def guard(patterns: list[URLPattern | URLResolver], namespace: str = "") -> None:
    """Put a door before every address, closed unless it is open by name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace) if part)
            guard(pattern.url_patterns, inner)
        elif pattern.name in OPEN.get(namespace, ()):
            pattern.callback = _door(pattern.callback, namespace, pattern.name or "")
        else:
            pattern.callback = requires("editorial.write")(_closed)


def close_moving() -> None:
    """Pages stay in the folder of their language; Wagtail offers to move several at once."""
    registry = bulk_action_registry
    registry.get_bulk_actions_for_model("editorial", "editorialpage")  # reads all that there are
    registry.actions["editorial"]["editorialpage"].pop("move", None)


def _closed(request: HttpRequest, **address: object) -> HttpResponseBase:
    raise Http404


def _door(view: View, namespace: str, name: str) -> View:
    def opened(request: HttpRequest, **address: Any) -> HttpResponseBase:  # noqa: ANN401
        user = request.user
        if not isinstance(user, User):
            raise Http404
        _check_page(user, namespace, name, address)
        _check_media(user, namespace, address)
        writes = request.method not in {"GET", "HEAD"}
        with override(user.language):  # the address says none
            response = _written(view, request, address) if writes else view(request, **address)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
        if isinstance(response, HttpResponse):
            scripts.note(response)
        return response

    vars(opened).update(vars(view))
    return requires("editorial.write")(opened)


def _written(view: View, request: HttpRequest, address: dict[str, Any]) -> HttpResponseBase:
    """All of it or nothing; what stands in the way is said where the person was."""
    try:
        with transaction.atomic():
            return view(request, **address)
    except LearningError as error:
        messages.error(request, str(error))
        back = request.headers.get("Referer", "")
        safe = url_has_allowed_host_and_scheme(
            back, {request.get_host()}, require_https=request.is_secure()
        )
        return redirect(back if safe else "wagtailadmin_home")


def _check_page(user: User, namespace: str, name: str, address: dict[str, Any]) -> None:
    keys = [address[key] for key in _PAGE_KEYS if key in address]
    if (namespace, name) in _PAGE_BY_PK:
        keys.append(address["pk"])
    for key in keys:
        page = EditorialPage.objects.filter(pk=key).first()
        if page is None or not _may_open(user, name, page):
            raise Http404


def _may_open(user: User, name: str, page: EditorialPage) -> bool:
    if name in _LOOKING:
        policy = policy_registry.get_by_type(EditorialPage)
        return bool(policy.explorable_instances(user).filter(pk=page.pk).exists())
    return bool(page.permissions_for_user(user).can_edit())


def _check_media(user: User, namespace: str, address: dict[str, Any]) -> None:
    kind, names = _MEDIA.get(namespace, (None, ()))
    for name in names:
        if kind and name in address:
            policy = policy_registry.get_by_type(kind)
            theirs = policy.instances_user_has_any_permission_for(user, ["choose"])
            if not str(address[name]).isdigit() or not theirs.filter(pk=address[name]).exists():
                raise Http404
