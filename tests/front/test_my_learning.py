"""«My learning»: one's own, and nobody else's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samtun.learning.actions import progress
from samtun.learning.enums import ObligationState
from samtun.learning.models import Answer, Certificate, Employment, Evidence, Learner
from samtun.learning.tokens import calendar_token_of
from samtun.people.models import User
from tests.factories import learning
from tests.factories import people as make_people

pytestmark = pytest.mark.django_db
URL = "/kurs/mitt/"


@pytest.fixture
def eli() -> User:
    """An employee with an account and no role."""
    return make_people.person("Eli Ansatt")


@pytest.fixture
def client(eli: User) -> Client:
    """Her browser."""
    return make_people.signed_in(eli)


def asked_of(person: User, count: int = 1, **fields: object) -> Employment:
    """Courses that a plan asks of the person, in a month."""
    job = learning.employment(learner=progress.learner_of(person))
    version = learning.version()
    for number in range(count):
        item = learning.item(version, title=f"Kurset {number}")
        learning.obligation(job, item, **fields)
    return job


def text(client: Client) -> str:
    """What the page says."""
    answer = client.get(URL)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_has_not_signed_in_is_asked_to() -> None:
    answer = Client().get(URL)
    assert answer.status_code == 302
    assert "logg-inn" in answer["Location"]


def test_it_says_what_to_do_by_when_and_why(client: Client, eli: User) -> None:
    why = {"unit_name": "Heimetenesta", "professions": ["nurse"], "due": {"way": "fixed"}}
    asked_of(eli, why=why, due_on=timezone.localdate() + timedelta(days=9))
    page = text(client)
    assert "Kurset 0" in page
    assert "Heimetenesta" in page
    assert str((timezone.localdate() + timedelta(days=9)).year) in page


@pytest.mark.parametrize("state", [ObligationState.EXEMPT])
def test_what_is_not_to_be_done_is_not_asked_for(
    client: Client, eli: User, state: ObligationState
) -> None:
    asked_of(eli, state=state)
    assert "Kurset 0" not in text(client)


def test_nobody_sees_what_another_is_to_do_or_has_done(client: Client) -> None:
    ola = make_people.person("Ola Annen")
    asked_of(ola)
    learning.evidence(progress.learner_of(ola), title="Olas kurs")
    page = text(client)
    assert "Kurset 0" not in page
    assert "Olas kurs" not in page


def test_one_goes_on_at_the_exact_block(client: Client, eli: User) -> None:
    course = learning.course()
    module = course.course_modules.get().module
    lesson = module.versions.get().content["lessons"][1]
    block = lesson["blocks"][1]["id"]
    progress.place(
        learner=progress.learner_of(eli), course=course, module=module, lesson=lesson["id"],
        block=block, at=timezone.now(),
    )  # fmt: skip
    assert f"/kurs/{course.slug}/{module.slug}/2/#b-{block}" in text(client)


def test_a_certificate_is_made_when_it_is_asked_for(client: Client, eli: User) -> None:
    done = learning.evidence(progress.learner_of(eli), course=learning.course())
    answer = client.post(f"{URL}bevis/", {"bevis": str(done.pk)})
    made = Certificate.objects.get()
    assert answer["Location"] == f"/kurs/bevis/{made.code}/"
    assert made.facts["name"] == "Eli Ansatt"
    assert made.code in text(client)


def test_nobody_makes_a_certificate_of_anothers(client: Client) -> None:
    done = learning.evidence(learning.learner("Ola Annen"), course=learning.course())
    for sent in ({"bevis": str(done.pk)}, {"bevis": "x"}, {"plan": "x"}, {}):
        assert client.post(f"{URL}bevis/", sent).status_code == 404
    assert not Certificate.objects.exists()


def test_the_file_goes_out_and_in_again(client: Client, eli: User) -> None:
    learning.evidence(progress.learner_of(eli), course=learning.course())
    content = client.get(f"{URL}fil/").content
    answer = client.post(f"{URL}fil/", {"fil": SimpleUploadedFile("x.json", content)}, follow=True)
    assert answer.status_code == 200
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\x00", b"{}", b"x" * 2_000_000])
def test_a_file_that_is_none_is_kindly_refused(client: Client, content: bytes) -> None:
    sent = {"fil": SimpleUploadedFile("x.json", content)} if content else {}
    assert client.post(f"{URL}fil/", sent, follow=True).status_code == 200
    assert not Evidence.objects.exists()


def test_deleting_is_asked_about_once(client: Client) -> None:
    for ending in ("svar/", "glem/"):
        assert b"<form" in client.get(URL + ending).content
        assert client.post(URL + ending).status_code == 302
    assert not Answer.objects.exists()


def test_the_calendar_needs_its_token_and_nothing_else(eli: User) -> None:
    learner = progress.learner_of(eli)
    answer = Client().get(f"{URL}kalender/{calendar_token_of(learner)}.ics")
    assert answer.status_code == 200
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert Client().get(f"{URL}kalender/{learner.pk.hex}.ics").status_code == 404


def test_an_address_that_is_not_confirmed_ties_nothing(eli: User) -> None:
    listed = learning.learner("Eli på lista", email="eli@vang.example")
    other = make_people.person("En annen", email="en.annen@vang.example")
    other.emailaddress_set.create(email="eli@vang.example", verified=False)  # type: ignore[attr-defined]
    assert progress.learner_of(other) != listed
    assert Learner.objects.get(pk=listed.pk).user is None


def test_a_confirmed_address_ties_the_account_to_who_is_on_the_list() -> None:
    listed = learning.learner("Eli på lista", email="eli@vang.example")
    person = make_people.person("Eli", email="Eli@Vang.example")
    assert progress.learner_of(person) == listed
    assert progress.learner_of(person).user == person


def queries(client: Client) -> int:
    """What the page costs."""
    with CaptureQueriesContext(connection) as counted:
        text(client)
    return len(counted)


def test_thirty_things_to_do_cost_the_queries_of_one(client: Client, eli: User) -> None:
    asked_of(eli)
    text(client)
    one = queries(client)
    asked_of(eli, 30)
    for _ in range(30):
        learning.evidence(progress.learner_of(eli))
    assert queries(client) == one


def test_somebody_without_a_desk_comes_here(client: Client) -> None:
    assert client.get("/skrivebord/")["Location"] == URL


def test_all_that_is_stored_can_be_taken_out_by_oneself(client: Client, eli: User) -> None:
    learner = progress.learner_of(eli)
    learning.evidence(learner, title="Å se de pårørende")
    module = learning.module()
    question = module.versions.get().content["lessons"][0]["blocks"][1]["id"]
    progress.answer(
        learner=learner, module=module, block=question, language="nb", number=1, value="Naboen min",
        answer_id=uuid4(), answered_at=timezone.now(),
    )  # fmt: skip
    stored = client.get("/konto/mine-data.json").json()["learning"]
    assert [one["title"] for one in stored["done"]] == ["Å se de pårørende"]
    assert [one["answer"] for one in stored["answers"]] == ["Naboen min"]


def listed_as(name: str, address: str) -> Employment:
    """An employer says that somebody with the address works there."""
    return learning.employment(learner=learning.learner(name, email=address))


def test_one_is_asked_whether_a_job_is_ones_own(client: Client, eli: User) -> None:
    job = listed_as("Eli På Lista", eli.email)
    page = text(client)
    assert "Eli På Lista" in page
    assert job.employer.name in page
    assert client.post(f"{URL}jobb/", {"ja": str(job.pk)}).status_code == 302
    assert Learner.objects.get(user=eli) == job.learner
    assert 'name="nei"' not in text(client)


def test_a_no_is_not_asked_about_again_and_can_be_taken_back(client: Client, eli: User) -> None:
    job = listed_as("Eli På Lista", eli.email)
    client.post(f"{URL}jobb/", {"nei": str(job.pk)})
    page = text(client)
    assert 'name="nei"' not in page
    client.post(f"{URL}jobb/", {"ja": str(job.pk)})
    assert Learner.objects.get(user=eli) == job.learner


def test_nobody_answers_for_another(client: Client) -> None:
    job = listed_as("Ola Annen", "ola@vang.example")
    for sent in ({"ja": str(job.pk)}, {"nei": str(job.pk)}, {"ja": "x"}, {}):
        assert client.post(f"{URL}jobb/", sent).status_code == 404
    job.refresh_from_db()
    assert (job.learner.user, job.denied_email) == (None, "")


def test_ten_employers_cost_the_queries_of_one(client: Client, eli: User) -> None:
    job = listed_as("Eli", eli.email)
    text(client)
    one = queries(client)
    for _ in range(10):
        learning.employment(learner=job.learner)
    assert queries(client) == one


def test_a_renewed_calendar_address_leaves_the_old_one_empty(client: Client, eli: User) -> None:
    learner = progress.learner_of(eli)
    old = f"{URL}kalender/{calendar_token_of(learner)}.ics"
    assert client.post(f"{URL}kalender/").status_code == 302
    learner.refresh_from_db()
    assert Client().get(old).status_code == 404
    assert Client().get(f"{URL}kalender/{calendar_token_of(learner)}.ics").status_code == 200
    other = progress.learner_of(make_people.person())
    assert Client().get(f"{URL}kalender/{calendar_token_of(other)}.ics").status_code == 200
