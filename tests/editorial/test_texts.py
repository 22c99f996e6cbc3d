"""Rich text is a few harmless elements, and no script runs that we do not know."""

import pytest

from samtun.editorial import scripts
from samtun.editorial.rich import clean

RICH = [
    ("<p><b>nå</b> og <i>her</i></p>", "<p><strong>nå</strong> og <em>her</em></p>"),
    ('<h2 data-block-key="a">Fint</h2>', "<h3>Fint</h3>"),
    ("<p>a<script>alert(1)</script></p><p></p>", "<p>a</p>"),
    ('<p><a href="javascript:x()">a</a></p>', '<p><a rel="noopener">a</a></p>'),
    ('<p onclick="x()">a<img src=x onerror=y></p>', "<p>a</p>"),
]


@pytest.mark.parametrize(("written", "read"), RICH)
def test_rich_text_is_reduced_to_what_readers_get(written: str, read: str) -> None:
    assert clean(written) == read


KNOWN = 'initDateTimeChooser("id_go_live_at", {"dayOfWeekStart": 1, "format": "Y-m-d H:i"});'
UNKNOWN = [
    "alert(1)",
    KNOWN + "alert(1)",
    'initDateChooser("a", {"x": alert(1)}, alert);alert({});',
    'initDateChooser("a"); fetch("https://x.example")',
    'initDateChooser("a", {"x": `${alert(1)}`});',
]


def test_the_line_that_starts_a_date_field_may_run() -> None:
    assert scripts.sources(f"<script>{KNOWN}</script>").startswith("'sha256-")


@pytest.mark.parametrize("script", UNKNOWN)
def test_no_other_script_may_run(script: str) -> None:
    assert scripts.sources(f"<script>{script}</script>") == ""
