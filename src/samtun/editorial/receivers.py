"""What Wagtail does to pages passes here, inside its transaction."""

from typing import Any

from wagtail.signals import page_published, page_unpublished

from samtun.editorial import publication
from samtun.editorial.models import EditorialPage


def connect() -> None:
    """Listen from now on; called once, when the application starts."""
    page_published.connect(_published, dispatch_uid="samtun.editorial")
    page_unpublished.connect(_unpublished, dispatch_uid="samtun.editorial")


def _published(instance: EditorialPage, **_: Any) -> None:  # noqa: ANN401
    """A page whose hour is still to come is told of as well, but is not live."""
    if instance.live:
        publication.publish(instance.specific)


def _unpublished(instance: EditorialPage, **_: Any) -> None:  # noqa: ANN401
    publication.withdraw(instance.specific)
