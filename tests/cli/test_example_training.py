"""The example's year of training: enough of everything, never old, nothing taken for real."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from samtun.cli import example_training
from samtun.learning.actions import obligations
from samtun.learning.actions.evidence import record_module
from samtun.learning.enums import CheckState, DecisionKind, Learnt, ObligationState, PlanStatus
from samtun.learning.models import (
    Certificate,
    CheckMark,
    Decision,
    Employment,
    Evidence,
    FollowUp,
    GroupSession,
    Learner,
    Module,
    Obligation,
    Participant,
    Plan,
    Reminder,
    Rule,
    Survey,
    SurveyGroup,
    SurveyResponse,
)
from samtun.learning.queries.obligations import to_do
from samtun.mail.models import Letter
from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Municipality, Organization
from samtun.people import demo
from tests.factories import directory as make
from tests.factories import learning

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "valdres"
VALDRES = ("3449", "3450", "3451", "3452", "3453", "3454")
TABLES = (
    Plan, Employment, Learner, Obligation, Evidence, Certificate, Decision, GroupSession,
    Participant, Survey, SurveyResponse, Reminder, Letter,
)  # fmt: skip
GRO = "gro.vik.eksempelsen@nord-aurdal.example"
EMIL = "emil@nord-aurdal.example"


def told(name: str) -> dict[str, Any]:
    """A file of the example."""
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The year, made once for all tests here, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        _load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def year(loaded: None, db: None) -> None:
    """The year, for a test to look at."""


def _load() -> None:
    """Upon no more of the region than it needs."""
    towns = {number: make.municipality(number, f"Kommune {number}") for number in VALDRES}
    make.region("valdres", *towns.values())
    _organisations(towns)
    _courses()
    demo.load()
    example_training.load()


def _organisations(towns: dict[str, Municipality]) -> None:
    """Those of the municipalities, above before below."""
    read = [
        told(f"organisations/{path.name}") for path in (FOLDER / "organisations").glob("*.toml")
    ]
    entries = [one["organization"] for one in read]
    for entry in sorted(entries, key=lambda one: "parent" in one):
        parent = entry.get("parent")
        make.organization(
            id=derived_id("organization", "valdres", entry["key"]), name=entry["name"],
            municipality=towns.get(entry.get("municipality", "")), is_example=True,
            parent_organization_id=derived_id("organization", "valdres", parent)
            if parent
            else None,
        )  # fmt: skip


def _courses() -> None:
    """Short ones under the names of the real ones."""
    centre = Organization.objects.get(name=told("organisations/parorendesenteret.toml")
                                      ["organization"]["name"])  # fmt: skip
    made: dict[str, Module] = {}
    for entry in told("courses/courses.toml")["course"]:
        for slug in entry["modules"]:
            if slug not in made:
                lesson = learning.lesson(_checklist(), learning.block("discussion", task="Øv."))
                made[slug] = learning.module(lesson, slug=slug, organization=centre)
        modules = [made[slug] for slug in entry["modules"]]
        learning.course(*modules, slug=entry["slug"], sectors=entry["sectors"])


def _checklist() -> Any:  # noqa: ANN401  (a block)
    points = [{"id": f"p{number}", "text": f"Punkt {number}"} for number in range(5)]
    return learning.block("checklist", title="Hos oss", points=points)


def test_there_is_enough_of_everything(year: None) -> None:
    assert Employment.objects.count() >= 400
    assert Employment.objects.values("employer").distinct().count() == 6
    assert Evidence.objects.count() >= 1_000
    assert Certificate.objects.count() >= 20
    assert Certificate.objects.filter(plan_key__isnull=False).exists()
    assert set(Decision.objects.values_list("kind", flat=True)) == set(DecisionKind)
    assert set(Obligation.objects.values_list("state", flat=True)) == set(ObligationState)
    assert Obligation.objects.filter(cycle__gt=1).exists()
    assert set(CheckMark.objects.values_list("state", flat=True)) >= {
        CheckState.STARTED,
        CheckState.DONE,
    }
    assert FollowUp.objects.filter(done_at=None).count() == 2


def test_the_plan_is_followed_and_the_next_version_is_being_written(year: None) -> None:
    plan = Plan.objects.get(is_example=True, is_template=False)
    versions = plan.versions.order_by("number")
    assert [one.status for one in versions] == [PlanStatus.ACTIVE, PlanStatus.DRAFT]
    agreed = versions[0].agreements.values_list("side", "digest")
    assert len(agreed) == 2
    assert {digest for _side, digest in agreed} == {versions[0].digest}
    assert versions[0].goals.count() == 4
    assert Plan.objects.filter(is_template=True, is_shared=True).count() == 1
    assert not Rule.objects.filter(item__version__plan__is_template=True, unit__isnull=False)


def test_no_employee_is_overdue_by_a_mistake(year: None) -> None:
    today = timezone.localdate()
    overdue = to_do(today).filter(due_on__lt=today)
    assert 40 <= overdue.count() <= 160
    assert not overdue.filter(due_on__lte=F("employment__joined_on"))
    assert not overdue.filter(opened_on__lt=F("employment__joined_on"))
    assert not overdue.filter(due_on__lt=F("opened_on"))


def test_what_is_worked_out_again_is_the_same(year: None) -> None:
    plan = Plan.objects.get(is_example=True, is_template=False)
    assert obligations.recompute(plan) == 0


def test_units_differ(year: None) -> None:
    today = timezone.localdate()
    overdue = to_do(today).filter(due_on__lt=today).values_list("employment__unit__name", flat=True)
    units = list(overdue)
    assert units.count("Nord-Aurdal helsetun") >= 3
    assert units.count("Dømebarnehagen i Røn") == 0


def test_emil_has_something_to_do_something_overdue_and_a_certificate(year: None) -> None:
    emil = Learner.objects.get(user__email=EMIL)
    today = timezone.localdate()
    due = to_do(today).filter(employment__learner=emil)
    assert due.filter(due_on__lt=today).count() == 1
    assert due.filter(due_on__gte=today).exists()
    assert emil.certificates.count() == 1


def test_some_moved_left_and_came_back(year: None) -> None:
    assert Employment.objects.filter(left_on__isnull=False).count() == 2
    back = Learner.objects.get(email="tor.li.provesen@nord-aurdal.example")
    assert back.employments.filter(left_on=None).count() == 1
    moved = Employment.objects.get(learner__email="jon.dal.skisse@nord-aurdal.example")
    assert moved.unit_since > moved.joined_on


def test_one_session_is_held_and_one_is_to_come(year: None) -> None:
    now = timezone.now()
    held = GroupSession.objects.get(state="closed")
    assert held.closed_at
    assert held.closed_at < now
    assert held.notes
    unmatched = held.participants.filter(learner=None)
    assert unmatched.count() == 2
    proved = held.participants.filter(evidence__learnt=Learnt.GROUP)
    assert proved.count() == held.participants.count() - unmatched.count() >= 10
    assert GroupSession.objects.get(state="planned").starts_at > now


def test_the_mapping_hides_a_small_group(year: None) -> None:
    assert Survey.objects.filter(closes_on__lt=timezone.localdate()).count() == 2
    sizes = [group.responses.count() for group in SurveyGroup.objects.all()]
    assert sum(size < 5 for size in sizes) == 1
    assert min(sizes) == 3


def test_doing_again_what_somebody_has_done_is_the_same_evidence(year: None) -> None:
    done = Evidence.objects.filter(module__isnull=False, learnt=Learnt.ALONE).order_by("-done_on")[
        0
    ]
    assert done.module
    again = record_module(
        learner=done.learner, module=done.module, language=done.language,
        number=done.facts["version"], done_on=done.done_on, learnt=Learnt.ALONE,
    )  # fmt: skip
    assert again.pk == done.pk


def test_letters_of_reminder_are_in_the_outbox(year: None) -> None:
    assert Letter.objects.filter(to=EMIL).exists()
    assert 30 <= Reminder.objects.count() <= 150


def test_all_are_invented(year: None) -> None:
    assert not Learner.objects.exclude(email__endswith=".example")


def test_loading_it_again_changes_nothing(year: None) -> None:
    before = [table._default_manager.count() for table in TABLES]
    example_training.load()
    assert [table._default_manager.count() for table in TABLES] == before
