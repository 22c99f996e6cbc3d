"""Where anyone checks a certificate."""

import pytest
from django.test import Client
from django.utils import timezone

from samtun.front.views import certificates as views
from samtun.learning.actions import certificates
from samtun.learning.models import Certificate, Course
from tests.factories import learning

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Certificate:
    """Eli's, of a course of two modules."""
    facts = {
        "contents": [{"title": "Hvem er de?", "minutes": 8}, {"title": "Samtalen", "minutes": 60}],
        "publisher": "Pårørendesenteret",
        "version": 3,
    }
    eli = learning.learner("Eli Ansatt", email="eli@valdres.example")
    of = learning.evidence(eli, course=learning.course(), minutes=68, facts=facts)
    return certificates.issue(evidence=of)


def page(made: Certificate, ending: str = "") -> str:
    """An address of the certificate."""
    return f"/kurs/bevis/{made.code}/{ending}"


def test_the_page_says_what_the_paper_says(client: Client, made: Certificate) -> None:
    text = client.get(page(made)).content.decode()
    for said in ("Eli Ansatt", "Å se de pårørende", "Hvem er de?", "Pårørendesenteret", made.code):
        assert said in text
    assert "eli@valdres.example" not in text


def test_it_is_not_indexed_not_kept_and_sets_no_cookie(client: Client, made: Certificate) -> None:
    for ending in ("", "bevis.pdf", "badge.json"):
        answer = client.get(page(made, ending))
        assert answer.status_code == 200
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies


def test_a_code_that_is_none_is_kindly_refused(client: Client, made: Certificate) -> None:
    wrong = made.code[:-1] + ("2" if made.code[-1] != "2" else "3")
    for ending in ("", "bevis.pdf", "badge.json"):
        assert client.get(f"/kurs/bevis/{wrong}/{ending}").status_code == 404


def test_nobody_is_found_by_name(client: Client, made: Certificate) -> None:
    for asked in ("Eli Ansatt", "Eli", made.learner.email, str(made.pk)):
        answer = client.post("/kurs/bevis/", {"kode": asked})
        assert answer.status_code == 404
        assert made.code not in answer.content.decode()


def test_a_code_can_be_typed_and_stands_in_no_address(client: Client, made: Certificate) -> None:
    typed = made.code.lower().replace("-", " ")
    answer = client.post("/kurs/bevis/", {"kode": typed})
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    assert "Eli Ansatt" in answer.content.decode()
    assert not answer.cookies
    form = client.get("/kurs/bevis/", {"kode": typed}).content.decode()
    assert 'method="post"' in form
    assert "Eli Ansatt" not in form


def test_codes_are_not_tried_without_end(
    client: Client, made: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_MOST_TRIES", 3)
    for _ in range(5):
        client.get(page(made))  # what is right counts for nothing
    for number in range(3):
        assert client.get(f"/kurs/bevis/{number}/bevis.pdf").status_code == 404
    assert client.post("/kurs/bevis/", {"kode": made.code}).status_code == 429
    assert client.get(page(made)).status_code == 404
    assert client.get(page(made), REMOTE_ADDR="203.0.113.9").status_code == 200


def test_it_holds_when_the_course_is_withdrawn(client: Client, made: Certificate) -> None:
    before = client.get(page(made)).content
    Course.objects.update(withdrawn_at=timezone.now())
    assert client.get(page(made)).content == before


def test_a_withdrawn_one_says_so_and_gives_no_badge(client: Client, made: Certificate) -> None:
    certificates.withdraw(certificate=made, why="Utstedt ved en feil.")
    assert "Utstedt ved en feil." in client.get(page(made)).content.decode()
    assert client.get(page(made, "badge.json")).status_code == 404


def test_a_forgotten_one_shows_nobody(client: Client, made: Certificate) -> None:
    certificates.forget(learner=made.learner)
    answer = client.get(page(made))
    assert answer.status_code == 410
    assert "Eli" not in answer.content.decode()
    assert client.get(page(made, "bevis.pdf")).status_code == 404


def test_the_paper_is_a_pdf(client: Client, made: Certificate) -> None:
    answer = client.get(page(made, "bevis.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


# Of the published data model: what each type must have (Open Badges 3.0, appendix B).
REQUIRED = {
    "AchievementCredential": ("@context", "id", "type", "issuer", "validFrom", "credentialSubject"),
    "Achievement": ("id", "type", "name", "description", "criteria"),
    "IdentityObject": ("type", "hashed", "identityHash", "identityType"),
    "Profile": ("id", "type"),
}


def test_the_badge_has_the_shape_of_open_badges(client: Client, made: Certificate) -> None:
    badge = client.get(page(made, "badge.json")).json()
    subject = badge["credentialSubject"]
    parts = {
        "AchievementCredential": badge,
        "Achievement": subject["achievement"],
        "IdentityObject": subject["identifier"][0],
        "Profile": badge["issuer"],
    }
    for name, needed in REQUIRED.items():
        assert set(needed) <= set(parts[name]), name
    assert badge["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert badge["type"][0] == "VerifiableCredential"
    assert badge["validFrom"].endswith("Z")
    assert "proof" not in badge, "it is prepared, not signed"


def test_the_badge_says_no_more_than_the_paper(client: Client, made: Certificate) -> None:
    text = client.get(page(made, "badge.json")).content.decode()
    assert "eli@valdres.example" not in text
    assert str(made.learner_id) not in text
