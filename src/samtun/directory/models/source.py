"""Where records came from, so that a newer copy of the same data can be told from another's."""

import uuid

from django.db import models


class Source(models.Model):
    """A data set that is read in again and again: a region's files, another system's dump."""

    name = models.CharField(max_length=200, unique=True)  # e.g. "region:valdres"
    read_at = models.DateTimeField(null=True)  # when it was last applied

    def __str__(self) -> str:
        return self.name


class ImportedRecord(models.Model):
    """A record and the one source that may change it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="records")
    table = models.CharField(max_length=40)  # HSDS 3.1's name, e.g. "service_at_location"
    record_id = models.UUIDField(default=uuid.uuid4)
    gone_at = models.DateTimeField(null=True)  # when the source stopped naming it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "record_id"], name="record_of_one_source")
        ]
