"""Evidence only grows: the database itself refuses everything else."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models.deletion import ProtectedError

from samtun.learning.actions import certificates
from samtun.learning.models import Certificate, Evidence
from tests.factories import learning
from tests.factories import people as make_people

pytestmark = pytest.mark.django_db


def refused() -> pytest.RaisesExc[IntegrityError]:
    """What the database says."""
    return pytest.raises(IntegrityError, match="what somebody has done is never changed")


def done() -> Evidence:
    """Somebody has done a course."""
    course = learning.course()
    return learning.evidence(learning.learner(), course=course, made_by=make_people.person())


@pytest.mark.parametrize(
    "change",
    [{"done_on": "2020-01-01"}, {"title": "Noe annet"}, {"facts": {"publisher": "x"}},
     {"edition": 9}, {"learnt": "brought"}, {"minutes": 1}, {"key": "another"}, {"reason": "x"}],
)  # fmt: skip
def test_what_was_done_cannot_be_changed(change: dict[str, object]) -> None:
    made = done()
    with refused(), transaction.atomic():
        Evidence.objects.filter(pk=made.pk).update(**change)


def test_it_cannot_be_given_to_somebody_else() -> None:
    made = done()
    with refused(), transaction.atomic():
        Evidence.objects.filter(pk=made.pk).update(learner=learning.learner("Ola Annen"))


def test_it_cannot_be_moved_to_another_course() -> None:
    made = done()
    with refused(), transaction.atomic():
        Evidence.objects.filter(pk=made.pk).update(course=learning.course())


def test_it_cannot_be_deleted() -> None:
    made = done()
    with refused(), transaction.atomic():
        Evidence.objects.filter(pk=made.pk).delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        made.learner.delete()


def test_its_references_can_be_emptied() -> None:
    made = done()
    Evidence.objects.filter(pk=made.pk).update(course=None, module=None, made_by=None)
    assert Evidence.objects.get().title == made.title


def test_the_account_of_who_registered_it_can_go() -> None:
    made = done()
    assert made.made_by
    made.made_by.delete()
    assert Evidence.objects.get().made_by is None


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_replacing_a_row_is_refused_too() -> None:
    made = done()
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO learning_evidence SELECT * FROM learning_evidence")
    assert Evidence.objects.get() == made


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_the_table_cannot_be_emptied_at_once() -> None:
    done()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE learning_evidence CASCADE")


CHANGES: list[Callable[[Certificate], object]] = [
    lambda made: Certificate.objects.filter(pk=made.pk).delete(),
    lambda made: Certificate.objects.filter(pk=made.pk).update(code="x"),
    lambda made: Certificate.objects.filter(pk=made.pk).update(facts=made.facts | {"name": "x"}),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_certificate_says_for_ever_what_it_said(change: Callable[[Certificate], object]) -> None:
    made = certificates.issue(evidence=done())
    with refused(), transaction.atomic():
        change(made)


def test_a_certificate_can_be_forgotten() -> None:
    made = certificates.issue(evidence=done())
    Certificate.objects.filter(pk=made.pk).update(facts={}, withdrawn_why="x")
    assert Certificate.objects.get().facts == {}
