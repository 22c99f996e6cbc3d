"""What saving would do, without doing it: for those who must see it before anything changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from samtun.directory.editing.checking import check
from samtun.directory.editing.cleaning import cleaned, errors_of
from samtun.directory.editing.differences import Difference, differences
from samtun.directory.editing.document import Document
from samtun.directory.models import Service
from samtun.people.models import User


@dataclass(frozen=True, slots=True)
class Trial:
    """What would change, and what stands in the way, by field."""

    changes: list[Difference]
    errors: dict[str, list[str]]


def tried(
    given: Mapping[str, object], stored: Document, *, by: User, service: Service | None
) -> Trial:
    """What saving `given` on top of `stored` would do; whether `by` may is for the caller to ask.

    `service=None`: a new one.
    """
    base, excused = cleaned(stored, stored)
    after, problems = cleaned(given, base)
    check(after, base, problems, by=by, service=service)
    errors = errors_of(problems.found, excused.found if service else ())
    return Trial(differences(base, after), errors)
