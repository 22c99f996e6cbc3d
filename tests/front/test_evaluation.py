"""How was it? Three questions, answered by nobody in particular."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import TimestampSigner
from django.db.models import Field
from django.test import Client
from django.utils import timezone

from samtun.events import tokens
from samtun.events.actions import evaluations
from samtun.events.enums import EventKind, EventStatus
from samtun.events.models import Evaluation, Intake
from samtun.front import robots_trap
from samtun.front.views import evaluation as views
from tests.factories import directory as make
from tests.factories import events as happening
from tests.front import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _valdres() -> None:
    scenes.valdres()


def held(*ended: timedelta, **fields: Any) -> Intake:  # noqa: ANN401  (the fields of an event)
    """A course whose dates ended so long ago."""
    course = {"kind": EventKind.COURSE, "minutes": 60} | fields
    made = happening.event(make.municipality("3451"), **course)
    for each in ended:
        happening.occurrence(made, timezone.now() - each - timedelta(hours=1))
    return made.intakes.get()


def page_of(intake: Intake) -> str:
    """Where it is asked."""
    return f"/paamelding/evaluering/{tokens.evaluation_token_of(intake)}/"


def sends(intake: Intake, **fields: Any) -> Any:  # noqa: ANN401  (a test response)
    """Somebody answers."""
    now = time.time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: now() - 10)
        mark = TimestampSigner(salt="samtun.front.tell").sign(f"evaluation/{intake.pk}")
    said = {"nytte": "4", robots_trap.STAMP: mark, robots_trap.FIELD: ""}
    return Client(enforce_csrf_checks=True).post(page_of(intake), said | fields)


def test_answer_is_kept_without_anything_that_tells_who() -> None:
    intake = held(timedelta(hours=1))
    response = sends(intake, igjen="ja", tekst="Fin prat.\r\nTakk!")
    assert response.status_code == 302
    assert not response.cookies
    said = Evaluation.objects.get()
    assert (said.usefulness, said.would_come_again, said.text) == (4, True, "Fin prat.\nTakk!")
    kept = {each.name for each in Evaluation._meta.get_fields() if isinstance(each, Field)}
    assert kept == {"id", "intake", "usefulness", "would_come_again", "text"}
    assert Client().get(response["Location"]).status_code == 200


def test_one_question_is_enough() -> None:
    sends(held(timedelta(hours=1)))
    assert Evaluation.objects.get().would_come_again is None


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"nytte": ""}, "nytte"),
        ({"nytte": "6"}, "nytte"),
        ({"igjen": "x"}, "igjen"),
        ({"tekst": "a" * 1001}, "tekst"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(fields: dict[str, str], problem: str) -> None:
    response = sends(held(timedelta(hours=1)), **fields)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [problem]
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize(
    ("ended", "is_open"),
    [
        ((timedelta(hours=-1),), False),
        ((timedelta(hours=1),), True),
        ((timedelta(days=70), timedelta(days=59)), True),
        ((timedelta(days=2), timedelta(days=-5)), True),
        ((timedelta(days=61),), False),
    ],
)
def test_it_is_asked_from_the_end_of_the_first_date_until_sixty_days_after_the_last(
    ended: tuple[timedelta, ...], *, is_open: bool
) -> None:
    intake = held(*ended)
    assert ('name="nytte"' in Client().get(page_of(intake)).content.decode()) == is_open
    sends(intake)
    assert Evaluation.objects.exists() == is_open


@pytest.mark.parametrize("fields", [{"evaluates": False}, {"status": EventStatus.ARCHIVED}])
def test_where_nobody_asks_nothing_is_answered(fields: dict[str, Any]) -> None:
    intake = held(timedelta(hours=1), **fields)
    assert sends(intake).status_code == 200
    assert not Evaluation.objects.exists()


def test_robots_and_floods_are_kept_out(monkeypatch: pytest.MonkeyPatch) -> None:
    intake = held(timedelta(hours=1))
    assert sends(intake, **{robots_trap.FIELD: "x"}).status_code == 422
    monkeypatch.setattr(views, "FROM_A_NETWORK", 1)
    assert sends(intake).status_code == 302
    assert sends(intake).status_code == 429
    assert Evaluation.objects.count() == 1


def test_opening_changes_nothing_and_forged_links_open_nothing() -> None:
    intake = held(timedelta(hours=1))
    Client().get(f"{page_of(intake)}?nytte=5")
    forged = page_of(intake).replace(".", ".x", 1)
    party = happening.party(intake)
    other = f"/paamelding/evaluering/{tokens.token_of(party)}/"
    for wrong in (forged, other):
        assert Client().get(wrong).status_code == 404
        assert Client().post(wrong, {"nytte": "5"}).status_code == 404
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("usefulness", [0, 6])
def test_table_refuses_what_the_form_does_not_offer(usefulness: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        evaluations.answer(intake=held(timedelta(hours=1)), usefulness=usefulness)
