"""What each employee is to do: derived from rules, evidence and decisions, never by hand."""

from datetime import date

from samtun.learning.models import Employment, Learner, Plan

__all__ = ["follow", "recompute", "tonight"]


def recompute(plan: Plan, *, today: date | None = None) -> int:
    """Make the obligations of `plan` what its rules say for today; how many rows changed.

    Call it inside the transaction of whatever changed the plan.
    """
    _ = plan, today
    return 0


def follow(person: Learner | Employment, *, today: date | None = None) -> int:
    """The same for one learner (all their jobs) or one job, in all plans; how many rows changed.

    Call it inside the transaction of whatever changed: a job, evidence, a decision.
    """
    _ = person, today
    return 0


def tonight(today: date) -> int:
    """The same for everybody: people join and leave, and requirements run out; rows changed."""
    _ = today
    return 0
