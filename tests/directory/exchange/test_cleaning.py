"""Single values: what is mended, how, and what is left out."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.directory.exchange import cleaning, moments
from samtun.directory.exchange.cleaning import Findings
from samtun.directory.exchange.markup import has_markup, plain


def mended(clean: cleaning.Cleaner, value: object) -> tuple[object, list[str]]:
    """The cleaned value and the repairs."""
    findings = Findings()
    return clean("column", value, findings), [problem.code for problem in findings.repairs]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-01", "2026-03-01"),
        ("01.03.2026", "2026-03-01"),
        ("1/3/2026", "2026-03-01"),
        ("03/25/2026", "2026-03-25"),
        ("20260301", "2026-03-01"),
        ("2026-03-01T10:00:00Z", "2026-03-01"),
        ("1. mars 2026", "2026-03-01"),
        ("March 1, 2026", "2026-03-01"),
        ("45292", "2024-01-01"),
        ("202612", None),
        ("2026-02-31", None),
        ("i fjor", None),
        ("0000-00-00", None),
    ],
)
def test_dates_are_read_in_many_forms(written: str, read: str | None) -> None:
    assert mended(moments.day, written)[0] == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("09:00", "09:00:00"),
        ("9.30", "09:30:00"),
        ("kl. 9", "09:00:00"),
        ("0930", "09:30:00"),
        ("5:15 PM", "17:15:00"),
        ("12 am", "00:00:00"),
        ("10:00:00Z", "10:00:00"),
        ("24:00", "00:00:00"),
        ("25:00", None),
        ("når som helst", None),
    ],
)
def test_times_are_read_in_many_forms(written: str, read: str | None) -> None:
    assert mended(moments.clock, written)[0] == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("MO,TU", "MO,TU"), ("monday, tirsdag", "MO,TU"), ("1", "MO"), ("1TH", "1TH"), ("xx", "")],
)
def test_days_of_the_week_are_read_in_many_forms(written: str, read: str) -> None:
    assert mended(moments.weekdays, written)[0] == read


@pytest.mark.parametrize(
    ("clean", "written", "read", "told"),
    [
        (cleaning.url, "www.example.no/a b", "https://www.example.no/a%20b", ["mended_url"]),
        (cleaning.url, "javascript:alert(1)", "", ["bad_url"]),
        (cleaning.url, "se nettsiden", "", ["bad_url"]),
        (cleaning.email, "Kari <kari@a.example>", "kari@a.example", ["mended_email"]),
        (cleaning.email, "kari(at)a", "", ["bad_email"]),
        (cleaning.amount, "kr 1 200,50", "1200.50", ["mended_number"]),
        (cleaning.amount, "gratis", None, ["bad_number"]),
        (cleaning.whole_number(0, 130), "18.0", 18, []),
        (cleaning.whole_number(0, 130), "900", None, ["number_out_of_range"]),
        (cleaning.line(5), "abcdefgh", "abcd…", ["too_long"]),
        (cleaning.prose, "a\x00b", "ab", ["control_characters"]),
    ],
)
def test_values_are_mended_with_a_note(
    clean: cleaning.Cleaner, written: str, read: object, told: list[str]
) -> None:
    assert mended(clean, written) == (read, told)


@pytest.mark.parametrize("written", ["1e999999999", "9" * 100_000, "1_0", "nan"])
def test_a_number_beyond_reason_is_no_number(written: str) -> None:
    assert mended(cleaning.whole_number(0, 130), written) == (None, ["bad_number"])


@pytest.mark.parametrize(
    ("written", "read"),
    [("kr 1 200,50", "1200.50"), ("150,-", "150.00"), ("150 (barn 50)", None), ("1e5", None)],
)
def test_two_numbers_are_no_sum(written: str, read: str | None) -> None:
    assert mended(cleaning.amount, written)[0] == read


def test_hostile_html_takes_no_long_time() -> None:
    assert plain("<div>" * 150_000 + "Hei") == "Hei"
    assert not has_markup("<a" * 500_000)


def test_html_becomes_plain_text_with_paragraphs_and_lists() -> None:
    text = "<p>Kom inn!</p><ul><li>kaffe</li><li>te &amp; saft</li></ul><script>alert(1)</script>"
    assert plain(text) == "Kom inn!\n\n- kaffe\n- te & saft"


def test_a_link_keeps_its_address() -> None:
    text = 'Les <a href="https://a.example" onclick="x()">mer</a>'
    assert plain(text) == "Les mer (https://a.example)"


def test_a_script_with_another_scheme_is_gone() -> None:
    assert "javascript" not in plain('<a href="javascript:alert(1)">trykk</a>')


def test_ordinary_signs_are_not_taken_for_html() -> None:
    assert plain("For deg < 18 år & familie, 3 > 2") == "For deg < 18 år & familie, 3 > 2"


@given(st.text(alphabet="<>/&;lgtabscript\"'= ", max_size=80))
def test_no_markup_survives(text: str) -> None:
    assert not has_markup(plain(text))


_CLEANERS: list[cleaning.Cleaner] = [
    cleaning.prose,
    cleaning.line(30),
    cleaning.url,
    cleaning.email,
    cleaning.amount,
    cleaning.coordinate,
    cleaning.truth,
    cleaning.whole_number(0, 10),
    cleaning.word_list,
    cleaning.names,
    cleaning.translations,
    moments.day,
    moments.clock,
    moments.weekdays,
]
_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)


@pytest.mark.parametrize("clean", _CLEANERS)
@given(value=_json)
def test_no_value_breaks_a_cleaner(clean: Callable[..., object], value: object) -> None:
    mended(clean, value)
