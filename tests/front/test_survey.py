"""A mapping of needs is answered without a name, once, and while it is open."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from samtun.directory.keeping import limits
from samtun.front import robots_trap
from samtun.learning.actions import surveys
from samtun.learning.models import Survey, SurveyGroup, SurveyResponse
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
QUESTIONS = [
    {"key": "trygg", "kind": "scale", "text": {"nb": "Jeg er trygg."}, "options": []},
    {
        "key": "ofte",
        "kind": "one",
        "text": {"nb": "Hvor ofte møter du pårørende?"},
        "options": [{"key": "daglig", "text": {"nb": "Hver dag"}}],
    },
    {"key": "fritt", "kind": "text", "text": {"nb": "Hva trenger du?"}, "options": []},
]


@pytest.fixture
def group() -> SurveyGroup:
    """A group of an open mapping."""
    today = timezone.localdate()
    survey = surveys.make(
        plan=learning.plan(),
        title="Hva trenger dere?",
        questions=QUESTIONS,
        opens_on=today,
        closes_on=today + timedelta(days=14),
        by=people.person(),
    )
    return SurveyGroup.objects.create(survey=survey, title="Helsetunet")


@pytest.fixture(autouse=True)
def _in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots_trap, "QUICKEST", -1)


def send(client: Client, group: SurveyGroup, **answers: str):  # noqa: ANN201
    """The form as a browser sends it after a while."""
    stamp = robots_trap.stamp(f"survey/{group.pk}")
    data = {robots_trap.STAMP: stamp, "nokkel": str(uuid4())} | answers
    return client.post(f"/kurs/sporsmaal/{group.code}/", data)


def test_an_answer_is_kept_without_who_and_when(client: Client, group: SurveyGroup) -> None:
    answer = send(client, group, trygg="4", ofte="daglig", fritt=" Tid ")
    assert answer.status_code == 302
    kept = SurveyResponse.objects.get()
    assert kept.answers == {"trygg": 4, "ofte": "daglig", "fritt": "Tid"}
    assert not answer.cookies
    assert {field.name for field in SurveyResponse._meta.fields} == {"id", "group", "answers"}


def test_the_same_form_sent_twice_is_one_answer(client: Client, group: SurveyGroup) -> None:
    key = str(uuid4())
    for _ in range(2):
        send(client, group, trygg="2", nokkel=key)
    assert SurveyResponse.objects.count() == 1


def test_what_fits_no_question_is_left_out(client: Client, group: SurveyGroup) -> None:
    send(client, group, trygg="9", ofte="aldri", fritt="x" * 5_000, annet="hei")
    assert SurveyResponse.objects.get().answers == {"fritt": "x" * surveys.LONGEST_TEXT}


def test_an_empty_form_is_asked_for_more(client: Client, group: SurveyGroup) -> None:
    assert send(client, group).status_code == 422
    assert not SurveyResponse.objects.exists()


def test_nobody_answers_before_or_after(client: Client, group: SurveyGroup) -> None:
    today = timezone.localdate()
    survey = group.survey
    survey.opens_on, survey.closes_on = today - timedelta(days=9), today - timedelta(days=1)
    survey.save()
    assert send(client, group, trygg="3").status_code == 200
    assert not SurveyResponse.objects.exists()


@pytest.mark.parametrize("gone", [False, True])
def test_closing_between_reading_and_writing_is_said_kindly(
    client: Client, group: SurveyGroup, monkeypatch: pytest.MonkeyPatch, *, gone: bool
) -> None:
    def closes(*args: object, **more: object) -> bool:
        yesterday = timezone.localdate() - timedelta(days=1)
        rows = Survey.objects.filter(pk=group.survey_id)
        rows.delete() if gone else rows.update(opens_on=yesterday, closes_on=yesterday)
        return True

    monkeypatch.setattr(limits, "may_send", closes)
    answer = send(client, group, trygg="3")
    assert answer.status_code == 409
    assert "ikke lagret" in answer.content.decode() or "not saved" in answer.content.decode()
    assert not SurveyResponse.objects.exists()


def test_a_form_of_another_group_can_be_sent_once_more(client: Client, group: SurveyGroup) -> None:
    other = SurveyGroup.objects.create(survey=group.survey, title="Heimetenesta")
    key = str(uuid4())
    send(client, group, trygg="2", nokkel=key)
    answer = send(client, other, trygg="4", nokkel=key)
    assert (answer.status_code, key in answer.content.decode()) == (409, False)
    assert 'value="4" checked' in answer.content.decode()
    new = answer.context["form"].key
    assert send(client, other, trygg="4", nokkel=str(new)).status_code == 302
    assert SurveyResponse.objects.count() == 2


def test_an_unknown_link_is_said_to_be_unknown(client: Client) -> None:
    assert client.get("/kurs/sporsmaal/finnes-ikke/").status_code == 404


def test_opening_the_link_changes_nothing(client: Client, group: SurveyGroup) -> None:
    page = client.get(f"/kurs/sporsmaal/{group.code}/")
    assert "Hva trenger dere?" in page.content.decode()
    assert not page.cookies
    assert page["Referrer-Policy"] == "no-referrer"
    assert not SurveyResponse.objects.exists()
