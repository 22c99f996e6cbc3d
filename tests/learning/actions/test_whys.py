"""Each obligation says why, also when the rules have changed since."""

from datetime import date

import pytest

from samtun.learning.actions import obligations
from samtun.learning.models import Item, Obligation, Plan, Rule
from samtun.learning.queries.obligations import why_in_words
from tests.factories import directory as make
from tests.factories import learning
from tests.learning.actions.test_obligations import TODAY, active, asks, days, employed

pytestmark = pytest.mark.django_db


def only() -> Obligation:
    return Obligation.objects.get()


def agree_anew(plan: Plan, item: Item, *rules: dict[str, object], **fields: object) -> list[Rule]:
    """A version with the same item and these rules."""
    plan.versions.update(status="superseded", digest="agreed")
    version = learning.version(plan, number=plan.versions.count() + 1)
    made = learning.item(version, key=item.key, course=item.course, **fields)
    return [learning.rule(made, **one) for one in rules]


def test_why_follows_the_rules_of_what_is_to_be_done() -> None:
    plan = active()
    item = asks(plan, {"professions": ["nurse"]})
    employed()
    obligations.recompute(plan, today=TODAY)
    assert "sykepleier" in why_in_words(only(), "nb")
    (rule,) = agree_anew(plan, item, {})
    obligations.recompute(plan, today=TODAY)
    assert (only().rule_key, only().why["rule"]) == (rule.key, str(rule.key))
    assert "alle i hele planen" in why_in_words(only(), "nb")


def test_why_tells_of_a_rule_that_came_beside_and_moves_no_date() -> None:
    plan = active()
    item = asks(plan)
    employed()
    obligations.recompute(plan, today=TODAY)
    same = {"key": item.rules.get().key}
    agree_anew(plan, item, same, {"professions": ["nurse"], "due_days": 90})
    obligations.recompute(plan, today=TODAY)
    assert only().due_on == TODAY + days(30)
    assert why_in_words(only(), "en").startswith(
        "This is for everybody in the whole plan. It is also for nurse in the whole plan."
    )


def test_why_of_what_is_done_follows_when_its_rule_is_gone() -> None:
    plan = active()
    item = asks(plan)
    home = make.organization(name="Helsetunet", municipality=plan.municipality)
    job = employed(unit=home)
    learning.evidence(job.learner, course=item.course)
    obligations.recompute(plan, today=TODAY)
    (rule,) = agree_anew(plan, item, {"unit": home})
    obligations.recompute(plan, today=TODAY)
    assert (only().state, only().rule_key) == ("done", rule.key)
    assert "Helsetunet" in why_in_words(only(), "nb")


def test_a_required_item_that_becomes_an_offer_is_said_to_be_one() -> None:
    plan = active()
    item = asks(plan)
    employed()
    obligations.recompute(plan, today=TODAY)
    agree_anew(plan, item, {"key": item.rules.get().key}, is_required=False)
    obligations.recompute(plan, today=TODAY)
    assert (only().is_required, only().due_on) == (False, None)
    assert "It is an offer" in why_in_words(only(), "en")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"joined_from": date(2020, 1, 1)}, "started on 1 January 2020 or later."),
        ({"joined_until": date(2020, 1, 1)}, "started on 1 January 2020 or earlier."),
        (
            {"joined_from": date(2019, 1, 1), "joined_until": date(2021, 1, 1)},
            "started between 1 January 2019 and 1 January 2021.",
        ),
        ({"due_on": date(2026, 12, 31)}, "The plan has set the date."),
        ({"due_days": None}, "It has no date."),
    ],
)
def test_why_says_what_the_rule_says(rule: dict[str, object], words: str) -> None:
    plan = active()
    asks(plan, rule)
    employed()
    obligations.recompute(plan, today=TODAY)
    assert words in why_in_words(only(), "en")


def test_why_says_that_it_has_run_out() -> None:
    plan = active()
    item = asks(plan, valid_months=12)
    job = employed()
    learning.evidence(job.learner, course=item.course, done_on=date(2025, 3, 10))
    obligations.recompute(plan, today=TODAY)
    row = Obligation.objects.get(ended_on__isnull=True)
    assert "It was last done on 10 March 2025." in why_in_words(row, "en")


def test_nobody_is_named_in_a_why() -> None:
    plan = active()
    learning.rule(asks(plan), due_days=90, professions=["nurse"])
    employed(learner=learning.learner("Gunnvor Eksempelsen"))
    obligations.recompute(plan, today=TODAY)
    assert "Gunnvor" not in str(only().why)
