"""Ways to reach somebody, and the languages they speak."""

import uuid

from django.db import models
from django.db.models import Q

from samtun.directory.models.location import Location, ServiceAtLocation
from samtun.directory.models.service import Service
from samtun.organisations.models import Organization, Translatable


def _some_owner(*fields: str) -> Q:
    """At least one of the foreign keys `fields` is set."""
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__isnull": False})
    return condition


class Contact(Translatable):
    """HSDS 3.1 `contact`: a named person or function in public work, never a private person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    department = models.CharField(max_length=300, blank=True)
    email = models.EmailField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_some_owner("organization", "service", "service_at_location", "location"),
                name="contact_of_something",
            )
        ]


class Phone(Translatable):
    """HSDS 3.1 `phone`; `number` as people write it, with country code when foreign."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="phones"
    )
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, blank=True, related_name="phones"
    )
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.CASCADE, null=True, blank=True, related_name="phones"
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, blank=True, related_name="phones"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="phones"
    )
    number = models.CharField(max_length=60)
    extension = models.PositiveIntegerField(null=True, blank=True)
    type = models.CharField(max_length=40, blank=True)
    description = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_some_owner(
                    "organization", "service", "service_at_location", "location", "contact"
                ),
                name="phone_of_something",
            )
        ]


class SpokenLanguage(models.Model):
    """HSDS 3.1 `language`: a language that help can be had in (ISO 639-1 or -3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, blank=True, related_name="languages"
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, blank=True, related_name="languages"
    )
    phone = models.ForeignKey(
        Phone, on_delete=models.CASCADE, null=True, blank=True, related_name="languages"
    )
    name = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=10, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_some_owner("service", "location", "phone"),
                name="language_of_something",
            )
        ]
