"""Of what somebody has done others are told nothing, and who is forgotten leaves no answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samtun.learning.actions import certificates, progress, records
from samtun.learning.models import Answer, Course, Evidence, Learner
from samtun.learning.queries import own_data
from samtun.learning.queries.progress import standing
from samtun.people.sealing import seal
from tests.factories import learning, people

pytestmark = pytest.mark.django_db


def taken(learner: Learner, course: Course, days_ago: int = 0) -> None:
    """A whole course, with a certificate."""
    at = timezone.now() - timedelta(days=days_ago)
    module = course.course_modules.get().module
    for lesson in module.versions.get().content["lessons"]:
        key = lesson["id"]
        progress.place(learner=learner, course=course, module=module, lesson=key, at=at)
        progress.finish_lesson(
            learner=learner, course=course, module=module, lesson=key, language="nb", number=1,
            at=at,
        )  # fmt: skip
    certificates.issue(evidence=Evidence.objects.filter(course=course).latest("done_on"))


def test_nothing_of_what_a_colleague_has_done_is_among_ones_own() -> None:
    course, me = learning.course(), learning.learner("Ser", user=people.person())
    taken(learning.learner("Siv"), course)
    assert me.user
    found = own_data.of(me.user)
    assert [found[one] for one in ("done", "lessons", "places", "certificates")] == [[]] * 4
    assert standing(me, course).done == frozenset()


def test_taken_again_within_thirty_days_it_is_the_same_and_later_it_is_renewed() -> None:
    eli, course = learning.learner(), learning.course()
    for days_ago in (60, 31, 30, 1):
        taken(eli, course, days_ago)
    days = Evidence.objects.filter(course=course).order_by("done_on")
    today = timezone.localdate()
    expected = [today - timedelta(days=60), today - timedelta(days=30)]
    assert list(days.values_list("done_on", flat=True)) == expected


def test_who_is_forgotten_leaves_no_answer() -> None:
    eli = learning.learner()
    Answer.objects.create(
        id="11111111-1111-4111-8111-111111111111", learner=eli, module=learning.module(), block="b",
        language="nb", number=1, sealed=seal('"x"'), answered_at=timezone.now(),
    )  # fmt: skip
    records.forget(learner=eli)
    assert not Answer.objects.exists()
