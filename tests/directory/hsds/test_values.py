"""What goes out as an address, a moment or a time is valid, or does not go out."""

from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jsonschema import Draft202012Validator, FormatChecker

from samtun.directory.hsds import values

CHECKER = FormatChecker(formats=("uri", "email"))


@pytest.mark.parametrize(
    ("given", "out"),
    [
        ("https://valdres.example/a?b=c#d", "https://valdres.example/a?b=c#d"),
        (" https://valdres.example ", "https://valdres.example"),
        ("https://øystre.example/hjem og hage", "https://xn--ystre-uua.example/hjem%20og%20hage"),
        ("urn:isbn:9788205", "urn:isbn:9788205"),
        ("javascript:alert(1)", None),
        ("www.valdres.example", None),
        ("https://", None),
        ("https://a b.example", None),
        ("https://valdres.example/100%", None),
        ("https://ø..example/", None),
    ],
)  # fmt: skip
def test_uri(given: str, out: str | None) -> None:
    assert values.uri(given) == out


@pytest.mark.parametrize(
    "address", ["a@b", "a b@c.no", "kari@øst.no", "a..b@c.no", "@c.no", "a@b.c"]
)
def test_doubtful_email_is_left_out(address: str) -> None:
    assert values.email(address) is None


def test_email() -> None:
    assert values.email("post.mottak+x@nord-aurdal.kommune.example")


@given(some.text(max_size=60) | some.from_regex(r"https?://[^\s]{1,40}", fullmatch=True))
def test_whatever_goes_out_is_valid(text: str) -> None:
    for kind, out in (("uri", values.uri(text)), ("email", values.email(text))):
        if out is not None:
            assert Draft202012Validator({"format": kind}, format_checker=CHECKER).is_valid(out)


def test_moment_is_utc_with_milliseconds() -> None:
    oslo = timezone(timedelta(hours=2))
    assert values.moment(datetime(2026, 7, 1, 12, 0, 0, 1999, oslo)) == "2026-07-01T10:00:00.001Z"
    assert values.moment(datetime(2026, 7, 1, tzinfo=UTC)) == "2026-07-01T00:00:00.000Z"


def test_clock_has_hours_and_minutes() -> None:
    assert values.clock(time(9, 5, 59)) == "09:05"
