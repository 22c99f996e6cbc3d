"""The tree that editors see: folders, courses and modules, one tree a language.

What a reader meets is never these pages but the versions that are frozen of them when they are
published; see `editorial.freezing` and `learning.actions.publishing`.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.models import AbstractPage, PagePermissionTester

from samtun.editorial.blocks import LessonBlock, SourceBlock
from samtun.editorial.fields import Blocks, Several
from samtun.editorial.forms import PublicationForm
from samtun.learning.actions.publishing import RESERVED
from samtun.learning.enums import Company, Sector, Theme
from samtun.organisations.models import Organization, Place
from samtun.people.models import User

_PREVIEW_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


class OverPage(PagePermissionTester):
    """What one may do with a page."""

    def can_set_view_restrictions(self) -> bool:
        """Never: a course says itself who may read it."""
        return False


class OverFolder(OverPage):
    """What one may do with a folder: look into it and put pages there."""

    def can_edit(self) -> bool:
        """Never."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002  (Wagtail's)
        """Never, and so it cannot be moved either."""
        return False

    def can_publish(self) -> bool:
        """It has nothing to publish."""
        return False

    def can_unpublish(self) -> bool:
        """Nor to take away."""
        return False

    def can_lock(self) -> bool:
        """Nobody edits it anyway."""
        return False

    def can_unlock(self) -> bool:
        """The same."""
        return False


class EditorialPage(AbstractPage):
    """What every page here is; our own from the first migration, so that it can grow."""

    organization = models.ForeignKey(  # who answers for it; empty on folders that all share
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # About the next publication only, and empty again in the form after it.
    is_substantial = models.BooleanField(
        _("substantial revision"),
        default=False,
        help_text=_(
            "Those who have done it may be asked to do it again. Leave it empty for corrections."
        ),
    )
    what_changed = models.CharField(
        _("what is new"),
        max_length=300,
        blank=True,
        help_text=_("One sentence for those who have read it before."),
    )
    # Who may do what is decided over folders, and all below a folder belongs to it.
    is_folder: ClassVar[bool] = False

    show_in_menus_default = False
    promote_panels: ClassVar[list[Any]] = []
    private_page_options: ClassVar[list[str]] = []  # a course says itself who may read it

    @property
    def place(self) -> Place:
        """Where whoever answers for it belongs; nowhere for the root."""
        return self.organization.place if self.organization else Place()

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        """What `user` may do with the page; nobody changes or removes a folder by hand."""
        kind = self.specific_class
        return (OverFolder if kind and kind.is_folder else OverPage)(user, self)

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Drafts are not validated when they are saved, and belong somewhere all the same."""
        self._belong()
        super().save(*args, **kwargs)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Of the organisation whose folder it lies in, wherever it came from."""
        self._belong()
        super().full_clean(*args, **kwargs)

    def _belong(self) -> None:
        if not self.is_folder and self.path and self.depth > 2:
            self.organization_id = self.get_parent().organization_id

    def get_admin_display_title(self) -> str:
        """The root has a name that only Wagtail gave it."""
        return str(_("All pages")) if self.is_root() else super().get_admin_display_title()

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Nobody reads these pages; what is frozen of them has its own addresses."""
        return []


_PUBLICATION = MultiFieldPanel(
    [FieldPanel("what_changed"), FieldPanel("is_substantial")], heading=_("The next publication")
)


class _Written(EditorialPage):
    """What courses and modules have in common."""

    base_form_class = PublicationForm

    class Meta:
        abstract = True

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """In a frame beside the form, in the language it is written in; it may run nothing."""
        with override(self.locale.language_code):
            response: TemplateResponse = super().serve_preview(request, mode_name).render()
        response.headers["Content-Security-Policy"] = _PREVIEW_POLICY
        return response

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Ours, around the portal's."""
        return "editorial/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The page as readers would meet it, with the editors' own pictures and files."""
        return {"page": self, "request": request} | self.drafted()

    def drafted(self) -> dict[str, Any]:
        """What the preview's template shows."""
        raise NotImplementedError


class FolderPage(EditorialPage):
    """All that an organisation writes in one language. Made by `actions.folders`, never by hand."""

    is_folder = True
    parent_page_types: ClassVar[list[str]] = []
    subpage_types = ("editorial.CourseFolder", "editorial.ModuleFolder")
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("organisation")


class CourseFolder(EditorialPage):
    """The courses of an organisation in one language."""

    is_folder = True
    parent_page_types: ClassVar[list[str]] = []
    subpage_types = ("editorial.CoursePage",)
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("folder of courses")


class ModuleFolder(EditorialPage):
    """The modules of an organisation in one language."""

    is_folder = True
    parent_page_types: ClassVar[list[str]] = []
    subpage_types = ("editorial.ModulePage",)
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("folder of modules")


class ModulePage(_Written):
    """A part of courses: lessons with their blocks."""

    summary = models.TextField(_("summary"), max_length=500)
    goals = models.TextField(
        _("goals"), blank=True, help_text=_("What one can do afterwards. One goal a line.")
    )
    lessons = Blocks([("lesson", LessonBlock())], verbose_name=_("lessons"))
    sources = Blocks([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    parent_page_types = ("editorial.ModuleFolder",)
    subpage_types: ClassVar[list[str]] = []
    content_panels = (
        *AbstractPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("goals"),
        FieldPanel("lessons"),
        FieldPanel("sources"),
        _PUBLICATION,
        FieldPanel("slug"),
    )

    class Meta:
        verbose_name = _("module")

    def drafted(self) -> dict[str, Any]:
        """Its lessons, one after another."""
        from samtun.editorial.drafts import lessons_of  # noqa: PLC0415  # it stands on pages

        return {"lessons": lessons_of(self)}


class CoursePage(_Written):
    """A course: what it is about, for whom, and its modules in order."""

    summary = models.TextField(_("summary"), max_length=500)
    for_whom = models.TextField(_("for whom"), max_length=500, blank=True)
    goals = models.TextField(
        _("goals"), blank=True, help_text=_("What one can do afterwards. One goal a line.")
    )
    authors = models.CharField(_("written by"), max_length=300, blank=True)
    picture = models.ForeignKey(
        "editorial.EditorialImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    sectors = Several(Sector, verbose_name=_("sectors"))
    themes = Several(Theme, verbose_name=_("themes"), blank=True)
    company = models.CharField(
        _("how it is taken"), max_length=10, choices=Company.choices, default=Company.BOTH
    )
    is_open = models.BooleanField(
        _("open to everybody"), default=True, help_text=_("Else one has to sign in to read it.")
    )
    position = models.PositiveSmallIntegerField(_("place in the catalogue"), default=0)
    modules = Blocks(
        [("module", PageChooserBlock(page_type="editorial.ModulePage", label=_("Module")))],
        verbose_name=_("modules"),
        help_text=_("In the order in which they are taken. They must be published first."),
    )
    sources = Blocks([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    parent_page_types = ("editorial.CourseFolder",)
    subpage_types: ClassVar[list[str]] = []
    content_panels = (
        *AbstractPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("for_whom"),
        FieldPanel("goals"),
        FieldPanel("modules"),
        MultiFieldPanel(
            [
                FieldPanel("sectors"),
                FieldPanel("themes"),
                FieldPanel("company"),
                FieldPanel("is_open"),
                FieldPanel("position"),
            ],
            heading=_("In the catalogue"),
        ),
        FieldPanel("picture"),
        FieldPanel("authors"),
        FieldPanel("sources"),
        _PUBLICATION,
        FieldPanel("slug"),
    )

    class Meta:
        verbose_name = _("course")

    def drafted(self) -> dict[str, Any]:
        """Its page."""
        from samtun.editorial.drafts import course_of  # noqa: PLC0415  # it stands on pages

        return {"draft": course_of(self)}

    def clean(self) -> None:
        """The address is not one that the course portal uses itself."""
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("Choose another address; this one is in use.")})
