"""What a municipality's directory says of its employees, as Entra and others say it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.learning.actions import employees, own_jobs
from samtun.learning.models import DirectoryToken, Employment, Evidence, Learner
from samtun.people.models import AuditEvent
from tests.api.scim.conftest import ENTERPRISE, USER, Directory, directory_of
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


def job() -> Employment:
    return Employment.objects.select_related("learner", "unit").get()


def listed(directory: Directory, query: str) -> Any:  # noqa: ANN401
    answer = directory.ask("GET", f"Users?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_new_user_is_an_employee(directory: Directory) -> None:
    made = directory.make()
    found = job()
    assert (found.learner.name, found.learner.email) == ("Eli Berg", "eli.berg@vang.example")
    assert (found.unit.name, found.profession, found.external_id) == (
        "Vang helsetun",
        "nurse",
        "17",
    )
    assert (found.source, found.joined_on) == ("directory", timezone.localdate())
    assert made["id"] == str(found.learner_id)
    assert made["externalId"] == "object-eli.berg@vang.example"
    assert made[ENTERPRISE] == {
        "employeeNumber": "17", "department": "Vang helsetun", "organization": "Vang kommune",
    }  # fmt: skip


def test_the_trail_says_that_the_directory_did_it(directory: Directory) -> None:
    directory.make()
    event = AuditEvent.objects.get(action="employment.started")
    assert (event.actor, event.details["by"]) == (None, "directory")


def test_a_known_person_is_the_same_learner(directory: Directory) -> None:
    known = learning.learner(email="Eli.Berg@vang.example", name="Eli B. Berg")
    learning.evidence(known)
    assert directory.make()["id"] == str(known.pk)
    assert Evidence.objects.filter(learner=known).count() == 1


def test_a_directory_ties_no_account_to_a_job(directory: Directory) -> None:
    person = people.person(email="eli.berg@vang.example")
    own = learning.learner(user=person, email="eli.berg@vang.example")
    learning.evidence(own)
    assert directory.make()["id"] != str(own.pk)
    directory.make("Ola Vik", emails=[{"value": person.email}], **{ENTERPRISE: {}})
    assert not own.employments.exists()


def test_a_mailbox_taken_over_is_somebody_else(directory: Directory) -> None:
    old = directory.make()["id"]
    directory.ask("DELETE", f"Users/{old}")
    Employment.objects.update(left_on=timezone.localdate())  # still seen on the last day
    new = directory.make(
        "Ola Berg",
        userName="eli.berg@vang.example",
        emails=[{"value": "eli.berg@vang.example"}],
        **{ENTERPRISE: {}},
    )
    assert new["id"] != old
    assert Learner.objects.get(pk=old).email == ""


def test_a_denied_address_sent_again_asks_nobody(directory: Directory) -> None:
    made = directory.make()
    person = people.person(email="eli.berg@vang.example")
    own_jobs.refuse(user=person, employment=job())
    sent = [{"value": "eli.berg@vang.example", "type": "work", "primary": True}]
    directory.patch(made["id"], {"op": "replace", "path": "emails", "value": sent})
    assert (job().learner.email, job().denied_email) == ("", "eli.berg@vang.example")
    answer = directory.patch(made["id"], {"op": "replace", "path": "title", "value": "Lærar"})
    assert (answer.status_code, job().position) == (200, "Lærar")


def test_who_came_with_a_file_becomes_the_directorys_own(directory: Directory) -> None:
    here = employees.hire(
        employer=directory.employer, unit=directory.employer, name="Eli Berg",
        email="eli.berg@vang.example", external_id="17", by=None,
    )  # fmt: skip
    found = listed(directory, 'filter=userName eq "Eli.Berg@vang.example"')
    assert found["totalResults"] == 1
    assert directory.make()["id"] == str(here.learner_id)
    assert job().unit.name == "Vang helsetun"


def test_an_unknown_department_places_the_person_on_the_employer(directory: Directory) -> None:
    made = directory.make(**{ENTERPRISE: {"department": "Avdeling 9 Ymse"}})
    assert job().unit == directory.employer
    assert "department" not in made[ENTERPRISE]


@pytest.mark.parametrize(
    "filter_",
    [
        'userName eq "ELI.BERG@vang.example"', 'externalId eq "object-eli.berg@vang.example"',
        'emails.value eq "eli.berg@vang.example"',
        'emails[type eq "work"].value eq "eli.berg@vang.example"',
        f'{ENTERPRISE}:employeeNumber eq "17"',
        'userName eq "eli.berg@vang.example" and active eq true',
    ],
)  # fmt: skip
def test_somebody_is_found_by_what_directories_ask(directory: Directory, filter_: str) -> None:
    directory.make()
    directory.make("Ola Dal", **{ENTERPRISE: {"employeeNumber": "18"}})
    found = listed(directory, f"filter={filter_}")
    assert [each["name"]["familyName"] for each in found["Resources"]] == ["Berg"]


def test_nobody_found_is_an_empty_list(directory: Directory) -> None:
    found = listed(directory, 'filter=userName eq "ingen@vang.example"')
    assert (found["totalResults"], found.get("Resources", [])) == (0, [])


def test_a_filter_that_is_not_understood_is_an_error_of_scim(directory: Directory) -> None:
    for asked in ('title co "x"', "userName eq", "drop table"):
        answer = directory.ask("GET", f"Users?filter={asked}")
        assert answer.status_code == 400
        assert answer.json()["schemas"] == [ERROR]
        assert answer.json()["scimType"] == "invalidFilter"


def test_pages_and_their_number_of_queries(
    directory: Directory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        directory.make(f"Eli Nr{number}", **{ENTERPRISE: {"employeeNumber": str(number)}})
    for count in (1, 30):
        with django_assert_num_queries(4):
            found = listed(directory, f"startIndex=1&count={count}")
        assert (len(found["Resources"]), found["totalResults"]) == (count, 30)
    second = listed(directory, "startIndex=21&count=20")
    assert (second["startIndex"], second["itemsPerPage"]) == (21, 10)


def test_only_what_is_asked_for_is_told(directory: Directory) -> None:
    user = directory.make()["id"]
    shown = directory.ask("GET", f"Users/{user}?attributes=userName").json()
    assert set(shown) == {"schemas", "id", "userName"}
    listing = listed(directory, "excludedAttributes=emails,name")["Resources"][0]
    assert not {"emails", "name"} & set(listing)


def test_entra_switches_somebody_off_with_a_text(directory: Directory) -> None:
    user = directory.make()["id"]
    learning.evidence(job().learner)
    answer = directory.patch(user, {"op": "Replace", "path": "active", "value": "False"})
    assert answer.json()["active"] is False
    assert job().left_on == timezone.localdate() - timedelta(days=1)
    assert Evidence.objects.count() == 1
    assert directory.ask("GET", f"Users/{user}").json()["active"] is False


def test_somebody_switched_on_again_the_same_day_goes_on(directory: Directory) -> None:
    user = directory.make()["id"]
    directory.patch(user, {"op": "replace", "value": {"active": False}})
    answer = directory.patch(user, {"op": "replace", "value": {"active": "True"}})
    assert answer.json()["active"] is True
    assert job().left_on is None


def test_somebody_back_after_a_while_has_a_new_job_and_the_same_id(directory: Directory) -> None:
    user = directory.make()["id"]
    directory.patch(user, {"op": "replace", "path": "active", "value": False})
    long_ago = timezone.localdate() - timedelta(days=90)
    Employment.objects.update(left_on=long_ago, joined_on=long_ago, unit_since=long_ago)
    answer = directory.patch(user, {"op": "replace", "path": "active", "value": True})
    assert (answer.json()["id"], answer.json()["active"]) == (user, True)
    assert Employment.objects.count() == 2
    assert Employment.objects.filter(left_on=None, joined_on=timezone.localdate()).count() == 1
    assert listed(directory, "")["totalResults"] == 1


def test_deleting_is_leaving_and_the_directory_sees_them_no_more(directory: Directory) -> None:
    user = directory.make()["id"]
    learning.evidence(job().learner)
    assert directory.ask("DELETE", f"Users/{user}").status_code == 204
    assert directory.ask("GET", f"Users/{user}").status_code == 404
    assert directory.ask("DELETE", f"Users/{user}").status_code == 404
    assert job().left_on is not None
    assert Evidence.objects.count() == 1
    assert directory.make()["id"] == user


def test_entra_changes_with_paths_that_filter(directory: Directory) -> None:
    user = directory.make(emails=[])["id"]
    answer = directory.patch(
        user,
        {"op": "Add", "path": 'emails[type eq "work"].value', "value": "eli@vang.example"},
        {"op": "Replace", "path": f"{ENTERPRISE}:department", "value": "Vang skule"},
        {"op": "Replace", "path": "name.familyName", "value": "Dal"},
        {"op": "Replace", "path": "title", "value": "Lærar"},
        {"op": "Add", "path": f"{ENTERPRISE}:manager", "value": "somebody"},
        {"op": "Replace", "path": "preferredLanguage", "value": "nn-NO"},
    )
    assert answer.status_code == 200, answer.content
    found = job()
    assert (found.learner.name, found.learner.email) == ("Eli Dal", "eli@vang.example")
    assert (found.unit.name, found.position) == ("Vang skule", "Lærar")


def test_a_name_that_is_only_shown_is_a_new_name(directory: Directory) -> None:
    user = directory.make()["id"]
    directory.patch(user, {"op": "replace", "path": "displayName", "value": "Eli Anne Vik"})
    assert job().learner.name == "Eli Anne Vik"


def test_an_unknown_department_does_not_undo_the_units_of_the_desk(directory: Directory) -> None:
    made = directory.make(**{ENTERPRISE: {"department": "Avdeling 9"}})
    unit = directory.employer.units.get(name="Vang skule")
    employees.move(employment=job(), unit=unit, by=None)
    directory.patch(made["id"], {"op": "replace", "path": "title", "value": "Lærar"})
    assert job().unit == unit


def test_replacing_says_all_anew(directory: Directory) -> None:
    made = directory.make()
    sent = made | {"title": "Lærar", "name": {"givenName": "Eli", "familyName": "Vik"}}
    answer = directory.ask("PUT", f"Users/{made['id']}", sent)
    assert answer.status_code == 200, answer.content
    assert (job().position, job().learner.name) == ("Lærar", "Eli Vik")
    sent.pop("title")
    directory.ask("PUT", f"Users/{made['id']}", sent)
    assert job().position == ""


def test_what_is_taken_is_a_conflict(directory: Directory) -> None:
    directory.make()
    second = {"employeeNumber": "18"}
    other = directory.make("Ola Dal", **{ENTERPRISE: second})
    sent = {"schemas": [USER], "userName": "eli.berg@vang.example"}
    assert directory.ask("POST", "Users", sent).status_code == 409
    for path, value in (
        ("userName", "ELI.berg@vang.example"), (f"{ENTERPRISE}:employeeNumber", "17"),
        ('emails[type eq "work"].value', "eli.berg@vang.example"),
    ):  # fmt: skip
        answer = directory.patch(other["id"], {"op": "replace", "path": path, "value": value})
        assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")
    assert Employment.objects.count() == 2


def test_a_change_that_fails_changes_nothing(directory: Directory) -> None:
    user = directory.make()["id"]
    answer = directory.patch(
        user,
        {"op": "replace", "path": "title", "value": "Rektor"},
        {"op": "replace", "path": "emails", "value": [{"value": "nope"}]},
    )
    assert answer.status_code == 400
    assert job().position == "Sjukepleiar"


def test_a_version_that_is_old_is_refused(directory: Directory) -> None:
    made = directory.make()
    address = f"Users/{made['id']}"
    seen = directory.ask("GET", address).headers["ETag"]
    assert directory.ask("GET", address, **{"If-None-Match": seen}).status_code == 304
    directory.patch(made["id"], {"op": "replace", "path": "title", "value": "Rektor"})
    answer = directory.ask("PUT", address, made, **{"If-Match": seen})
    assert (answer.status_code, answer.json()["schemas"]) == (412, [ERROR])


def test_a_token_opens_its_own_employer_only(directory: Directory) -> None:
    user = directory.make()["id"]
    gol = directory_of("Gol kommune", "3330", "Gol skule")
    assert listed(gol, "")["totalResults"] == 0
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        answer = gol.ask(method, f"Users/{user}", {})
        assert answer.status_code == 404
    unit = directory.employer.units.first()
    assert unit is not None
    assert gol.ask("GET", f"Groups/{unit.pk}").status_code == 404
    assert job().left_on is None


@pytest.mark.parametrize("secret", ["", "wrong", "samtun-wrong", "samtun-" + "x" * 5000, "æøå"])
def test_without_a_token_that_holds_nothing_opens(directory: Directory, secret: str) -> None:
    directory.secret = secret
    for path in ("Users", "ServiceProviderConfig", "Schemas", "anything"):
        answer = directory.ask("GET", path)
        assert (answer.status_code, answer.json()["schemas"]) == (401, [ERROR])
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_ended_token_opens_nothing(directory: Directory) -> None:
    assert directory.ask("GET", "Users").status_code == 200
    assert DirectoryToken.objects.get().last_used_on == timezone.localdate()
    DirectoryToken.objects.update(ended_at=timezone.now())
    assert directory.ask("GET", "Users").status_code == 401


def test_a_signed_in_person_has_no_more_than_anybody_else() -> None:
    assert Client().get("/scim/v2/Users").status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", "Users", {}, 400), ("POST", "Users", [], 400),
        ("POST", "Users", {"schemas": [USER]}, 400),
        ("POST", "Users", {"schemas": [USER], "userName": "x", "title": "x" * 300_000}, 413),
        ("POST", "Groups", {}, 405), ("DELETE", "Users", None, 405), ("GET", "Bulk", None, 404),
        ("GET", "Users?count=many", None, 400),
        ("GET", "Users/3f2504e0-4f89-41d3-9a0c-0305e82c3301", None, 404),
        ("PATCH", "Users/x", {}, 404),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_the_shape_of_scim(
    directory: Directory, method: str, path: str, sent: object, status: int
) -> None:
    answer = directory.ask(method, path, sent)
    assert answer.status_code == status
    assert (answer.json()["schemas"], answer.json()["status"]) == ([ERROR], str(status))
    assert answer.headers["Content-Type"] == "application/scim+json"


def test_units_are_groups_to_be_read(directory: Directory) -> None:
    found = directory.ask("GET", "Groups").json()
    names = [each["displayName"] for each in found["Resources"]]
    assert names == ["Vang helsetun", "Vang kommune", "Vang skule"]
    one = directory.ask("GET", 'Groups?filter=displayName eq "Vang skule"').json()
    assert one["totalResults"] == 1


def test_no_name_is_in_the_log(
    directory: Directory, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_fields: object) -> None:
        raise RuntimeError("eli.berg@vang.example is no good")

    monkeypatch.setattr(employees, "hire", fail)
    sent = {"schemas": [USER], "userName": "eli.berg@vang.example"}
    assert directory.ask("POST", "Users", sent).status_code == 500
    assert "RuntimeError" in caplog.text
    assert "eli.berg" not in caplog.text
