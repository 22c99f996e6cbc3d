"""Having a text looked at before it is published."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from samtun.people.models import User
from samtun.people.rules import may


class EditorReview(Task):
    """Somebody who may publish for the organisation looks at it; by our rules, not by groups."""

    class Meta:
        verbose_name = _("review by an editor")

    def user_can_access_editor(self, obj: Any, user: User) -> bool:  # noqa: ANN401
        """Those who may publish may edit what waits for them."""
        return may(user, "editorial.publish", obj)

    def user_can_lock(self, obj: Any, user: User) -> bool:  # noqa: ANN401
        """While they look at it."""
        return may(user, "editorial.publish", obj)

    def user_can_unlock(self, obj: Any, user: User) -> bool:  # noqa: ANN401
        """As they locked it."""
        return may(user, "editorial.publish", obj)

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, Any, bool]]:  # noqa: ANN401
        """Send it back with a word, or approve it; Wagtail adds that this publishes it."""
        if not may(user, "editorial.publish", obj):
            return []
        return [
            ("reject", _("Ask for changes"), True),
            ("approve", _("Approve"), False),
        ]

    def get_task_states_user_can_moderate(
        self,
        user: User,
        **kwargs: Any,  # noqa: ANN401
    ) -> models.QuerySet[TaskState]:
        """What waits for `user`."""
        waiting = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr
        ).select_related("revision")
        theirs = [
            state.pk
            for state in waiting
            if may(user, "editorial.publish", state.revision.as_object())
        ]
        found: models.QuerySet[TaskState] = TaskState.objects.filter(pk__in=theirs)
        return found

    @classmethod
    def get_description(cls) -> Any:  # noqa: ANN401  (a lazy text)
        """For the list of tasks."""
        return _("An editor of the organisation looks at it and publishes it.")
