"""Background work on the map; `config.rounds` says when."""

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from samtun.directory.editing import drafts
from samtun.directory.exchange import spreadsheet_uploads
from samtun.directory.keeping import enquiries, missed, night, suggestions
from samtun.directory.keeping.links import checking, gathering


@task()
def night_round() -> None:
    """Ask keepers whether what is due is still right."""
    night.night(timezone.localdate())


@task()
def check_links() -> None:
    """Look whether web addresses still lead somewhere; the demo sends nothing to anybody."""
    if not settings.DEMO:
        checking.check_due(timezone.now())


@task()
def tidy() -> None:
    """Delete what has had its time."""
    gathering.gather()
    suggestions.tidy()
    missed.tidy()
    enquiries.forget()
    drafts.tidy()
    spreadsheet_uploads.forget_old()
