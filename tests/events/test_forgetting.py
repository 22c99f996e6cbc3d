"""Who came is forgotten in time, everywhere; the numbers stay as they were."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.events import notices
from samtun.events.enums import EventKind, NoticeKind, PartyState
from samtun.events.keeping import forgetting
from samtun.events.models import Attendance, Headcount, Intake, Message, Notice, Party, Tally
from samtun.mail import actions as mail
from samtun.mail.letters import Text
from samtun.mail.models import BouncedAddress, Letter
from samtun.people import audit
from tests.factories import directory as make
from tests.factories import events as happening

pytestmark = pytest.mark.django_db

NAMES = ("Gudrunilde", "gudrunilde@hemmelig.example", "10 00 77 31", "Torfinnhild", "muskatsky")


def today() -> date:
    """The day in Norway."""
    return timezone.localdate()


def ended(days_ago: int, **fields: Any) -> Intake:  # noqa: ANN401  (the fields of an event)
    """What one signed up for, whose one date was then."""
    return happening.one_off(starts_at=happening.soon(days=-days_ago), **fields)


def full_party(of: Intake, **fields: Any) -> Party:  # noqa: ANN401
    """One that has told all that can be told, has been written to, and has been there."""
    told = {
        "name": NAMES[0],
        "email": NAMES[1],
        "phone": NAMES[2],
        "guardian_name": NAMES[3],
        "answers": {"allergies": NAMES[4]},
    }
    party = happening.party(of, **told | fields)
    when = of.occurrences.get()
    word = Message.objects.create(intake=of, subject="Hei", text=f"Hei {NAMES[0]}")
    notices.tell(party, NoticeKind.MESSAGE, message=word, details={"name": NAMES[0]})
    notice = Notice.objects.get(party=party)
    mail.post(
        to=party.email,
        subject="Hei",
        parts=[Text(f"Hei {party.name}")],
        language="nb",
        purpose="test",
        key=notices.letter_key(notice.pk),
    )
    Attendance.objects.create(party=party, occurrence=when, present=1)
    audit.record("party.changed", by=None, about=party)
    return party


def everything() -> str:
    """All that stands in any column of the whole database, in small letters."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found.extend(repr(row) for row in cursor.fetchall())
    return "\n".join(found).lower()


def test_nothing_of_a_party_is_left_anywhere() -> None:
    of = ended(31)
    mail.mark_bounced(address=full_party(of).email, answer="550")
    assert all(name.lower() in everything() for name in NAMES)
    forgetting.tidy(today())
    left = everything()
    assert [name for name in NAMES if name.lower() in left] == []
    kept = (Party, Notice, Attendance, Message, Letter, BouncedAddress)
    assert [model.__name__ for model in kept if model.objects.exists()] == []
    of.refresh_from_db()
    assert (of.is_tallied, of.taken) == (True, 0)


def test_word_to_a_date_is_forgotten_with_it_also_by_who_moved_to_another() -> None:
    over, ahead = ended(31), happening.one_off()
    party = full_party(over)
    Attendance.objects.all().delete()
    Party.objects.filter(pk=party.pk).update(intake=ahead)
    forgetting.tidy(today())
    assert Party.objects.get() == party
    assert not Message.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(("days", "is_kept"), [(29, True), (30, False)])
def test_a_party_is_kept_for_thirty_days(days: int, *, is_kept: bool) -> None:
    full_party(ended(days))
    forgetting.tidy(today())
    assert Party.objects.exists() is is_kept
    assert Letter.objects.exists() is is_kept
    assert Message.objects.exists() is is_kept
    assert Intake.objects.get().is_tallied is not is_kept


def test_a_course_is_kept_until_its_last_date_has_been() -> None:
    course = happening.event(kind=EventKind.COURSE)
    for days in (-80, -20):
        happening.occurrence(course, happening.soon(days=days))
    happening.party(course.intakes.get())
    forgetting.tidy(today())
    assert Party.objects.exists()
    forgetting.tidy(today() + timedelta(days=10))
    assert not Party.objects.exists()


def test_a_stated_reason_keeps_it_until_its_day() -> None:
    day = today() + timedelta(days=3)
    full_party(ended(200, keep_until=day, keep_reason="Tilskuddet revideres."))
    forgetting.tidy(day)
    assert Party.objects.exists()
    forgetting.tidy(day + timedelta(days=1))
    assert not Party.objects.exists()


def test_an_earlier_day_keeps_nothing_less_than_thirty_days() -> None:
    full_party(ended(10, keep_until=today() - timedelta(days=5), keep_reason="Kort."))
    forgetting.tidy(today())
    assert Party.objects.exists()


@pytest.mark.parametrize(("days", "is_kept"), [(29, True), (31, False)])
def test_who_cancelled_is_forgotten_long_before_the_date(days: int, *, is_kept: bool) -> None:
    of = ended(-100, keep_until=today() + timedelta(days=200), keep_reason="Revisjon.")
    gone = full_party(of, state=PartyState.CANCELLED)
    Party.objects.filter(pk=gone.pk).update(changed_at=timezone.now() - timedelta(days=days))
    waits = happening.party(of, state=PartyState.WAITING)
    forgetting.tidy(today())
    assert Party.objects.filter(pk=gone.pk).exists() is is_kept
    assert Party.objects.filter(pk=waits.pk).exists()
    assert not Intake.objects.get().is_tallied
    assert list(Tally.objects.values_list("cancelled", flat=True)) == ([] if is_kept else [1])


def test_where_all_dates_are_gone_the_last_doing_counts() -> None:
    of = happening.intake(happening.event())
    party = happening.party(of)
    forgetting.tidy(today() + timedelta(days=29))
    assert Party.objects.filter(pk=party.pk).exists()
    forgetting.tidy(today() + timedelta(days=30))
    assert not Party.objects.exists()


def test_what_has_no_dates_and_nobody_yet_is_not_over() -> None:
    happening.intake(happening.event())
    forgetting.tidy(today())
    assert not Intake.objects.get().is_tallied


def test_what_is_not_the_partys_own_letter_stays() -> None:
    full_party(ended(31))
    other = mail.post(
        to=NAMES[1], subject="x", parts=[Text("x")], language="nb", purpose="test", key="other"
    )
    mail.mark_bounced(address=NAMES[1], answer="550")
    forgetting.tidy(today())
    assert list(Letter.objects.all()) == [other]
    assert BouncedAddress.objects.exists()


# -- the numbers -----------------------------------------------------------------------------------


def a_mixed_lot(of: Intake) -> None:
    """Every state, two municipalities and an untold one."""
    vang, etnedal = make.municipality("3454", "Vang"), make.municipality("3450", "Etnedal")
    when = of.occurrences.get()
    for place, size, state, first in (
        (vang, 2, PartyState.CONFIRMED, True),
        (vang, 3, PartyState.CONFIRMED, False),
        (etnedal, 1, PartyState.WAITING, None),
        (etnedal, 4, PartyState.LAPSED, None),
        (None, 1, PartyState.CONFIRMED, None),
        (None, 2, PartyState.CANCELLED, True),
    ):
        party = happening.party(of, municipality=place, size=size, state=state, is_first_time=first)
        if state == PartyState.CONFIRMED:
            Attendance.objects.create(party=party, occurrence=when, present=size - 1)
    Headcount.objects.create(occurrence=when, municipality=vang, people=7, first_time=1)


COLUMNS = ("parties", "people", "first_time", "present", "cancelled", "unmet")


def tallied() -> dict[str | None, tuple[int, ...]]:
    """The numbers that stay, by municipality."""
    rows = Tally.objects.values_list("municipality", *COLUMNS)
    return {row[0]: tuple(row[1:]) for row in rows}


def test_each_municipality_has_its_numbers() -> None:
    a_mixed_lot(ended(40))
    forgetting.tidy(today())
    assert tallied() == {
        "3454": (2, 5, 2, 3, 0, 0),
        "3450": (0, 0, 0, 0, 0, 5),
        None: (1, 1, 0, 0, 1, 0),
    }
    assert Headcount.objects.get().people == 7


def test_a_second_night_changes_no_number() -> None:
    a_mixed_lot(ended(40))
    forgetting.tidy(today())
    before = tallied()
    forgetting.tidy(today() + timedelta(days=1))
    assert tallied() == before


def test_a_night_that_is_cut_off_is_finished_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "_AT_ONCE", 2)
    monkeypatch.setattr(forgetting, "_give_back", _breaks_the_second_time())
    of = ended(40)
    a_mixed_lot(of)
    with pytest.raises(RuntimeError):
        forgetting.tidy(today())
    assert Party.objects.count() == 4
    forgetting.tidy(today())
    sums = Tally.objects.aggregate(*[Sum(column) for column in COLUMNS])
    assert list(sums.values()) == [3, 6, 2, 3, 1, 5]


def _breaks_the_second_time() -> Any:  # noqa: ANN401  (stands in for a function)
    calls: list[object] = []

    def broken(parties: object) -> None:
        calls.append(parties)
        if len(calls) == 2:
            raise RuntimeError

    return broken


@pytest.mark.parametrize("count", [1, 30])
def test_many_parties_take_no_more_queries_than_one(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    of = ended(40)
    for _number in range(count):
        full_party(of)
    with django_assert_num_queries(31):
        forgetting.tidy(today())
