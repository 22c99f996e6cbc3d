"""What those who were there thought: kept without anything that tells who."""

from django.db import transaction

from samtun.events.models import Evaluation, Intake

_USEFULNESS = range(1, 6)


@transaction.atomic
def answer(
    *, intake: Intake, usefulness: int, would_come_again: bool | None = None, text: str = ""
) -> Evaluation:
    """Keep an answer about `intake`.

    Raises:
        ValueError: `usefulness` is not from 1 to 5.
    """
    if usefulness not in _USEFULNESS:
        raise ValueError("usefulness goes from 1 to 5")
    return Evaluation.objects.create(
        intake=intake, usefulness=usefulness, would_come_again=would_come_again, text=text
    )
