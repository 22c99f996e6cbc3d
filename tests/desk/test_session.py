"""Group sessions at the desk: planned, led from one screen, and afterwards."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from samtun.desk.sessions.show import Piece
from samtun.learning.actions import sessions as actions
from samtun.learning.actions.sessions import digest_of
from samtun.learning.enums import CheckState, SessionState
from samtun.learning.models import CheckMark, Evidence, FollowUp, GroupSession
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent
from tests.desk.session_scenes import Meeting, meeting
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def met() -> Meeting:
    return meeting()


def at(met: Meeting, view: str) -> str:
    return reverse(f"desk:{view}", args=[met.session.pk])


def test_a_session_is_planned_with_an_agenda_of_its_own(met: Meeting) -> None:
    browser = met.in_browser(met.kari)
    page = browser.get(reverse("desk:session_new")).content.decode()
    assert "Sjukeheimen" in page
    sent = {
        "what": f"/{met.session.module_id}", "unit": met.unit.pk, "on": "2099-01-01",
        "begins": "12:00", "language": "nb",
    }  # fmt: skip
    assert browser.post(reverse("desk:session_new"), sent).status_code == 422
    sent["on"] = str(met.session.starts_at.date())
    answer = browser.post(reverse("desk:session_new"), sent)
    made = GroupSession.objects.exclude(pk=met.session.pk).get()
    assert answer["Location"] == reverse("desk:session", args=[made.pk])
    assert (len(made.agenda), made.leader) == (3, met.kari)


def test_the_agenda_is_edited_without_scripts(met: Meeting) -> None:
    browser = met.in_browser(met.kari)
    keys = [each["id"] for each in met.session.agenda]
    browser.post(at(met, "session_agenda"), {"punkt": keys, "knapp": "ned:0"})
    browser.post(at(met, "session_agenda"), {
        "punkt": [keys[1], keys[0]], f"tittel-{keys[0]}": "Vår egen", f"minutter-{keys[0]}": "12",
        "knapp": "pause",
    })  # fmt: skip
    met.session.refresh_from_db()
    found = [(each["title"], each["minutes"], each["kind"]) for each in met.session.agenda]
    assert found[1] == ("Vår egen", 12, "lesson")
    assert [each[2] for each in found] == ["discussion", "lesson", "pause"]


@pytest.mark.parametrize("minutes", ["0", "x", "9999", ""])
def test_odd_minutes_are_said_and_nothing_is_lost(met: Meeting, minutes: str) -> None:
    key = met.session.agenda[0]["id"]
    sent = {"punkt": [key], f"tittel-{key}": "Skrevet nå", f"minutter-{key}": minutes}
    answer = met.in_browser(met.kari).post(at(met, "session_agenda"), sent)
    assert answer.status_code == 422
    assert "Skrevet nå" in answer.content.decode()


def test_the_screen_shows_the_lesson_and_keeps_the_answer_folded(met: Meeting) -> None:
    met.opened()
    page = met.in_browser(met.kari).get(at(met, "session_lead")).content.decode()
    assert "Spør den pårørende" in page
    assert "Snakk to og to" not in page  # a point of its own
    before, _fold, folded = page.partition("<details")
    assert "Å spørre er nok" not in before
    assert "Å spørre er nok" in folded
    assert met.session.code in page


def test_headings_of_a_text_stand_right_under_the_points_title() -> None:
    piece = Piece("x", "text", {"html": "<h3>Spør</h3><p>Og hør.</p>"})
    assert piece.text == "<h2>Spør</h2><p>Og hør.</p>"


def test_the_steps_are_gone_through_with_buttons(met: Meeting) -> None:
    met.opened()
    browser = met.in_browser(met.kari)
    browser.post(at(met, "session_step"), {"punkt": "1"})
    page = browser.get(at(met, "session_lead")).content.decode()
    assert "Snakk to og to" in page
    for odd in ("-1", "x", "", "²"):
        assert browser.post(at(met, "session_step"), {"punkt": odd}).status_code == 404


def test_a_note_is_saved_and_two_screens_are_told(met: Meeting) -> None:
    point = met.opened().agenda[0]["id"]
    browser = met.in_browser(met.kari)
    mine = {"punkt": point, "tekst": "Vi spør alle", "fra": digest_of("")}
    answer = browser.post(at(met, "session_note"), mine, headers=FETCH)
    assert answer.json() == {"base": digest_of("Vi spør alle")}
    theirs = {**mine, "tekst": "Noe annet"}
    answer = browser.post(at(met, "session_note"), theirs, headers=FETCH)
    assert (answer.status_code, answer.json()["theirs"]) == (409, "Vi spør alle")
    page = browser.post(at(met, "session_note"), theirs)
    assert page.status_code == 409
    assert "Vi spør alle" in page.content.decode()
    assert "Noe annet" in page.content.decode()
    met.session.refresh_from_db()
    assert met.session.notes == {point: "Vi spør alle"}


def test_the_checklist_is_filled_in_on_the_screen_and_stays_with_the_unit(met: Meeting) -> None:
    met.opened()
    browser = met.in_browser(met.kari)
    browser.post(at(met, "session_step"), {"punkt": "2"})
    content = met.session.module.versions.get().content
    block = content["lessons"][1]["blocks"][0]["id"]
    sent = {
        "sjekkliste": block, "samling": met.session.pk, "punkt": ["p1", "p2"],
        "tilstand-p1": "done", "var-p1": "not_yet", "tilstand-p2": "not_yet", "var-p2": "not_yet",
        "merknad-p1": "Fra mandag", "sto-p1": "",
    }  # fmt: skip
    answer = browser.post(reverse("desk:checklists", args=[met.unit.pk]), sent)
    assert answer["Location"].startswith(at(met, "session_lead"))
    mark = CheckMark.objects.get()
    assert (mark.state, mark.note, mark.session) == (CheckState.DONE, "Fra mandag", met.session)
    page = browser.get(reverse("desk:checklists", args=[met.unit.pk])).content.decode()
    assert "Fra mandag" in page


def test_what_was_decided_is_shown_at_the_next_session(met: Meeting) -> None:
    met.opened()
    browser = met.in_browser(met.kari)
    sent = {"samling": met.session.pk, "tekst": "Lage plakat", "hvem": "Fagsjukepleier",
            "frist": "2026-12-01"}  # fmt: skip
    browser.post(reverse("desk:follow_ups", args=[met.unit.pk]), sent)
    assert FollowUp.objects.get().session == met.session
    met.closed()
    following = actions.plan(
        module=met.session.module, unit=met.unit, language="nb",
        starts_at=met.session.starts_at, by=met.kari,
    )  # fmt: skip
    for view in ("session", "session_lead"):
        page = browser.get(reverse(f"desk:{view}", args=[following.pk])).content.decode()
        assert "Lage plakat" in page
        actions.open(session=following, by=met.kari)
    browser.post(
        reverse("desk:follow_ups", args=[met.unit.pk]), {"gjort": FollowUp.objects.get().pk}
    )
    assert FollowUp.objects.get().done_at is not None


def test_one_thumb_ticks_an_employee_once_and_off_again(met: Meeting) -> None:
    met.opened()
    browser = met.in_browser(met.kari)
    sent = {"ansatt": met.learner.pk, "present": "1"}
    for _twice in range(2):
        assert browser.post(at(met, "session_people"), sent, headers=FETCH).status_code == 204
    assert met.session.participants.count() == 1
    browser.post(at(met, "session_people"), {**sent, "present": ""})
    assert not met.session.participants.exists()


def test_first_names_are_matched_with_what_is_suggested_and_proven(met: Meeting) -> None:
    met.opened()
    browser = met.in_browser(met.kari)
    browser.post(at(met, "session_names"), {"navn": "Eli\nUkjent"})
    met.closed()
    page = browser.get(at(met, "session_people")).content.decode()
    assert f'value="{met.learner.pk}" selected' in page
    wrote = met.session.participants.get(name="Eli")
    browser.post(at(met, "session_match"), {f"hvem-{wrote.pk}": met.learner.pk})
    assert not Evidence.objects.exists()
    browser.post(at(met, "session_prove"))
    assert Evidence.objects.get(module=met.session.module).learner == met.learner
    assert AuditEvent.objects.filter(action="looked.at").count() == 1


def test_ending_and_opening_again_with_buttons(met: Meeting) -> None:
    met.opened()
    browser = met.in_browser(met.kari)
    assert browser.post(at(met, "session_state"), {"til": "avslutt"})["Location"] == at(
        met, "session"
    )
    page = browser.get(at(met, "session")).content.decode()
    assert 'value="gjenapne"' in page
    browser.post(at(met, "session_state"), {"til": "gjenapne"})
    met.session.refresh_from_db()
    assert met.session.state == SessionState.OPEN
    assert browser.post(at(met, "session_state"), {"til": "x"}).status_code == 404


PAGES = ("session", "session_lead", "session_people", "session_live", "session_pdf")
DEEDS = ("session_when", "session_agenda", "session_cancel", "session_state", "session_step",
         "session_note", "session_people", "session_names", "session_match",
         "session_prove")  # fmt: skip


@pytest.mark.parametrize("who", ["ola", "nils"])
def test_outsiders_find_no_such_session(met: Meeting, who: str) -> None:
    met.opened()
    browser = met.in_browser(getattr(met, who))
    for view in PAGES:
        assert browser.get(at(met, view)).status_code == 404, view
    for view in DEEDS:
        assert browser.post(at(met, view), {"til": "avslutt"}).status_code == 404, view
    for view in ("checklists", "follow_ups"):
        address = reverse(f"desk:{view}", args=[met.unit.pk])
        assert browser.post(address, {"tekst": "Hei"}).status_code == 404
    assert "Sjukeheimen" not in browser.get(reverse("desk:sessions")).content.decode()
    assert "Sjukeheimen" not in browser.get(reverse("desk:session_new")).content.decode()


def test_an_employee_leads_and_sees_names_of_what_they_lead_themselves(met: Meeting) -> None:
    frida = people.person("Frida")
    people.role(frida, RoleKind.EMPLOYEE, organization=met.unit)
    browser = met.in_browser(frida)
    actions.join(session=met.opened(), name="Hemmelig")
    assert "Hemmelig" not in browser.get(at(met, "session_lead")).content.decode()
    assert browser.get(at(met, "session_live")).json()["names"] == []
    assert browser.get(at(met, "session_people")).status_code == 404
    browser.post(at(met, "session_state"), {"til": "led"})
    page = browser.get(at(met, "session_people")).content.decode()
    assert "Hemmelig" in page
    assert "Eli Hansen" in page


def test_an_employee_of_more_than_one_unit_needs_a_second_factor_to_lead(met: Meeting) -> None:
    vang = make.organization(municipality=met.unit.municipality, name="Vang kommune")
    met.unit.parent_organization = vang
    met.unit.save()
    frida = people.person("Frida")
    people.role(frida, RoleKind.EMPLOYEE, organization=vang)
    met.opened()
    without = Client()
    without.force_login(frida)
    asked = without.post(at(met, "session_state"), {"til": "led"})
    assert reverse("account_second_factor") in asked["Location"]
    met.session.refresh_from_db()
    assert met.session.leader == met.kari
    answer = met.in_browser(frida).post(at(met, "session_state"), {"til": "led"})
    assert reverse("account_second_factor") not in answer["Location"]


def test_many_names_are_taken_off_in_one_go(met: Meeting) -> None:
    session = met.opened()
    junk = [actions.join(session=session, name=f"Tull {number}") for number in range(5)]
    known = actions.register(session=session, learner=met.learner, is_here=True, by=met.kari)
    keep = actions.join(session=session, name="Bo")
    browser = met.in_browser(met.kari)
    page = browser.get(at(met, "session_people"), {"mange": "alle"}).content.decode()
    assert page.count('name="mange"') == 6
    sent = [str(one.pk) for one in (*junk, known)]
    browser.post(at(met, "session_names"), {"mange": sent})
    assert set(session.participants.all()) == {known, keep}
    assert AuditEvent.objects.get(action="group_session.participant_removed").details["count"] == 5


@pytest.mark.parametrize("who", ["ola", "nils"])
def test_outsiders_take_nobody_off(met: Meeting, who: str) -> None:
    name = actions.join(session=met.opened(), name="Bo")
    browser = met.in_browser(getattr(met, who))
    sent = {"mange": [str(name.pk)]}
    assert browser.post(at(met, "session_names"), sent).status_code == 404
    assert met.session.participants.count() == 1


def test_whoever_has_no_role_there_any_more_sees_nobody(met: Meeting) -> None:
    frida = people.person("Frida")
    people.role(frida, RoleKind.EMPLOYEE, organization=met.unit)
    actions.lead(session=met.opened(), by=frida)
    frida.roles.update(organization=make.organization(municipality=met.unit.municipality))
    browser = met.in_browser(frida)
    assert browser.get(at(met, "session_people")).status_code == 404
    assert browser.post(at(met, "session_names"), {"navn": "Bo"}).status_code == 404


def test_an_adviser_leads_by_the_plan_and_never_sees_who_works_there(met: Meeting) -> None:
    centre = make.organization(municipality=make.municipality("1103", "Stavanger"))
    anna = people.person("Anna")
    people.role(anna, RoleKind.ADVISER, organization=centre)
    plan = learning.plan(municipality=met.unit.municipality, adviser=centre)
    GroupSession.objects.update(plan=plan)
    browser = met.in_browser(anna)
    actions.join(session=met.opened(), name="Hemmelig")
    assert "Hemmelig" not in browser.get(at(met, "session_lead")).content.decode()
    assert browser.post(at(met, "session_state"), {"til": "led"}).status_code == 404
    GroupSession.objects.update(leader=anna)
    page = browser.get(at(met, "session_people")).content.decode()
    assert "Hemmelig" in page
    assert "Eli Hansen" not in page
    sent = {"ansatt": met.learner.pk, "present": "1"}
    assert browser.post(at(met, "session_people"), sent).status_code == 404


def test_the_sheet_is_a_pdf_with_the_code_and_no_name(met: Meeting) -> None:
    actions.join(session=met.opened(), name="Hemmelig")
    made = met.in_browser(met.kari).get(at(met, "session_pdf"))
    assert (made["Content-Type"], made.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_few_and_for_many(
    met: Meeting, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(rows - 1):
        actions.plan(
            module=met.session.module, unit=met.unit, language="nb",
            starts_at=met.session.starts_at, by=met.kari,
        )  # fmt: skip
    browser = met.in_browser(met.kari)
    browser.get(reverse("desk:sessions"))
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(reverse("desk:sessions"))


@pytest.mark.parametrize("rows", [1, 30])
def test_the_people_cost_the_same_for_few_and_for_many(
    met: Meeting, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    met.opened()
    for number in range(rows):
        learning.employment(met.unit, learner=learning.learner(f"Bo {number}"))
        actions.join(session=met.session, name=f"Bo {number}")
    browser = met.in_browser(met.kari)
    browser.get(at(met, "session_people"))
    with django_assert_num_queries(PEOPLE_QUERIES):
        browser.get(at(met, "session_people"))


LIST_QUERIES = 10
PEOPLE_QUERIES = 10
