"""The tree that editors see: folders, courses and modules, one tree a language."""

from django.db import models
from wagtail.models import AbstractPage

from samtun.organisations.models import Organization


class EditorialPage(AbstractPage):
    """What every page here is; our own from the first migration, so that it can grow."""

    organization = models.ForeignKey(  # who answers for it; empty on folders that all share
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
