"""Words to sort help by: needs, target groups, LOS subjects, and whatever a data set brings."""

import uuid

from django.db import models
from django.db.models import Q

from samtun.directory.models.location import Location, ServiceAtLocation
from samtun.directory.models.service import Service
from samtun.organisations.models import Organization
from samtun.organisations.texts import Text, in_language


class Taxonomy(models.Model):
    """HSDS 3.1 `taxonomy`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True, null=True)  # noqa: DJ001  # ours only
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    uri = models.URLField(max_length=2000, blank=True)
    version = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(models.Model):
    """HSDS 3.1 `taxonomy_term`, with its name in several languages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.CASCADE, related_name="terms")
    code = models.CharField(max_length=200)  # e.g. "avlastning-hjemme"
    name = models.CharField(max_length=300)  # in `language`
    description = models.TextField(blank=True)
    names = models.JSONField(default=dict, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children"
    )
    facet = models.CharField(max_length=40, blank=True)  # target groups: rolle | situasjon
    language = models.CharField(max_length=8, default="nb")
    term_uri = models.URLField(max_length=2000, blank=True)
    position = models.PositiveIntegerField(default=0)  # the order in which people meet them

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["taxonomy", "code"], name="taxonomy_term_code_once"),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="taxonomy_term_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def label(self, language: str) -> Text:
        """The term's name for a reader of `language`."""
        return in_language({self.language: self.name} | self.names, language)


class Attribute(models.Model):
    """HSDS 3.1 `attribute`: ties a term to a service, organisation, location or the like."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    taxonomy_term = models.ForeignKey(
        TaxonomyTerm, on_delete=models.CASCADE, related_name="attributes"
    )
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, blank=True, related_name="attributes"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="attributes"
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, blank=True, related_name="attributes"
    )
    service_at_location = models.ForeignKey(
        ServiceAtLocation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="attributes",
    )
    link_type = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "taxonomy_term"], name="attribute_service_term_once"
            ),
            models.CheckConstraint(
                condition=Q(service__isnull=False)
                | Q(organization__isnull=False)
                | Q(location__isnull=False)
                | Q(service_at_location__isnull=False),
                name="attribute_of_something",
            ),
        ]
