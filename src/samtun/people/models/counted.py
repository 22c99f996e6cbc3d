"""Where tries are counted, so that every worker process sees the same number."""

from django.db import models


class Counted(models.Model):
    """A row of Django's database cache (`CACHES`), as a table that migrations make.

    The key is a keyed hash: it says neither whom nor which network address was counted.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_counted"
