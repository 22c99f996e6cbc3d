"""Every view says who may open it; a test walks the addresses and fails on a silent one."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])

PUBLIC = "public"


def public(view: View) -> View:
    """Mark `view` as open to everybody, signed in or not."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # functions carry attributes
    return view
