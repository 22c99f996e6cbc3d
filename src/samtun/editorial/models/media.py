"""Pictures and files that texts use."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class EditorialImage(AbstractImage):
    """A picture with who made it and what it shows, for those who cannot see it."""

    alt_text = models.CharField(  # empty: decoration
        _("what it shows"), max_length=300, blank=True
    )
    credit = models.CharField(  # and the licence
        _("who made it"), max_length=200, blank=True
    )

    admin_form_fields = (
        *(name for name in Image.admin_form_fields if name not in {"description", "tags"}),
        "alt_text",
        "credit",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class EditorialRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(EditorialImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            )
        ]


class EditorialDocument(AbstractDocument):
    """A file to download, a film or its captions."""

    credit = models.CharField(_("who made it"), max_length=200, blank=True)

    admin_form_fields = (
        *(name for name in Document.admin_form_fields if name != "tags"),
        "credit",
    )

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
