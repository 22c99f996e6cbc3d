"""A mapping of needs on the desk: made, sent out, and read when it has closed."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from samtun.learning.models import Plan, Survey, SurveyGroup, SurveyResponse
from samtun.people.enums import RoleKind
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
ROOM = "/skrivebord/opplaering/kartlegging/"


@pytest.fixture
def plan() -> Plan:
    """A municipality's plan."""
    return learning.plan()


@pytest.fixture
def kari(plan: Plan) -> Client:
    """A coordinator where the plan is for."""
    person = people.person()
    people.role(person, RoleKind.COORDINATOR, municipality=plan.municipality)
    return people.signed_in(person)


def made(client: Client, plan: Plan) -> Survey:
    """The mapping that the button makes."""
    client.post(f"{ROOM}ny/{plan.pk}/")
    return Survey.objects.get()


def sent(survey: Survey, *questions: tuple[str, str, str], groups: tuple[str, ...] = ()):  # noqa: ANN201
    """The form as a browser sends it: (text, kind, options) each question."""
    data = {"title": "Hva trenger dere?", "introduction": "Kort."}
    data |= {"opens_on": survey.opens_on.isoformat(), "closes_on": survey.closes_on.isoformat()}
    for number, (text, kind, options) in enumerate(questions, start=1):
        data |= {f"q{number}-text": text, f"q{number}-kind": kind, f"q{number}-options": options}
        data[f"q{number}-key"] = ""
    for number, title in enumerate(groups, start=1):
        data |= {f"g{number}-title": title, f"g{number}-unit": "", f"g{number}-asked": "12"}
    return data


def test_a_mapping_begins_with_the_usual_questions_in_three_languages(
    kari: Client, plan: Plan
) -> None:
    survey = made(kari, plan)
    assert len(survey.questions) >= 8
    assert all({"nb", "nn", "en"} <= set(one["text"]) for one in survey.questions)


def test_questions_and_groups_are_written_as_one_wants(kari: Client, plan: Plan) -> None:
    survey = made(kari, plan)
    asked = [("Er du trygg?", "one", "Ja\r\nNei"), ("Hvorfor?", "text", "")]
    data = sent(survey, *asked, groups=("Tunet",))
    assert kari.post(f"{ROOM}{survey.pk}/endre/", data).status_code == 302
    survey.refresh_from_db()
    assert [one["text"] for one in survey.questions] == [{"nb": "Er du trygg?"}, {"nb": "Hvorfor?"}]
    assert [one["text"]["nb"] for one in survey.questions[0]["options"]] == ["Ja", "Nei"]
    assert survey.groups.get().asked == 12


def test_what_is_wrong_is_said_and_nothing_is_lost(kari: Client, plan: Plan) -> None:
    survey = made(kari, plan)
    data = sent(survey, ("Er du trygg?", "one", "Ja"), ("Hvorfor akkurat det?", "text", ""))
    answer = kari.post(f"{ROOM}{survey.pk}/endre/", data)
    assert answer.status_code == 422
    assert "Hvorfor akkurat det?" in answer.content.decode()
    survey.refresh_from_db()
    assert len(survey.questions) >= 8


def test_saving_without_a_change_keeps_the_other_languages(kari: Client, plan: Plan) -> None:
    survey = made(kari, plan)
    page = kari.get(f"{ROOM}{survey.pk}/endre/")
    rows = page.context["rows"]
    data = sent(survey)
    for number, row in enumerate(rows.questions, start=1):
        data |= {f"q{number}-{name}": row[name].replace("\n", "\r\n") for name in row}
    kari.post(f"{ROOM}{survey.pk}/endre/", data)
    before, survey = survey.questions, Survey.objects.get()
    assert survey.questions == before


def test_answers_are_read_when_it_has_closed_and_not_before(kari: Client, plan: Plan) -> None:
    survey = made(kari, plan)
    group = SurveyGroup.objects.create(survey=survey, title="Tunet")
    for _ in range(5):
        SurveyResponse.objects.create(id=uuid4(), group=group, answers={"vet_rett": 4})
    assert "(100 %)" not in kari.get(f"{ROOM}{survey.pk}/").content.decode()
    assert kari.get(f"{ROOM}{survey.pk}/svar.csv").status_code == 404
    today = timezone.localdate()
    Survey.objects.update(opens_on=today - timedelta(9), closes_on=today - timedelta(1))
    assert "(100 %)" in kari.get(f"{ROOM}{survey.pk}/").content.decode()
    assert kari.get(f"{ROOM}{survey.pk}/svar.csv").status_code == 200
    kari.post(f"{ROOM}{survey.pk}/igjen/")
    assert Survey.objects.get(before=survey).groups.get().title == "Tunet"


def closed(client: Client, plan: Plan, *steps: int) -> Survey:
    """A closed mapping in which one group has answered a scale so."""
    survey = made(client, plan)
    group = SurveyGroup.objects.create(survey=survey, title="Tunet")
    for step in steps:
        SurveyResponse.objects.create(id=uuid4(), group=group, answers={"vet_rett": step})
    today = timezone.localdate()
    dates = {"opens_on": today - timedelta(9), "closes_on": today - timedelta(1)}
    Survey.objects.filter(pk=survey.pk).update(**dates)
    return survey


def test_neither_page_nor_files_count_out_an_answer_of_few(kari: Client, plan: Plan) -> None:
    survey = closed(kari, plan, *[5] * 7, *[4] * 3, 1)
    text = b"".join(kari.get(f"{ROOM}{survey.pk}/svar.csv")).decode("utf-8-sig")  # type: ignore[arg-type]
    told = [line.split(";")[1:] for line in text.splitlines()[1:]]
    assert [row[2] for row in told] == ["11", "11"]  # all who answered, and those of Tunet
    sheet = load_workbook(BytesIO(b"".join(kari.get(f"{ROOM}{survey.pk}/svar.xlsx")))).active  # type: ignore[arg-type]
    assert {row[3] for row in sheet.iter_rows(min_row=2, values_only=True)} == {11}
    assert "(27 %)" not in kari.get(f"{ROOM}{survey.pk}/").content.decode()


def test_a_few_answers_so_far_are_not_counted_out(kari: Client, plan: Plan) -> None:
    closed(kari, plan, 5, 5, 5)
    assert "færre enn fem svar" in kari.get(ROOM).content.decode()


@pytest.mark.parametrize("path", ["", "endre/", "svar.xlsx"])
def test_outsiders_find_no_mapping(path: str, kari: Client, plan: Plan) -> None:
    survey = made(kari, plan)
    ola, nils = people.person("Ola"), people.person("Nils")
    people.role(ola, RoleKind.ADVISER, organization=learning.module().organization)
    people.role(nils, RoleKind.EMPLOYEE, organization=learning.module().organization)
    for person in (ola, nils):
        assert people.signed_in(person).get(f"{ROOM}{survey.pk}/{path}").status_code == 404


def test_a_leader_reads_and_does_not_change(kari: Client, plan: Plan) -> None:
    survey = made(kari, plan)
    person = people.person("Lise")
    people.role(person, RoleKind.LEADER, municipality=plan.municipality)
    lise = people.signed_in(person)
    assert lise.get(f"{ROOM}{survey.pk}/").status_code == 200
    assert lise.get(f"{ROOM}{survey.pk}/endre/").status_code == 404
    assert lise.post(f"{ROOM}ny/{plan.pk}/").status_code == 404


def test_a_municipality_reads_the_mapping_of_its_region_and_does_not_change_it() -> None:
    home = make.municipality()
    plan = learning.plan(region=make.region("valdres", home))
    person, editor = people.person("Kari"), people.person("Rita")
    people.role(person, RoleKind.COORDINATOR, municipality=home)
    people.role(editor, RoleKind.REGION_EDITOR, region=plan.region)
    survey = made(people.signed_in(editor), plan)
    kari = people.signed_in(person)
    assert kari.get(f"{ROOM}{survey.pk}/").status_code == 200
    assert kari.get(f"{ROOM}{survey.pk}/endre/").status_code == 404
    assert kari.post(f"{ROOM}{survey.pk}/igjen/").status_code == 404
    assert kari.post(f"{ROOM}ny/{plan.pk}/").status_code == 404
