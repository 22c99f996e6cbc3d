"""Saving what came from the offer's form, with all that belongs to it in one transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from samtun.directory.editing import actions, confirming, drafts
from samtun.directory.editing.document import Document
from samtun.directory.editing.versions import newest_number
from samtun.directory.enums import Answer
from samtun.directory.models import Service
from samtun.people.models import User


@dataclass(frozen=True, slots=True)
class Wish:
    """What else the person who saves wants."""

    publish: bool = False
    confirmed: bool = False  # "I have checked that everything is right"
    draft: UUID | None = None  # of a new offer, to be forgotten


@transaction.atomic
def finish(
    *, document: Document, by: User, service: Service | None, based_on: int | None, wish: Wish
) -> Service:
    """Save, publish and confirm as wished, and forget the draft.

    Raises:
        Invalid, Changed: as `actions.save`; then nothing of it happened.
    """
    before = newest_number(service) if service else 0
    saved = actions.save(document=document, by=by, service=service, based_on=based_on)
    if wish.publish:
        saved = actions.publish(saved, by=by)
    if wish.confirmed:
        is_as_before = service is not None and newest_number(saved) == before
        answer = Answer.STILL_RIGHT if is_as_before else Answer.CHANGED
        confirming.confirm(saved, answer=answer, by=by)
    drafts.drop(person=by, service=service, draft=wish.draft)
    return saved
