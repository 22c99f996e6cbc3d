"""Who is told what, once; the last word is true."""

import pytest

from samtun.events import notices
from samtun.events.actions import parties
from samtun.events.enums import Channel, NoticeKind, PartyState
from samtun.events.models import Intake, Notice, Party
from samtun.mail.enums import LetterState
from samtun.mail.models import Letter
from samtun.people.models import User
from tests.events import ledger
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake() -> Intake:
    return happening.one_off(capacity=4)


@pytest.fixture
def kari() -> User:
    return people.person("Kari")


def come(intake: Intake, **fields: object) -> Party:
    return parties.sign_up(intake=intake, **{"email": "anne@example.org"} | fields)


def deliver() -> None:
    ledger.post_letters()
    ledger.send_letters()


def test_a_matter_is_told_once(intake: Intake) -> None:
    party = come(intake)
    for _ in range(2):
        notices.tell(party, NoticeKind.REMINDER, matter="1")
    notices.tell(party, NoticeKind.REMINDER, matter="2")
    assert ledger.live(party) == ["confirmed", "reminder", "reminder"]


def test_who_cancels_before_any_letter_has_left_gets_none(intake: Intake) -> None:
    party = come(intake)
    ledger.post_letters()
    parties.cancel(party=party)
    deliver()
    assert ledger.sent(party) == []
    assert Letter.objects.get().state == LetterState.WITHDRAWN


def test_who_cancels_after_the_first_letter_gets_one_that_says_so_once(intake: Intake) -> None:
    party = come(intake)
    deliver()
    for _ in range(2):
        parties.cancel(party=party)
    deliver()
    assert ledger.sent(party) == ["confirmed", "cancelled_own"]
    notice = party.notices.get(kind="cancelled_own")
    assert notice.details == {"was": "confirmed"}


@pytest.mark.parametrize("posted", [False, True])
def test_no_reminder_after_a_cancellation(intake: Intake, *, posted: bool) -> None:
    party = come(intake)
    deliver()
    notices.tell(party, NoticeKind.REMINDER, matter="1")
    if posted:
        ledger.post_letters()
    parties.cancel(party=party)
    deliver()
    assert ledger.sent(party) == ["confirmed", "cancelled_own"]


def test_whoever_is_taken_off_the_list_hears_of_it(intake: Intake, kari: User) -> None:
    party = come(intake)
    parties.cancel(party=party, by=kari)
    deliver()
    assert ledger.sent(party) == ["cancelled_by"]


def test_nobody_is_called_about_what_they_did_themselves(intake: Intake, kari: User) -> None:
    party = come(intake, email="", phone="91234567")
    parties.change(party=party, size=2)
    parties.cancel(party=party)
    assert not Notice.objects.filter(settled_at=None).exists()
    other = come(intake, email="", phone="91234567")
    parties.cancel(party=other, by=kari)
    assert Notice.objects.get(settled_at=None).channel == Channel.PHONE


def test_a_change_of_size_is_told_with_what_it_was_and_back_again_not_at_all(
    intake: Intake,
) -> None:
    party = come(intake)
    deliver()
    parties.change(party=party, size=3)
    parties.change(party=party, size=2)
    notice = party.notices.get(kind="resized", is_withdrawn=False)
    assert notice.details == {"size": 1}
    parties.change(party=party, size=1)
    deliver()
    assert ledger.sent(party) == ["confirmed"]


def test_another_address_gets_what_was_on_its_way_and_where_one_stands(intake: Intake) -> None:
    party = come(intake)
    deliver()
    notices.tell(party, NoticeKind.REMINDER, matter="1")
    ledger.post_letters()
    parties.change(party=party, email="riktig@example.org")
    deliver()
    letters = Letter.objects.filter(to="riktig@example.org", state=LetterState.SENT)
    assert set(letters.values_list("subject", flat=True)) == {"confirmed", "reminder"}
    assert Letter.objects.filter(state=LetterState.SENT).count() == 3


def test_what_was_withdrawn_can_be_told_another_time(intake: Intake) -> None:
    party = come(intake)
    notices.tell(party, NoticeKind.REMINDER, matter="1")
    assert [one.kind for one in notices.withdraw([party], [NoticeKind.REMINDER])] == ["reminder"]
    notices.tell(party, NoticeKind.REMINDER, matter="1")
    assert party.notices.filter(kind="reminder", settled_at=None).count() == 1


def test_withdrawing_takes_only_what_it_names(intake: Intake) -> None:
    party, other = come(intake), come(intake)
    for one in (party, other):
        for matter in ("1", "2"):
            notices.tell(one, NoticeKind.REMINDER, matter=matter)
    notices.withdraw([party], [NoticeKind.REMINDER], matter="1")
    assert ledger.live(party) == ["confirmed", "reminder"]
    assert ledger.live(other) == ["confirmed", "reminder", "reminder"]


def test_every_kind_is_true_for_somebody_and_only_as_long_as_it_is() -> None:
    everybody = [Party(state=state) for state in PartyState.values]
    everybody += [Party(state=state, consent="asked") for state in PartyState.values]
    for kind in NoticeKind:
        assert any(notices.is_true(party, kind) for party in everybody), kind
    gone = Party(state=PartyState.CANCELLED)
    said = {kind for kind in NoticeKind if notices.is_true(gone, kind)}
    assert said == {"cancelled_own", "cancelled_by", "consent_refused", "event_cancelled"}
