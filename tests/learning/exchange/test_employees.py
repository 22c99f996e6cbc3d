"""A list of employees: what each line would do, and that just this is done."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from samtun.learning.actions import employees, own_jobs
from samtun.learning.exchange import applying, reading, uploads
from samtun.learning.exchange.proposals import Kind, Proposal
from samtun.learning.models import EmployeeUpload, Employment, Evidence, Learner
from samtun.organisations.models import Organization
from samtun.people.models import AuditEvent, User
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
HEADINGS = ["Navn", "E-post", "Ansattnummer", "Enhet"]
ELI = ["Eli Berg", "eli@vang.example", "1", "Vang helsetun"]
OLA = ["Ola Dal", "ola@vang.example", "2", "Vang skule"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def vang() -> Organization:
    vang = make.organization(name="Vang kommune", municipality=make.municipality("3454", "Vang"))
    for name in ("Vang helsetun", "Vang skule"):
        make.organization(name=name, parent_organization=vang, municipality=vang.municipality)
    return vang


@pytest.fixture
def kari() -> User:
    return people.person()


def unit(name: str) -> Organization:
    return Organization.objects.get(name=name)


def hired(vang: Organization, line: list[str], **fields: Any) -> Employment:  # noqa: ANN401
    name, email, number, where = line
    defaults = {"joined_on": days_ago(100), "by": None}
    return employees.hire(
        employer=vang, name=name, email=email, external_id=number, unit=unit(where),
        **defaults | fields,
    )  # fmt: skip


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def sent(
    vang: Organization,
    by: User,
    *lines: list[str],
    complete: bool = False,
    headings: list[str] = HEADINGS,
) -> EmployeeUpload:
    content = "\r\n".join(";".join(row) for row in [headings, *lines]).encode()
    return uploads.keep(reading.read(content), employer=vang, is_complete=complete, by=by)


def kinds(upload: EmployeeUpload) -> list[str]:
    return [one.kind for one in uploads.shown(upload)]


def first(upload: EmployeeUpload) -> Proposal:
    return uploads.shown(upload)[0]


def test_a_dry_run_changes_nothing(vang: Organization, kari: User) -> None:
    upload = sent(vang, kari, ELI, OLA)
    assert kinds(upload) == [Kind.NEW, Kind.NEW]
    assert not Employment.objects.exists()
    assert not Learner.objects.exists()


def test_each_line_says_what_it_would_do(vang: Organization, kari: User) -> None:
    hired(vang, ELI)
    hired(vang, OLA)
    gone = hired(vang, ["Ida Lie", "ida@vang.example", "3", "Vang skule"])
    employees.leave(employment=gone, left_on=days_ago(10), by=None)
    upload = sent(
        vang, kari,
        ELI,
        ["Ola Dal", "ola@vang.example", "2", "Vang helsetun"],
        ["Ida Lie", "ida@vang.example", "3", "Vang skule"],
        ["Per Vik", "per@vang.example", "4", "Vang skole"],
        ELI,
        ["Pål Vik", "nope", "5", "Vang skule"],
    )  # fmt: skip
    found = uploads.shown(upload)
    assert [(one.number, one.kind) for one in found] == [
        (2, Kind.UNCHANGED), (3, Kind.MOVED), (4, Kind.BACK), (5, Kind.UNKNOWN_UNIT),
        (6, Kind.DUPLICATE), (7, Kind.INVALID),
    ]  # fmt: skip
    assert [change.new for change in found[1].changes] == ["Vang helsetun"]
    assert found[3].suggestions[0][1] == "Vang skule"
    assert all(one.reasons for one in found[3:])


def test_the_sums_are_exact(vang: Organization, kari: User) -> None:
    for number in range(10, 20):
        hired(vang, [f"Nr {number}", f"n{number}@vang.example", str(number), "Vang skule"])
    lines = [[f"Nr {n}", f"n{n}@vang.example", str(n), "Vang skule"] for n in range(11, 20)]
    upload = sent(vang, kari, *lines, ELI, complete=True)
    sums = uploads.sums_of(upload, uploads.shown(upload))
    assert sums.kinds == {Kind.UNCHANGED: 9, Kind.NEW: 1, Kind.LEAVES: 1}
    assert (sums.before, sums.after, sums.needs_yes) == (10, 10, False)
    applying.apply(upload=upload, by=kari)
    assert Employment.objects.filter(employees.counts_on(timezone.localdate())).count() == 10


def test_applying_does_what_was_shown_and_deletes_the_list(vang: Organization, kari: User) -> None:
    hired(vang, ELI)
    upload = sent(vang, kari, ["Eli Berg Dal", "eli@vang.example", "1", "Vang skule"], OLA)
    outcome = applying.apply(upload=upload, by=kari)
    assert outcome.done == {Kind.MOVED: 1, Kind.NEW: 1}
    eli = Employment.objects.get(external_id="1")
    assert (eli.unit.name, eli.learner.name, eli.source) == ("Vang skule", "Eli Berg Dal", "file")
    assert not EmployeeUpload.objects.exists()
    assert AuditEvent.objects.get(action="employees.imported").details == outcome.done


def test_the_same_list_twice_changes_nothing_the_second_time(
    vang: Organization, kari: User
) -> None:
    applying.apply(upload=sent(vang, kari, ELI, OLA, complete=True), by=kari)
    before = list(Employment.objects.order_by("pk").values())
    again = sent(vang, kari, ELI, OLA, complete=True)
    assert kinds(again) == [Kind.UNCHANGED, Kind.UNCHANGED]
    applying.apply(upload=again, by=kari)
    assert list(Employment.objects.order_by("pk").values()) == before


def test_leavers_are_found_only_when_the_list_is_complete(vang: Organization, kari: User) -> None:
    for line in (ELI, OLA):
        hired(vang, line)
    assert kinds(sent(vang, kari, ELI)) == [Kind.UNCHANGED]
    assert kinds(sent(vang, kari, ELI, complete=True)) == [Kind.UNCHANGED, Kind.LEAVES]


def test_many_leavers_need_a_yes_of_their_own(vang: Organization, kari: User) -> None:
    for line in (ELI, OLA):
        hired(vang, line)
    upload = sent(vang, kari, ELI, complete=True)
    with pytest.raises(applying.ManyLeaveError):
        applying.apply(upload=upload, by=kari)
    applying.apply(upload=upload, by=kari, leavers_are_right=True)
    assert Employment.objects.get(external_id="2").left_on == days_ago(1)


def test_a_bad_row_makes_nobody_leave(vang: Organization, kari: User) -> None:
    for line in (ELI, OLA, ["Ida Lie", "", "3", "Vang skule"]):
        hired(vang, line)
    upload = sent(
        vang, kari, ["", "eli@vang.example", "1", "Vang helsetun"],
        ["Ola Dal", "ola@vang.example", "2", "Ukjent stad"], ["Ida Lie", "", "", ""], complete=True,
    )  # fmt: skip
    assert kinds(upload) == [Kind.INVALID, Kind.UNKNOWN_UNIT, Kind.INVALID]


def test_an_import_never_takes_back_what_was_learnt(vang: Organization, kari: User) -> None:
    learner = hired(vang, ELI).learner
    learning.evidence(learner)
    applying.apply(upload=sent(vang, kari, OLA, complete=True), by=kari, leavers_are_right=True)
    applying.apply(upload=sent(vang, kari, ELI, OLA, complete=True), by=kari)
    assert Evidence.objects.filter(learner=learner).count() == 1
    assert Employment.objects.filter(learner=learner, left_on=None).count() == 1


def test_what_changed_since_the_dry_run_is_told_and_not_done(
    vang: Organization, kari: User
) -> None:
    eli = hired(vang, ELI)
    upload = sent(vang, kari, ["Eli Berg", "eli@vang.example", "1", "Vang skule"], OLA)
    employees.leave(employment=eli, left_on=days_ago(1), by=kari)
    outcome = applying.apply(upload=upload, by=kari)
    assert [(one.number, one.kind) for one in outcome.different] == [(2, Kind.BACK)]
    assert outcome.done == {Kind.NEW: 1}
    assert Employment.objects.get(pk=eli.pk).unit.name == "Vang helsetun"
    upload.refresh_from_db()
    assert kinds(upload) == [Kind.BACK, Kind.UNCHANGED]


def test_an_address_of_somebody_else_is_a_conflict(vang: Organization, kari: User) -> None:
    hired(vang, ELI)
    hired(vang, OLA)
    upload = sent(vang, kari, ["Eli Berg", "ola@vang.example", "1", "Vang helsetun"])
    assert kinds(upload) == [Kind.CONFLICT]
    assert "Eli Berg" in first(upload).reasons[0]


def test_a_mailbox_taken_over_is_somebody_new_and_said_so(vang: Organization, kari: User) -> None:
    old = hired(vang, ELI)
    learning.evidence(old.learner)
    employees.leave(employment=old, left_on=days_ago(9), by=None)
    for number in ("1", "9", ""):  # the number may be taken over as well
        line = ["Pål Vik", "eli@vang.example", number, "Vang helsetun"]
        upload = sent(vang, kari, line)
        assert kinds(upload) == [Kind.NEW]
        assert "somebody else" in first(upload).reasons[0]
    applying.apply(upload=upload, by=kari)
    new = Employment.objects.get(left_on=None)
    assert (new.learner == old.learner, new.learner.evidence.exists()) == (False, False)
    assert Learner.objects.get(email="eli@vang.example") == new.learner


def test_whoever_comes_back_to_their_mailbox_is_the_same(vang: Organization, kari: User) -> None:
    old = hired(vang, ELI)
    employees.leave(employment=old, left_on=days_ago(9), by=None)
    upload = sent(vang, kari, ["Eli Marie Berg", "eli@vang.example", "", "Vang helsetun"])
    assert kinds(upload) == [Kind.BACK]
    applying.apply(upload=upload, by=kari)
    assert Employment.objects.get(left_on=None).learner == old.learner


def test_a_list_ties_no_account_and_does_not_tell_that_there_is_one(
    vang: Organization, kari: User
) -> None:
    person = people.person(email="eli@vang.example")
    learning.evidence(learning.learner("Eli Berg", user=person, email="eli@vang.example"))
    upload = sent(vang, kari, ELI)
    assert (kinds(upload), first(upload).reasons) == ([Kind.NEW], [])
    applying.apply(upload=upload, by=kari)
    assert Employment.objects.get().learner.user is None


def test_an_address_denied_by_its_owner_is_said_line_by_line(
    vang: Organization, kari: User
) -> None:
    job = hired(vang, ELI)
    own_jobs.refuse(user=people.person(email="eli@vang.example"), employment=job)
    for number in ("1", ""):
        line = ["Eli Berg", "eli@vang.example", number, "Vang helsetun"]
        upload = sent(vang, kari, line, complete=True)
        assert kinds(upload) == [Kind.UNCHANGED]
        assert "somebody else" in first(upload).reasons[0]
    right = sent(vang, kari, ["Eli Berg", "e.berg@vang.example", "1", "Vang helsetun"])
    applying.apply(upload=right, by=kari)
    job.refresh_from_db()
    assert (job.learner.email, job.denied_email) == ("e.berg@vang.example", "")


def test_a_number_with_another_name_and_address_is_a_conflict(
    vang: Organization, kari: User
) -> None:
    hired(vang, ELI)
    upload = sent(vang, kari, ["Pål Vik", "paal@vang.example", "1", "Vang helsetun"])
    assert kinds(upload) == [Kind.CONFLICT]


def test_a_number_free_again_goes_to_the_new_person(vang: Organization, kari: User) -> None:
    old = hired(vang, ELI)
    employees.leave(employment=old, left_on=days_ago(9), by=None)
    upload = sent(vang, kari, ["Pål Vik", "paal@vang.example", "1", "Vang helsetun"])
    assert kinds(upload) == [Kind.NEW]
    applying.apply(upload=upload, by=kari)
    assert Employment.objects.get(external_id="1").learner != old.learner


def test_a_new_number_in_a_complete_list_is_the_same_person(vang: Organization, kari: User) -> None:
    hired(vang, ELI)
    line = ["Eli Berg", "eli@vang.example", "77", "Vang helsetun"]
    assert kinds(sent(vang, kari, line)) == [Kind.CONFLICT]
    upload = sent(vang, kari, line, complete=True)
    assert kinds(upload) == [Kind.CHANGED]
    applying.apply(upload=upload, by=kari)
    assert Employment.objects.get().external_id == "77"


def test_two_jobs_of_one_person_have_a_number_each(vang: Organization, kari: User) -> None:
    second = ["Eli Berg", "eli@vang.example", "1-2", "Vang skule"]
    upload = sent(vang, kari, ELI, second)
    applying.apply(upload=upload, by=kari)
    assert Employment.objects.count() == 2
    assert Learner.objects.count() == 1
    assert set(kinds(sent(vang, kari, ELI, second, complete=True))) == {Kind.UNCHANGED}


def test_the_same_number_twice_with_other_facts_is_told(vang: Organization, kari: User) -> None:
    other = ["Eli Berg", "eli@vang.example", "1", "Vang skule"]
    found = uploads.shown(sent(vang, kari, ELI, other))
    assert [one.kind for one in found] == [Kind.NEW, Kind.DUPLICATE]
    assert "2" in found[1].reasons[0]


def test_a_name_or_address_that_others_know_is_kept(vang: Organization, kari: User) -> None:
    eli = hired(vang, ELI)
    learning.employment(learner=eli.learner)  # another municipality
    upload = sent(vang, kari, ["Eli Tull", "eli@vang.example", "1", "Vang helsetun"])
    assert kinds(upload) == [Kind.UNCHANGED]
    assert first(upload).reasons


def test_a_last_day_in_the_list_is_a_leaving(vang: Organization, kari: User) -> None:
    hired(vang, ELI)
    last = (timezone.localdate() + timedelta(days=20)).isoformat()
    headings = [*HEADINGS, "Sluttdato"]
    upload = sent(vang, kari, [*ELI, last], [*OLA, "1.1.2020"], headings=headings)
    assert kinds(upload) == [Kind.LEAVES, Kind.LEFT]
    applying.apply(upload=upload, by=kari, leavers_are_right=True)
    assert Employment.objects.get().left_on.isoformat() == last


def test_who_left_by_mistake_goes_on_in_the_same_job(vang: Organization, kari: User) -> None:
    eli = hired(vang, ELI)
    employees.leave(employment=eli, left_on=days_ago(1), by=None)
    upload = sent(vang, kari, [*ELI, days_ago(100).isoformat()], headings=[*HEADINGS, "Startdato"])
    assert kinds(upload) == [Kind.BACK]
    applying.apply(upload=upload, by=kari)
    assert Employment.objects.get().left_on is None


def test_an_empty_cell_says_nothing(vang: Organization, kari: User) -> None:
    hired(vang, ELI, position="Sjukepleiar", profession="nurse")
    headings = [*HEADINGS, "Stilling", "Yrke"]
    assert kinds(sent(vang, kari, ["Eli Berg", "", "1", "", "", ""], headings=headings)) == [
        Kind.UNCHANGED
    ]


def test_a_unit_that_somebody_has_pointed_out_is_known(vang: Organization, kari: User) -> None:
    lines = [["Per Vik", "per@vang.example", "4", "Heimetenesta"]]
    upload = sent(vang, kari, *lines)
    assert list(uploads.unknown_units(uploads.shown(upload))) == ["Heimetenesta"]
    uploads.choose_units(upload=upload, units={"Heimetenesta": unit("Vang helsetun").pk})
    assert kinds(upload) == [Kind.NEW]
    uploads.choose_units(upload=upload, units={"Heimetenesta": make.organization().pk})
    assert kinds(upload) == [Kind.UNKNOWN_UNIT]  # of another employer


def test_units_are_known_by_the_last_part_of_a_path(vang: Organization, kari: User) -> None:
    line = ["Per Vik", "per@vang.example", "4", "Vang kommune / Vang skule"]
    assert first(sent(vang, kari, line)).values["unit"] == str(unit("Vang skule").pk)


def test_nobody_else_sees_a_list_and_it_goes_after_a_day(vang: Organization, kari: User) -> None:
    upload = sent(vang, kari, ELI)
    assert uploads.upload_of(kari, upload.pk) == upload
    assert uploads.upload_of(people.person(), upload.pk) is None
    EmployeeUpload.objects.update(made_at=timezone.now() - timedelta(days=1, minutes=1))
    assert uploads.upload_of(kari, upload.pk) is None
    uploads.tidy()
    assert not EmployeeUpload.objects.exists()


def test_ten_times_the_lines_take_the_same_queries_to_look_at(
    vang: Organization, kari: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 30):
        upload = sent(
            vang, kari,
            *([f"Nr {n}", f"n{n}@vang.example", str(n), "Vang skule"] for n in range(count)),
        )  # fmt: skip
        with django_assert_num_queries(5):
            uploads.proposed(upload)
    assert Counter(kinds(upload)) == {Kind.NEW: 30}
