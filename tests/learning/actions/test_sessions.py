"""A group session: planned, led, closed; and everybody's own evidence, exactly once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from samtun.learning.actions import participants, sessions
from samtun.learning.actions.sessions import NoteChangedError, digest_of
from samtun.learning.enums import Learnt, PlanStatus, SessionState
from samtun.learning.errors import LearningError
from samtun.learning.models import Employment, Evidence, GroupSession, Learner
from samtun.learning.queries import sessions as queries
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent, User
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari() -> User:
    return people.person()


@pytest.fixture
def eli() -> Employment:
    unit = make.organization(municipality=make.municipality())
    return learning.employment(unit, learner=learning.learner("Eli Hansen"))


@pytest.fixture
def planned(kari: User, eli: Employment) -> GroupSession:
    task = learning.block("discussion", title="Hvem er pårørende?", html="<p>Snakk.</p>", minutes=7)
    module = learning.module(learning.lesson(learning.block(), task), learning.lesson())
    return sessions.plan(
        module=module, unit=eli.unit, language="nb", starts_at=timezone.now(), by=kari
    )


@pytest.fixture
def going_on(planned: GroupSession, kari: User) -> GroupSession:
    return sessions.open(session=planned, by=kari)


def close(session: GroupSession, by: User) -> GroupSession:
    return sessions.close(session=session, by=by)


def test_the_agenda_is_the_lessons_with_their_tasks_after_them(planned: GroupSession) -> None:
    points = [(each["kind"], each["minutes"]) for each in planned.agenda]
    assert points == [("lesson", 4), ("discussion", 7), ("lesson", 4)]
    assert planned.minutes == 15
    assert planned.agenda[1]["title"] == "Hvem er pårørende?"


def test_the_version_shown_is_frozen_when_it_begins(going_on: GroupSession, kari: User) -> None:
    content = going_on.module.versions.get().content
    learning.module_version(going_on.module, content={**content, "title": "En ny"})
    shown = queries.version_of(going_on)
    assert shown is not None
    assert (shown.number, going_on.version_number) == (1, 1)


def test_everybody_known_gets_evidence_of_the_version_shown(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    sessions.join(session=going_on, learner=eli.learner)
    content = going_on.module.versions.get().content
    learning.module_version(going_on.module, content={**content, "title": "En ny"})
    close(going_on, kari)
    evidence = Evidence.objects.get(learner=eli.learner, module=going_on.module)
    assert evidence.learnt == Learnt.GROUP
    assert evidence.facts["contents"][0]["version"] == 1


def test_closing_and_opening_again_gives_evidence_once(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    sessions.join(session=going_on, learner=eli.learner)
    for _twice in range(2):
        close(going_on, kari)
        sessions.reopen(session=going_on, by=kari)
    close(going_on, kari)
    close(going_on, kari)
    assert Evidence.objects.filter(learner=eli.learner, module=going_on.module).count() == 1


def test_whoever_has_learnt_it_already_gets_none_twice_and_was_there_all_the_same(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    earlier = learning.evidence(
        eli.learner, kind="module", module=going_on.module, done_on=timezone.localdate()
    )
    sessions.register(session=going_on, learner=eli.learner, is_here=True, by=kari)
    close(going_on, kari)
    assert Evidence.objects.filter(module=going_on.module).get() == earlier
    assert queries.sessions_of_learner(eli.learner) == [queries.session_with(going_on.pk)]


def test_the_code_counts_only_while_it_goes_on_and_is_another_afterwards(
    planned: GroupSession, kari: User
) -> None:
    assert queries.open_session(planned.code) is None
    sessions.open(session=planned, by=kari)
    assert queries.open_session(f" {planned.code.lower()} ") is not None
    closed = close(planned, kari)
    assert queries.open_session(planned.code) is None
    assert closed.code != planned.code
    assert queries.open_session(closed.code) is None


def test_the_same_form_sent_twice_is_one_participant(going_on: GroupSession) -> None:
    key = uuid4()
    for _twice in range(2):
        sessions.join(session=going_on, name=" Eli ", key=key)
    assert going_on.participants.get().name == "Eli"


def test_nobody_joins_what_does_not_go_on(planned: GroupSession, kari: User) -> None:
    with pytest.raises(LearningError):
        sessions.join(session=planned, name="Eli")
    sessions.open(session=planned, by=kari)
    close(planned, kari)
    with pytest.raises(LearningError):
        sessions.join(session=planned, name="Eli")


def test_a_name_is_matched_afterwards_and_put_right_before_the_evidence(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    bo = learning.employment(eli.unit, learner=learning.learner("Bo Berg"))
    wrote = sessions.join(session=going_on, name="Eli")
    closed = close(going_on, kari)
    sessions.match(participant=wrote, learner=bo.learner, by=kari)
    sessions.match(participant=wrote, learner=eli.learner, by=kari)
    assert not Evidence.objects.exists()
    assert sessions.prove(session=closed, by=kari) == 1
    assert sessions.prove(session=closed, by=kari) == 0
    assert Evidence.objects.get(module=going_on.module).learner == eli.learner
    with pytest.raises(LearningError):
        sessions.match(participant=wrote, learner=bo.learner, by=kari)


def test_whoever_was_left_out_is_put_on_the_list_afterwards(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    closed = close(going_on, kari)
    sessions.register(session=closed, learner=eli.learner, is_here=True, by=kari)
    assert sessions.prove(session=closed, by=kari) == 1
    assert Evidence.objects.filter(learner=eli.learner).exists()


def test_nobody_from_elsewhere_is_matched_or_registered(going_on: GroupSession, kari: User) -> None:
    stranger = learning.employment().learner
    wrote = sessions.join(session=going_on, name="Eli")
    with pytest.raises(LearningError):
        sessions.match(participant=wrote, learner=stranger, by=kari)
    with pytest.raises(LearningError):
        sessions.register(session=going_on, learner=stranger, is_here=True, by=kari)


def test_an_address_becomes_a_learner_when_it_is_closed_and_is_emptied(
    going_on: GroupSession, kari: User
) -> None:
    wrote = sessions.join(session=going_on, name="Eli", email="Eli@Valdres.example")
    assert not Learner.objects.filter(email="eli@valdres.example").exists()
    close(going_on, kari)
    wrote.refresh_from_db()
    assert wrote.email == ""
    assert wrote.learner is not None
    assert wrote.learner.email == "eli@valdres.example"
    assert wrote.evidence is not None


def test_the_same_person_by_address_and_from_the_list_is_one(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    sessions.join(session=going_on, name="Eli", email=eli.learner.email)
    sessions.register(session=going_on, learner=eli.learner, is_here=True, by=kari)
    close(going_on, kari)
    assert going_on.participants.count() == 1
    assert Evidence.objects.filter(module=going_on.module).count() == 1


def test_an_address_of_a_colleague_under_another_name_proves_nothing(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    wrote = sessions.join(session=going_on, name="Ola", email=eli.learner.email)
    close(going_on, kari)
    assert not Evidence.objects.exists()
    wrote.refresh_from_db()
    assert (wrote.learner, wrote.name) == (None, "Ola")


def test_an_address_that_an_account_has_confirmed_is_its_learner(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    eli.learner.user = people.person("Eli Hansen", email="eli@heime.example")
    eli.learner.save()
    sessions.join(session=going_on, name="Eli", email="Eli@heime.example")
    close(going_on, kari)
    assert Evidence.objects.get().learner == eli.learner


def test_a_session_that_nobody_ended_takes_in_nobody_the_next_day(going_on: GroupSession) -> None:
    assert queries.open_session(going_on.code) is not None
    GroupSession.objects.update(opened_at=timezone.now() - timedelta(hours=25))
    assert queries.open_session(going_on.code) is None


def test_a_plan_that_only_the_adviser_wrote_opens_no_unit(eli: Employment) -> None:
    anna, centre = people.person("Anna"), make.organization(name="Senteret")
    people.role(anna, RoleKind.ADVISER, organization=centre)
    plan = learning.plan(municipality=eli.unit.municipality, adviser=centre)
    learning.version(plan, status=PlanStatus.DRAFT)
    assert eli.unit not in queries.units_of(anna)
    assert queries.advised_plan(anna, eli.unit) is None
    learning.version(plan, number=2)
    assert eli.unit in queries.units_of(anna)


def test_a_claim_counts_when_the_leader_says_yes(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    wrote = sessions.join(session=going_on, name="Eli")
    closed = close(going_on, kari)
    claimed = sessions.claim(session=closed, learner=eli.learner, name="eli")
    assert claimed.pk == wrote.pk
    assert sessions.prove(session=closed, by=kari) == 0
    sessions.answer_claim(participant=claimed, is_true=True, by=kari)
    assert Evidence.objects.get(module=going_on.module).learner == eli.learner


def test_a_claim_that_is_not_true_gives_nothing(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    closed = close(going_on, kari)
    claimed = sessions.claim(session=closed, learner=eli.learner)
    sessions.answer_claim(participant=claimed, is_true=False, by=kari)
    assert sessions.prove(session=closed, by=kari) == 0
    assert not Evidence.objects.exists()


def test_nobody_claims_a_session_of_another_unit_or_long_ago(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    closed = close(going_on, kari)
    with pytest.raises(LearningError):
        sessions.claim(session=closed, learner=learning.employment().learner)
    closed.opened_at = timezone.now() - timedelta(days=61)
    closed.save()
    with pytest.raises(LearningError):
        sessions.claim(session=closed, learner=eli.learner)


def test_two_screens_never_overwrite_each_other(going_on: GroupSession, kari: User) -> None:
    point = going_on.agenda[0]["id"]
    empty = digest_of("")
    for _twice in range(2):  # a note that is sent again
        sessions.note(session=going_on, step_id=point, text="Mitt", base=empty, by=kari)
    with pytest.raises(NoteChangedError) as refused:
        sessions.note(session=going_on, step_id=point, text="Ditt", base=empty, by=kari)
    assert refused.value.theirs == "Mitt"
    after = digest_of("Mitt")
    held = sessions.note(session=going_on, step_id=point, text="Begge", base=after, by=kari)
    assert held.notes[point] == "Begge"


def test_only_the_leader_opens_again_and_only_the_same_day(
    going_on: GroupSession, kari: User
) -> None:
    closed = close(going_on, kari)
    with pytest.raises(LearningError):
        sessions.reopen(session=closed, by=people.person("Ola"))
    GroupSession.objects.update(closed_at=timezone.now() - timedelta(days=1))
    with pytest.raises(LearningError):
        sessions.reopen(session=closed, by=kari)


def test_the_timer_begins_anew_only_at_another_point(going_on: GroupSession, kari: User) -> None:
    first = going_on.stepped_at
    assert sessions.step(session=going_on, number=0, by=kari).stepped_at == first
    there = sessions.step(session=going_on, number=99, by=kari)
    assert there.step == 2
    assert there.stepped_at != first


def test_a_lesson_that_is_gone_becomes_a_point_of_their_own(
    planned: GroupSession, kari: User
) -> None:
    content = planned.module.versions.get().content
    less = {**content, "lessons": content["lessons"][1:]}
    learning.module_version(planned.module, content=less)
    held = sessions.open(session=planned, by=kari)
    assert [each["kind"] for each in held.agenda] == ["own", "own", "lesson"]


def test_an_agenda_without_points_or_minutes_is_refused(planned: GroupSession, kari: User) -> None:
    with pytest.raises(LearningError):
        sessions.agree_on(session=planned, agenda=[], by=kari)
    wrong = [{**planned.agenda[0], "minutes": 0}]
    with pytest.raises(LearningError):
        sessions.agree_on(session=planned, agenda=wrong, by=kari)


def test_once_it_has_begun_the_agenda_stays_and_it_is_not_taken_away(
    going_on: GroupSession, kari: User
) -> None:
    with pytest.raises(LearningError):
        sessions.agree_on(session=going_on, agenda=going_on.agenda[:1], by=kari)
    with pytest.raises(LearningError):
        sessions.cancel(session=going_on, by=kari)


def test_the_trail_has_counts_and_no_names(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    sessions.add_names(session=going_on, names=["Eli", " ", "Bo"], by=kari)
    wrote = going_on.participants.get(name="Eli")
    sessions.match(participant=wrote, learner=eli.learner, by=kari)
    close(going_on, kari)
    found = list(AuditEvent.objects.filter(action__startswith="group_session"))
    assert "Eli" not in str([(each.details, each.object_name) for each in found])
    assert {each.action.partition(".")[2] for each in found} == {
        "planned", "opened", "names_added", "participant_matched", "closed", "evidence_written",
    }  # fmt: skip


def test_names_nobody_was_found_for_are_forgotten_after_ninety_days(
    going_on: GroupSession, eli: Employment, kari: User
) -> None:
    sessions.join(session=going_on, name="Ukjent")
    sessions.join(session=going_on, learner=eli.learner)
    today = timezone.localdate()
    assert participants.forget(today + timedelta(days=89)) == 0
    assert participants.forget(today + timedelta(days=92)) == 1
    assert sorted(going_on.participants.values_list("name", flat=True)) == ["", "Eli Hansen"]


def test_suggestions_are_for_whoever_fits_alone(eli: Employment, going_on: GroupSession) -> None:
    two = [
        learning.employment(eli.unit, learner=learning.learner(name))
        for name in ("Bo Berg", "Bo Dahl")
    ]
    names = [sessions.join(session=going_on, name=name) for name in ("eli", "Bo", "Bo D", "Frida")]
    found = queries.suggestions(names, [eli, *two], set())
    assert {names[0].pk: eli, names[2].pk: two[1]} == found


def test_it_was_begun_by_mistake_and_nobody_gets_a_state_twice(
    going_on: GroupSession, kari: User
) -> None:
    assert sessions.open(session=going_on, by=kari).state == SessionState.OPEN
    assert AuditEvent.objects.filter(action="group_session.opened").count() == 1
