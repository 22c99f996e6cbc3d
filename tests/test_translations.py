"""Every text is there in bokmål and nynorsk."""

from pathlib import Path

import pytest

from tests import catalogues

PAIRS = [
    pytest.param(package, language, id=f"{package.name}-{language}")
    for package in catalogues.packages_with_texts()
    for language in catalogues.LANGUAGES
]


@pytest.mark.parametrize(("package", "language"), PAIRS)
def test_every_text_is_translated(package: Path, language: str) -> None:
    assert catalogues.missing(package, language) == []


@pytest.mark.parametrize(("package", "language"), PAIRS)
def test_no_translation_outlives_its_text(package: Path, language: str) -> None:
    assert catalogues.stale(package, language) == []


def test_a_block_with_plural_is_read_as_django_reads_it(tmp_path: Path) -> None:
    page = (
        "{% blocktranslate trimmed count n=total %}\n One of\n {{ n }}"
        "{% plural %}100% {{ n }}\n{% endblocktranslate %}"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert catalogues.texts_of(tmp_path) == {
        catalogues.Message("One of %(n)s", plural="100%% %(n)s")
    }
