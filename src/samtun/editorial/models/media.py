"""Pictures and files that texts use."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class EditorialImage(AbstractImage):
    """A picture with who made it and what it shows, for those who cannot see it."""

    alt_text = models.CharField(max_length=300, blank=True)  # what it shows; empty: decoration
    credit = models.CharField(max_length=200, blank=True)  # who made it, and the licence

    admin_form_fields = (*Image.admin_form_fields, "alt_text", "credit")


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

    credit = models.CharField(max_length=200, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "credit")
