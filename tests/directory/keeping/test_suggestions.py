"""What people tell us is kept, answered once, heard about once, and deleted on time."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samtun.directory.editing.errors import Changed
from samtun.directory.editing.reading import document_of
from samtun.directory.enums import Answer, SuggestionKind, SuggestionState
from samtun.directory.keeping import limits, replies, suggestions
from samtun.directory.models import (
    Confirmation,
    SenderCount,
    SendingDay,
    Service,
    ServiceVersion,
    Suggestion,
)
from samtun.mail.models import Letter
from samtun.organisations.models import Region
from samtun.people.models import AuditEvent, User
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
WORDS = "Min mor er syk, og telefonen svarer ikke"
OLA = "ola@privat.example"


@pytest.fixture
def valdres() -> Region:
    """The region that is written about."""
    return make.region("valdres")


@pytest.fixture
def service(valdres: Region) -> Service:
    """An offer in it."""
    return make.service(name="Demenskafé", organization=make.organization(region=valdres))


@pytest.fixture
def kari() -> User:
    """The editor."""
    return people.person()


def told(service: Service, region: Region, **fields: Any) -> Suggestion:  # noqa: ANN401
    """Somebody reports an error."""
    said = {"text": WORDS, "email": OLA, "language": "nn", "sender": "203.0.113.7"} | fields
    return suggestions.report_error(service=service, region=region, **said)


def changed(service: Service, region: Region, **fields: Any) -> Suggestion:  # noqa: ANN401
    """A keeper's change that waits."""
    return Suggestion.objects.create(
        kind=SuggestionKind.CHANGE,
        region=region,
        service=service,
        document=document_of(service) | fields,
        email="leder@huset.example",
    )


def test_report_waits_and_leaves_no_trace_of_its_sender(service: Service, valdres: Region) -> None:
    said = told(service, valdres)
    assert (said.state, said.kind, said.place) == ("waiting", "error", service.place)
    rows = str([*Suggestion.objects.values(), *SenderCount.objects.values()])
    assert "203.0.113" not in rows + str([*AuditEvent.objects.values()])
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.details) == (
        "suggestion.made",
        None,
        {"by": "visitor"},
    )


def test_same_words_about_the_same_are_kept_once(service: Service, valdres: Region) -> None:
    first = told(service, valdres, email="")
    again = told(service, valdres, text=f"  {WORDS.upper()}\n", email=OLA)
    assert again == first
    assert Suggestion.objects.get().email == OLA
    told(service, valdres, email="liv@privat.example")
    told(service, valdres, text="Noe annet")
    assert Suggestion.objects.count() == 3


def test_network_that_writes_too_much_is_stopped_for_the_day(
    service: Service, valdres: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FROM_A_NETWORK", 2)
    told(service, valdres, text="1")
    told(service, valdres, text="2")
    with pytest.raises(suggestions.TooMany):
        told(service, valdres, text="3")
    told(service, valdres, text="4", sender="203.0.113.8")


def test_networks_are_told_apart_by_household_and_forgotten_the_next_day() -> None:
    for sender in ("2001:db8:1:2::1", "2001:db8:1:2::ffff", "2001:db8:1:3::1", "::ffff:192.0.2.1"):
        assert limits.may_send(sender)
    assert limits.may_send("192.0.2.1")
    assert sorted(SenderCount.objects.values_list("count", flat=True)) == [1, 2, 2]
    limits.tidy(timezone.localdate())
    assert SenderCount.objects.exists()
    limits.tidy(timezone.localdate() + timedelta(days=1))
    assert not SenderCount.objects.exists()
    assert not SendingDay.objects.exists()


def test_digest_of_a_network_is_another_with_another_salt() -> None:
    assert limits._digest("192.0.2.1", "a") != limits._digest("192.0.2.1", "b")


def test_one_service_and_one_region_cannot_be_flooded(
    service: Service, valdres: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ABOUT_A_SERVICE", 2)
    monkeypatch.setattr(limits, "IN_A_REGION", 3)
    for number in range(2):
        told(service, valdres, text=f"{number}", sender=f"203.0.113.{number}")
    with pytest.raises(suggestions.TooMany):
        told(service, valdres, text="3")
    told(make.service(), valdres, text="4")
    with pytest.raises(suggestions.TooMany):
        told(make.service(), valdres, text="5")


def test_answer_is_sent_once_in_their_language_without_what_they_wrote(
    service: Service, valdres: Region, kari: User
) -> None:
    said = told(service, valdres)
    suggestions.decline(said, by=kari, reason="right", words="Ring gjerne.")
    letter = Letter.objects.get()
    assert (letter.to, letter.language, letter.purpose) == (OLA, "nn", "suggestion")
    assert "Ring gjerne." in letter.text
    for private in (WORDS, "mor", "Demenskafé", service.slug):
        assert private not in letter.text + letter.subject + letter.html
    with pytest.raises(suggestions.AnsweredAlready):
        suggestions.accept(said, by=kari)
    assert Letter.objects.count() == 1


def test_no_letter_when_nobody_wants_to_hear(service: Service, valdres: Region, kari: User) -> None:
    suggestions.accept(told(service, valdres, email=""), by=kari)
    assert not Letter.objects.exists()
    assert Suggestion.objects.get().state == SuggestionState.ACCEPTED


def test_second_editor_is_told_who_was_first(service: Service, valdres: Region, kari: User) -> None:
    said = told(service, valdres)
    suggestions.accept(said, by=kari)
    with pytest.raises(suggestions.AnsweredAlready) as refusal:
        suggestions.decline(said, by=people.person("Ola"), reason="right")
    assert refusal.value.suggestion.answered_by == kari
    assert Suggestion.objects.get().state == SuggestionState.ACCEPTED


def test_nobody_is_turned_down_without_a_word(
    service: Service, valdres: Region, kari: User
) -> None:
    said = told(service, valdres)
    with pytest.raises(suggestions.NoReason):
        suggestions.decline(said, by=kari, reason="tull", words="  ")
    assert Suggestion.objects.get().state == SuggestionState.WAITING


def test_keepers_change_is_made_and_confirms_the_entry(
    service: Service, valdres: Region, kari: User
) -> None:
    said = changed(service, valdres, url="https://huset.example/")
    suggestions.accept(said, by=kari)
    service.refresh_from_db()
    assert service.url == "https://huset.example/"
    assert service.assured_date == timezone.localdate()
    assert Confirmation.objects.get().answer == Answer.CHANGED
    newest = ServiceVersion.objects.order_by("number").last()
    assert newest is not None
    assert newest.reason == "suggestion"
    assert service.name in Letter.objects.get().text


def test_keepers_change_of_an_older_version_changes_nothing(
    service: Service, valdres: Region, kari: User
) -> None:
    said = changed(service, valdres, url="https://huset.example/")
    suggestions.editing.save(document={"url": "https://nytt.example/"}, by=kari, service=service)
    with pytest.raises(Changed):
        suggestions.accept(said, by=kari)
    assert Suggestion.objects.get().state == SuggestionState.WAITING
    assert not Letter.objects.exists()


def test_keeper_who_says_that_it_ended_is_believed(
    service: Service, valdres: Region, kari: User
) -> None:
    suggestions.accept(changed(service, valdres, status="defunct"), by=kari)
    service.refresh_from_db()
    assert service.status == "defunct"
    assert Confirmation.objects.get().answer == Answer.NO_LONGER


def test_missing_offer_becomes_a_draft_with_what_was_told(valdres: Region, kari: User) -> None:
    said = suggestions.propose(
        region=valdres,
        municipality=None,
        text="Strikkekafé",
        document={
            "texts": {"nn": {"name": "Strikkekafé", "description": "Kvar tysdag"}},
            "url": "https://strikk.example/",
            "phones": [{"id": None, "number": "61 00 00 00", "description": ""}],
            "covers": ["3451"],
        },
        email=OLA,
        language="nn",
        sender="203.0.113.7",
    )
    draft = suggestions.accept_missing(said, by=kari)
    assert draft.person == kari
    assert draft.fields["nn-name"] == ["Strikkekafé"]
    assert draft.fields["url"] == ["https://strikk.example/"]
    assert draft.fields["phones-0-number"] == ["61 00 00 00"]
    assert draft.fields["covers"] == ["3451"]
    assert not Service.objects.exists()
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("kind", SuggestionKind.values)
@pytest.mark.parametrize("state", [each for each in SuggestionState.values if each != "waiting"])
def test_every_answer_has_its_letter(
    kind: str, state: str, service: Service, valdres: Region
) -> None:
    said = Suggestion.objects.create(
        kind=kind, state=state, answered_at=timezone.now(), region=valdres, email=OLA,
        service=None if kind == "missing" else service,
    )  # fmt: skip
    replies.post(said)
    assert Letter.objects.get().text


def test_what_was_told_is_deleted_when_it_has_had_its_time(
    service: Service, valdres: Region, kari: User
) -> None:
    answered = told(service, valdres)
    suggestions.decline(answered, by=kari, words="Takk")
    waiting = told(service, valdres, text="Venter")

    def after(days: int) -> tuple[str, str, str, str, int]:
        suggestions.tidy(lambda: timezone.now() + timedelta(days=days))
        answered.refresh_from_db()
        waiting.refresh_from_db()
        letters = Letter.objects.count()
        return answered.email, answered.text, waiting.email, waiting.text, letters

    assert after(29) == (OLA, WORDS, OLA, "Venter", 1)
    assert after(31) == ("", WORDS, OLA, "Venter", 0)
    assert after(181) == ("", WORDS, "", "Venter", 0)
    assert after(366) == ("", "", "", "Venter", 0)
