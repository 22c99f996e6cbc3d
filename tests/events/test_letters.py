"""From what parties are to be told to letters: one for each matter, and only what is true."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from icalendar import Calendar

from samtun.events import notices, tokens
from samtun.events.actions import announcing, occurrences, parties
from samtun.events.enums import Consent, NoticeKind, PartyState
from samtun.events.letters import composing
from samtun.events.letters.composing import compose_due
from samtun.events.letters.moments import span_of
from samtun.events.models import Event, Intake, Message, Notice, Party
from samtun.mail.enums import LetterState
from samtun.mail.models import Letter
from samtun.mail.sending import send_due
from tests.events.calendars import course, standing_clock, utc
from tests.factories import directory as make
from tests.factories import events as happening
from tests.mail.conftest import Post, post_office

__all__ = ["post_office", "standing_clock"]  # fixtures
pytestmark = pytest.mark.django_db


@pytest.fixture
def intake() -> Intake:
    """A date with two seats."""
    return happening.one_off(
        capacity=2, name="Mestringskurs ved demens", contact_phone="61 35 90 00"
    )


def signed_up(intake: Intake, **fields: object) -> Party:
    """Somebody who has signed up by the form."""
    given = {"name": "Anne", "email": "anne@example.org"} | fields
    return parties.sign_up(intake=intake, **given)  # type: ignore[arg-type]


def letters() -> list[Letter]:
    """Those that may be sent, in the order of their making."""
    compose_due()
    return list(Letter.objects.exclude(state=LetterState.WITHDRAWN).order_by("posted_at"))


def test_who_signs_up_gets_one_letter_with_all_that_is_needed(intake: Intake) -> None:
    party = signed_up(intake)
    (letter,) = letters()
    assert (letter.to, letter.purpose) == ("anne@example.org", "events.confirmed")
    assert "demens" not in letter.subject  # what somebody struggles with
    assert f"{timezone.localtime(intake.starts_at).day}. " in letter.subject
    for said in ("Anne", "Mestringskurs ved demens", "18–20", "61 35 90 00"):
        assert said in letter.text
    for view in ("party", "party_cancel"):
        assert tokens.address(view, tokens.token_of(party), "nb") in letter.text
    assert letters() == [letter]


def test_no_letter_tells_who_else_comes(intake: Intake) -> None:
    signed_up(intake, name="Solveig", email="solveig@example.org")
    signed_up(intake)
    for letter in letters():
        other = "Anne" if letter.to.startswith("solveig") else "olveig"
        assert other not in letter.text + letter.html + letter.calendar


def test_the_invitation_travels_with_the_letter(intake: Intake, post_office: Post) -> None:
    party = signed_up(intake)
    compose_due()
    assert send_due() == 1
    (message,) = post_office.taken
    plain, html, calendar = message.iter_parts()
    assert isinstance(calendar, EmailMessage)
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    read = Calendar.from_ical(calendar.get_content())
    assert str(read["method"]) == "REQUEST"
    assert str(read.walk("VEVENT")[0]["uid"]) == str(party.pk)
    assert [plain.get_content_type(), html.get_content_type()] == ["text/plain", "text/html"]


def test_numbers_of_invitations_grow_and_the_identifier_stays(intake: Intake) -> None:
    other = happening.occurrence(intake.event, happening.soon(days=30)).intake
    party = signed_up(intake)
    for act in (lambda: parties.move(party=party, to=other), lambda: parties.cancel(party=party)):
        compose_due()
        Letter.objects.update(state=LetterState.SHOWN)  # else it would be taken back
        act()
    told = [Calendar.from_ical(one.calendar) for one in letters()]
    assert [str(one["method"]) for one in told] == ["REQUEST", "REQUEST", "CANCEL"]
    numbers = [int(one.walk("VEVENT")[0]["sequence"]) for one in told]
    assert numbers == sorted(set(numbers))
    assert {str(one.walk("VEVENT")[0]["uid"]) for one in told} == {str(party.pk)}


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2027-03-27 17:00", "lørdag 27. mars kl. 18–20"),
        ("2027-03-28 16:00", "søndag 28. mars kl. 18–20"),  # summer time
        ("2027-10-30 16:00", "lørdag 30. oktober kl. 18–20"),
        ("2027-10-31 17:00", "søndag 31. oktober kl. 18–20"),
        ("2027-06-30 21:30", "onsdag 30. juni kl. 23.30 til torsdag 1. juli kl. 1.30"),
    ],
)
def test_letters_tell_the_hour_on_the_wall(moment: str, said: str) -> None:
    starts_at = utc(moment)
    with translation.override("nb"):
        told = span_of(starts_at, starts_at + timedelta(hours=2), "nb")
    assert told.replace(" 2027", "") == said


def test_numbers_of_invitations_grow_when_dates_change(intake: Intake) -> None:
    signed_up(intake)
    for day in (20, 21):
        compose_due()
        Letter.objects.update(state=LetterState.SHOWN)
        date, begins = intake.occurrences.get(), happening.soon(days=day)
        ends = begins + timedelta(hours=2)
        occurrences.move(occurrence=date, starts_at=begins, ends_at=ends, by=None)
    told = [Calendar.from_ical(one.calendar).walk("VEVENT")[0] for one in letters()]
    numbers = [int(one["sequence"]) for one in told]
    assert (len(numbers), numbers) == (3, sorted(set(numbers)))


def test_waiting_offered_and_lapsed_have_letters_without_a_date(intake: Intake) -> None:
    for state, kind in (
        (PartyState.WAITING, NoticeKind.WAITING),
        (PartyState.OFFERED, NoticeKind.OFFER),
        (PartyState.LAPSED, NoticeKind.LAPSED),
    ):
        until = timezone.now() + timedelta(hours=5) if state == PartyState.OFFERED else None
        party = happening.party(intake, state=state, answer_by=until)
        notices.tell(party, kind)
    told = letters()
    assert [one.purpose for one in told] == ["events.waiting", "events.offer", "events.lapsed"]
    assert not any(one.calendar for one in told)
    assert "/plass/" in told[1].text


def test_before_a_yes_not_even_what_was_noted_is_written(intake: Intake) -> None:
    party = happening.party(intake)
    notices.tell(party, NoticeKind.CONFIRMED)
    Party.objects.update(consent=Consent.ASKED)
    assert letters() == []


def test_of_what_has_begun_nobody_hears_that_they_have_a_seat(intake: Intake) -> None:
    notices.tell(happening.party(intake), NoticeKind.CONFIRMED)
    Intake.objects.update(ends_at=timezone.now())
    assert letters() == []


def test_who_stands_somewhere_hears_it_once_with_all_that_was_on_its_way(intake: Intake) -> None:
    party = happening.party(intake)
    for kind in (NoticeKind.RESIZED, NoticeKind.CONFIRMED, NoticeKind.MOVED, NoticeKind.REMINDER):
        notices.tell(party, kind)
    assert [one.purpose for one in letters()] == ["events.moved"]


def test_nobody_on_the_list_of_what_goes_on_hears_that_it_is_cancelled(intake: Intake) -> None:
    notices.tell(happening.party(intake), NoticeKind.EVENT_CANCELLED)
    assert letters() == []


def test_an_offer_that_has_run_out_is_not_told(intake: Intake) -> None:
    party = happening.party(
        intake, state=PartyState.OFFERED, answer_by=timezone.now() - timedelta(minutes=1)
    )
    notices.tell(party, NoticeKind.OFFER)
    assert letters() == []
    assert Notice.objects.get().is_withdrawn


def test_who_has_cancelled_is_told_nothing_but_that(intake: Intake) -> None:
    party = happening.party(intake)
    notices.tell(party, NoticeKind.CONFIRMED)
    notices.tell(party, NoticeKind.REMINDER, occurrence=intake.occurrences.get())
    Party.objects.update(state=PartyState.CANCELLED)
    notices.tell(party, NoticeKind.CANCELLED_OWN)
    assert [one.purpose for one in letters()] == ["events.cancelled_own"]


def test_a_date_that_changed_twice_is_one_letter_with_the_last_word(intake: Intake) -> None:
    party = signed_up(intake)
    Letter.objects.all().delete()
    compose_due()
    Letter.objects.update(state=LetterState.SHOWN)
    date = intake.occurrences.get()
    was = date.starts_at
    for days in (1, 2):
        date.refresh_from_db()
        occurrences.move(
            occurrence=date, starts_at=was + timedelta(days=days),
            ends_at=was + timedelta(days=days, hours=2), by=None,
        )  # fmt: skip
    (letter,) = [one for one in letters() if one.purpose == "events.changed"]
    days_told = [timezone.localtime(was + timedelta(days=days)).day for days in (0, 2)]
    assert all(f" {day}. " in letter.text for day in days_told)
    assert letter.calendar_method == "REQUEST"
    assert party.notices.filter(settled_at=None).count() == 0


def test_a_date_that_is_back_where_it_was_needs_no_letter(intake: Intake) -> None:
    party = happening.party(intake)
    date = intake.occurrences.get()
    before = announcing.snapshot(date)
    notices.tell(
        party,
        NoticeKind.CHANGED,
        matter="1",
        occurrence=date,
        details={"dates": {str(date.pk): before}},
    )
    assert letters() == []


@pytest.mark.usefixtures("standing_clock")
def test_changes_to_several_evenings_are_one_letter() -> None:
    _, dates = course(make.region(), "2027-02-02 18:00", "2027-02-09 18:00", "2027-02-16 18:00")
    party = happening.party(dates[0].intake)
    for number, one in enumerate(dates):
        notices.tell(party, NoticeKind.CHANGED, matter=str(number), occurrence=one)
    (letter,) = letters()
    assert all(day in letter.text for day in ("2. februar", "9. februar", "16. februar"))


def test_what_is_cancelled_leaves_the_calendar(intake: Intake) -> None:
    signed_up(intake)
    compose_due()
    Letter.objects.update(state=LetterState.SHOWN)
    date = intake.occurrences.get()
    occurrences.cancel(occurrence=date, notice="Kursholderen er syk.", by=None)
    letter = letters()[-1]
    assert (letter.purpose, letter.calendar_method) == ("events.event_cancelled", "CANCEL")
    assert "Kursholderen er syk." in letter.text


def test_a_calendar_that_never_heard_of_us_is_told_nothing(intake: Intake) -> None:
    party = happening.party(intake, state=PartyState.CANCELLED)
    notices.tell(party, NoticeKind.CANCELLED_BY)
    assert [one.calendar for one in letters()] == [""]


def test_word_from_the_organiser_is_in_the_organisers_words(intake: Intake) -> None:
    party = happening.party(intake)
    message = Message.objects.create(
        intake=intake, subject="Ta med innesko", text="Gulvet er nytt."
    )
    notices.tell(party, NoticeKind.MESSAGE, matter=str(message.pk), message=message)
    (letter,) = letters()
    assert (letter.subject, "Gulvet er nytt." in letter.text) == ("Ta med innesko", True)


def test_a_grown_up_is_asked_what_and_when_and_never_why(intake: Intake) -> None:
    intake.event.is_for_children = True
    intake.event.save()
    party = signed_up(
        intake, age=12, guardian_name="Mor", guardian_email="mor@example.org",
        answers={"other": "Pappa er syk"},
    )  # fmt: skip
    (letter,) = letters()
    assert (letter.to, party.consent) == ("mor@example.org", Consent.ASKED)
    assert tokens.address("consent", tokens.consent_token_of(party), "nb") in letter.text
    assert tokens.token_of(party) not in letter.text
    for word in ("syk", "anne@example.org", "Pappa"):
        assert word not in letter.text
    parties.give_consent(party=party)
    child = letters()[-1]
    assert (child.to, child.purpose) == ("anne@example.org", "events.confirmed")
    assert "Vi gleder oss til å møte deg" in child.text or "look forward" in child.text


def test_a_secret_address_is_in_no_letter(intake: Intake) -> None:
    intake.event.location = make.location(name="Krisesenteret", is_confidential=True)
    intake.event.join_url = "https://join.example/x"
    intake.event.save()
    signed_up(intake)
    (letter,) = letters()
    for secret in ("Krisesenter", "join.example"):
        assert secret not in letter.text + letter.html + letter.calendar


def test_letters_are_in_the_language_of_the_party(intake: Intake) -> None:
    signed_up(intake, language="en")
    (letter,) = letters()
    assert letter.subject.startswith("You have a place on ")
    assert letter.language == "en"


def test_a_letter_that_cannot_be_written_keeps_no_other_waiting(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, fine = signed_up(intake), signed_up(intake, email="fin@example.org")
    write = composing.draft_of

    def written(telling, **options):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN003, ANN202
        if telling.party.pk == broken.pk:
            raise KeyError("anne@example.org")
        return write(telling, **options)

    monkeypatch.setattr(composing, "draft_of", written)
    monkeypatch.setattr(composing, "_unwritable", set())
    assert [one.to for one in letters()] == [fine.email]
    assert compose_due() == 0


def test_the_same_queries_for_one_party_and_for_thirty(intake: Intake) -> None:

    def queries(count: int) -> int:
        for _ in range(count):
            notices.tell(happening.party(happening.one_off()), NoticeKind.CONFIRMED)
        with CaptureQueriesContext(connection) as asked:
            compose_due()
        return len(asked)

    queries(1)
    assert queries(1) == queries(30)


def test_who_does_not_come_is_not_told_the_way(intake: Intake) -> None:
    Event.objects.filter(pk=intake.event_id).update(room="Peisestua", getting_there="Gå over tunet")
    party = signed_up(intake, size=2)
    (letter,) = letters()
    assert "Gå over tunet" in letter.text
    Letter.objects.update(state=LetterState.SHOWN)
    parties.cancel(party=party)
    letter = letters()[-1]
    assert letter.purpose == "events.cancelled_own"
    assert "Når: " in letter.text
    for clutter in ("Peisestua", "Gå over tunet", "2 personer"):
        assert clutter not in letter.text
