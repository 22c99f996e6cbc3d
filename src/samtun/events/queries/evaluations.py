"""What those who were there thought, so that nobody can be told from the others."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from samtun.events.models import Evaluation, Event, Intake

FEWEST = 5
GRADES = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers about an event; only `count` while they are too few."""

    count: int
    grades: Sequence[tuple[int, int]] = ()  # the grade, and how many gave it; the best first
    again: int = 0
    not_again: int = 0
    texts: Sequence[str] = ()  # in no order

    @property
    def are_shown(self) -> bool:
        """Whether they are so many that nobody can be told."""
        return self.count >= FEWEST

    @property
    def average(self) -> float:
        """Of the grades."""
        return sum(grade * number for grade, number in self.grades) / max(self.count, 1)


def answers_about(event: Event) -> Answers:
    """The answers of all its dates together; one query.

    Nothing is shown of fewer than five. The words come in a new order each time, and nothing tells
    when they were written or which grade came with them.
    """
    rows = list(
        Evaluation.objects.filter(intake__event=event)
        .order_by("usefulness", "pk")
        .values_list("usefulness", "would_come_again", "text")
    )
    if len(rows) < FEWEST:
        return Answers(len(rows))
    texts = [text.strip() for _grade, _again, text in rows if text.strip()]
    random.SystemRandom().shuffle(texts)
    return Answers(
        count=len(rows),
        grades=[(grade, sum(row[0] == grade for row in rows)) for grade in GRADES],
        again=sum(row[1] is True for row in rows),
        not_again=sum(row[1] is False for row in rows),
        texts=texts,
    )


def latest_intakes(event: Event, *, most: int = 6) -> list[Intake]:
    """What can be asked about, the latest first."""
    found = Intake.objects.filter(event=event, starts_at__isnull=False).order_by("-starts_at", "pk")
    return list(found[:most])
