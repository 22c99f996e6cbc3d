"""Opening hours without rules: what fields can say they say, the rest is kept and told."""

from datetime import date, time
from typing import Any

import pytest

from samtun.directory.editing import actions
from samtun.directory.editing.reading import document_of
from samtun.directory.models import Schedule
from tests.directory.editing import scenes
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
_RULE = (
    "freq", "interval", "byday", "count", "byweekno", "bymonthday", "byyearday", "dtstart",
    "until", "wkst", "valid_from", "valid_to", "opens_at", "closes_at",
)  # fmt: skip


def row(**fields: Any) -> Schedule:  # noqa: ANN401
    """A schedule of a service, otherwise every Tuesday from ten to two."""
    return make.schedule(service=make.service(), **fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, {"days": ["TU"], "every": "week", "opens_at": "10:00"}),
        ({"byday": "SU,MO"}, {"days": ["MO", "SU"]}),
        ({"freq": ""}, {"days": ["TU"], "every": "week"}),
        ({"byday": ""}, {"days": ["TU"]}),  # the weekday of its first day
        ({"interval": 2}, {"every": "second_week"}),
        ({"freq": "MONTHLY", "byday": "1TH,1FR"}, {"every": "month", "week": 1}),
        ({"freq": "MONTHLY", "byday": "-1SU"}, {"days": ["SU"], "week": -1}),
        ({"opens_at": time(0), "closes_at": time(0)}, {"opens_at": "00:00", "closes_at": "00:00"}),
        ({"opens_at": time(22), "closes_at": time(2)}, {"closes_at": "02:00"}),
        ({"valid_from": date(2026, 6, 1), "until": date(2026, 8, 1)},
         {"valid_from": "2026-06-01", "valid_to": "2026-08-01"}),
    ],
)  # fmt: skip
def test_a_rule_is_shown_in_fields(fields: dict[str, Any], said: dict[str, Any]) -> None:
    shown: dict[str, Any] = {**document_of(row(**fields).service)["hours"][0]}
    assert shown["words"] == ""
    assert {name: shown[name] for name in said} == said


@pytest.mark.parametrize(
    "fields",
    [
        {"interval": 3},
        {"count": 4},
        {"freq": "MONTHLY", "byday": "1TH,3TH"},
        {"freq": "MONTHLY", "byday": "", "bymonthday": "15"},
        {"freq": "MONTHLY", "byday": "1TH", "interval": 2},
        {"byweekno": "10,11"},
        {"byday": "XX"},
        {"freq": "", "byday": ""},  # once
        {"opens_at": time(10, 0, 30)},
        {"opens_at": None},
    ],
)
def test_a_rule_that_fields_cannot_say_is_told_and_kept(fields: dict[str, Any]) -> None:
    schedule = row(**fields)
    before = {name: getattr(schedule, name) for name in _RULE}
    document = document_of(schedule.service)
    assert document["hours"][0]["words"]
    document["texts"]["nb"]["summary"] = "Nytt."
    document["hours"][0] |= {"opens_at": "23:00", "days": ["SU"]}  # type: ignore[typeddict-item]
    actions.save(document=document, by=None, service=schedule.service)
    schedule.refresh_from_db()
    assert {name: getattr(schedule, name) for name in _RULE} == before


def test_a_rule_in_words_can_be_replaced_by_fields() -> None:
    schedule = row(freq="MONTHLY", byday="", bymonthday="15", count=3)
    document = document_of(schedule.service)
    document["hours"][0] |= {  # type: ignore[typeddict-item]
        "words": "", "days": ["MO"], "opens_at": "09:00", "closes_at": "10:00",
    }  # fmt: skip
    saved = actions.save(document=document, by=None, service=schedule.service)
    schedule.refresh_from_db()
    assert (schedule.freq, schedule.byday, schedule.bymonthday, schedule.count) == (
        "WEEKLY",
        "MO",
        "",
        None,
    )
    assert document_of(saved)["hours"][0]["days"] == ["MO"]


def test_another_first_day_takes_the_place_of_both_that_a_rule_has() -> None:
    schedule = row(valid_from=date(2026, 1, 1))
    document = document_of(schedule.service)
    document["hours"][0]["valid_from"] = "2025-01-01"
    saved = actions.save(document=document, by=None, service=schedule.service)
    assert document_of(saved)["hours"][0]["valid_from"] == "2025-01-01"


def test_changing_the_times_leaves_the_rule_as_it_is_written() -> None:
    schedule = row(wkst="SU", interval=1, notes="Ring på")
    document = document_of(schedule.service)
    document["hours"][0]["closes_at"] = "15:30"
    actions.save(document=document, by=None, service=schedule.service)
    schedule.refresh_from_db()
    assert (schedule.closes_at, schedule.interval, schedule.wkst) == (time(15, 30), 1, "SU")
    assert (schedule.dtstart, schedule.notes) == (date(2026, 1, 6), "Ring på")


def test_round_the_clock_and_a_season_are_written() -> None:
    service = make.service()
    scenes.edit(
        service,
        hours=[
            {"days": ["MO", "SU"], "opens_at": "00:00", "closes_at": "24:00",
             "valid_from": "2026-06-01", "valid_to": "2026-08-31"},
            {"description": "Etter avtale"},
        ],
    )  # fmt: skip
    plain, said = sorted(service.schedules.all(), key=lambda one: one.description)
    assert (plain.byday, plain.opens_at, plain.closes_at) == ("MO,SU", time(0), time(0))
    assert (plain.valid_from, plain.valid_to) == (date(2026, 6, 1), date(2026, 8, 31))
    assert (said.opens_at, said.byday, said.description) == (None, "", "Etter avtale")


def test_a_rule_that_is_gone_comes_back_in_words() -> None:
    schedule = row(freq="MONTHLY", byday="", bymonthday="15")
    said = document_of(schedule.service)["hours"][0]["words"]
    scenes.edit(schedule.service, hours=[])
    restored = actions.restore(schedule.service, 1, by=None)
    assert document_of(restored)["hours"][0]["description"] == said
    assert str(restored.schedules.get().pk) == str(schedule.pk)
