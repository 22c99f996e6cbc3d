"""Why somebody has something to do, in words."""

from datetime import UTC, date, datetime

import pytest

from samtun.learning.actions import obligations
from samtun.learning.models import Obligation
from samtun.learning.queries.obligations import overdue, to_do, why_in_words
from samtun.learning.queries.plans import active_items
from tests.factories import directory as make
from tests.factories import learning

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def asked(rule: dict[str, object], **fields: object) -> Obligation:
    """What a nurse of a home who began today has to do."""
    home = make.organization(name="Hjemmetjenesten", municipality=make.municipality())
    began = {"starts_on": date(2026, 1, 1), "activated_at": datetime(2026, 1, 1, 9, tzinfo=UTC)}
    item = learning.item(learning.version(**began), **fields)
    learning.rule(item, **({"unit": home} | rule))
    obligations.follow(learning.employment(home, joined_on=TODAY), today=TODAY)
    return Obligation.objects.get()


def test_it_says_for_whom_and_from_when_the_days_count() -> None:
    row = asked({"professions": ["nurse", "doctor"]})
    assert why_in_words(row, "nb") == (
        "Dette er for lege eller sykepleier i Hjemmetjenesten. "
        "Fristen er 30 dager etter første arbeidsdag, 2. mars 2026."
    )
    assert "The date is 30 days after the first day at work" in why_in_words(row, "en")


def test_an_offer_is_said_to_be_one() -> None:
    row = asked({"unit": None, "leaders_only": False}, is_required=False)
    assert why_in_words(row, "nb") == (
        "Dette er for alle i hele planen. Det er et tilbud, og frivillig."
    )


def test_who_came_late_is_told_why_the_date_is_another() -> None:
    row = asked({"due_on": date(2026, 3, 5), "due_days": None})
    assert "30 dager etter det" in why_in_words(row, "nb")


def test_what_is_due_first_stands_first_and_what_is_done_last() -> None:
    version = learning.version()
    items = [learning.item(version) for _ in range(3)]
    for item, days in zip(items, (40, 20, 10), strict=True):
        learning.rule(item, due_days=days)
    job = learning.employment()
    learning.evidence(job.learner, course=items[2].course)
    obligations.follow(job)
    found = active_items(job.learner)
    assert [one.item for one in found] == [items[1], items[0], items[2]]
    assert [one.is_open for one in found] == [True, True, False]


def test_what_is_due_today_is_not_overdue() -> None:
    row = asked({})
    assert row.due_on is not None
    assert list(to_do(row.due_on)) == [row]
    assert not overdue(row.due_on).exists()
    assert overdue(date(2026, 4, 2)).exists()
