"""What lists show of a service, ready to read."""

from django.db import models

from samtun.directory.models.service import Service


class Listing(models.Model):
    """One row per public service with all that result lists, cards and the map show of it.

    Derived from the service graph by `directory.listings` in the transaction that changes it, so
    that a list of results costs one query instead of seven; see docs/adr/0004. Holds nothing of a
    confidential location.
    """

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, primary_key=True, related_name="listing"
    )
    data = models.JSONField()
