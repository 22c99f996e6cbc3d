"""Whose pictures and files are whose."""

from django.db import models
from wagtail.models import Collection

from samtun.organisations.models import Organization, Place


class Shelf(models.Model):
    """The pictures and files of an organisation: a collection that is theirs alone."""

    organization = models.OneToOneField(
        Organization, on_delete=models.PROTECT, related_name="shelf"
    )
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="shelf")

    @property
    def place(self) -> Place:
        """Where the organisation belongs; load it along."""
        return self.organization.place
