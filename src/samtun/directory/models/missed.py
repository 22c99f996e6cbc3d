"""Searches that found nothing."""

from django.db import models

from samtun.organisations.models import Place, Region


class MissedSearch(models.Model):
    """Words that found nothing in a region, and how often.

    Until the third time only a keyed digest is kept, so that what one person wrote once is not
    readable by anybody. Days, no moments; nothing about who asked.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="missed_searches")
    digest = models.CharField(max_length=64)
    words = models.CharField(max_length=80, blank=True)
    count = models.PositiveIntegerField(default=1)
    last_on = models.DateField()
    is_settled = models.BooleanField(default=False)  # an editor has seen to it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "digest"], name="missed_search_once"),
        ]

    @property
    def place(self) -> Place:
        """The region it was asked in."""
        return Place(region=self.region_id)
