"""All that is stored about somebody who learns, for that person alone."""

from typing import Any

from samtun.learning.models import (
    Certificate,
    Decision,
    Employment,
    Evidence,
    Learner,
    LessonDone,
    Obligation,
    Participant,
    Progress,
    Reminder,
)
from samtun.learning.queries.progress import own_answers
from samtun.people.models import User


def of(person: User) -> dict[str, Any]:
    """Ready for JSON: what was done, answered and written, and the jobs that employers entered."""
    learner = Learner.objects.filter(user=person).first()
    if learner is None:
        return {}
    return {
        "name": learner.name,
        "email": learner.email,
        **_of_employers(learner),
        **_of_learning(learner),
    }


def _of_employers(learner: Learner) -> dict[str, Any]:
    """The jobs that were entered, and what is asked of who has them."""
    return {
        "jobs": list(
            Employment.objects.filter(learner=learner).values(
                "unit__name",
                "profession",
                "position",
                "is_leader",
                "external_id",
                "user_name",
                "directory_id",
                "joined_on",
                "left_on",
            )
        ),
        "obligations": list(
            Obligation.objects.filter(employment__learner=learner).values(
                "plan__title", "item_key", "why", "due_on", "state", "done_on", "ended_on"
            )
        ),
        "decisions": list(
            Decision.objects.filter(employment__learner=learner).values(
                "plan__title", "item_key", "kind", "reason", "until", "decided_at", "withdrawn_at"
            )
        ),
        "reminders": list(Reminder.objects.filter(learner=learner).values("sent_on", "count")),
    }


def _of_learning(learner: Learner) -> dict[str, Any]:
    """What was done, alone and with others, and what was answered."""
    return {
        "done": list(
            Evidence.objects.filter(learner=learner).values(
                "kind", "title", "done_on", "minutes", "learnt", "reason", "made_at"
            )
        ),
        "certificates": list(
            Certificate.objects.filter(learner=learner).values("code", "facts", "issued_at")
        ),
        "group_sessions": list(
            Participant.objects.filter(learner=learner).values(
                "session__module__slug", "session__starts_at", "name", "joined_at"
            )
        ),
        "places": list(
            Progress.objects.filter(learner=learner).values("course__slug", "lesson", "changed_at")
        ),
        "lessons": list(LessonDone.objects.filter(learner=learner).values("lesson", "done_at")),
        "answers": [
            {"question": one.block, "answer": one.value, "at": one.answered_at}
            for one in own_answers(learner)
        ],
    }
