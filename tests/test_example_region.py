"""What the example region promises: enough, every need, nothing that could be taken for real."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samtun.organisations.reference import rows

CHECKOUT = Path(__file__).resolve().parent.parent
FILES = sorted((CHECKOUT / "examples" / "valdres" / "organisations").glob("*.toml"))
NEEDS = CHECKOUT / "src" / "samtun" / "directory" / "data" / "needs.tsv"
REAL_SHORT_NUMBERS = {"113", "116 117", "116 111", "116 123", "116 006"}
INVENTED = re.compile(r"10 00 \d\d \d\d")


def organisations() -> Iterator[dict[str, Any]]:
    """Every file, read."""
    for path in FILES:
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def services(*, example: bool) -> list[dict[str, Any]]:
    """The offers of invented, or of real, organisations."""
    return [
        service
        for one in organisations()
        if one["organization"]["is_example"] is example
        for service in one.get("service", [])
    ]


def test_there_are_fifty_organisations_and_a_hundred_and_fifty_services() -> None:
    assert len(FILES) >= 50
    assert len(services(example=True)) + len(services(example=False)) >= 150


def test_every_need_is_answered_by_some_offer() -> None:
    table = list(rows(NEEDS))
    parents = {row["parent"] for row in table}
    leaves = {row["code"] for row in table} - parents
    offered = {
        need for kind in (True, False) for one in services(example=kind) for need in one["needs"]
    }
    assert leaves - offered == set()


@pytest.mark.parametrize("service", services(example=True), ids=lambda one: one["key"])
def test_an_invented_offer_can_reach_nobody_real(service: dict[str, Any]) -> None:
    contacts = service.get("contact", [])
    numbers = [one["number"] for one in service.get("phone", [])]
    numbers += [one["phone"] for one in contacts if one.get("phone")]
    assert [n for n in numbers if not INVENTED.fullmatch(n) and n not in REAL_SHORT_NUMBERS] == []
    addresses = [one.get("email", "") for one in [service, *contacts]] + [
        service.get("assurer_email", "")
    ]
    assert [one for one in addresses if one and not one.endswith(".example")] == []


@pytest.mark.parametrize("service", services(example=False), ids=lambda one: one["key"])
def test_a_real_offer_says_where_it_was_read_and_when(service: dict[str, Any]) -> None:
    assert service["source"].startswith("https://")
    assert service["source_checked_on"].year >= 2026
