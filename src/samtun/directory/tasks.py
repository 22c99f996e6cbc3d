"""Background work on the map; `config.rounds` says when."""

from django_tasks import task


@task()
def night_round() -> None:
    """Ask keepers whether what is due is still right."""


@task()
def check_links() -> None:
    """Look whether web addresses still lead somewhere."""


@task()
def tidy() -> None:
    """Delete what has had its time."""
